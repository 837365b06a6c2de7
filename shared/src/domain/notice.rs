//! What people are told of, by mail and by the app's bell, and what each of them wants to hear.

use super::ids::{RequestId, TicketId};
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
    /// A promotion that the company may join.
    Promotion,
    /// What last week cost.
    WeeklySummary,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::LowBalance,
        Self::Block,
        Self::Decline,
        Self::Exception,
        Self::NewDevice,
        Self::Ticket,
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
            Self::Ticket | Self::Decline => !role.is_staff(),
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_kind_is_known_by_its_word_and_every_role_of_a_company_hears_of_something() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::of(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!(NoticeKind::of("everything"), None);
        for role in Role::ALL {
            let heard = NoticeKind::ALL.iter().filter(|kind| kind.is_for(role)).count();
            assert_eq!(heard == 1, role.is_staff(), "{role:?} {heard}");
        }
        assert!(NoticeKind::ALL.iter().all(|kind| kind.is_for(Role::Owner)));
    }

    proptest! {
        #[test]
        fn what_is_told_of_money_is_read_as_it_was_written_below_zero_too(
            available in -1_000_000_000i64..1_000_000_000, quantity in -1_000_000_000i64..1_000_000_000,
        ) {
            let (amount, monday) = (Kopecks::new(available), NaiveDate::from_ymd_opt(2026, 11, 16).unwrap());
            let sum = WeekSum { product: "DT".to_owned(), quantity: Millilitres::new(quantity), amount };
            let week = Event::WeeklySummary { from: monday, to: monday + Days::new(6), sums: vec![sum] };
            for event in [Event::LowBalance { available: amount, threshold: Kopecks::ZERO }, week] {
                let written = serde_json::to_string(&event).unwrap();
                prop_assert_eq!(serde_json::from_str::<Event>(&written).unwrap(), event);
            }
        }
    }

    #[test]
    fn a_week_is_told_of_from_the_monday_after_it_at_eight() {
        let week = |text: &str| week_to_tell(text.parse().unwrap()).unwrap().to_string();
        for at in ["2026-11-23T08:00:00", "2026-11-25T00:00:00", "2026-11-30T07:59:59"] {
            assert_eq!(week(at), "2026-11-16", "{at}");
        }
        assert_eq!(week("2026-11-23T07:59:59"), "2026-11-09");
        assert_eq!(week("2026-11-30T08:00:00"), "2026-11-23");
    }

    proptest! {
        #[test]
        fn the_last_word_on_a_kind_counts_and_touches_no_other(
            words in proptest::collection::vec((0usize..8, any::<Option<bool>>(), any::<Option<bool>>()), 0..30),
        ) {
            let mut preferences = Preferences::default();
            for (at, mail, bell) in &words {
                preferences = preferences.with(NoticeKind::ALL[*at], *mail, *bell);
            }
            for (at, kind) in NoticeKind::ALL.into_iter().enumerate() {
                let own = words.iter().filter(|(one, ..)| *one == at);
                let mail = own.clone().filter_map(|(_, mail, _)| *mail).next_back().unwrap_or(true);
                let bell = own.filter_map(|(.., bell)| *bell).next_back().unwrap_or(true);
                prop_assert_eq!(!preferences.no_mail.contains(&kind), mail);
                prop_assert_eq!(!preferences.no_bell.contains(&kind), bell);
            }
        }
    }
}
