//! Texts that people type, bounded and free of anything that could act outside their field.

use super::invalid::{Invalid, wire_string};
use std::fmt;

/// Trims `text` and refuses control characters, line breaks, and marks that turn the direction of what follows.
fn single_line(text: &str, min: usize, max: usize) -> Result<String, Invalid> {
    let text = text.trim();
    if text.chars().any(is_disruptive) {
        return Err(Invalid::new(
            "text_control_character",
            "line breaks, control and direction marks are not accepted",
        ));
    }
    let length = text.chars().count();
    if length < min {
        return Err(Invalid::new("text_too_short", format!("at least {min} characters are needed")));
    }
    if length > max {
        return Err(Invalid::new("text_too_long", format!("at most {max} characters are accepted")));
    }
    Ok(text.to_owned())
}

/// Control characters, line separators, bidirectional overrides and invisible joiners.
fn is_disruptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

macro_rules! line {
    ($(#[$doc:meta])* $name:ident, $min:literal ..= $max:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Parses one line of text.
            ///
            /// # Errors
            /// `text_control_character`, `text_too_short`, `text_too_long`.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                single_line(text, $min, $max).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        wire_string!($name, "a string of one line");
    };
}

mod fitted;
mod prose;

pub use fitted::fitted;
pub use prose::{Hours, Markdown, MessageText, ProductName, Subject, Title};

line!(
    /// A company's name, 1 to 200 characters.
    CompanyName, 1..=200
);
line!(
    /// A person's full name, 1 to 120 characters.
    PersonName, 1..=120
);
line!(
    /// A contract's number, 1 to 40 characters.
    ContractNumber, 1..=40
);
line!(
    /// What a card is called: a number plate or a driver; may be empty, at most 60 characters.
    #[derive(Default)]
    Label, 0..=60
);
line!(
    /// The group of a card; may be empty, at most 40 characters.
    #[derive(Default)]
    Group, 0..=40
);
line!(
    /// What a template of rules is called, 1 to 60 characters.
    TemplateName, 1..=60
);
line!(
    /// Why something was done; may be empty, at most 200 characters.
    #[derive(Default)]
    Note, 0..=200
);
line!(
    /// What a payment is for, in the payer's words; may be empty, at most 210 characters, as many as a payment order has for it
    /// (Положение Банка России № 762-П, приложение 11, реквизит 24).
    #[derive(Default)]
    Purpose, 0..=210
);
line!(
    /// Why a purchase is disputed, or is not given back, 1 to 1000 characters.
    Reason, 1..=1000
);
line!(
    /// A station's name or address, 1 to 200 characters.
    Place, 1..=200
);
line!(
    /// The number of a payment document, 1 to 40 characters.
    DocumentNumber, 1..=40
);
line!(
    /// The seller's name in documents, 1 to 160 characters.
    SellerName, 1..=160
);
line!(
    /// A bank's name with its town, 1 to 120 characters.
    BankName, 1..=120
);
line!(
    /// What somebody types who forgot the password: a login, an e-mail or an INN; 1 to 254 characters.
    Identifier, 1..=254
);
line!(
    /// What somebody says is on file, 1 to 120 characters.
    FactText, 1..=120
);

/// An e-mail address, at most 254 characters. Compared and stored in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// Parses one address: a dot-atom local part and a domain of at least two labels (RFC 5321 §4.1.2, without
    /// quoted strings and address literals).
    ///
    /// # Errors
    /// `email_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let malformed = || Invalid::new("email_malformed", "this is not an e-mail address");
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or_else(malformed)?;
        let atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-.".contains(&b);
        let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
        let label = |l: &str| {
            (1..=63).contains(&l.len())
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let fits = text.len() <= 254
            && (1..=64).contains(&local.len())
            && local.bytes().all(atom)
            && dots(local)
            && domain.contains('.')
            && domain.split('.').all(label);
        fits.then_some(Self(text)).ok_or_else(malformed)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(Email, "an e-mail address");

/// A telephone number: 10 to 15 digits, kept as written, compared by its last ten digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Parses digits with spaces, brackets, hyphens and a leading plus.
    ///
    /// # Errors
    /// `phone_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let fits = text.len() <= 30
            && (10..=15).contains(&digits)
            && text
                .bytes()
                .enumerate()
                .all(|(at, b)| b.is_ascii_digit() || b" ()-".contains(&b) || (at == 0 && b == b'+'));
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| Invalid::new("phone_malformed", "a phone is 10 to 15 digits, spaces, brackets and hyphens"))
    }

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(Phone, "a telephone number");

/// A login: 3 to 64 characters, Latin letters, digits, `.`, `_`, `-`, `@`; kept in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(String);

impl Login {
    /// Parses a login.
    ///
    /// # Errors
    /// `login_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().to_ascii_lowercase();
        let fits = (3..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-@".contains(&b));
        fits.then_some(Self(text)).ok_or_else(|| {
            Invalid::new("login_malformed", "a login is 3 to 64 Latin letters, digits, dots, hyphens or underscores")
        })
    }

    /// The login.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(Login, "a login");

/// КПП: nine characters that say where a legal entity is registered (order ММВ-7-6/435@).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kpp(String);

impl Kpp {
    /// Parses four digits, two digits or capital letters, three digits.
    ///
    /// # Errors
    /// `kpp_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let fits = text.len() == 9
            && text
                .bytes()
                .enumerate()
                .all(|(at, b)| b.is_ascii_digit() || ((4..6).contains(&at) && b.is_ascii_uppercase()));
        fits.then(|| Self(text.to_owned())).ok_or_else(|| Invalid::new("kpp_malformed", "a KPP is nine digits"))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kpp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(Kpp, "a string of nine digits");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_break_or_a_direction_mark_is_refused_everywhere() {
        for evil in ["a\r\nBcc: x@y.example", "a\u{202e}b", "a\u{2066}b", "a\0b", "a\u{2028}b"] {
            assert!(PersonName::parse(evil).is_err());
            assert!(Label::parse(evil).is_err());
            assert!(Email::parse(&format!("{evil}@x.example")).is_err());
            assert!(Login::parse(evil).is_err());
        }
    }

    #[test]
    fn addresses() {
        for good in ["office0@client1.example", "a.b+c@x-y.co", "A@B.RU"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in ["not-an-email", "a@b", "a@@b.ru", ".a@b.ru", "a..b@c.ru", "a@-b.ru", "a b@c.ru", "a@b.ru,c@d.ru"] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn nonsense_never_panics(text in ".{0,300}") {
            let _ = (Email::parse(&text), Phone::parse(&text), Login::parse(&text), Kpp::parse(&text), Note::parse(&text));
        }
    }
}
