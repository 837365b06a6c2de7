//! What a person did, and the chain that shows a gap or an edit.

use crate::auth::Keys;
use crate::domain::CompanyId;
use crate::domain::people::Actor;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An act of a person on money, rules, status, roles or credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What, such as `card.block`.
    pub action: String,
    /// On what, such as `card 7826…`.
    pub subject: String,
    /// How it was; `null` when it came into being.
    pub before: Value,
    /// How it is; never a secret.
    pub after: Value,
    /// Why, as the person said; may be empty.
    pub reason: String,
}

/// An act in its chain.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its place, from 1.
    pub seq: u64,
    /// The act.
    pub act: Act,
    /// The act as it is stored, which the MAC covers.
    pub text: String,
    /// The MAC of the link before it; empty for the first.
    pub previous: String,
    /// Its own MAC, base64.
    pub mac: String,
}

/// A link as it lies in the table, readable or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLink {
    /// Its place, if its key is one of a link's.
    pub seq: Option<u64>,
    /// The act as it is stored.
    pub text: Option<String>,
    /// The MAC of the link before it.
    pub previous: Option<String>,
    /// Its own MAC.
    pub mac: Option<String>,
}

/// Where a chain ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The place of its last link.
    pub seq: u64,
    /// The MAC of its last link.
    pub mac: String,
}

/// HMAC over the chain, the place in it, the link before and the act.
pub fn chain_mac(keys: &Keys, scope: Option<CompanyId>, seq: u64, previous: &str, act: &str) -> [u8; 32] {
    let scope = scope.map_or_else(|| "STAFF".to_owned(), |id| id.to_string());
    keys.mac("journal", &[scope.as_bytes(), &seq.to_be_bytes(), previous.as_bytes(), act.as_bytes()])
}

/// What differs, by field, before and after.
pub fn differences(before: &Value, after: &Value) -> (Map<String, Value>, Map<String, Value>) {
    let changed = after.as_object().into_iter().flatten().filter(|(name, value)| before[name.as_str()] != **value);
    changed.map(|(name, value)| ((name.clone(), before[name.as_str()].clone()), (name.clone(), value.clone()))).unzip()
}
