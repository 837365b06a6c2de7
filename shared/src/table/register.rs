//! What a register's import asks of the table: who is there already, and the cards that a line is still owed.

use super::Table;
use super::cards::CardNote;
use super::companies::{self, Company};
use super::error::StoreError;
use super::item::{Json, get};
use super::key;
use super::read::peek;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::card::Card;
use crate::domain::rules::Rules;
use crate::domain::text::Login;
use crate::domain::{CompanyId, Inn};
use crate::journal::Act;

/// What became of a chunk of cards that was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueIssued {
    /// It is issued.
    Issued {
        /// How many are due now.
        left: u32,
    },
    /// The company is not active.
    Inactive,
    /// Another import was quicker.
    Moved {
        /// How many are due now.
        due: u32,
    },
    /// A drawn number is another card's.
    NumberTaken,
}

impl Table {
    /// The companies that have these INNs, in the same order. Two round trips for each hundred.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn companies_by_inn(&self, inns: &[Inn]) -> Result<Vec<Option<Company>>, StoreError> {
        let keys: Vec<_> = inns.iter().map(key::inn).collect();
        let mut claims = self.batch(&keys).await?;
        let ids = keys
            .iter()
            .map(|key| claims.take(key).map(|claim| get(&claim, "company")).transpose())
            .collect::<Result<Vec<Option<CompanyId>>, StoreError>>()?;
        let keys: Vec<_> = ids.iter().flatten().map(|id| key::company(*id)).collect();
        let mut rows = self.batch(&keys).await?;
        ids.into_iter()
            .map(|id| id.and_then(|id| rows.take(&key::company(id))).map(|row| companies::read(&row)).transpose())
            .collect()
    }

    /// Which of these logins are taken, in the same order.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn taken_logins(&self, logins: &[Login]) -> Result<Vec<bool>, StoreError> {
        let keys: Vec<_> = logins.iter().map(key::login).collect();
        let mut claims = self.batch(&keys).await?;
        Ok(keys.iter().map(|key| claims.take(key).is_some()).collect())
    }

    /// Issues some of the cards that a company is due, at most [`super::ISSUE_MAX`], all or none, if still so many are.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn issue_due_cards(
        &self,
        company: CompanyId,
        due: u32,
        cards: &[(Card, CardNote)],
        rules: &Rules,
        act: &Act,
    ) -> Result<DueIssued, StoreError> {
        let left = due.saturating_sub(u32::try_from(cards.len()).unwrap_or(due));
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let counted = Values::none().with("due", due).with("left", left);
        let write = Write::default()
            .require(self, &key::account(company), "#account_status = :active", active)
            .update(self, &key::company(company), "SET #cards_due = :left", "#cards_due = :due", counted)
            .and(self.fresh_cards(company, cards, rules));
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(DueIssued::Issued { left }),
            Err(StoreError::Refused { index: 0 }) => Ok(DueIssued::Inactive),
            Err(StoreError::Refused { index: 1 }) => {
                let row = self.row(&key::company(company)).await?;
                Ok(DueIssued::Moved { due: peek(row.as_ref(), "cards_due")?.unwrap_or(0) })
            }
            Err(StoreError::Refused { .. }) => Ok(DueIssued::NumberTaken),
            Err(error) => Err(error),
        }
    }
}
