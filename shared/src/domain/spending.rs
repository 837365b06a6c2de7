//! What was bought within a span, added up by one thing or another.

use super::{CardNumber, Kopecks, Millilitres, ProductIx, StationCode};
use std::collections::BTreeMap;

/// How much of what, and what it cost: purchases less what was returned of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// In units of the product; over several products, litres of those that are measured in litres.
    pub quantity: Millilitres,
    /// The discount taken off.
    pub amount: Kopecks,
}

/// What a fill is added up by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpentOn {
    /// Whose.
    pub card: CardNumber,
    /// Of what.
    pub product: ProductIx,
    /// Where.
    pub station: StationCode,
}

/// Sums by a key, in the key's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending<K>(BTreeMap<K, Spent>);

impl<K> Default for Spending<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Spending<K> {
    /// Adds a purchase.
    pub fn bought(&mut self, key: K, of: Spent) {
        let sum = self.0.entry(key).or_default();
        sum.quantity = sum.quantity.saturating_add(of.quantity);
        sum.amount = sum.amount.saturating_add(of.amount);
    }

    /// Takes off what was returned of one, within the same span or before it.
    pub fn returned(&mut self, key: K, of: Spent) {
        let sum = self.0.entry(key).or_default();
        sum.quantity = sum.quantity.saturating_sub(of.quantity);
        sum.amount = sum.amount.saturating_sub(of.amount);
    }

    /// The sums, in the key's order.
    pub fn sums(&self) -> impl Iterator<Item = (&K, Spent)> {
        self.0.iter().map(|(key, spent)| (key, *spent))
    }

    /// What all of it cost.
    pub fn total(&self) -> Kopecks {
        self.0.values().fold(Kopecks::ZERO, |total, spent| total.saturating_add(spent.amount))
    }

    /// Whether nothing was bought and nothing returned.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn by_whatever_it_is_added_up_it_cost_the_same(
            fills in proptest::collection::vec((0u8..4, 0u8..9, 1i64..9_000_000, 1i64..9_000_000, any::<bool>()), 0..60),
        ) {
            let (mut by_one, mut by_other) = (Spending::default(), Spending::default());
            let mut cost = 0;
            for (one, other, quantity, amount, returned) in fills {
                let of = Spent { quantity: Millilitres::new(quantity), amount: Kopecks::new(amount) };
                if returned {
                    by_one.returned(one, of);
                    by_other.returned(other, of);
                    cost -= amount;
                } else {
                    by_one.bought(one, of);
                    by_other.bought(other, of);
                    cost += amount;
                }
            }
            prop_assert_eq!(by_one.total(), Kopecks::new(cost));
            prop_assert_eq!(by_other.total(), by_one.total());
            let keys: Vec<_> = by_one.sums().map(|(key, _)| *key).collect();
            prop_assert!(keys.is_sorted());
        }
    }
}
