//! A company's state.

use crate::domain::account::CompanyStatus;
use serde::{Deserialize, Serialize};

/// Whether a company fuels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CompanyStatusName {
    /// Everything works.
    Active,
    /// No fuel and no changes; sign-in and reading work.
    Suspended,
    /// The contract is over.
    Closed,
}

impl CompanyStatusName {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
}

impl From<CompanyStatus> for CompanyStatusName {
    fn from(status: CompanyStatus) -> Self {
        match status {
            CompanyStatus::Active => Self::Active,
            CompanyStatus::Suspended => Self::Suspended,
            CompanyStatus::Closed => Self::Closed,
        }
    }
}
