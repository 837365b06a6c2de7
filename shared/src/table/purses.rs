//! What a company's purse cards spent, spread over a few rows so that they do not meet; and how they are all stopped.

use super::Table;
use super::error::StoreError;
use super::fleet::number_of;
use super::item::{Item, get};
use super::jobs::{Leased, Stepped};
use super::key::{self, SPENT_SHARDS};
use super::read::peek;
use super::rows::Position;
use super::write::{Values, Write};
use crate::domain::ids::{JobId, RequestId};
use crate::domain::people::Actor;
use crate::domain::{CardNumber, CompanyId, Kopecks};
use crate::jobs::{Job, Step, Work};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// Purse cards of one write.
pub const CHUNK_MAX: usize = 90;
/// Purse cards that a suspension moves before it answers; of more it makes a job.
pub const STOP_AT_ONCE_MAX: u32 = 2_000;

/// Moves a purse card's version and leaves the turn of the status that did, unless a later one has.
const STOP: (&str, &str) =
    ("SET #turn = :turn ADD #v :one", "attribute_exists(#pk) AND (attribute_not_exists(#turn) OR #turn <= :turn)");

/// What purse cards spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PurseSpent {
    /// Ever.
    pub total: Kopecks,
    /// On the day asked for.
    pub day: Kopecks,
    /// In that day's month.
    pub month: Kopecks,
}

impl PurseSpent {
    pub(super) fn add(&mut self, shard: &Item, today: NaiveDate) -> Result<(), StoreError> {
        let day: NaiveDate = get(shard, "day")?;
        self.total = self.total.saturating_add(get(shard, "total")?);
        // A day that has not come yet counts as the one asked for, as on the account.
        if day >= today {
            self.day = self.day.saturating_add(get(shard, "day_spent")?);
        }
        if (day.year(), day.month()) >= (today.year(), today.month()) {
            self.month = self.month.saturating_add(get(shard, "month_spent")?);
        }
        Ok(())
    }
}

/// Which of the rows of a company's purse purchases a request counts in.
pub(super) fn shard_of(request: RequestId) -> u8 {
    request.get().as_bytes()[15] % SPENT_SHARDS
}

impl Table {
    /// Stops a company's purse cards after its status has turned: every one's version moves before this returns, or a job
    /// is started that does it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(super) async fn stop_purses(
        &self,
        id: CompanyId,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Option<Job>, StoreError> {
        let account = self.row(&key::account(id)).await?;
        if !peek(account.as_ref(), "has_purses")?.unwrap_or(false) {
            return Ok(None);
        }
        let turn = peek(account.as_ref(), "turn")?.unwrap_or(0);
        let total = self.purses_size(id).await?;
        if total > STOP_AT_ONCE_MAX {
            let job =
                Job::new(JobId::new(uuid::Uuid::new_v4()), id, actor.clone(), Work::MovePurses { turn }, total, now);
            self.commit(self.with_job(Write::default(), &job), crate::domain::ids::WriteId::new(uuid::Uuid::new_v4()))
                .await
                .map_err(super::error::TransactionOutcome::into_error)?;
            return Ok(Some(job));
        }
        let mut after = None;
        loop {
            let (cards, next) = self.purse_cards(id, CHUNK_MAX, after.as_ref()).await?;
            for card in &cards {
                self.update_in(&self.cabinet, &key::card(card), STOP.0, STOP.1, stopped(turn)).await?;
            }
            after = next;
            if after.is_none() {
                return Ok(None);
            }
        }
    }

    /// A page of the list with a company's purse cards, out of so many rows.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn purse_cards(
        &self,
        company: CompanyId,
        rows: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<CardNumber>, Option<Position>), StoreError> {
        let (found, next) = self.card_refs(company, rows, after, "purse").await?;
        Ok((found.iter().map(number_of).collect::<Result<_, _>>()?, next))
    }

    /// Moves purse cards, at most [`CHUNK_MAX`], as a step of a job. Refused is one that a later status has moved.
    ///
    /// # Errors
    /// When the store does not answer; the step may have been written.
    pub async fn move_purses_in_step(
        &self,
        cards: &[CardNumber],
        turn: u32,
        leased: &Leased,
        step: &Step,
        now: DateTime<Utc>,
    ) -> Result<Stepped, StoreError> {
        let moved = |write: Write, card| write.update(self, &key::card(card), STOP.0, STOP.1, stopped(turn));
        self.commit_step(leased, step, None, cards.iter().fold(Write::default(), moved), now).await
    }
}

fn stopped(turn: u32) -> Values {
    Values::none().with("one", 1u64).with("turn", turn)
}
