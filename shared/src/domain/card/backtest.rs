//! What rules would have decided on what was really asked of a card, in order of time.

use super::{Card, Facts, RuleName, Sale, refusals};
use crate::domain::authorization::{Authorization, Reason, ReasonCode, State};
use crate::domain::ids::RequestId;
use crate::domain::money::cost;
use crate::domain::quantity::Millilitres;
use crate::domain::usage::{Tally, Usage};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// All that was ever asked of a card, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    /// Its fills and its declines, open holds among them.
    pub asks: Vec<Authorization>,
    /// What came back of its purchases.
    pub refunds: Vec<PastRefund>,
}

/// Part of a purchase that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastRefund {
    /// The request that the purchase was.
    pub purchase: RequestId,
    /// How much came back.
    pub quantity: Millilitres,
    /// When.
    pub at: DateTime<Utc>,
}

/// What would have been otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backtest<'a> {
    /// Purchases that were looked at.
    pub fills: u32,
    /// Declines that were looked at.
    pub declines: u32,
    /// The purchases that would have been declined, oldest first, each with the reason that a terminal would be given.
    pub refused: Vec<(&'a Authorization, Reason)>,
    /// The declines that would have passed in whole, oldest first.
    pub released: Vec<&'a Authorization>,
}

/// What happens to a card, in the order of one instant: a hold that ends makes room for what is asked at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Ended,
    Asked,
    EndedAtOnce,
    Refunded,
}

enum Event<'a> {
    Ask(&'a Authorization),
    Capture(&'a Authorization),
    Drop(RequestId),
    Refund(&'a PastRefund),
}

impl Card {
    /// Decides anew, under the rules of `facts`, what was asked since `from`. What was asked before counts as it was.
    ///
    /// Only the rules are looked at, not the money, the PIN or a block of the day: a decline passes only if rules alone
    /// had refused it. A purchase that is refused uses nothing; a decline that passes uses what was asked. A purchase that
    /// was approved in part passes if that part would.
    pub fn backtest<'a>(&self, past: &'a Past, facts: &Facts, from: DateTime<Utc>) -> Backtest<'a> {
        let blank = Self { usage: Usage::default(), holds: Vec::new(), ..self.clone() };
        let mut replay = Replay { card: blank, facts, from, states: BTreeMap::new(), refused: BTreeSet::new() };
        let mut found = Backtest::default();
        for event in in_order(past) {
            match event {
                Event::Ask(asked) => replay.ask(asked, &mut found),
                Event::Capture(asked) => replay.capture(asked),
                Event::Drop(request) => replay.card.holds.retain(|hold| hold.request != request),
                Event::Refund(refund) => replay.refund(refund),
            }
        }
        found
    }
}

fn in_order(past: &Past) -> impl Iterator<Item = Event<'_>> {
    let mut events: Vec<(DateTime<Utc>, Phase, Event)> = Vec::with_capacity(past.asks.len().saturating_mul(2));
    for ask in &past.asks {
        let asked_at = ask.hold.authorized_at;
        let ended = |at: DateTime<Utc>| if at > asked_at { Phase::Ended } else { Phase::EndedAtOnce };
        events.push((asked_at, Phase::Asked, Event::Ask(ask)));
        match &ask.state {
            State::Captured(capture) => {
                if let Some(at) = capture.reversed_at {
                    events.push((at, ended(at), Event::Drop(ask.hold.request)));
                }
                events.push((capture.at, ended(capture.at), Event::Capture(ask)));
            }
            State::Reversed { at } => events.push((*at, ended(*at), Event::Drop(ask.hold.request))),
            // A hold whose time is over counts as zero by itself.
            State::Held | State::Expired { .. } | State::Declined { .. } => {}
        }
    }
    events.extend(past.refunds.iter().map(|refund| (refund.at, Phase::Refunded, Event::Refund(refund))));
    events.sort_by_key(|(at, phase, _)| (*at, *phase));
    events.into_iter().map(|(_, _, event)| event)
}

