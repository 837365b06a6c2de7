//! What a terminal asks, what is set aside for it, and what became of it.

mod packed;
mod reason;

pub use packed::{pack_holds, pack_reasons, unpack_holds, unpack_reasons};
pub use reason::{LimitNote, Reason, ReasonCode, Remaining};

use super::card::Funding;
use super::card_number::CardNumber;
use super::ids::{CompanyId, RequestId, StationCode, TerminalId};
use super::money::Kopecks;
use super::product::{ProductIx, ProductSet};
use super::promotion::{TermsId, Won};
use super::quantity::Millilitres;
use super::rules::stored;
use super::window::{Windows, at_offset};
use chrono::serde::{ts_milliseconds, ts_milliseconds_option};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a terminal asks for a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The terminal's own number for it.
    pub request: RequestId,
    /// A keyed hash of the body: tells a repeat from another body under the same number.
    pub fingerprint: [u8; 8],
    /// Who asks.
    pub terminal: TerminalId,
    /// Where.
    pub station: StationCode,
    /// What.
    pub product: ProductIx,
    /// The price per unit at the pump.
    pub price: Kopecks,
    /// How much, above zero, at most [`super::quantity::QUANTITY_MAX`].
    pub quantity: Millilitres,
    /// Whether less will do.
    pub partial_ok: bool,
    /// The odometer's reading, kilometres.
    pub odometer: Option<u32>,
    /// The terminal's clock: recorded, never believed.
    pub requested_at: DateTime<Utc>,
}

/// What one approved ask sets aside, and all that is needed to post it later. Ends once: captured, reversed or expired.
///
/// Instants are whole milliseconds. Serde's form is the stored one, with short names; [`pack_holds`] is shorter still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The ask's number.
    #[serde(rename = "r")]
    pub request: RequestId,
    /// The ask's fingerprint.
    #[serde(rename = "f")]
    pub fingerprint: [u8; 8],
    /// Who asked.
    #[serde(rename = "t")]
    pub terminal: TerminalId,
    /// Where.
    #[serde(rename = "s")]
    pub station: StationCode,
    /// What.
    #[serde(rename = "p")]
    pub product: ProductIx,
    /// How much was asked.
    #[serde(rename = "a", with = "stored::millilitres")]
    pub asked: Millilitres,
    /// How much is set aside: what was asked or less; zero for a declined ask.
    #[serde(rename = "q", with = "stored::millilitres")]
    pub quantity: Millilitres,
    /// The money set aside: the [`super::money::cost`] of the quantity; zero for a declined ask.
    #[serde(rename = "m", with = "stored::kopecks")]
    pub amount: Kopecks,
    /// The price per unit at the pump, good until the capture.
    #[serde(rename = "c", with = "stored::kopecks")]
    pub price: Kopecks,
    /// The station's list price at that time, if it had one.
    #[serde(rename = "l", with = "stored::kopecks_option", default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Kopecks>,
    /// What the money is set aside from; the card's funding may have been switched since.
    #[serde(rename = "u", default, skip_serializing_if = "Funding::is_account")]
    pub funding: Funding,
    /// The odometer's reading, kilometres.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub odometer: Option<u32>,
    /// When the terminal says it asked.
    #[serde(rename = "w", with = "ts_milliseconds")]
    pub requested_at: DateTime<Utc>,
    /// When it was decided, by the server's clock.
    #[serde(rename = "h", with = "ts_milliseconds")]
    pub authorized_at: DateTime<Utc>,
    /// From when on it counts as zero.
    #[serde(rename = "e", with = "ts_milliseconds")]
    pub expires_at: DateTime<Utc>,
    /// The company's offset from UTC when it was decided, minutes east.
    #[serde(rename = "z")]
    pub offset_minutes: i16,
    /// Why it is less than was asked: the binding reason.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub shortfall: Option<Reason>,
    /// The number of the card's exception without which it would not have passed.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<u32>,
    /// The terms of promotions that the fill may get, in order.
    #[serde(rename = "d", default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<TermsId>,
}

impl Hold {
    /// Whether the pump's price differs from the station's list. Without a list price there is nothing to differ from.
    pub fn price_mismatch(&self) -> bool {
        self.list_price.is_some_and(|list| list != self.price)
    }

