//! How a hold ends, exactly once, and what may come back of a purchase.

use super::{Card, Funding, set_aside};
use crate::domain::account::{Account, AccountMove};
use crate::domain::authorization::{Authorization, Capture, Flag, Hold, State};
use crate::domain::budget::Share;
use crate::domain::catalogue::{Catalogue, Product};
use crate::domain::ids::RequestId;
use crate::domain::money::{Kopecks, cost};
use crate::domain::quantity::Millilitres;
use crate::domain::usage::Tally;
use chrono::{DateTime, SubsecRound, Utc};

/// What the end of a hold writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The next card.
    pub card: Card,
    /// The authorization, captured or reversed.
    pub authorization: Authorization,
    /// What the account moves by, unconditionally; `None` where it has no part in it.
    pub account: Option<AccountMove>,
    /// Added to what the company's purses spent; zero for an account card and a reverse.
    pub purse_spent: Kopecks,
    /// The card in the place of a replaced one, with what this means for it.
    pub heir: Option<Card>,
}

/// What posting a fill or returning it needs besides the card.
#[derive(Debug, Clone, Copy)]
pub struct Sale<'a> {
    /// The card's share of the budget.
    pub share: &'a Share,
    /// Its company's account.
    pub account: &'a Account,
    /// The products.
    pub catalogue: &'a Catalogue,
    /// The VAT rate, percent.
    pub vat_percent: u8,
}

/// Why a capture was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptureRefused {
    /// It is a purchase of another quantity already: code `already_captured`.
    AlreadyCaptured,
    /// The ask was declined; a terminal has no id for such a one.
    Declined,
}

/// A reverse was refused: it is a purchase already. Code `already_captured`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReverseRefused;

/// What dropping expired holds writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// The next card.
    pub card: Card,
    /// The holds dropped.
    pub expired: Vec<Hold>,
    /// Their money back to the account; `None` if they held none of it.
    pub account: Option<AccountMove>,
    /// The card in the place of a replaced one, with what this means for it.
    pub heir: Option<Card>,
}

/// What a refund writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refunded {
    /// The next card.
    pub card: Card,
    /// The purchase with its refunds so far.
    pub authorization: Authorization,
    /// What this refund gives back.
    pub amount: Kopecks,
    /// What the account moves by; `None` for a purse card.
    pub account: Option<AccountMove>,
    /// What went back onto the purse, to be taken off what the company's purses spent; zero for an account card.
    pub purse: Kopecks,
    /// The card in the place of a replaced one, with what this means for it.
    pub heir: Option<Card>,
}

/// Why a refund was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundRefused {
    /// There is no purchase to return.
    NotCaptured,
    /// All refunds together would be more than was captured.
    MoreThanCaptured,
    /// The quantity is not above zero.
    Nothing,
}

impl Card {
    /// The hold of a request, open or not, while it lies on the card.
    pub fn hold_of(&self, request: RequestId) -> Option<&Hold> {
        self.holds.iter().find(|hold| hold.request == request)
    }

    /// Posts what was dispensed, at the held price, to the windows of the approval and where the card is funded now.
    ///
    /// The fuel is gone, so nothing about the card refuses it: past the hold's quantity it is flagged
    /// [`Flag::OverCaptured`]; past its time, after a reverse or an expiry [`Flag::Late`]. A quantity of zero is a
    /// reverse. `None`: the same was done before, nothing is to be written.
    ///
    /// # Errors
    /// [`CaptureRefused`].
    pub fn capture(
        &self,
        authorization: &Authorization,
        quantity: Millilitres,
        sale: &Sale,
        now: DateTime<Utc>,
    ) -> Result<Option<Settlement>, CaptureRefused> {
        match &authorization.state {
            State::Captured(done) if done.quantity == quantity => return Ok(None),
            State::Captured(_) => return Err(CaptureRefused::AlreadyCaptured),
            State::Declined { .. } => return Err(CaptureRefused::Declined),
            State::Held | State::Reversed { .. } | State::Expired { .. } => {}
        }
        if !quantity.is_positive() {
            return self.reverse(authorization, now).map_err(|ReverseRefused| CaptureRefused::AlreadyCaptured);
        }
        let (mut card, dropped) = self.without(authorization.hold.request);
        let hold = &authorization.hold;
        let discount = Kopecks::ZERO;
        let amount = cost(quantity, hold.price).saturating_sub(discount);
        let unusual = [
            (Flag::PriceMismatch, hold.price_mismatch()),
            (Flag::OverCaptured, quantity > hold.quantity),
            (Flag::Late, !dropped.as_ref().is_some_and(|dropped| dropped.is_open(now))),
        ];
        let windows = card.usage.place(&hold.windows(), &hold.windows_at(now));
        let tally = Tally { quantity, amount, fills: 1 };
        card.charge(&windows, hold.product, tally, sale, now);
        card.excepted = card.excepted.max(hold.exception.unwrap_or(0));
        let released = set_aside(dropped.iter(), Funding::Account);
        let (account, purse_spent) = match self.funding {
            Funding::Account => (
                Some(AccountMove::purchase(amount, in_litres(hold, quantity, sale.catalogue), released)),
                Kopecks::ZERO,
            ),
            Funding::Purse => {
                card.purse = card.purse.saturating_sub(amount);
                (given_back(released), amount)
            }
        };
        let captured = Capture {
            at: now.trunc_subsecs(3),
            quantity,
            amount,
            discount,
            vat_percent: sale.vat_percent,
            flags: unusual.into_iter().filter(|(_, is_so)| *is_so).map(|(flag, _)| flag).collect(),
            funding: self.funding,
            refunded_quantity: Millilitres::ZERO,
            refunded_amount: Kopecks::ZERO,
            reversed_at: match authorization.state {
                State::Reversed { at } => Some(at),
                _ => None,
            },
        };
        let authorization = authorization.become_state(State::Captured(captured));
        Ok(Some(Settlement { card, authorization, account, purse_spent, heir: None }))
    }

