//! A step of closing months: one month of one company, or a run of companies that have none to close.

use crate::marks::cursor;
use crate::{Next, RACES_MAX};
use oktan_shared::App;
use oktan_shared::domain::papers::Month;
use oktan_shared::jobs::Step;
use oktan_shared::papers::{concerns, due};
use oktan_shared::table::{Leased, Position, Stepped, StoreError, pause};

/// Companies that a step looks at at most.
const LOOKED_AT_MAX: u32 = 100;

/// Closes the next month that is due, company after company; one that has nothing to do with the month is not counted.
pub async fn step(app: &App, leased: &Leased, last: Month) -> Result<Next, StoreError> {
    let mut after: Option<Position> = cursor(leased.job.cursor.as_deref())?;
    let (mut passed, mut looked_at) = (0, 0);
    loop {
        let (companies, next) = app.table.companies(1, after.as_ref()).await?;
        if let Some((company, account)) = companies.first()
            && concerns(app, company, account, last).await?
        {
            for race in 1..=RACES_MAX {
                let due = match due(app, company, account, last).await {
                    // One company's books that cannot be read do not keep the others' open.
                    Err(error @ StoreError::Corrupt(_)) => {
                        tracing::error!(%error, company = %company.id, "a month could not be closed");
                        break;
                    }
                    other => other?,
                };
                let Some(due) = due else { break };
                // The same company comes again, until nothing of it is due.
                let step = Step { cards: passed, cursor: written(after.as_ref())?, ..Step::default() };
                let now = app.clock.now();
                match app.table.close_month_in_step(&due.month, due.follows, leased, &step, now).await? {
                    Stepped::Done(next) => return Ok(Next::Step(next)),
                    Stepped::Lost => return Ok(Next::Lost),
                    Stepped::Refused { .. } => pause(race).await,
                }
            }
            passed += 1;
        }
        looked_at += 1;
        let is_last = next.is_none();
        if next.is_some() {
            after = next;
        }
        if is_last || looked_at >= LOOKED_AT_MAX {
            let step = Step { cards: passed, cursor: written(after.as_ref())?, is_last, ..Step::default() };
            return match app.table.pass_companies_in_step(leased, &step, app.clock.now()).await? {
                Stepped::Done(next) => Ok(Next::Step(next)),
                Stepped::Lost | Stepped::Refused { .. } => Ok(Next::Lost),
            };
        }
    }
}

fn written(place: Option<&Position>) -> Result<Option<String>, StoreError> {
    place.map(serde_json::to_string).transpose().map_err(|_| StoreError::Corrupt("cursor"))
}