    /// Whether it still sets something aside: `now` is before its end.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        now < self.expires_at
    }

    /// The calendar windows it counts in: those of its decision, whenever it is captured.
    pub fn windows(&self) -> Windows {
        self.windows_at(self.authorized_at)
    }

    /// The windows of another instant, by the clock of its decision.
    pub fn windows_at(&self, at: DateTime<Utc>) -> Windows {
        Windows::of(at_offset(at, i32::from(self.offset_minutes) * 60).date())
    }
}

/// One ask of one card and what became of it: the row of a purchase or a decline, or a hold that is still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The card.
    pub card: CardNumber,
    /// Its company.
    pub company: CompanyId,
    /// What was asked and set aside.
    pub hold: Hold,
    /// What became of it.
    pub state: State,
}

impl Authorization {
    /// An authorization whose hold is open on its card.
    pub fn held(card: CardNumber, company: CompanyId, hold: Hold) -> Self {
        Self { card, company, hold, state: State::Held }
    }

    /// What the terminal was told when it asked.
    pub fn decision(&self) -> Verdict {
        match self.state {
            State::Declined { .. } => Verdict::Declined,
            _ if self.hold.quantity < self.hold.asked => Verdict::Partial,
            _ => Verdict::Approved,
        }
    }

    /// Every product that it names: what was asked for, and those of the limits that refused.
    pub fn products(&self) -> ProductSet {
        let refused: &[Reason] = match &self.state {
            State::Declined { reasons, .. } => reasons,
            _ => &[],
        };
        let limits = refused.iter().chain(&self.hold.shortfall).filter_map(|reason| reason.limit);
        let named = limits.flat_map(|limit| limit.products.iter());
        named.fold(ProductSet::EMPTY.with(self.hold.product), ProductSet::with)
    }

    /// The same with another state.
    pub(super) fn become_state(&self, state: State) -> Self {
        Self { state, ..self.clone() }
    }
}

/// The answer to an ask, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All that was asked.
    Approved,
    /// Less than was asked.
    Partial,
    /// Nothing.
    Declined,
}

/// The life of an authorization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its hold lies on the card.
    Held,
    /// Nothing was set aside.
    Declined {
        /// When.
        #[serde(with = "ts_milliseconds")]
        at: DateTime<Utc>,
        /// All rules that failed, in the order of checking.
        reasons: Vec<Reason>,
    },
    /// Its hold was dropped by the terminal.
    Reversed {
        /// When.
        #[serde(with = "ts_milliseconds")]
        at: DateTime<Utc>,
    },
    /// Its hold was dropped after its time.
    Expired {
        /// When it was dropped.
        #[serde(with = "ts_milliseconds")]
        at: DateTime<Utc>,
    },
    /// It is a purchase.
    Captured(Capture),
}

/// What was dispensed and posted, and what came back of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// When it was posted.
    #[serde(with = "ts_milliseconds")]
    pub at: DateTime<Utc>,
    /// What was dispensed, above zero.
    #[serde(with = "stored::millilitres")]
    pub quantity: Millilitres,
    /// What it cost, the discount taken off.
    #[serde(with = "stored::kopecks")]
    pub amount: Kopecks,
    /// The discount, in total.
    #[serde(with = "stored::kopecks")]
    pub discount: Kopecks,
    /// The promotion that it is by, if there is any.
    #[serde(rename = "won", default, skip_serializing_if = "Option::is_none")]
    pub promotion: Option<Won>,
    /// The VAT rate in it, percent.
    pub vat_percent: u8,
    /// What was unusual.
    pub flags: Vec<Flag>,
    /// What it was paid from.
    pub funding: Funding,
    /// Returned so far, at most `quantity`.
    #[serde(with = "stored::millilitres")]
    pub refunded_quantity: Millilitres,
    /// Given back so far, at most `amount`.
    #[serde(with = "stored::kopecks")]
    pub refunded_amount: Kopecks,
    /// When the terminal had dropped its hold, if it did and posted it after all.
    #[serde(with = "ts_milliseconds_option", default, skip_serializing_if = "Option::is_none")]
    pub reversed_at: Option<DateTime<Utc>>,
}

/// What was unusual about a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The pump's price was not the station's list price.
    PriceMismatch,
    /// More was dispensed than was set aside.
    OverCaptured,
    /// It was posted when its hold no longer set anything aside.
    Late,
}

#[cfg(test)]
mod tests;