    /// Drops a hold. `None` where nothing is set aside any more: it was reversed, has expired and been dropped, or was
    /// declined.
    ///
    /// # Errors
    /// [`ReverseRefused`] after a capture.
    pub fn reverse(
        &self,
        authorization: &Authorization,
        now: DateTime<Utc>,
    ) -> Result<Option<Settlement>, ReverseRefused> {
        match authorization.state {
            State::Captured(_) => return Err(ReverseRefused),
            State::Declined { .. } | State::Reversed { .. } | State::Expired { .. } => return Ok(None),
            State::Held => {}
        }
        let (card, dropped) = self.without(authorization.hold.request);
        Ok(Some(Settlement {
            card,
            authorization: authorization.become_state(State::Reversed { at: now.trunc_subsecs(3) }),
            account: given_back(set_aside(dropped.iter(), Funding::Account)),
            purse_spent: Kopecks::ZERO,
            heir: None,
        }))
    }

    /// Drops the holds whose time is over; `None` if there are none.
    pub fn expire(&self, now: DateTime<Utc>) -> Option<Expiry> {
        let (open, expired): (Vec<Hold>, Vec<Hold>) = self.holds.iter().cloned().partition(|hold| hold.is_open(now));
        if expired.is_empty() {
            return None;
        }
        let account = given_back(set_aside(expired.iter(), Funding::Account));
        Some(Expiry { card: Self { holds: open, ..self.moved_on() }, expired, account, heir: None })
    }

    /// Returns part of a purchase or all of it: litres and roubles to their windows if those are still counted, money
    /// to where the card is funded now. The fill stays counted as a fill.
    ///
    /// # Errors
    /// [`RefundRefused`].
    pub fn refund(
        &self,
        authorization: &Authorization,
        quantity: Millilitres,
        sale: &Sale,
        now: DateTime<Utc>,
    ) -> Result<Refunded, RefundRefused> {
        let State::Captured(capture) = &authorization.state else {
            return Err(RefundRefused::NotCaptured);
        };
        if !quantity.is_positive() {
            return Err(RefundRefused::Nothing);
        }
        let hold = &authorization.hold;
        let refunded_quantity = capture.refunded_quantity.saturating_add(quantity);
        if refunded_quantity > capture.quantity {
            return Err(RefundRefused::MoreThanCaptured);
        }
        let amount = capture.worth(quantity, hold.price);
        let mut card = self.moved_on();
        card.give_back(hold, quantity, amount, sale, now);
        let (account, purse) = match self.funding {
            Funding::Account => {
                (Some(AccountMove::refund(amount, in_litres(hold, quantity, sale.catalogue))), Kopecks::ZERO)
            }
            Funding::Purse => {
                card.purse = card.purse.saturating_add(amount);
                (None, amount)
            }
        };
        let authorization = authorization.become_state(State::Captured(Capture {
            refunded_quantity,
            refunded_amount: capture.refunded_amount.saturating_add(amount),
            ..capture.clone()
        }));
        Ok(Refunded { card, authorization, amount, account, purse, heir: None })
    }

    /// Gives a return back to the windows that are still counted. A month that is over takes nothing back: what is left of
    /// it is carried over already.
    pub(super) fn give_back(
        &mut self,
        hold: &Hold,
        quantity: Millilitres,
        amount: Kopecks,
        sale: &Sale,
        now: DateTime<Utc>,
    ) {
        self.turn(sale, sale.account.zone.windows(now).month());
        self.usage.give_back(&hold.windows(), hold.product, quantity, amount);
    }

    /// The next card without a request's hold, and the hold if it was there.
    fn without(&self, request: RequestId) -> (Self, Option<Hold>) {
        let mut card = self.moved_on();
        let at = card.holds.iter().position(|hold| hold.request == request);
        let dropped = at.map(|at| card.holds.remove(at));
        (card, dropped)
    }
}

impl Capture {
    /// What returning `quantity` more gives back: its cost less its part of the discount, never more than is left; the
    /// last refund takes all that is left, and with it the rounding.
    fn worth(&self, quantity: Millilitres, price: Kopecks) -> Kopecks {
        let left = self.amount.saturating_sub(self.refunded_amount);
        if self.refunded_quantity.saturating_add(quantity) >= self.quantity {
            return left;
        }
        let share = i128::from(self.discount.get()).saturating_mul(i128::from(quantity.get()));
        let share = share.checked_div(i128::from(self.quantity.get())).and_then(|share| i64::try_from(share).ok());
        cost(quantity, price).saturating_sub(Kopecks::new(share.unwrap_or(0))).min(left)
    }
}

/// A quantity of what is measured in litres; zero of anything else.
fn in_litres(hold: &Hold, quantity: Millilitres, catalogue: &Catalogue) -> Millilitres {
    let counts = catalogue.by_ix(hold.product).is_some_and(Product::in_litres);
    if counts { quantity } else { Millilitres::ZERO }
}

fn given_back(released: Kopecks) -> Option<AccountMove> {
    released.is_positive().then(|| AccountMove::release(released))
}
