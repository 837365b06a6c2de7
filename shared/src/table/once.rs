//! What makes a repeated call safe: its key is kept with what was asked for under it and what came of that.

use super::error::StoreError;
use super::item::{Build, Item, get};
use super::key::Key;
use super::schema::TTL_ATTRIBUTE;
use chrono::{DateTime, TimeDelta, Utc};

/// How long an idempotency key is remembered.
pub(super) const KEY_KEPT: TimeDelta = TimeDelta::days(30);

/// What makes a repeat safe: the caller's key, and what was said under it.
#[derive(Debug, Clone)]
pub struct Once {
    /// The key.
    pub key: String,
    /// The keyed hash of the call.
    pub fingerprint: Vec<u8>,
}

impl Once {
    /// The row that remembers the call; what came of it is added.
    pub(super) fn used(&self, key: &Key, at: DateTime<Utc>) -> Build {
        key.build().with("fingerprint", self.fingerprint.clone()).with(TTL_ATTRIBUTE, (at + KEY_KEPT).timestamp())
    }

    /// Whether a row remembers this very call, or another one under the same key.
    pub(super) fn is(&self, row: &Item) -> Result<bool, StoreError> {
        Ok(get::<Vec<u8>>(row, "fingerprint")? == self.fingerprint)
    }
}
