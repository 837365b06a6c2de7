//! What came to an own account and left it, as its documents say and as its sections say.

use super::Refused;
use super::fields::{Fields, balance, date};
use crate::domain::Kopecks;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What a section of an account is read for.
pub const KEYS: [&str; 7] =
    ["ДатаНачала", "ДатаКонца", "РасчСчет", "НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток"];

/// What the documents of an account come to. What goes between two own accounts leaves the one and comes to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turnover {
    /// What came.
    pub came: Kopecks,
    /// Documents that brought it.
    pub incoming: u32,
    /// What left.
    pub left: Kopecks,
    /// Documents that took it.
    pub outgoing: u32,
}

/// An own account while the file is read.
#[derive(Debug, Default)]
pub struct Books {
    /// Of its documents.
    pub turnover: Turnover,
    /// By their first day; none of them has a day of another.
    sections: BTreeMap<NaiveDate, Section>,
}

/// What a section says of a span of days: the bank writes one for the whole span, or one a day.
#[derive(Debug)]
struct Section {
    line: usize,
    last: NaiveDate,
    came: Option<Kopecks>,
    left: Option<Kopecks>,
}

impl Books {
    /// Takes a section. One whose days another section of the account has is a repetition.
    pub fn section(&mut self, fields: &Fields, span: Option<(NaiveDate, NaiveDate)>) -> Result<(), Refused> {
        let first = fields.read("ДатаНачала", date)?.or(span.map(|(first, _)| first));
        let last = fields.read("ДатаКонца", date)?.or(span.map(|(_, last)| last)).or(first);
        let (first, last) = (first.unwrap_or(NaiveDate::MIN), last.unwrap_or(NaiveDate::MAX));
        let last = last.max(first);
        if self.sections.range(..=last).next_back().is_some_and(|(_, before)| before.last >= first) {
            let message = "another section has these days of this account";
            return Err(Refused::new(fields.line, "", "statement_section_repeated", message));
        }
        let came = fields.read("ВсегоПоступило", Kopecks::parse)?;
        let left = fields.read("ВсегоСписано", Kopecks::parse)?;
        let (opening, closing) = (fields.read("НачальныйОстаток", balance)?, fields.read("КонечныйОстаток", balance)?);
        if let (Some(opening), Some(came), Some(left), Some(closing)) = (opening, came, left, closing)
            && opening.saturating_add(came).saturating_sub(left) != closing
        {
            let line = fields.line_of("КонечныйОстаток");
            let message = "the closing balance is not the opening one with what came and without what left";
            return Err(Refused::new(line, "КонечныйОстаток", "statement_total", message));
        }
        self.sections.insert(first, Section { line: fields.line, last, came, left });
        Ok(())
    }

    /// Holds what the sections say against the documents.
    pub fn check(&self) -> Result<(), Refused> {
        let Some(first) = self.sections.values().next() else { return Ok(()) };
        let sum = |of: fn(&Section) -> Option<Kopecks>| {
            self.sections.values().map(of).try_fold(Kopecks::ZERO, |sum, one| sum.checked_add(one?))
        };
        let sums = [
            ("ВсегоПоступило", sum(|section| section.came), self.turnover.came),
            ("ВсегоСписано", sum(|section| section.left), self.turnover.left),
        ];
        for (key, said, is) in sums {
            if let Some(said) = said.filter(|said| *said != is) {
                let message = format!("the documents of this account come to {is}, its total says {said}");
                return Err(Refused::new(first.line, key, "statement_total", &message));
            }
        }
        Ok(())
    }
}

impl Turnover {
    /// With an amount that came; `None` past the range of kopecks.
    pub fn came(&self, amount: Kopecks) -> Option<Self> {
        Some(Self { came: self.came.checked_add(amount)?, incoming: self.incoming.saturating_add(1), ..*self })
    }

    /// With an amount that left; `None` past the range of kopecks.
    pub fn left(&self, amount: Kopecks) -> Option<Self> {
        Some(Self { left: self.left.checked_add(amount)?, outgoing: self.outgoing.saturating_add(1), ..*self })
    }
}
