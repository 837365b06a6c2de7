//! Shares of thousands of cards: what was decided is written down with the job, and written to the cards step by step.

use super::Table;
use super::budgets::{BudgetEdit, BudgetPlacement};
use super::error::StoreError;
use super::item::{Item, Json, get};
use super::jobs::{KEEP, Leased, Stepped};
use super::key;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::ids::JobId;
use crate::jobs::{Job, PlannedShare, Step};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// Shares of one row of a job.
const PART: usize = 1_000;
/// Shares of a job: its rows, the budget's, the account's and the journal's are one write.
pub const PLANNED_MAX: usize = 60_000;

fn part_item(job: &Job, part: u32, shares: &[PlannedShare]) -> Item {
    let ttl = (job.created_at + KEEP).timestamp();
    key::job_part(job.id, part).build().with("shares", Json(shares.to_vec())).with("ttl", ttl).item()
}

impl Table {
    /// Writes a person's change of the budget and starts the job that changes the shares, if the budget did not move.
    ///
    /// # Errors
    /// When the store does not answer; more than [`PLANNED_MAX`] shares.
    pub async fn start_shares(
        &self,
        edit: &BudgetEdit,
        shares: &[PlannedShare],
        job: &Job,
        act: &Act,
    ) -> Result<BudgetPlacement, StoreError> {
        if shares.len() > PLANNED_MAX {
            return Err(StoreError::Rejected("more shares than a job takes".to_owned()));
        }
        let mut write = self.with_job(self.budget_write(edit), job);
        for (part, shares) in (0..).zip(shares.chunks(PART)) {
            write = write.create(self, part_item(job, part, shares));
        }
        BudgetPlacement::of(self.commit_act(Some(edit.company), act, write).await)
    }

    /// What a job is to write from the `at`-th share on: those of one row at the most.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn planned_shares(&self, id: JobId, at: usize) -> Result<Vec<PlannedShare>, StoreError> {
        let part = u32::try_from(at / PART).map_err(|_| StoreError::Corrupt("cursor"))?;
        let Some(row) = self.row(&key::job_part(id, part)).await? else { return Ok(Vec::new()) };
        let Json(mut shares): Json<Vec<PlannedShare>> = get(&row, "shares")?;
        shares.drain(..shares.len().min(at % PART));
        Ok(shares)
    }

    /// Writes shares as a step of a job. Item 0 of what may be refused is the company, which is not active.
    ///
    /// # Errors
    /// When the store does not answer; the step may have been written.
    pub async fn edit_budget_in_step(
        &self,
        edit: &BudgetEdit,
        act: Option<&Act>,
        leased: &Leased,
        step: &Step,
        now: DateTime<Utc>,
    ) -> Result<Stepped, StoreError> {
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let account = key::account(edit.company);
        let mut write = Write::default().require(self, &account, "#account_status = :active", active);
        write = self.put_budget(write, edit.company, &edit.before, &edit.after);
        for (before, after, allowance) in &edit.shares {
            write = self.put_allowance(write, before, after, allowance);
        }
        self.commit_step(leased, step, act, write, now).await
    }
}
