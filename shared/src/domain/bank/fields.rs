//! The lines of one section, as they come.

use super::{AccountNumber, Refused};
use crate::domain::{Day, Invalid, Kopecks};
use chrono::NaiveDate;

/// Bytes of one value that goes over several lines.
const VALUE_MAX: usize = 4_096;

/// What a section says, of the keys that are wanted.
#[derive(Debug)]
pub struct Fields {
    /// The line on which the section starts.
    pub line: usize,
    wanted: &'static [&'static str],
    found: Vec<Field>,
    /// The line before was of the last one found.
    open: bool,
}

#[derive(Debug)]
struct Field {
    key: &'static str,
    value: String,
    line: usize,
}

impl Fields {
    pub fn new(line: usize, wanted: &'static [&'static str]) -> Self {
        Self { line, wanted, found: Vec::new(), open: false }
    }

    /// Takes a line of the section. One without `=` goes on with the purpose in the line before: some banks break it.
    pub fn take(&mut self, line: usize, text: &str) -> Result<(), Refused> {
        let Some((key, value)) = text.split_once('=') else { return self.go_on(line, text) };
        let (key, value) = (key.trim_end(), value.trim_start());
        let Some(key) = self.wanted.iter().find(|wanted| **wanted == key) else {
            self.open = false;
            return Ok(());
        };
        if self.found.iter().any(|field| field.key == *key) {
            return Err(Refused::new(line, key, "statement_key_repeated", "this key was said before"));
        }
        // An empty value says nothing, and is not said a second time.
        self.found.push(Field { key, value: value.to_owned(), line });
        self.open = key.starts_with(super::document::PURPOSE);
        Ok(())
    }

    fn go_on(&mut self, line: usize, text: &str) -> Result<(), Refused> {
        match self.found.last_mut().filter(|_| self.open) {
            Some(field) if field.value.len() + text.len() < VALUE_MAX => {
                field.value.push(' ');
                field.value.push_str(text);
                Ok(())
            }
            Some(field) => {
                Err(Refused::new(line, field.key, "statement_line_too_long", "this value is longer than any may be"))
            }
            None => Err(Refused::malformed(line)),
        }
    }

    /// The value of a key and its line; `None` where there is none or it is empty.
    fn find(&self, key: &'static str) -> Option<(&str, usize)> {
        let field = self.found.iter().find(|field| field.key == key)?;
        (!field.value.is_empty()).then_some((field.value.as_str(), field.line))
    }

    /// The value of the first of these keys that has one.
    pub fn text(&self, keys: &[&'static str]) -> Option<&str> {
        keys.iter().find_map(|key| self.find(key)).map(|(value, _)| value)
    }

    /// The line of a key, else that of the section.
    pub fn line_of(&self, key: &'static str) -> usize {
        self.find(key).map_or(self.line, |(_, line)| line)
    }

    /// A value, read.
    pub fn read<T>(&self, key: &'static str, parse: impl Fn(&str) -> Result<T, Invalid>) -> Result<Option<T>, Refused> {
        let Some((value, line)) = self.find(key) else { return Ok(None) };
        parse(value).map(Some).map_err(|why| Refused { line, key, why })
    }

    /// A value that must be there, read.
    pub fn must<T>(&self, key: &'static str, parse: impl Fn(&str) -> Result<T, Invalid>) -> Result<T, Refused> {
        self.read(key, parse)?.ok_or_else(|| {
            Refused::new(self.line, key, "statement_key_missing", "the section that starts here lacks a key")
        })
    }
}

impl Refused {
    pub(super) fn new(line: usize, key: &'static str, code: &'static str, message: &str) -> Self {
        Self { line, key, why: Invalid::new(code, message) }
    }

    pub(super) fn malformed(line: usize) -> Self {
        Self::new(line, "", "statement_line", "this line is neither a key with its value nor a section's mark")
    }
}

/// `дд.мм.гггг`.
pub fn date(text: &str) -> Result<NaiveDate, Invalid> {
    let malformed = || Invalid::new("date_malformed", "a date is DD.MM.YYYY");
    let parts: Vec<&str> = text.split('.').collect();
    let [day, month, year] = parts[..] else { return Err(malformed()) };
    Day::parse(&format!("{year}-{month}-{day}")).map(Day::get).map_err(|invalid| match invalid.code {
        "date_malformed" => malformed(),
        _ => invalid,
    })
}

/// `рубли[.коп]`, above zero.
pub fn amount(text: &str) -> Result<Kopecks, Invalid> {
    let amount = Kopecks::parse(text)?;
    if amount.is_positive() { Ok(amount) } else { Err(Invalid::new("amount_not_positive", "a payment is above zero")) }
}

/// `рубли[.коп]`; what an account has may be below zero.
pub fn balance(text: &str) -> Result<Kopecks, Invalid> {
    match text.strip_prefix('-') {
        Some(debt) => Kopecks::parse(debt).map(Kopecks::negated),
        None => Kopecks::parse(text),
    }
}

/// An own account.
pub fn account(text: &str) -> Result<AccountNumber, Invalid> {
    AccountNumber::parse(text)
}
