//! Any sequence of acts over hours and days on one card, against a model that keeps every authorization for good and
//! counts everything anew.

mod acts;

use self::acts::{Act, limits, offers, some_act};
use super::*;
use crate::domain::PromotionId;
use crate::domain::authorization::{Capture, State};
use crate::domain::money::cost;
use crate::domain::usage::Tally;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The world, and all that ever happened in it.
struct Life {
    world: World,
    all: BTreeMap<RequestId, Authorization>,
    order: Vec<RequestId>,
    paid: Kopecks,
    flagged: bool,
    /// What purses saved by the shards' arithmetic, returns taken off.
    purses_saved: Kopecks,
}

impl Life {
    fn new(funding: Funding, money: Kopecks, zone: &str) -> Self {
        let mut world = World::new(Card { funding, purse: money, ..card() }, limits(0));
        // Three hours before a month ends.
        world.now = at("2026-11-30T18:00:00Z");
        world.account = account(if funding == Funding::Account { money } else { Kopecks::ZERO });
        world.account.zone = Zone::parse(zone).unwrap();
        world.offers = offers();
        let purses_saved = Kopecks::ZERO;
        Self { world, all: BTreeMap::new(), order: Vec::new(), paid: money, flagged: false, purses_saved }
    }

    fn pick(&self, which: usize) -> Option<Authorization> {
        let at = which.checked_rem(self.order.len())?;
        self.all.get(&self.order[at]).cloned()
    }

    fn keep(&mut self, authorization: Authorization) {
        self.all.insert(authorization.hold.request, authorization);
    }

    fn act(&mut self, act: &Act) {
        match *act {
            Act::Ask { code, price, quantity, partial_ok } => {
                self.ask(&Ask { price: Kopecks::new(price), partial_ok, ..ask(code, Millilitres::new(quantity)) })
            }
            Act::Capture(which, part) => self.capture(which, part),
            Act::Reverse(which) => self.reverse(which),
            Act::Refund(which, part) => self.refund(which, part),
            Act::Expire => {
                if let Some(expiry) = self.world.card.expire(self.world.now) {
                    self.world.write(expiry.card, expiry.account);
                    self.expired(&expiry.expired);
                }
            }
            Act::Pass(minutes) => self.world.pass(minutes),
            Act::Pay(kopecks) => {
                let amount = Kopecks::new(kopecks);
                self.paid = self.paid.saturating_add(amount);
                match self.world.card.funding {
                    Funding::Account => {
                        let payment = AccountMove { balance: amount, available: amount, ..AccountMove::default() };
                        self.world.account = self.world.account.after(&payment, self.world.account.day).unwrap();
                    }
                    Funding::Purse => self.world.card.purse = self.world.card.purse.saturating_add(amount),
                }
            }
            Act::Rules(which) => {
                self.world.rules.limits = limits(which);
                self.world.card = self.world.card.edited();
            }
            Act::Join(which) => {
                let all = (1..=4).filter(|place| which & (1 << place) != 0);
                self.world.account.joined.promotions = all.filter_map(PromotionId::new).collect();
            }
            Act::Block(by, on) => {
                let card = &self.world.card;
                match if on { card.block(by) } else { card.unblock(by) } {
                    Ok(Some(next)) => self.world.card = next,
                    Ok(None) => {}
                    Err(BlockRefused::ByStaff) => assert!(by == Side::Client && card.blocked_by_staff),
                    Err(refused) => panic!("{refused:?}"),
                }
            }
        }
    }

    fn ask(&mut self, ask: &Ask) {
        let before = self.world.card.clone();
        let Ok(approval) = self.world.authorize(ask) else {
            return assert!(self.would_break_something(ask), "declined for nothing: {ask:?}");
        };
        assert!(!before.blocked_by_client && !before.blocked_by_staff, "approved while blocked");
        assert!(approval.hold.quantity <= ask.quantity);
        assert!(ask.partial_ok || approval.hold.quantity == ask.quantity);
        assert_eq!(before.usage, self.world.card.usage, "a hold is no use yet");
        self.expired(&approval.expired);
        let hold = &approval.hold;
        let more = Tally { quantity: hold.quantity, amount: hold.amount, fills: 1 };
        assert!(self.within_limits(hold.product, more), "{hold:?}");
        let held = self.world.held(hold);
        self.order.push(ask.request);
        self.keep(held);
    }

    fn expired(&mut self, holds: &[Hold]) {
        for hold in holds {
            let was = self.all[&hold.request].clone();
            assert_eq!(was.state, State::Held, "a hold ends once");
            self.keep(Authorization { state: State::Expired { at: self.world.now }, ..was });
        }
    }

