//! A step of setting marks on the cards that a filter wants.

use crate::{Next, RACES_MAX};
use oktan_shared::App;
use oktan_shared::domain::text::Note;
use oktan_shared::fleet::Plan;
use oktan_shared::jobs::{Step, Work};
use oktan_shared::table::{CHUNK_MAX, Leased, Position, Stepped, StoreError, pause};

/// The next cards of the list, as many as one write takes; fewer after each race that was lost to a fill.
pub async fn step(app: &App, leased: &Leased) -> Result<Next, StoreError> {
    let Work::Mark { filter, today, marks, reason } = &leased.job.work else {
        return Err(StoreError::Corrupt("work"));
    };
    let after: Option<Position> = cursor(leased.job.cursor.as_deref())?;
    let mut size = CHUNK_MAX;
    for race in 1..=RACES_MAX {
        let (cards, next) = app.table.fleet_chunk(leased.job.company()?, filter, *today, size, after.as_ref()).await?;
        let mut plan = Plan::default();
        for card in cards {
            let number = card.row.card.number.clone();
            plan.add(&number, Some(card), marks);
        }
        let is_last = next.is_none();
        let cursor = next.map(|place| serde_json::to_string(&place)).transpose();
        let step = plan.step(cursor.map_err(|_| StoreError::Corrupt("cursor"))?, is_last);
        match written(app, leased, &plan, &step, reason.as_ref()).await? {
            Some(next) => return Ok(next),
            None => {
                size = (size / 2).max(1);
                pause(race).await;
            }
        }
    }
    Err(StoreError::Busy)
}

/// Writes what was planned; `None`: a card moved meanwhile.
pub async fn written(
    app: &App,
    leased: &Leased,
    plan: &Plan,
    step: &Step,
    reason: Option<&Note>,
) -> Result<Option<Next>, StoreError> {
    let now = app.clock.now();
    let act = plan.act(&leased.job.actor, reason, now);
    let is_first = leased.job.changed == 0;
    let told = if is_first { plan.told(&leased.job.actor, step.is_last) } else { None };
    let written = app.table.edit_cards_in_step(&plan.changes, (act.as_ref(), told), leased, step, now).await?;
    Ok(match written {
        Stepped::Done(next) => Some(Next::Step(next)),
        Stepped::Lost => Some(Next::Lost),
        Stepped::Refused { index: 0 } => Some(Next::GiveUp("company_suspended")),
        Stepped::Refused { .. } => None,
    })
}

/// Where a step begins, as the one before said.
pub fn cursor<T: serde::de::DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, StoreError> {
    text.map(serde_json::from_str).transpose().map_err(|_| StoreError::Corrupt("cursor"))
}
