//! How a hold ends, exactly once.

use super::{Card, Funding, set_aside};
use crate::domain::account::{Account, AccountMove};
use crate::domain::authorization::{Authorization, Capture, Flag, Hold, State};
use crate::domain::budget::Share;
use crate::domain::catalogue::{Catalogue, Product};
use crate::domain::ids::RequestId;
use crate::domain::money::{Kopecks, cost};
use crate::domain::promotion::{Saving, Terms, Won, best};
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
    /// Added to what the company's purses spent; nothing for an account card and a reverse.
    pub purse: PurseSpending,
    /// The card in the place of a replaced one, with what this means for it.
    pub heir: Option<Card>,
}

/// What a purse card's purchase adds to what the company's purses spent and saved; below zero what its return takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PurseSpending {
    /// Spent.
    pub amount: Kopecks,
    /// Saved, if anything was.
    pub saving: Option<Saving>,
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

impl Card {
    /// The hold of a request, open or not, while it lies on the card.
    pub fn hold_of(&self, request: RequestId) -> Option<&Hold> {
        self.holds.iter().find(|hold| hold.request == request)
    }

    /// Posts what was dispensed, at the held price, to the windows of the approval and where the card is funded now. What
    /// the best of `terms`, which are those that the hold names, takes off it is its discount.
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
        terms: &[Terms],
        sale: &Sale,
        now: DateTime<Utc>,
    ) -> Result<Option<Settlement>, CaptureRefused> {
        self.post(authorization, quantity, best(terms, quantity, authorization.hold.price), sale, now)
    }

    /// The same with what is taken off, and by which promotion.
    pub(super) fn post(
        &self,
        authorization: &Authorization,
        quantity: Millilitres,
        off: Option<(Won, Kopecks)>,
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
        let discount = off.map_or(Kopecks::ZERO, |(_, discount)| discount);
        let saving = off.map(|(won, amount)| Saving { promotion: won.promotion, amount });
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
        let (account, purse) = match self.funding {
            Funding::Account => {
                let litres = in_litres(hold, quantity, sale.catalogue);
                (Some(AccountMove::purchase(amount, litres, released).and_saved(saving)), PurseSpending::default())
            }
            Funding::Purse => {
                card.purse = card.purse.saturating_sub(amount);
                (given_back(released), PurseSpending { amount, saving })
            }
        };
        let captured = Capture {
            at: now.trunc_subsecs(3),
            quantity,
            amount,
            discount,
            promotion: off.map(|(won, _)| won),
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
        Ok(Some(Settlement { card, authorization, account, purse, heir: None }))
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
            purse: PurseSpending::default(),
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

    /// The next card without a request's hold, and the hold if it was there.
    fn without(&self, request: RequestId) -> (Self, Option<Hold>) {
        let mut card = self.moved_on();
        let at = card.holds.iter().position(|hold| hold.request == request);
        let dropped = at.map(|at| card.holds.remove(at));
        (card, dropped)
    }
}

/// A quantity of what is measured in litres; zero of anything else.
pub(super) fn in_litres(hold: &Hold, quantity: Millilitres, catalogue: &Catalogue) -> Millilitres {
    let counts = catalogue.by_ix(hold.product).is_some_and(Product::in_litres);
    if counts { quantity } else { Millilitres::ZERO }
}

fn given_back(released: Kopecks) -> Option<AccountMove> {
    released.is_positive().then(|| AccountMove::release(released))
}
