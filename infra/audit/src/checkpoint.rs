//! Where every chain ended when a run was over, to be kept where nobody who writes the table can reach it.

use crate::Scope;
use crate::report::{Report, name};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use oktan_shared::auth::{Keys, same_hash};
use oktan_shared::domain::CompanyId;
use oktan_shared::journal::Head;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The heads of all chains at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// When.
    at: DateTime<Utc>,
    /// By the chain's name.
    chains: BTreeMap<String, Head>,
}

/// A checkpoint in its file, under a MAC of its own.
#[derive(Serialize, Deserialize)]
struct Sealed {
    checkpoint: Checkpoint,
    mac: String,
}

/// A file that is no checkpoint of this house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not a checkpoint at all.
    #[error("this is no checkpoint")]
    Malformed,
    /// Written or edited by somebody without the key.
    #[error("this checkpoint was edited, or written under another key")]
    Edited,
}

impl Checkpoint {
    /// What a run saw.
    pub fn of(report: &Report) -> Self {
        let chains = report.heads.iter().filter(|(_, head)| head.seq > 0);
        Self { at: report.at, chains: chains.map(|(scope, head)| (name(*scope), head.clone())).collect() }
    }

    /// The text of its file.
    pub fn seal(&self, keys: &Keys) -> String {
        let sealed = Sealed { checkpoint: self.clone(), mac: self.mac(keys) };
        serde_json::to_string_pretty(&sealed).unwrap_or_default()
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn open(text: &str, keys: &Keys) -> Result<Self, CheckpointError> {
        let Sealed { checkpoint, mac } = serde_json::from_str(text).map_err(|_| CheckpointError::Malformed)?;
        if !checkpoint.chains.keys().all(|name| scope(name).is_some()) {
            return Err(CheckpointError::Malformed);
        }
        if same_hash(&mac, &checkpoint.mac(keys)) { Ok(checkpoint) } else { Err(CheckpointError::Edited) }
    }

    /// The chains it knows of.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.chains.keys().filter_map(|name| scope(name))
    }

    /// Where a chain ended.
    pub fn head(&self, scope: Scope) -> Option<&Head> {
        self.chains.get(&name(scope))
    }

    fn mac(&self, keys: &Keys) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        STANDARD.encode(keys.mac("checkpoint", &[&text]))
    }
}

fn scope(name: &str) -> Option<Scope> {
    if name == "STAFF" { Some(None) } else { CompanyId::parse(name).ok().map(Some) }
}
