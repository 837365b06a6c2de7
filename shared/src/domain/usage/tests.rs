use super::*;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

const DT: u8 = 3;
const CNG: u8 = 6;

fn ix(index: u8) -> ProductIx {
    ProductIx::new(index).unwrap()
}

fn day(text: &str) -> Windows {
    Windows::of(text.parse().unwrap())
}

fn tally(millilitres: i64, kopecks: i64) -> Tally {
    Tally { quantity: Millilitres::new(millilitres), amount: Kopecks::new(kopecks), fills: 1 }
}

fn litres(usage: &Usage, period: Period, now: &Windows) -> i64 {
    usage.used(period, now, |_| true).quantity.get()
}

#[test]
fn a_fill_counts_in_all_its_windows_and_in_no_other() {
    let mut usage = Usage::default();
    usage.charge(&day("2026-11-22"), ix(DT), tally(40_000, 287_600));
    for period in Period::CALENDAR {
        assert_eq!(usage.used(period, &day("2026-11-22"), |_| true), tally(40_000, 287_600));
    }
    let next = day("2026-11-23");
    let seen = Period::CALENDAR.map(|period| litres(&usage, period, &next));
    assert_eq!(seen, [0, 0, 40_000, 40_000, 40_000], "a new day, and a Monday");
    assert_eq!(usage.used(Period::Transaction, &next, |_| true), Tally::default());
    assert_eq!(usage.used(Period::Year, &next, |p| p == ix(CNG)), Tally::default());
}

#[test]
fn a_newer_window_starts_from_zero_for_all_products() {
    let mut usage = Usage::default();
    usage.charge(&day("2026-11-30"), ix(DT), tally(40_000, 1));
    usage.charge(&day("2026-12-01"), ix(CNG), tally(5_000, 1));
    let now = day("2026-12-01");
    assert_eq!(Period::CALENDAR.map(|period| litres(&usage, period, &now)), [5_000, 45_000, 5_000, 45_000, 45_000]);
}

#[test]
fn a_closed_window_takes_nothing_more() {
    let mut usage = Usage::default();
    usage.charge(&day("2026-12-01"), ix(DT), tally(1_000, 1));
    usage.charge(&day("2026-11-30"), ix(DT), tally(40_000, 1));
    let now = day("2026-12-01");
    assert_eq!(Period::CALENDAR.map(|period| litres(&usage, period, &now)), [1_000, 41_000, 1_000, 41_000, 41_000]);
}

#[test]
fn what_stands_in_a_later_window_counts_before_it_too() {
    let mut usage = Usage::default();
    usage.charge(&day("2026-11-23"), ix(DT), tally(40_000, 1));
    assert_eq!(litres(&usage, Period::Day, &day("2026-11-22")), 40_000);
}

#[test]
fn what_is_bought_before_the_stored_window_begins_counts_in_it() {
    let (west, east) = (day("2026-11-30"), day("2026-12-01"));
    let mut usage = Usage::default();
    usage.charge(&east, ix(DT), tally(6_000, 1));
    let placed = usage.place(&west, &west);
    usage.charge(&placed, ix(DT), tally(4_000, 1));
    assert_eq!(Period::CALENDAR.map(|period| litres(&usage, period, &west)), [10_000; 5]);
    // What belongs to a window that is over counts there and nowhere else.
    assert_eq!(usage.place(&day("2026-11-29"), &west).get(Period::Day), day("2026-11-29").get(Period::Day));
    assert_eq!(usage.place(&west, &east), west);
    assert_eq!(usage.place(&day("2026-12-02"), &east), day("2026-12-02"));
}

#[test]
fn a_refund_gives_back_litres_and_roubles_but_no_fill_and_stops_at_zero() {
    let mut usage = Usage::default();
    usage.charge(&day("2026-11-22"), ix(DT), tally(40_000, 287_600));
    usage.charge(&day("2026-11-23"), ix(DT), tally(10_000, 71_900));
    usage.give_back(&day("2026-11-22"), ix(DT), Millilitres::new(15_000), Kopecks::new(107_850));
    let now = day("2026-11-23");
    assert_eq!(usage.used(Period::Day, &now, |_| true), tally(10_000, 71_900));
    let month = usage.used(Period::Month, &now, |_| true);
    assert_eq!(month, Tally { quantity: Millilitres::new(35_000), amount: Kopecks::new(251_650), fills: 2 });
    usage.give_back(&day("2026-11-23"), ix(DT), Millilitres::new(99_000), Kopecks::new(999_999));
    assert_eq!(usage.used(Period::Day, &now, |_| true), Tally { fills: 1, ..Tally::default() });
    usage.give_back(&day("2026-11-23"), ix(CNG), Millilitres::new(1), Kopecks::new(1));
}

