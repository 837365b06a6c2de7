//! A month's book: movements in, figures out.

use super::movement::{Goods, Movement, PurchaseKey, Turnover, What};
use crate::domain::money::{unit_price, vat_within};
use crate::domain::rules::stored;
use crate::domain::{Kopecks, Millilitres, ProductIx};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// A month while its entries are read, oldest first. It keeps sums, and of purchases only those of which something came back.
#[derive(Debug, Clone, Default)]
pub struct MonthBook {
    turnover: Turnover,
    supplied: BTreeMap<(ProductIx, u8), Sum>,
    corrected: BTreeMap<(ProductIx, u8), Sum>,
    returned: HashSet<PurchaseKey>,
    operations: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    quantity: i64,
    amount: Kopecks,
}

/// What a month was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MonthFigures {
    /// What moved the balance.
    pub turnover: Turnover,
    /// What was supplied, less what came back of it within the month: a line for each product and VAT rate.
    pub supplied: Vec<SupplyLine>,
    /// What came back of earlier months' purchases, below zero, at the rate of the purchase.
    pub corrected: Vec<SupplyLine>,
    /// Purchases and refunds: lines of the register.
    pub operations: u64,
}

/// A line of the УПД.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyLine {
    /// Which product.
    pub product: ProductIx,
    /// The rate in percent.
    pub vat_percent: u8,
    /// How much of it.
    #[serde(with = "stored::millilitres")]
    pub quantity: Millilitres,
    /// What it cost, VAT in it.
    #[serde(with = "stored::kopecks")]
    pub amount: Kopecks,
    /// The VAT in it, counted on this line.
    #[serde(with = "stored::kopecks")]
    pub vat: Kopecks,
}

impl SupplyLine {
    fn new((product, vat_percent): (ProductIx, u8), sum: Sum) -> Self {
        let (quantity, amount) = (Millilitres::new(sum.quantity), sum.amount);
        Self { product, vat_percent, quantity, amount, vat: vat_within(amount, vat_percent) }
    }

    /// What it cost without VAT.
    pub fn net(&self) -> Kopecks {
        self.amount.saturating_sub(self.vat)
    }

    /// What a unit cost on average without VAT, in roubles: the quantity at this price costs [`Self::net`], to the kopeck.
    pub fn price(&self) -> Option<Decimal> {
        unit_price(self.net(), self.quantity)
    }
}

/// What lines come to: with VAT in it, and the VAT.
pub fn totals<'a>(lines: impl IntoIterator<Item = &'a SupplyLine>) -> (Kopecks, Kopecks) {
    lines.into_iter().fold((Kopecks::ZERO, Kopecks::ZERO), |(amount, vat), line| {
        (amount.saturating_add(line.amount), vat.saturating_add(line.vat))
    })
}

impl MonthBook {
    /// Takes the next entry; `None` when a sum leaves the range of an `i64`.
    pub fn post(&mut self, movement: &Movement) -> Option<()> {
        self.turnover = self.turnover.and(movement)?;
        match &movement.what {
            What::Purchase { key, goods, returned } => {
                if *returned {
                    self.returned.insert(key.clone());
                }
                self.operations += 1;
                add(&mut self.supplied, goods, goods.quantity.get(), movement.amount.negated())
            }
            What::Refund { of, goods } => {
                self.operations += 1;
                // What was supplied in this month is supplied less; of an earlier month's it is a correction.
                let sums = if self.returned.contains(of) { &mut self.supplied } else { &mut self.corrected };
                add(sums, goods, goods.quantity.get().checked_neg()?, movement.amount.negated())
            }
            What::Payment | What::Adjustment | What::Transfer => Some(()),
        }
    }

    /// The month as it is now.
    pub fn figures(&self) -> MonthFigures {
        let lines = |sums: &BTreeMap<(ProductIx, u8), Sum>| {
            let left = sums.iter().filter(|(_, sum)| sum.quantity != 0 || sum.amount != Kopecks::ZERO);
            left.map(|(key, sum)| SupplyLine::new(*key, *sum)).collect()
        };
        MonthFigures {
            turnover: self.turnover,
            supplied: lines(&self.supplied),
            corrected: lines(&self.corrected),
            operations: self.operations,
        }
    }
}

fn add(sums: &mut BTreeMap<(ProductIx, u8), Sum>, goods: &Goods, quantity: i64, amount: Kopecks) -> Option<()> {
    let sum = sums.entry((goods.product, goods.vat_percent)).or_default();
    sum.quantity = sum.quantity.checked_add(quantity)?;
    sum.amount = sum.amount.checked_add(amount)?;
    Some(())
}

impl MonthFigures {
    /// Whether there is anything for an УПД to say.
    pub fn has_supply(&self) -> bool {
        !self.supplied.is_empty() || !self.corrected.is_empty()
    }

    /// What the УПД comes to: with VAT in it, and the VAT.
    pub fn total(&self) -> (Kopecks, Kopecks) {
        totals(self.supplied.iter().chain(&self.corrected))
    }

    /// Whether what was supplied is what the account was moved by: of a book that was read whole it is.
    pub fn ties(&self) -> bool {
        self.turnover.purchases.checked_sub(self.turnover.refunds) == Some(self.total().0)
    }
}
