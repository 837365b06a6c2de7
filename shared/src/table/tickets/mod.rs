//! Tickets: the row that says whose turn it is, a row for each message, and how far each person has read.

mod queue;
mod seen;

use super::Table;
use super::entries::EntryKey;
use super::error::{StoreError, TransactionOutcome, failed};
use super::item::{Item, Json, find, get};
use super::key::{self, Key, index};
use super::once::Once;
use super::outbox::{self, Intent};
use super::read::Query;
use super::rows::posted;
use super::stations::refused_is_false;
use super::write::{Values, Write, names};
use crate::domain::ids::{TicketId, WriteId};
use crate::domain::people::Role;
use crate::domain::text::{MessageText, Subject};
use crate::domain::ticket::{MESSAGES_MAX, Thread, TicketState, Topic};
use crate::domain::{CardNumber, CompanyId, UserId};
use crate::journal::Act;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, ReturnValue};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A conversation of a company with OKTAN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// Whose.
    pub company: CompanyId,
    /// What people call it by; given in turn, from 1, and not every number is given.
    pub number: u32,
    /// What it is for.
    pub topic: Topic,
    /// What it is about.
    pub subject: Subject,
    /// The card that it is about.
    pub card: Option<CardNumber>,
    /// The purchase, the decline or another line of history that it is about.
    pub entry: Option<EntryKey>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// Whose turn it is.
    pub thread: Thread,
    /// For which wait the one on call was told: its beginning.
    pub told: Option<DateTime<Utc>>,
    /// Moves by every write.
    pub version: u64,
}

/// A message of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketMessage {
    /// Its number, from 1.
    pub n: u32,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: UserId,
    /// Their role then.
    pub role: Role,
    /// What they wrote.
    pub body: MessageText,
}

/// What was written under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// In which ticket.
    pub ticket: TicketId,
    /// The message's number.
    pub n: u32,
}

/// How a writing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is there.
    Done,
    /// It was written before under this key.
    Before(Said),
    /// The key was used with another body.
    KeyReused,
    /// Something else was written meanwhile: read again.
    Moved,
}

impl Ticket {
    fn item(&self, version: u64) -> Item {
        let (thread, id) = (&self.thread, self.id.to_string());
        let waits = thread.waits_since.filter(|_| thread.state == TicketState::Waiting);
        key::ticket(self.id)
            .build()
            .with("company", self.company)
            .with("ticket_number", self.number)
            .with("topic", Json(self.topic))
            .with("subject", self.subject.clone())
            .maybe("about_card", self.card.clone())
            .maybe("about_entry", self.entry.as_ref().map(EntryKey::to_text))
            .with("created_at", self.created_at)
            .with("thread", Json(thread.clone()))
            .maybe("told", self.told)
            .with("version", version)
            .with("gsi1pk", index::tickets_of(self.company))
            .with("gsi1sk", posted(thread.last_at, &id))
            .with("gsi2pk", index::tickets(thread.state))
            .with("gsi2sk", posted(waits.unwrap_or(thread.last_at), &id))
            .item()
    }

    fn read(item: &Item) -> Result<Self, StoreError> {
        let pk: String = get(item, "pk")?;
        let (Json(topic), Json(thread)) = (get(item, "topic")?, get(item, "thread")?);
        let entry: Option<String> = find(item, "about_entry")?;
        Ok(Self {
            id: pk.trim_start_matches("TICKET#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
            company: get(item, "company")?,
            number: get(item, "ticket_number")?,
            topic,
            subject: get(item, "subject")?,
            card: find(item, "about_card")?,
            entry: entry
                .map(|text| EntryKey::from_text(&text).ok_or(StoreError::Corrupt("about_entry")))
                .transpose()?,
            created_at: get(item, "created_at")?,
            thread,
            told: find(item, "told")?,
            version: get(item, "version")?,
        })
    }
}

impl TicketMessage {
    fn item(&self, ticket: TicketId) -> Item {
        key::ticket_message(ticket, self.n)
            .build()
            .with("at", self.at)
            .with("by", self.by)
            .with("role", Json(self.role))
            .with("body", self.body.clone())
            .item()
    }

    fn read(item: &Item) -> Result<Self, StoreError> {
        let sk: String = get(item, "sk")?;
        let Json(role) = get(item, "role")?;
        Ok(Self {
            n: sk.trim_start_matches("MESSAGE#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
            at: get(item, "at")?,
            by: get(item, "by")?,
            role,
            body: get(item, "body")?,
        })
    }
}

impl Table {
    /// A number that no other ticket has; one that is not used after all is nobody's.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take_ticket_number(&self) -> Result<u32, StoreError> {
        self.take_number(&key::ticket_number()).await
    }

