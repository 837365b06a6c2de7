//! Quantities in thousandths of a unit.

use super::decimal::parse_decimal;
use super::invalid::{Invalid, wire_string};
use rust_decimal::Decimal;
use std::fmt;

/// A quantity in thousandths of its product's unit: millilitres of diesel, thousandths of a cubic metre of CNG or of
/// a piece. On the wire a string with three decimals (`"40.000"`); input may have fewer, never more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millilitres(i64);

/// The largest quantity a terminal may ask for or capture at once: 99 999.999 units.
pub const QUANTITY_MAX: Millilitres = Millilitres(99_999_999);

/// The largest cap or plan in units: ten million.
pub const CAP_MAX: Millilitres = Millilitres(10_000_000_000);

/// The smallest part of an ask that is approved when the whole does not pass: 1.000.
pub const PARTIAL_MIN: Millilitres = Millilitres(1_000);

impl Millilitres {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From a count of thousandths.
    pub const fn new(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// The count of thousandths.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Parses a non-negative quantity such as `40`, `31.5` or `31.500`, up to [`CAP_MAX`].
    ///
    /// # Errors
    /// `quantity_malformed`, `quantity_too_precise`, `quantity_too_large`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        parse_decimal(text, 3, CAP_MAX.0, "quantity").map(Self)
    }

    /// Whether this is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The sum, held at the ends of the range: for counters that are compared.
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, held at the ends of the range: for counters that are compared.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Millilitres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Decimal::new(self.0, 3))
    }
}

wire_string!(Millilitres, "a string of units with at most three decimals, such as \"40.000\"");
