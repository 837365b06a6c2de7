//! The papers over random histories, each figure found another way.

mod written;

use super::*;
use crate::domain::ids::RequestId;
use crate::domain::window::Zone;
use crate::domain::{CardNumber, Kopecks, Millilitres, ProductIx};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// Hours that a history lasts: some hundred days around New Year 2026.
const HOURS: i64 = 2_400;

/// An entry with when it was posted, and of a refund the month of what came back.
#[derive(Debug, Clone)]
struct Posted {
    at: DateTime<Utc>,
    movement: Movement,
}

fn begin() -> DateTime<Utc> {
    "2025-11-13T00:00:00Z".parse().unwrap()
}

fn zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(vec!["Europe/Moscow", "Europe/Kaliningrad", "Asia/Kamchatka", "Asia/Yekaterinburg"])
        .prop_map(|name| Zone::parse(name).unwrap())
}

/// A purchase, a part of an earlier one given back, a payment, a correction, or money moved to a purse.
fn history() -> impl Strategy<Value = (Zone, Vec<Posted>)> {
    let step = (0..HOURS * 3_600_000, 0u8..10, 0u8..4, 1i64..90_000_000, 1i64..50_000_000, 0usize..1_000);
    (zone(), prop::collection::vec(step, 0..120)).prop_map(|(zone, mut steps)| {
        steps.sort_by_key(|step| step.0);
        (zone, steps.into_iter().scan(Vec::new(), |bought, step| Some(entry(zone, bought, step))).collect())
    })
}

/// A purchase that something may come back of: what is left of it.
#[derive(Debug, Clone)]
struct Bought {
    key: PurchaseKey,
    goods: Goods,
    amount: i64,
}

fn entry(zone: Zone, bought: &mut Vec<Bought>, step: (i64, u8, u8, i64, i64, usize)) -> Posted {
    let (millis, kind, product, quantity, amount, pick) = step;
    let at = begin() + TimeDelta::milliseconds(millis);
    let other = |what, amount| Posted { at, movement: Movement { amount: Kopecks::new(amount), what } };
    match kind {
        0..=4 => {
            let new_year = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let vat_percent = if zone.date(at) < new_year { 20 } else { 22 };
            let (product, quantity) = (ProductIx::new(product).unwrap(), Millilitres::new(quantity));
            let goods = Goods { product, vat_percent, quantity };
            let id = u128::try_from(bought.len()).unwrap();
            let key = (card_number(), RequestId::new(Uuid::from_u128(id)));
            bought.push(Bought { key: key.clone(), goods, amount });
            // Whether something comes back is not known when it is bought: it is marked as the row is once it has.
            other(What::Purchase { key, goods, returned: true }, -amount)
        }
        5 | 6 if !bought.is_empty() => {
            let at = pick % bought.len();
            let of = &mut bought[at];
            let (quantity, back) = (1 + quantity % of.goods.quantity.get(), 1 + amount % of.amount);
            let goods = Goods { quantity: Millilitres::new(quantity), ..of.goods };
            let key = of.key.clone();
            if quantity == of.goods.quantity.get() || back == of.amount {
                bought.remove(at);
            } else {
                of.goods.quantity = Millilitres::new(of.goods.quantity.get() - quantity);
                of.amount -= back;
            }
            other(What::Refund { of: key, goods }, back)
        }
        8 => other(What::Adjustment, amount - 25_000_000),
        9 => other(What::Transfer, 0),
        _ => other(What::Payment, if pick % 9 == 0 { -amount } else { amount }),
    }
}

fn card_number() -> CardNumber {
    let digits = (0..10).find_map(|check| CardNumber::parse(&format!("782600000000001{check}")).ok());
    digits.unwrap()
}

