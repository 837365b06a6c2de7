//! The first page: who OKTAN is, today's prices, the nearest station, the way into the cabinet.

use super::address::Page;
use super::frame::{Ask, Head};
use super::icons::icon;
use super::map::{Pin, View, map};
use super::stations::{by_number, near_field, pin};
use super::{goods, news, promotions, texts};
use maud::{Markup, html};
use oktan_shared::domain::{Catalogue, Kopecks, Product};
use oktan_shared::table::{News, Promotion, Station};
use serde_json::{Value, json};

/// Stations that are named here; the rest is a click away.
const STATIONS_SHOWN: usize = 4;

/// Promotions that are shown here, those that end first.
const OFFERS_SHOWN: usize = 3;

/// The page.
pub fn page(ask: &Ask<'_>, catalogue: &Catalogue, stations: &[Station], news: &[News], offers: &[Promotion]) -> Markup {
    let words = ask.words;
    let content = html! {
        div.hero {
            div.wide {
                div {
                    h1 { (words.home_title) }
                    p.lead { (words.home_lead) }
                    p.actions {
                        a.button.large href="/login" { (words.cabinet) (icon("arrow")) }
                        a href=(ask.path(&Page::Become)) { (words.become_client) }
                    }
                }
                (example(ask))
            }
        }
        div.wide {
            section aria-labelledby="prices" {
                div.title {
                    h2 #prices { (words.prices_title) }
                    p { a href=(ask.path(&Page::Stations)) { (words.prices_all) (icon("arrow")) } }
                }
                (prices(ask, catalogue, stations))
            }
            section aria-labelledby="find" { (find(ask, stations)) }
            @if !offers.is_empty() {
                section aria-labelledby="promotions" {
                    div.title {
                        h2 #promotions { (words.promotions) }
                        p { a href=(ask.path(&Page::Promotions)) { (words.all_promotions) (icon("arrow")) } }
                    }
                    (promotions::cards(ask, catalogue, offers.iter().take(OFFERS_SHOWN), 3))
                }
            }
            @if !news.is_empty() {
                section aria-labelledby="news" {
                    div.title {
                        h2 #news { (words.news) }
                        p { a href=(ask.path(&Page::News)) { (words.all_news) (icon("arrow")) } }
                    }
                    (news::cards(ask, news, 3))
                }
            }
            section aria-labelledby="services" {
                h2 #services { (words.what_we_do) }
                (texts::trades(ask))
            }
            section aria-labelledby="cabinet" {
                h2 #cabinet { (words.cabinet_title) }
                p.lead { (words.cabinet_lead) }
                ul.points {
                    @for (name, text) in [
                        (words.cabinet_1, words.cabinet_1_text),
                        (words.cabinet_2, words.cabinet_2_text),
                        (words.cabinet_3, words.cabinet_3_text),
                    ] { li { h3 { (name) } p { (text) } } }
                }
            }
            section aria-labelledby="become" {
                h2 #become { (words.become_title) }
                (texts::steps(ask))
                p { a href=(ask.path(&Page::Become)) { (words.become_more) (icon("arrow")) } }
            }
        }
    };
    let head = Head {
        title: words.home_tab.to_owned(),
        description: words.home_description.to_owned(),
        facts: Some(facts(ask)),
        has_script: true,
    };
    ask.document(&head, &content)
}

/// A picture of the cabinet's one answer; the figures are an example.
fn example(ask: &Ask<'_>) -> Markup {
    let words = ask.words;
    html! {
        figure.example {
            div.plate {
                p { (words.example_can) }
                p.figure { (words.example_litres) }
                p { (words.example_reason) }
                svg.bar viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" {
                    rect.whole width="100" height="3" rx="1" {}
                    rect.used width="47.5" height="3" rx="1" {}
                }
                p.under { span { (words.example_used) " " (words.example_cap) } span { (words.example_reset) } }
            }
            figcaption { (words.example_caption) }
        }
    }
}

/// The lowest price of each fuel, and whether all stations sell at it.
fn prices(ask: &Ask<'_>, catalogue: &Catalogue, stations: &[Station]) -> Markup {
    let words = ask.words;
    let open = || stations.iter().filter(|station| !station.closed);
    let lowest = |product: &Product| -> Option<(Kopecks, bool)> {
        let asked = || open().filter_map(|station| station.fuels.get(&product.code));
        let least = asked().min()?;
        Some((*least, asked().all(|price| price == least)))
    };
    let fuels = catalogue.on_sale().filter(|product| goods::is_fuel(product));
    let lowest: Vec<_> = fuels.filter_map(|product| lowest(product).map(|price| (product, price))).collect();
    html! {
        @if lowest.is_empty() { p.empty { (words.no_prices) } } @else {
            ul.board {
                @for (product, (price, everywhere)) in lowest {
                    li {
                        a href=(format!("{}?fuel={}", ask.path(&Page::Stations), product.code)) {
                            span.name { (goods::name(ask.language, product)) }
                            span.price {
                                @if !everywhere { small { (words.price_from) } " " }
                                (goods::price(ask.language, price))
                            }
                            span.per { (goods::per(words, product.unit)) }
                        }
                    }
                }
            }
            p.note { (words.prices_note) }
        }
    }
}

/// The map, and the question for the nearest station.
fn find(ask: &Ask<'_>, stations: &[Station]) -> Markup {
    let words = ask.words;
    let mut first: Vec<&Station> = stations.iter().collect();
    first.sort_by_key(|station| by_number(station));
    let pins: Vec<Pin<'_>> = stations.iter().filter_map(pin).collect();
    html! {
        div.where {
            div {
                h2 #find { (words.find_title) }
                p.lead { (words.find_lead) }
                form.find method="get" action=(ask.path(&Page::Stations)) role="search" aria-label=(words.find_title) {
                    (near_field(ask, "", false))
                    button.button type="submit" { (words.show) }
                }
                @if first.is_empty() { p.empty { (words.no_stations) } } @else {
                    ul.plain {
                        @for station in first.iter().take(STATIONS_SHOWN) {
                            li {
                                a href=(ask.path(&Page::Station(station.code.to_string()))) { (station.name) }
                                span { (station.address) }
                            }
                        }
                    }
                }
            }
            div.map-box { (map(ask.language, View::whole(), &pins, None)) }
        }
    }
}

/// Schema.org's words for the company.
fn facts(ask: &Ask<'_>) -> Value {
    json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": ask.words.legal_name,
        "url": ask.address("/"),
        "telephone": super::frame::dialled(&ask.app.config.duty_phone),
        "areaServed": "Stavropol Krai",
    })
}
