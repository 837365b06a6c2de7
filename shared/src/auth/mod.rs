//! Who is asking: secrets, passwords, tokens, sealed identifiers, and permissions by role.

mod hs256;
mod keys;
mod password;
mod permission;
mod pin;
mod sealed;
mod secret;
mod token;
mod totp;

pub use keys::{Keys, same_hash, token_hash};
pub use password::{PasswordError, Passwords};
pub use permission::{Permission, may};
pub use pin::PinHash;
pub use secret::{Secret, random_bytes};
pub use token::{SessionClaims, TerminalClaims, TokenKind};
pub use totp::{Authenticator, Code, RECOVERY_CODES, STEP_S, recovery_codes};
