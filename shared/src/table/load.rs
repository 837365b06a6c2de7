//! Rows of a past that was decided at once, for a store that takes many rows at once: how a demo is made. Feature
//! `load`; no deployed function has it. Each row is built as the pump's own writes build it.

use super::Table;
use super::cards::{CardNote, note_item};
use super::error::StoreError;
use super::key;
use super::promotions::saved_by;
use super::refunds::{RefundRow, refund_item};
use super::rows::{CardRow, authorization_item};
use super::write::Values;
use crate::domain::account::Account;
use crate::domain::authorization::Authorization;
use crate::domain::card::Card;
use crate::domain::{CompanyId, Kopecks, PromotionId};
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::{BTreeMap, HashMap};

/// A row as the store takes it.
pub type RawRow = HashMap<String, AttributeValue>;

impl CardRow {
    /// The card's row.
    pub fn to_raw(&self) -> RawRow {
        self.item()
    }
}

impl RefundRow {
    /// The refund's row, in the lists of entries.
    pub fn to_raw(&self) -> RawRow {
        refund_item(self)
    }
}

/// A card's row in its company's list.
pub fn listed_row(card: &Card, note: &CardNote) -> RawRow {
    note_item(card.company, card, note)
}

/// The row of a request that is over: a purchase or a decline in its lists, a reverse in none.
pub fn over_row(authorization: &Authorization) -> RawRow {
    authorization_item(authorization)
}

impl Table {
    /// Adds to a company's account what fills of the past moved it by, what they `saved` by promotion, and the sums of the
    /// last day that had any, of `after`. What else moves the account may be written before or after this.
    ///
    /// # Errors
    /// [`StoreError::Rejected`] where there is no such account; when the store does not answer.
    pub async fn add_past(
        &self,
        company: CompanyId,
        moved: Kopecks,
        after: &Account,
        saved: &BTreeMap<PromotionId, Kopecks>,
    ) -> Result<(), StoreError> {
        let mut values = Values::none()
            .with("moved", moved)
            .with("day", after.day)
            .with("day_spent", after.day_spent)
            .with("month_spent", after.month_spent)
            .with("saved", after.saved)
            .with("month_saved", after.month_saved);
        let mut update = "SET #day = :day, #day_spent = :day_spent, #month_spent = :month_spent, #saved = :saved, \
                          #month_saved = :month_saved ADD #balance :moved, #available :moved"
            .to_owned();
        for (promotion, amount) in saved {
            let name = saved_by(*promotion);
            update = format!("{update}, #{name} :{name}");
            values = values.with(&name, *amount);
        }
        let key = key::account(company);
        let done = self.update_in(&self.cabinet, &key, &update, "attribute_exists(#pk)", values).await?;
        done.then_some(()).ok_or_else(|| StoreError::Rejected("there is no such account".to_owned()))
    }
}
