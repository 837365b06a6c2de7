//! A card's PIN: four digits, and how wrong ones are counted.
//!
//! The digits are kept as a keyed hash, which this module does not know: whoever reads the card compares, and tells the
//! rules the outcome ([`PinShown`]).

use super::authorization::ReasonCode;
use super::card::Card;
use super::invalid::Invalid;
use serde::{Deserialize, Deserializer, de};
use std::fmt;

/// Wrong PINs in a row that lock it.
pub const PIN_TRIES_MAX: u8 = 3;

/// Four digits as somebody typed them; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin([u8; 4]);

impl Pin {
    /// Parses four ASCII digits.
    ///
    /// # Errors
    /// `pin_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digits: Option<[u8; 4]> = text.as_bytes().try_into().ok();
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_digit));
        digits.map(Self).ok_or_else(|| Invalid::new("pin_malformed", "a PIN is four digits"))
    }

    /// The digits, for the keyed hash and nothing else.
    pub const fn reveal(&self) -> &[u8; 4] {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl de::Visitor<'_> for Digits {
            type Value = Pin;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string of four digits")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Pin, E> {
                Pin::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

/// What came with an ask, compared with the card's PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PinShown {
    /// No PIN.
    Nothing,
    /// The card's.
    Right,
    /// Another.
    Wrong,
}

/// Whether a card asks for a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PinState {
    /// It has none.
    None,
    /// It asks for one.
    Set,
    /// Too many wrong ones in a row: none is taken until the tries are forgiven or another PIN is set.
    Locked,
}

impl PinState {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Set => "set",
            Self::Locked => "locked",
        }
    }
}

impl Card {
    /// Whether it asks for a PIN.
    pub fn pin_state(&self) -> PinState {
        match self.pin_tries {
            None => PinState::None,
            Some(tries) if tries < PIN_TRIES_MAX => PinState::Set,
            Some(_) => PinState::Locked,
        }
    }

    /// The card after an ask that showed `shown`, not yet a write on, and why that does not pass. A locked PIN is not
    /// compared, so nothing can be learnt by trying; without one, whatever is shown passes.
    pub(super) fn try_pin(&self, shown: PinShown) -> (Self, Option<ReasonCode>) {
        let (tries, refused) = match (self.pin_tries, shown) {
            (None, _) => (None, None),
            (tries, PinShown::Nothing) => (tries, Some(ReasonCode::PinRequired)),
            (Some(tries), _) if tries >= PIN_TRIES_MAX => (Some(tries), Some(ReasonCode::PinLocked)),
            (Some(_), PinShown::Right) => (Some(0), None),
            (Some(tries), PinShown::Wrong) => (Some(tries.saturating_add(1)), Some(ReasonCode::PinWrong)),
        };
        (Self { pin_tries: tries, ..self.clone() }, refused)
    }

    /// The card with another PIN, its tries forgiven.
    #[must_use]
    pub fn with_pin(&self) -> Self {
        Self { pin_tries: Some(0), ..self.edited() }
    }

    /// The card without a PIN; `None` if it has none.
    pub fn without_pin(&self) -> Option<Self> {
        self.pin_tries.map(|_| Self { pin_tries: None, ..self.edited() })
    }

    /// The card with no wrong PINs counted; `None` if there are none.
    pub fn with_tries_forgiven(&self) -> Option<Self> {
        self.pin_tries.filter(|tries| *tries > 0).map(|_| self.with_pin())
    }
}
