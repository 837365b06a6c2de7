//! What may come back of a purchase.

use super::settle::{PurseSpending, Sale, in_litres};
use super::{Card, Funding};
use crate::domain::account::AccountMove;
use crate::domain::authorization::{Authorization, Capture, Hold, State};
use crate::domain::money::{Kopecks, cost};
use crate::domain::promotion::Saving;
use crate::domain::quantity::Millilitres;
use chrono::{DateTime, Utc};

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
    /// Its part of the discount, which it takes back.
    pub discount: Kopecks,
    /// Added to what the company's purses spent: below zero, what went back onto the purse; nothing for an account card.
    pub purse: PurseSpending,
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
        let hold = &authorization.hold;
        let refunded_quantity = capture.refunded_quantity.saturating_add(quantity);
        let (amount, discount) = capture.worth(quantity, hold.price)?;
        let lost = discount.is_positive().then_some(discount).zip(capture.promotion);
        let saving = lost.map(|(discount, won)| Saving { promotion: won.promotion, amount: discount.negated() });
        let mut card = self.moved_on();
        card.give_back(hold, quantity, amount, sale, now);
        let (account, purse) = match self.funding {
            Funding::Account => {
                let litres = in_litres(hold, quantity, sale.catalogue);
                (Some(AccountMove::refund(amount, litres).and_saved(saving)), PurseSpending::default())
            }
            Funding::Purse => {
                card.purse = card.purse.saturating_add(amount);
                (None, PurseSpending { amount: amount.negated(), saving })
            }
        };
        let authorization = authorization.become_state(State::Captured(Capture {
            refunded_quantity,
            refunded_amount: capture.refunded_amount.saturating_add(amount),
            ..capture.clone()
        }));
        Ok(Refunded { card, authorization, amount, discount, account, purse, heir: None })
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
}

impl Capture {
    /// What returning `quantity` more gives back, and its part of the discount, which is not: the cost less that part, never
    /// more than is left. Parts are taken of all that came back so far, so that they add up to the discount; the last refund
    /// takes all that is left, and with it the rounding.
    ///
    /// # Errors
    /// [`RefundRefused::Nothing`], [`RefundRefused::MoreThanCaptured`].
    pub fn worth(&self, quantity: Millilitres, price: Kopecks) -> Result<(Kopecks, Kopecks), RefundRefused> {
        if !quantity.is_positive() {
            return Err(RefundRefused::Nothing);
        }
        let left = self.amount.saturating_sub(self.refunded_amount);
        let returned = self.refunded_quantity.saturating_add(quantity);
        if returned > self.quantity {
            return Err(RefundRefused::MoreThanCaptured);
        }
        let discount = self.discount_of(returned).saturating_sub(self.discount_of(self.refunded_quantity));
        if returned >= self.quantity {
            return Ok((left, discount));
        }
        Ok((cost(quantity, price).saturating_sub(discount).clamp(Kopecks::ZERO, left), discount))
    }

    /// The part of the discount that falls to so much of what was dispensed; whole for all of it.
    fn discount_of(&self, quantity: Millilitres) -> Kopecks {
        let part = i128::from(self.discount.get()).saturating_mul(i128::from(quantity.get()));
        let part = part.checked_div(i128::from(self.quantity.get())).and_then(|part| i64::try_from(part).ok());
        Kopecks::new(part.unwrap_or(0))
    }
}
