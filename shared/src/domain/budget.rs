//! A company's budget: a plan for each month in roubles, in litres or in both, shared among its account cards.
//!
//! What is not shared is the reserve, spent by nobody until it is assigned: shares + reserve = plan, always. A share is
//! checked at the pump like a limit of the month ([`super::card::Card::check`]); a card without one is not capped.

mod carry;
mod exception;
mod forecast;
mod order;
mod split;

pub use carry::{CarryOver, Turn};
pub use exception::{Allowance, Exception};
pub use forecast::{DAYS_MIN as FORECAST_DAYS_MIN, Forecast, Pace, forecast};
pub use order::{Move, order};
pub use split::split;

use super::money::Kopecks;
use super::quantity::Millilitres;
use super::rules::{Cap, stored};
use super::window::WindowId;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Roubles and litres together, of either sign: sums and differences, never a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Sum {
    /// Kopecks.
    #[serde(rename = "r", with = "stored::kopecks")]
    pub roubles: Kopecks,
    /// Thousandths of a litre.
    #[serde(rename = "l", with = "stored::millilitres")]
    pub litres: Millilitres,
}

impl Sum {
    /// Nothing.
    pub const ZERO: Self = Self { roubles: Kopecks::ZERO, litres: Millilitres::ZERO };

    /// Both added, held at the ends of the range.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { roubles: self.roubles.saturating_add(other.roubles), litres: self.litres.saturating_add(other.litres) }
    }

    /// Both taken off, held at the ends of the range.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self { roubles: self.roubles.saturating_sub(other.roubles), litres: self.litres.saturating_sub(other.litres) }
    }

    /// Both with the sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::ZERO.less(self)
    }

    /// Both, but not below zero.
    #[must_use]
    pub fn or_zero(self) -> Self {
        Self { roubles: self.roubles.max(Kopecks::ZERO), litres: self.litres.max(Millilitres::ZERO) }
    }

    /// The smaller of each.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self { roubles: self.roubles.min(other.roubles), litres: self.litres.min(other.litres) }
    }

    /// Whether neither is below zero.
    pub fn is_sound(self) -> bool {
        self.roubles >= Kopecks::ZERO && self.litres >= Millilitres::ZERO
    }
}

/// A plan or a share: a cap in roubles, in litres or in both; in neither it caps nothing. None is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Portion {
    /// The cap in roubles.
    #[serde(rename = "r", with = "stored::kopecks_option", default, skip_serializing_if = "Option::is_none")]
    pub roubles: Option<Kopecks>,
    /// The cap in litres, of the products measured in litres.
    #[serde(rename = "l", with = "stored::millilitres_option", default, skip_serializing_if = "Option::is_none")]
    pub litres: Option<Millilitres>,
}

impl Portion {
    /// Whether it caps nothing.
    pub const fn is_none(&self) -> bool {
        self.roubles.is_none() && self.litres.is_none()
    }

    /// Its amounts; zero where it caps nothing.
    pub fn sum(self) -> Sum {
        Sum { roubles: self.roubles.unwrap_or_default(), litres: self.litres.unwrap_or_default() }
    }

    /// `sum` in the measures that this caps.
    #[must_use]
    pub fn only(self, sum: Sum) -> Sum {
        Sum {
            roubles: self.roubles.map_or(Kopecks::ZERO, |_| sum.roubles),
            litres: self.litres.map_or(Millilitres::ZERO, |_| sum.litres),
        }
    }

    /// The same measures with `more` added.
    #[must_use]
    pub fn plus(self, more: Sum) -> Self {
        Self {
            roubles: self.roubles.map(|amount| amount.saturating_add(more.roubles)),
            litres: self.litres.map(|amount| amount.saturating_add(more.litres)),
        }
    }

    /// Its caps, roubles first.
    pub fn caps(self) -> impl Iterator<Item = Cap> {
        [self.roubles.map(Cap::Roubles), self.litres.map(Cap::Litres)].into_iter().flatten()
    }
}

/// What came from the reserve to a card, for one month only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Lent {
    /// The month it counts in.
    #[serde(rename = "m")]
    pub month: WindowId,
    /// How much.
    #[serde(flatten)]
    pub sum: Sum,
}

impl Lent {
    /// What of it counts in `month`.
    pub fn of(self, month: WindowId) -> Sum {
        if self.month == month { self.sum } else { Sum::ZERO }
    }

    /// With `more` in `month`; what counted in another month is gone.
    #[must_use]
    pub fn plus(self, more: Sum, month: WindowId) -> Self {
        Self { month, sum: self.of(month).plus(more) }
    }
}

