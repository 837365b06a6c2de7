//! What one person asks for and another decides.

use super::account::CompanyStatus;
use super::money::Kopecks;
use super::text::Email;
use serde::{Deserialize, Serialize};

/// What is to change, and how it was when it was asked for: an approval of something that moved since is stale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Matter {
    /// How far below zero a company's balance may go.
    CreditLimit {
        /// As it was.
        before: Kopecks,
        /// As it is to be.
        after: Kopecks,
    },
    /// The company's registered address.
    ContactEmail {
        /// As it was.
        before: Email,
        /// As it is to be.
        after: Email,
    },
    /// The end of the contract.
    CloseCompany {
        /// Active or suspended.
        before: CompanyStatus,
    },
}

impl Matter {
    /// The kind's name: of one kind a company has at most one that is open.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::CreditLimit { .. } => "credit_limit",
            Self::ContactEmail { .. } => "contact_email",
            Self::CloseCompany { .. } => "close_company",
        }
    }

    /// How it was, in words.
    pub fn before(&self) -> String {
        match self {
            Self::CreditLimit { before, .. } => before.to_string(),
            Self::ContactEmail { before, .. } => before.to_string(),
            Self::CloseCompany { before } => before.name().to_owned(),
        }
    }

    /// How it is to be, in words.
    pub fn after(&self) -> String {
        match self {
            Self::CreditLimit { after, .. } => after.to_string(),
            Self::ContactEmail { after, .. } => after.to_string(),
            Self::CloseCompany { .. } => CompanyStatus::Closed.name().to_owned(),
        }
    }
}

/// Where an approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Nobody has decided.
    Open,
    /// It was done.
    Approved,
    /// It was not done.
    Refused,
    /// What it was about had moved on when it was to be done.
    Superseded,
}

impl ApprovalState {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Superseded => "superseded",
        }
    }
}
