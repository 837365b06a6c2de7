//! Акт сверки: what went to and fro between two days, and what was owed before and after.

use super::{Month, PaperNumber};
use crate::domain::Kopecks;
use chrono::NaiveDate;

/// What a line of the act is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A closed month's supply.
    Supply {
        /// Which month's.
        month: Month,
        /// The УПД's number; none where nothing was supplied after all.
        number: Option<PaperNumber>,
    },
    /// Supply of days that are no whole closed month.
    Days {
        /// From this day.
        from: NaiveDate,
        /// To this day, which is included.
        to: NaiveDate,
    },
    /// A payment, by its document's number and day.
    Payment {
        /// Its number.
        number: String,
        /// Its day.
        date: NaiveDate,
    },
    /// A payment's money taken back: which payment's.
    Adjustment {
        /// Its document's number.
        number: String,
        /// Its document's day.
        date: NaiveDate,
    },
}

/// A line of the act, as the seller's books have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActLine {
    /// The day it stands at.
    pub date: NaiveDate,
    /// What it is about.
    pub subject: Subject,
    /// What the company owes by it; zero or above.
    pub debit: Kopecks,
    /// What it gave by it; zero or above.
    pub credit: Kopecks,
    /// The balance after it, signed: below zero the company owes.
    pub balance: Kopecks,
}

/// The act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    /// The balance before the first day.
    pub opening: Kopecks,
    /// The lines, by day.
    pub lines: Vec<ActLine>,
    /// All debits.
    pub debit: Kopecks,
    /// All credits.
    pub credit: Kopecks,
    /// The balance after the last day.
    pub closing: Kopecks,
}

impl Reconciliation {
    /// The act over what moved the balance, each thing signed as the account has it; `None` past the range of an `i64`.
    pub fn new(opening: Kopecks, mut moved: Vec<(NaiveDate, Subject, Kopecks)>) -> Option<Self> {
        moved.sort_by_key(|(date, ..)| *date);
        let mut act = Self {
            opening,
            lines: Vec::with_capacity(moved.len()),
            debit: Kopecks::ZERO,
            credit: Kopecks::ZERO,
            closing: opening,
        };
        for (date, subject, amount) in moved {
            let (debit, credit) = if amount.is_positive() {
                (Kopecks::ZERO, amount)
            } else {
                (Kopecks::ZERO.checked_sub(amount)?, Kopecks::ZERO)
            };
            act.debit = act.debit.checked_add(debit)?;
            act.credit = act.credit.checked_add(credit)?;
            act.closing = act.closing.checked_add(amount)?;
            act.lines.push(ActLine { date, subject, debit, credit, balance: act.closing });
        }
        Some(act)
    }
}
