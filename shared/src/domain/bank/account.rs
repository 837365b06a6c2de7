//! The number of an account at a Russian bank.

use crate::domain::invalid::{Invalid, wire_string};
use std::fmt;

/// An account of twenty digits in roubles: the sixth to the eighth are the currency's, 810 (or 643) (Положение Банка России
/// № 809-П).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(String);

impl AccountNumber {
    /// Parses twenty digits.
    ///
    /// # Errors
    /// `statement_account`; `statement_currency` for another currency.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.len() != 20 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Invalid::new("statement_account", "an account is twenty digits"));
        }
        match text.get(5..8) {
            Some("810" | "643") => Ok(Self(text.to_owned())),
            _ => Err(Invalid::new("statement_currency", "the account is not one in roubles")),
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(AccountNumber, "a string of twenty digits");
