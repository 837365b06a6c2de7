//! Whose a payment is: by the payer's INN, and by what its purpose names.

use crate::domain::CompanyId;
use crate::domain::search::alike;

/// What is known of the company that has the payer's INN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<'a> {
    /// The company.
    pub company: CompanyId,
    /// Its contract's number and those of its invoices.
    pub numbers: Vec<&'a str>,
}

/// Whose a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// This company's: the INN is its, and the purpose names its contract or an invoice.
    Certain(CompanyId),
    /// Likely this company's, which alone has the INN; a person says so.
    Proposed(CompanyId),
    /// Nobody knows.
    Unmatched,
}

/// Whose a payment is that says this of its purpose; `payer` is the company that has its INN. An INN is one company's, and
/// that one has one contract.
pub fn judge(purpose: &str, payer: Option<&Known>) -> Verdict {
    match payer {
        Some(known) if known.numbers.iter().any(|number| names(purpose, number)) => Verdict::Certain(known.company),
        Some(known) => Verdict::Proposed(known.company),
        None => Verdict::Unmatched,
    }
}

/// Whether a purpose names a number: blanks, `№`, dashes of any length, small and capital letters, and Latin letters that look like
/// Cyrillic ones make no difference; a part of a longer number is another one. Of digits alone it is named only after «№» or the
/// word for a contract or an invoice, for a purpose is full of dates and sums. A number without a digit names nothing
/// («б/н»).
pub fn names(purpose: &str, number: &str) -> bool {
    let needle: Vec<char> = written(number).into_iter().map(|one| one.letter).collect();
    if !needle.iter().any(char::is_ascii_digit) {
        return false;
    }
    let text = written(purpose);
    let only_digits = needle.iter().all(char::is_ascii_digit);
    text.windows(needle.len()).enumerate().any(|(at, found)| {
        found.iter().zip(&needle).all(|(one, letter)| one.letter == *letter)
            && found.iter().skip(1).all(|one| one.after != After::Mark)
            && begins(&text, at, only_digits)
            && ends(&text, at + needle.len())
    })
}

/// A letter of a text, folded, and what stands before it.
#[derive(Debug, Clone, Copy)]
struct Letter {
    letter: char,
    after: After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Letter,
    Blank,
    /// «№», «#», a quote.
    Mark,
}

fn written(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    let mut after = After::Blank;
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '№' | '#' | '"' | '\'' | '«' | '»' | '“' | '”' | '„' => after = After::Mark,
            c if c.is_whitespace() => after = if after == After::Mark { After::Mark } else { After::Blank },
            c => {
                let letter = match c {
                    '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
                    '\\' => '/',
                    c => alike(c),
                };
                letters.push(Letter { letter, after });
                after = After::Letter;
            }
        }
    }
    letters
}

/// Whether a number may begin at `at`.
fn begins(text: &[Letter], at: usize, only_digits: bool) -> bool {
    let Some(first) = text.get(at) else { return false };
    let before = text.get(..at).unwrap_or_default();
    let word: String = before.iter().rev().take(12).rev().map(|one| one.letter).collect();
    // «N» and «No», as a typewriter has them.
    let mark = ["n", "nо", "nо."].iter().any(|mark| {
        let Some(from) = before.len().checked_sub(mark.chars().count()) else { return false };
        let stands_apart = before.get(from).is_some_and(|n| n.after != After::Letter);
        let last = from.checked_sub(1).and_then(|last| before.get(last));
        word.ends_with(mark) && (stands_apart || last.is_none_or(|last| !last.letter.is_alphanumeric()))
    });
    if only_digits {
        const WORDS: [&str; 12] = [
            "договор",
            "договору",
            "договора",
            "дог",
            "дог.",
            "контракт",
            "контракту",
            "контракта",
            "счет",
            "счету",
            "сч",
            "сч.",
        ];
        return first.after == After::Mark || mark || WORDS.iter().any(|name| word.ends_with(&spelled(name)));
    }
    if first.after != After::Letter || mark {
        return true;
    }
    let mut back = before.iter().rev();
    let (last, one_more) = (back.next(), back.next());
    let joined = |wanted: fn(char) -> bool| {
        last.is_some_and(|last| last.after == After::Letter) && one_more.is_some_and(|one| wanted(one.letter))
    };
    match last.map(|last| last.letter) {
        None => true,
        Some('-' | '/') => !joined(char::is_alphanumeric),
        Some('.' | ',') => !joined(|letter| letter.is_ascii_digit()),
        Some(letter) => !letter.is_alphanumeric(),
    }
}

/// Whether a number may end before `at`.
fn ends(text: &[Letter], at: usize) -> bool {
    let Some(next) = text.get(at).filter(|next| next.after == After::Letter) else { return true };
    let joined =
        |wanted: fn(char) -> bool| text.get(at + 1).is_some_and(|one| one.after == After::Letter && wanted(one.letter));
    match next.letter {
        '-' | '/' => !joined(char::is_alphanumeric),
        '.' | ',' => !joined(|letter| letter.is_ascii_digit()),
        letter => !letter.is_alphanumeric(),
    }
}

fn spelled(word: &str) -> String {
    word.chars().map(alike).collect()
}
