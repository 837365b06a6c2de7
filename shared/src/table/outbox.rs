//! Mail to send: a row written with its cause, carrying intent and never a secret.

use super::Table;
use super::error::{StoreError, failed};
use super::item::{Item, Json, find, get};
use super::key::{self, Key};
use super::notices::Notice;
use super::write::Values;
use crate::domain::facts::Fact;
use crate::domain::ids::{DisputeId, JobId, MessageId, RequestId, TicketId};
use crate::domain::notice::Event;
use crate::domain::text::{Email, Identifier};
use crate::domain::{CardNumber, UserId};
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whom to tell what. Secrets are minted when the mail is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "intent", rename_all = "snake_case")]
pub enum Intent {
    /// A link to set the first password.
    Activation {
        /// Whose.
        user: UserId,
    },
    /// The password was changed.
    PasswordChanged {
        /// Whose.
        user: UserId,
    },
    /// Somebody forgot the password; not yet known whether there is anybody.
    RecoveryAsked {
        /// What was typed.
        identifier: Identifier,
    },
    /// Somebody has neither password nor mailbox; not yet known whether there is anybody.
    ClaimFiled(super::claims::FiledClaim),
    /// Links to get in again, one for each person with this address.
    RecoveryLink {
        /// The registered address.
        to: Email,
        /// Whose links.
        links: Vec<LinkTo>,
    },
    /// Somebody got in again with a password of their choice.
    Recovered {
        /// Who.
        user: UserId,
    },
    /// The registered address was changed at the desk.
    EmailChanged {
        /// Whose.
        user: UserId,
        /// The one that was registered, which is told.
        old: Email,
    },
    /// A password for one sign-in.
    OneTimePassword {
        /// Whose.
        user: UserId,
        /// The person's epoch that it is meant for.
        epoch: u32,
    },
    /// Somebody's way in was made anew.
    CredentialsReissued {
        /// An owner, who is told.
        user: UserId,
        /// Whose it is.
        about: UserId,
    },
    /// Somebody wrote to the administration.
    Message {
        /// What.
        message: MessageId,
    },
    /// A fill was declined; whom its company chose to tell is read when this is taken up.
    DeclineNotice(Declined),
    /// Something happened; whom it concerns and who wants to hear of it is read when this is taken up.
    Notice(Notice),
    /// Something happened: to one of those who want mail of it.
    Notify {
        /// Who is told.
        user: UserId,
        /// What.
        event: Event,
        /// When it happened.
        at: DateTime<Utc>,
    },
    /// Nobody answers a ticket: to the one on call.
    TicketWaits {
        /// Which.
        ticket: TicketId,
        /// The wait that is told of, by its beginning.
        since: DateTime<Utc>,
    },
    /// A dispute's last day has come: to the one on call.
    DisputeDue {
        /// Which.
        dispute: DisputeId,
    },
}

impl Intent {
    /// The person to write to; `None` where it is not yet known, or where there are several.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Activation { user }
            | Self::PasswordChanged { user }
            | Self::Recovered { user }
            | Self::EmailChanged { user, .. }
            | Self::OneTimePassword { user, .. }
            | Self::CredentialsReissued { user, .. }
            | Self::Notify { user, .. } => Some(*user),
            Self::RecoveryAsked { .. }
            | Self::ClaimFiled(_)
            | Self::RecoveryLink { .. }
            | Self::Message { .. }
            | Self::DeclineNotice(_)
            | Self::Notice(_)
            | Self::TicketWaits { .. }
            | Self::DisputeDue { .. } => None,
        }
    }
}

/// A declined fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// On which card.
    pub card: CardNumber,
    /// The terminal's number of it.
    pub request: RequestId,
}

/// A link to get in again that is to be minted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkTo {
    /// Whose.
    pub user: UserId,
    /// The facts that were typed to ask for it, which do not count.
    pub typed: Vec<Fact>,
}

/// A mail taken for sending.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// Its id.
    pub id: Uuid,
    /// What it is to say.
    pub intent: Intent,
    /// Attempts so far, this one included.
    pub attempts: u32,
}

/// What waits in the outbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Mail to send.
    pub mails: Vec<Uuid>,
    /// Jobs to go on with, unless somebody does.
    pub jobs: Vec<JobId>,
}

/// How long a mail is being sent before another attempt may take it.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Attempts before a mail is parked.
pub const ATTEMPTS_MAX: u32 = 6;
/// How long a sent mail's row stays.
pub(super) const KEEP: TimeDelta = TimeDelta::days(30);

pub(super) const QUEUED: &str = "queued";
pub(super) const SENT: &str = "sent";
const PARKED: &str = "parked";
/// Nobody wanted it any more when it was to be sent.
const UNWANTED: &str = "unwanted";

