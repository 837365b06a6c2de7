//! Closing a month for every company.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::Invalid;
use oktan_shared::domain::ids::JobId;
use oktan_shared::domain::papers::Month;
use oktan_shared::domain::window::Zone;
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::jobs::{Job, Work};
use oktan_shared::journal::Act;
use oktan_shared::papers::{CLOSES_AFTER, concerns_any};
use oktan_shared::wire::{JobStarted, NothingAsk};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// How long the answer waits for the work: what is left after that goes on by itself.
const WORK_FOR: Duration = Duration::from_secs(5);

/// Closes a month, and what is still open before it, for every company: a job that this call begins itself, so that of a few
/// companies it is over when it answers. A month that is closed stays as it is; one that is before all contracts and entries is
/// 422 `nothing_to_close`.
#[utoipa::path(
    post, path = "/v1/staff/documents/close/{month}", tag = "staff", operation_id = "close_month",
    params(("month" = Month, Path)), request_body = Option<NothingAsk>, responses((status = 202, body = JobStarted)),
    security(("session" = ["Requisites"])),
)]
pub async fn close(
    State(app): State<App>,
    who: Staff<grant::Requisites>,
    Path(month): Path<Month>,
    OptionalJson(NothingAsk {}): OptionalJson<NothingAsk>,
) -> Result<(StatusCode, Json<JobStarted>), Problem> {
    let now = app.clock.now();
    if now < month.ends(Zone::default()) + CLOSES_AFTER {
        return Err(Problem::conflict("month_not_over", "a month is closed an hour after it is over at the earliest"));
    }
    if !concerns_any(&app, month).await? {
        let detail = "no company had a contract or an operation by then";
        return Err(Problem::field("month", &Invalid::new("nothing_to_close", detail)));
    }
    let job = Job::new(JobId::new(Uuid::new_v4()), None, who.actor(), Work::CloseMonths { month }, 0, now);
    let act = Act {
        at: now,
        actor: who.actor(),
        action: "month.close".to_owned(),
        subject: format!("month {month}"),
        before: Value::Null,
        after: json!({ "month": month }),
        reason: String::new(),
    };
    app.table.start_closing(&job, &act).await?;
    // Whatever stops it here, the job goes on elsewhere.
    if let Err(error) = oktan_worker::run(&app, job.id, WORK_FOR).await {
        tracing::warn!(%error, job = %job.id, "a closing was interrupted");
    }
    let total = app.table.job(job.id).await?.map_or(job.total, |job| job.total);
    Ok((StatusCode::ACCEPTED, Json(JobStarted { job_id: job.id, total })))
}
