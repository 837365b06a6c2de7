//! What the public writes to the administration.

use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key::{self, index};
use super::outbox::{self, Intent};
use super::read::Query;
use super::rows::posted;
use super::schema::GSI1;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use super::{Position, Table};
use crate::domain::ids::{MessageId, WriteId};
use crate::domain::text::{Email, MessageText, PersonName, Phone};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How somebody wants to be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerBy {
    /// By mail to this address.
    Email(Email),
    /// By a call to this number.
    Phone(Phone),
}

/// A message to the administration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// When it came.
    pub at: DateTime<Utc>,
    /// Who wrote it, as they say.
    pub name: PersonName,
    /// How to answer.
    pub answer_by: AnswerBy,
    /// What they wrote.
    pub body: MessageText,
    /// When the staff put it aside, if they did.
    pub closed_at: Option<DateTime<Utc>>,
}

fn read(item: &Item) -> Result<Message, StoreError> {
    let pk: String = get(item, "pk")?;
    let Json(answer_by) = get(item, "answer_by")?;
    Ok(Message {
        id: pk.trim_start_matches("MESSAGE#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        at: get(item, "at")?,
        name: get(item, "name")?,
        answer_by,
        body: get(item, "body")?,
        closed_at: find(item, "closed_at")?,
    })
}

impl Table {
    /// Keeps a message, and has it mailed if `mailed`.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_message(&self, message: &Message, mailed: bool) -> Result<(), StoreError> {
        let row = key::message(message.id)
            .build()
            .with("at", message.at)
            .with("name", message.name.clone())
            .with("answer_by", Json(message.answer_by.clone()))
            .with("body", message.body.clone())
            .with("gsi1pk", index::messages(true))
            .with("gsi1sk", posted(message.at, &message.id.to_string()))
            .item();
        let write = Write::default().create(self, row);
        let write = match mailed {
            true => write.mail(self, outbox::row(&Intent::Message { message: message.id }, message.at)),
            false => write,
        };
        self.commit(write, WriteId::new(message.id.get())).await.map_err(super::error::TransactionOutcome::into_error)
    }

    /// A message.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn message(&self, id: MessageId) -> Result<Option<Message>, StoreError> {
        self.row(&key::message(id)).await?.as_ref().map(read).transpose()
    }

    /// A page of messages: those that wait, the oldest first, or those put aside, the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn messages(
        &self,
        open: bool,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Message>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::messages(open)),
                newest_first: !open,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let messages = self.follow(&rows).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        // The index may lag behind the row.
        let messages = messages.into_iter().filter(|message| message.closed_at.is_none() == open).collect();
        Ok((messages, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// Puts a message aside; `false` if there is no such, or it is already.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn close_message(&self, id: MessageId, act: &Act) -> Result<bool, StoreError> {
        let write = Write::default().update(
            self,
            &key::message(id),
            "SET #closed_at = :now, #gsi1pk = :closed",
            "attribute_exists(#pk) AND attribute_not_exists(#closed_at)",
            Values::none().with("now", act.at).with("closed", index::messages(false)),
        );
        refused_is_false(self.commit_act(None, act, write).await)
    }
}
