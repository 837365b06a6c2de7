//! The app's bell: what a person was told of lately, and how far they have looked.

use super::Notice;
use crate::domain::UserId;
use crate::domain::notice::Event;
use crate::table::error::StoreError;
use crate::table::item::{Item, Json, get};
use crate::table::read::{Query, peek};
use crate::table::rows::posted;
use crate::table::schema::TTL_ATTRIBUTE;
use crate::table::write::{Values, Write};
use crate::table::{Position, Table, key};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long a line stays.
const KEPT: TimeDelta = TimeDelta::days(90);
/// Unseen lines that are counted.
const COUNTED_MAX: usize = 99;

/// A line of the bell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its place, which nothing else has.
    pub id: String,
    /// When they were told.
    pub at: DateTime<Utc>,
    /// What.
    pub event: Event,
}

fn read(item: &Item) -> Result<Told, StoreError> {
    let sk: String = get(item, "sk")?;
    let Json(event) = get(item, "event")?;
    Ok(Told { id: sk.trim_start_matches("BELL#").to_owned(), at: get(item, "at")?, event })
}

impl Table {
    /// Puts a line on the bells of these people, where what they have looked at ends: it is placed by when they are told.
    pub(super) fn ring(&self, write: Write, id: Uuid, notice: &Notice, people: &[UserId], now: DateTime<Utc>) -> Write {
        people.iter().fold(write, |write, user| {
            let line = key::bell(*user, &posted(now, &id.to_string()))
                .build()
                .with("at", now)
                .with("event", Json(notice.event.clone()))
                .with(TTL_ATTRIBUTE, (now + KEPT).timestamp());
            write.replace(self, line.item())
        })
    }

    /// A page of a person's bell, the newest line first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn bell(
        &self,
        user: UserId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Told>, Option<Position>), StoreError> {
        let (rows, last) = self.lines(user, "", limit, after.map(Position::start)).await?;
        // A line that an older or a newer version wrote does not keep the others.
        let readable = |line: &Result<Told, StoreError>| match line {
            Ok(_) => true,
            Err(error) => {
                tracing::warn!(%error, "a line of the bell cannot be read");
                false
            }
        };
        let lines = rows.iter().map(read).filter(readable).collect::<Result<_, _>>()?;
        Ok((lines, last.map(|item| Position::of(&item, &["pk", "sk"]))))
    }

    /// Until when a person has looked at the bell, and how many lines have come since, at most 99.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn bell_seen(&self, user: UserId) -> Result<(Option<DateTime<Utc>>, usize), StoreError> {
        let seen: Option<DateTime<Utc>> = peek(self.row(&key::bell_seen(user)).await?.as_ref(), "until")?;
        let from = seen.map_or_else(String::new, |seen| posted(seen + TimeDelta::milliseconds(1), ""));
        Ok((seen, self.lines(user, &from, COUNTED_MAX, None).await?.0.len()))
    }

    /// A person has looked at all that there was until an instant; an earlier one changes nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn see_bell(&self, user: UserId, until: DateTime<Utc>) -> Result<(), StoreError> {
        let values = Values::none().with("until", until);
        let later = "attribute_not_exists(#until) OR #until < :until";
        let key = key::bell_seen(user);
        self.update_in(&self.cabinet, &key, "SET #until = :until", later, values).await.map(|_| ())
    }

    async fn lines(
        &self,
        user: UserId,
        from: &str,
        limit: usize,
        start: Option<Item>,
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let (first, last) = (key::bell(user, from), key::bell(user, "~"));
        self.query(Query {
            index: None,
            condition: "#pk = :pk AND #sk BETWEEN :first AND :last",
            filter: None,
            values: Values::none().with("pk", first.pk).with("first", first.sk).with("last", last.sk),
            newest_first: true,
            limit,
            start,
        })
        .await
    }
}
