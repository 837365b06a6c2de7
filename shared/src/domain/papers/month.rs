//! Calendar months.

use crate::domain::Day;
use crate::domain::invalid::{Invalid, wire_string};
use crate::domain::window::Zone;
use chrono::{DateTime, Datelike as _, Months, NaiveDate, Utc};
use std::fmt;

/// A month between 1900-01 and 2199-12, on the wire strictly `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    /// Parses a month.
    ///
    /// # Errors
    /// `month_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let day = Day::parse(&format!("{text}-01")).map_err(|_| Invalid::new("month_malformed", "a month is YYYY-MM"));
        day.map(|day| Self(day.get()))
    }

    /// The month that holds a day.
    pub fn of(date: NaiveDate) -> Self {
        Self(date.with_day(1).unwrap_or(date))
    }

    /// Its first day.
    pub const fn first(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.next().0.pred_opt().unwrap_or(self.0)
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The instant at which it begins in a zone.
    pub fn begins(self, zone: Zone) -> DateTime<Utc> {
        zone.midnight(self.0)
    }

    /// The instant at which it is over in a zone.
    pub fn ends(self, zone: Zone) -> DateTime<Utc> {
        self.next().begins(zone)
    }

    /// As a Russian reads it: `октябрь 2026 г.`
    pub fn in_russian(self) -> String {
        const NAMES: [&str; 12] = [
            "январь",
            "февраль",
            "март",
            "апрель",
            "май",
            "июнь",
            "июль",
            "август",
            "сентябрь",
            "октябрь",
            "ноябрь",
            "декабрь",
        ];
        let name = usize::try_from(self.0.month0()).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default();
        format!("{name} {} г.", self.0.year())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

wire_string!(Month, "a month as YYYY-MM");
