//! The site's map: the names of towns are written where they can be read.

use oktan_public::site::Language;
use oktan_public::site::land::TOWNS;
use oktan_public::site::map::{Pin, View, map};
use oktan_shared::domain::StationCode;
use oktan_shared::domain::geo::Point;
use proptest::prelude::*;

/// Where the stations of the demo are.
const STATIONS: [Point; 6] = [
    Point::at(4501, 4193),
    Point::at(4513, 4203),
    Point::at(4464, 4194),
    Point::at(4421, 4314),
    Point::at(4407, 4304),
    Point::at(4533, 4285),
];
/// The picture, a name's letter at its widest and how far it reaches above and below its line.
const PICTURE: (f64, f64) = (760.0, 540.0);
const LETTER: f64 = 8.1;
const RISE: f64 = 10.0;
const FALL: f64 = 3.0;

/// What a name covers: left, top, right, bottom.
type Block = (f64, f64, f64, f64);
/// A middle and a radius.
type Disc = (f64, f64, f64);

fn number(tag: &str, name: &str) -> f64 {
    let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.expect("a number").parse().expect("a number")
}

/// The names written on a map, each with what it covers; and its pins, that of the place asked about among them.
fn drawn(view: View, language: Language, stations: &[Point], here: Option<Point>) -> (Vec<(String, Block)>, Vec<Disc>) {
    let code = StationCode::parse("1").expect("a code");
    let pins: Vec<Pin<'_>> = stations.iter().map(|at| Pin { code: &code, name: "", at: *at }).collect();
    let svg = map(language, view, &pins, here).into_string();
    let towns = svg.split("<g class=\"towns\"").nth(1).and_then(|rest| rest.split("</g>").next()).expect("towns");
    let names = towns.split("<text").skip(1).map(|tag| {
        let name = tag.split_once('>').and_then(|(_, rest)| rest.split_once('<')).expect("a name").0;
        let width = LETTER * name.chars().map(|_| 1.0).sum::<f64>();
        let (x, y) = (number(tag, "x"), number(tag, "y"));
        let left = match tag {
            tag if tag.contains("\"start\"") => x,
            tag if tag.contains("\"end\"") => x - width,
            _ => x - width / 2.0,
        };
        (name.to_owned(), (left, y - RISE, left + width, y + FALL))
    });
    let pins = svg.split("<a class=\"pin\"").skip(1).chain(svg.split("<circle class=\"here\"").skip(1));
    let pins = pins.map(|tag| (number(tag, "cx"), number(tag, "cy"), number(tag, "r"))).collect();
    (names.collect(), pins)
}

fn covers((left, top, right, bottom): Block, (x, y, radius): Disc) -> bool {
    (x - x.clamp(left, right)).hypot(y - y.clamp(top, bottom)) < radius
}

fn meet(a: Block, b: Block) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// The names that are written, none of them under a pin, across another or over the picture's edge.
fn legible(view: View, language: Language, stations: &[Point], here: Option<Point>) -> Vec<String> {
    let (names, pins) = drawn(view, language, stations, here);
    for (at, (name, block)) in names.iter().enumerate() {
        assert!(block.0 >= 0.0 && block.1 >= 0.0 && block.2 <= PICTURE.0 && block.3 <= PICTURE.1, "{name}: {block:?}");
        assert!(!pins.iter().any(|pin| covers(*block, *pin)), "{name} under a pin: {block:?} {pins:?}");
        let crossed = names[..at].iter().find(|(_, other)| meet(*block, *other));
        assert!(crossed.is_none(), "{name} across {crossed:?}");
    }
    names.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn every_town_of_the_regions_map_has_its_name_clear_of_the_pins() {
    for language in [Language::Russian, Language::English] {
        for stations in [&STATIONS[..], &[]] {
            let names = legible(View::whole(), language, stations, None);
            let missing: Vec<_> = TOWNS.iter().filter(|town| town.rank == 0).map(|town| town.name(language)).collect();
            let missing: Vec<_> = missing.into_iter().filter(|town| !names.iter().any(|name| name == town)).collect();
            assert!(missing.is_empty(), "{missing:?}");
        }
    }
}

#[test]
fn a_town_has_its_name_on_the_map_of_a_station_in_it() {
    for (station, town) in STATIONS.into_iter().zip([0, 1, 2, 8, 3, 12]) {
        for language in [Language::Russian, Language::English] {
            let names = legible(View::around(station), language, &[station], None);
            assert!(names.iter().any(|name| name == TOWNS[town].name(language)), "{}: {names:?}", TOWNS[town].en);
        }
    }
}

#[test]
fn a_town_that_was_asked_about_has_its_name() {
    for town in &TOWNS {
        for language in [Language::Russian, Language::English] {
            let names = legible(View::around(town.at), language, &STATIONS, Some(town.at));
            assert!(names.iter().any(|name| name == town.name(language)), "{}: {names:?}", town.en);
        }
    }
}

proptest! {
    #[test]
    fn wherever_stations_are_no_name_is_under_a_pin_and_a_pin_takes_few(
        stations in proptest::collection::vec((4380_i64..4620, 4090_i64..4560), 0..60),
        near in proptest::option::of(0_usize..TOWNS.len()),
    ) {
        let stations: Vec<Point> = stations.into_iter().map(|(north, east)| Point::at(north, east)).collect();
        let view = || near.map_or_else(View::whole, |town| View::around(TOWNS[town].at));
        let all = legible(view(), Language::Russian, &[], None).len();
        let written = legible(view(), Language::Russian, &stations, None).len();
        prop_assert!(written + stations.len() >= all, "{} of {} with {} stations", written, all, stations.len());
    }
}
