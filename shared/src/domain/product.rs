//! A product's unit, code, place and VAT rate; the products themselves are the [`Catalogue`](super::Catalogue).

use super::invalid::{Invalid, wire_string};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a product is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Liquid fuel and LPG.
    Litre,
    /// Compressed natural gas.
    CubicMetre,
    /// A wash, goods.
    Piece,
}

/// A product's code: 1 to 8 capital Latin letters or digits, such as `DT`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductCode(String);

impl ProductCode {
    /// Parses a code; whether such a product is sold is the [`Catalogue`](super::Catalogue)'s to say.
    ///
    /// # Errors
    /// `product_code_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let fits = (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        fits.then(|| Self(text.to_owned())).ok_or_else(|| {
            Invalid::new("product_code_malformed", "a product's code is 1 to 8 capital Latin letters or digits")
        })
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProductCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(ProductCode, "a product's code");

/// A product's place in the catalogue, 0 to 31: what the hot rows store instead of its code. Never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8")]
pub struct ProductIx(u8);

impl TryFrom<u8> for ProductIx {
    type Error = Invalid;

    fn try_from(index: u8) -> Result<Self, Invalid> {
        Self::new(index).ok_or_else(|| Invalid::new("product_unknown", "a product's place is below 32"))
    }
}

impl ProductIx {
    /// From a number below 32.
    pub fn new(index: u8) -> Option<Self> {
        (index < 32).then_some(Self(index))
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// A set of products as bits by [`ProductIx`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct ProductSet(u32);

impl ProductSet {
    /// No product.
    pub const EMPTY: Self = Self(0);

    /// The set with `product` in it.
    #[must_use]
    pub fn with(self, product: ProductIx) -> Self {
        Self(self.0 | (1 << product.0))
    }

    /// Whether `product` is in it.
    pub fn contains(self, product: ProductIx) -> bool {
        self.0 & (1 << product.0) != 0
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The products in it, in catalogue order.
    pub fn iter(self) -> impl Iterator<Item = ProductIx> {
        (0..32).map(ProductIx).filter(move |p| self.contains(*p))
    }
}

/// A VAT rate in percent, from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatFrom {
    /// The first day of the rate.
    pub from: NaiveDate,
    /// Percent, 0 to 100.
    pub percent: u8,
}
