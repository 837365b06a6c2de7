//! A card's share of the budget.

use super::evaluate::{LimitUse, RuleName, RuleOutcome};
use super::{Card, Facts, Funding, Sale};
use crate::domain::account::Account;
use crate::domain::authorization::ReasonCode;
use crate::domain::budget::{Allowance, Portion, Share, Sum, Turn};
use crate::domain::catalogue::{Catalogue, Product};
use crate::domain::money::Kopecks;
use crate::domain::product::{ProductIx, ProductSet};
use crate::domain::quantity::{Millilitres, QUANTITY_MAX};
use crate::domain::rules::{Cap, Limit};
use crate::domain::usage::Tally;
use crate::domain::window::{Period, WindowId, Windows};
use chrono::{DateTime, Utc};

/// How a card's share stands in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareUse {
    /// The month.
    pub month: WindowId,
    /// What the card bought in it, whatever it was paid from, returns taken off.
    pub used: Sum,
    /// What its open holds set aside in it.
    pub held: Sum,
    /// What was left of the month before and adds to this one only.
    pub carried: Sum,
}

impl ShareUse {
    /// The least that a share may be: what is used and held, as far as what was carried over does not cover it.
    pub fn least(&self) -> Sum {
        self.used.plus(self.held).less(self.carried).or_zero()
    }
}

/// What another share of a card writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reshared {
    /// The next card, its month turned: what is left of the month before is what the share before left.
    pub card: Card,
    /// What lies beside it from now on.
    pub allowance: Allowance,
    /// What the shares are more in sum.
    pub more: Sum,
    /// What was lent to the share and is part of it now.
    pub absorbed: Sum,
}

/// Why a card does not get a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareRefused {
    /// It is closed: code `card_closed`.
    Closed,
    /// It spends from a purse, which has no part in the budget: code `card_is_a_purse`.
    Purse,
    /// The share is below what is used and held already: code `share_below_use`.
    BelowUse(Sum),
}

impl Card {
    /// How the share stands at `now`; the card may have none.
    pub fn share_use(&self, share: &Share, account: &Account, catalogue: &Catalogue, now: DateTime<Utc>) -> ShareUse {
        let windows = account.zone.windows(now);
        let turn = self.turned_at(&share.portion, account, catalogue, windows.month());
        let in_litres = |product| catalogue.by_ix(product).is_some_and(Product::in_litres);
        let all = self.usage.used(Period::Month, &windows, |_| true);
        let litres = self.usage.used(Period::Month, &windows, in_litres);
        let held = |month: &dyn Fn(WindowId) -> bool| {
            let holds = self.open_holds(now).filter(|hold| month(hold.windows().month()));
            holds.fold(Sum::ZERO, |sum, hold| sum.plus(counted(hold.product, hold.quantity, hold.amount, catalogue)))
        };
        ShareUse {
            month: turn.month,
            used: Sum { roubles: all.amount, litres: litres.quantity },
            held: held(&|month| month >= windows.month()),
            carried: turn.carries(held(&|month| month == turn.month.before())),
        }
    }

    /// What the card bought in the month before that of `now`.
    pub fn used_before(&self, share: &Share, account: &Account, catalogue: &Catalogue, now: DateTime<Utc>) -> Sum {
        self.turned_at(&share.portion, account, catalogue, account.zone.windows(now).month()).used
    }

    /// The card whose month has turned, if it had not: what it takes along of the month before is fixed before its share
    /// changes or a fill of the new month is posted.
    #[must_use]
    pub fn turn_month(self, share: &Share, account: &Account, catalogue: &Catalogue, month: WindowId) -> Self {
        Self { turned: Some(self.turned_at(&share.portion, account, catalogue, month)), ..self }
    }

    /// What the card takes along into `month`, or into the month it has turned to already if that is later.
    fn turned_at(&self, share: &Portion, account: &Account, catalogue: &Catalogue, month: WindowId) -> Turn {
        let turned = self.turned.unwrap_or_default();
        if turned.month >= month {
            return turned;
        }
        let before = month.before();
        let in_litres = |product| catalogue.by_ix(product).is_some_and(Product::in_litres);
        Turn {
            month,
            used: Sum {
                roubles: self.usage.of_month(before, |_| true).amount,
                litres: self.usage.of_month(before, in_litres).quantity,
            },
            share: if account.carry_over.into(month) { *share } else { Portion::default() },
            carried: self.carried_into(before, share, account, catalogue),
        }
    }

    /// What was carried over into `month`, which is over. Of a month that nobody touched it is known too: a late fill of it
    /// may still come, and spends it first.
    fn carried_into(&self, month: WindowId, share: &Portion, account: &Account, catalogue: &Catalogue) -> Sum {
        let turned = self.turned.unwrap_or_default();
        match month.get().checked_sub(turned.month.get()) {
            Some(0) => turned.carries(Sum::ZERO),
            // The month before it was touched last.
            Some(1) => self.turned_at(share, account, catalogue, month).carries(Sum::ZERO),
            // Nor was the month before it touched: all of its share was left.
            Some(_) if account.carry_over.into(month) => share.sum(),
            _ => Sum::ZERO,
        }
    }

