//! A step of writing the shares of a distribution.

use crate::marks::cursor;
use crate::{Next, RACES_MAX};
use oktan_shared::App;
use oktan_shared::acts::shares::Chunk;
use oktan_shared::domain::budget::Sum;
use oktan_shared::jobs::{ChangedCard, FailedCard, Step};
use oktan_shared::table::{Leased, SHARES_MAX, Stepped, StoreError, pause};

/// The next shares of what was written down, as many as one write takes; fewer after each race that was lost to a fill. With
/// the last of them what is still set aside goes back to the reserve.
pub async fn step(app: &App, leased: &Leased, shares: u32) -> Result<Next, StoreError> {
    let job = &leased.job;
    let at: usize = cursor(job.cursor.as_deref())?.unwrap_or_default();
    let planned = app.table.planned_shares(job.id, at).await?;
    let mut size = SHARES_MAX;
    for race in 1..=RACES_MAX {
        let (budget, account) = app.table.budget(job.company()?).await?.ok_or(StoreError::Corrupt("account"))?;
        // A run that stood still for long gave way to another.
        if budget.run.is_none_or(|run| run.id != job.id.get()) {
            return Ok(Next::GiveUp("distribution_running"));
        }
        let (count, mut chunk) = Chunk::decide(app, &job.actor, (&budget, &account), &planned, size).await?;
        let is_last = count == 0 || at.saturating_add(count) >= usize::try_from(shares).unwrap_or(usize::MAX);
        if is_last {
            (chunk.edit.after.run, chunk.edit.after.aside) = (None, Sum::ZERO);
        }
        let changed = chunk.edit.shares.iter().map(|(_, card, _)| ChangedCard::unmarked(card.number.clone()));
        let failed = chunk.failed.iter().map(|(number, code)| {
            let (number, code) = (number.clone(), (*code).to_owned());
            FailedCard { number, code }
        });
        let step = Step {
            cards: u32::try_from(count).unwrap_or(u32::MAX),
            changed: changed.collect(),
            failed: failed.collect(),
            cursor: Some(at.saturating_add(count).to_string()),
            is_last,
        };
        let (act, now) = (chunk.act.as_ref(), app.clock.now());
        match app.table.edit_budget_in_step(&chunk.edit, act, leased, &step, now).await? {
            Stepped::Done(next) => return Ok(Next::Step(next)),
            Stepped::Lost => return Ok(Next::Lost),
            Stepped::Refused { index: 0 } => {
                app.table.end_run(job.company()?, budget.run).await?;
                return Ok(Next::GiveUp("company_suspended"));
            }
            Stepped::Refused { .. } => {
                size = (size / 2).max(1);
                pause(race).await;
            }
        }
    }
    Err(StoreError::Busy)
}
