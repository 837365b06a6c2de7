//! What people are told of, by mail and by the app's bell, and what each of them wants to hear.

use super::ids::{DisputeId, RequestId, TicketId};
use super::news::Language;
use super::people::Role;
use super::text::Title;
use super::{CardNumber, Kopecks, Millilitres, PromotionId};
use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;

/// When a week is told of, after the midnight that ends it.
const MORNING: TimeDelta = TimeDelta::hours(8);

/// A kind of what people are told of; each is wanted or not, by mail and in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
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

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::LowBalance,
        Self::Block,
        Self::Decline,
        Self::Exception,
        Self::NewDevice,
        Self::Ticket,
        Self::Dispute,
        Self::Promotion,
        Self::WeeklySummary,
    ];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LowBalance => "low_balance",
            Self::Block => "block",
            Self::Decline => "decline",
            Self::Exception => "exception",
            Self::NewDevice => "new_device",
            Self::Ticket => "ticket",
            Self::Dispute => "dispute",
            Self::Promotion => "promotion",
            Self::WeeklySummary => "weekly_summary",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether people of this role are told of it at all.
    pub const fn is_for(self, role: Role) -> bool {
        match self {
            Self::NewDevice => true,
            Self::Ticket | Self::Dispute | Self::Decline => !role.is_staff(),
            Self::LowBalance | Self::WeeklySummary => matches!(role, Role::Owner | Role::Manager | Role::Accountant),
            Self::Block | Self::Exception | Self::Promotion => matches!(role, Role::Owner | Role::Manager),
        }
    }
}

/// What a person wants to hear, and in which language the app and their mail speak to them. Everything, until they say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preferences {
    /// The language, once they chose one.
    pub language: Option<Language>,
    /// Kinds that they want no mail of.
    pub no_mail: BTreeSet<NoticeKind>,
    /// Kinds that they do not want in the app.
    pub no_bell: BTreeSet<NoticeKind>,
    /// Moves by every change.
    pub edition: u32,
}

impl Preferences {
    /// The language of what they are sent: the one they chose, or Russian.
    pub fn mail_language(&self) -> Language {
        self.language.unwrap_or(Language::Ru)
    }

    /// The same with a kind wanted or not, where it is said.
    #[must_use]
    pub fn with(mut self, kind: NoticeKind, mail: Option<bool>, bell: Option<bool>) -> Self {
        for (kinds, wanted) in [(&mut self.no_mail, mail), (&mut self.no_bell, bell)] {
            match wanted {
                Some(true) => kinds.remove(&kind),
                Some(false) => kinds.insert(kind),
                None => false,
            };
        }
        self
    }
}

/// Something that people are told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Less is available than the company wants to have.
    LowBalance {
        /// What is available; below zero for a debt.
        #[serde(deserialize_with = "signed_kopecks")]
        available: Kopecks,
        /// What the company wants to have.
        threshold: Kopecks,
    },
    /// A card was blocked.
    CardBlocked {
        /// Which.
        card: CardNumber,
        /// Whether OKTAN did it.
        by_staff: bool,
    },
    /// Several cards were blocked at once.
    CardsBlocked {
        /// Whether OKTAN did it.
        by_staff: bool,
    },
    /// A fill was declined.
    FillDeclined {
        /// On which card.
        card: CardNumber,
        /// The terminal's number of it.
        request: RequestId,
    },
    /// A fill above a limit was granted.
    ExceptionGranted {
        /// On which card.
        card: CardNumber,
        /// How much.
        litres: Millilitres,
    },
    /// A sign-in from a device that was not seen before.
    NewDevice {
        /// From which address, if known.
        address: String,
    },
    /// A week is over.
    WeeklySummary {
        /// Its Monday.
        from: NaiveDate,
        /// Its Sunday.
        to: NaiveDate,
        /// What was bought, by product; known once it is told.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sums: Vec<WeekSum>,
    },
    /// An answer in a ticket.
    TicketAnswered {
        /// Which.
        ticket: TicketId,
        /// What people call it by.
        number: u32,
    },
    /// A dispute was decided.
    DisputeDecided {
        /// Which.
        dispute: DisputeId,
        /// What people call it by.
        number: u32,
        /// What was given back; `None` if nothing was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refunded: Option<Kopecks>,
    },
    /// A promotion that the company may join.
    PromotionOpened {
        /// Which.
        promotion: PromotionId,
        /// What it is called, in Russian.
        title: Title,
        /// What it is called in English, if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title_en: Option<Title>,
    },
}

