//! A card: the unit of consistency at the pump.
//!
//! Everything a decision counts with lies in one row, and every write moves its `version`: a decision made on an older
//! row loses and is made again. The acts here are pure: a card and the facts go in, the next card and what else must
//! be written with it come out; the table layer makes it true in one write or not at all.

mod authorize;
mod backtest;
mod evaluate;
mod exception;
mod heir;
mod purse;
mod refund;
mod settle;
mod share;

pub use authorize::{Approval, Decision, Refusal, refusals};
pub use backtest::{Backtest, Past, PastRefund};
pub use evaluate::{Facts, LimitUse, RuleName, RuleOutcome};
pub use exception::{Grant, GrantRefused, Granted};
pub use heir::{Closed, Heir, Replaced};
pub use purse::{SwitchRefused, Switched};
pub use refund::{RefundRefused, Refunded};
pub use settle::{CaptureRefused, Expiry, PurseSpending, ReverseRefused, Sale, Settlement};
pub use share::{Reshared, ShareRefused, ShareUse};

use super::authorization::Hold;
use super::budget::Turn;
use super::card_number::CardNumber;
use super::ids::CompanyId;
use super::money::Kopecks;
use super::product::ProductIx;
use super::usage::Usage;
use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How far apart a company is told of a card's declines.
const TOLD_APART: TimeDelta = TimeDelta::minutes(10);

/// What a card spends from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Funding {
    /// Its company's account.
    #[default]
    Account,
    /// Only what was moved onto it (кошелёк).
    Purse,
}

impl Funding {
    /// Whether it is the account. By reference, as serde asks.
    pub(super) const fn is_account(&self) -> bool {
        matches!(self, Self::Account)
    }
}

/// Years that a card is valid, to the end of the month.
const VALID_YEARS: i32 = 3;

/// A card as its row has it; its rules lie beside it ([`super::rules::Rules`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What stands on it.
    pub number: CardNumber,
    /// Whose it is.
    pub company: CompanyId,
    /// Its last day, in the company's zone.
    pub valid_until: NaiveDate,
    /// What it spends from.
    pub funding: Funding,
    /// The money on it, what its holds set aside included; below zero only through a flagged capture.
    pub purse: Kopecks,
    /// The client's block.
    pub blocked_by_client: bool,
    /// The staff's block.
    pub blocked_by_staff: bool,
    /// Closed for good.
    pub closed: bool,
    /// The card in its place, if it was replaced.
    pub replaced_by: Option<CardNumber>,
    /// What it used, per window.
    pub usage: Usage,
    /// What is set aside: open holds, and expired ones until a write drops them.
    pub holds: Vec<Hold>,
    /// Wrong PINs in a row; `None` while it has no PIN.
    pub pin_tries: Option<u8>,
    /// What it took along of the month before the one it was last used in; `None` before its first fill.
    pub turned: Option<Turn>,
    /// The number of the exception that a fill used up last, zero before.
    pub excepted: u32,
    /// When its company was last told of a decline.
    pub told_at: Option<DateTime<Utc>>,
    /// What it was last approved for.
    pub last_product: Option<ProductIx>,
    /// Moves by people's acts only: the wire's ETag.
    pub edition: u32,
    /// Moves by every write: the condition of the next one.
    pub version: u64,
}

/// A card's state, the gravest first that applies: closed, expired, blocked by the staff, by the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStatus {
    /// May fuel, if its rules let it.
    Active,
    /// Blocked by its client.
    Blocked,
    /// Blocked by the staff.
    BlockedByStaff,
    /// Its last day is over.
    Expired,
    /// Closed for good.
    Closed,
}

/// Which of the two independent blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The company's people.
    Client,
    /// OKTAN's people.
    Staff,
}

/// Why a block was not set or lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockRefused {
    /// The card is closed for good: code `card_closed`.
    Closed,
    /// The staff blocked it, the client cannot unblock it: code `blocked_by_staff`.
    ByStaff,
}

impl BlockRefused {
    /// The code on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "card_closed",
            Self::ByStaff => "blocked_by_staff",
        }
    }
}

