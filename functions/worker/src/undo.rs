//! A step of taking back what another job changed.

use crate::marks::{cursor, written};
use crate::{Next, RACES_MAX};
use oktan_shared::App;
use oktan_shared::domain::CardNumber;
use oktan_shared::domain::ids::JobId;
use oktan_shared::fleet::Plan;
use oktan_shared::jobs::ChangedCard;
use oktan_shared::table::{CHUNK_MAX, Leased, StoreError, pause};

/// Where a step begins: in what this step of the other job changed, past so many cards.
type Place = (u32, usize);

/// The next cards that the other job changed, those of one of its steps at most. A card that somebody changed since is
/// left as it is.
pub async fn step(app: &App, leased: &Leased, of: JobId) -> Result<Next, StoreError> {
    let (from, past): Place = cursor(leased.job.cursor.as_deref())?.unwrap_or_default();
    let found = app.table.job_changes(of, from.saturating_sub(1)).await?;
    let (at, changed) = found.unwrap_or((from, Vec::new()));
    let past = if at == from { past } else { 0 };
    let left: &[ChangedCard] = changed.get(past..).unwrap_or_default();
    let mut size = CHUNK_MAX;
    for race in 1..=RACES_MAX {
        let chunk = left.get(..size).unwrap_or(left);
        let numbers: Vec<CardNumber> = chunk.iter().map(|card| card.number.clone()).collect();
        let cards = app.table.cards_by_number(leased.job.company()?, &numbers).await?;
        let mut plan = Plan::default();
        for (changed, card) in chunk.iter().zip(cards) {
            plan.take_back(changed, card);
        }
        let next: Place = if chunk.len() < left.len() { (at, past + chunk.len()) } else { (at.saturating_add(1), 0) };
        let done = usize::try_from(leased.job.done).unwrap_or(usize::MAX).saturating_add(chunk.len());
        let is_last = chunk.is_empty() || done >= usize::try_from(leased.job.total).unwrap_or(usize::MAX);
        let next = serde_json::to_string(&next).map_err(|_| StoreError::Corrupt("cursor"))?;
        let step = plan.step(Some(next), is_last);
        match written(app, leased, &plan, &step, None).await? {
            Some(next) => return Ok(next),
            None => {
                size = (size / 2).max(1);
                pause(race).await;
            }
        }
    }
    Err(StoreError::Busy)
}
