//! Rows of which every process keeps a copy: the products, and the terms of promotions.
//!
//! A copy is at most a minute old: then its row comes along with the next batch that is read for something else, so that no
//! call makes a round trip more. Whoever meets something that the copy cannot know yet reads the row at once.

use super::Table;
use super::error::StoreError;
use super::item::Item;
use super::key::Key;
use super::read::Rows;
use crate::domain::Catalogue;
use crate::domain::promotion::Offers;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

/// How old a copy may be.
const AGE_MAX: Duration = Duration::from_secs(60);

/// A row to keep a copy of.
pub(super) trait Shelved: Sized {
    /// Where it is.
    fn key() -> Key;
    /// What it says, and its edition; zero where there is no row yet.
    fn read(row: Option<&Item>) -> Result<(Self, u32), StoreError>;
}

/// A process's copies.
#[derive(Default)]
pub(super) struct Shelf {
    pub products: Copied<Catalogue>,
    pub offers: Copied<Offers>,
}

/// A copy of one row.
pub(super) struct Copied<T>(RwLock<Kept<T>>);

struct Kept<T> {
    value: Arc<T>,
    edition: u32,
    /// When it was read, if it was.
    read: Option<Instant>,
}

impl Default for Copied<Catalogue> {
    fn default() -> Self {
        Self::of(Catalogue::at_the_start())
    }
}

impl Default for Copied<Offers> {
    fn default() -> Self {
        Self::of(Offers::default())
    }
}

impl<T: Shelved> Copied<T> {
    fn of(value: T) -> Self {
        Self(RwLock::new(Kept { value: Arc::new(value), edition: 0, read: None }))
    }

    fn kept(&self) -> RwLockReadGuard<'_, Kept<T>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_due(&self) -> bool {
        self.kept().read.is_none_or(|read| read.elapsed() >= AGE_MAX)
    }

    /// The copy, and its edition.
    pub fn copy(&self) -> (Arc<T>, u32) {
        let kept = self.kept();
        (kept.value.clone(), kept.edition)
    }

    /// Keeps what was read, unless something newer was kept meanwhile.
    pub fn keep(&self, row: Option<&Item>) -> Result<(), StoreError> {
        let (value, edition) = T::read(row)?;
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.edition <= edition {
            (kept.value, kept.edition) = (Arc::new(value), edition);
        }
        kept.read = Some(Instant::now());
        Ok(())
    }
}

impl Shelf {
    /// The keys of the copies that are too old.
    pub fn due(&self) -> Vec<Key> {
        let products = self.products.is_due().then(Catalogue::key);
        products.into_iter().chain(self.offers.is_due().then(Offers::key)).collect()
    }

    /// Keeps those of `keys` that came along.
    pub fn take(&self, keys: &[Key], rows: &mut Rows) -> Result<(), StoreError> {
        for key in keys {
            let row = rows.take(key);
            if *key == Catalogue::key() {
                self.products.keep(row.as_ref())?;
            } else {
                self.offers.keep(row.as_ref())?;
            }
        }
        Ok(())
    }
}

impl Table {
    /// Reads everything that this process keeps a copy of, now.
    pub(super) async fn refresh(&self) -> Result<(), StoreError> {
        let keys = [Catalogue::key(), Offers::key()];
        let mut rows = self.fetch(&keys).await?;
        self.shelf.take(&keys, &mut rows)
    }
}
