//! The products on sale, and how the list changes: a place is never reused, a rate that may have been used never changed.

mod change;
#[cfg(test)]
mod tests;

pub use change::{PRODUCTS_MAX, RATES_MAX};

use super::invalid::Invalid;
use super::news::Language;
use super::product::{ProductCode, ProductIx, ProductSet, Unit, VatFrom};
use super::text::ProductName;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A product that OKTAN sells, or sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its place in the catalogue.
    pub ix: ProductIx,
    /// Its code on the wire.
    pub code: ProductCode,
    /// Its name for people.
    pub name: ProductName,
    /// What it is measured in.
    pub unit: Unit,
    /// Whether it is sold no more. What was sold keeps its name and its VAT.
    pub retired: bool,
    /// Rates by date, oldest first.
    pub vat: Vec<VatFrom>,
}

impl Product {
    /// The VAT rate in percent on `date`; 0 before the first known rate.
    pub fn vat_on(&self, date: NaiveDate) -> u8 {
        self.vat.iter().rev().find(|rate| rate.from <= date).map_or(0, |rate| rate.percent)
    }

    /// Its name: in Russian its own, in English the word for what everybody knows.
    pub fn name_in(&self, language: Language) -> &str {
        let english = match self.code.as_str() {
            "AI92" => "AI-92 petrol",
            "AI95" => "AI-95 petrol",
            "AI98" => "AI-98 petrol",
            "DT" => "Diesel",
            "DTZ" => "Winter diesel",
            "LPG" => "LPG",
            "CNG" => "Natural gas",
            "WASH" => "Car wash",
            "GOODS" => "Goods",
            _ => self.name.as_str(),
        };
        if language == Language::En { english } else { self.name.as_str() }
    }

    /// Whether a limit in litres counts it.
    pub fn in_litres(&self) -> bool {
        self.unit == Unit::Litre
    }
}

/// The products, in the order of their places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
        let product = |((code, name, unit), ix): ((&str, &str, Unit), u8)| {
            let (code, name) = (ProductCode::parse(code).ok()?, ProductName::parse(name).ok()?);
            Some(Product { ix: ProductIx::new(ix)?, code, name, unit, retired: false, vat: rates.clone() })
        };
        Self(sold.into_iter().zip(0u8..).filter_map(product).collect())
    }

    /// The product of this code, sold or retired.
    pub fn by_code(&self, code: &ProductCode) -> Option<&Product> {
        self.0.iter().find(|p| p.code == *code)
    }

    /// The product at this place.
    pub fn by_ix(&self, ix: ProductIx) -> Option<&Product> {
        self.0.iter().find(|p| p.ix == ix)
    }

    /// All products, retired ones too, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Product> {
        self.0.iter()
    }

    /// The products that are sold, in order.
    pub fn on_sale(&self) -> impl Iterator<Item = &Product> {
        self.0.iter().filter(|product| !product.retired)
    }

    /// The products measured in litres.
    pub fn litres(&self) -> ProductSet {
        self.0.iter().filter(|p| p.in_litres()).fold(ProductSet::EMPTY, |set, p| set.with(p.ix))
    }

    /// Whether every product of a set is in it.
    pub fn knows(&self, set: ProductSet) -> bool {
        set.iter().all(|ix| self.by_ix(ix).is_some())
    }

    /// The set of these codes, or the first code that no product has.
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
