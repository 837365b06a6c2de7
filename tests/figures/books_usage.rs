//! Counters recomputed from entries: a card's use in its windows, the day's and the month's spending.

use crate::raw::{Item, number, text};
use chrono::{Datelike, NaiveDate};
use oktan_shared::domain::authorization::{Capture, Hold};
use oktan_shared::domain::card::Funding;
use oktan_shared::domain::usage::{Tally, Usage};
use oktan_shared::domain::window::{Period, Windows};
use oktan_shared::domain::{Kopecks, Millilitres, ProductIx};

/// Something that moved the sums of a day.
pub struct Posted {
    pub funding: Funding,
    pub purchase: [u8; 16],
    pub day: NaiveDate,
    pub amount: i64,
    pub saved: i64,
}

/// A card's counters are its purchases less their refunds, in the newest window of each period.
pub fn audit(number: &str, used: &[u8], captures: &[(&Hold, &Capture)]) {
    let usage = Usage::from_bytes(used).expect("counters");
    let newest = captures.iter().map(|(hold, _)| hold.windows().to_array());
    let newest = newest.reduce(|a, b| std::array::from_fn(|at| a[at].max(b[at])));
    let newest = newest.map(Windows::from_array).unwrap_or_default();
    for period in Period::CALENDAR {
        for product in (0..32).filter_map(ProductIx::new) {
            let counted = captures
                .iter()
                .filter(|(hold, _)| hold.product == product && hold.windows().get(period) == newest.get(period));
            let expected = counted.fold(Tally::default(), |sum, (_, capture)| {
                sum.plus(Tally {
                    quantity: Millilitres::new(capture.quantity.get() - capture.refunded_quantity.get()),
                    amount: Kopecks::new(capture.amount.get() - capture.refunded_amount.get()),
                    fills: 1,
                })
            });
            let found = usage.used(period, &newest, |ix| ix == product);
            assert_eq!(found, expected, "{number}: {product:?} per {period:?}");
        }
    }
}

/// The sums of a row's day and of that day's month are what was posted then.
pub fn audit_spent<'a>(row: &Item, posted: impl Iterator<Item = &'a Posted>) {
    let day: NaiveDate = text(row, "day").parse().expect("a day");
    let (mut of_day, mut of_month, mut saved) = (0, 0, 0);
    for entry in posted {
        let same_month = (entry.day.year(), entry.day.month()) == (day.year(), day.month());
        of_day += if entry.day == day { entry.amount } else { 0 };
        of_month += if same_month { entry.amount } else { 0 };
        saved += if same_month { entry.saved } else { 0 };
    }
    let key = text(row, "pk");
    assert_eq!(number(row, "day_spent"), of_day, "{key}: spent on {day}");
    assert_eq!(number(row, "month_spent"), of_month, "{key}: spent in the month of {day}");
    assert_eq!(number(row, "month_saved"), saved, "{key}: saved in the month of {day}");
}
