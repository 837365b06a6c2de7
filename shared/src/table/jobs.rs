//! Jobs: a row that says how far it is, rows of what it changed and of what failed, and a row of the outbox that wakes a
//! worker.

use super::Table;
use super::error::{StoreError, TransactionOutcome};
use super::item::{Build, Item, Json, find, get};
use super::key;
use super::read::Query;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::ids::{JobId, WriteId};
use crate::jobs::{ChangedCard, FailedCard, Job, JobState, Step};
use crate::journal::Act;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long a worker that says nothing keeps a job. Each step begins it anew.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// How long a job's rows stay.
pub(super) const KEEP: TimeDelta = TimeDelta::days(90);
/// Rows of failures read at once.
const PAGE: usize = 100;

/// A job in a worker's hands.
#[derive(Debug, Clone)]
pub struct Leased {
    /// The job as it stands.
    pub job: Job,
    lease: String,
}

/// How a step ended.
#[derive(Debug)]
pub enum Stepped {
    /// Written: the job one step on.
    Done(Box<Leased>),
    /// Somebody else has the job.
    Lost,
    /// The condition of this item of the work failed, and nothing was written.
    Refused {
        /// Which.
        index: usize,
    },
}

/// Whether a job that takes another one back was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoStarted {
    /// It was.
    Started,
    /// The other one is not over, or is taken back already.
    NotNow,
    /// The company is not active.
    Suspended,
}

fn job_item(job: &Job) -> Build {
    key::job(job.id)
        .build()
        .maybe("company", job.company)
        .with("actor", Json(job.actor.clone()))
        .with("work", Json(job.work.clone()))
        .with("job_state", Json(job.state))
        .with("done", job.done)
        .with("total", job.total)
        .with("changed", job.changed)
        .with("failures", job.failures)
        .with("steps", job.steps)
        .with("tries", job.tries)
        .with("wakes", job.wakes)
        .with("created_at", job.created_at)
        .with("ttl", (job.created_at + KEEP).timestamp())
}

