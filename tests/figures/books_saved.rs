//! What promotions took off, recomputed from terms and purchases apart from the house's own arithmetic.

use crate::raw::{Item, number};
use oktan_shared::domain::authorization::{Capture, Hold};
use oktan_shared::domain::promotion::{Discount, Terms};
use std::collections::BTreeMap;

/// A purchase got the best of the terms that its hold names, and of these only what is for it.
pub fn audit(what: &str, terms: &BTreeMap<u32, Terms>, hold: &Hold, capture: &Capture) {
    let (quantity, price) = (i128::from(capture.quantity.get()), i128::from(hold.price.get()));
    let whole = half_up(quantity * price, 1_000);
    let off = |terms: &Terms| {
        if capture.quantity < terms.minimum {
            return 0;
        }
        let off = match terms.discount {
            Discount::PerUnit(each) => half_up(quantity * i128::from(each.get()), 1_000),
            Discount::Percent(part) => half_up(whole * i128::from(part.get()), 10_000),
        };
        off.min(whole)
    };
    let named: Vec<&Terms> = hold.promotions.iter().map(|id| &terms[&id.get()]).collect();
    let best = named.iter().map(|terms| off(terms)).max().unwrap_or(0);
    assert_eq!(i128::from(capture.discount.get()), best, "{what}: the discount");
    assert_eq!(capture.promotion.is_some(), best > 0, "{what}");
    for terms in named {
        assert!(terms.products.is_empty() || terms.products.contains(hold.product), "{what}: {terms:?}");
        assert!(terms.stations.is_empty() || terms.stations.contains(&hold.station), "{what}: {terms:?}");
    }
}

fn half_up(numerator: i128, denominator: i128) -> i128 {
    (2 * numerator + denominator).div_euclid(2 * denominator)
}

/// The part of a purchase's discount that its returns took back.
pub fn gone(capture: &Capture) -> i64 {
    let part = i128::from(capture.discount.get()) * i128::from(capture.refunded_quantity.get());
    i64::try_from(part / i128::from(capture.quantity.get())).expect("kopecks")
}

/// What was saved, in all and by promotion.
#[derive(Debug, Default)]
pub struct Counted {
    total: i64,
    by: BTreeMap<String, i64>,
}

impl Counted {
    /// As account, shards and participations say.
    pub fn of<'a>(rows: impl Iterator<Item = &'a Item>, folded: impl Iterator<Item = &'a Item>) -> Self {
        let mut counted = Self::default();
        for row in rows {
            counted.total += number(row, "saved");
            for name in row.keys().filter_map(|name| name.strip_prefix("saved_")) {
                *counted.by.entry(name.to_owned()).or_default() += number(row, &format!("saved_{name}"));
            }
        }
        for row in folded.filter(|row| row.contains_key("saved")) {
            let id = crate::raw::text(row, "sk").trim_start_matches("PROMOTION#").trim_start_matches('0').to_owned();
            *counted.by.entry(id).or_default() += number(row, "saved");
        }
        counted
    }

    pub fn add(&mut self, promotion: Option<String>, saved: i64) {
        self.total += saved;
        if let Some(promotion) = promotion {
            *self.by.entry(promotion).or_default() += saved;
        }
    }

    /// The sums that are not zero.
    pub fn sums(&self) -> (i64, BTreeMap<String, i64>) {
        (self.total, self.by.iter().filter(|(_, sum)| **sum != 0).map(|(name, sum)| (name.clone(), *sum)).collect())
    }
}
