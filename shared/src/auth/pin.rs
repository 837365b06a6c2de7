//! How a card's PIN is kept: a hash under the MAC key, over the card's number and the digits. Ten thousand PINs are tried in
//! no time by whoever has the key, and by nobody who has only the table.

use super::keys::Keys;
use crate::domain::CardNumber;
use crate::domain::pin::{Pin, PinShown};
use std::fmt;
use subtle::ConstantTimeEq as _;

/// A card's PIN as its row has it; never printed.
#[derive(Clone)]
pub struct PinHash(Vec<u8>);

impl PinHash {
    /// As it was read from a row.
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// For the row.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for PinHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Keys {
    /// What is kept of a card's PIN.
    pub fn pin_hash(&self, card: &CardNumber, pin: &Pin) -> PinHash {
        PinHash(self.mac("pin", &[card.as_str().as_bytes(), pin.reveal()]).to_vec())
    }

    /// What `shown` is beside the card's PIN, in a time that does not tell where they differ. A card without one has no
    /// right PIN.
    pub fn compare_pin(&self, card: &CardNumber, kept: Option<&PinHash>, shown: Option<&Pin>) -> PinShown {
        let Some(shown) = shown else { return PinShown::Nothing };
        let shown = self.pin_hash(card, shown);
        match kept {
            Some(kept) if kept.0.ct_eq(&shown.0).into() => PinShown::Right,
            _ => PinShown::Wrong,
        }
    }
}