    fn capture(&mut self, which: usize, part: i64) {
        let Some(was) = self.pick(which) else { return };
        let quantity = Millilitres::new(was.hold.quantity.get() * part / 1_000);
        match (self.world.capture(&was, quantity), &was.state) {
            (Ok(Some(settled)), State::Held | State::Reversed { .. } | State::Expired { .. }) => {
                if let State::Captured(capture) = &settled.authorization.state {
                    self.flagged |= !capture.flags.is_empty();
                    assert!(capture.quantity <= was.hold.quantity || !capture.flags.is_empty());
                    let off = |id| self.world.offers.find(id).unwrap().discount(capture.quantity, was.hold.price);
                    let best = was.hold.promotions.iter().map(|id| off(*id)).max().unwrap_or_default();
                    assert_eq!(capture.discount, best, "the best of what was fixed");
                    assert_eq!(capture.promotion.is_some(), best.is_positive());
                }
                self.count(settled.purse.saving.map(|saving| saving.amount));
                self.keep(settled.authorization);
            }
            (Ok(None), State::Captured(done)) => assert_eq!(done.quantity, quantity),
            (Ok(None), State::Reversed { .. } | State::Expired { .. }) => assert_eq!(quantity, Millilitres::ZERO),
            (Err(CaptureRefused::AlreadyCaptured), State::Captured(done)) => assert_ne!(done.quantity, quantity),
            (outcome, state) => panic!("{outcome:?} of {state:?}"),
        }
    }

    fn reverse(&mut self, which: usize) {
        let Some(was) = self.pick(which) else { return };
        match self.world.card.reverse(&was, self.world.now) {
            Ok(Some(settled)) => {
                self.world.write(settled.card, settled.account);
                self.keep(settled.authorization);
            }
            Ok(None) => assert!(!matches!(was.state, State::Held | State::Captured(_))),
            Err(ReverseRefused) => assert!(matches!(was.state, State::Captured(_))),
        }
    }

    fn refund(&mut self, which: usize, part: Option<i64>) {
        let Some(was) = self.pick(which) else { return };
        let State::Captured(capture) = &was.state else { return };
        let left = capture.quantity.saturating_sub(capture.refunded_quantity);
        let quantity = part.map_or(left, |part| Millilitres::new(capture.quantity.get() * part / 1_000));
        match self.world.returned(&was, quantity) {
            Ok(refunded) => {
                self.count(refunded.purse.saving.map(|saving| saving.amount));
                self.world.write(refunded.card, refunded.account);
                self.keep(refunded.authorization);
            }
            Err(RefundRefused::MoreThanCaptured) => {
                assert!(capture.refunded_quantity.saturating_add(quantity) > capture.quantity);
            }
            Err(refused) => assert_eq!((refused, quantity), (RefundRefused::Nothing, Millilitres::ZERO)),
        }
    }

    fn count(&mut self, saved: Option<Kopecks>) {
        self.purses_saved = self.purses_saved.saturating_add(saved.unwrap_or_default());
    }

    fn captures(&self) -> impl Iterator<Item = (&Hold, &Capture)> {
        self.all.values().filter_map(|one| match &one.state {
            State::Captured(capture) => Some((&one.hold, capture)),
            _ => None,
        })
    }

    /// Used and held now under a limit, counted from all that ever happened.
    fn counted(&self, limit: &Limit) -> Tally {
        let windows = self.world.account.zone.windows(self.world.now);
        let counts = |hold: &Hold| {
            limit.period != Period::Transaction
                && limit.counts(hold.product, &self.world.catalogue)
                && hold.windows().get(limit.period) == windows.get(limit.period)
        };
        let captured = self.captures().filter(|(hold, _)| counts(hold)).map(|(_, capture)| Tally {
            quantity: capture.quantity.saturating_sub(capture.refunded_quantity),
            amount: capture.amount.saturating_sub(capture.refunded_amount),
            fills: 1,
        });
        let open = self.all.values().filter(|one| one.state == State::Held && one.hold.is_open(self.world.now));
        let held = open.filter(|one| counts(&one.hold)).map(|one| Tally {
            quantity: one.hold.quantity,
            amount: one.hold.amount,
            fills: 1,
        });
        captured.chain(held).fold(Tally::default(), Tally::plus)
    }

    /// Whether a fill more of `product` is within every limit.
    fn within_limits(&self, product: ProductIx, more: Tally) -> bool {
        let mut limits = self.world.rules.limits.iter().filter(|limit| limit.counts(product, &self.world.catalogue));
        limits.all(|limit| {
            let sum = self.counted(limit).plus(more);
            match limit.cap {
                Cap::Litres(cap) => sum.quantity <= cap,
                Cap::Roubles(cap) => sum.amount <= cap,
                Cap::Fills(cap) => sum.fills <= cap,
            }
        })
    }

