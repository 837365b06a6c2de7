//! News: how a piece is called in an address.

use super::invalid::{Invalid, wire_string};
use super::text::Title;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters of a title that an address carries.
const SLUG_MAX: usize = 60;
/// Digits of an id.
const DIGITS: usize = 12;

/// A language of what the public reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Language {
    /// Its two letters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// A piece of news: twelve hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NewsId(String);

impl NewsId {
    /// From six random bytes.
    pub fn from_random(bytes: [u8; 6]) -> Self {
        Self(bytes.iter().fold(String::new(), |id, byte| format!("{id}{byte:02x}")))
    }

    /// Parses an id.
    ///
    /// # Errors
    /// `news_id_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let fits = text.len() == DIGITS && text.bytes().all(digit);
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| Invalid::new("news_id_malformed", "an id of news is 12 hexadecimal digits"))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a piece with this title: `novaya-azs-0123456789ab`. The id at its end finds the piece, so that an
    /// address of an earlier title still does.
    pub fn slug(&self, title: &Title) -> String {
        slug_of(title, &self.0)
    }

    /// The id that an address ends with.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::parse(slug.rsplit('-').next()?).ok()
    }
}

impl fmt::Display for NewsId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(NewsId, "an id of news");

/// The address of something with this title, its id at the end.
pub fn slug_of(title: &Title, id: &str) -> String {
    let mut words = String::new();
    for c in title.as_str().to_lowercase().chars() {
        match latin(c) {
            Some(letters) => words.push_str(letters),
            None if c.is_ascii_alphanumeric() => words.push(c),
            None if !words.is_empty() && !words.ends_with('-') => words.push('-'),
            None => {}
        }
        if words.len() >= SLUG_MAX {
            break;
        }
    }
    let words = words.trim_end_matches('-');
    if words.is_empty() { id.to_owned() } else { format!("{words}-{id}") }
}

/// A small Russian letter in Latin ones.
const fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id() -> NewsId {
        NewsId::parse("0123456789ab").unwrap()
    }

    #[test]
    fn an_address_says_what_it_is_about_in_latin_letters() {
        let slug = |title: &str| id().slug(&Title::parse(title).unwrap());
        assert_eq!(slug("Открылась АЗС № 12 — «Южная»!"), "otkrylas-azs-12-yuzhnaya-0123456789ab");
        assert_eq!(slug("Prices: July & August"), "prices-july-august-0123456789ab");
        assert_eq!(slug("☃"), "0123456789ab");
    }

    proptest! {
        #[test]
        fn every_address_finds_its_piece_and_needs_no_escaping(title in "\\PC{1,200}") {
            prop_assume!(Title::parse(&title).is_ok());
            let slug = id().slug(&Title::parse(&title).unwrap());
            prop_assert_eq!(NewsId::of_slug(&slug), Some(id()));
            prop_assert!(slug.len() <= SLUG_MAX + 4 + DIGITS + 1);
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}
