//! Bodies that say little.

use crate::domain::text::Note;
use serde::Deserialize;

/// Why something is done.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonAsk {
    /// Kept in the journal and shown with the thing; may be left out.
    pub reason: Option<Note>,
}

/// Nothing to say.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NothingAsk {}
