//! Calendar days as they are typed.

use super::invalid::{Invalid, wire_string};
use chrono::{Datelike as _, Months, NaiveDate};
use std::fmt;

/// A day between 1900 and 2199, on the wire strictly `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// Parses a day.
    ///
    /// # Errors
    /// `date_malformed`, `date_out_of_range`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
        let malformed = || Invalid::new("date_malformed", "a date is YYYY-MM-DD");
        let date: NaiveDate = shape.then(|| text.parse().ok()).flatten().ok_or_else(malformed)?;
        if !(1900..=2199).contains(&date.year()) {
            return Err(Invalid::new("date_out_of_range", "a date is between 1900 and 2199"));
        }
        Ok(Self(date))
    }

    /// The date.
    pub const fn get(self) -> NaiveDate {
        self.0
    }
}

/// The longest that a bank's document is looked for after its date, years.
const DOCUMENT_YEARS: u32 = 10;

/// The date of a bank's document that has come by today: not after tomorrow, for the bank's day may be ahead, and at most ten
/// years old.
///
/// # Errors
/// `date_ahead`, `date_too_old`.
pub fn document_date(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Invalid> {
    if Some(date) > today.succ_opt() {
        return Err(Invalid::new("date_ahead", "a document that has come is not of a day to come"));
    }
    if Some(date) < today.checked_sub_months(Months::new(DOCUMENT_YEARS * 12)) {
        return Err(Invalid::new("date_too_old", "a document is at most ten years old"));
    }
    Ok(date)
}

impl From<NaiveDate> for Day {
    /// A day that the house has stored.
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

wire_string!(Day, "a date as YYYY-MM-DD");

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn only_real_days_of_our_time_are_read() {
        for good in ["2026-11-22", "2028-02-29", "1900-01-01", "2199-12-31"] {
            assert_eq!(Day::parse(good).map(|day| day.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "2026-1-5",
            "2026-13-01",
            "2027-02-29",
            "+2026-01-01",
            "0000-01-01",
            "1899-12-31",
            "2200-01-01",
            "22.11.2026",
        ] {
            assert!(Day::parse(bad).is_err(), "{bad}");
        }
    }
}