    /// Posts a fill of `windows` to the counters at `now`, whose month turns before.
    pub(super) fn charge(
        &mut self,
        windows: &Windows,
        product: ProductIx,
        tally: Tally,
        sale: &Sale,
        now: DateTime<Utc>,
    ) {
        let turn = self.turn(sale, windows.month().max(sale.account.zone.windows(now).month()));
        if windows.month() == turn.month.before() {
            turn.used = turn.used.plus(counted(product, tally.quantity, tally.amount, sale.catalogue));
        }
        self.usage.charge(windows, product, tally);
    }

    /// Takes back what was posted for a fill that did not come about, at `now`.
    pub(super) fn take_back(
        &mut self,
        windows: &Windows,
        product: ProductIx,
        tally: Tally,
        sale: &Sale,
        now: DateTime<Utc>,
    ) {
        let turn = self.turn(sale, sale.account.zone.windows(now).month());
        if windows.month() == turn.month.before() {
            turn.used = turn.used.less(counted(product, tally.quantity, tally.amount, sale.catalogue)).or_zero();
        }
        self.usage.take_back(windows, product, tally);
    }

    /// Turns the month, if it had not.
    pub(super) fn turn(&mut self, sale: &Sale, month: WindowId) -> &mut Turn {
        let turn = self.turned_at(&sale.share.portion, sale.account, sale.catalogue, month);
        self.turned.insert(turn)
    }

    /// What the share lets through, a cap at a time; nothing for a purse card, which has no part in the budget.
    pub(super) fn check_share(
        &self,
        product: ProductIx,
        price: Kopecks,
        facts: &Facts,
        now: DateTime<Utc>,
    ) -> Vec<RuleOutcome> {
        let share = &facts.allowance.share;
        if self.funding == Funding::Purse || share.portion.is_none() {
            return Vec::new();
        }
        let stands = self.share_use(share, facts.account, facts.catalogue, now);
        let excepted = self.open_exception(facts.allowance, product, now);
        let (windows, own) = (facts.account.zone.windows(now), share.portion.plus(stands.carried));
        let lent = own.plus(share.lent.of(stands.month));
        own.caps()
            .zip(lent.caps())
            .map(|(own, lent)| {
                let most = |cap: Cap| {
                    let limit = Limit { cap, period: Period::Month, products: ProductSet::EMPTY };
                    (limit, self.use_of(&limit, facts.catalogue, &windows, facts.account.zone, now))
                };
                let ((limit, own), (_, with_lent)) = (most(own), most(lent));
                let binds = limit.counts(product, facts.catalogue);
                let alone = own.lets_through(price, binds);
                let lifted = excepted.map(|one| with_lent.lets_through(price, binds).min(one.quantity));
                RuleOutcome {
                    rule: RuleName::Budget,
                    max_quantity: lifted.map_or(alone, |lifted| alone.max(lifted)),
                    alone,
                    note: Some(own.note()),
                    reason: ReasonCode::BudgetExceeded,
                }
            })
            .collect()
    }

    /// Gives the card another share; what was lent to the old one is part of the new one. `None` if that is what it has.
    ///
    /// # Errors
    /// [`ShareRefused`].
    pub fn reshare(
        &self,
        portion: Portion,
        allowance: &Allowance,
        (account, catalogue): (&Account, &Catalogue),
        now: DateTime<Utc>,
    ) -> Result<Option<Reshared>, ShareRefused> {
        let share = &allowance.share;
        let stands = self.share_use(share, account, catalogue, now);
        let absorbed = share.lent.of(stands.month);
        if portion == share.portion && absorbed == Sum::ZERO {
            return Ok(None);
        }
        if !portion.is_none() && (self.closed || self.funding == Funding::Purse) {
            return Err(if self.closed { ShareRefused::Closed } else { ShareRefused::Purse });
        }
        let least = portion.only(stands.least());
        if !portion.sum().less(least).is_sound() {
            return Err(ShareRefused::BelowUse(least));
        }
        Ok(Some(Reshared {
            card: self.edited().turn_month(share, account, catalogue, stands.month),
            allowance: allowance.with_share(portion),
            more: portion.sum().less(share.portion.sum()),
            absorbed,
        }))
    }
}

impl LimitUse {
    /// The most it lets through of what it counts; everything of what it does not.
    fn lets_through(&self, price: Kopecks, binds: bool) -> Millilitres {
        if binds { self.max_quantity(price) } else { QUANTITY_MAX }
    }
}

/// What a fill counts in the budget: litres of what is measured in litres.
pub(super) fn counted(product: ProductIx, quantity: Millilitres, amount: Kopecks, catalogue: &Catalogue) -> Sum {
    let in_litres = catalogue.by_ix(product).is_some_and(Product::in_litres);
    Sum { roubles: amount, litres: if in_litres { quantity } else { Millilitres::ZERO } }
}
