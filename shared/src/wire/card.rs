//! A card in a list.

use crate::domain::card::{Card, CardStatus, Funding};
use crate::domain::pin::PinState;
use crate::domain::text::{Group, Label};
use crate::domain::window::{Period, Zone};
use crate::domain::{CardNumber, Kopecks};
use crate::table::CardNote;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A card's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusName {
    /// It fuels.
    Active,
    /// Blocked by the client.
    Blocked,
    /// Blocked by OKTAN.
    BlockedByStaff,
    /// Past its date.
    Expired,
    /// For good.
    Closed,
}

impl From<CardStatus> for StatusName {
    fn from(status: CardStatus) -> Self {
        match status {
            CardStatus::Active => Self::Active,
            CardStatus::Blocked => Self::Blocked,
            CardStatus::BlockedByStaff => Self::BlockedByStaff,
            CardStatus::Expired => Self::Expired,
            CardStatus::Closed => Self::Closed,
        }
    }
}

impl From<StatusName> for CardStatus {
    fn from(status: StatusName) -> Self {
        match status {
            StatusName::Active => Self::Active,
            StatusName::Blocked => Self::Blocked,
            StatusName::BlockedByStaff => Self::BlockedByStaff,
            StatusName::Expired => Self::Expired,
            StatusName::Closed => Self::Closed,
        }
    }
}

/// What a card spends from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FundingName {
    /// The company's account.
    Account,
    /// Money moved onto the card.
    Purse,
}

impl From<Funding> for FundingName {
    fn from(funding: Funding) -> Self {
        match funding {
            Funding::Account => Self::Account,
            Funding::Purse => Self::Purse,
        }
    }
}

impl From<FundingName> for Funding {
    fn from(funding: FundingName) -> Self {
        match funding {
            FundingName::Account => Self::Account,
            FundingName::Purse => Self::Purse,
        }
    }
}

/// Whether a pump asks for a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PinName {
    /// It asks for none.
    None,
    /// It asks.
    Set,
    /// Three wrong ones in a row: none is taken until the tries are reset or another is set.
    Locked,
}

impl From<PinState> for PinName {
    fn from(state: PinState) -> Self {
        match state {
            PinState::None => Self::None,
            PinState::Set => Self::Set,
            PinState::Locked => Self::Locked,
        }
    }
}

/// A card in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CardView {
    /// Its number.
    pub number: CardNumber,
    /// A plate or a driver; may be empty.
    pub label: Label,
    /// Its group; may be empty.
    pub group: Group,
    /// Its state.
    pub status: StatusName,
    /// The last day it fuels.
    pub valid_until: NaiveDate,
    /// What it spends from.
    pub funding: FundingName,
    /// The money on it, of a purse card.
    pub purse: Kopecks,
    /// Set aside by its open holds.
    pub held: Kopecks,
    /// Bought this month.
    pub spent_this_month: Kopecks,
    /// Whether no limit holds it.
    pub unlimited: bool,
    /// Whether it has a PIN.
    pub pin: PinName,
}

impl CardView {
    /// A card as it stands at `now`.
    pub fn of(card: &Card, note: &CardNote, zone: Zone, now: DateTime<Utc>) -> Self {
        let month = card.usage.used(Period::Month, &zone.windows(now), |_| true);
        let held = card.open_holds(now).fold(Kopecks::ZERO, |sum, hold| sum.saturating_add(hold.amount));
        Self {
            number: card.number.clone(),
            label: note.label.clone(),
            group: note.group.clone(),
            status: card.status(zone.date(now)).into(),
            valid_until: card.valid_until,
            funding: card.funding.into(),
            purse: card.purse,
            held,
            spent_this_month: month.amount,
            unlimited: note.unlimited,
            pin: card.pin_state().into(),
        }
    }
}