#[test]
fn nine_products_of_a_busy_truck_fit_430_bytes() {
    // Five days a week, 60 l a day of each product: 15 000 l and more than a million roubles a year of each.
    let mut usage = Usage::default();
    let start: NaiveDate = "2026-01-01".parse().unwrap();
    for at in (0..365).filter(|at| at % 7 < 5) {
        let windows = Windows::of(start + Days::new(at));
        (0..9).for_each(|product| usage.charge(&windows, ix(product), tally(60_000, 431_400)));
    }
    let year = usage.used(Period::Year, &day("2026-12-31"), |product| product == ix(0));
    assert!(year.quantity.get() > 15_000_000 && year.amount.get() > 110_000_000 && year.fills > 250, "{year:?}");
    let size = usage.to_bytes().len();
    assert!(size <= 430, "{size} bytes");
}

#[test]
fn a_card_never_used_is_small_and_reads_back() {
    assert_eq!(Usage::from_bytes(&[]), Ok(Usage::default()));
    assert_eq!(Usage::default().to_bytes().len(), 6);
    assert_eq!(Usage::from_bytes(&Usage::default().to_bytes()), Ok(Usage::default()));
}

#[test]
fn a_product_not_bought_since_its_windows_ended_takes_no_room() {
    let (mut once, mut never) = (Usage::default(), Usage::default());
    once.charge(&day("2025-12-31"), ix(CNG), tally(5_000, 1));
    for usage in [&mut once, &mut never] {
        usage.charge(&day("2026-02-01"), ix(DT), tally(40_000, 1));
    }
    assert_eq!(once.to_bytes(), never.to_bytes());
}

#[test]
fn other_versions_cut_or_repeated_counters_are_refused() {
    let mut usage = Usage::default();
    usage.charge(&day("2026-11-22"), ix(DT), tally(40_000, 287_600));
    let good = usage.to_bytes();
    for cut in 1..good.len() {
        assert!(Usage::from_bytes(&good[..cut]).is_err() || cut == 14, "{cut} of {}", good.len());
    }
    let twice = [&good[..], &good[14..]].concat();
    let newer = [&[2], &good[1..]].concat();
    for bad in [twice, newer, vec![1, 0xff]] {
        assert_eq!(Usage::from_bytes(&bad).unwrap_err().code, "usage_malformed");
    }
}

proptest! {
    #[test]
    fn counters_read_back_as_written(
        charges in prop::collection::vec((0u64..800, 0u8..32, 1i64..100_000_000, 0i64..1_000_000_000), 0..60),
    ) {
        let start: NaiveDate = "2026-01-01".parse().unwrap();
        let mut usage = Usage::default();
        for (days, product, quantity, amount) in charges {
            usage.charge(&Windows::of(start + Days::new(days)), ix(product), tally(quantity, amount));
        }
        prop_assert_eq!(Usage::from_bytes(&usage.to_bytes()), Ok(usage));
    }

    #[test]
    fn nonsense_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut versioned = vec![1];
        versioned.extend(&bytes);
        for bytes in [bytes, versioned] {
            if let Ok(usage) = Usage::from_bytes(&bytes) {
                let again = Usage::from_bytes(&usage.to_bytes());
                prop_assert_eq!(again, Ok(usage));
            }
        }
    }

    #[test]
    fn a_varint_reads_back(number in any::<u64>(), shift in 0u32..64) {
        let mut bytes = Vec::new();
        put_varint(&mut bytes, number >> shift);
        let mut rest = &bytes[..];
        prop_assert_eq!(take_varint(&mut rest), Some(number >> shift));
        prop_assert!(rest.is_empty());
    }
}
