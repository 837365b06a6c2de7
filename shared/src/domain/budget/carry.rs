//! What was left of a month's share adds to the next month, and to that one only.

use super::{Portion, Sum};
use crate::domain::money::Kopecks;
use crate::domain::quantity::Millilitres;
use crate::domain::usage::{put_varint, take_varint};
use crate::domain::window::WindowId;
use serde::{Deserialize, Serialize};

/// Whether what is left is carried over. A change holds from the end of the month in which it is made, so that all cards of
/// a company turn a month by the same rule, whenever they are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct CarryOver {
    /// As it stands.
    pub on: bool,
    /// The month of the last change.
    pub since: WindowId,
    /// As it stood before that month.
    pub before: bool,
}

impl CarryOver {
    /// Whether what was left of the month before adds to `month`.
    pub fn into(self, month: WindowId) -> bool {
        if self.since < month { self.on } else { self.before }
    }

    /// With the switch set in `month`.
    #[must_use]
    pub fn set(self, on: bool, month: WindowId) -> Self {
        let before = if self.since < month { self.on } else { self.before };
        if on == self.on { self } else { Self { on, since: self.since.max(month), before } }
    }
}

/// What a card takes along of the month before, written once when its month turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Turn {
    /// The month that began.
    pub month: WindowId,
    /// What it bought in the month before.
    pub used: Sum,
    /// Its share of that month, if what is left of it is carried over.
    pub share: Portion,
    /// What had been carried over into that month.
    pub carried: Sum,
}

impl Turn {
    /// What adds to the share of its month, while holds of the month before still set `held` aside. What was carried over
    /// before is spent first, so no more than one month's share is ever carried.
    pub fn carries(&self, held: Sum) -> Sum {
        let share = self.share.sum();
        self.share.only(share.plus(self.carried).less(self.used).less(held).or_zero().min(share))
    }

    /// In few bytes for the card's row: at most 35 with a truck's figures.
    pub fn to_bytes(&self) -> Vec<u8> {
        let flag = |bit: u8, is_so: bool| if is_so { bit } else { 0 };
        let mut bytes = vec![flag(ROUBLES, self.share.roubles.is_some()) | flag(LITRES, self.share.litres.is_some())];
        put_varint(&mut bytes, u64::from(self.month.get()));
        put_sum(&mut bytes, self.used);
        self.share.roubles.iter().for_each(|amount| put(&mut bytes, amount.get()));
        self.share.litres.iter().for_each(|amount| put(&mut bytes, amount.get()));
        if !self.share.is_none() {
            put_sum(&mut bytes, self.carried);
        }
        bytes
    }

    /// Reads what [`Turn::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (flags, mut rest) = bytes.split_first()?;
        let rest = &mut rest;
        let month = WindowId::new(u32::try_from(take_varint(rest)?).ok()?);
        let used = take_sum(rest)?;
        let roubles = if flags & ROUBLES == 0 { None } else { Some(Kopecks::new(take(rest)?)) };
        let litres = if flags & LITRES == 0 { None } else { Some(Millilitres::new(take(rest)?)) };
        let share = Portion { roubles, litres };
        let carried = if share.is_none() { Sum::ZERO } else { take_sum(rest)? };
        rest.is_empty().then_some(Self { month, used, share, carried })
    }
}

const ROUBLES: u8 = 1;
const LITRES: u8 = 2;

fn put(bytes: &mut Vec<u8>, number: i64) {
    put_varint(bytes, u64::try_from(number).unwrap_or(0));
}

fn put_sum(bytes: &mut Vec<u8>, sum: Sum) {
    put(bytes, sum.roubles.get());
    put(bytes, sum.litres.get());
}

fn take(rest: &mut &[u8]) -> Option<i64> {
    i64::try_from(take_varint(rest)?).ok()
}

fn take_sum(rest: &mut &[u8]) -> Option<Sum> {
    Some(Sum { roubles: Kopecks::new(take(rest)?), litres: Millilitres::new(take(rest)?) })
}
