//! Where money lies that a company moves: its account or a card's purse.

use super::CardNumber;
use super::invalid::{Invalid, wire_string};
use std::fmt;

/// The account or a purse. On the wire `account` or the purse card's number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pocket {
    /// The company's account.
    Account,
    /// The purse of this card.
    Purse(CardNumber),
}

impl Pocket {
    /// Parses `account` or a card's number.
    ///
    /// # Errors
    /// `card_number_malformed`, `card_number_check`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text == "account" { Ok(Self::Account) } else { CardNumber::parse(text).map(Self::Purse) }
    }

    /// The card, if it is a purse.
    pub const fn card(&self) -> Option<&CardNumber> {
        match self {
            Self::Account => None,
            Self::Purse(card) => Some(card),
        }
    }
}

impl fmt::Display for Pocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("account"),
            Self::Purse(card) => card.fmt(f),
        }
    }
}

wire_string!(Pocket, "\"account\" or the number of a purse card");
