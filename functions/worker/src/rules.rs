//! A step of giving cards the rules of a template.

use crate::marks::cursor;
use crate::{Next, RACES_MAX};
use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::CardNumber;
use oktan_shared::fleet::{Given, RulesPlan};
use oktan_shared::jobs::Work;
use oktan_shared::table::{FleetFilter, Leased, Position, RULES_CHUNK_MAX, Stepped, StoreError, pause};

/// The next cards, as many as one write takes; fewer after each race that was lost to a fill.
pub async fn step(app: &App, leased: &Leased) -> Result<Next, StoreError> {
    let Work::Rules { name, rules, numbers, filter } = &leased.job.work else {
        return Err(StoreError::Corrupt("work"));
    };
    let given = Given { name, rules };
    let mut size = RULES_CHUNK_MAX;
    for race in 1..=RACES_MAX {
        let (chunk, next) = match numbers {
            Some(numbers) => named(leased, numbers, size)?,
            None => listed(app, leased, filter, size).await?,
        };
        let mut plan = RulesPlan::read(app, leased.job.company()?, &chunk, given).await?;
        if numbers.is_none() {
            // Nobody asked for a closed card by name.
            plan.results.retain(|result| result.outcome != Err("card_closed"));
        }
        let (is_last, act) = (next.is_none(), plan.act(app, &leased.job.actor, given));
        let step = plan.step(next, is_last);
        let cards = (plan.cards.as_slice(), rules);
        match app.table.give_rules_in_step(cards, act.as_ref(), leased, &step, app.clock.now()).await? {
            Stepped::Done(next) => return Ok(Next::Step(next)),
            Stepped::Lost => return Ok(Next::Lost),
            Stepped::Refused { index: 0 } => return Ok(Next::GiveUp("company_suspended")),
            Stepped::Refused { .. } => {
                size = (size / 2).max(1);
                pause(race).await;
            }
        }
    }
    Err(StoreError::Busy)
}

type Chunk = (Vec<CardNumber>, Option<String>);

fn named(leased: &Leased, numbers: &[CardNumber], size: usize) -> Result<Chunk, StoreError> {
    let at: usize = cursor(leased.job.cursor.as_deref())?.unwrap_or_default();
    let left = numbers.get(at..).unwrap_or_default();
    let chunk = left.get(..size).unwrap_or(left);
    Ok((chunk.to_vec(), (chunk.len() < left.len()).then(|| (at + chunk.len()).to_string())))
}

async fn listed(app: &App, leased: &Leased, filter: &FleetFilter, size: usize) -> Result<Chunk, StoreError> {
    let after: Option<Position> = cursor(leased.job.cursor.as_deref())?;
    let (cards, next) =
        app.table.fleet_chunk(leased.job.company()?, filter, NaiveDate::MIN, size, after.as_ref()).await?;
    let next = next.map(|place| serde_json::to_string(&place)).transpose();
    let numbers = cards.into_iter().map(|card| card.row.card.number).collect();
    Ok((numbers, next.map_err(|_| StoreError::Corrupt("cursor"))?))
}