/// The books of the months that a history touches.
fn books(zone: Zone, history: &[Posted]) -> BTreeMap<Month, MonthFigures> {
    let mut books: BTreeMap<Month, MonthBook> = BTreeMap::new();
    for posted in history {
        books.entry(Month::of(zone.date(posted.at))).or_default().post(&posted.movement).unwrap();
    }
    books.into_iter().map(|(month, book)| (month, book.figures())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn months_tie_to_each_other_and_to_the_balance((zone, history) in history()) {
        let balance: i64 = history.iter().map(|posted| posted.movement.amount.get()).sum();
        let mut closing = Kopecks::ZERO;
        for figures in books(zone, &history).values() {
            prop_assert!(figures.ties());
            closing = closing.checked_add(figures.turnover.net().unwrap()).unwrap();
        }
        prop_assert_eq!(closing.get(), balance);
    }

    #[test]
    fn a_report_is_the_sum_of_its_entries((zone, history) in history()) {
        for (month, figures) in books(zone, &history) {
            let (from, until) = (month.begins(zone), month.ends(zone));
            let sum = |wanted: fn(&What) -> bool| -> i64 {
                let within = history.iter().filter(|posted| posted.at >= from && posted.at < until);
                within.filter(|posted| wanted(&posted.movement.what)).map(|posted| posted.movement.amount.get()).sum()
            };
            let turnover = figures.turnover;
            prop_assert_eq!(turnover.payments.get(), sum(|what| matches!(what, What::Payment)));
            prop_assert_eq!(-turnover.purchases.get(), sum(|what| matches!(what, What::Purchase { .. })));
            prop_assert_eq!(turnover.refunds.get(), sum(|what| matches!(what, What::Refund { .. })));
            prop_assert_eq!(turnover.adjustments.get(), sum(|what| matches!(what, What::Adjustment | What::Transfer)));
        }
    }

    /// As an accountant would count it from a list of operations: for each line, all of it, then the VAT of the line.
    #[test]
    fn the_lines_are_those_of_a_list_of_operations((zone, history) in history()) {
        for (month, figures) in books(zone, &history) {
            let of_month = |posted: &&Posted| Month::of(zone.date(posted.at)) == month;
            let own: HashSet<&PurchaseKey> = history.iter().filter(of_month).filter_map(|posted| match &posted.movement.what {
                What::Purchase { key, .. } => Some(key),
                _ => None,
            }).collect();
            let mut lines: BTreeMap<(bool, u8, u8), (i64, i64)> = BTreeMap::new();
            for posted in history.iter().filter(of_month) {
                let (goods, correction, sign) = match &posted.movement.what {
                    What::Purchase { goods, .. } => (goods, false, 1),
                    What::Refund { goods, of } => (goods, !own.contains(of), -1),
                    _ => continue,
                };
                let line = lines.entry((correction, goods.product.get(), goods.vat_percent)).or_default();
                line.0 += sign * goods.quantity.get();
                line.1 -= posted.movement.amount.get();
            }
            lines.retain(|_, line| *line != (0, 0));
            let told = [(false, &figures.supplied), (true, &figures.corrected)].into_iter().flat_map(|(correction, lines)| {
                lines.iter().map(move |line| {
                    ((correction, line.product.get(), line.vat_percent), (line.quantity.get(), line.amount.get(), line.vat.get()))
                })
            });
            let told: BTreeMap<_, _> = told.collect();
            prop_assert_eq!(told.len(), lines.len());
            for (key, (quantity, amount)) in lines {
                let (rate, amount_wide) = (i128::from(key.2), i128::from(amount));
                // Half a kopeck up, away from zero: ⌊(2·|a|·r + d) / 2d⌋ with d = 100 + r.
                let vat = (2 * amount_wide.abs() * rate + 100 + rate) / (2 * (100 + rate)) * amount_wide.signum();
                prop_assert_eq!(told.get(&key), Some(&(quantity, amount, i64::try_from(vat).unwrap())));
            }
            for line in figures.supplied.iter().chain(&figures.corrected) {
                prop_assert_eq!(line.net().checked_add(line.vat), Some(line.amount));
            }
            let rate = if Month::parse("2026-01").unwrap() <= month { 22 } else { 20 };
            prop_assert!(figures.supplied.iter().all(|line| line.vat_percent == rate));
        }
    }

    #[test]
    fn an_act_over_two_spans_is_the_acts_over_each((zone, history) in history(), cut in 0..HOURS) {
        let cut = zone.date(begin() + TimeDelta::hours(cut));
        let subject = |date| Subject::Adjustment { number: "1".to_owned(), date };
        let moved = |posted: &Posted| {
            let date = zone.date(posted.at);
            (date, subject(date), posted.movement.amount)
        };
        let moved: Vec<_> = history.iter().map(moved).collect();
        let (before, after): (Vec<_>, Vec<_>) = moved.iter().cloned().partition(|(date, ..)| *date < cut);
        let whole = Reconciliation::new(Kopecks::new(7), moved).unwrap();
        let first = Reconciliation::new(Kopecks::new(7), before).unwrap();
        let second = Reconciliation::new(first.closing, after).unwrap();
        prop_assert_eq!(whole.closing, second.closing);
        prop_assert_eq!(whole.debit.get(), first.debit.get() + second.debit.get());
        prop_assert_eq!(whole.credit.get(), first.credit.get() + second.credit.get());
        prop_assert_eq!(whole.closing.get(), 7 + whole.credit.get() - whole.debit.get());
        prop_assert!(whole.lines.iter().all(|line| line.debit.get() >= 0 && line.credit.get() >= 0));
    }

    #[test]
    fn months_lie_side_by_side(zone in zone(), month in 0u32..600) {
        let month = Month::of(NaiveDate::from_ymd_opt(1990, 1, 15).unwrap() + chrono::Months::new(month));
        prop_assert_eq!(month.ends(zone), month.next().begins(zone));
        prop_assert_eq!(month.next().previous(), month);
        prop_assert_eq!(Month::parse(&month.to_string()), Ok(month));
        prop_assert_eq!(Month::of(month.last()), month);
        prop_assert_eq!(zone.date(month.ends(zone)), month.next().first());
    }
}

#[test]
fn a_return_of_the_same_month_supplies_less_and_of_an_earlier_one_corrects() {
    let goods =
        |quantity| Goods { product: ProductIx::new(3).unwrap(), vat_percent: 20, quantity: Millilitres::new(quantity) };
    let key = (card_number(), RequestId::new(Uuid::from_u128(1)));
    let buy = Movement {
        amount: Kopecks::new(-12_000),
        what: What::Purchase { key: key.clone(), goods: goods(2_000), returned: true },
    };
    let back = Movement { amount: Kopecks::new(6_000), what: What::Refund { of: key, goods: goods(1_000) } };
    let (mut same, mut december, mut january) = (MonthBook::default(), MonthBook::default(), MonthBook::default());
    same.post(&buy).and_then(|()| same.post(&back)).unwrap();
    let line = same.figures().supplied[0];
    assert_eq!((line.quantity.get(), line.amount.get(), line.vat.get()), (1_000, 6_000, 1_000));
    assert_eq!(line.price().map(|price| price.to_string()), Some("50.00".to_owned()));
    december.post(&buy).unwrap();
    january.post(&back).unwrap();
    let (december, january) = (december.figures(), january.figures());
    assert_eq!(december.supplied[0].amount.get(), 12_000);
    assert!(january.supplied.is_empty() && january.has_supply());
    let line = january.corrected[0];
    // The rate of the purchase, whatever it is now.
    assert_eq!(
        (line.quantity.get(), line.amount.get(), line.vat.get(), line.vat_percent),
        (-1_000, -6_000, -1_000, 20)
    );
}
