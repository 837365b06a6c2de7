//! Kinds of what people are told of.

use crate::domain::notice::NoticeKind;
use serde::{Deserialize, Serialize};

/// A kind of what people are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NotificationKind)]
pub enum NoticeKindName {
    /// Less is available than the company wants to have.
    LowBalance,
    /// Somebody else blocked a card.
    Block,
    /// A fill was declined.
    Decline,
    /// Somebody else granted a fill above a limit.
    Exception,
    /// A sign-in from a device that was not seen before.
    NewDevice,
    /// An answer in a ticket.
    Ticket,
    /// A dispute was decided.
    Dispute,
    /// A promotion that the company may join.
    Promotion,
    /// What last week cost.
    WeeklySummary,
}

impl From<NoticeKind> for NoticeKindName {
    fn from(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::LowBalance => Self::LowBalance,
            NoticeKind::Block => Self::Block,
            NoticeKind::Decline => Self::Decline,
            NoticeKind::Exception => Self::Exception,
            NoticeKind::NewDevice => Self::NewDevice,
            NoticeKind::Ticket => Self::Ticket,
            NoticeKind::Dispute => Self::Dispute,
            NoticeKind::Promotion => Self::Promotion,
            NoticeKind::WeeklySummary => Self::WeeklySummary,
        }
    }
}

impl From<NoticeKindName> for NoticeKind {
    fn from(name: NoticeKindName) -> Self {
        match name {
            NoticeKindName::LowBalance => Self::LowBalance,
            NoticeKindName::Block => Self::Block,
            NoticeKindName::Decline => Self::Decline,
            NoticeKindName::Exception => Self::Exception,
            NoticeKindName::NewDevice => Self::NewDevice,
            NoticeKindName::Ticket => Self::Ticket,
            NoticeKindName::Dispute => Self::Dispute,
            NoticeKindName::Promotion => Self::Promotion,
            NoticeKindName::WeeklySummary => Self::WeeklySummary,
        }
    }
}
