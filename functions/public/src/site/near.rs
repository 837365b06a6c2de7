//! Where somebody is who asks for the nearest station: a town of the region, coordinates, or words of a station's address.

use super::map::land::TOWNS;
use oktan_shared::domain::geo::Point;
use oktan_shared::table::Station;

/// What was typed is looked at no further than this.
const TYPED_MAX: usize = 100;

/// The place that was meant, if it is known.
pub fn place(typed: &str, stations: &[Station]) -> Option<Point> {
    let typed: String = typed.trim().chars().take(TYPED_MAX).collect();
    coordinates(&typed).or_else(|| town(&typed)).or_else(|| by_address(&typed, stations))
}

/// A station's place; none if its coordinates are none.
pub fn of(station: &Station) -> Option<Point> {
    Point::parse(&station.latitude, &station.longitude)
}

/// `45.04, 41.97`, `45.04 41.97`, and with decimal commas `45,04; 41,97` or `45,04 41,97`.
fn coordinates(typed: &str) -> Option<Point> {
    let parts = |split: &dyn Fn(char) -> bool| -> Vec<String> {
        typed.split(split).filter(|part| !part.is_empty()).map(|part| part.replace(',', ".")).collect()
    };
    let pointed = parts(&|c: char| c == ',' || c == ';' || c.is_whitespace());
    let with_commas = parts(&|c: char| c == ';' || c.is_whitespace());
    [pointed, with_commas].iter().find_map(|parts| match parts.as_slice() {
        [north, east] => Point::parse(north, east),
        _ => None,
    })
}

fn town(typed: &str) -> Option<Point> {
    let plain = plain(typed);
    let words = plain.strip_prefix("город ").or(plain.strip_prefix("г ")).unwrap_or(&plain);
    if words.chars().count() < 3 {
        return None;
    }
    let named = |name: &str| self::plain(name).starts_with(words);
    TOWNS.iter().find(|town| named(town.ru) || named(town.en)).map(|town| town.at)
}

fn by_address(typed: &str, stations: &[Station]) -> Option<Point> {
    let words = plain(typed);
    let told = |station: &&Station| plain(station.address.as_str()).contains(&words);
    (words.chars().count() >= 3).then(|| stations.iter().find(told).and_then(of)).flatten()
}

/// Small letters, `ё` as `е`, one space for whatever is no letter or digit.
fn plain(text: &str) -> String {
    let letters = text.to_lowercase().replace('ё', "е");
    letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
