//! The end of a card, and the one that takes the place of a lost one: its heir.
//!
//! The heir has the same rules, share and exception, what was used, and the purse. What the old card had set aside counts on the heir as used
//! until it ends; whatever happens to the old card later (a hold that ends, a late capture, a refund) is passed on in the
//! same write, so that the two together never pass a limit and no money stays behind. A closed card keeps of its purse
//! what its holds set aside and nothing else.

use super::refund::Refunded;
use super::settle::{Expiry, Sale, Settlement};
use super::{BlockRefused, Card, Funding, set_aside};
use crate::domain::account::AccountMove;
use crate::domain::authorization::{Hold, State};
use crate::domain::budget::Exception;
use crate::domain::card_number::CardNumber;
use crate::domain::money::Kopecks;
use crate::domain::quantity::Millilitres;
use crate::domain::usage::Tally;
use chrono::{DateTime, NaiveDate, Utc};

/// The card in the place of a replaced one, and what posting to it needs.
#[derive(Debug, Clone, Copy)]
pub struct Heir<'a> {
    /// The card.
    pub card: &'a Card,
    /// Its share, account and products.
    pub sale: Sale<'a>,
}

/// What replacing a card writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The old card, closed for good.
    pub old: Card,
    /// The new one, without a PIN and without blocks.
    pub heir: Card,
}

/// What closing a card writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The next card.
    pub card: Card,
    /// The purse's money back to the account; `None` where there is none.
    pub account: Option<AccountMove>,
}

/// What a write on a card used of its limits, or gave back.
enum Use<'a> {
    Nothing,
    Bought(&'a Hold, Tally),
    Returned(&'a Hold, Millilitres, Kopecks),
}

impl Card {
    /// Closes the card for good. Its open holds can still be captured.
    ///
    /// # Errors
    /// [`BlockRefused::Closed`].
    pub fn close(&self) -> Result<Closed, BlockRefused> {
        let (card, free) = self.ended()?;
        Ok(Closed { card, account: from_purse(None, free) })
    }

    /// Closes the card for good and puts another in its place, with the share and the exception that lie beside it. An
    /// exception that a fill on the old card is using is in use on the heir too.
    ///
    /// # Errors
    /// [`BlockRefused::Closed`].
    pub fn replace(
        &self,
        number: CardNumber,
        valid_until: NaiveDate,
        exception: Option<&Exception>,
        sale: &Sale,
        now: DateTime<Utc>,
    ) -> Result<Replaced, BlockRefused> {
        let (mut old, free) = self.ended()?;
        old.replaced_by = Some(number.clone());
        let mut heir = Self {
            funding: self.funding,
            purse: free,
            usage: self.usage.clone(),
            turned: self.turned,
            excepted: self.excepted,
            told_at: self.told_at,
            // Exceptions are numbered by editions, and go on growing.
            edition: old.edition,
            last_product: self.last_product,
            ..Self::fresh(number, self.company, valid_until)
        };
        for hold in &self.holds {
            heir.bought(hold, hold.tally(), sale, now);
        }
        if let Some(used) = exception.filter(|exception| self.holds.iter().any(|hold| hold.uses(exception))) {
            heir.excepted = heir.excepted.max(used.number);
        }
        Ok(Replaced { old, heir })
    }

    /// The card closed, and what its purse no longer needs.
    fn ended(&self) -> Result<(Self, Kopecks), BlockRefused> {
        if self.closed {
            return Err(BlockRefused::Closed);
        }
        let mut card = Self { closed: true, ..self.edited() };
        let free = card.give_up();
        Ok((card, free))
    }

    /// Takes off the purse what no hold sets aside: below zero where more was bought than it had.
    fn give_up(&mut self) -> Kopecks {
        let free = match self.funding {
            Funding::Account => Kopecks::ZERO,
            Funding::Purse => self.purse.saturating_sub(set_aside(self.holds.iter(), Funding::Purse)),
        };
        self.purse = self.purse.saturating_sub(free);
        free
    }

    fn bought(&mut self, hold: &Hold, tally: Tally, sale: &Sale, now: DateTime<Utc>) {
        let windows = self.usage.place(&hold.windows(), &hold.windows_at(now));
        self.charge(&windows, hold.product, tally, sale, now);
    }

    /// Frees the exception that `ended`, a hold of the card before, was using, if no other hold of that card does.
    fn free_exception(&mut self, ended: &Hold, before: &Self, left: &[Hold]) {
        let Some(number) = ended.exception else { return };
        let in_use = left.iter().any(|hold| hold.exception == Some(number));
        if self.excepted == number && before.excepted < number && !in_use {
            self.excepted = number.saturating_sub(1);
        }
    }

    /// Passes on what `next`, this card after a write, leaves behind if it is closed: to the heir, or its money to the
    /// account where there is none or it has no purse. The heir a write on, if it has one.
    fn pass_on(
        &self,
        next: &mut Self,
        account: &mut Option<AccountMove>,
        used: &Use<'_>,
        heir: Option<Heir<'_>>,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        if !next.closed {
            return None;
        }
        let free = next.give_up();
        let mut heir = heir.map(|heir| (heir.card.moved_on(), heir.sale));
        if let Some((heir, sale)) = &mut heir {
            for ended in self.holds.iter().filter(|hold| next.hold_of(hold.request).is_none()) {
                heir.take_back(&ended.windows(), ended.product, ended.tally(), sale, now);
                heir.free_exception(ended, self, &next.holds);
            }
            match *used {
                Use::Nothing => {}
                Use::Bought(hold, tally) => {
                    heir.bought(hold, tally, sale, now);
                    heir.excepted = heir.excepted.max(hold.exception.unwrap_or(0));
                }
                Use::Returned(hold, quantity, amount) => heir.give_back(hold, quantity, amount, sale, now),
            }
        }
        let mut heir = heir.map(|(heir, _)| heir);
        match heir.as_mut().filter(|heir| heir.funding == Funding::Purse) {
            Some(heir) => heir.purse = heir.purse.saturating_add(free),
            None => *account = from_purse(*account, free),
        }
        heir
    }
}

