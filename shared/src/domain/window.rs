//! Calendar windows in a company's time zone.
//!
//! Limits count use per calendar window. A window is keyed by what it is, not by when it was reset, so nothing ever
//! resets a counter: a newer key simply starts from zero ([`super::usage`]).

use super::invalid::{Invalid, wire_string};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How long a limit counts, shortest first; all but the transaction are calendar windows, weeks from Monday (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// One fill.
    Transaction,
    /// From midnight to midnight.
    Day,
    /// From Monday.
    Week,
    /// A calendar month.
    Month,
    /// From January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// The periods that have a calendar window, in the order of [`Windows`] and of the counters.
    pub const CALENDAR: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The place in [`Period::CALENDAR`]; `None` for a transaction.
    pub const fn calendar_index(self) -> Option<usize> {
        match self {
            Self::Transaction => None,
            Self::Day => Some(0),
            Self::Week => Some(1),
            Self::Month => Some(2),
            Self::Quarter => Some(3),
            Self::Year => Some(4),
        }
    }

    /// The first day of the window after the one that holds `date`; `None` for a transaction and past the calendar.
    fn next_start(self, date: NaiveDate) -> Option<NaiveDate> {
        let first_of = |months: u32| {
            let month = date.month0() / months * months + months;
            let year = date.year().checked_add(i32::from(month >= 12))?;
            NaiveDate::from_ymd_opt(year, month % 12 + 1, 1)
        };
        match self {
            Self::Transaction => None,
            Self::Day => date.succ_opt(),
            Self::Week => date.checked_add_days(Days::new(u64::from(7 - date.weekday().num_days_from_monday()))),
            Self::Month => first_of(1),
            Self::Quarter => first_of(3),
            Self::Year => first_of(12),
        }
    }
}

/// Which day, week, month, quarter or year: a number that grows with time within its period.
///
/// Day: days from the common era. Week: its Monday's. Month: year·12 + month from 0. Quarter: year·4 + quarter from 0.
/// Year: the year. Zero stands before all windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct WindowId(u32);

impl WindowId {
    /// From its number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The month, quarter or year before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

/// The windows of one instant, one per calendar period. The default stands before all windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Windows([WindowId; 5]);

impl Windows {
    /// The windows that hold a local date; years before the common era count as year 0.
    pub fn of(local: NaiveDate) -> Self {
        let days = local.num_days_from_ce();
        let monday = days.saturating_sub_unsigned(local.weekday().num_days_from_monday());
        let year = u32::try_from(local.year()).unwrap_or(0);
        let month = year.saturating_mul(12).saturating_add(local.month0());
        let quarter = year.saturating_mul(4).saturating_add(local.month0() / 3);
        let id = |days: i32| WindowId(u32::try_from(days).unwrap_or(0));
        Self([id(days), id(monday), WindowId(month), WindowId(quarter), WindowId(year)])
    }

    /// The window of a period; `None` for a transaction.
    pub fn get(&self, period: Period) -> Option<WindowId> {
        period.calendar_index().and_then(|at| self.0.get(at)).copied()
    }

    /// The month.
    pub const fn month(&self) -> WindowId {
        let [_, _, month, _, _] = self.0;
        month
    }

    /// From the windows in the order of [`Period::CALENDAR`].
    pub const fn from_array(windows: [WindowId; 5]) -> Self {
        Self(windows)
    }

    /// The windows in the order of [`Period::CALENDAR`].
    pub const fn to_array(self) -> [WindowId; 5] {
        self.0
    }
}

/// A time zone of the IANA database; Moscow's by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

impl Zone {
    /// Parses an IANA name such as `Asia/Kamchatka`.
    ///
    /// # Errors
    /// `zone_unknown`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        text.parse().map(Self).map_err(|_| Invalid::new("zone_unknown", "a time zone is a name such as Europe/Moscow"))
    }

    /// The date there at an instant.
    pub fn date(self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// The clock's reading there at an instant.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        at_offset(at, self.offset_seconds(at))
    }

    /// Minutes to add to UTC there at an instant, seconds of historic offsets cut off.
    pub fn offset_minutes(self, at: DateTime<Utc>) -> i16 {
        i16::try_from(self.offset_seconds(at) / 60).unwrap_or(0)
    }

    /// The windows that hold an instant.
    pub fn windows(self, at: DateTime<Utc>) -> Windows {
        Windows::of(self.date(at))
    }

    /// When the period's window that holds `at` ends: the start of the next one. `None` for a transaction.
    pub fn resets_at(self, period: Period, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        period.next_start(self.date(at)).map(|date| self.midnight(date))
    }

    /// The first instant of a date there.
    ///
    /// Where clocks jump over midnight it is the jump; where midnight comes twice it is the first.
    pub fn midnight(self, date: NaiveDate) -> DateTime<Utc> {
        let midnight = date.and_time(NaiveTime::MIN);
        self.0
            .from_local_datetime(&midnight)
            .earliest()
            .or_else(|| GapInfo::new(&midnight, &self.0).and_then(|gap| gap.end))
            .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
    }

    fn offset_seconds(self, at: DateTime<Utc>) -> i32 {
        self.0.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
    }
}

/// The clock's reading at an instant, `seconds` east of UTC.
pub(super) fn at_offset(at: DateTime<Utc>, seconds: i32) -> NaiveDateTime {
    let utc = at.naive_utc();
    utc.checked_add_signed(chrono::TimeDelta::seconds(i64::from(seconds))).unwrap_or(utc)
}

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::Europe__Moscow)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

wire_string!(Zone, "the name of a time zone, such as \"Europe/Moscow\"");

#[cfg(test)]
mod tests;
