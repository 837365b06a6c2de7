//! The pages that are mostly words: services, about, how to become a client, contacts; and what says that there is none.

use super::address::Page;
use super::frame::{Ask, Head, phone};
use super::goods;
use super::icons::icon;
use super::stations::by_number;
use super::words::fill;
use super::writing::{self, Marks, Typed};
use crate::{ACCOUNTING, LEGAL, RECEPTION};
use maud::{Markup, html};
use oktan_shared::table::Station;

fn head(title: &str, description: &str) -> Head {
    Head { title: title.to_owned(), description: description.to_owned(), ..Head::default() }
}

/// What OKTAN trades in, for two pages.
pub fn trades(ask: &Ask<'_>) -> Markup {
    let words = ask.words;
    let trades = [
        ("card", words.cards, words.cards_text),
        ("truck", words.wholesale, words.wholesale_text),
        ("pump", words.retail, words.retail_text),
        ("flame", words.gas, words.gas_text),
    ];
    html! {
        ul.trades { @for (sign, name, text) in trades { li { (icon(sign)) h3 { (name) } p { (text) } } } }
    }
}

/// From the first call to the first fill.
pub fn steps(ask: &Ask<'_>) -> Markup {
    let words = ask.words;
    let steps = [
        (words.step_1, words.step_1_text),
        (words.step_2, words.step_2_text),
        (words.step_3, words.step_3_text),
        (words.step_4, words.step_4_text),
    ];
    html! { ol.steps { @for (name, text) in steps { li { h3 { (name) } p { (text) } } } } }
}

/// Services, and which station has what.
pub fn services(ask: &Ask<'_>, stations: &[Station]) -> Markup {
    let words = ask.words;
    let mut stations: Vec<&Station> = stations.iter().collect();
    stations.sort_by_key(|station| by_number(station));
    let texts = [
        ("cafe", words.amenity_cafe_text),
        ("shop", words.amenity_shop_text),
        ("wash", words.amenity_wash_text),
        ("wifi", words.amenity_wifi_text),
        ("24h", words.amenity_24h_text),
    ];
    let having = |code: &str| -> Vec<&Station> {
        stations.iter().copied().filter(|station| station.amenities.iter().any(|has| has == code)).collect()
    };
    let offered: Vec<_> =
        texts.iter().map(|(code, text)| (*code, *text, having(code))).filter(|(_, _, at)| !at.is_empty()).collect();
    let content = html! {
        div.wide {
            h1 { (words.services_title) }
            p.lead { (words.services_lead) }
            section aria-labelledby="trades" {
                h2 #trades { (words.what_we_do) }
                (trades(ask))
            }
            section aria-labelledby="shops" {
                h2 #shops { (words.shops_title) }
                @if offered.is_empty() { p.empty { (words.shops_none) } } @else {
                    p.lead { (words.shops_lead) }
                    ul.offers {
                        @for (code, text, at) in &offered {
                            li {
                                (icon(code))
                                h3 { (goods::amenity(words, code).unwrap_or_default()) }
                                p { (text) }
                                p.note { (words.at_stations) ": "
                                    @for (n, station) in at.iter().enumerate() {
                                        @if n > 0 { ", " }
                                        a href=(ask.path(&Page::Station(station.code.to_string()))) { (station.name) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    ask.document(&head(words.services_title, words.services_description), &content)
}

/// About the company.
pub fn about(ask: &Ask<'_>, stations: &[Station]) -> Markup {
    let words = ask.words;
    let count = fill(words.about_where_text, &[("count", &stations.len().to_string())]);
    let told = [
        (words.about_what, words.about_what_text),
        (words.about_where, &count),
        (words.about_how, words.about_how_text),
        (words.about_order, words.about_order_text),
    ];
    let content = html! {
        div.wide {
            h1 { (words.about_title) }
            p.lead { (words.about_lead) }
            div.telling { @for (name, text) in told { section { h2 { (name) } p { (text) } } } }
            p.actions {
                a.button href=(ask.path(&Page::Stations)) { (words.prices_all) }
                a href=(ask.path(&Page::Contacts)) { (words.contacts) }
            }
        }
    };
    ask.document(&head(words.about_title, words.about_description), &content)
}

/// How to become a client: the contract comes first, and nobody registers.
pub fn become_client(ask: &Ask<'_>) -> Markup {
    let words = ask.words;
    let content = html! {
        div.wide {
            h1 { (words.become_title) }
            p.lead { (words.become_lead) }
            section aria-labelledby="steps" {
                h2 #steps { (words.steps_title) }
                (steps(ask))
            }
            p.actions { a.button href=(ask.path(&Page::Contacts)) { (words.contacts) } (phone(RECEPTION)) }
            div.telling {
                section {
                    h2 { (words.need_title) }
                    ul.marked { @for need in [words.need_1, words.need_2, words.need_3, words.need_4] { li { (need) } } }
                }
                section { h2 { (words.already_title) } p { (words.already_text) } }
                section { h2 { (words.private_title) } p { (words.private_text) } }
            }
        }
    };
    ask.document(&head(words.become_title, words.become_description), &content)
}

/// Whom to call, and where to write.
pub fn contacts(ask: &Ask<'_>, sent: bool, typed: &Typed, marks: &Marks) -> Markup {
    let words = ask.words;
    let content = html! {
        div.wide {
            h1 { (words.contacts_title) }
            p.lead { (words.contacts_lead) }
            (phones(ask))
            @if let Some(email) = &ask.app.config.administration_email {
                p.email { (words.email_label) ": " a href=(format!("mailto:{email}")) { (email) } }
            }
            (writing::section(ask, sent, typed, marks))
        }
    };
    ask.document(&head(words.contacts_title, words.contacts_description), &content)
}

/// The telephones and what each is for.
fn phones(ask: &Ask<'_>) -> Markup {
    let words = ask.words;
    let duty: &str = &ask.app.config.duty_phone;
    let phones = [
        (words.duty, duty, words.duty_text),
        (words.reception, RECEPTION, words.reception_text),
        (words.accounting, ACCOUNTING, words.accounting_text),
        (words.legal, LEGAL, words.legal_text),
    ];
    html! {
        ul.phones {
            @for (name, number, text) in phones { li { h2 { (name) } p.number { (phone(number)) } p { (text) } } }
        }
    }
}

/// That there is no such page.
pub fn missing(ask: &Ask<'_>) -> Markup {
    let words = ask.words;
    trouble(ask, words.missing_title, words.missing_text)
}

/// That the page cannot be made now.
pub fn failed(ask: &Ask<'_>) -> Markup {
    let words = ask.words;
    trouble(ask, words.failed_title, words.failed_text)
}

fn trouble(ask: &Ask<'_>, title: &str, text: &str) -> Markup {
    let words = ask.words;
    let content = html! {
        div.wide.trouble {
            h1 { (title) }
            p.lead { (text) }
            p.actions {
                a.button href=(ask.path(&Page::Home)) { (words.to_home) }
                a href=(ask.path(&Page::Stations)) { (words.to_stations) }
            }
        }
    };
    ask.document(&head(title, text), &content)
}
