//! Products, their units and their VAT.

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
    /// Parses a code; whether such a product is sold is the [`Catalogue`]'s to say.
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

/// A product that OKTAN sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its place in the catalogue.
    pub ix: ProductIx,
    /// Its code on the wire.
    pub code: ProductCode,
    /// Its name for people.
    pub name: String,
    /// What it is measured in.
    pub unit: Unit,
    /// Rates by date, oldest first.
    pub vat: Vec<VatFrom>,
}

impl Product {
    /// The VAT rate in percent on `date`; 0 before the first known rate.
    pub fn vat_on(&self, date: NaiveDate) -> u8 {
        self.vat.iter().rev().find(|rate| rate.from <= date).map_or(0, |rate| rate.percent)
    }

    /// Whether a limit in litres counts it.
    pub fn in_litres(&self) -> bool {
        self.unit == Unit::Litre
    }
}

/// The products on sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue(Vec<Product>);

impl Catalogue {
    /// The products at the start, with VAT 20 % from 2019-01-01 (law 303-ФЗ) and 22 % from 2026-01-01 (425-ФЗ).
    pub fn at_the_start() -> Self {
        use Unit::{CubicMetre, Litre, Piece};
        let vat = |year, percent| NaiveDate::from_ymd_opt(year, 1, 1).map(|from| VatFrom { from, percent });
        let rates: Vec<VatFrom> = [vat(2019, 20), vat(2026, 22)].into_iter().flatten().collect();
        let sold = [
            ("AI92", "АИ-92", Litre),
            ("AI95", "АИ-95", Litre),
            ("AI98", "АИ-98", Litre),
            ("DT", "ДТ", Litre),
            ("DTZ", "ДТ зимнее", Litre),
            ("LPG", "СУГ", Litre),
            ("CNG", "КПГ", CubicMetre),
            ("WASH", "Мойка", Piece),
            ("GOODS", "Товары", Piece),
        ];
        Self(
            sold.into_iter()
                .zip(0u8..)
                .map(|((code, name, unit), ix)| Product {
                    ix: ProductIx(ix),
                    code: ProductCode(code.to_owned()),
                    name: name.to_owned(),
                    unit,
                    vat: rates.clone(),
                })
                .collect(),
        )
    }

    /// The product of this code, if it is sold.
    pub fn by_code(&self, code: &ProductCode) -> Option<&Product> {
        self.0.iter().find(|p| p.code == *code)
    }

    /// The product at this place.
    pub fn by_ix(&self, ix: ProductIx) -> Option<&Product> {
        self.0.iter().find(|p| p.ix == ix)
    }

    /// All products, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Product> {
        self.0.iter()
    }

    /// The products measured in litres.
    pub fn litres(&self) -> ProductSet {
        self.0.iter().filter(|p| p.in_litres()).fold(ProductSet::EMPTY, |set, p| set.with(p.ix))
    }

    /// The set of these codes, or the first code that is not sold.
    ///
    /// # Errors
    /// `product_unknown`.
    pub fn set(&self, codes: &[ProductCode]) -> Result<ProductSet, Invalid> {
        codes.iter().try_fold(ProductSet::EMPTY, |set, code| {
            let product = self
                .by_code(code)
                .ok_or_else(|| Invalid::new("product_unknown", format!("there is no product {code}")))?;
            Ok(set.with(product.ix))
        })
    }

    /// The codes of a set, in order.
    pub fn codes(&self, set: ProductSet) -> Vec<ProductCode> {
        self.0.iter().filter(|p| set.contains(p.ix)).map(|p| p.code.clone()).collect()
    }
}
