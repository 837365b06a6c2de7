//! What the public reads, and what it writes to us.

use super::{Invalid, is_disruptive, single_line, wire_string};
use std::fmt;

line!(
    /// A product's name, 1 to 60 characters.
    ProductName, 1..=60
);
line!(
    /// The title of a piece of news, 1 to 200 characters.
    Title, 1..=200
);
line!(
    /// What a ticket is about, 1 to 120 characters.
    Subject, 1..=120
);
line!(
    /// When a station is open, in words; may be empty, at most 100 characters.
    #[derive(Default)]
    Hours, 0..=100
);

/// Trims `text`, makes every line break one `\n`, and refuses what no line may have.
fn lines(text: &str, min: usize, max_bytes: usize) -> Result<String, Invalid> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().any(|c| is_disruptive(c) && c != '\n' && c != '\t') {
        return Err(Invalid::new("text_control_character", "control and direction marks are not accepted"));
    }
    if text.chars().count() < min {
        return Err(Invalid::new("text_too_short", format!("at least {min} characters are needed")));
    }
    if text.len() > max_bytes {
        return Err(Invalid::new("text_too_long", format!("at most {max_bytes} bytes are accepted")));
    }
    Ok(text)
}

macro_rules! prose {
    ($(#[$doc:meta])* $name:ident, $min:literal .. $max_bytes:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Parses several lines of text.
            ///
            /// # Errors
            /// `text_control_character`, `text_too_short`, `text_too_long`.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                lines(text, $min, $max_bytes).map(Self)
            }

            /// The text; its lines end in `\n`.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        wire_string!($name, "a text");
    };
}

prose!(
    /// Text in Markdown, which is shown through [`crate::markdown`]; may be empty, at most 20,000 bytes.
    #[derive(Default)]
    Markdown, 0..20_000
);
prose!(
    /// What somebody writes to the administration or in a ticket, 1 character to 8,000 bytes.
    MessageText, 1..8_000
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lines_are_kept_and_what_acts_outside_of_them_is_refused() {
        assert_eq!(MessageText::parse(" a\r\n\tb \n").unwrap().as_str(), "a\n\tb");
        for evil in ["a\rBcc: x@y.example", "a\0b", "a\u{202e}b", "a\u{2028}b", "\u{feff}a\u{feff}b"] {
            assert_eq!(MessageText::parse(evil).unwrap_err().code, "text_control_character", "{evil:?}");
        }
        assert_eq!(MessageText::parse(" \n ").unwrap_err().code, "text_too_short");
        assert!(Markdown::parse("").is_ok());
        assert!(Markdown::parse(&"я".repeat(10_000)).is_ok());
        assert_eq!(Markdown::parse(&"я".repeat(10_001)).unwrap_err().code, "text_too_long");
    }
}
