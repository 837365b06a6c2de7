//! The decision at the pump.

use super::{Card, Facts, Funding, RuleName, RuleOutcome, set_aside};
use crate::domain::account::AccountMove;
use crate::domain::authorization::{Ask, Hold, Reason, ReasonCode};
use crate::domain::money::{Kopecks, cost};
use crate::domain::quantity::{Millilitres, PARTIAL_MIN, QUANTITY_MAX};
use crate::domain::window::Zone;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::cmp::Reverse;

/// The answer to an ask.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one lives per request, on the stack")]
pub enum Decision {
    /// Approved, in whole or in part: to be written before it is told.
    Approved(Approval),
    /// Declined: to be written before it is told.
    Declined(Refusal),
}

/// What a decline writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The next card: a write on, a wrong PIN counted, so that no other copy of the request can be approved past it.
    pub card: Card,
    /// Every rule that failed, in the order of checking, the binding limit first among limits. Never empty.
    pub reasons: Vec<Reason>,
}

/// What an approval writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The next card: the hold on it, expired ones off it.
    pub card: Card,
    /// The hold. Its `shortfall` says why it is less than was asked.
    pub hold: Hold,
    /// The expired holds that this write drops.
    pub expired: Vec<Hold>,
    /// What the account moves by, under its condition. `None` for a purse card, unless an expired hold from the time
    /// before its switch gives money back.
    pub account: Option<AccountMove>,
}

impl Card {
    /// Decides an ask by the server's clock. Where all of it does not pass and part will do, the largest part that
    /// passes everything is approved, if it is at least [`PARTIAL_MIN`].
    ///
    /// A PIN that does not pass declines it whatever the other rules say, and does not silence them: the reasons are all
    /// that can be told. The request's own row and a repeat of an open hold ([`Card::hold_of`]) come first: they count
    /// no try.
    pub fn authorize(&self, ask: &Ask, facts: &Facts, now: DateTime<Utc>) -> Decision {
        let (card, refused) = self.try_pin(facts.pin);
        let mut outcomes = self.check(ask.product, ask.price, Some(&ask.station), facts, now);
        // That it is locked stands among the rules already.
        let asked_for = refused.filter(|reason| *reason != ReasonCode::PinLocked);
        outcomes.extend(asked_for.map(|reason| RuleOutcome::yes_or_no(RuleName::Pin, reason, false)));
        let asked = ask.quantity.min(QUANTITY_MAX);
        let reasons = refusals(&outcomes, asked);
        // The first of the smallest: ties fall to the order of checking.
        match reasons.iter().min_by_key(|reason| reason.max_quantity) {
            None => Decision::Approved(card.approve(ask, asked, None, &outcomes, facts, now)),
            Some(binding) if ask.partial_ok && binding.max_quantity >= PARTIAL_MIN => Decision::Approved(card.approve(
                ask,
                binding.max_quantity,
                Some(binding.clone()),
                &outcomes,
                facts,
                now,
            )),
            Some(_) => Decision::Declined(Refusal { card: card.moved_on(), reasons }),
        }
    }

    fn approve(
        &self,
        ask: &Ask,
        quantity: Millilitres,
        shortfall: Option<Reason>,
        outcomes: &[RuleOutcome],
        facts: &Facts,
        now: DateTime<Utc>,
    ) -> Approval {
        let mut hold = ask.to_hold(facts.list_price, facts.account.zone, facts.hold_minutes, now);
        hold.quantity = quantity;
        hold.amount = cost(quantity, ask.price);
        hold.funding = self.funding;
        hold.shortfall = shortfall;
        // A fill that would have passed without it leaves the exception to another one.
        hold.exception = match outcomes.iter().all(|outcome| quantity <= outcome.alone) {
            true => None,
            false => self.open_exception(facts.allowance, ask.product, now).map(|exception| exception.number),
        };
        let (joined, company) = (&facts.account.joined, self.company);
        hold.promotions = facts.offers.fix(joined, company, ask.product, &ask.station, now);
        let (open, expired): (Vec<Hold>, Vec<Hold>) = self.holds.iter().cloned().partition(|hold| hold.is_open(now));
        let released = set_aside(expired.iter(), Funding::Account);
        let account = match self.funding {
            Funding::Account => Some(AccountMove::hold(hold.amount, released)),
            Funding::Purse => released.is_positive().then(|| AccountMove::release(released)),
        };
        let mut card = self.moved_on();
        card.holds = open;
        card.holds.push(hold.clone());
        card.last_product = Some(ask.product);
        Approval { card, hold, expired, account }
    }
}

impl Ask {
    /// The ask as its row keeps it, nothing set aside: what a declined one becomes, and an approved one starts from.
    pub fn to_hold(&self, list_price: Option<Kopecks>, zone: Zone, hold_minutes: i64, now: DateTime<Utc>) -> Hold {
        let authorized_at = now.trunc_subsecs(3);
        let minutes = TimeDelta::try_minutes(hold_minutes).unwrap_or_default();
        Hold {
            request: self.request,
            fingerprint: self.fingerprint,
            terminal: self.terminal.clone(),
            station: self.station.clone(),
            product: self.product,
            asked: self.quantity.min(QUANTITY_MAX),
            quantity: Millilitres::ZERO,
            amount: Kopecks::ZERO,
            price: self.price,
            list_price,
            funding: Funding::Account,
            odometer: self.odometer,
            requested_at: self.requested_at.trunc_subsecs(3),
            authorized_at,
            expires_at: authorized_at.checked_add_signed(minutes).unwrap_or(authorized_at),
            offset_minutes: zone.offset_minutes(now),
            shortfall: None,
            exception: None,
            promotions: Vec::new(),
        }
    }
}

/// The reasons of the rules that `asked` does not pass; none if it would be approved.
///
/// Sorted by the order of checking; among limits the smallest rest first, then the longest period: what resets last is
/// what the driver has to wait for.
pub fn refusals(outcomes: &[RuleOutcome], asked: Millilitres) -> Vec<Reason> {
    let failed = outcomes.iter().filter(|outcome| !outcome.passes(asked));
    let mut reasons: Vec<Reason> = failed.map(RuleOutcome::to_reason).collect();
    reasons.sort_by_key(|reason| (reason.code, reason.max_quantity, Reverse(reason.limit.map(|limit| limit.period))));
    reasons
}
