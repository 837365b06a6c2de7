//! The number on a fuel card.

use super::ids::CompanyId;
use super::invalid::{Invalid, wire_string};
use std::fmt;

/// A card's number: 12 to 19 digits ending in a Luhn check digit (ISO/IEC 7812-1, annex B).
///
/// Numbers that the house issues are 19 digits and name their company: issuer `7826`, company (8), serial (6), check
/// digit. The pump uses this to read the account in the same round trip as the card; for numbers given by hand it
/// costs a second one (docs/adr/0003).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardNumber(String);

const ISSUER: &str = "7826";

/// The largest serial of a card within its company.
pub const SERIAL_MAX: u32 = 999_999;

impl CardNumber {
    /// Parses a number.
    ///
    /// # Errors
    /// `card_number_malformed`, `card_number_check_digit`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if !(12..=19).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Invalid::new("card_number_malformed", "a card number is 12 to 19 digits"));
        }
        if luhn(&text[..text.len() - 1]) != text.as_bytes()[text.len() - 1] - b'0' {
            return Err(Invalid::new("card_number_check_digit", "the check digit of this card number is wrong"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The number of `company`'s card with this serial (at most [`SERIAL_MAX`]).
    pub fn issue(company: CompanyId, serial: u32) -> Self {
        let body = format!("{ISSUER}{company}{:06}", serial % (SERIAL_MAX + 1));
        Self(format!("{body}{}", luhn(&body)))
    }

    /// The company whose card this would be, had the house issued the number. A guess where to look, not a fact.
    pub fn company_hint(&self) -> Option<CompanyId> {
        if self.0.len() != 19 || !self.0.starts_with(ISSUER) {
            return None;
        }
        CompanyId::parse(&self.0[ISSUER.len()..ISSUER.len() + 8]).ok()
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The Luhn digit that follows `body`, which is digits.
fn luhn(body: &str) -> u8 {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, b)| {
            let digit = u32::from(b - b'0');
            let doubled = if at % 2 == 0 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or(0)
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(CardNumber, "a string of 12 to 19 digits");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_issued_number_parses_and_names_its_company(company in 10_000_000u32..=99_999_999, serial in 0..=SERIAL_MAX) {
            let company = CompanyId::new(company).unwrap();
            let number = CardNumber::issue(company, serial);
            prop_assert_eq!(CardNumber::parse(number.as_str()), Ok(number.clone()));
            prop_assert_eq!(number.company_hint(), Some(company));
        }

        #[test]
        fn one_wrong_digit_is_always_refused(serial in 0..=SERIAL_MAX, at in 0usize..19, by in 1u8..10) {
            let number = CardNumber::issue(CompanyId::new(48_210_377).unwrap(), serial);
            let mut text = number.as_str().as_bytes().to_vec();
            text[at] = b'0' + (text[at] - b'0' + by) % 10;
            prop_assert!(CardNumber::parse(std::str::from_utf8(&text).unwrap()).is_err());
        }
    }
}
