//! The exception that answers a decline.

use super::{Card, Funding};
use crate::domain::account::Account;
use crate::domain::authorization::Hold;
use crate::domain::budget::{Allowance, Budget, Exception, Lent, OverDistributed, Share, Sum};
use crate::domain::catalogue::Catalogue;
use crate::domain::money::{Kopecks, cost};
use crate::domain::product::ProductIx;
use crate::domain::quantity::Millilitres;
use chrono::{DateTime, Utc};

/// What granting an exception writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The next card.
    pub card: Card,
    /// What lies beside it from now on.
    pub allowance: Allowance,
    /// The budget, if the reserve lends something.
    pub budget: Option<Budget>,
}

/// Why an exception was not granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantRefused {
    /// One is open on the card: code `exception_open`.
    Open,
    /// The share lacks more than the reserve has: code `no_reserve`.
    NoReserve(OverDistributed),
}

/// What a manager grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Of which product; of any, if none is named.
    pub product: Option<ProductIx>,
    /// How much.
    pub quantity: Millilitres,
    /// Per unit: what the fill will cost at the most, as far as that is known.
    pub price: Kopecks,
    /// Whether it is measured in litres.
    pub in_litres: bool,
    /// Until when.
    pub until: DateTime<Utc>,
}

impl Card {
    /// The exception that a fill of `product` may use: its time is not over, no fill has used it up or is doing so.
    pub fn open_exception<'a>(
        &self,
        allowance: &'a Allowance,
        product: ProductIx,
        now: DateTime<Utc>,
    ) -> Option<&'a Exception> {
        let exception = self.unused_exception(allowance, now)?;
        let in_use = self.open_holds(now).any(|hold| hold.uses(exception));
        (!in_use && exception.product.is_none_or(|named| named == product)).then_some(exception)
    }

    /// The exception that is not over: its time is not, and no fill has used it up; one that a hold is using counts.
    fn unused_exception<'a>(&self, allowance: &'a Allowance, now: DateTime<Utc>) -> Option<&'a Exception> {
        allowance.exception.as_ref().filter(|exception| {
            let in_use = self.open_holds(now).any(|hold| hold.uses(exception));
            self.excepted < exception.number && (now < exception.until || in_use)
        })
    }

    /// The exception that is over, and what of its loan goes back to the reserve: all that the card does not need to
    /// cover what it used. `None` while it may still be used, or where there is none.
    pub fn ended_exception(
        &self,
        allowance: &Allowance,
        account: &Account,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Option<(Exception, Sum)> {
        let exception = allowance.exception?;
        if self.unused_exception(allowance, now).is_some() {
            return None;
        }
        let share = &allowance.share;
        let stands = self.share_use(share, account, catalogue, now);
        let needed = stands.least().less(share.portion.sum()).or_zero();
        let spare = share.lent.of(stands.month).less(needed).or_zero();
        Some((exception, exception.lent.of(stands.month).min(spare)))
    }

    /// Grants one more fill. What the share lacks for it comes from the reserve. An exception that is over makes room
    /// for it, and what its loan did not serve for with it.
    ///
    /// # Errors
    /// [`GrantRefused`].
    pub fn grant(
        &self,
        grant: &Grant,
        allowance: &Allowance,
        budget: &Budget,
        (account, catalogue): (&Account, &Catalogue),
        now: DateTime<Utc>,
    ) -> Result<Granted, GrantRefused> {
        if self.unused_exception(allowance, now).is_some() {
            return Err(GrantRefused::Open);
        }
        let ended = self.ended_exception(allowance, account, catalogue, now);
        let back = ended.map_or(Sum::ZERO, |(_, back)| back);
        let share = allowance.without_exception(back).share;
        let stands = self.share_use(&share, account, catalogue, now);
        let month = stands.month;
        let wanted = Sum {
            roubles: cost(grant.quantity, grant.price),
            litres: if grant.in_litres { grant.quantity } else { Millilitres::ZERO },
        };
        let room = share.taken(month).plus(stands.carried).less(stands.used).less(stands.held);
        let lacks = if self.funding == Funding::Purse { Sum::ZERO } else { share.portion.only(wanted.less(room)) };
        let lacks = lacks.or_zero();
        let moved = lacks.less(back);
        let budget =
            if moved == Sum::ZERO { None } else { Some(budget.lend(moved, month).map_err(GrantRefused::NoReserve)?) };
        let card = self.edited();
        let exception = Exception {
            number: card.edition,
            product: grant.product,
            quantity: grant.quantity,
            granted_at: now,
            until: grant.until,
            lent: Lent { month, sum: lacks },
        };
        let share = Share { lent: share.lent.plus(lacks, month), ..share };
        Ok(Granted { card, allowance: Allowance { share, exception: Some(exception) }, budget })
    }
}

impl Hold {
    /// Whether it uses this exception.
    pub fn uses(&self, exception: &Exception) -> bool {
        self.exception == Some(exception.number)
    }
}
