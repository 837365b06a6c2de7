//! The rules of a card: what people allow it. All must pass.
//!
//! Stored beside the card's row and read with it; use lies in the card ([`super::usage`]), so that saving rules
//! forgets nothing.

mod checks;
mod schedule;
pub(super) mod stored;

pub use checks::FieldInvalid;
pub use schedule::{Schedule, TimeOfDay, Weekdays};

use super::catalogue::{Catalogue, Product};
use super::ids::StationCode;
use super::money::Kopecks;
use super::product::{ProductIx, ProductSet, Unit};
use super::quantity::Millilitres;
use super::window::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most limits of one card.
pub const LIMITS_MAX: usize = 20;

/// The most stations that one card's rules name.
pub const STATIONS_MAX: usize = 200;

/// What people allow a card. The default allows everything.
///
/// Serde's form is the stored one: integers for amounts, bits for products, minutes for hours.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rules {
    /// Caps on use, at most [`LIMITS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    /// The products it may buy, or may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<Choice<ProductSet>>,
    /// When it may fuel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// The stations where it may fuel, or may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stations: Option<Choice<BTreeSet<StationCode>>>,
}

impl Rules {
    /// What a new card gets where its company has chosen nothing else: fuel of every kind, no goods and no services.
    pub fn fuel_only(catalogue: &Catalogue) -> Self {
        let fuels = catalogue.iter().filter(|product| product.unit != Unit::Piece);
        let fuels = fuels.fold(ProductSet::EMPTY, |set, product| set.with(product.ix));
        Self { products: Some(Choice::Allow(fuels)), ..Self::default() }
    }

    /// Whether no limit caps the card: «Без ограничений», shown in amber.
    pub fn is_unlimited(&self) -> bool {
        self.limits.is_empty()
    }

    /// Every product that they name.
    pub fn named_products(&self) -> ProductSet {
        let chosen = self.products.as_ref().map(|choice| *choice.listed());
        let limits = self.limits.iter().map(|limit| limit.products);
        limits.chain(chosen).flat_map(ProductSet::iter).fold(ProductSet::EMPTY, ProductSet::with)
    }

    /// Whether the rules make sense; everything that does not is told at once.
    ///
    /// # Errors
    /// By field of the wire's form (`limits[2].amount`): `limits_too_many`, `amount_zero`, `amount_too_large`,
    /// `limit_repeated`, `longer_below_shorter`, `not_in_litres`, `product_unknown`, `choice_empty`,
    /// `stations_too_many`, `weekdays_empty`, `time_out_of_range`.
    pub fn check(&self, catalogue: &Catalogue) -> Result<(), Vec<FieldInvalid>> {
        checks::check(self, catalogue)
    }
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Litres, of the products measured in litres.
    Litres,
    /// Roubles.
    Roubles,
    /// Fills.
    Fills,
}

/// An amount in one of the measures: a limit's cap, its use, what remains of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cap {
    /// Thousandths of a litre.
    Litres(#[serde(with = "stored::millilitres")] Millilitres),
    /// Kopecks.
    Roubles(#[serde(with = "stored::kopecks")] Kopecks),
    /// A count.
    Fills(u32),
}

impl Cap {
    /// What it is an amount of.
    pub const fn measure(self) -> Measure {
        match self {
            Self::Litres(_) => Measure::Litres,
            Self::Roubles(_) => Measure::Roubles,
            Self::Fills(_) => Measure::Fills,
        }
    }

    /// The number in the measure's smallest unit, to compare caps of one measure.
    fn size(self) -> i64 {
        match self {
            Self::Litres(quantity) => quantity.get(),
            Self::Roubles(amount) => amount.get(),
            Self::Fills(fills) => i64::from(fills),
        }
    }
}

/// A cap on use per period, over all products or a set of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// How much.
    pub cap: Cap,
    /// Per what.
    pub period: Period,
    /// Of which products; the empty set stands for all.
    #[serde(default, skip_serializing_if = "all_products")]
    pub products: ProductSet,
}

impl Limit {
    /// Whether a fill of `product` counts: it is in the set and, for litres, sold in litres.
    pub fn counts(&self, product: ProductIx, catalogue: &Catalogue) -> bool {
        (self.products.is_empty() || self.products.contains(product))
            && (self.cap.measure() != Measure::Litres || catalogue.by_ix(product).is_some_and(Product::in_litres))
    }
}

// Serde passes a reference.
fn all_products(set: &ProductSet) -> bool {
    set.is_empty()
}

/// A list of what is allowed, or of what is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice<T> {
    /// Nothing else passes.
    Allow(T),
    /// All else passes.
    Deny(T),
}

impl<T> Choice<T> {
    /// The list, whichever way it is meant.
    pub const fn listed(&self) -> &T {
        match self {
            Self::Allow(listed) | Self::Deny(listed) => listed,
        }
    }

    fn decide(&self, is_listed: impl FnOnce(&T) -> bool) -> bool {
        match self {
            Self::Allow(listed) => is_listed(listed),
            Self::Deny(listed) => !is_listed(listed),
        }
    }
}

impl Choice<ProductSet> {
    /// Whether `product` may be bought.
    pub fn passes(&self, product: ProductIx) -> bool {
        self.decide(|set| set.contains(product))
    }
}

impl Choice<BTreeSet<StationCode>> {
    /// Whether the card may fuel at `station`.
    pub fn passes(&self, station: &StationCode) -> bool {
        self.decide(|codes| codes.contains(station))
    }
}

#[cfg(test)]
mod tests;
