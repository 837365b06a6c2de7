//! What a statement brings: each document of the bank is claimed by the write that makes something of it, and known for good.

use super::Table;
use super::error::StoreError;
use super::item::{find, get};
use super::key;
use super::payments::NewPayment;
use super::standing::Beside;
use super::unmatched::Unmatched;
use super::write::Write;
use crate::domain::CompanyId;
use crate::domain::bank::BankIdentity;
use crate::domain::ids::UnmatchedId;
use crate::journal::Act;

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
    /// A payment with its date, number and amount was posted meanwhile.
    Overtaken,
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

    /// Credits a document of the bank: its claim and the rows of the payment in one write, unless it is known or one like it
    /// stands.
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
        let write = self.stand(Write::default().create(self, claim), payment, Beside::Nothing);
        let write = self.payment_rows(write, payment).await?;
        match self.commit_act(Some(payment.company), act, write).await {
            Ok(()) => Ok(Credited::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(Credited::Known),
            Err(StoreError::Refused { index: 1 }) => Ok(Credited::Overtaken),
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