/// What was bought of a product in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekSum {
    /// Its code.
    pub product: String,
    /// How much, in its unit; below zero if more was returned.
    #[serde(deserialize_with = "signed_millilitres")]
    pub quantity: Millilitres,
    /// What it cost, returns taken off; below zero if more was returned.
    #[serde(deserialize_with = "signed_kopecks")]
    pub amount: Kopecks,
}

/// Roubles as they are written, below zero too, which nobody may send.
fn signed_kopecks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kopecks, D::Error> {
    let text = String::deserialize(deserializer)?;
    let read = match text.strip_prefix('-') {
        Some(debt) => Kopecks::parse(debt).map(Kopecks::negated),
        None => Kopecks::parse(&text),
    };
    read.map_err(D::Error::custom)
}

/// The same of a quantity.
fn signed_millilitres<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Millilitres, D::Error> {
    let text = String::deserialize(deserializer)?;
    let read = match text.strip_prefix('-') {
        Some(less) => Millilitres::parse(less).map(|less| Millilitres::new(0).saturating_sub(less)),
        None => Millilitres::parse(&text),
    };
    read.map_err(D::Error::custom)
}

impl Event {
    /// Its kind.
    pub const fn kind(&self) -> NoticeKind {
        match self {
            Self::LowBalance { .. } => NoticeKind::LowBalance,
            Self::CardBlocked { .. } | Self::CardsBlocked { .. } => NoticeKind::Block,
            Self::FillDeclined { .. } => NoticeKind::Decline,
            Self::ExceptionGranted { .. } => NoticeKind::Exception,
            Self::NewDevice { .. } => NoticeKind::NewDevice,
            Self::TicketAnswered { .. } => NoticeKind::Ticket,
            Self::DisputeDecided { .. } => NoticeKind::Dispute,
            Self::PromotionOpened { .. } => NoticeKind::Promotion,
            Self::WeeklySummary { .. } => NoticeKind::WeeklySummary,
        }
    }

    /// The cabinet's page about it.
    pub fn page(&self) -> String {
        match self {
            Self::LowBalance { .. } => "/overview".to_owned(),
            Self::CardBlocked { card, .. } => format!("/cards/{card}"),
            Self::CardsBlocked { .. } => "/cards".to_owned(),
            Self::FillDeclined { .. } | Self::ExceptionGranted { .. } => "/exceptions".to_owned(),
            Self::NewDevice { .. } => "/security".to_owned(),
            Self::TicketAnswered { ticket, .. } => format!("/tickets/{ticket}"),
            Self::DisputeDecided { dispute, .. } => format!("/disputes/{dispute}"),
            Self::PromotionOpened { promotion, .. } => format!("/offers/{promotion}"),
            Self::WeeklySummary { from, to, .. } => format!("/history?from={from}&to={to}"),
        }
    }
}

/// The Monday of the week that is told of last at this time of a company's day: the one that is over since a Monday at
/// [`MORNING`].
pub fn week_to_tell(local: NaiveDateTime) -> Option<NaiveDate> {
    let told_on = local.checked_sub_signed(MORNING)?.date();
    let monday = told_on.checked_sub_days(Days::new(u64::from(told_on.weekday().num_days_from_monday())))?;
    monday.checked_sub_days(Days::new(7))
}

#[cfg(test)]
mod tests;
