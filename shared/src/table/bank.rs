//! What a statement brings: each document of the bank is claimed by the write that makes something of it, and known for good.

use super::Table;
use super::error::StoreError;
use super::item::{find, get};
use super::key;
use super::payments::NewPayment;
use super::unmatched::Unmatched;
use super::write::{Values, Write};
use crate::domain::CompanyId;
use crate::domain::Kopecks;
use crate::domain::bank::BankIdentity;
use crate::domain::ids::UnmatchedId;
use crate::domain::text::DocumentNumber;
use crate::journal::Act;
use chrono::NaiveDate;

/// Documents that one write puts on the desk: each is two rows of a transaction's hundred.
pub const DESK_CHUNK_MAX: usize = 45;

/// What became of a document of the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankKnown {
    /// It was credited to a company.
    Credited(CompanyId),
    /// It is on the desk, or was assigned there.
    OnDesk(UnmatchedId),
}

/// How a document was credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credited {
    /// It is in the company's history now.
    Done,
    /// It was known before.
    Known,
    /// Somebody posted it by hand.
    ByHand,
    /// There is no such company.
    NoCompany,
}

impl Table {
    /// What became of these documents, in the same order; `None` of those that are new. A round trip for each hundred.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn bank_known(&self, documents: &[BankIdentity]) -> Result<Vec<Option<BankKnown>>, StoreError> {
        let keys: Vec<_> = documents.iter().map(key::bank_document).collect();
        let mut rows = self.batch(&keys).await?;
        let known = keys.iter().map(|key| rows.take(key)).map(|row| {
            let Some(row) = row else { return Ok(None) };
            Ok(Some(match find(&row, "unmatched")? {
                Some(id) => BankKnown::OnDesk(id),
                None => BankKnown::Credited(get(&row, "company")?),
            }))
        });
        known.collect()
    }

    /// Which of these documents somebody posted to that company by hand, and nobody took back, in the same order. A round trip
    /// for each hundred.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn posted_by_hand(
        &self,
        documents: &[(CompanyId, NaiveDate, &DocumentNumber, Kopecks)],
    ) -> Result<Vec<bool>, StoreError> {
        let keys: Vec<_> = documents
            .iter()
            .map(|(company, date, number, amount)| key::posted_by_hand(*company, *date, number, *amount))
            .collect();
        let mut rows = self.batch(&keys).await?;
        keys.iter().map(|key| rows.take(key).map_or(Ok(false), |row| Ok(get::<i64>(&row, "times")? > 0))).collect()
    }

    /// Credits a document of the bank: its claim and the rows of the payment in one write, unless it is known.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn credit(
        &self,
        payment: &NewPayment,
        document: &BankIdentity,
        act: &Act,
    ) -> Result<Credited, StoreError> {
        let claim = key::bank_document(document)
            .build()
            .with("company", payment.company)
            .with("entry", payment.id.to_string())
            .item();
        let by_hand = key::posted_by_hand(payment.company, payment.date, &payment.document_number, payment.amount);
        let values = Values::none().with("one", 1u32);
        let not_by_hand = "attribute_not_exists(#pk) OR #times < :one";
        let write = Write::default().create(self, claim).require(self, &by_hand, not_by_hand, values);
        let write = self.payment_rows(write, payment).await?;
        match self.commit_act(Some(payment.company), act, write).await {
            Ok(()) => Ok(Credited::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(Credited::Known),
            Err(StoreError::Refused { index: 1 }) => Ok(Credited::ByHand),
            Err(StoreError::Refused { .. }) => Ok(Credited::NoCompany),
            Err(error) => Err(error),
        }
    }

    /// Puts documents of the bank on the desk, at most [`DESK_CHUNK_MAX`], all or none; `false` where one of them is known by
    /// now.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_from_bank(
        &self,
        documents: &[(BankIdentity, Unmatched)],
        act: &Act,
    ) -> Result<bool, StoreError> {
        let write = documents.iter().fold(Write::default(), |write, (document, waiting)| {
            let claim = key::bank_document(document).build().with("unmatched", waiting.id).item();
            write.create(self, claim).create(self, waiting.item())
        });
        super::stations::refused_is_false(self.commit_act(None, act, write).await)
    }
}
