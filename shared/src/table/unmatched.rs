//! Payments that came and whose payer is not known, until somebody says whose they are.

use super::Table;
use super::error::StoreError;
use super::item::{Item, find, get};
use super::key::{self, index};
use super::once::KEY_KEPT;
use super::payments::NewPayment;
use super::read::Query;
use super::rows::{Position, posted};
use super::schema::GSI1;
use super::standing::Beside;
use super::write::{Values, Write};
use crate::domain::bank::BankIdentity;
use crate::domain::ids::UnmatchedId;
use crate::domain::text::{CompanyName, DocumentNumber, Purpose};
use crate::domain::{CompanyId, Inn, Kopecks};
use crate::journal::Act;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A payment whose payer was not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// Its id.
    pub id: UnmatchedId,
    /// What the document says of the payer.
    pub payer_inn: Option<Inn>,
    /// Their name in it.
    pub payer_name: CompanyName,
    /// How much, above zero.
    pub amount: Kopecks,
    /// The document's date.
    pub date: NaiveDate,
    /// The document's number.
    pub document_number: DocumentNumber,
    /// What it was paid for, in the payer's words.
    pub purpose: Purpose,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The company that has the payer's INN, whose it likely is.
    pub proposed: Option<CompanyId>,
    /// The bank's document, if its statement brought it.
    pub bank: Option<BankIdentity>,
    /// Whose it is, once somebody said so.
    pub assigned: Option<Assigned>,
}

/// Whose a payment turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// The company.
    pub company: CompanyId,
    /// The entry in its history.
    pub entry: Uuid,
}

/// How a recording ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It is recorded.
    Done,
    /// It was recorded before under this key.
    Before(UnmatchedId),
    /// The key was used with another body.
    KeyReused,
}

/// How an assignment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// It is in the company's history now.
    Done,
    /// It was assigned before.
    Before,
    /// What it may not stand beside stands, or what it should be does not.
    Known,
    /// There is no such company.
    NoCompany,
}

impl Unmatched {
    fn read(item: &Item) -> Result<Self, StoreError> {
        let pk: String = get(item, "pk")?;
        let company: Option<CompanyId> = find(item, "company")?;
        let entry: Option<String> = find(item, "entry")?;
        let entry = entry.map(|id| id.parse().map_err(|_| StoreError::Corrupt("entry"))).transpose()?;
        Ok(Self {
            id: pk.trim_start_matches("UNMATCHED#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
            payer_inn: find(item, "payer_inn")?,
            payer_name: get(item, "payer_name")?,
            amount: get(item, "amount")?,
            date: get(item, "document_date")?,
            document_number: get(item, "document_number")?,
            purpose: get(item, "purpose")?,
            at: get(item, "at")?,
            proposed: find(item, "proposed")?,
            bank: find(item, "bank")?,
            assigned: company.zip(entry).map(|(company, entry)| Assigned { company, entry }),
        })
    }

    pub(super) fn item(&self) -> Item {
        key::unmatched(self.id)
            .build()
            .maybe("payer_inn", self.payer_inn.clone())
            .with("payer_name", self.payer_name.clone())
            .with("amount", self.amount)
            .with("document_date", self.date)
            .with("document_number", self.document_number.clone())
            .with("purpose", self.purpose.clone())
            .with("at", self.at)
            .maybe("proposed", self.proposed)
            .maybe("bank", self.bank.clone())
            .with("gsi1pk", index::unmatched(true).to_owned())
            .with("gsi1sk", posted(self.at, &self.id.to_string()))
            .item()
    }
}

impl Table {
    /// Records a payment of an unknown payer, once per key.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_unmatched(
        &self,
        payment: &Unmatched,
        idempotency_key: &str,
        fingerprint: &[u8],
        act: &Act,
    ) -> Result<Recorded, StoreError> {
        let key = key::idempotency(&format!("UNMATCHED#{}", act.actor.user), idempotency_key);
        let before = async || match self.row(&key).await? {
            None => Ok(None),
            Some(row) if get::<Vec<u8>>(&row, "fingerprint")? != fingerprint => Ok(Some(Recorded::KeyReused)),
            Some(row) => Ok(Some(Recorded::Before(get(&row, "unmatched")?))),
        };
        if let Some(before) = before().await? {
            return Ok(before);
        }
        let used = key
            .build()
            .with("fingerprint", fingerprint.to_vec())
            .with("unmatched", payment.id)
            .with(super::schema::TTL_ATTRIBUTE, (payment.at + KEY_KEPT).timestamp())
            .item();
        match self.commit_act(None, act, Write::default().create(self, used).create(self, payment.item())).await {
            Ok(()) => Ok(Recorded::Done),
            // A copy of the same call was quicker.
            Err(StoreError::Refused { .. }) => before().await?.ok_or(StoreError::Busy),
            Err(error) => Err(error),
        }
    }

    /// A payment of an unknown payer.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn unmatched(&self, id: UnmatchedId) -> Result<Option<Unmatched>, StoreError> {
        self.row(&key::unmatched(id)).await?.as_ref().map(Unmatched::read).transpose()
    }

    /// A page of the payments that wait for their payer, or of those that are assigned, newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn unmatched_page(
        &self,
        open: bool,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Unmatched>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::unmatched(open).to_owned()),
                newest_first: true,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let mut payments = self.follow(&rows).await?.iter().map(Unmatched::read).collect::<Result<Vec<_>, _>>()?;
        // An index lags behind its rows.
        payments.retain(|payment| payment.assigned.is_none() == open);
        Ok((payments, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// Posts a payment that waited to a company: its row, the entry and the account in one write, so that it is never
    /// posted twice.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn assign_unmatched(
        &self,
        id: UnmatchedId,
        payment: &NewPayment,
        beside: Beside,
        act: &Act,
    ) -> Result<Assignment, StoreError> {
        let assigned = Assigned { company: payment.company, entry: payment.id };
        let write = self.stand(self.assigned(id, assigned, payment.at), payment, beside);
        let write = self.payment_rows(write, payment).await?;
        self.assign(payment.company, write, act).await
    }

    /// Says that a payment that waited is this one, which stands in the company's history: nothing is posted.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn assign_standing(
        &self,
        payment: &Unmatched,
        standing: Assigned,
        act: &Act,
    ) -> Result<Assignment, StoreError> {
        let told = (standing.company, payment.date, &payment.document_number, payment.amount);
        let write = self.require_standing(self.assigned(payment.id, standing, act.at), told, standing.entry);
        self.assign(standing.company, write, act).await
    }

    fn assigned(&self, id: UnmatchedId, assigned: Assigned, at: DateTime<Utc>) -> Write {
        let values = Values::none()
            .with("company", assigned.company)
            .with("entry", assigned.entry.to_string())
            .with("assigned", index::unmatched(false).to_owned())
            .with("at", posted(at, &id.to_string()));
        let update = "SET #company = :company, #entry = :entry, #gsi1pk = :assigned, #gsi1sk = :at";
        let waits = "attribute_exists(#pk) AND attribute_not_exists(#entry)";
        Write::default().update(self, &key::unmatched(id), update, waits, values)
    }

    async fn assign(&self, company: CompanyId, write: Write, act: &Act) -> Result<Assignment, StoreError> {
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Assignment::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(Assignment::Before),
            Err(StoreError::Refused { index: 1 }) => Ok(Assignment::Known),
            Err(StoreError::Refused { .. }) => Ok(Assignment::NoCompany),
            Err(error) => Err(error),
        }
    }
}
