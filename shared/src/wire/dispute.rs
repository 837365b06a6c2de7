//! Where a dispute stands, and what an operation says of its own.

use crate::domain::dispute::DisputeState;
use crate::domain::ids::DisputeId;
use crate::table::Dispute;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DisputeState)]
pub enum DisputeStateName {
    /// OKTAN has not decided.
    Open,
    /// Money was given back.
    Refunded,
    /// It was not, for a reason.
    Refused,
    /// The company took it back.
    Withdrawn,
}

impl From<DisputeState> for DisputeStateName {
    fn from(state: DisputeState) -> Self {
        match state {
            DisputeState::Open => Self::Open,
            DisputeState::Refunded => Self::Refunded,
            DisputeState::Refused => Self::Refused,
            DisputeState::Withdrawn => Self::Withdrawn,
        }
    }
}

/// The dispute that an operation is the matter of, or that gave it back.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct DisputeOfEntry {
    id: DisputeId,
    /// What people call it by.
    number: u32,
    state: DisputeStateName,
    /// The last day on which OKTAN decides in time.
    due_on: NaiveDate,
}

impl From<&Dispute> for DisputeOfEntry {
    fn from(dispute: &Dispute) -> Self {
        let state = dispute.progress.state.into();
        Self { id: dispute.id, number: dispute.number, state, due_on: dispute.due.on }
    }
}
