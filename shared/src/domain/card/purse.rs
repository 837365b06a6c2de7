//! Money on a card: what may be taken off its purse, and what it spends from.

use super::{Card, Funding, set_aside};
use crate::domain::money::Kopecks;
use chrono::{DateTime, Utc};

/// What switching a card's funding writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switched {
    /// The next card, nothing on its purse.
    pub card: Card,
    /// What goes back to the account; below zero what a flagged capture left owing.
    pub back: Kopecks,
}

/// Why a card's funding was not switched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwitchRefused {
    /// It is closed: code `card_closed`.
    Closed,
    /// A hold is open on it: code `hold_open`.
    HoldOpen,
}

impl Card {
    /// What may be taken off the purse: what its open holds do not set aside. Below zero after a flagged capture.
    pub fn spare(&self, now: DateTime<Utc>) -> Kopecks {
        self.purse.saturating_sub(set_aside(self.open_holds(now), Funding::Purse))
    }

    /// The card with `amount` less on its purse; `None` if that is more than may be taken off.
    pub fn give(&self, amount: Kopecks, now: DateTime<Utc>) -> Option<Self> {
        let enough = self.funding == Funding::Purse && amount <= self.spare(now);
        enough.then(|| Self { purse: self.purse.saturating_sub(amount), ..self.moved_on() })
    }

    /// The card spending from `funding`; `None` if it does. The money on its purse goes back to the account.
    ///
    /// # Errors
    /// [`SwitchRefused`].
    pub fn switch(&self, funding: Funding, now: DateTime<Utc>) -> Result<Option<Switched>, SwitchRefused> {
        if self.closed {
            return Err(SwitchRefused::Closed);
        }
        if self.funding == funding {
            return Ok(None);
        }
        if self.open_holds(now).next().is_some() {
            return Err(SwitchRefused::HoldOpen);
        }
        let card = Self { funding, purse: Kopecks::ZERO, ..self.edited() };
        Ok(Some(Switched { card, back: self.purse }))
    }
}
