//! Where what days cost lies.

use super::Key;
use crate::domain::CompanyId;
use crate::domain::window::Zone;
use chrono::NaiveDate;

/// What a day of a company cost, by its zone: the `part`-th row, or after all of them.
pub(in crate::table) fn day(company: CompanyId, zone: Zone, day: NaiveDate, part: usize) -> Key {
    let part = if part == usize::MAX { "~".to_owned() } else { format!("{part:04}") };
    Key::new(format!("COMPANY#{company}"), format!("DAY#{zone}#{day}#{part}"))
}

/// Until when a company's days are written down.
pub(in crate::table) fn days_until(company: CompanyId, zone: Zone) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("DAYS#{zone}"))
}

/// When all companies were gone through for their days.
pub(in crate::table) fn days_closed() -> Key {
    Key::new("SCHEDULE".to_owned(), "DAYS")
}
