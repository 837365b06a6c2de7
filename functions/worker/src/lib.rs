//! Long work: each row of the outbox that wakes a worker is a job to go on with.
//!
//! A job is taken with a lease and goes step by step, each step one write that also moves the job on. Ways to end: it is
//! done, it is given up, the time is out and another worker is woken, or this one dies and the scheduler finds the job when
//! its lease is over. Wherever that happens, the next worker begins where the last written step ended.

mod marks;
mod months;
mod purses;
mod rules;
mod shares;
mod undo;

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use aws_lambda_events::event::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use oktan_shared::App;
use oktan_shared::domain::ids::JobId;
use oktan_shared::jobs::Work;
use oktan_shared::table::{Leased, StoreError};
use std::time::{Duration, Instant};

/// How long a worker works before it hands a job on: the function's time less what a slow step may take.
pub const WORK_FOR: Duration = Duration::from_secs(240);
/// Attempts of a step that all ended without a word before the job is given up.
const TRIES_MAX: u32 = 8;
/// Races with fills that a step may lose, each time half as long.
const RACES_MAX: u32 = 64;

/// How a step ended.
enum Next {
    /// Written: the job one step on.
    Step(Box<Leased>),
    /// Somebody else has the job.
    Lost,
    /// The job cannot go on: a code.
    GiveUp(&'static str),
}

/// Goes on with the jobs that a batch of the stream names. Records that failed are named, so that only they come again.
pub async fn handle(app: &App, event: Event, work_for: Duration) -> DynamoDbEventResponse {
    let mut failures = Vec::new();
    for record in &event.records {
        let Some(id) = job_of(record) else { continue };
        if let Err(error) = run(app, id, work_for).await {
            tracing::warn!(%error, job = %id, "a job was interrupted");
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = record.change.sequence_number.clone();
            failures.push(failure);
        }
    }
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures = failures;
    response
}

/// The job that an INSERT of the outbox names.
fn job_of(record: &EventRecord) -> Option<JobId> {
    if record.event_name != "INSERT" {
        return None;
    }
    let keys = serde_json::to_value(&record.change.keys).ok()?;
    let pk = keys.get("pk")?;
    pk.get("S").unwrap_or(pk).as_str()?.strip_prefix("JOB#")?.parse().ok()
}

/// Goes on with a job for about so long, unless it is over or in other hands.
///
/// # Errors
/// When the store does not answer; the lease then runs out and the scheduler takes the job up.
pub async fn run(app: &App, id: JobId, work_for: Duration) -> Result<(), StoreError> {
    let began = Instant::now();
    let Some(mut leased) = app.table.take_job(id, app.clock.now()).await? else { return Ok(()) };
    if leased.job.tries > TRIES_MAX {
        // Whatever kills the step, it would kill it again.
        return app.table.fail_job(&leased, "given_up", app.clock.now()).await.map(|_| ());
    }
    loop {
        let next = match &leased.job.work {
            Work::Mark { .. } => marks::step(app, &leased).await,
            Work::Undo { of } => undo::step(app, &leased, *of).await,
            Work::Rules { .. } => rules::step(app, &leased).await,
            Work::Shares { shares } => shares::step(app, &leased, *shares).await,
            Work::MovePurses { turn } => purses::step(app, &leased, *turn).await,
            Work::CloseMonths { month } => months::step(app, &leased, *month).await,
        };
        leased = match next {
            Ok(Next::Step(next)) => *next,
            Ok(Next::Lost) => return Ok(()),
            Ok(Next::GiveUp(code)) => return app.table.fail_job(&leased, code, app.clock.now()).await.map(|_| ()),
            Err(error @ (StoreError::Corrupt(_) | StoreError::Rejected(_))) => {
                tracing::error!(%error, job = %id, "a job cannot go on");
                return app.table.fail_job(&leased, "internal", app.clock.now()).await.map(|_| ());
            }
            Err(error) => return Err(error),
        };
        if leased.job.state.is_over() {
            return Ok(());
        }
        if began.elapsed() >= work_for {
            return app.table.return_job(&leased, app.clock.now()).await.map(|_| ());
        }
    }
}
