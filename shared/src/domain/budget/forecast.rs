//! How long a plan lasts at the pace of the days so far.

use super::{Portion, Sum};
use crate::domain::money::Kopecks;
use crate::domain::quantity::Millilitres;
use chrono::{Days, NaiveDate};

/// Days of data that a forecast needs at the least.
pub const DAYS_MIN: i64 = 7;

/// What was bought over some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The first day.
    pub since: NaiveDate,
    /// The last one, today.
    pub today: NaiveDate,
    /// All that was bought on them.
    pub used: Sum,
}

/// A forecast with its basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// Days that were counted.
    pub days: i64,
    /// What one costs, in roubles and in litres.
    pub per_day: Sum,
    /// The last day that the plan reaches at this pace, of the measure that ends first; `None` if it outlasts the month.
    pub until: Option<NaiveDate>,
}

/// How long `left` of a month's plan lasts; `None` with less than seven days of data or nothing bought.
pub fn forecast(pace: &Pace, left: Portion, last_day: NaiveDate) -> Option<Forecast> {
    let days = pace.today.signed_duration_since(pace.since).num_days().saturating_add(1);
    if days < DAYS_MIN || pace.used == Sum::ZERO {
        return None;
    }
    let a_day = |used: i64| used.checked_div(days).unwrap_or(0);
    let roubles = left.roubles.and_then(|left| lasts(left.get(), pace.used.roubles.get(), days));
    let litres = left.litres.and_then(|left| lasts(left.get(), pace.used.litres.get(), days));
    let until = [roubles, litres].into_iter().flatten().min();
    let until = until.and_then(|more| pace.today.checked_add_days(Days::new(more)));
    Some(Forecast {
        days,
        per_day: Sum {
            roubles: Kopecks::new(a_day(pace.used.roubles.get())),
            litres: Millilitres::new(a_day(pace.used.litres.get())),
        },
        until: until.filter(|until| *until < last_day),
    })
}

/// Whole days that `left` lasts; `None` where nothing is used.
fn lasts(left: i64, used: i64, days: i64) -> Option<u64> {
    let exact = i128::from(left.max(0)).checked_mul(i128::from(days))?.checked_div(i128::from(used))?;
    u64::try_from(exact).ok()
}
