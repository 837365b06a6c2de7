//! Passwords: what is strong enough, and how they are kept.

use super::secret::Secret;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

/// The shortest password (ASVS 5, 6.2.1 asks for 8; 12 here).
pub const LENGTH_MIN: usize = 12;
/// The longest password.
pub const LENGTH_MAX: usize = 256;

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordError {
    /// Fewer than 12 characters.
    TooShort,
    /// More than 256 characters.
    TooLong,
    /// zxcvbn scores it below 3 of 4.
    TooWeak,
}

impl PasswordError {
    /// The stable code and its sentence.
    pub fn as_invalid(self) -> crate::domain::Invalid {
        let (code, message) = match self {
            Self::TooShort => ("password_too_short", "a password has at least 12 characters"),
            Self::TooLong => ("password_too_long", "a password has at most 256 characters"),
            Self::TooWeak => ("password_too_weak", "this password is easy to guess: make it longer or less common"),
        };
        crate::domain::Invalid::new(code, message)
    }
}

/// Argon2id with 19 MiB, two passes, one lane (OWASP's minimum), off the async threads.
#[derive(Clone, Copy, Default)]
pub struct Passwords;

/// A hash that no known password has: an unknown login costs as much as a known one, from the first one on.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AXrfev+WI/Uae2FMyL+fJg$HX/Nz6fnyFaEos1OC5uHG6+ErQPMYCod+hXhoB3XNTM";

impl Passwords {
    /// Whether a new password is good enough; `about` are words its owner would think of first.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn check(password: &Secret, about: &[&str]) -> Result<(), PasswordError> {
        let text = password.reveal();
        match text.chars().count() {
            n if n < LENGTH_MIN => Err(PasswordError::TooShort),
            n if n > LENGTH_MAX => Err(PasswordError::TooLong),
            // zxcvbn's time grows with length; a hundred characters decide.
            _ if zxcvbn::zxcvbn(&text.chars().take(100).collect::<String>(), about).score() < zxcvbn::Score::Three => {
                Err(PasswordError::TooWeak)
            }
            _ => Ok(()),
        }
    }

    /// The hash to keep, in PHC format; `None` if hashing failed.
    pub async fn hash(self, password: &Secret) -> Option<String> {
        let password = password.clone();
        tokio::task::spawn_blocking(move || hash_now(password.reveal())).await.ok().flatten()
    }

    /// Whether `password` is the one behind `hash`. Without a hash the same work is done for nothing.
    pub async fn verify(self, password: &Secret, hash: Option<&str>) -> bool {
        let (password, hash) = (password.clone(), hash.map(str::to_owned));
        tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
            PasswordHash::new(&hash)
                .is_ok_and(|parsed| argon2().verify_password(password.reveal().as_bytes(), &parsed).is_ok())
                && known
        })
        .await
        .unwrap_or(false)
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or(Params::DEFAULT))
}

fn hash_now(password: &str) -> Option<String> {
    argon2().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_login_costs_the_same_parameters() {
        let real = hash_now("correct horse battery staple").unwrap();
        let parameters = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parameters(&real), parameters(NOBODYS));
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }
}
