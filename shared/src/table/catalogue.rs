//! The products: one row, of which every process keeps a copy on its [`Shelf`](super::shelf::Shelf).
//!
//! A copy of the last minute is fresh enough, because a product's place, code and unit never change and a rate begins
//! tomorrow at the earliest. Whoever meets a product that the copy lacks reads the row at once.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, get};
use super::key::{self, Key};
use super::shelf::Shelved;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::{Catalogue, ProductCode, ProductSet};
use crate::journal::Act;
use std::sync::Arc;

impl Shelved for Catalogue {
    fn key() -> Key {
        key::catalogue()
    }

    fn read(row: Option<&Item>) -> Result<(Self, u32), StoreError> {
        let Some(row) = row else { return Ok((Self::at_the_start(), 0)) };
        let Json(catalogue) = get(row, "products")?;
        Ok((catalogue, get(row, "ed")?))
    }
}

impl Table {
    /// The products as this process knows them, at most a minute old once anything was read.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.shelf.products.copy().0
    }

    /// The products as they are now, with the edition that a change is based on.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_catalogue(&self) -> Result<(Arc<Catalogue>, u32), StoreError> {
        self.refresh().await?;
        Ok(self.shelf.products.copy())
    }

    /// The products, at most a minute old: read now if nothing else was read meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recent_catalogue(&self) -> Result<Arc<Catalogue>, StoreError> {
        match self.shelf.due().is_empty() {
            true => Ok(self.catalogue()),
            false => Ok(self.read_catalogue().await?.0),
        }
    }

    /// The products, read again if one of these codes is of none that this process knows.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn catalogue_of(
        &self,
        codes: impl IntoIterator<Item = &ProductCode>,
    ) -> Result<Arc<Catalogue>, StoreError> {
        let known = self.catalogue();
        match codes.into_iter().all(|code| known.by_code(code).is_some()) {
            true => Ok(known),
            false => Ok(self.read_catalogue().await?.0),
        }
    }

    /// Reads the products again if a row that was just read has one that this process does not know.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn know(&self, set: ProductSet) -> Result<(), StoreError> {
        if !self.catalogue().knows(set) {
            self.read_catalogue().await?;
        }
        Ok(())
    }

    /// Changes the products of `edition`; `false` if they are of another by now.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_catalogue(&self, catalogue: &Catalogue, edition: u32, act: &Act) -> Result<bool, StoreError> {
        let row = key::catalogue().build().with("products", Json(catalogue.clone()));
        let row = row.with("ed", edition.saturating_add(1)).item();
        let (unmoved, values) = match edition {
            0 => ("attribute_not_exists(#pk)", Values::none()),
            _ => ("#ed = :edition", Values::none().with("edition", edition)),
        };
        let write = Write::default().replace_if(self, row.clone(), unmoved, values);
        let done = refused_is_false(self.commit_act(None, act, write).await)?;
        if done {
            self.shelf.products.keep(Some(&row))?;
        }
        Ok(done)
    }
}
