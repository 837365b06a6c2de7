//! How often a document of one date, number and amount stands in a company's history, whoever brought it: what keeps one that
//! came by two ways from being credited twice.

use super::Table;
use super::error::StoreError;
use super::item::{Item, find};
use super::key;
use super::payments::NewPayment;
use super::write::{Values, Write};
use crate::domain::approval::PaymentReversal;
use crate::domain::text::DocumentNumber;
use crate::domain::{CompanyId, Kopecks};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What a payment may stand beside: payments of its company with its date, number and amount, whose money was not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Any: somebody said that it is another one.
    Any,
    /// Those that people posted, and none that the bank brought.
    ByHand,
    /// None.
    Nothing,
}

/// What stands in a company's history of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Somebody posted it by hand.
    pub by_hand: bool,
    /// The bank's statement brought it.
    pub of_bank: bool,
    /// The entry of the newest.
    pub entry: Option<Uuid>,
}

/// A payment as it is told from others of its company: the document's date, number and amount.
pub type Alike<'a> = (CompanyId, NaiveDate, &'a DocumentNumber, Kopecks);

const NONE_OF_BANK: &str = "(attribute_not_exists(#of_bank) OR #of_bank < :one)";
const NONE_BY_HAND: &str = "(attribute_not_exists(#by_hand) OR #by_hand < :one)";

impl Standing {
    fn read(row: &Item) -> Result<Self, StoreError> {
        let times = |name| Ok::<_, StoreError>(find::<i64>(row, name)?.unwrap_or(0) > 0);
        let entry: Option<String> = find(row, "entry")?;
        let entry = entry.map(|id| id.parse().map_err(|_| StoreError::Corrupt("entry"))).transpose()?;
        Ok(Self { by_hand: times("by_hand")?, of_bank: times("of_bank")?, entry })
    }

    /// The entry, while its payment stands.
    #[must_use]
    pub fn stands(self) -> Option<Uuid> {
        self.entry.filter(|_| self.by_hand || self.of_bank)
    }
}

impl Table {
    /// What stands of these documents, in the same order. A round trip for each hundred.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn standing(&self, documents: &[Alike<'_>]) -> Result<Vec<Standing>, StoreError> {
        let key = |(company, date, number, amount): &Alike<'_>| key::standing(*company, *date, number, *amount);
        let keys: Vec<_> = documents.iter().map(key).collect();
        let distinct: Vec<_> = keys.iter().cloned().collect::<HashSet<_>>().into_iter().collect();
        let mut rows = self.batch(&distinct).await?;
        let mut found = HashMap::new();
        for key in distinct {
            if let Some(row) = rows.take(&key) {
                found.insert(key, Standing::read(&row)?);
            }
        }
        Ok(keys.iter().map(|key| found.get(key).copied().unwrap_or_default()).collect())
    }

    /// Counts a payment, if it may stand beside what stands.
    pub(super) fn stand(&self, write: Write, payment: &NewPayment, beside: Beside) -> Write {
        let key = key::standing(payment.company, payment.date, &payment.document_number, payment.amount);
        let update = match payment.bank {
            Some(_) => "ADD #of_bank :one SET #entry = :entry",
            None => "ADD #by_hand :one SET #entry = :entry",
        };
        let values = Values::none().with("one", 1u32).with("entry", payment.id.to_string());
        match beside {
            Beside::Any => write.set(self, &key, update, values),
            Beside::ByHand => write.update(self, &key, update, NONE_OF_BANK, values),
            Beside::Nothing => write.update(self, &key, update, &format!("{NONE_OF_BANK} AND {NONE_BY_HAND}"), values),
        }
    }

    /// Requires that this entry is the newest that stands.
    pub(super) fn require_standing(&self, write: Write, told: Alike<'_>, entry: Uuid) -> Write {
        let (company, date, number, amount) = told;
        let key = key::standing(company, date, number, amount);
        let values = Values::none().with("zero", 0u32).with("entry", entry.to_string());
        write.require(self, &key, "#entry = :entry AND (#of_bank > :zero OR #by_hand > :zero)", values)
    }

    /// Takes back the count of a payment whose money is taken back.
    pub(super) fn stand_no_more(&self, write: Write, company: CompanyId, reversal: &PaymentReversal) -> Write {
        let key = key::standing(company, reversal.date, &reversal.document_number, reversal.amount);
        let update = if reversal.by_hand { "ADD #by_hand :less" } else { "ADD #of_bank :less" };
        write.set(self, &key, update, Values::none().with("less", -1i64))
    }
}
