//! What a person says about themselves beside what is on file: how somebody without a password is recognised.
//!
//! Compared is what was meant, not how it was typed: case, spaces, ё and е, the shape of a telephone number, letters
//! that look alike in a contract's number.

use super::rules::FieldInvalid;
use super::text::FactText;
use serde::{Deserialize, Serialize};

/// Facts that a confirmation needs at the least.
const NEEDED: usize = 2;
/// Digits of a telephone number that count: the rest is how a country is dialled.
const PHONE_DIGITS: usize = 10;

/// What can be on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The company's INN.
    Inn,
    /// The contract's number.
    ContractNumber,
    /// The person's name, or that of the company's contact.
    FullName,
    /// The person's telephone, or that of the company's contact.
    Phone,
}

impl Fact {
    /// Every fact, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Inn, Self::ContractNumber, Self::FullName, Self::Phone];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inn => "inn",
            Self::ContractNumber => "contract_number",
            Self::FullName => "full_name",
            Self::Phone => "phone",
        }
    }

    /// Whether two texts mean the same.
    pub fn same(self, one: &str, other: &str) -> bool {
        let (one, other) = (self.plain(one), self.plain(other));
        !one.is_empty() && one == other
    }

    /// What is left of a text when everything is gone in which two ways to write it may differ.
    fn plain(self, text: &str) -> String {
        match self {
            Self::Inn => text.chars().filter(|c| !c.is_whitespace()).collect(),
            Self::ContractNumber => {
                let text = lettered(text);
                text.chars().filter(|c| !c.is_whitespace() && *c != '№').map(look_alike).collect()
            }
            Self::FullName => lettered(text).split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Phone => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                match digits.len().checked_sub(PHONE_DIGITS) {
                    Some(from) => digits.get(from..).unwrap_or_default().to_owned(),
                    None => String::new(),
                }
            }
        }
    }
}

/// Lower case, е for ё, one kind of dash, letters in one piece (some keyboards write й and ё in two).
fn lettered(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            'ё' => out.push('е'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{308}' if out.ends_with('е') => {}
            '\u{306}' if out.ends_with('и') => {
                out.pop();
                out.push('й');
            }
            c => out.push(c),
        }
        out
    })
}

/// The Cyrillic letter that a small Latin one, or its capital, is mistaken for.
fn look_alike(c: char) -> char {
    match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        c => c,
    }
}

/// What somebody says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// The company's INN.
    pub inn: Option<FactText>,
    /// The contract's number.
    pub contract_number: Option<FactText>,
    /// A full name.
    pub full_name: Option<FactText>,
    /// A telephone number.
    pub phone: Option<FactText>,
}

impl Said {
    /// What is said of a fact.
    pub fn of(&self, fact: Fact) -> Option<&FactText> {
        match fact {
            Fact::Inn => self.inn.as_ref(),
            Fact::ContractNumber => self.contract_number.as_ref(),
            Fact::FullName => self.full_name.as_ref(),
            Fact::Phone => self.phone.as_ref(),
        }
    }

    /// Whether enough is said: two facts, one of them the contract's number or a telephone, not counting what was typed
    /// to ask for the link.
    ///
    /// # Errors
    /// `fact_typed_to_ask`, `facts_too_few`, `contract_or_phone_needed`.
    pub fn suffices(&self, typed: &[Fact]) -> Result<(), FieldInvalid> {
        let said: Vec<Fact> = Fact::ALL.into_iter().filter(|fact| self.of(*fact).is_some()).collect();
        let counted: Vec<Fact> = said.iter().copied().filter(|fact| !typed.contains(fact)).collect();
        if are_enough(&counted) {
            return Ok(());
        }
        let invalid = |field: String, code, message: &str| FieldInvalid { field, code, message: message.to_owned() };
        Err(match said.iter().find(|fact| typed.contains(fact)) {
            Some(fact) => invalid(
                format!("confirm.{}", fact.name()),
                "fact_typed_to_ask",
                "what was typed to ask for the link does not count: name another fact",
            ),
            None if counted.len() < NEEDED => invalid("confirm".to_owned(), "facts_too_few", "two facts are needed"),
            None => invalid(
                "confirm".to_owned(),
                "contract_or_phone_needed",
                "one of the facts must be the contract's number or a telephone",
            ),
        })
    }
}

fn are_enough(facts: &[Fact]) -> bool {
    facts.len() >= NEEDED && facts.iter().any(|fact| matches!(fact, Fact::ContractNumber | Fact::Phone))
}

/// What is on file: for each fact every value that counts, a person's own before their company's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OnFile {
    /// The company's INN.
    pub inn: Vec<String>,
    /// The contract's number.
    pub contract_number: Vec<String>,
    /// The person's name, that of the company's contact.
    pub full_name: Vec<String>,
    /// The person's telephone, that of the company's contact.
    pub phone: Vec<String>,
}

impl OnFile {
    fn values(&self, fact: Fact) -> &[String] {
        match fact {
            Fact::Inn => &self.inn,
            Fact::ContractNumber => &self.contract_number,
            Fact::FullName => &self.full_name,
            Fact::Phone => &self.phone,
        }
    }

    /// The value that `text` means, if it is on file.
    pub fn find(&self, fact: Fact, text: &str) -> Option<&str> {
        self.values(fact).iter().find(|value| fact.same(value, text)).map(String::as_str)
    }

    /// What to show of a fact beside what was said: the value that was meant, else the first.
    pub fn beside(&self, fact: Fact, said: Option<&FactText>) -> Option<&str> {
        let meant = said.and_then(|said| self.find(fact, said.as_str()));
        meant.or_else(|| self.values(fact).first().map(String::as_str))
    }

    /// The facts that differ from what is on file, all of them compared. What is not said does not differ.
    pub fn differences(&self, said: &Said) -> Vec<Fact> {
        let differs = |fact: &Fact| said.of(*fact).is_some_and(|text| self.find(*fact, text.as_str()).is_none());
        Fact::ALL.into_iter().filter(differs).collect()
    }

    /// The facts that a text alone would tell: what somebody typed to ask for the link.
    pub fn told_by(&self, typed: &str) -> Vec<Fact> {
        Fact::ALL.into_iter().filter(|fact| self.find(*fact, typed).is_some()).collect()
    }

    /// Whether enough is on file for anybody to be recognised, not counting what was typed.
    pub fn suffices(&self, typed: &[Fact]) -> bool {
        let known = |fact: &Fact| !self.values(*fact).is_empty() && !typed.contains(fact);
        are_enough(&Fact::ALL.into_iter().filter(known).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests;