/// A card's share of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Share {
    /// What it has every month.
    #[serde(flatten)]
    pub portion: Portion,
    /// What exceptions brought it from the reserve.
    #[serde(rename = "x", default, skip_serializing_if = "is_nothing")]
    pub lent: Lent,
}

// Serde passes a reference.
fn is_nothing(lent: &Lent) -> bool {
    lent.sum == Sum::ZERO
}

impl Share {
    /// No share: it caps nothing.
    pub const NONE: Self = Self {
        portion: Portion { roubles: None, litres: None },
        lent: Lent { month: WindowId::new(0), sum: Sum::ZERO },
    };

    /// A share that nothing was lent to.
    pub fn new(portion: Portion) -> Self {
        Self { portion, lent: Lent::default() }
    }

    /// What it takes of the plan in `month`.
    pub fn taken(&self, month: WindowId) -> Sum {
        self.portion.sum().plus(self.lent.of(month))
    }
}

/// A change of more shares than fit in one write, under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Run {
    /// Which.
    pub id: Uuid,
    /// When it was begun or went on last.
    pub since: DateTime<Utc>,
}

impl Run {
    /// Whether it keeps others out: one that has not gone on for ten minutes broke off.
    pub fn is_on(&self, now: DateTime<Utc>) -> bool {
        now.signed_duration_since(self.since) < TimeDelta::minutes(10)
    }
}

/// The budget as its row has it. The default is a company that never made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    /// What there is every month.
    pub plan: Portion,
    /// The sum of the cards' shares.
    pub shared: Sum,
    /// What exceptions have of the reserve.
    pub lent: Lent,
    /// What a run has set aside of the reserve.
    pub aside: Sum,
    /// The run that is changing shares.
    pub run: Option<Run>,
    /// Moves by people's acts on it: the wire's ETag.
    pub edition: u32,
    /// Moves by every write.
    pub version: u64,
}

/// More would be shared than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverDistributed {
    /// By how much; zero in a measure in which it is not.
    pub by: Sum,
}

impl Budget {
    /// What is not assigned in `month`; never below zero.
    pub fn reserve(&self, month: WindowId) -> Sum {
        self.plan.sum().less(self.distributed(month))
    }

    /// All that is assigned in `month`: shares, what exceptions have, what a distribution has set aside.
    pub fn distributed(&self, month: WindowId) -> Sum {
        self.shared.plus(self.lent.of(month)).plus(self.aside)
    }

    /// With another plan.
    ///
    /// # Errors
    /// [`OverDistributed`]: it is below what is assigned.
    pub fn with_plan(&self, plan: Portion, month: WindowId) -> Result<Self, OverDistributed> {
        self.with_plan_unchecked(plan).sound(month)
    }

    /// With another plan, before the shares that change with it do.
    #[must_use]
    pub fn with_plan_unchecked(&self, plan: Portion) -> Self {
        Self { plan, ..*self }
    }

    /// The same a write on; an edition on where a person changed what others base their changes on.
    #[must_use]
    pub fn moved_on(self, edited: bool) -> Self {
        let edition = if edited { self.edition.saturating_add(1) } else { self.edition };
        Self { edition, version: self.version.saturating_add(1), ..self }
    }

    /// With shares that are `more` in sum out of what a run set aside; `None` if it has less.
    pub fn share_aside(&self, more: Sum, absorbed: Sum, month: WindowId) -> Option<Self> {
        let aside = self.aside.less(more.less(absorbed));
        let lent = self.lent.plus(absorbed.negated(), month);
        aside.is_sound().then(|| Self { shared: self.shared.plus(more), lent, aside, ..*self })
    }

    /// With shares that are `more` in sum, having `absorbed` what was lent to them.
    ///
    /// # Errors
    /// [`OverDistributed`].
    pub fn share(&self, more: Sum, absorbed: Sum, month: WindowId) -> Result<Self, OverDistributed> {
        let lent = self.lent.plus(absorbed.negated(), month);
        Self { shared: self.shared.plus(more), lent, ..*self }.sound(month)
    }

    /// With `more` of the reserve lent to an exception.
    ///
    /// # Errors
    /// [`OverDistributed`]: the reserve has less.
    pub fn lend(&self, more: Sum, month: WindowId) -> Result<Self, OverDistributed> {
        Self { lent: self.lent.plus(more, month), ..*self }.sound(month)
    }

    fn sound(self, month: WindowId) -> Result<Self, OverDistributed> {
        let by = self.reserve(month).negated().or_zero();
        if by == Sum::ZERO { Ok(self) } else { Err(OverDistributed { by }) }
    }
}

#[cfg(test)]
mod tests;
