//! Long work: how far it is, and taking it back.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::auth::Permission;
use oktan_shared::domain::ids::JobId;
use oktan_shared::http::{Client, Json, OptionalJson, Path, Problem, Settled, grant};
use oktan_shared::jobs::{Job, Work};
use oktan_shared::table::UndoStarted;
use oktan_shared::wire::{JobStarted, JobView, NothingAsk};
use uuid::Uuid;

/// How far a job is. A company's people see those of their company, staff those that staff started.
#[utoipa::path(
    get, path = "/v1/jobs/{id}", tag = "cards", operation_id = "read_job",
    params(("id" = JobId, Path)), responses((status = 200, body = JobView)), security(("session" = ["SignedIn"])),
)]
pub async fn read(State(app): State<App>, who: Settled, Path(id): Path<JobId>) -> Result<Json<JobView>, Problem> {
    let own = |job: &Job| {
        let by_staff = job.actor.role.is_staff();
        match &who.account {
            Some(account) => !by_staff && job.company == Some(account.company),
            None => by_staff && Permission::StaffRead.held_by(who.who.role),
        }
    };
    let job = app.table.job(id).await?.filter(own).ok_or_else(Problem::not_found)?;
    let failed = if job.failures == 0 { Vec::new() } else { app.table.job_failures(id).await? };
    Ok(Json(JobView::of(job, failed)))
}

/// Takes back what a job changed, and nothing else: a card that was changed since stays as it is. Once for each job.
#[utoipa::path(
    post, path = "/v1/jobs/{id}/undo", tag = "cards", operation_id = "undo_job",
    params(("id" = JobId, Path)), request_body = Option<NothingAsk>, responses((status = 202, body = JobStarted)),
    security(("session" = ["ManageCards"])),
)]
pub async fn undo(
    State(app): State<App>,
    who: Client<grant::ManageCards>,
    Path(id): Path<JobId>,
    OptionalJson(NothingAsk {}): OptionalJson<NothingAsk>,
) -> Result<(StatusCode, Json<JobStarted>), Problem> {
    let own = |job: &Job| !job.actor.role.is_staff() && job.company == Some(who.company);
    let of = app.table.job(id).await?.filter(own).ok_or_else(Problem::not_found)?;
    if !of.work.has_undo() {
        return Err(Problem::conflict("no_undo", "this cannot be taken back at once"));
    }
    if of.undone_by.is_some() {
        return Err(Problem::conflict("already_undone", "this was taken back already"));
    }
    let new = JobId::new(Uuid::new_v4());
    let job = Job::new(new, who.company, who.actor(), Work::Undo { of: id }, of.changed, app.clock.now());
    match app.table.start_undo(&job, id).await? {
        UndoStarted::Started => Ok((StatusCode::ACCEPTED, Json(JobStarted::of(&job)))),
        UndoStarted::Suspended => Err(Problem::company_suspended()),
        UndoStarted::NotNow => Err(Problem::conflict("job_running", "this is not over yet")),
    }
}
