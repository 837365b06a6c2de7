//! What one person asks for and another decides.

use super::account::CompanyStatus;
use super::card_number::CardNumber;
use super::ids::{DisputeId, RequestId};
use super::money::Kopecks;
use super::product::ProductIx;
use super::quantity::Millilitres;
use super::text::{DocumentNumber, Email};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    /// A payment's money taken back.
    ReversePayment(PaymentReversal),
    /// A disputed purchase returned.
    RefundDispute(DisputeRefund),
}

/// Which payment's money is to be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReversal {
    /// Its entry.
    pub entry: Uuid,
    /// Its amount, above zero.
    pub amount: Kopecks,
    /// Its document.
    pub document_number: DocumentNumber,
    /// The document's date.
    pub date: NaiveDate,
    /// Whether a person posted it, not the bank's statement.
    pub by_hand: bool,
}

/// What of a disputed purchase is to be returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeRefund {
    /// The dispute.
    pub dispute: DisputeId,
    /// What people call it by.
    pub number: u32,
    /// The card of the purchase.
    pub card: CardNumber,
    /// The terminal's number of it.
    pub purchase: RequestId,
    /// What was bought.
    pub product: ProductIx,
    /// How much of it.
    pub quantity: Millilitres,
    /// What that gives back.
    pub amount: Kopecks,
}

impl Matter {
    /// The kind's name.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::CreditLimit { .. } => "credit_limit",
            Self::ContactEmail { .. } => "contact_email",
            Self::CloseCompany { .. } => "close_company",
            Self::ReversePayment(_) => "payment_reversal",
            Self::RefundDispute(_) => "dispute_refund",
        }
    }

    /// What a company has at most one open approval of: a kind, a payment, or a dispute.
    pub fn subject(&self) -> String {
        match self {
            Self::ReversePayment(reversal) => format!("{}#{}", self.kind(), reversal.entry),
            Self::RefundDispute(refund) => format!("{}#{}", self.kind(), refund.dispute),
            Self::CreditLimit { .. } | Self::ContactEmail { .. } | Self::CloseCompany { .. } => self.kind().to_owned(),
        }
    }

    /// How it was, in words.
    pub fn before(&self) -> String {
        match self {
            Self::CreditLimit { before, .. } => before.to_string(),
            Self::ContactEmail { before, .. } => before.to_string(),
            Self::CloseCompany { before } => before.name().to_owned(),
            Self::ReversePayment(reversal) => reversal.amount.to_string(),
            Self::RefundDispute(_) => Kopecks::ZERO.to_string(),
        }
    }

    /// How it is to be, in words.
    pub fn after(&self) -> String {
        match self {
            Self::CreditLimit { after, .. } => after.to_string(),
            Self::ContactEmail { after, .. } => after.to_string(),
            Self::CloseCompany { .. } => CompanyStatus::Closed.name().to_owned(),
            Self::ReversePayment(_) => Kopecks::ZERO.to_string(),
            Self::RefundDispute(refund) => refund.amount.to_string(),
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
