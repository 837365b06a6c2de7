//! The numbers of documents.

use crate::domain::invalid::{Invalid, wire_string};
use chrono::{Datelike as _, NaiveDate};
use std::fmt;

/// A document's number: the year, and its place among the year's documents of its kind, from 1 and without a gap. Written
/// `26-000123`: nothing that a letter of another alphabet could stand for, and long enough to be known in a payment's purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaperNumber {
    year: i32,
    place: u32,
}

/// Digits of a place; a larger one is written with all that it has.
const PLACE_DIGITS: usize = 6;

impl PaperNumber {
    /// The number of the `place`-th document of a year from 2000 to 2099.
    pub fn new(year: i32, place: u32) -> Option<Self> {
        ((2000..=2099).contains(&year) && place > 0).then_some(Self { year, place })
    }

    /// Parses a number as it is written.
    ///
    /// # Errors
    /// `paper_number_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let parsed = text.split_once('-').and_then(|(year, place)| {
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
            let shape = year.len() == 2 && place.len() >= PLACE_DIGITS && digits(year) && digits(place);
            let padded = place.len() == PLACE_DIGITS || !place.starts_with('0');
            if !shape || !padded {
                return None;
            }
            Self::new(2000 + year.parse::<i32>().ok()?, place.parse().ok()?)
        });
        parsed.ok_or_else(|| Invalid::new("paper_number_malformed", "a document's number is as 26-000123"))
    }

    /// The year that it counts in.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its place in the year.
    pub const fn place(self) -> u32 {
        self.place
    }

    /// The year whose numbers a document of this day has.
    pub fn year_of(date: NaiveDate) -> i32 {
        date.year()
    }
}

impl fmt::Display for PaperNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:0width$}", self.year % 100, self.place, width = PLACE_DIGITS)
    }
}

wire_string!(PaperNumber, "a document's number, such as \"26-000123\"");

/// The numbers that a text names, each once, in their order, whatever its dashes: what a payment says it is for.
pub fn named_in(text: &str) -> Vec<PaperNumber> {
    let text: String = text.chars().map(|c| if "‐‑‒–—−".contains(c) { '-' } else { c }).collect();
    let is_of_number = |c: char| c.is_alphanumeric() || c == '-';
    let mut found = Vec::new();
    for word in text.split(|c: char| !is_of_number(c)) {
        if let Ok(number) = PaperNumber::parse(word)
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    found
}
