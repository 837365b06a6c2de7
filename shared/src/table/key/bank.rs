//! The keys of what the bank's statement brings.

use super::Key;
use crate::domain::bank::{BankIdentity, plain_number};
use crate::domain::ids::UnmatchedId;
use crate::domain::text::DocumentNumber;
use crate::domain::{CompanyId, Kopecks};
use chrono::NaiveDate;

/// A payment whose payer was not known when it came.
pub(in crate::table) fn unmatched(id: UnmatchedId) -> Key {
    Key::new(format!("UNMATCHED#{id}"), "UNMATCHED")
}

/// A document of the bank, known for good.
pub(in crate::table) fn bank_document(identity: &BankIdentity) -> Key {
    Key::new(format!("BANK#{identity}"), "BANK")
}

/// How often a document of this date, number and amount stands in a company's history.
pub(in crate::table) fn standing(company: CompanyId, date: NaiveDate, number: &DocumentNumber, amount: Kopecks) -> Key {
    let number = plain_number(number.as_str());
    Key::new(format!("COMPANY#{company}"), format!("STANDS#{date}#{number}#{}", amount.get()))
}

/// Index partitions.
pub(in crate::table) mod index {
    /// Payments that nobody is known for, or those that are assigned by now.
    pub fn unmatched(open: bool) -> &'static str {
        if open { "UNMATCHED#OPEN" } else { "UNMATCHED#ASSIGNED" }
    }
}
