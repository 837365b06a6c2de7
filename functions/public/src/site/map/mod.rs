//! A map drawn from our own outline: no tiles, no third party. Coordinates are whole tenths of the picture's unit.

pub mod land;
mod names;

use super::address::{Language, Page};
use land::{OUTLINE, ROADS, TOWNS, Town};
use maud::{Markup, html};
use names::{Disc, names};
use oktan_shared::domain::StationCode;
use oktan_shared::domain::geo::{DEGREE, Point, cosine};
use std::fmt::Write as _;

/// Tenths of the picture's unit.
const TENTHS: i64 = 10;
/// The picture, in its units.
const WIDTH: i64 = 760;
const HEIGHT: i64 = 540;
/// Half of a pin; how far above its station it stands, so that the town's name stays readable; what two pins keep between
/// their middles, both in tenths.
const PIN: i64 = 13;
const ABOVE: i64 = 20 * TENTHS;
const APART: i64 = 29 * TENTHS;
/// Stations that a map shows; the list has all.
const PINS_MAX: usize = 200;

/// A station on the map.
pub struct Pin<'a> {
    /// Whose page it opens, and what is written on it.
    pub code: &'a StationCode,
    /// What a reader hears.
    pub name: &'a str,
    /// Where it is.
    pub at: Point,
}

/// A spot of the picture, in tenths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spot {
    x: i64,
    y: i64,
}

/// What part of the land the picture shows.
#[derive(Debug, Clone, Copy)]
pub struct View {
    middle: Point,
    /// Tenths of a unit in a degree of latitude.
    degree: i64,
}

impl View {
    /// The whole region.
    pub fn whole() -> Self {
        Self { middle: Point { north: 45 * DEGREE - 40_000, east: 43 * DEGREE + 285_000 }, degree: 205 * TENTHS }
    }

    /// The surroundings of a place.
    pub fn around(middle: Point) -> Self {
        Self { middle, degree: 640 * TENTHS }
    }

    fn is_near(self) -> bool {
        self.degree > 300 * TENTHS
    }

    /// Where a point is in the picture, by its latitude's middle: at this size the land is flat.
    fn spot(self, point: Point) -> Spot {
        let east = (point.east - self.middle.east) * cosine(45 * DEGREE) / 1_000;
        Spot {
            x: WIDTH * TENTHS / 2 + east * self.degree / DEGREE,
            y: HEIGHT * TENTHS / 2 - (point.north - self.middle.north) * self.degree / DEGREE,
        }
    }
}

impl Spot {
    fn is_within(self, margin: i64) -> bool {
        let within = |at: i64, size: i64| (margin..=size * TENTHS - margin).contains(&at);
        within(self.x, WIDTH) && within(self.y, HEIGHT)
    }

    fn is_apart(self, other: Self) -> bool {
        (self.x - other.x).pow(2) + (self.y - other.y).pow(2) >= APART.pow(2)
    }
}

/// Tenths as a decimal.
fn units(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / TENTHS, tenths.abs() % TENTHS)
}

