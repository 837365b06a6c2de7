//! By what a bank's document is known again.

use super::Document;
use crate::domain::invalid::{Invalid, wire_string};
use std::fmt;

/// The same document in any file: the own account, the document's date, number and amount, and the account that paid.
///
/// Nothing of it depends on how a file is written or on what days it covers. The payer's name and INN are no part of it, for one
/// export says them and another does not; where a bank does not say the account that paid, its INN, else its name stands
/// for it. Two documents of one payer's account cannot have the same number on one day, for the payer numbers them
/// (Положение Банка России № 762-П, приложение 1, реквизит 3).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BankIdentity(String);

impl BankIdentity {
    pub(super) fn of(document: &Document) -> Self {
        let payer = match (document.payer_account.as_str(), &document.payer_inn) {
            ("", Some(inn)) => inn.to_string(),
            ("", None) => plain_number(document.payer_name.as_str()),
            (account, _) => plain_number(account),
        };
        let (own, date, amount) = (&document.own, document.date, document.amount.get());
        Self(format!("{own}#{date}#{}#{amount}#{payer}", plain_number(document.number.as_str())))
    }

    /// Parses what was stored.
    ///
    /// # Errors
    /// `bank_identity_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let malformed = || Invalid::new("bank_identity_malformed", "a bank document's identity has five parts");
        (text.split('#').count() == 5).then(|| Self(text.to_owned())).ok_or_else(malformed)
    }
}

impl fmt::Display for BankIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(BankIdentity, "the identity of a bank's document");

/// A document's number as it is compared: without blanks, zeros in front and `#`, in capitals.
pub fn plain_number(number: &str) -> String {
    let plain: String =
        number.chars().filter(|c| !c.is_whitespace() && *c != '#').flat_map(char::to_uppercase).collect();
    match plain.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_owned(),
    }
}
