//! The seller's requisites: one row.

use crate::domain::papers::Seller;
use crate::journal::Act;
use crate::table::Table;
use crate::table::error::StoreError;
use crate::table::item::{Json, get};
use crate::table::key;
use crate::table::stations::refused_is_false;
use crate::table::write::{Values, Write};

impl Table {
    /// The seller's requisites with their edition; none and 0 before they were first saved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn seller(&self) -> Result<(Option<Seller>, u32), StoreError> {
        let Some(row) = self.row(&key::seller()).await? else { return Ok((None, 0)) };
        let Json(seller) = get(&row, "seller")?;
        Ok((Some(seller), get(&row, "ed")?))
    }

    /// Saves the requisites over the edition that was read; `false` if they are of another by now.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_seller(&self, seller: &Seller, edition: u32, act: &Act) -> Result<bool, StoreError> {
        let row = key::seller().build().with("seller", Json(seller.clone()));
        let row = row.with("ed", edition.saturating_add(1)).item();
        let write = match edition {
            0 => Write::default().create(self, row),
            _ => Write::default().replace_if(self, row, "#ed = :edition", Values::none().with("edition", edition)),
        };
        refused_is_false(self.commit_act(None, act, write).await)
    }
}
