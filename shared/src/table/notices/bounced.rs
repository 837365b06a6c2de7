//! Addresses that mail came back from: nothing goes there any more but what lets somebody in.

use crate::domain::ids::WriteId;
use crate::domain::text::Email;
use crate::table::error::StoreError;
use crate::table::error::TransactionOutcome;
use crate::table::item::Json;
use crate::table::schema::TTL_ATTRIBUTE;
use crate::table::write::{Values, Write};
use crate::table::{Table, key};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long an address stays quiet: mailboxes come back.
const QUIET: TimeDelta = TimeDelta::days(180);

/// Why an address is left in peace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    /// There is no such mailbox.
    Bounced,
    /// Who reads it called our mail unwanted.
    Complained,
}

impl Table {
    /// Leaves an address in peace from now on.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn quiet_address(&self, email: &Email, why: Returned, now: DateTime<Utc>) -> Result<(), StoreError> {
        let row = key::bounced(&self.address_hash(email))
            .build()
            .with("why", Json(why))
            .with("at", now)
            .with("until", now + QUIET)
            .with(TTL_ATTRIBUTE, (now + QUIET).timestamp());
        let write = Write::default().replace(self, row.item());
        self.commit(write, WriteId::new(Uuid::new_v4())).await.map_err(TransactionOutcome::into_error)
    }

    /// Whether an address is left in peace.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn is_quiet(&self, email: &Email, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let row = self.row(&key::bounced(&self.address_hash(email))).await?;
        let until: Option<DateTime<Utc>> = crate::table::read::peek(row.as_ref(), "until")?;
        Ok(until.is_some_and(|until| now < until))
    }

    /// Takes an address for good again.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn trust_address(&self, email: &Email, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let values = Values::none().with("now", now);
        let key = key::bounced(&self.address_hash(email));
        self.update_in(&self.cabinet, &key, "SET #until = :now", "#until > :now", values).await
    }
}
