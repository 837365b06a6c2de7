//! What only the scheduler does: walking over every company's cards.

use super::Table;
use super::error::StoreError;
use super::rows::Position;
use crate::domain::account::Account;
use crate::domain::card::Card;
use chrono::{DateTime, Utc};

/// Cards read at once.
const PAGE: usize = 100;
/// Tries of a card that moves while its holds are dropped; the next sweep comes anyway.
const ATTEMPTS_MAX: usize = 3;

impl Table {
    /// Drops every expired hold. Returns how many were dropped.
    ///
    /// # Errors
    /// The last that failed; every other company was swept, and what was dropped stays dropped.
    pub async fn sweep_expired(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut dropped = 0;
        let mut failed = None;
        let mut after: Option<Position> = None;
        loop {
            let (companies, next) = self.companies(PAGE, after.as_ref()).await?;
            for (company, account) in &companies {
                if account.held.get() != 0 || account.has_purses {
                    // One that cannot be read does not keep the others.
                    match self.sweep_company(company.id, now).await {
                        Ok(count) => dropped += count,
                        Err(error) => {
                            tracing::error!(%error, company = %company.id, "a company's holds were not swept");
                            failed = Some(error);
                        }
                    }
                }
            }
            match next {
                Some(position) => after = Some(position),
                None => return failed.map_or(Ok(dropped), Err),
            }
        }
    }

    async fn sweep_company(&self, company: crate::domain::CompanyId, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut dropped = 0;
        let mut after: Option<Position> = None;
        loop {
            let (cards, next) = self.cards(company, PAGE, after.as_ref()).await?;
            for card in cards.iter().filter(|card| card.row.card.holds.iter().any(|hold| !hold.is_open(now))) {
                dropped += self.sweep_card(&card.row.card, now).await?;
            }
            match next {
                Some(position) => after = Some(position),
                None => return Ok(dropped),
            }
        }
    }

    async fn sweep_card(&self, card: &Card, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let _turn = self.turn(card.number.as_str()).await;
        for _ in 0..ATTEMPTS_MAX {
            let Some(record) = self.card(card.company, &card.number).await? else { return Ok(0) };
            let account: &Account = &record.account;
            let Some(expiry) = record.row.card.expire(now) else { return Ok(0) };
            let heir = self.heir(record.row.card.replaced_by.as_ref()).await?;
            let catalogue = self.catalogue();
            let to = heir.as_ref().map(|heir| heir.heir(account, &catalogue));
            let expiry = expiry.passed_on(&record.row.card, to, now);
            if self.expire(&record.row, account, heir.as_ref(), &expiry, now).await? == super::Placement::Done {
                return Ok(expiry.expired.len());
            }
        }
        Ok(0)
    }
}
