//! The taxpayer's number.

use super::invalid::{Invalid, wire_string};
use std::fmt;

/// ИНН: 10 digits of a legal entity or 12 of a sole trader, check digits verified
/// (order of the Federal Tax Service ММВ-7-6/435@, annex 1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Inn(String);

const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

impl Inn {
    /// Parses 10 or 12 digits.
    ///
    /// # Errors
    /// `inn_malformed` for anything but digits of that length, `inn_check_digit` for a wrong check digit.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digits: Vec<u32> = text.bytes().filter(u8::is_ascii_digit).map(|b| u32::from(b - b'0')).collect();
        let valid = match (text.len(), digits.len()) {
            (10, 10) => check_digit(&digits[..9]) == digits[9],
            (12, 12) => check_digit(&digits[..10]) == digits[10] && check_digit(&digits[..11]) == digits[11],
            _ => return Err(Invalid::new("inn_malformed", "an INN is 10 digits, or 12 of a sole trader")),
        };
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid::new("inn_check_digit", "the check digit of this INN is wrong"))
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the number is of a legal entity (which has a KPP) and not of a sole trader.
    pub fn is_legal_entity(&self) -> bool {
        self.0.len() == 10
    }
}

/// The digit that follows `digits`: their weighted sum modulo 11, modulo 10.
fn check_digit(digits: &[u32]) -> u32 {
    let weights = &WEIGHTS[WEIGHTS.len() - digits.len()..];
    digits.iter().zip(weights).map(|(d, w)| d * w).sum::<u32>() % 11 % 10
}

impl fmt::Display for Inn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(Inn, "a string of 10 or 12 digits");

#[cfg(test)]
mod tests {
    use super::Inn;
    use proptest::prelude::*;

    #[test]
    fn known_numbers_pass() {
        for good in ["2622542570", "7707083893", "269684346357", "500100732259"] {
            assert!(Inn::parse(good).is_ok(), "{good}");
        }
    }

    proptest! {
        #[test]
        fn any_other_check_digit_is_refused(at in 0usize..10, by in 1u8..10) {
            let mut text = b"2622542570".to_vec();
            text[at] = b'0' + (text[at] - b'0' + by) % 10;
            let changed = String::from_utf8(text).unwrap();
            // One changed digit moves the weighted sum by weight·difference, which 11 divides for none of them;
            // modulo 10 the remainders 0 and 10 fall together.
            if let Ok(inn) = Inn::parse(&changed) {
                let sum: u32 = changed.bytes().take(9).zip([2u32, 4, 10, 3, 5, 9, 4, 6, 8]).map(|(b, w)| u32::from(b - b'0') * w).sum();
                prop_assert!(matches!(sum % 11, 0 | 10), "{inn}");
            }
        }

        #[test]
        fn nonsense_never_panics(text in ".{0,20}") {
            let _ = Inn::parse(&text);
        }
    }
}
