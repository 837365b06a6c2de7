//! What people are told of: a row of the outbox is written with its cause, and becomes a line of the bell and a mail for
//! each who wants them.

mod bell;
mod bounced;
mod companies;
mod preferences;
mod spread;

pub use bell::Told;
pub use bounced::Returned;
pub use companies::Announced;

use super::error::{StoreError, TransactionOutcome};
use super::outbox::{self, Intent};
use super::write::Write;
use super::{Position, Table};
use crate::domain::ids::WriteId;
use crate::domain::notice::Event;
use crate::domain::{CardNumber, CompanyId, UserId};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whom an event concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The people of a company whose roles the kind is for, but for whoever did it.
    Company {
        /// Which.
        id: CompanyId,
        /// Who did it.
        by: Option<UserId>,
        /// Those who follow this place in the list of its people.
        after: Option<Position>,
    },
    /// These.
    People(Vec<UserId>),
    /// Companies, as many as there may be: it is first divided into a notice for each.
    Companies {
        /// These; all if empty.
        only: Vec<CompanyId>,
        /// But not these.
        but: Vec<CompanyId>,
        /// Those that follow this place in the list of all.
        after: Option<Position>,
    },
}

/// An event to tell of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Whom.
    pub to: Audience,
    /// What.
    pub event: Event,
    /// When it happened.
    pub at: DateTime<Utc>,
}

impl Audience {
    /// Everybody of a company whose role the kind is for.
    pub fn company(id: CompanyId) -> Self {
        Self::Company { id, by: None, after: None }
    }
}

impl Notice {
    /// What a company's people are told of an act, if anything. Of many cards at once the first chunk tells.
    pub(super) fn of(company: CompanyId, act: &Act) -> Option<Self> {
        let by_staff = act.actor.role.is_staff();
        let card = || act.subject.strip_prefix("card ").and_then(|number| CardNumber::parse(number).ok());
        let event = match act.action.as_str() {
            "card.block" => Event::CardBlocked { card: card()?, by_staff },
            "exception.grant" => {
                let litres = act.after.get("litres")?.as_str()?.parse().ok()?;
                Event::ExceptionGranted { card: card()?, litres }
            }
            _ => return None,
        };
        Some(Self::to_others(company, act, event))
    }

    /// To a company's people, but for whoever did it.
    pub(super) fn to_others(company: CompanyId, act: &Act, event: Event) -> Self {
        Self { to: Audience::Company { id: company, by: Some(act.actor.user), after: None }, event, at: act.at }
    }

    /// To these people alone.
    pub fn to_people(people: Vec<UserId>, event: Event, at: DateTime<Utc>) -> Self {
        Self { to: Audience::People(people), event, at }
    }
}

impl Table {
    /// Turns a notice into lines of the bell and mails, each once however often this is done, and ends it; `rest` is told
    /// by a notice of its own, which the same write brings. People in `bells` and `mails`: at most 45 each.
    ///
    /// # Errors
    /// When the store does not answer; nothing is lost, it is done again.
    pub async fn settle_notice(
        &self,
        row: Uuid,
        notice: &Notice,
        bells: &[UserId],
        mails: &[UserId],
        rest: Option<Audience>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let write = self.ring(self.end_request(Write::default(), row, now), row, notice, bells, now);
        let write = mails.iter().fold(write, |write, user| {
            let intent = Intent::Notify { user: *user, event: notice.event.clone(), at: notice.at };
            write.mail(self, outbox::row(&intent, now))
        });
        let rest = rest.map(|to| Notice { to, ..notice.clone() });
        let write = with_notice(self, write, rest);
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            // Refused: somebody else settled it.
            Ok(()) | Err(TransactionOutcome::Refused(_)) => Ok(()),
            Err(outcome) => Err(outcome.into_error()),
        }
    }
}

/// Adds a notice to the write that makes it true.
pub(super) fn with_notice(table: &Table, write: Write, notice: Option<Notice>) -> Write {
    match notice {
        Some(notice) => write.mail(table, outbox::row(&Intent::Notice(notice.clone()), notice.at)),
        None => write,
    }
}
