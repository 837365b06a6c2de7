//! The stations: on a map and in a list, filtered by what a driver needs, the nearest first.

use super::address::Page;
use super::frame::{Ask, Head};
use super::icons::icon;
use super::map::land::TOWNS;
use super::map::{Pin, View, map};
use super::words::fill;
use super::{goods, near};
use maud::{Markup, html};
use oktan_shared::domain::geo::Point;
use oktan_shared::domain::{Catalogue, Product};
use oktan_shared::table::Station;
use std::collections::BTreeSet;

/// What was asked for. What is not known is not asked for: a link with somebody's mark in it still opens.
#[derive(Debug, Default)]
pub struct Filter {
    near: String,
    fuel: String,
    amenities: BTreeSet<String>,
}

impl Filter {
    /// From a query.
    pub fn of(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "near" => filter.near = value.trim().chars().take(100).collect(),
                "fuel" => filter.fuel = value.into_owned(),
                "amenity" if goods::AMENITIES.contains(&&*value) => {
                    filter.amenities.insert(value.into_owned());
                }
                _ => {}
            }
        }
        filter
    }

    fn fits(&self, station: &Station) -> bool {
        let sells = self.fuel.is_empty() || station.fuels.keys().any(|code| code.as_str() == self.fuel);
        sells && self.amenities.iter().all(|wanted| station.amenities.contains(wanted))
    }

    fn is_empty(&self) -> bool {
        self.near.is_empty() && self.fuel.is_empty() && self.amenities.is_empty()
    }
}

/// A station that fits, and how far it is from the place that was asked about.
struct Found<'a> {
    station: &'a Station,
    metres: Option<i64>,
}

/// The page.
pub fn page(ask: &Ask<'_>, catalogue: &Catalogue, stations: &[Station], query: &str) -> Markup {
    let words = ask.words;
    let filter = Filter { fuel: known_fuel(catalogue, Filter::of(query).fuel), ..Filter::of(query) };
    let here = (!filter.near.is_empty()).then(|| near::place(&filter.near, stations)).flatten();
    let unknown = !filter.near.is_empty() && here.is_none();
    let found = found(stations, &filter, here);
    let pins: Vec<Pin<'_>> = found.iter().filter_map(|found| pin(found.station)).collect();
    let view = here.map_or_else(View::whole, View::around);
    let content = html! {
        div.wide {
            h1 { (words.stations_title) }
            p.lead { (words.stations_lead) }
            (form(ask, catalogue, stations, &filter, unknown))
            @if stations.is_empty() {
                p.empty { (words.no_stations) }
            } @else {
                p.count role="status" {
                    (fill(words.found, &[("count", &found.len().to_string())]))
                    @if here.is_some() { ". " (fill(words.nearest_to, &[("place", &filter.near)])) }
                }
                div.where {
                    div.map-box { (map(ask.language, view, &pins, here)) p.note { (words.map_note) } }
                    @if found.is_empty() {
                        div.empty { p { strong { (words.found_none) } } p { (words.found_none_note) } }
                    } @else {
                        ul.stations aria-label=(words.list_label) {
                            @for found in &found { li { (card(ask, catalogue, found)) } }
                        }
                    }
                }
            }
        }
    };
    let head = Head {
        title: words.stations_tab.to_owned(),
        description: words.stations_description.to_owned(),
        has_script: true,
        ..Head::default()
    };
    ask.document(&head, &content)
}

/// The stations that fit: by distance if it is known from where, else by number.
fn found<'a>(stations: &'a [Station], filter: &Filter, here: Option<Point>) -> Vec<Found<'a>> {
    let fits = stations
        .iter()
        .filter(|station| filter.fits(station))
        .map(|station| Found { station, metres: here.zip(near::of(station)).map(|(here, at)| here.metres_to(at)) });
    let mut found: Vec<_> = fits.collect();
    found.sort_by_key(|found| (found.metres.unwrap_or(i64::MAX), by_number(found.station)));
    found
}

/// `7` before `12`.
pub fn by_number(station: &Station) -> (u64, String) {
    let code = station.code.as_str();
    (code.parse().unwrap_or(u64::MAX), code.to_owned())
}

/// A station's pin, if its coordinates are such.
pub fn pin(station: &Station) -> Option<Pin<'_>> {
    near::of(station).map(|at| Pin { code: &station.code, name: station.name.as_str(), at })
}

fn known_fuel(catalogue: &Catalogue, fuel: String) -> String {
    if catalogue.on_sale().any(|product| product.code.as_str() == fuel) { fuel } else { String::new() }
}

fn card(ask: &Ask<'_>, catalogue: &Catalogue, found: &Found<'_>) -> Markup {
    let (words, station) = (ask.words, found.station);
    let mut sold = goods::sold(catalogue, station);
    sold.retain(|(product, _)| goods::is_fuel(product));
    html! {
        article.station {
            header {
                h2 { a href=(ask.path(&Page::Station(station.code.to_string()))) { (station.name) } }
                @if let Some(metres) = found.metres { p.far { (goods::distance(words, metres)) } }
            }
            p.address { (station.address) @if !station.hours.as_str().is_empty() { br; (station.hours) } }
            (goods::closed(words, station))
            (goods::prices(ask.language, &sold))
            (goods::chips(words, station))
        }
    }
}

fn form(ask: &Ask<'_>, catalogue: &Catalogue, stations: &[Station], filter: &Filter, unknown: bool) -> Markup {
    let words = ask.words;
    let sold = |product: &&Product| stations.iter().any(|station| station.fuels.contains_key(&product.code));
    html! {
        form.filter method="get" action=(ask.path(&Page::Stations)) role="search" aria-label=(words.filter_label) {
            (near_field(ask, &filter.near, unknown))
            div.field {
                label for="fuel" { (words.fuel) }
                select #fuel name="fuel" {
                    option value="" { (words.fuel_any) }
                    @for product in catalogue.on_sale().filter(|product| goods::is_fuel(product)).filter(sold) {
                        option value=(product.code) selected[product.code.as_str() == filter.fuel] { (goods::name(ask.language, product)) }
                    }
                }
            }
            fieldset {
                legend { (words.amenities) }
                @for code in goods::AMENITIES {
                    @if let Some(name) = goods::amenity(words, code) {
                        label.toggle {
                            input type="checkbox" name="amenity" value=(code) checked[filter.amenities.contains(code)];
                            span { (icon(code)) (name) }
                        }
                    }
                }
            }
            div.buttons {
                button.button type="submit" { (words.show) }
                @if !filter.is_empty() { a href=(ask.path(&Page::Stations)) { (words.reset) } }
            }
        }
    }
}

/// The field of a place, with a button that asks the browser instead where there is a script to press it.
pub fn near_field(ask: &Ask<'_>, typed: &str, unknown: bool) -> Markup {
    let words = ask.words;
    html! {
        div.field.near {
            label for="near" { (words.near) }
            div.pair {
                input #near name="near" type="text" value=(typed) list="towns" maxlength="100" autocomplete="off"
                    aria-describedby="near-note" aria-invalid=[unknown.then_some("true")];
                button.button.quiet type="button" hidden data-locate data-waiting=(words.locate_waiting)
                    data-refused=(words.locate_refused) { (icon("here")) (words.locate) }
            }
            p #near-note .note.wrong[unknown] aria-live="polite" {
                (if unknown { words.near_unknown } else { words.near_hint })
            }
            datalist #towns { @for town in &TOWNS { option value=(town.name(ask.language)) {} } }
        }
    }
}
