//! Promotions that anybody may read of: the list and one of them.

use super::address::{Language, Page};
use super::frame::{Ask, Head};
use super::goods;
use super::icons::icon;
use super::news::tongue;
use super::words::fill;
use chrono::{Datelike, NaiveDate};
use maud::{Markup, PreEscaped, html};
use oktan_shared::domain::news::Language as Tongue;
use oktan_shared::domain::product::Unit;
use oktan_shared::domain::promotion::{Discount, Terms};
use oktan_shared::domain::{Catalogue, Millilitres, Product};
use oktan_shared::markdown;
use oktan_shared::table::{Promotion, Station};

/// Characters of what a list says of a promotion, and a search engine.
const SUMMARY: usize = 200;

/// The list.
pub fn list(ask: &Ask<'_>, catalogue: &Catalogue, promotions: &[Promotion]) -> Markup {
    let words = ask.words;
    let content = html! {
        div.wide {
            h1 { (words.promotions) }
            p.lead { (words.promotions_lead) }
            @if promotions.is_empty() { p.empty { (words.promotions_none) } } @else {
                (cards(ask, catalogue, promotions.iter(), 2))
            }
        }
    };
    let head = Head {
        title: words.promotions.to_owned(),
        description: words.promotions_description.to_owned(),
        ..Head::default()
    };
    ask.document(&head, &content)
}

/// Promotions side by side, under headings of this level, 2 or 3.
pub fn cards<'a>(
    ask: &Ask<'_>,
    catalogue: &Catalogue,
    promotions: impl Iterator<Item = &'a Promotion>,
    level: u8,
) -> Markup {
    html! {
        ul.news {
            @for promotion in promotions {
                @let (title, body, written_in) = promotion.text(tongue(ask.language));
                @let title = html! { a href=(ask.path(&Page::Promotion(promotion.slug()))) { (title) } };
                li lang=[other(ask, written_in)] {
                    p.date lang=(ask.language.code()) { (days(ask, &promotion.terms)) }
                    @if level == 2 { h2 { (title) } } @else { h3 { (title) } }
                    p lang=(ask.language.code()) { strong { (off(ask, catalogue, &promotion.terms)) } }
                    p { (markdown::to_text(body.as_str(), SUMMARY)) }
                }
            }
        }
    }
}

/// One of them.
pub fn one(ask: &Ask<'_>, catalogue: &Catalogue, stations: &[Station], promotion: &Promotion) -> Markup {
    let (words, terms) = (ask.words, &promotion.terms);
    let (title, body, written_in) = promotion.text(tongue(ask.language));
    let at: Vec<&Station> = stations.iter().filter(|station| terms.stations.contains(&station.code)).collect();
    let content = html! {
        div.wide {
            p.back { a href=(ask.path(&Page::Promotions)) { (words.all_promotions) } }
            article.piece {
                h1 lang=[other(ask, written_in)] { (title) }
                dl.prices.large {
                    div { dt { (words.promotion_discount) } dd { strong { (off(ask, catalogue, terms)) } } }
                    div { dt { (words.promotion_when) } dd { (days(ask, terms)) } }
                    div { dt { (words.promotion_products) } dd { (products(ask, catalogue, terms)) } }
                    div { dt { (words.promotion_minimum) } dd { (minimum(ask, catalogue, terms)) } }
                    div {
                        dt { (words.promotion_stations) }
                        dd {
                            @if terms.stations.is_empty() { (words.promotion_stations_all) } @else {
                                @for (nth, station) in at.iter().enumerate() {
                                    @if nth > 0 { ", " }
                                    a href=(ask.path(&Page::Station(station.code.to_string()))) { (station.name) }
                                }
                            }
                        }
                    }
                }
                div.prose lang=[other(ask, written_in)] { (PreEscaped(markdown::to_html(body.as_str()))) }
            }
            p.actions {
                a.button href=(format!("/offers/{}", promotion.id())) { (words.promotion_join) (icon("arrow")) }
                a href=(ask.path(&Page::Become)) { (words.become_client) }
            }
        }
    };
    let head =
        Head { title: title.to_string(), description: markdown::to_text(body.as_str(), SUMMARY), ..Head::default() };
    ask.document(&head, &content)
}

/// The language of a text that is not the page's.
fn other(ask: &Ask<'_>, written_in: Tongue) -> Option<&'static str> {
    (written_in != tongue(ask.language)).then(|| written_in.as_str())
}

fn days(ask: &Ask<'_>, terms: &Terms) -> String {
    let day = |date: NaiveDate| {
        let month = ask.words.months.split(',').nth(date.month0() as usize).unwrap_or_default();
        format!("{} {month} {}", date.day(), date.year())
    };
    fill(ask.words.promotion_days, &[("from", &day(terms.from)), ("to", &day(terms.to))])
}

/// What is taken off, in words: `−2,00 ₽ за литр`.
fn off(ask: &Ask<'_>, catalogue: &Catalogue, terms: &Terms) -> String {
    let words = ask.words;
    match terms.discount {
        Discount::PerUnit(off) => {
            let per = unit(catalogue, terms).map_or(words.promotion_per_unit, |unit| goods::per(words, unit));
            fill(words.promotion_off_unit, &[("off", &goods::price(ask.language, off)), ("per", per)])
        }
        Discount::Percent(percent) => fill(words.promotion_off_percent, &[("off", &number(ask, &percent.to_string()))]),
    }
}

/// The unit of what it is of, if that has one.
fn unit(catalogue: &Catalogue, terms: &Terms) -> Option<Unit> {
    let mut units = named(catalogue, terms).map(|product| product.unit);
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

fn named<'a>(catalogue: &'a Catalogue, terms: &Terms) -> impl Iterator<Item = &'a Product> {
    terms.products.iter().filter_map(|ix| catalogue.by_ix(ix))
}

fn products(ask: &Ask<'_>, catalogue: &Catalogue, terms: &Terms) -> String {
    let names: Vec<&str> = named(catalogue, terms).map(|product| goods::name(ask.language, product)).collect();
    if names.is_empty() { ask.words.promotion_products_all.to_owned() } else { names.join(", ") }
}

fn minimum(ask: &Ask<'_>, catalogue: &Catalogue, terms: &Terms) -> String {
    let words = ask.words;
    if terms.minimum == Millilitres::ZERO {
        return words.promotion_any.to_owned();
    }
    let sign = match (unit(catalogue, terms), ask.language) {
        (Some(Unit::Litre), Language::Russian) => "\u{a0}л",
        (Some(Unit::Litre), Language::English) => "\u{a0}l",
        (Some(Unit::CubicMetre), _) => "\u{a0}m³",
        _ => "",
    };
    let sign = if ask.language == Language::Russian { sign.replace("m³", "м³") } else { sign.to_owned() };
    let quantity = format!("{}{sign}", number(ask, &terms.minimum.to_string()));
    fill(words.promotion_minimum_text, &[("n", &quantity)])
}

/// A number as its readers write it, without zeros at its end.
fn number(ask: &Ask<'_>, text: &str) -> String {
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    if ask.language == Language::Russian { short.replace('.', ",") } else { short.to_owned() }
}
