//! What time brings about: expired holds are dropped, exceptions end, low balances, tickets that nobody answers and disputes
//! that nobody decides are told of, days that are over are added up, months closed, forgotten mail and work taken up.

mod days;
mod months;

use oktan_shared::App;
use oktan_shared::table::StoreError;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// Mail and jobs taken up at once.
const WAITING_MAX: usize = 200;
/// How long a tick works at jobs; what is left wakes a worker, or waits for the next tick.
const WORK_FOR: Duration = Duration::from_secs(120);

/// What a call of the function is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// All that is due: what EventBridge's own event asks for, which names nothing.
    #[default]
    Everything,
    /// Tickets that nobody answers, which are looked for more often.
    Tickets,
}

/// The event that the function is called with; what else there is in it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub struct Call {
    /// What for.
    #[serde(default)]
    pub due: Due,
}

/// What a call did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Holds dropped.
    pub expired: usize,
    /// Exceptions ended.
    pub ended: usize,
    /// Companies that were told of a low balance.
    pub low: usize,
    /// Companies that were told of their week.
    pub weeks: usize,
    /// Tickets of which the one on call was told.
    pub tickets: usize,
    /// Disputes of whose last day the one on call was told.
    pub disputes: usize,
    /// Companies whose days were added up.
    pub days: usize,
    /// Mail taken up.
    pub mails: usize,
    /// Jobs that waited.
    pub jobs: usize,
}

/// Does what is due. Doing it twice, or at the same time elsewhere, does no harm.
///
/// # Errors
/// The last thing that failed; everything else was done, and the next call goes on.
pub async fn handle(app: &App, call: Call) -> Result<Report, StoreError> {
    match call.due {
        // All that time brings about is one future: on the heap, in parts, or the compiler gives up reckoning its size.
        Due::Everything => Box::pin(tick(app)).await,
        Due::Tickets => Ok(Report { tickets: Box::pin(tell_on_call(app)).await?, ..Report::default() }),
    }
}

/// Tells the one on call, if there is one, of each ticket that waits for too long; of how many.
async fn tell_on_call(app: &App) -> Result<usize, StoreError> {
    match &app.config.on_call_email {
        Some(_) => app.table.tell_of_waiting_tickets(app.clock.now()).await,
        None => Ok(0),
    }
}

/// The same of each dispute whose last day has come.
async fn tell_of_disputes(app: &App) -> Result<usize, StoreError> {
    match &app.config.on_call_email {
        Some(_) => app.table.tell_of_due_disputes(app.clock.now()).await,
        None => Ok(0),
    }
}

async fn tick(app: &App) -> Result<Report, StoreError> {
    // First who waits.
    let tickets = tell_on_call(app).await;
    let disputes = tell_of_disputes(app).await;
    let swept = app.table.sweep_expired(app.clock.now()).await;
    let ended = app.table.sweep_exceptions(&app.catalogue(), app.clock.now()).await;
    let told = app.table.tell_companies(app.clock.now()).await;
    let closing = months::close_when_due(app).await;
    let days = days::close(app).await;
    let waiting = app.table.waiting(app.clock.now(), WAITING_MAX).await?;
    let mut failed = None;
    for id in &waiting.mails {
        // One that cannot be read does not keep the others.
        if let Err(error) = Box::pin(oktan_mailer::send(app, *id)).await {
            tracing::warn!(%error, mail = %id, "a mail could not be taken up");
            failed = Some(error);
        }
    }
    let began = Instant::now();
    for id in &waiting.jobs {
        let Some(left) = WORK_FOR.checked_sub(began.elapsed()) else { break };
        if let Err(error) = Box::pin(oktan_worker::run(app, *id, left)).await {
            tracing::warn!(%error, job = %id, "a job could not be taken up");
            failed = Some(error);
        }
    }
    let told = told?;
    closing?;
    let report = Report {
        expired: swept?,
        ended: ended?,
        low: told.low,
        weeks: told.weeks,
        tickets: tickets?,
        disputes: disputes?,
        days: days?,
        mails: waiting.mails.len(),
        jobs: waiting.jobs.len(),
    };
    failed.map_or(Ok(report), Err)
}
