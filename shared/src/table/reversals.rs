//! A payment's money taken back: asked for by one person, done by another, once.

use super::Table;
use super::approvals::{Approval, Asked};
use super::entries::Entry;
use super::error::StoreError;
use super::item::{Item, Json, get};
use super::key;
use super::read::peek;
use super::rows::entry_index;
use super::write::{Values, Write};
use crate::domain::approval::PaymentReversal;
use crate::domain::papers::Filled;
use crate::domain::text::{DocumentNumber, Note};
use crate::domain::{CompanyId, Kopecks};
use crate::journal::Act;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A payment's money taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentRow {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub company: CompanyId,
    /// When.
    pub at: DateTime<Utc>,
    /// Below zero: so much less.
    pub amount: Kopecks,
    /// The payment's entry.
    pub payment: Uuid,
    /// The payment's document.
    pub document_number: DocumentNumber,
    /// Its date.
    pub date: NaiveDate,
    /// Why, as who asked said.
    pub reason: Note,
}

/// A payment whose money is still there.
const STANDS: &str = "#kind = :payment AND attribute_not_exists(#reversed)";

impl Table {
    /// Asks for a payment's money to be taken back. Also of a company that is closed: its payments are posted too.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ask_reversal(&self, approval: &Approval, entry: Uuid, act: &Act) -> Result<Asked, StoreError> {
        let values = Values::none().with("payment", "payment".to_owned());
        let write = self.ask_rows(Write::default(), approval);
        let write = write.require(self, &key::entry(approval.company, entry), STANDS, values);
        match self.commit_act(Some(approval.company), act, write).await {
            Ok(()) => Ok(Asked::Done),
            Err(StoreError::Refused { index: 1 }) => Ok(Asked::Pending),
            Err(StoreError::Refused { .. }) => Ok(Asked::Over),
            Err(error) => Err(error),
        }
    }

    /// The rows of a reversal: the payment is marked, an entry takes the money back, the account has so much less, whatever it
    /// has, and the invoices that the payment filled are filled by so much less. The bank's document stays known to its statements; it may then be
    /// posted by hand, and one that was posted by hand may be brought by a statement.
    pub(super) async fn reversal_rows(
        &self,
        write: Write,
        approval: &Approval,
        reversal: &PaymentReversal,
        at: DateTime<Utc>,
    ) -> Result<Write, StoreError> {
        let (company, id, less) = (approval.company, Uuid::new_v4(), reversal.amount.negated());
        let values = Values::none()
            .with("payment", "payment".to_owned())
            .with("amount", reversal.amount)
            .with("by", id.to_string())
            .with("at", at);
        let payment = key::entry(company, reversal.entry);
        // What it filled was written with it and never changes.
        let row = self.row(&payment).await?;
        let Json(filled): Json<Vec<Filled>> = peek(row.as_ref(), "filled")?.unwrap_or(Json(Vec::new()));
        let posted = peek(row.as_ref(), "at")?.unwrap_or_default();
        let stands = format!("{STANDS} AND #amount = :amount");
        let write = write.update(self, &payment, "SET #reversed = :by, #reversed_at = :at", &stands, values);
        let row = key::entry(company, id)
            .build()
            .with("kind", "adjustment".to_owned())
            .with("amount", less)
            .with("at", at)
            .with("payment", reversal.entry.to_string())
            .with("document_number", reversal.document_number.clone())
            .with("document_date", reversal.date)
            .with("comment", approval.reason.clone());
        let row = entry_index(row, company, None, at, &id.to_string()).item();
        let (update, there) = ("ADD #balance :less, #available :less", "attribute_exists(#pk)");
        let values = Values::none().with("less", less);
        let write = write.create(self, row).update(self, &key::account(company), update, there, values);
        let write = self.without_filled(write, company, (posted, reversal.entry), &filled);
        Ok(self.stand_no_more(write, company, reversal))
    }
}

pub(super) fn read_adjustment(item: &Item) -> Result<Entry, StoreError> {
    let (pk, sk): (String, String) = (get(item, "pk")?, get(item, "sk")?);
    let payment: String = get(item, "payment")?;
    Ok(Entry::Adjustment(AdjustmentRow {
        id: sk.trim_start_matches("ENTRY#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
        company: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        at: get(item, "at")?,
        amount: get(item, "amount")?,
        payment: payment.parse().map_err(|_| StoreError::Corrupt("payment"))?,
        document_number: get(item, "document_number")?,
        date: get(item, "document_date")?,
        reason: get(item, "comment")?,
    }))
}
