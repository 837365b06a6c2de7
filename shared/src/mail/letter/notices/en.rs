//! What happened, in English.

use super::{Said, last_digits};
use crate::domain::notice::Event;
use crate::domain::product::Unit;

/// What is said of an event; `None` for what has a letter of its own.
pub fn of(event: &Event, label: &str, when: &str, duty_phone: &str) -> Option<Said> {
    let (subject, hello, more) = match event {
        Event::LowBalance { available, threshold } => (
            "Your money for fuel is running low".to_owned(),
            "Hello! Your company has less left than you set in the settings. Top up the account:",
            format!("Available to the company: {available} ₽, threshold {threshold} ₽. So it was on {when}."),
        ),
        Event::CardBlocked { card, by_staff } => (
            format!("Card …{} is blocked", last_digits(card.as_str())),
            "Hello! A card of your company was blocked. See why:",
            format!("Card {card}{label}, {when}. Blocked by {}.", who(*by_staff)),
        ),
        Event::CardsBlocked { by_staff } => (
            "Several cards are blocked".to_owned(),
            "Hello! Several cards of your company were blocked. See which:",
            format!("It was done by {}, {when}.", who(*by_staff)),
        ),
        Event::ExceptionGranted { card, litres } => (
            format!("A fill above the limit was allowed: card …{}", last_digits(card.as_str())),
            "Hello! A colleague allowed one fill above the limit. See it:",
            format!("Card {card}{label}, up to {litres} litres, {when}."),
        ),
        Event::NewDevice { address } => (
            "A sign-in from a new device".to_owned(),
            "Hello! Somebody signed in to the OKTAN cabinet from a new device. See the sessions and end what is not yours:",
            format!(
                "It was on {when}{}. If it was you, there is nothing to do; if not, change the password and call us at \
                 once: {duty_phone}.",
                if address.is_empty() { String::new() } else { format!(", address {address}") }
            ),
        ),
        Event::TicketAnswered { number, .. } => (
            format!("An answer to ticket No. {number}"),
            "Hello! OKTAN has answered your ticket. Read the answer:",
            format!("What is urgent can be asked on the duty phone {duty_phone}."),
        ),
        Event::DisputeDecided { number, refunded, .. } => (
            match refunded {
                Some(_) => format!("Money is back for dispute No. {number}"),
                None => format!("Dispute No. {number} is decided"),
            },
            "Hello! We have looked into the purchase that you disputed. The decision and what it is based on:",
            match refunded {
                Some(amount) => format!("{amount} ₽ were given back, {when}. Questions: duty phone {duty_phone}."),
                None => format!("No money was given back; it says why. Questions: duty phone {duty_phone}."),
            },
        ),
        Event::PromotionOpened { title, title_en, .. } => {
            let title = title_en.as_ref().unwrap_or(title);
            (
                format!("A promotion for your company: {title}"),
                "Hello! OKTAN has a promotion that your company may join. Its terms, and joining:",
                format!("“{title}”. The discount applies to fills after you have joined."),
            )
        }
        Event::FillDeclined { .. } | Event::WeeklySummary { .. } => return None,
    };
    Some(Said { subject, hello: hello.to_owned(), more })
}

/// In what a product is measured, after its quantity.
pub const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Litre => " litres",
        Unit::CubicMetre => " m³",
        Unit::Piece => " pcs.",
    }
}

const fn who(by_staff: bool) -> &'static str {
    if by_staff { "OKTAN" } else { "a colleague" }
}
