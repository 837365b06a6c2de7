//! What a card has used in the windows that limits ask about.
//!
//! Counted per product, in all five calendar periods at once, so that a limit set today on any set of products knows
//! this month without reading history. Counters are keyed by their window: a newer one starts from zero.

use super::invalid::Invalid;
use super::money::Kopecks;
use super::product::ProductIx;
use super::quantity::Millilitres;
use super::window::{Period, WindowId, Windows};
use std::collections::BTreeMap;

/// Quantity, money and fills that were counted, none below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// In the product's own unit: only sums over products of one unit mean something.
    pub quantity: Millilitres,
    /// What it cost, discounts taken off.
    pub amount: Kopecks,
    /// How many fills.
    pub fills: u32,
}

impl Tally {
    /// The sum, held at the ends of the ranges.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            quantity: self.quantity.saturating_add(other.quantity),
            amount: self.amount.saturating_add(other.amount),
            fills: self.fills.saturating_add(other.fills),
        }
    }

    /// What is left, not below zero.
    fn less(self, other: Self) -> Self {
        Self {
            quantity: self.quantity.saturating_sub(other.quantity).max(Millilitres::ZERO),
            amount: self.amount.saturating_sub(other.amount).max(Kopecks::ZERO),
            fills: self.fills.saturating_sub(other.fills),
        }
    }

    fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// A card's counters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usage {
    windows: Windows,
    by_product: BTreeMap<ProductIx, [Tally; 5]>,
}

impl Usage {
    /// Adds what was captured to the windows it belongs to.
    ///
    /// A window newer than the stored one starts that period from zero for all products. One older than the stored one
    /// is skipped: it is closed, nobody can ask about it any more.
    pub fn charge(&mut self, windows: &Windows, product: ProductIx, tally: Tally) {
        let mut stored = self.windows.to_array();
        for (at, (kept, new)) in stored.iter_mut().zip(windows.to_array()).enumerate() {
            if new > *kept {
                *kept = new;
                self.by_product
                    .values_mut()
                    .filter_map(|counters| counters.get_mut(at))
                    .for_each(|c| *c = Tally::default());
            }
        }
        self.windows = Windows::from_array(stored);
        let counters = self.by_product.entry(product).or_default();
        for ((counter, kept), new) in counters.iter_mut().zip(stored).zip(windows.to_array()) {
            if new == kept {
                *counter = counter.plus(tally);
            }
        }
        self.tidy();
    }

    /// Where a fill of `windows` counts at `now`: a window that is not over yet counts in the stored one where that lies
    /// ahead of now (a zone that moved west), as [`Usage::used`] reads it. Otherwise a limit would see none of what is
    /// bought until the stored window begins.
    #[must_use]
    pub fn place(&self, windows: &Windows, now: &Windows) -> Windows {
        let mut placed = windows.to_array();
        for ((window, kept), now) in placed.iter_mut().zip(self.windows.to_array()).zip(now.to_array()) {
            if kept > now && *window >= now {
                *window = kept.max(*window);
            }
        }
        Windows::from_array(placed)
    }

    /// Gives quantity and money of a refund back to the windows they were charged to, where those are still the stored
    /// ones. Counters stop at zero; the fill stays counted.
    pub fn give_back(&mut self, windows: &Windows, product: ProductIx, quantity: Millilitres, amount: Kopecks) {
        self.take_back(windows, product, Tally { quantity, amount, fills: 0 });
    }

    /// Undoes what was charged, where those windows are still the stored ones. Counters stop at zero.
    pub fn take_back(&mut self, windows: &Windows, product: ProductIx, tally: Tally) {
        let stored = self.windows.to_array();
        if let Some(counters) = self.by_product.get_mut(&product) {
            for ((counter, kept), charged) in counters.iter_mut().zip(stored).zip(windows.to_array()) {
                if charged == kept {
                    *counter = counter.less(tally);
                }
            }
        }
        self.tidy();
    }

