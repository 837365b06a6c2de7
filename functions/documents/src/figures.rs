//! Figures as a Russian reads them.

use chrono::NaiveDate;
use oktan_shared::domain::product::Unit;
use oktan_shared::domain::{Kopecks, Millilitres};
use std::collections::BTreeMap;

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

/// A quantity with its unit: `1 234,500 л`, not to be broken at.
pub fn measured(all: Millilitres, unit: &str) -> String {
    format!("{}\u{a0}{unit}", quantity(all))
}

/// Quantities added up, each unit by itself: litres, cubic metres and pieces do not add up.
#[derive(Debug, Clone, Default)]
pub struct Quantities(BTreeMap<&'static str, Millilitres>);

impl Quantities {
    /// So much more of a unit.
    pub fn add(&mut self, unit: &'static str, quantity: Millilitres) {
        let sum = self.0.entry(unit).or_default();
        *sum = sum.saturating_add(quantity);
    }

    /// Each unit and what there is of it: litres, cubic metres, pieces.
    pub fn each(&self) -> impl Iterator<Item = (&'static str, Millilitres)> {
        self.0.iter().map(|(unit, quantity)| (*unit, *quantity))
    }

    /// Whether there is one unit and no other.
    pub fn is_of_one_unit(&self) -> bool {
        self.0.len() == 1
    }

    /// In words: `1 234,500 л 3,000 шт`, to be broken between the two.
    pub fn words(&self) -> String {
        self.each().map(|(unit, all)| measured(all, unit)).collect::<Vec<_>>().join(" ")
    }
}
