//! What stations sell and have, in words.

use super::address::Language;
use super::icons::icon;
use super::news::tongue;
use super::words::{Words, fill};
use maud::{Markup, html};
use oktan_shared::domain::geo::Point;
use oktan_shared::domain::product::Unit;
use oktan_shared::domain::{Catalogue, Kopecks, Product};
use oktan_shared::table::Station;

/// What else a station may have, as its row names it.
pub const AMENITIES: [&str; 5] = ["24h", "cafe", "shop", "wash", "wifi"];

/// An amenity's name; none for one that has no words.
pub fn amenity(words: &Words, code: &str) -> Option<&'static str> {
    match code {
        "cafe" => Some(words.cafe),
        "shop" => Some(words.shop),
        "wash" => Some(words.wash),
        "wifi" => Some(words.wifi),
        "24h" => Some(words.around_the_clock),
        _ => None,
    }
}

/// A product's name in a language of the site.
pub fn name(language: Language, product: &Product) -> &str {
    product.name_in(tongue(language))
}

/// What one pays for: a litre, a cubic metre, a piece.
pub fn per(words: &Words, unit: Unit) -> &'static str {
    match unit {
        Unit::Litre => words.per_litre,
        Unit::CubicMetre => words.per_cubic_metre,
        Unit::Piece => words.per_piece,
    }
}

/// Whether it goes into a tank.
pub fn is_fuel(product: &Product) -> bool {
    product.unit != Unit::Piece
}

/// What a station sells, in the catalogue's order.
pub fn sold<'a>(catalogue: &'a Catalogue, station: &Station) -> Vec<(&'a Product, Kopecks)> {
    catalogue.on_sale().filter_map(|product| station.fuels.get(&product.code).map(|price| (product, *price))).collect()
}

/// A price with its sign: `71,90 ₽`, in English `71.90 ₽`.
pub fn price(language: Language, price: Kopecks) -> String {
    let number = price.to_string();
    let number = if language == Language::Russian { number.replace('.', ",") } else { number };
    format!("{number}\u{a0}₽")
}

/// How far away something is.
pub fn distance(words: &Words, metres: i64) -> String {
    match metres {
        ..950 => fill(words.distance_m, &[("n", &((metres + 25) / 50 * 50).to_string())]),
        _ => fill(words.distance_km, &[("n", &((metres + 500) / 1_000).to_string())]),
    }
}

/// That a station does not work at present.
pub fn closed(words: &Words, station: &Station) -> Markup {
    html! { @if station.closed { p.closed { (words.closed_now) } } }
}

/// What a station has, as small signs with words.
pub fn chips(words: &Words, station: &Station) -> Markup {
    let has: Vec<_> = AMENITIES.iter().filter(|code| station.amenities.iter().any(|has| has == *code)).collect();
    html! {
        @if !has.is_empty() {
            ul.chips {
                @for code in has {
                    @if let Some(name) = amenity(words, code) { li { (icon(code)) (name) } }
                }
            }
        }
    }
}

/// The prices of what goes into a tank, as a list of pairs.
pub fn prices(language: Language, sold: &[(&Product, Kopecks)]) -> Markup {
    html! {
        @if !sold.is_empty() {
            dl.prices {
                @for (product, cost) in sold {
                    div { dt { (name(language, product)) } dd { (price(language, *cost)) } }
                }
            }
        }
    }
}

/// Degrees as people write them: `45.0102, 41.9311`.
pub fn written(point: Point) -> String {
    let text = point.to_string();
    let short = |part: &str| {
        let kept = part.trim_end_matches('0');
        if kept.ends_with('.') { format!("{kept}0") } else { kept.to_owned() }
    };
    text.split(", ").map(short).collect::<Vec<_>>().join(", ")
}
