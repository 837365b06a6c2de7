//! Money in kopecks, and the one place where an amount is rounded.

use super::invalid::{Invalid, wire_string};
use super::quantity::Millilitres;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use std::fmt;

/// A signed amount of roubles, counted in kopecks; also a price per unit.
///
/// On the wire a string with two decimals (`"1500.00"`). Input may have fewer decimals, never more, and is never
/// negative; sums inside the house may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Kopecks(i64);

/// The largest amount accepted or computed: ten milliard roubles.
pub const AMOUNT_MAX: Kopecks = Kopecks(1_000_000_000_000);

impl Kopecks {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From a count of kopecks.
    pub const fn new(kopecks: i64) -> Self {
        Self(kopecks)
    }

    /// The count of kopecks.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Parses a non-negative amount such as `1500`, `1500.5` or `1500.00`.
    ///
    /// # Errors
    /// `amount_malformed`, `amount_too_precise`, `amount_too_large`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        parse_decimal(text, 2, AMOUNT_MAX.0, "amount").map(Self)
    }

    /// Whether this is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The sum, or `None` past the range of an `i64`.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` past the range of an `i64`.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The sum, held at the ends of the range: for counters that are compared, never for a balance.
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, held at the ends of the range: for counters that are compared, never for a balance.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The amount with its sign turned.
    pub fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl fmt::Display for Kopecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Decimal::new(self.0, 2))
    }
}

wire_string!(Kopecks, "a string of roubles with at most two decimals, such as \"1500.00\"");

/// What `quantity` costs at `price` per unit: rounded to the kopeck, half a kopeck up.
///
/// The only rounding of money in the house; holds, captures and refunds all use it. Held at the ends of the range of
/// an `i64`, which no parsed quantity and price reach.
pub fn cost(quantity: Millilitres, price: Kopecks) -> Kopecks {
    let exact = Decimal::from_i128_with_scale(i128::from(quantity.get()) * i128::from(price.0), 3);
    let rounded = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    Kopecks(rounded.to_i64().unwrap_or(i64::MAX))
}

/// The largest quantity whose [`cost`] at `price` is at most `amount`; zero for an amount below zero.
pub fn affordable(amount: Kopecks, price: Kopecks) -> Millilitres {
    if amount.0 < 0 || price.0 <= 0 {
        return Millilitres::ZERO;
    }
    // round(q·p/1000) ≤ a  ⟺  2·q·p < 1000·(2a+1)
    let quantity = (1000 * (2 * i128::from(amount.0) + 1) - 1) / (2 * i128::from(price.0));
    Millilitres::new(i64::try_from(quantity).unwrap_or(i64::MAX))
}

/// Reads a plain decimal (`12`, `12.3`) as an integer of `scale` decimals, in `0..=max`.
pub(super) fn parse_decimal(text: &str, scale: usize, max: i64, what: &str) -> Result<i64, Invalid> {
    let malformed = || {
        Invalid::new(
            if what == "amount" { "amount_malformed" } else { "quantity_malformed" },
            format!("{what}: digits with at most {scale} decimals after a point"),
        )
    };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(malformed());
    }
    if decimals.len() > scale {
        return Err(Invalid::new(
            if what == "amount" { "amount_too_precise" } else { "quantity_too_precise" },
            format!("at most {scale} decimals: nothing is rounded silently"),
        ));
    }
    let too_large = || {
        Invalid::new(
            if what == "amount" { "amount_too_large" } else { "quantity_too_large" },
            format!("{what}: this large a value is not accepted"),
        )
    };
    if whole.len() > 15 {
        return Err(too_large());
    }
    let mut value = Decimal::from_str_exact(text).map_err(|_| malformed())?;
    value.rescale(u32::try_from(scale).unwrap_or(3));
    i64::try_from(value.mantissa()).ok().filter(|v| *v <= max).ok_or_else(too_large)
}