impl Card {
    /// A new card that spends from the account.
    pub fn fresh(number: CardNumber, company: CompanyId, valid_until: NaiveDate) -> Self {
        Self {
            number,
            company,
            valid_until,
            funding: Funding::Account,
            purse: Kopecks::ZERO,
            blocked_by_client: false,
            blocked_by_staff: false,
            closed: false,
            replaced_by: None,
            usage: Usage::default(),
            holds: Vec::new(),
            pin_tries: None,
            turned: None,
            excepted: 0,
            told_at: None,
            last_product: None,
            edition: 1,
            version: 1,
        }
    }

    /// The last day of a card that is issued today: the month's last, [`VALID_YEARS`] on.
    pub fn valid_until_of(today: NaiveDate) -> NaiveDate {
        let (year, month) = (today.year() + VALID_YEARS, today.month());
        let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        NaiveDate::from_ymd_opt(next.0, next.1, 1).and_then(|first| first.pred_opt()).unwrap_or(today)
    }

    /// Its state on `today`, a date in the company's zone.
    pub fn status(&self, today: NaiveDate) -> CardStatus {
        if self.closed {
            CardStatus::Closed
        } else if today > self.valid_until {
            CardStatus::Expired
        } else if self.blocked_by_staff {
            CardStatus::BlockedByStaff
        } else if self.blocked_by_client {
            CardStatus::Blocked
        } else {
            CardStatus::Active
        }
    }

    /// The card blocked by one side; `None` if that side has blocked it already.
    ///
    /// # Errors
    /// [`BlockRefused::Closed`].
    pub fn block(&self, by: Side) -> Result<Option<Self>, BlockRefused> {
        self.set_block(by, true)
    }

    /// The card without one side's block; `None` if there is none. The other side's block stays.
    ///
    /// # Errors
    /// [`BlockRefused::Closed`]; [`BlockRefused::ByStaff`] to a client while the staff's block is on.
    pub fn unblock(&self, by: Side) -> Result<Option<Self>, BlockRefused> {
        if !self.closed && by == Side::Client && self.blocked_by_staff {
            return Err(BlockRefused::ByStaff);
        }
        self.set_block(by, false)
    }

    /// The same card one write on.
    #[must_use]
    pub fn moved_on(&self) -> Self {
        Self { version: self.version.saturating_add(1), ..self.clone() }
    }

    /// The card whose company is told of a decline at `now`, unless it was told of one within ten minutes: what follows in
    /// them is one matter.
    #[must_use]
    pub fn told_of_decline(self, now: DateTime<Utc>) -> Self {
        let lately = self.told_at.is_some_and(|at| now.signed_duration_since(at) < TOLD_APART);
        if lately { self } else { Self { told_at: Some(now.trunc_subsecs(0)), ..self } }
    }

    /// The card after an act of a person that the caller applies to it: one edition and one write on.
    #[must_use]
    pub fn edited(&self) -> Self {
        Self { edition: self.edition.saturating_add(1), ..self.moved_on() }
    }

    /// Every product that it bought or is about to.
    pub fn products(&self) -> impl Iterator<Item = ProductIx> {
        self.usage.products().chain(self.holds.iter().map(|hold| hold.product)).chain(self.last_product)
    }

    /// The holds that still set something aside.
    pub fn open_holds(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(move |hold| hold.is_open(now))
    }

    fn set_block(&self, by: Side, blocked: bool) -> Result<Option<Self>, BlockRefused> {
        if self.closed {
            return Err(BlockRefused::Closed);
        }
        let mut next = self.edited();
        let flag = match by {
            Side::Client => &mut next.blocked_by_client,
            Side::Staff => &mut next.blocked_by_staff,
        };
        if *flag == blocked {
            return Ok(None);
        }
        *flag = blocked;
        Ok(Some(next))
    }
}

/// The money that holds set aside from one source.
fn set_aside<'a>(holds: impl Iterator<Item = &'a Hold>, funding: Funding) -> Kopecks {
    holds.filter(|hold| hold.funding == funding).fold(Kopecks::ZERO, |sum, hold| sum.saturating_add(hold.amount))
}

#[cfg(test)]
mod tests;