    /// The next number of a count.
    pub(super) async fn take_number(&self, of: &Key) -> Result<u32, StoreError> {
        let update = "ADD #last :one";
        let answer = self
            .client
            .update_item()
            .table_name(&*self.cabinet)
            .set_key(Some(of.item()))
            .update_expression(update)
            .set_expression_attribute_names(names(&[update]))
            .set_expression_attribute_values(Values::none().with("one", 1u32).map())
            .return_values(ReturnValue::UpdatedNew)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(failed)?;
        self.meter.wrote(answer.consumed_capacity());
        get(&answer.attributes.unwrap_or_default(), "last")
    }

    /// Begins a ticket with its first message, once per key: never [`Written::Moved`].
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn open_ticket(
        &self,
        ticket: &Ticket,
        first: &TicketMessage,
        once: Option<&Once>,
        act: &Act,
    ) -> Result<Written, StoreError> {
        let write = Write::default().create(self, ticket.item(1)).create(self, first.item(ticket.id));
        let write = self.remember(write, ticket.id, first, once);
        match self.commit_act(Some(ticket.company), act, write).await {
            Ok(()) => Ok(Written::Done),
            Err(StoreError::Refused { .. }) => self.said_before(first.by, once).await?.ok_or(StoreError::Busy),
            Err(error) => Err(error),
        }
    }

    /// Writes a message, once per key: the ticket as it is after it, and what tells of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn write_in_ticket(
        &self,
        after: &Ticket,
        message: &TicketMessage,
        once: Option<&Once>,
        told: Option<&Intent>,
    ) -> Result<Written, StoreError> {
        if let Some(before) = self.said_before(message.by, once).await? {
            return Ok(before);
        }
        let write = self.replace_ticket(after).create(self, message.item(after.id));
        let write = told.iter().fold(write, |write, told| write.mail(self, outbox::row(told, message.at)));
        let write = self.remember(write, after.id, message, once);
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(Written::Done),
            Err(TransactionOutcome::Refused(_) | TransactionOutcome::Conflict) => {
                Ok(self.said_before(message.by, once).await?.unwrap_or(Written::Moved))
            }
            Err(TransactionOutcome::Failed(error)) => Err(error),
        }
    }

    /// Writes what became of a ticket without a message; `false` if something was written meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn change_ticket(&self, after: &Ticket, act: &Act) -> Result<bool, StoreError> {
        refused_is_false(self.commit_act(Some(after.company), act, self.replace_ticket(after)).await)
    }

    /// A ticket.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        self.row(&key::ticket(id)).await?.as_ref().map(Ticket::read).transpose()
    }

    /// What was said in a ticket, the first first; it has at most two hundred messages.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ticket_messages(&self, id: TicketId) -> Result<Vec<TicketMessage>, StoreError> {
        let (mut messages, mut start) = (Vec::new(), None);
        loop {
            let (rows, last) = self
                .query(Query {
                    index: None,
                    condition: "#pk = :pk AND begins_with(#sk, :messages)",
                    filter: None,
                    values: Values::none().with("pk", key::ticket(id).pk).with("messages", "MESSAGE#".to_owned()),
                    newest_first: false,
                    limit: MESSAGES_MAX as usize,
                    start,
                })
                .await?;
            messages.extend(rows.iter().map(TicketMessage::read).collect::<Result<Vec<_>, _>>()?);
            start = last;
            if start.is_none() {
                return Ok(messages);
            }
        }
    }

    /// One message of a ticket.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ticket_message(&self, id: TicketId, n: u32) -> Result<Option<TicketMessage>, StoreError> {
        self.row(&key::ticket_message(id, n)).await?.as_ref().map(TicketMessage::read).transpose()
    }

    fn replace_ticket(&self, after: &Ticket) -> Write {
        let unmoved = Values::none().with("was", after.version);
        Write::default().replace_if(self, after.item(after.version.saturating_add(1)), "#version = :was", unmoved)
    }

    fn remember(&self, write: Write, ticket: TicketId, message: &TicketMessage, once: Option<&Once>) -> Write {
        let Some(once) = once else { return write };
        let used = once.used(&said_key(message.by, once), message.at).with("ticket", ticket).with("n", message.n);
        write.create(self, used.item())
    }

    /// What was written under a key: [`Written::Before`], or [`Written::KeyReused`] if it was something else.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn said_before(&self, by: UserId, once: Option<&Once>) -> Result<Option<Written>, StoreError> {
        let Some(once) = once else { return Ok(None) };
        let Some(row) = self.row(&said_key(by, once)).await? else { return Ok(None) };
        if !once.is(&row)? {
            return Ok(Some(Written::KeyReused));
        }
        Ok(Some(Written::Before(Said { ticket: get(&row, "ticket")?, n: get(&row, "n")? })))
    }
}

fn said_key(by: UserId, once: &Once) -> key::Key {
    key::idempotency(&format!("TICKETS#{by}"), &once.key)
}