/// The map with a pin for each station; `here` is the place that was asked about.
pub fn map(language: Language, view: View, pins: &[Pin<'_>], here: Option<Point>) -> Markup {
    let words = language.words();
    let placed = placed(view, pins);
    let here = here.map(|point| view.spot(point)).filter(|spot| spot.is_within(0));
    html! {
        svg.map viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label=(words.map_label) {
            path.land d=(closed(&OUTLINE.map(|point| view.spot(point)))) {}
            @for road in ROADS { path.road d=(open(&road.iter().map(|point| view.spot(*point)).collect::<Vec<_>>())) {} }
            (towns(language, view, &to_keep_off(&placed, here)))
            @if let Some(spot) = here {
                circle.here cx=(units(spot.x)) cy=(units(spot.y)) r="7" {}
            }
            @for (_, truly, shown) in &placed {
                line.leader x1=(units(truly.x)) y1=(units(truly.y)) x2=(units(shown.x)) y2=(units(shown.y)) {}
                circle.spot cx=(units(truly.x)) cy=(units(truly.y)) r="2.5" {}
            }
            @for (pin, _, shown) in &placed {
                a.pin href=(Page::Station(pin.code.to_string()).path(language)) aria-label=(pin.name) {
                    title { (pin.name) }
                    circle cx=(units(shown.x)) cy=(units(shown.y)) r=(PIN) {}
                    text x=(units(shown.x)) y=(units(shown.y + 4 * TENTHS)) text-anchor="middle" { (pin.code) }
                }
            }
        }
    }
}

fn towns(language: Language, view: View, discs: &[Disc]) -> Markup {
    let towns = shown_towns(view);
    let letters = towns.iter().map(|(town, spot)| (*spot, town.name(language).chars().count())).collect::<Vec<_>>();
    html! {
        g.towns aria-hidden="true" {
            @for ((town, spot), place) in towns.iter().zip(names(&letters, discs)) {
                circle cx=(units(spot.x)) cy=(units(spot.y)) r=(if town.rank == 0 { 3 } else { 2 }) {}
                @if let Some(place) = place {
                    text x=(units(place.at.x)) y=(units(place.at.y)) text-anchor=(place.anchor.name()) { (town.name(language)) }
                }
            }
        }
    }
}

/// The towns of a view with their dots, the greater ones first.
fn shown_towns(view: View) -> Vec<(&'static Town, Spot)> {
    let ranks = if view.is_near() { 0..=1 } else { 0..=0 };
    let towns = ranks.flat_map(|rank| TOWNS.iter().filter(move |town| town.rank == rank));
    towns.map(|town| (town, view.spot(town.at))).filter(|(_, spot)| spot.is_within(8 * TENTHS)).collect()
}

/// What a town's name would hide, or be hidden by: the pins, the stations' spots, the place that was asked about.
fn to_keep_off(placed: &[(&Pin<'_>, Spot, Spot)], here: Option<Spot>) -> Vec<Disc> {
    let pins = placed.iter().map(|(_, _, shown)| Disc { at: *shown, radius: (PIN + 1) * TENTHS });
    let spots = placed.iter().map(|(_, truly, _)| Disc { at: *truly, radius: 3 * TENTHS });
    pins.chain(spots).chain(here.map(|at| Disc { at, radius: 8 * TENTHS })).collect()
}

/// Where each pin stands: above its station, or as near to that as the other pins leave room.
fn placed<'a, 'p>(view: View, pins: &'a [Pin<'p>]) -> Vec<(&'a Pin<'p>, Spot, Spot)> {
    let mut placed: Vec<(&Pin<'_>, Spot, Spot)> = Vec::new();
    let seen = pins.iter().map(|pin| (pin, view.spot(pin.at))).filter(|(_, spot)| spot.is_within(PIN * TENTHS));
    for (pin, truly) in seen.take(PINS_MAX) {
        let free =
            |spot: &Spot| spot.is_within(PIN * TENTHS) && placed.iter().all(|(_, _, other)| spot.is_apart(*other));
        let above = Spot { y: truly.y - ABOVE, ..truly };
        let shown = around(above).find(free).unwrap_or(above);
        placed.push((pin, truly, shown));
    }
    placed
}

/// A spot and then rings of spots around it, ever wider.
fn around(spot: Spot) -> impl Iterator<Item = Spot> {
    // Sixteen directions, in hundredths.
    const WAYS: [(i64, i64); 16] = [
        (0, -100),
        (71, -71),
        (100, 0),
        (71, 71),
        (0, 100),
        (-71, 71),
        (-100, 0),
        (-71, -71),
        (38, -92),
        (92, -38),
        (92, 38),
        (38, 92),
        (-38, 92),
        (-92, 38),
        (-92, -38),
        (-38, -92),
    ];
    let rings = (2..=16).flat_map(move |ring| {
        let reach = ring * APART / 2;
        WAYS.into_iter().map(move |(x, y)| Spot { x: spot.x + x * reach / 100, y: spot.y + y * reach / 100 })
    });
    std::iter::once(spot).chain(rings)
}

fn middle(a: Spot, b: Spot) -> Spot {
    Spot { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

fn say(path: &mut String, letter: char, spots: &[Spot]) {
    path.push(letter);
    for spot in spots {
        let _ = write!(path, "{} {} ", units(spot.x), units(spot.y));
    }
}

/// A closed line whose corners are rounded: each corner pulls the curve between the middles beside it.
fn closed(spots: &[Spot]) -> String {
    let mut path = String::new();
    let next = |at: usize| spots[(at + 1) % spots.len()];
    for (at, spot) in spots.iter().enumerate() {
        if at == 0 {
            say(&mut path, 'M', &[middle(spots[spots.len() - 1], *spot)]);
        }
        say(&mut path, 'Q', &[*spot, middle(*spot, next(at))]);
    }
    path.push('Z');
    path
}

/// The same, open: it begins and ends at its ends.
fn open(spots: &[Spot]) -> String {
    let mut path = String::new();
    for (at, spot) in spots.iter().enumerate() {
        match spots.get(at + 1) {
            _ if at == 0 => say(&mut path, 'M', &[*spot]),
            Some(next) => say(&mut path, 'Q', &[*spot, middle(*spot, *next)]),
            None => say(&mut path, 'L', &[*spot]),
        }
    }
    path
}
