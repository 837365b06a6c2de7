//! Identifiers, one kind each.

use super::invalid::{Invalid, wire_string};
use std::fmt;
use uuid::Uuid;

/// A company: eight digits drawn at random when it is created, part of the numbers of its cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompanyId(u32);

impl CompanyId {
    /// The smallest and the largest.
    pub const RANGE: std::ops::RangeInclusive<u32> = 10_000_000..=99_999_999;

    /// From its number, if it has eight digits.
    pub fn new(number: u32) -> Option<Self> {
        Self::RANGE.contains(&number).then_some(Self(number))
    }

    /// Parses eight digits, the first not zero.
    ///
    /// # Errors
    /// `company_id_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
        digits
            .then(|| text.parse().ok().and_then(Self::new))
            .flatten()
            .ok_or_else(|| Invalid::new("company_id_malformed", "a company's id is eight digits"))
    }
}

impl fmt::Display for CompanyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

wire_string!(CompanyId, "a string of eight digits");

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $code:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// From a UUID.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The UUID.
            pub const fn get(self) -> Uuid {
                self.0
            }

            /// Parses a hyphenated UUID.
            ///
            /// # Errors
            /// A code that ends in `_malformed`.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                Some(text)
                    .filter(|t| t.len() == 36)
                    .and_then(|t| Uuid::parse_str(t).ok())
                    .map(Self)
                    .ok_or_else(|| Invalid::new($code, "expected a UUID"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.hyphenated())
            }
        }

        wire_string!($name, "a UUID");
    };
}

uuid_id!(
    /// A person, of a company or of the staff.
    UserId,
    "user_id_malformed"
);
uuid_id!(
    /// A signed-in session.
    SessionId,
    "session_id_malformed"
);
uuid_id!(
    /// A terminal's own number for one ask; unique per card, kept for good.
    RequestId,
    "request_id_malformed"
);
uuid_id!(
    /// A claim on the reconciliation desk.
    ClaimId,
    "claim_id_malformed"
);
uuid_id!(
    /// A company's template of rules.
    TemplateId,
    "template_id_malformed"
);
uuid_id!(
    /// What one person asks for and another decides.
    ApprovalId,
    "approval_id_malformed"
);
uuid_id!(
    /// A purchase that a company says is not right.
    DisputeId,
    "dispute_id_malformed"
);
uuid_id!(
    /// Long work.
    JobId,
    "job_id_malformed"
);
uuid_id!(
    /// What somebody wrote to the administration.
    MessageId,
    "message_id_malformed"
);
uuid_id!(
    /// A conversation of a company with OKTAN.
    TicketId,
    "ticket_id_malformed"
);
uuid_id!(
    /// A payment whose payer is not known yet.
    UnmatchedId,
    "unmatched_id_malformed"
);
uuid_id!(
    /// A write: lets an operation whose answer was lost recognise its own effect.
    WriteId,
    "write_id_malformed"
);

/// A station's code as it stands on its sign: 1 to 8 letters, digits or hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StationCode(String);

impl StationCode {
    /// Parses a code.
    ///
    /// # Errors
    /// `station_code_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let fits = (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        fits.then(|| Self(text.to_owned())).ok_or_else(|| {
            Invalid::new("station_code_malformed", "a station's code is 1 to 8 Latin letters, digits or hyphens")
        })
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(StationCode, "a station's code");

/// A terminal: `t` and twelve hexadecimal digits. Also its OAuth client id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerminalId(String);

impl TerminalId {
    /// From six random bytes.
    pub fn from_random(bytes: [u8; 6]) -> Self {
        Self(bytes.iter().fold(String::from("t"), |id, byte| format!("{id}{byte:02x}")))
    }

    /// Parses an id.
    ///
    /// # Errors
    /// `terminal_id_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let fits = text.len() == 13
            && text.starts_with('t')
            && text[1..].bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| Invalid::new("terminal_id_malformed", "a terminal's id is t and 12 hexadecimal digits"))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(TerminalId, "a terminal's id");