fn read(row: &Item) -> Result<Job, StoreError> {
    let pk: String = get(row, "pk")?;
    let Json(actor) = get(row, "actor")?;
    let Json(work) = get(row, "work")?;
    let Json(state) = get(row, "job_state")?;
    Ok(Job {
        id: pk.trim_start_matches("JOB#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        company: find(row, "company")?,
        actor,
        work,
        state,
        done: get(row, "done")?,
        total: get(row, "total")?,
        changed: get(row, "changed")?,
        failures: get(row, "failures")?,
        steps: get(row, "steps")?,
        cursor: find(row, "cursor")?,
        tries: get(row, "tries")?,
        wakes: get(row, "wakes")?,
        code: find(row, "code")?,
        undone_by: find(row, "undone_by")?,
        created_at: get(row, "created_at")?,
        finished_at: find(row, "finished_at")?,
    })
}

impl Table {
    /// A job's rows, for the write that starts it: the job and what wakes a worker.
    pub(super) fn with_job(&self, write: Write, job: &Job) -> Write {
        let row = job_item(job).with("lease_until", job.created_at).item();
        self.with_wake(write.create(self, row), job.id, 0, job.created_at)
    }

    fn with_wake(&self, write: Write, id: JobId, wake: u32, now: DateTime<Utc>) -> Write {
        write.mail(self, key::wake(id, wake).build().with("job", id).with("lease_until", now).item())
    }

    /// Starts a job of a client's; `false`: its company is not active.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn start_job(&self, job: &Job) -> Result<bool, StoreError> {
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let account = key::account(job.company()?);
        let write = Write::default().require(self, &account, "#account_status = :active", active);
        match self.commit(self.with_job(write, job), WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(true),
            Err(TransactionOutcome::Refused(_)) => Ok(false),
            Err(outcome) => Err(outcome.into_error()),
        }
    }

    /// Starts a job that takes `of` back, if that is over and nobody did.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn start_undo(&self, job: &Job, of: JobId) -> Result<UndoStarted, StoreError> {
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let values = Values::none()
            .with("by", job.id)
            .with("over", Json(JobState::Done))
            .with("given_up", Json(JobState::Failed));
        let first = "attribute_not_exists(#undone_by) AND #job_state IN (:over, :given_up)";
        let write = Write::default()
            .require(self, &key::account(job.company()?), "#account_status = :active", active)
            .update(self, &key::job(of), "SET #undone_by = :by", first, values);
        match self.commit(self.with_job(write, job), WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(UndoStarted::Started),
            Err(TransactionOutcome::Refused(refused)) if refused.iter().any(|(index, _)| *index == 0) => {
                Ok(UndoStarted::Suspended)
            }
            Err(TransactionOutcome::Refused(_)) => Ok(UndoStarted::NotNow),
            Err(outcome) => Err(outcome.into_error()),
        }
    }

    /// A job; `None` also when it was long ago.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        self.row(&key::job(id)).await?.as_ref().map(read).transpose()
    }

    /// The cards that a job could not make as asked.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn job_failures(&self, id: JobId) -> Result<Vec<FailedCard>, StoreError> {
        let (mut failures, mut start) = (Vec::new(), None);
        loop {
            let values = Values::none().with("pk", key::job(id).pk).with("prefix", "FAILED#".to_owned());
            let condition = "#pk = :pk AND begins_with(#sk, :prefix)";
            let (rows, last) = self.query(rows_of_job(condition, values, PAGE, start)).await?;
            for row in &rows {
                let Json(failed): Json<Vec<FailedCard>> = get(row, "failed")?;
                failures.extend(failed);
            }
            start = last;
            if start.is_none() {
                return Ok(failures);
            }
        }
    }

    /// What the first step of a job after the `after`-th that changed anything changed, and which step that was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn job_changes(&self, id: JobId, after: u32) -> Result<Option<(u32, Vec<ChangedCard>)>, StoreError> {
        let (from, to) = (key::job_changes(id, after.saturating_add(1)), key::job_changes(id, u32::MAX));
        let values = Values::none().with("pk", from.pk).with("from", from.sk).with("to", to.sk);
        let (rows, _) = self.query(rows_of_job("#pk = :pk AND #sk BETWEEN :from AND :to", values, 1, None)).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let sk: String = get(row, "sk")?;
        let step = sk.trim_start_matches("CHUNK#").parse().map_err(|_| StoreError::Corrupt("sk"))?;
        let Json(changed) = get(row, "changed")?;
        Ok(Some((step, changed)))
    }

    /// Takes a job, unless it is over or in other hands.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take_job(&self, id: JobId, now: DateTime<Utc>) -> Result<Option<Leased>, StoreError> {
        let lease = Uuid::new_v4().to_string();
        let values = Values::none()
            .with("lease", lease.clone())
            .with("until", now + LEASE)
            .with("now", now)
            .with("one", 1u32)
            .with("queued", Json(JobState::Queued))
            .with("running", Json(JobState::Running));
        let update = "SET #lease = :lease, #lease_until = :until, #job_state = :running ADD #tries :one";
        let free = "#job_state IN (:queued, :running) AND #lease_until <= :now";
        if !self.update_in(&self.cabinet, &key::job(id), update, free, values).await? {
            return Ok(None);
        }
        let row = self.row(&key::job(id)).await?.ok_or(StoreError::Corrupt("job"))?;
        // Somebody may have taken it over since, if this worker slept through its lease.
        let own = find::<String>(&row, "lease")?.is_some_and(|holder| holder == lease);
        Ok(if own { Some(Leased { job: read(&row)?, lease }) } else { None })
    }

    /// Writes a step: what it does (`work`, at most 90 items beside an act), the act, the job one step on, what changed and
    /// what failed; with the last one the row that wakes a worker goes.
    ///
    /// # Errors
    /// When the store does not answer; the step may have been written.
    pub(super) async fn commit_step(
        &self,
        leased: &Leased,
        step: &Step,
        act: Option<&Act>,
        work: Write,
        now: DateTime<Utc>,
    ) -> Result<Stepped, StoreError> {
        let next = leased.job.after(step, now);
        let write = self.moved_on(leased, &next, now).and(self.kept(&next, step));
        let own = write.len();
        let whole = write.and(work);
        let outcome = match act {
            Some(act) => self.commit_act(next.company, act, whole).await,
            None => self.commit(whole, WriteId::new(Uuid::new_v4())).await.map_err(TransactionOutcome::into_error),
        };
        match outcome {
            Ok(()) => Ok(Stepped::Done(Box::new(Leased { job: next, lease: leased.lease.clone() }))),
            Err(StoreError::Refused { index }) => Ok(match index.checked_sub(own) {
                Some(index) => Stepped::Refused { index },
                None => Stepped::Lost,
            }),
            Err(error) => Err(error),
        }
    }

    /// Gives a job up; what it did stays done. `false`: somebody else has it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fail_job(&self, leased: &Leased, code: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let job = &leased.job;
        let (code, finished_at) = (Some(code.to_owned()), Some(now));
        let next =
            Job { state: JobState::Failed, code, finished_at, steps: job.steps.saturating_add(1), ..job.clone() };
        self.commit_own(self.moved_on(leased, &next, now)).await
    }

    /// Gives a job back before it is over, and wakes a worker for the rest. `false`: somebody else has it.
    ///
    /// # Errors
    /// When the store does not answer; the lease then runs out by itself.
    pub async fn return_job(&self, leased: &Leased, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let job = &leased.job;
        let wakes = job.wakes.saturating_add(1);
        let values = self.held(leased).with("now", now).with("wakes", wakes);
        let write = Write::default()
            .update(self, &key::job(job.id), "SET #lease_until = :now, #wakes = :wakes", HELD, values)
            .remove_mail(self, &key::wake(job.id, job.wakes));
        self.commit_own(self.with_wake(write, job.id, wakes, now)).await
    }

    async fn commit_own(&self, write: Write) -> Result<bool, StoreError> {
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(true),
            Err(TransactionOutcome::Refused(_)) => Ok(false),
            Err(outcome) => Err(outcome.into_error()),
        }
    }

    fn held(&self, leased: &Leased) -> Values {
        Values::none()
            .with("lease", leased.lease.clone())
            .with("step", leased.job.steps)
            .with("running", Json(JobState::Running))
    }

    /// The job as it shall be, for who holds it at this step; over, it wakes nobody any more.
    fn moved_on(&self, leased: &Leased, next: &Job, now: DateTime<Utc>) -> Write {
        let until = if next.state.is_over() { now } else { now + LEASE };
        let row = job_item(next)
            .maybe("cursor", next.cursor.clone())
            .maybe("code", next.code.clone())
            .maybe("finished_at", next.finished_at)
            .with("lease", leased.lease.clone())
            .with("lease_until", until);
        let write = Write::default().replace_if(self, row.item(), HELD, self.held(leased));
        if next.state.is_over() { write.remove_mail(self, &key::wake(next.id, next.wakes)) } else { write }
    }

    /// What a step changed and what failed in it, each in a row of its own.
    fn kept(&self, next: &Job, step: &Step) -> Write {
        let ttl = (next.created_at + KEEP).timestamp();
        let mut write = Write::default();
        if !step.changed.is_empty() {
            let row = key::job_changes(next.id, next.steps).build().with("changed", Json(step.changed.clone()));
            write = write.create(self, row.with("ttl", ttl).item());
        }
        if !step.failed.is_empty() {
            let row = key::job_failures(next.id, next.steps).build().with("failed", Json(step.failed.clone()));
            write = write.create(self, row.with("ttl", ttl).item());
        }
        write
    }
}

/// Who may write a job's next step.
const HELD: &str = "#lease = :lease AND #steps = :step AND #job_state = :running";

fn rows_of_job(condition: &str, values: Values, limit: usize, start: Option<Item>) -> Query<'_> {
    Query { index: None, condition, filter: None, values, newest_first: false, limit, start }
}
