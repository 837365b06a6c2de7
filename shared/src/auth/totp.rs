//! The second factor: six digits that change every thirty seconds (RFC 6238), and codes for who lost the device.

use super::keys::Keys;
use super::secret::{Secret, random_bytes};
use crate::domain::UserId;
use crate::domain::text::Login;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use std::fmt;
use totp_rs::{Algorithm, Builder, Totp};

/// Bytes of a secret (RFC 4226 §4 recommends 160 bits).
const SECRET_BYTES: usize = 20;
/// Digits of a code.
const DIGITS: u8 = 6;
/// Seconds of a step.
pub const STEP_S: u64 = 30;
/// Steps before and after the present one that are taken, for clocks that differ (RFC 6238 §5.2).
const SKEW: u16 = 1;
/// Who issues the codes, as the authenticator shows it.
const ISSUER: &str = "OKTAN";
/// Codes for who lost the device.
pub const RECOVERY_CODES: usize = 10;

/// The secret shared with a person's authenticator; prints as `***`.
#[derive(Clone)]
pub struct Authenticator([u8; SECRET_BYTES]);

impl Authenticator {
    /// A new one.
    pub fn random() -> Self {
        Self(random_bytes())
    }

    /// The address that an authenticator reads from a QR code: `otpauth://totp/…`.
    pub fn uri(&self, login: &Login) -> Option<Secret> {
        self.totp(login.as_str())?.to_url().ok().map(|uri| Secret::new(&uri))
    }

    /// The step that six digits belong to, if it is the present one or next to it.
    pub fn step_of(&self, digits: &str, now: DateTime<Utc>) -> Option<u64> {
        let at = u64::try_from(now.timestamp()).ok()?;
        // The name stands in the address only.
        self.totp(ISSUER)?.check(digits, at)
    }

    /// For a row: nobody reads it without the house's key, and not as another person's.
    pub fn sealed(&self, keys: &Keys, user: UserId) -> Option<Vec<u8>> {
        keys.encrypt("totp", user.get().as_bytes(), &self.0)
    }

    /// Reads what [`Authenticator::sealed`] gave for the same person.
    pub fn open(keys: &Keys, user: UserId, sealed: &[u8]) -> Option<Self> {
        keys.decrypt("totp", user.get().as_bytes(), sealed)?.try_into().ok().map(Self)
    }

    fn totp(&self, account: &str) -> Option<Totp> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(SKEW)
            .with_step_duration(STEP_S)
            .with_secret(self.0)
            .with_account_name(account)
            .with_issuer(Some(ISSUER))
            .build()
            .ok()
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// What a person types where a code is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// The authenticator's six digits.
    Digits(String),
    /// One of the recovery codes, by the hash that is kept of it.
    Recovery(String),
}

impl Code {
    /// Reads what was typed, in any case, with any spaces and hyphens.
    pub fn read(keys: &Keys, user: UserId, typed: &Secret) -> Self {
        let bare: String = typed.reveal().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if bare.len() == usize::from(DIGITS) && bare.bytes().all(|b| b.is_ascii_digit()) {
            return Self::Digits(bare);
        }
        let mac = keys.mac("recovery code", &[user.get().as_bytes(), bare.to_lowercase().as_bytes()]);
        Self::Recovery(URL_SAFE_NO_PAD.encode(mac))
    }
}

/// New recovery codes, and the hashes to keep of them.
pub fn recovery_codes(keys: &Keys, user: UserId) -> (Vec<Secret>, Vec<String>) {
    let codes: Vec<Secret> = std::iter::repeat_with(Secret::one_time_password).take(RECOVERY_CODES).collect();
    let hashes = codes.iter().filter_map(|code| match Code::read(keys, user, code) {
        Code::Recovery(hash) => Some(hash),
        Code::Digits(_) => None,
    });
    let hashes = hashes.collect();
    (codes, hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const RFC: Authenticator = Authenticator(*b"12345678901234567890");

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // Appendix B has eight digits; six are the last six of them.
        for (seconds, digits) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(RFC.step_of(digits, at(seconds)), Some(seconds as u64 / STEP_S), "{seconds}");
        }
    }

    #[test]
    fn a_code_holds_one_step_to_either_side() {
        let code = "287082"; // of step 1: seconds 30 to 59
        for (seconds, taken) in [(0, true), (29, true), (59, true), (89, true), (90, false), (150, false)] {
            assert_eq!(RFC.step_of(code, at(seconds)).is_some(), taken, "{seconds}");
        }
        for other in ["287083", "28708", "2870820", "", "abcdef", "٢٨٧٠٨٢"] {
            assert_eq!(RFC.step_of(other, at(45)), None, "{other}");
        }
    }
}