    /// The products that were bought.
    pub fn products(&self) -> impl Iterator<Item = ProductIx> {
        self.by_product.keys().copied()
    }

    /// What was used in the period's window of `now`, over the products that `counts` accepts; zero for a transaction.
    ///
    /// Counters of a window later than `now`'s (a zone that moved west, a clock a little behind another) count as
    /// this window's: an error here may only ever be on the strict side.
    pub fn used(&self, period: Period, now: &Windows, counts: impl Fn(ProductIx) -> bool) -> Tally {
        let Some(at) = period.calendar_index().filter(|_| self.windows.get(period) >= now.get(period)) else {
            return Tally::default();
        };
        self.by_product
            .iter()
            .filter(|(product, _)| counts(**product))
            .filter_map(|(_, counters)| counters.get(at))
            .fold(Tally::default(), |sum, counter| sum.plus(*counter))
    }

    /// What was used in a month, if it is the one that the counters stand in, over the products that `counts` accepts.
    pub fn of_month(&self, month: WindowId, counts: impl Fn(ProductIx) -> bool) -> Tally {
        if self.windows.month() != month {
            return Tally::default();
        }
        self.used(Period::Month, &self.windows, counts)
    }

    /// The counters in a compact form: a version, the five windows, then per product its place and five tallies, all
    /// numbers as LEB128 varints. At most 430 bytes for nine products with a truck's yearly figures.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        for window in self.windows.to_array() {
            put_varint(&mut bytes, u64::from(window.get()));
        }
        for (product, counters) in &self.by_product {
            bytes.push(product.get());
            for counter in counters {
                put_varint(&mut bytes, u64::try_from(counter.quantity.get()).unwrap_or(0));
                put_varint(&mut bytes, u64::try_from(counter.amount.get()).unwrap_or(0));
                put_varint(&mut bytes, u64::from(counter.fills));
            }
        }
        bytes
    }

    /// Reads what [`Usage::to_bytes`] wrote; no bytes at all are a card never used.
    ///
    /// # Errors
    /// `usage_malformed`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Invalid> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        read(bytes).ok_or_else(|| Invalid::new("usage_malformed", "these are not a card's counters"))
    }

    /// Forgets products without any count, so that equal counters have equal bytes.
    fn tidy(&mut self) {
        self.by_product.retain(|_, counters| !counters.iter().all(Tally::is_zero));
    }
}

/// The version of the compact form.
const FORMAT: u8 = 1;

fn read(bytes: &[u8]) -> Option<Usage> {
    let mut rest = bytes.strip_prefix(&[FORMAT])?;
    let mut windows = [WindowId::default(); 5];
    for window in &mut windows {
        *window = WindowId::new(u32::try_from(take_varint(&mut rest)?).ok()?);
    }
    let mut usage = Usage { windows: Windows::from_array(windows), by_product: BTreeMap::new() };
    while let Some((product, tail)) = rest.split_first() {
        rest = tail;
        let mut counters = [Tally::default(); 5];
        for counter in &mut counters {
            *counter = Tally {
                quantity: Millilitres::new(i64::try_from(take_varint(&mut rest)?).ok()?),
                amount: Kopecks::new(i64::try_from(take_varint(&mut rest)?).ok()?),
                fills: u32::try_from(take_varint(&mut rest)?).ok()?,
            };
        }
        if usage.by_product.insert(ProductIx::new(*product)?, counters).is_some() {
            return None;
        }
    }
    Some(usage)
}

/// Appends an unsigned LEB128 number.
pub(super) fn put_varint(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

/// Takes an unsigned LEB128 number off the front; `None` if it is cut short or past 64 bits.
pub(super) fn take_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, tail) = rest.split_first()?;
        *rest = tail;
        let bits = u64::from(byte & 0x7f);
        if shift == 63 && bits > 1 {
            return None;
        }
        number |= bits << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests;
