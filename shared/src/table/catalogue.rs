//! The products: one row, of which every process keeps a copy.
//!
//! A copy is at most a minute old: then the row comes along with the next batch that is read for something else, so that no
//! call makes a round trip more. That is fresh enough, because a product's place, code and unit never change and a rate
//! begins tomorrow at the earliest. Whoever meets a product that the copy lacks reads the row at once.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, get};
use super::key::{self, Key};
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::{Catalogue, ProductCode, ProductSet};
use crate::journal::Act;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

/// How old a copy may be.
const AGE_MAX: Duration = Duration::from_secs(60);

/// A process's copy.
pub(super) struct Shelf(RwLock<Kept>);

#[derive(Clone)]
struct Kept {
    catalogue: Arc<Catalogue>,
    /// The row's; 0 where there is no row and the products are those at the start.
    edition: u32,
    /// When it was read, if it was.
    read: Option<Instant>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self(RwLock::new(Kept { catalogue: Arc::new(Catalogue::at_the_start()), edition: 0, read: None }))
    }
}

impl Shelf {
    /// The row's key, if the copy is too old.
    pub fn due(&self) -> Option<Key> {
        let fresh = self.copy().read.is_some_and(|read| read.elapsed() < AGE_MAX);
        (!fresh).then(key::catalogue)
    }

    /// Keeps what was read, unless something newer was kept meanwhile.
    pub fn keep(&self, row: Option<&Item>) -> Result<(), StoreError> {
        let read = match row {
            Some(row) => {
                let Json(catalogue) = get(row, "products")?;
                Kept { catalogue: Arc::new(catalogue), edition: get(row, "ed")?, read: None }
            }
            None => Kept { catalogue: Arc::new(Catalogue::at_the_start()), edition: 0, read: None },
        };
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.edition <= read.edition {
            *kept = read;
        }
        kept.read = Some(Instant::now());
        Ok(())
    }

    fn copy(&self) -> RwLockReadGuard<'_, Kept> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// The products as this process knows them, at most a minute old once anything was read.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.shelf.copy().catalogue.clone()
    }

    /// The products as they are now, with the edition that a change is based on.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_catalogue(&self) -> Result<(Arc<Catalogue>, u32), StoreError> {
        let key = key::catalogue();
        let row = self.batch(std::slice::from_ref(&key)).await?.take(&key);
        self.shelf.keep(row.as_ref())?;
        let copy = self.shelf.copy();
        Ok((copy.catalogue.clone(), copy.edition))
    }

    /// The products, at most a minute old: read now if nothing else was read meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recent_catalogue(&self) -> Result<Arc<Catalogue>, StoreError> {
        match self.shelf.due() {
            Some(_) => Ok(self.read_catalogue().await?.0),
            None => Ok(self.catalogue()),
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
            self.shelf.keep(Some(&row))?;
        }
        Ok(done)
    }
}
