//! The keys of the accountant's papers.

use super::Key;
use crate::domain::CompanyId;
use crate::domain::papers::{Month, PaperNumber};

/// The seller's requisites.
pub(in crate::table) fn seller() -> Key {
    Key::new("SELLER".to_owned(), "SELLER")
}

/// The last number that a kind of document was given in a year.
pub(in crate::table) fn paper_numbers(year: i32, kind: &str) -> Key {
    Key::new(format!("NUMBERS#{year}"), kind)
}

/// A closed month of a company.
pub(in crate::table) fn month(company: CompanyId, month: Month) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("MONTH#{month}"))
}

/// An invoice of a company.
pub(in crate::table) fn invoice(company: CompanyId, number: PaperNumber) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("INVOICE#{number}"))
}

/// That the scheduler has closed months on a day.
pub(in crate::table) fn closing(day: chrono::NaiveDate) -> Key {
    Key::new("CLOSINGS".to_owned(), format!("CLOSING#{day}"))
}