    /// Paid, not bought with and not on an open hold.
    fn free(&self) -> Kopecks {
        let sum = |amounts: &mut dyn Iterator<Item = Kopecks>| amounts.fold(Kopecks::ZERO, Kopecks::saturating_add);
        let spent =
            sum(&mut self.captures().map(|(_, capture)| capture.amount.saturating_sub(capture.refunded_amount)));
        let open = sum(&mut self.world.card.open_holds(self.world.now).map(|hold| hold.amount));
        self.paid.saturating_sub(spent).saturating_sub(open)
    }

    /// Whether all of a declined ask, had it been approved, would be past a block, a limit, the money or the number of
    /// holds.
    fn would_break_something(&self, ask: &Ask) -> bool {
        let amount = cost(ask.quantity, ask.price);
        let card = &self.world.card;
        let stopped = card.blocked_by_client || card.blocked_by_staff;
        stopped
            || card.open_holds(self.world.now).count() == 3
            || amount > self.free()
            || !self.within_limits(ask.product, Tally { quantity: ask.quantity, amount, fills: 1 })
    }

    fn all_ties(&self) {
        let world = &self.world;
        let sum = |amounts: &mut dyn Iterator<Item = Kopecks>| amounts.fold(Kopecks::ZERO, Kopecks::saturating_add);
        let bought = sum(&mut self.captures().map(|(_, capture)| capture.amount));
        let refunded = sum(&mut self.captures().map(|(_, capture)| capture.refunded_amount));
        let money = self.paid.saturating_sub(bought).saturating_add(refunded);
        let on_card = sum(&mut world.card.holds.iter().map(|hold| hold.amount));
        match world.card.funding {
            Funding::Account => assert_eq!((world.account.balance, world.account.held), (money, on_card)),
            Funding::Purse => assert_eq!((world.card.purse, world.account.held), (money, Kopecks::ZERO)),
        }
        assert!(world.account.identity_holds());
        let free = self.free();
        assert!(free >= Kopecks::ZERO || self.flagged, "only a flagged capture goes below zero: {free}");
        let held = self.all.values().filter(|one| one.state == State::Held).count();
        assert_eq!(held, world.card.holds.len());
        assert!(world.card.open_holds(world.now).count() <= 3);
        for (_, capture) in self.captures() {
            assert!(capture.refunded_quantity <= capture.quantity && capture.refunded_amount <= capture.amount);
            assert!(capture.refunded_quantity < capture.quantity || capture.refunded_amount == capture.amount);
        }
        // What is saved: the discounts, less the parts of them that fell to what came back, whole for a whole return.
        let saved = self.captures().map(|(hold, capture)| {
            assert_eq!(capture.amount.saturating_add(capture.discount), cost(capture.quantity, hold.price));
            assert!(capture.discount >= Kopecks::ZERO && capture.amount >= Kopecks::ZERO);
            let left = capture.quantity.saturating_sub(capture.refunded_quantity);
            let gone = i128::from(capture.discount.get()) * i128::from(capture.refunded_quantity.get())
                / i128::from(capture.quantity.get());
            assert!(left.is_positive() || gone == i128::from(capture.discount.get()));
            capture.discount.saturating_sub(Kopecks::new(i64::try_from(gone).unwrap()))
        });
        let saved = sum(&mut saved.collect::<Vec<_>>().into_iter());
        assert_eq!(world.account.saved.saturating_add(self.purses_saved), saved);
        let shown = world.card.limit_use(&world.rules, &world.catalogue, world.account.zone, world.now);
        for limit in shown {
            let counted = self.counted(&limit.limit);
            match limit.used {
                Cap::Litres(used) => assert_eq!(used, counted.quantity),
                Cap::Roubles(used) => assert_eq!(used, counted.amount),
                Cap::Fills(used) => assert_eq!(used, counted.fills),
            }
        }
        assert_eq!(Usage::from_bytes(&world.card.usage.to_bytes()).as_ref(), Ok(&world.card.usage));
    }
}

fn some_zone() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin"])
}

fn live(acts: &[Act], purse: bool, zone: &str, money: i64) {
    let funding = if purse { Funding::Purse } else { Funding::Account };
    let mut life = Life::new(funding, Kopecks::new(money), zone);
    for act in acts {
        life.act(act);
        life.all_ties();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn whatever_happens_all_sums_tie_and_nothing_is_exceeded(
        acts in prop::collection::vec(some_act(), 1..16),
        purse in any::<bool>(),
        zone in some_zone(),
        money in prop_oneof![0i64..2_000_000, Just(100_000_000i64)],
    ) {
        live(&acts, purse, zone, money);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nor_in_a_long_life(
        acts in prop::collection::vec(some_act(), 60..120),
        purse in any::<bool>(),
        zone in some_zone(),
        money in prop_oneof![0i64..2_000_000, Just(100_000_000i64)],
    ) {
        live(&acts, purse, zone, money);
    }
}