impl Hold {
    /// What it sets aside, as a fill.
    fn tally(&self) -> Tally {
        Tally { quantity: self.quantity, amount: self.amount, fills: 1 }
    }
}

impl Settlement {
    /// The same with what it means for others, where `before`, the card as it was, is closed.
    #[must_use]
    pub fn passed_on(mut self, before: &Card, heir: Option<Heir<'_>>, now: DateTime<Utc>) -> Self {
        let used = match &self.authorization.state {
            State::Captured(done) => {
                let tally = Tally { quantity: done.quantity, amount: done.amount, fills: 1 };
                Use::Bought(&self.authorization.hold, tally)
            }
            _ => Use::Nothing,
        };
        self.heir = before.pass_on(&mut self.card, &mut self.account, &used, heir, now);
        self
    }
}

impl Refunded {
    /// The same with what it means for others, where `before`, the card as it was, is closed. `quantity` came back.
    #[must_use]
    pub fn passed_on(
        mut self,
        before: &Card,
        quantity: Millilitres,
        heir: Option<Heir<'_>>,
        now: DateTime<Utc>,
    ) -> Self {
        let used = Use::Returned(&self.authorization.hold, quantity, self.amount);
        self.heir = before.pass_on(&mut self.card, &mut self.account, &used, heir, now);
        self
    }
}

impl Expiry {
    /// The same with what it means for others, where `before`, the card as it was, is closed.
    #[must_use]
    pub fn passed_on(mut self, before: &Card, heir: Option<Heir<'_>>, now: DateTime<Utc>) -> Self {
        self.heir = before.pass_on(&mut self.card, &mut self.account, &Use::Nothing, heir, now);
        self
    }
}

fn from_purse(account: Option<AccountMove>, free: Kopecks) -> Option<AccountMove> {
    if free == Kopecks::ZERO {
        return account;
    }
    Some(account.unwrap_or_default().and_from_purse(free))
}
