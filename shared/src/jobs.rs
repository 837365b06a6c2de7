//! Long work, done chunk by chunk by the `worker`: what it is, how far it is, what came of it.
//!
//! A chunk is one write: what it does, and the job's row one step on. Whoever does the next step needs the lease and the step
//! before, so a job that is cut off anywhere goes on from there, and nothing is done twice.

use crate::domain::budget::Portion;
use crate::domain::ids::JobId;
use crate::domain::papers::Month;
use crate::domain::people::Actor;
use crate::domain::rules::Rules;
use crate::domain::text::{Note, TemplateName};
use crate::domain::{CardNumber, CompanyId};
use crate::fleet::Marks;
use crate::table::{FleetFilter, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a job does. A new kind is a variant here, its name, and its step in the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum Work {
    /// Sets marks on those cards that a filter wants.
    Mark {
        /// Which cards.
        filter: FleetFilter,
        /// The company's day when it was asked, which the filter goes by.
        today: NaiveDate,
        /// What is set.
        marks: Marks,
        /// Why, for the journal.
        reason: Option<Note>,
    },
    /// Takes back what another job changed.
    Undo {
        /// Which job.
        of: JobId,
    },
    /// Gives cards the rules of a template as it was when it was asked.
    Rules {
        /// What the template is called.
        name: TemplateName,
        /// What it gives.
        rules: Rules,
        /// These cards; all that the filter wants where it names none.
        numbers: Option<Vec<CardNumber>>,
        /// Which cards.
        filter: FleetFilter,
    },
    /// Gives cards their shares of the budget, as written down when it was asked.
    Shares {
        /// Shares to write.
        shares: u32,
    },
    /// Moves every purse card's version after a suspension or a closing, so that nothing decided before it is approved.
    MovePurses {
        /// The turn of the company's status.
        turn: u32,
    },
    /// Closes every company's months up to one.
    CloseMonths {
        /// The last one to close.
        month: Month,
    },
}

impl Work {
    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mark { marks: Marks { block: Some(block), .. }, .. } if block.on => "cards_block",
            Self::Mark { marks: Marks { block: Some(_), .. }, .. } => "cards_unblock",
            Self::Mark { .. } => "cards_group",
            Self::Undo { .. } => "undo",
            Self::Rules { .. } => "cards_rules",
            Self::Shares { .. } => "budget_shares",
            Self::MovePurses { .. } => "purses_stop",
            Self::CloseMonths { .. } => "months_close",
        }
    }

    /// Whether another job can take it back: what it sets are marks.
    pub fn has_undo(&self) -> bool {
        matches!(self, Self::Mark { .. } | Self::Undo { .. })
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nobody has begun it.
    Queued,
    /// Begun, and going on even after an interruption.
    Running,
    /// Gone through to the end.
    Done,
    /// Given up; what was done stays done.
    Failed,
}

impl JobState {
    /// Whether nothing comes any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// A job as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose cards it is about; none for work on all companies.
    pub company: Option<CompanyId>,
    /// Who started it.
    pub actor: Actor,
    /// What it does.
    pub work: Work,
    /// Where it stands.
    pub state: JobState,
    /// Cards that it has gone through.
    pub done: u32,
    /// Cards to go through: as counted when it was asked, and at the end as many as there were.
    pub total: u32,
    /// Cards that it changed.
    pub changed: u32,
    /// Cards that could not be as asked.
    pub failures: u32,
    /// Steps so far: the condition of the next one.
    pub steps: u32,
    /// Where the next step begins, in the work's own words; `None` at the beginning.
    pub cursor: Option<String>,
    /// Attempts since the last step.
    pub tries: u32,
    /// How often it was handed to a worker, which names the row of the outbox that wakes one.
    pub wakes: u32,
    /// Why it was given up: a stable code.
    pub code: Option<String>,
    /// The job that takes it back.
    pub undone_by: Option<JobId>,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
    /// When it was over.
    pub finished_at: Option<DateTime<Utc>>,
}

impl Job {
    /// A job to start.
    pub fn new(
        id: JobId,
        company: impl Into<Option<CompanyId>>,
        actor: Actor,
        work: Work,
        total: u32,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            company: company.into(),
            actor,
            work,
            state: JobState::Queued,
            done: 0,
            total,
            changed: 0,
            failures: 0,
            steps: 0,
            cursor: None,
            tries: 0,
            wakes: 0,
            code: None,
            undone_by: None,
            created_at: now,
            finished_at: None,
        }
    }

    /// Whose cards it is about.
    ///
    /// # Errors
    /// For work that is about no one company's.
    pub fn company(&self) -> Result<CompanyId, StoreError> {
        self.company.ok_or(StoreError::Corrupt("company"))
    }

    /// The job after a step at `now`.
    #[must_use]
    pub fn after(&self, step: &Step, now: DateTime<Utc>) -> Self {
        let count = |cards: usize| u32::try_from(cards).unwrap_or(u32::MAX);
        let done = self.done.saturating_add(step.cards);
        Self {
            state: if step.is_last { JobState::Done } else { JobState::Running },
            done,
            // Cards come and go meanwhile: at the end it is what it went through.
            total: if step.is_last { done } else { self.total.max(done) },
            changed: self.changed.saturating_add(count(step.changed.len())),
            failures: self.failures.saturating_add(count(step.failed.len())),
            steps: self.steps.saturating_add(1),
            cursor: step.cursor.clone(),
            tries: 0,
            finished_at: step.is_last.then_some(now),
            ..self.clone()
        }
    }
}

/// What one step did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// Cards gone through.
    pub cards: u32,
    /// Those that changed, kept to be taken back.
    pub changed: Vec<ChangedCard>,
    /// Those that could not be as asked.
    pub failed: Vec<FailedCard>,
    /// Where the next step begins.
    pub cursor: Option<String>,
    /// Whether there is none.
    pub is_last: bool,
}

/// A card that a step changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedCard {
    /// Which.
    pub number: CardNumber,
    /// What stood on it before.
    pub was: Marks,
    /// What it is called since then, if that changed.
    pub now: Marks,
}

impl ChangedCard {
    /// One that was changed otherwise than in its marks.
    pub fn unmarked(number: CardNumber) -> Self {
        Self { number, was: Marks::default(), now: Marks::default() }
    }
}

/// A share that a job is to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedShare {
    /// The card.
    #[serde(rename = "n")]
    pub number: CardNumber,
    /// Its share.
    #[serde(flatten)]
    pub portion: Portion,
}

/// A card that could not be as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FailedCard {
    /// Which.
    pub number: CardNumber,
    /// Why not: `card_closed`, `blocked_by_staff`, `not_found`; in an undo `changed_since`; of a share `card_is_a_purse`,
    /// `share_below_use`, `over_distributed`.
    pub code: String,
}
