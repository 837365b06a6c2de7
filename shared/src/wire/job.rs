//! A job as people see it.

use crate::domain::ids::JobId;
use crate::jobs::{FailedCard, Job, JobState};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Work that goes on after its call was answered.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct JobStarted {
    /// To be asked at `/v1/jobs/{id}`.
    pub job_id: JobId,
    /// Cards to go through.
    pub total: u32,
}

/// How far a job is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct JobView {
    id: JobId,
    /// `cards_block`, `cards_unblock`, `cards_group`, `cards_rules`, `budget_shares`, `undo`, `purses_stop`,
    /// `months_close`.
    kind: &'static str,
    state: JobState,
    /// Cards gone through.
    done: u32,
    /// Cards to go through, as counted when it was asked; at the end as many as there were.
    total: u32,
    /// Cards that it changed, which an undo takes back if the job has one: not of rules, which a card restores, or shares.
    changed: u32,
    /// Cards that could not be as asked.
    failed: Vec<FailedCard>,
    /// Why it was given up: `company_suspended`, `distribution_running`, `given_up`, `internal`.
    #[schema(required)]
    code: Option<String>,
    /// The job that takes it back.
    #[schema(required)]
    undone_by: Option<JobId>,
    created_at: DateTime<Utc>,
    #[schema(required)]
    finished_at: Option<DateTime<Utc>>,
}

impl JobStarted {
    /// What is told of a job that was just started.
    pub fn of(job: &Job) -> Self {
        Self { job_id: job.id, total: job.total }
    }
}

impl JobView {
    /// A job with the cards that failed.
    pub fn of(job: Job, failed: Vec<FailedCard>) -> Self {
        Self {
            id: job.id,
            kind: job.work.name(),
            state: job.state,
            done: job.done,
            total: job.total,
            changed: job.changed,
            failed,
            code: job.code,
            undone_by: job.undone_by,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}
