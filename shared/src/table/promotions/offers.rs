//! The terms that may be fixed now, in one row; and each of all that ever could be, in a row that never changes.

use crate::domain::promotion::{Offers, Terms, TermsId};
use crate::table::error::StoreError;
use crate::table::item::{Item, Json, get};
use crate::table::key::{self, Key};
use crate::table::shelf::Shelved;
use crate::table::write::Values;
use crate::table::{Table, read::Rows};
use std::sync::Arc;

impl Shelved for Offers {
    fn key() -> Key {
        key::offers()
    }

    fn read(row: Option<&Item>) -> Result<(Self, u32), StoreError> {
        let Some(row) = row else { return Ok((Self::default(), 0)) };
        let Json(offers) = get(row, "offers")?;
        Ok((offers, get(row, "ed")?))
    }
}

pub fn item(offers: &Offers, edition: u32) -> Item {
    key::offers().build().with("offers", Json(offers.clone())).with("ed", edition).item()
}

/// The condition that they are of an edition.
pub fn unmoved(edition: u32) -> (&'static str, Values) {
    match edition {
        0 => ("attribute_not_exists(#pk)", Values::none()),
        _ => ("#ed = :edition", Values::none().with("edition", edition)),
    }
}

pub fn terms_item(terms: &Terms) -> Item {
    key::terms(terms.id).build().with("terms", Json(terms.clone())).item()
}

impl Table {
    /// The terms that may be fixed, as this process knows them, at most a minute old once anything was read.
    pub fn offers(&self) -> Arc<Offers> {
        self.shelf.offers.copy().0
    }

    /// The terms that may be fixed as they are now, with the edition that a change is based on.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_offers(&self) -> Result<(Arc<Offers>, u32), StoreError> {
        self.refresh().await?;
        Ok(self.shelf.offers.copy())
    }

    /// Reads the terms again if those that this process knows are older than what a row that was just read is based on.
    pub(in crate::table) async fn know_offers(&self, as_of: u32) -> Result<(), StoreError> {
        if self.offers().last() < as_of {
            self.refresh().await?;
        }
        Ok(())
    }

    /// Terms by what a hold names them by: from this process's copy; those of long ago from their rows.
    pub(in crate::table) async fn terms(&self, ids: &[TermsId]) -> Result<Vec<Terms>, StoreError> {
        let offers = self.offers();
        let known = |id: &TermsId| offers.find(*id).is_some();
        let keys: Vec<_> = ids.iter().filter(|id| !known(id)).map(|id| key::terms(*id)).collect();
        let mut rows = match keys.is_empty() {
            true => Rows::none(),
            false => self.batch(&keys).await?,
        };
        let terms = ids.iter().map(|id| match offers.find(*id) {
            Some(terms) => Ok(terms.clone()),
            None => {
                let row = rows.take(&key::terms(*id)).ok_or(StoreError::Corrupt("terms"))?;
                get(&row, "terms").map(|Json(terms)| terms)
            }
        });
        terms.collect()
    }
}