struct Replay<'f> {
    card: Card,
    facts: &'f Facts<'f>,
    from: DateTime<Utc>,
    /// The purchases so far, with what came back of each.
    states: BTreeMap<RequestId, Authorization>,
    refused: BTreeSet<RequestId>,
}

impl<'f> Replay<'f> {
    fn ask<'a>(&mut self, asked: &'a Authorization, found: &mut Backtest<'a>) {
        let hold = &asked.hold;
        let counts = hold.authorized_at >= self.from;
        self.card.holds.retain(|held| held.is_open(hold.authorized_at));
        match &asked.state {
            State::Declined { reasons, .. } => {
                if !counts {
                    return;
                }
                found.declines = found.declines.saturating_add(1);
                let by_rules = reasons.iter().all(|reason| is_of_rules(reason.code));
                if by_rules && self.refusal(asked, hold.asked).is_none() {
                    found.released.push(asked);
                    let used = Tally { quantity: hold.asked, amount: cost(hold.asked, hold.price), fills: 1 };
                    let windows = self.card.usage.place(&hold.windows(), &hold.windows());
                    self.card.usage.charge(&windows, hold.product, used);
                }
            }
            state => {
                let bought = matches!(state, State::Captured(_));
                if counts && bought {
                    found.fills = found.fills.saturating_add(1);
                }
                // What an exception let through it would have let through.
                let decided_anew = counts && hold.exception.is_none();
                match decided_anew.then(|| self.refusal(asked, hold.quantity)).flatten() {
                    Some(reason) => {
                        self.refused.insert(hold.request);
                        if bought {
                            found.refused.push((asked, reason));
                        }
                    }
                    None => self.card.holds.push(hold.clone()),
                }
            }
        }
    }

    /// Why the rules would not let `quantity` of what was asked through, at the time it was asked.
    fn refusal(&self, asked: &Authorization, quantity: Millilitres) -> Option<Reason> {
        let hold = &asked.hold;
        let mut outcomes =
            self.card.check(hold.product, hold.price, Some(&hold.station), self.facts, hold.authorized_at);
        outcomes.retain(|outcome| is_of_rules(outcome.reason) && outcome.rule != RuleName::Status);
        refusals(&outcomes, quantity).into_iter().min_by_key(|reason| reason.max_quantity)
    }

    fn sale(&self, vat_percent: u8) -> Sale<'f> {
        let Facts { allowance, account, catalogue, .. } = self.facts;
        Sale { share: &allowance.share, account, catalogue, vat_percent }
    }

    fn capture(&mut self, asked: &Authorization) {
        let State::Captured(capture) = &asked.state else { return };
        if self.refused.contains(&asked.hold.request) {
            return;
        }
        let held = Authorization::held(asked.card.clone(), asked.company, asked.hold.clone());
        // A hold that was open, has expired or was reversed is captured all the same: nothing refuses it.
        let sale = self.sale(capture.vat_percent);
        let off = capture.promotion.map(|won| (won, capture.discount));
        if let Ok(Some(settled)) = self.card.post(&held, capture.quantity, off, &sale, capture.at) {
            self.card = settled.card;
            self.states.insert(asked.hold.request, settled.authorization);
        }
    }

    fn refund(&mut self, refund: &PastRefund) {
        let Some(purchase) = self.states.get(&refund.purchase) else { return };
        if let Ok(refunded) = self.card.refund(purchase, refund.quantity, &self.sale(0), refund.at) {
            self.card = refunded.card;
            self.states.insert(refund.purchase, refunded.authorization);
        }
    }
}

fn is_of_rules(code: ReasonCode) -> bool {
    use ReasonCode::{LimitExceeded, ProductNotAllowed, StationNotAllowed, TimeNotAllowed};
    matches!(code, ProductNotAllowed | StationNotAllowed | TimeNotAllowed | LimitExceeded)
}
