//! The weekdays and hours when a card may fuel.

use crate::domain::invalid::{Invalid, wire_string};
use chrono::{Datelike, NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Weekdays with one span of hours, by the company's clock.
///
/// `from` belongs to the span, `to` does not. A span over midnight (`from` after `to`) belongs to the day it starts:
/// Friday 22:00–06:00 allows Saturday 05:59 even where Saturday is not listed. Equal ends are 24 hours from `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Schedule {
    /// The days on which the span starts.
    pub weekdays: Weekdays,
    /// Its start, before 24:00.
    #[serde(with = "minutes")]
    pub from: TimeOfDay,
    /// Its end; 24:00 is the end of the day.
    #[serde(with = "minutes")]
    pub to: TimeOfDay,
}

impl Schedule {
    /// Whether the clock's reading `local` is inside.
    pub fn allows(&self, local: NaiveDateTime) -> bool {
        let now = TimeOfDay::of(local);
        let today = local.weekday().number_from_monday();
        let yesterday = local.weekday().pred().number_from_monday();
        if self.from < self.to {
            self.weekdays.contains(today) && self.from <= now && now < self.to
        } else {
            (self.from <= now && self.weekdays.contains(today)) || (now < self.to && self.weekdays.contains(yesterday))
        }
    }
}

/// A set of weekdays by ISO 8601 number: Monday is 1, Sunday 7. Stored as bits, Monday the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Weekdays(u8);

impl Weekdays {
    /// All seven.
    pub const ALL: Self = Self(0x7f);

    /// The set of these numbers; repeats are no error.
    ///
    /// # Errors
    /// `weekday_unknown` for a number that is not 1 to 7.
    pub fn from_iso(numbers: &[u8]) -> Result<Self, Invalid> {
        numbers.iter().try_fold(Self(0), |set, number| match bit(u32::from(*number)) {
            0 => Err(Invalid::new("weekday_unknown", "weekdays are 1 (Monday) to 7 (Sunday)")),
            bit => Ok(Self(set.0 | bit)),
        })
    }

    /// Whether the day of this number is in it.
    pub fn contains(self, number: u32) -> bool {
        self.0 & bit(number) != 0
    }

    /// Whether no day is in it.
    pub fn is_empty(self) -> bool {
        self.0 & Self::ALL.0 == 0
    }

    /// The numbers in it, Monday first.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (1..=7u8).filter(move |number| self.contains(u32::from(*number)))
    }
}

/// The bit of a weekday's number; none for what is not 1 to 7.
fn bit(number: u32) -> u8 {
    number.checked_sub(1).filter(|shift| *shift < 7).and_then(|shift| 1u8.checked_shl(shift)).unwrap_or(0)
}

/// A time of day in whole minutes, 00:00 to 24:00 (ISO 8601); on the wire `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The end of the day, 24:00.
    pub const END: Self = Self(24 * 60);

    /// From minutes after midnight, 0 to 1440.
    pub fn new(minutes: u16) -> Option<Self> {
        (minutes <= Self::END.0).then_some(Self(minutes))
    }

    /// Minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// Parses `HH:MM`, two digits each, `00:00` to `24:00`.
    ///
    /// # Errors
    /// `time_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let number = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
        text.split_once(':')
            .filter(|_| text.bytes().all(|b| b.is_ascii_digit() || b == b':'))
            .and_then(|(hours, minutes)| Some((number(hours)?, number(minutes).filter(|m| *m < 60)?)))
            .and_then(|(hours, minutes)| Self::new(u16::from(hours) * 60 + u16::from(minutes)))
            .ok_or_else(|| Invalid::new("time_malformed", "a time is HH:MM, 00:00 to 24:00"))
    }

    fn of(local: NaiveDateTime) -> Self {
        Self(u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(0))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

wire_string!(TimeOfDay, "a time such as \"06:00\"");

/// A time of day as rows keep it: minutes after midnight.
mod minutes {
    use super::TimeOfDay;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    // Serde passes a reference.
    pub fn serialize<S: Serializer>(value: &TimeOfDay, serializer: S) -> Result<S::Ok, S::Error> {
        value.0.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeOfDay, D::Error> {
        let minutes = u16::deserialize(deserializer)?;
        TimeOfDay::new(minutes).ok_or_else(|| D::Error::custom("a time of day is at most 1440 minutes"))
    }
}
