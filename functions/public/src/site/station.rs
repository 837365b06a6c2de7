//! One station.

use super::address::{Language, Page};
use super::frame::{Ask, Head};
use super::icons::icon;
use super::map::{View, map};
use super::stations::pin;
use super::words::fill;
use super::{goods, near};
use maud::{Markup, PreEscaped, html};
use oktan_shared::domain::Catalogue;
use oktan_shared::markdown;
use oktan_shared::table::{Station, StationPage};
use serde_json::{Value, json};

/// The page.
pub fn page(ask: &Ask<'_>, catalogue: &Catalogue, station: &Station, page: &StationPage) -> Markup {
    let words = ask.words;
    let sold = goods::sold(catalogue, station);
    let at = near::of(station);
    let told = if ask.language == Language::Russian { &page.ru } else { &page.en };
    let content = html! {
        div.wide {
            p.back { a href=(ask.path(&Page::Stations)) { (words.all_stations) } }
            h1 { (station.name) }
            p.lead { (station.address) @if !station.hours.as_str().is_empty() { br; (station.hours) } }
            (goods::closed(words, station))
            (goods::chips(words, station))
            @if !told.as_str().is_empty() { div.prose { (PreEscaped(markdown::to_html(told.as_str()))) } }
            div.where {
                section aria-labelledby="prices" {
                    h2 #prices { (words.price_list) }
                    @if sold.is_empty() { p.empty { (words.no_prices) } } @else {
                        dl.prices.large {
                            @for (product, price) in &sold {
                                div {
                                    dt { (goods::name(ask.language, product)) }
                                    dd { strong { (goods::price(ask.language, *price)) } " " small { (goods::per(words, product.unit)) } }
                                }
                            }
                        }
                    }
                }
                @if let Some(at) = at {
                    section aria-labelledby="where" {
                        h2 #where { (words.where_it_is) }
                        div.map-box { (map(ask.language, View::around(at), &pin(station).into_iter().collect::<Vec<_>>(), None)) }
                        p { (words.coordinates) ": " span.nowrap { (goods::written(at)) } }
                        // A phone hands this to whichever maps its owner uses.
                        p { a href=(format!("geo:{}", goods::written(at).replace(' ', ""))) { (icon("pin")) (words.open_in_maps) } }
                    }
                }
            }
        }
    };
    let named = [("name", station.name.as_str()), ("address", station.address.as_str())];
    let head = Head {
        title: fill(words.station_tab, &named),
        description: fill(words.station_description, &named),
        facts: Some(facts(ask, station)),
        has_script: false,
    };
    ask.document(&head, &content)
}

/// Schema.org's words for a station.
fn facts(ask: &Ask<'_>, station: &Station) -> Value {
    let amenities = station.amenities.iter().filter_map(|code| goods::amenity(ask.words, code));
    let feature = |name| json!({ "@type": "LocationFeatureSpecification", "name": name, "value": true });
    json!({
        "@context": "https://schema.org",
        "@type": "GasStation",
        "name": station.name.as_str(),
        "address": station.address.as_str(),
        "geo": { "@type": "GeoCoordinates", "latitude": station.latitude, "longitude": station.longitude },
        "telephone": super::frame::dialled(&ask.app.config.duty_phone),
        "url": ask.address(&ask.path(&Page::Station(station.code.to_string()))),
        "amenityFeature": amenities.map(feature).collect::<Vec<_>>(),
    })
}