pub(super) fn row(intent: &Intent, now: DateTime<Utc>) -> Item {
    key::mail(Uuid::new_v4())
        .build()
        .with("intent", Json(intent.clone()))
        .with("mail_state", QUEUED.to_owned())
        .with("attempts", 0u32)
        .with("queued_at", now)
        .with("lease_until", now)
        .item()
}

impl Table {
    /// Takes a mail for sending, unless it is sent, parked or being sent.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take_mail(&self, id: Uuid, now: DateTime<Utc>) -> Result<Option<MailRow>, StoreError> {
        let key = key::mail(id);
        let values = Values::none()
            .with("until", now + LEASE)
            .with("now", now)
            .with("one", 1u32)
            .with("queued", QUEUED.to_owned());
        let taken = self
            .update_in(
                &self.outbox,
                &key,
                "SET #lease_until = :until ADD #attempts :one",
                "#mail_state = :queued AND #lease_until <= :now",
                values,
            )
            .await?;
        if !taken {
            return Ok(None);
        }
        let row = self.row_in(&self.outbox, &key).await?.ok_or(StoreError::Corrupt("mail"))?;
        // Whoever held it before was slow, and has ended it since.
        if get::<String>(&row, "mail_state")? != QUEUED {
            return Ok(None);
        }
        let attempts = get(&row, "attempts")?;
        match get(&row, "intent") {
            Ok(Json(intent)) => Ok(Some(MailRow { id, intent, attempts })),
            // Of another version: a later one may read it, so it is tried as often as a letter is.
            Err(error) if attempts >= ATTEMPTS_MAX => {
                tracing::error!(%error, mail = %id, "a mail that nobody can read is parked");
                self.park_mail(id, now).await.map(|()| None)
            }
            Err(error) => Err(error),
        }
    }

    /// Marks a mail as sent.
    ///
    /// # Errors
    /// When the store does not answer; the mail may then be sent twice.
    pub async fn mark_sent(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.end_mail(id, SENT, now).await
    }

    /// Puts a mail aside that cannot be sent.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn park_mail(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.end_mail(id, PARKED, now).await
    }

    /// Ends a mail that nobody wants any more.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn drop_mail(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.end_mail(id, UNWANTED, now).await
    }

    async fn end_mail(&self, id: Uuid, state: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let values =
            Values::none().with("state", state.to_owned()).with("ttl", (now + KEEP).timestamp()).with("now", now);
        let update = "SET #mail_state = :state, #ttl = :ttl, #ended_at = :now";
        self.update_in(&self.outbox, &key::mail(id), update, "attribute_exists(#pk)", values).await.map(|_| ())
    }

    /// Gives a mail back for another attempt at `at`.
    ///
    /// # Errors
    /// When the store does not answer; the lease then runs out by itself.
    pub async fn return_mail(&self, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
        let values = Values::none().with("at", at);
        let update = "SET #lease_until = :at";
        self.update_in(&self.outbox, &key::mail(id), update, "attribute_exists(#pk)", values).await.map(|_| ())
    }

    /// Mail that waits and that nobody is sending, and jobs that wake somebody, at most `limit` of both. For the scheduler
    /// alone: it scans the outbox.
    ///
    /// # Errors
    /// When the store does not answer.
    #[allow(clippy::disallowed_methods)] // the scheduler's one scan: the outbox is short-lived
    pub async fn waiting(&self, now: DateTime<Utc>, limit: usize) -> Result<Waiting, StoreError> {
        let mut found = Waiting::default();
        let mut start = None;
        let waits = "(#mail_state = :queued OR attribute_exists(#job)) AND #lease_until <= :now";
        loop {
            let answer = self
                .client
                .scan()
                .table_name(&*self.outbox)
                .filter_expression(waits)
                .set_expression_attribute_names(super::write::names(&[waits]))
                .set_expression_attribute_values(
                    Values::none().with("queued", QUEUED.to_owned()).with("now", now).map(),
                )
                .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(failed)?;
            for item in answer.items() {
                let pk: String = get(item, "pk")?;
                found.mails.extend(pk.strip_prefix("MAIL#").and_then(|id| id.parse::<Uuid>().ok()));
                found.jobs.extend(pk.strip_prefix("JOB#").and_then(|id| id.parse::<JobId>().ok()));
            }
            start = answer.last_evaluated_key;
            if start.is_none() || found.mails.len() + found.jobs.len() >= limit {
                found.mails.truncate(limit);
                found.jobs.truncate(limit);
                return Ok(found);
            }
        }
    }

    /// The state of a mail's row, for tests and the local page.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn mail_state(&self, id: Uuid) -> Result<Option<String>, StoreError> {
        let key: Key = key::mail(id);
        self.row_in(&self.outbox, &key).await?.map_or(Ok(None), |row| find(&row, "mail_state"))
    }
}
