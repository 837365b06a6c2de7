//! Figures as a Russian reads them.

use chrono::NaiveDate;
use oktan_shared::domain::product::Unit;
use oktan_shared::domain::{Kopecks, Millilitres};

/// Roubles: `1 234 567,89`, the blanks not to be broken at.
pub fn money(amount: Kopecks) -> String {
    grouped(&amount.to_string())
}

/// Roubles for a unit, with as many decimals as there are: `58,933`.
pub fn price(price: impl std::fmt::Display) -> String {
    grouped(&price.to_string())
}

/// Units: `1 234,500`.
pub fn quantity(quantity: Millilitres) -> String {
    grouped(&quantity.to_string())
}

fn grouped(plain: &str) -> String {
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |plain| ("−", plain));
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = whole.len();
    let whole = whole.chars().enumerate().fold(String::new(), |mut text, (at, digit)| {
        if at > 0 && (digits - at).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
        text
    });
    format!("{sign}{whole},{decimals}")
}

/// A day: `31.10.2026`.
pub fn day(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}

/// A unit's code (ОКЕИ) and its short name.
pub const fn unit(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Litre => ("112", "л"),
        Unit::CubicMetre => ("113", "м³"),
        Unit::Piece => ("796", "шт"),
    }
}
