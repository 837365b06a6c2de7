//! Promotions: what a company that takes part saves with a fill.
//!
//! What a promotion grants are its [`Terms`], which never change: an edit makes new ones. A hold names the terms that its
//! fill may get, fixed when it is approved; the capture takes the best of them for what was dispensed.

mod offers;
#[cfg(test)]
mod tests;

pub use offers::{JOINED_MAX, OFFERS_MAX, Offers};

use super::decimal::parse_decimal;
use super::ids::{CompanyId, StationCode};
use super::invalid::{Invalid, wire_string};
use super::money::{Kopecks, cost, percent_of};
use super::product::{ProductIx, ProductSet};
use super::quantity::Millilitres;
use super::window::Zone;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::fmt;

/// A promotion: the places of promotions and of their terms are of one count, so that both stay short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PromotionId(u32);

impl PromotionId {
    /// From its place, 1 and up.
    pub fn new(place: u32) -> Option<Self> {
        (place > 0).then_some(Self(place))
    }

    /// Its place.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Parses a whole number above zero, without zeros before it.
    ///
    /// # Errors
    /// `promotion_id_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let plain = text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        plain
            .then(|| text.parse().ok().and_then(Self::new))
            .flatten()
            .ok_or_else(|| Invalid::new("promotion_id_malformed", "a promotion's id is a whole number above zero"))
    }
}

impl fmt::Display for PromotionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

wire_string!(PromotionId, "a promotion's id");

/// Terms of a promotion: what holds name them by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TermsId(u32);

impl TermsId {
    /// From their place.
    pub const fn new(place: u32) -> Self {
        Self(place)
    }

    /// Their place.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A part of a price in hundredths of a percent: 0.01 to 100. On the wire a string with two decimals (`"5.00"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u16);

/// All of it, in hundredths of a percent.
const WHOLE: u16 = 10_000;

impl Percent {
    /// From hundredths of a percent, 1 to 10,000.
    pub fn new(hundredths: u16) -> Option<Self> {
        (1..=WHOLE).contains(&hundredths).then_some(Self(hundredths))
    }

    /// Hundredths of a percent.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Parses `5`, `7.5` or `12.25`.
    ///
    /// # Errors
    /// `percent_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let hundredths = parse_decimal(text, 2, i64::from(WHOLE), "percent").ok();
        hundredths
            .and_then(|hundredths| Self::new(u16::try_from(hundredths).ok()?))
            .ok_or_else(|| Invalid::new("percent_malformed", "a percentage is 0.01 to 100, with at most two decimals"))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Decimal::new(i64::from(self.0), 2))
    }
}

wire_string!(Percent, "a string of percent with at most two decimals, such as \"5.00\"");

/// What is taken off a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discount {
    /// So much per unit, at most its price.
    PerUnit(Kopecks),
    /// A part of the amount.
    Percent(Percent),
}

impl Discount {
    /// What it takes off `quantity` at `price` per unit, in total: never below zero, never above what that costs.
    pub fn of(self, quantity: Millilitres, price: Kopecks) -> Kopecks {
        let whole = cost(quantity, price);
        let off = match self {
            Self::PerUnit(off) => cost(quantity, off),
            Self::Percent(percent) => percent_of(whole, percent.0),
        };
        off.min(whole).max(Kopecks::ZERO)
    }
}

/// Where a promotion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromotionState {
    /// Only its editors read it.
    Draft,
    /// Published; its first day has not come.
    Upcoming,
    /// It is on.
    Running,
    /// Its last day is over.
    Over,
    /// The staff took it back.
    Withdrawn,
}

impl PromotionState {
    /// Whether a company may join.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Upcoming | Self::Running)
    }
}

/// What a promotion grants, to whom, where and when; fixed for good. Serde's form is the stored one, with short names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What holds name them by.
    #[serde(rename = "i")]
    pub id: TermsId,
    /// Whose they are.
    #[serde(rename = "p")]
    pub promotion: PromotionId,
    /// The first day, in OKTAN's zone.
    #[serde(rename = "f")]
    pub from: NaiveDate,
    /// The last day, in OKTAN's zone.
    #[serde(rename = "t")]
    pub to: NaiveDate,
    /// Of which products; of all if empty.
    #[serde(rename = "g", default, skip_serializing_if = "is_empty")]
    pub products: ProductSet,
    /// At which stations; at all if empty.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub stations: Vec<StationCode>,
    /// For which companies; for all if empty.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub companies: Vec<CompanyId>,
    /// What it takes off.
    #[serde(rename = "d")]
    pub discount: Discount,
    /// From which quantity on.
    #[serde(rename = "m")]
    pub minimum: Millilitres,
}

/// By reference, as serde asks.
fn is_empty(set: &ProductSet) -> bool {
    set.is_empty()
}

/// The day by which promotions begin and end: OKTAN's, in Moscow time, whatever zone a company keeps.
pub fn day_of(now: DateTime<Utc>) -> NaiveDate {
    Zone::default().date(now)
}

impl Terms {
    /// Whether a company may have them.
    pub fn is_for(&self, company: CompanyId) -> bool {
        self.companies.is_empty() || self.companies.contains(&company)
    }

    /// Whether a fill of `product` at `station` may get them on `day`.
    pub fn apply(&self, product: ProductIx, station: &StationCode, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
            && (self.products.is_empty() || self.products.contains(product))
            && (self.stations.is_empty() || self.stations.contains(station))
    }

    /// What they take off `quantity` at `price` per unit, in total; nothing below their minimum.
    pub fn discount(&self, quantity: Millilitres, price: Kopecks) -> Kopecks {
        if quantity < self.minimum { Kopecks::ZERO } else { self.discount.of(quantity, price) }
    }

    /// Whether they grant the same, whatever they are called.
    pub fn same(&self, other: &Self) -> bool {
        *self == Self { id: self.id, ..other.clone() }
    }
}

/// The promotion that a purchase got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Won {
    /// Which.
    #[serde(rename = "p")]
    pub promotion: PromotionId,
    /// On which terms.
    #[serde(rename = "t")]
    pub terms: TermsId,
}

/// What is taken off `quantity` at `price` by the best of these terms, and by which; of several as good the oldest
/// promotion's. `None` where none takes anything off.
pub fn best(terms: &[Terms], quantity: Millilitres, price: Kopecks) -> Option<(Won, Kopecks)> {
    let offers = terms.iter().map(|one| (one, one.discount(quantity, price))).filter(|(_, off)| off.is_positive());
    let (best, off) = offers.max_by_key(|(one, off)| (*off, Reverse(one.promotion)))?;
    Some((Won { promotion: best.promotion, terms: best.id }, off))
}

/// What a purchase saved, to be counted; below zero what its return took back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    /// By which promotion.
    pub promotion: PromotionId,
    /// How much.
    pub amount: Kopecks,
}

/// What a company takes part in, as its account has it. Serde's form is the stored one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Joined {
    /// Which promotions, at most [`JOINED_MAX`] that are not over.
    #[serde(rename = "p")]
    pub promotions: Vec<PromotionId>,
    /// The count of [`Offers`] when this was written: whoever decides by older ones has to read them again.
    #[serde(rename = "n")]
    pub as_of: u32,
}
