//! Changes of the catalogue. Each is a new catalogue, or why there is none.

use super::{Catalogue, Product};
use crate::domain::invalid::Invalid;
use crate::domain::product::{ProductCode, ProductIx, Unit, VatFrom};
use crate::domain::text::ProductName;
use chrono::NaiveDate;

/// The most products that there can ever be: a place is a bit of a set.
pub const PRODUCTS_MAX: usize = 32;
/// The most rates of a product.
pub const RATES_MAX: usize = 20;

impl Catalogue {
    /// With a new product at the next place. Its rates may begin on any day: nothing was sold yet.
    ///
    /// # Errors
    /// `product_code_taken`, `catalogue_full`, `vat_required`, `vat_too_many`, `vat_date_repeated`, `vat_out_of_range`.
    pub fn with(
        &self,
        code: ProductCode,
        name: ProductName,
        unit: Unit,
        mut vat: Vec<VatFrom>,
    ) -> Result<Self, Invalid> {
        if self.by_code(&code).is_some() {
            return Err(Invalid::new("product_code_taken", "another product has this code"));
        }
        let ix = u8::try_from(self.0.len()).ok().and_then(ProductIx::new);
        let ix = ix.ok_or_else(|| Invalid::new("catalogue_full", "there are 32 products, and never more"))?;
        vat.sort_by_key(|rate| rate.from);
        check(&vat)?;
        let mut products = self.0.clone();
        products.push(Product { ix, code, name, unit, retired: false, vat });
        Ok(Self(products))
    }

    /// With another name of a product, or sold no more, or sold again; `None` if there is no such product.
    #[must_use]
    pub fn edited(&self, code: &ProductCode, name: Option<ProductName>, retired: Option<bool>) -> Option<Self> {
        let mut next = self.clone();
        let product = next.find(code)?;
        product.name = name.unwrap_or_else(|| product.name.clone());
        product.retired = retired.unwrap_or(product.retired);
        Some(next)
    }

    /// With a rate that begins after `today`: until then it may be changed by giving it again, or taken away. `None` if
    /// there is no such product.
    ///
    /// # Errors
    /// `vat_already_used`, `vat_too_many`, `vat_out_of_range`.
    pub fn with_rate(&self, code: &ProductCode, rate: VatFrom, today: NaiveDate) -> Result<Option<Self>, Invalid> {
        let mut next = self.clone();
        let Some(product) = next.find(code) else { return Ok(None) };
        ahead(rate.from, today)?;
        product.vat.retain(|other| other.from != rate.from);
        product.vat.push(rate);
        product.vat.sort_by_key(|rate| rate.from);
        check(&product.vat)?;
        Ok(Some(next))
    }

    /// Without the rate that was to begin on `from`, a day after `today`; `None` if there is no such product or rate.
    ///
    /// # Errors
    /// `vat_already_used`.
    pub fn without_rate(&self, code: &ProductCode, from: NaiveDate, today: NaiveDate) -> Result<Option<Self>, Invalid> {
        let mut next = self.clone();
        let Some(product) = next.find(code) else { return Ok(None) };
        let before = product.vat.len();
        product.vat.retain(|rate| rate.from != from);
        if product.vat.len() == before {
            return Ok(None);
        }
        ahead(from, today)?;
        Ok(Some(next))
    }

    fn find(&mut self, code: &ProductCode) -> Option<&mut Product> {
        self.0.iter_mut().find(|product| product.code == *code)
    }
}

/// A rate of a day that has begun may be in documents.
fn ahead(from: NaiveDate, today: NaiveDate) -> Result<(), Invalid> {
    if from > today {
        return Ok(());
    }
    Err(Invalid::new("vat_already_used", "a rate changes from tomorrow on: what was sold until then has its rate"))
}

fn check(vat: &[VatFrom]) -> Result<(), Invalid> {
    if vat.is_empty() {
        return Err(Invalid::new("vat_required", "a product has a rate; 0 is one"));
    }
    if vat.len() > RATES_MAX {
        return Err(Invalid::new("vat_too_many", format!("a product has at most {RATES_MAX} rates")));
    }
    if vat.windows(2).any(|two| two[0].from == two[1].from) {
        return Err(Invalid::new("vat_date_repeated", "two rates begin on the same day"));
    }
    if vat.iter().any(|rate| rate.percent > 100) {
        return Err(Invalid::new("vat_out_of_range", "a rate is 0 to 100 percent"));
    }
    Ok(())
}
