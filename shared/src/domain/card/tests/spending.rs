//! Any sequence of asks, captures, reverses, expiries, refunds, edits of rules and shares, blocks, exceptions and turns of
//! the month, against a model that counts everything anew.

mod acts;

use self::acts::{Act, rules, some_act};
use super::*;
use crate::domain::Product;
use crate::domain::authorization::State;
use crate::domain::budget::{Budget, Portion, Sum};
use crate::domain::money::cost;
use crate::domain::window::WindowId;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The world, its budget, and all that ever happened.
struct Spending {
    world: World,
    budget: Budget,
    all: Vec<Authorization>,
    /// What came back: of which purchase, in which month.
    returned: Vec<(usize, WindowId, Sum)>,
    /// Each month's share and switch as they stood when it ended.
    ends: BTreeMap<WindowId, (Portion, bool)>,
    used_up: BTreeSet<u32>,
}

impl Spending {
    fn new() -> Self {
        let mut world = World::new(card(), Vec::new());
        world.now = at("2026-11-30T18:00:00Z");
        let plan = Portion { roubles: Some(roubles(9_000)), litres: Some(litres(120)) };
        let budget = Budget::default().with_plan(plan, world.account.zone.windows(world.now).month()).unwrap();
        Self { world, budget, all: Vec::new(), returned: Vec::new(), ends: BTreeMap::new(), used_up: BTreeSet::new() }
    }

    fn month(&self) -> WindowId {
        self.world.account.zone.windows(self.world.now).month()
    }

    fn counts(&self, hold: &Hold, quantity: Millilitres, amount: Kopecks) -> Sum {
        let in_litres = self.world.catalogue.by_ix(hold.product).is_some_and(Product::in_litres);
        Sum { roubles: amount, litres: if in_litres { quantity } else { Millilitres::ZERO } }
    }

    /// Bought in a month, as known at the end of `by`: what was posted by then, less what came back in the month itself.
    fn used(&self, month: WindowId, by: WindowId) -> Sum {
        let mut sum = Sum::ZERO;
        for (at, one) in self.all.iter().enumerate() {
            let State::Captured(capture) = &one.state else { continue };
            let posted = self.world.account.zone.windows(capture.at).month();
            if one.hold.windows().month() != month || posted > by {
                continue;
            }
            sum = sum.plus(self.counts(&one.hold, capture.quantity, capture.amount));
            let back = self.returned.iter().filter(|(which, in_month, _)| *which == at && *in_month == month);
            sum = back.fold(sum, |sum, (_, _, back)| sum.less(*back));
        }
        sum
    }

    fn held(&self, month: WindowId) -> Sum {
        let open = self.all.iter().filter(|one| one.state == State::Held && one.hold.is_open(self.world.now));
        let open = open.filter(|one| one.hold.windows().month() == month);
        open.fold(Sum::ZERO, |sum, one| sum.plus(self.counts(&one.hold, one.hold.quantity, one.hold.amount)))
    }

    /// What was carried over into `month`, as known at the end of `by`.
    fn carried(&self, month: WindowId, by: WindowId) -> Sum {
        let before = month.before();
        match self.ends.get(&before) {
            Some((share, true)) => {
                let share_sum = share.sum();
                let left = share_sum.plus(self.carried(before, before)).less(self.used(before, by));
                share.only(left.less(self.held(before)).or_zero().min(share_sum))
            }
            _ => Sum::ZERO,
        }
    }

    /// The share's room: without the exception's loan, and with it.
    fn room(&self) -> (Sum, Sum) {
        let (month, share) = (self.month(), self.world.allowance.share);
        let own = share.portion.sum().plus(self.carried(month, month));
        let own = own.less(self.used(month, month)).less(self.held(month));
        (own, own.plus(share.lent.of(month)))
    }

    fn fits_share(&self, more: Sum, room: Sum) -> bool {
        let portion = self.world.allowance.share.portion;
        portion.roubles.is_none_or(|_| more.roubles <= room.roubles)
            && (portion.litres.is_none_or(|_| more.litres <= room.litres) || more.litres == Millilitres::ZERO)
    }

    /// Whether the limits alone let so much through, by what the card shows of their use, which another test recounts.
    fn fits_limits(&self, card: &Card, product: ProductIx, quantity: Millilitres, amount: Kopecks) -> bool {
        let World { rules, catalogue, account, now, .. } = &self.world;
        card.limit_use(rules, catalogue, account.zone, *now)
            .iter()
            .filter(|one| one.limit.counts(product, catalogue))
            .all(|one| match one.remaining {
                Cap::Litres(left) => quantity <= left,
                Cap::Roubles(left) => amount <= left,
                Cap::Fills(left) => left > 0,
            })
    }

    /// What an exception covers of a product now, counted from all that happened.
    fn covers(&self, product: ProductIx) -> Millilitres {
        let Some(exception) = self.world.allowance.exception else { return Millilitres::ZERO };
        let in_use = self.all.iter().any(|one| {
            one.state == State::Held && one.hold.is_open(self.world.now) && one.hold.exception == Some(exception.number)
        });
        let fits = exception.product.is_none_or(|named| named == product) && self.world.now < exception.until;
        let free = fits && !in_use && !self.used_up.contains(&exception.number);
        if free { exception.quantity } else { Millilitres::ZERO }
    }

    fn ask(&mut self, code: &str, quantity: i64, partial_ok: bool) {
        let ask = Ask { partial_ok, ..ask(code, Millilitres::new(quantity)) };
        let (before, covers, (own, lent)) = (self.world.card.clone(), self.covers(ask.product), self.room());
        let passes = |this: &Self, quantity: Millilitres| {
            let amount = cost(quantity, PRICE);
            let more = this.counts(&ask.to_hold(None, Zone::default(), 30, this.world.now), quantity, amount);
            let alone = this.fits_limits(&before, ask.product, quantity, amount) && this.fits_share(more, own);
            (alone, alone || (quantity <= covers && this.fits_share(more, lent)))
        };
        let blocked = before.blocked_by_client || before.open_holds(self.world.now).count() == 3;
        match self.world.authorize(&ask) {
            Err(_) => {
                let covered = passes(self, ask.quantity).1;
                assert!(blocked || !covered, "declined for nothing: {ask:?}");
            }
            Ok(approval) => {
                let hold = &approval.hold;
                let (alone, covered) = passes(self, hold.quantity);
                assert!(!blocked && covered, "past a limit or a share: {hold:?}");
                assert_eq!(hold.exception.is_none(), alone, "an exception is used only where it is needed");
                for dropped in &approval.expired {
                    self.drop_hold(dropped);
                }
                let held = self.world.held(hold);
                self.all.push(held);
            }
        }
    }

    fn drop_hold(&mut self, hold: &Hold) {
        let one = self.all.iter_mut().find(|one| one.hold.request == hold.request).unwrap();
        assert_eq!(one.state, State::Held, "a hold ends once");
        one.state = State::Expired { at: self.world.now };
    }

    fn act(&mut self, act: &Act) {
        let month = self.month();
        match *act {
            Act::Ask(code, quantity, partial_ok) => self.ask(code, quantity, partial_ok),
            Act::Capture(which, part) => {
                let Some(at) = which.checked_rem(self.all.len()) else { return };
                let was = self.all[at].clone();
                let quantity = Millilitres::new(was.hold.quantity.get() * part / 1_000);
                if let Ok(Some(settled)) = self.world.capture(&was, quantity) {
                    if matches!(settled.authorization.state, State::Captured(_)) {
                        self.used_up.extend(was.hold.exception);
                    }
                    self.all[at] = settled.authorization;
                }
            }
            Act::Expire => {
                if let Some(expiry) = self.world.card.expire(self.world.now) {
                    self.world.write(expiry.card, expiry.account);
                    expiry.expired.iter().for_each(|hold| self.drop_hold(hold));
                }
            }
            Act::Refund(which, part) => {
                let Some(at) = which.checked_rem(self.all.len()) else { return };
                let State::Captured(capture) = &self.all[at].state else { return };
                let quantity = Millilitres::new(capture.quantity.get() * part / 1_000);
                if let Ok(refunded) = self.world.returned(&self.all[at], quantity) {
                    self.world.write(refunded.card, refunded.account);
                    let back = self.counts(&self.all[at].hold, quantity, refunded.amount);
                    self.returned.push((at, month, back));
                    self.all[at] = refunded.authorization;
                }
            }
            Act::Rules(which) => {
                self.world.rules.limits = rules(which);
                self.world.card = self.world.card.edited();
            }
            Act::Block(on) => {
                let next = if on { self.world.card.block(Side::Client) } else { self.world.card.unblock(Side::Client) };
                self.world.card = next.unwrap().unwrap_or_else(|| self.world.card.clone());
            }
            Act::Share(portion) => self.share(portion),
            Act::Carry(on) => self.world.account.carry_over = self.world.account.carry_over.set(on, month),
            Act::Grant(code, quantity) => self.grant(code, quantity),
            Act::Sweep => {
                let World { card, allowance, account, catalogue, now, .. } = &self.world;
                if let Some((_, back)) = card.ended_exception(allowance, account, catalogue, *now) {
                    self.world.allowance = allowance.without_exception(back);
                    self.budget = self.budget.lend(back.negated(), month).unwrap();
                }
            }
            Act::Pass(minutes) => {
                self.world.pass(minutes);
                let end = (self.world.allowance.share.portion, self.world.account.carry_over.on);
                let mut over = month;
                while over < self.month() {
                    self.ends.insert(over, end);
                    over = WindowId::new(over.get() + 1);
                }
            }
        }
    }

    fn share(&mut self, portion: Portion) {
        let (month, around) = (self.month(), (&self.world.account, &self.world.catalogue));
        let used = self.used(month, month).plus(self.held(month)).less(self.carried(month, month)).or_zero();
        match self.world.card.reshare(portion, &self.world.allowance, around, self.world.now) {
            Ok(Some(shared)) => {
                assert!(portion.sum().less(portion.only(used)).is_sound(), "a share below what is used and held");
                if let Ok(next) = self.budget.share(shared.more, shared.absorbed, month) {
                    self.budget = next;
                    (self.world.card, self.world.allowance) = (shared.card, shared.allowance);
                }
            }
            Ok(None) => assert_eq!(portion, self.world.allowance.share.portion),
            Err(refused) => assert_eq!(refused, ShareRefused::BelowUse(portion.only(used))),
        }
    }

    fn grant(&mut self, code: Option<&str>, quantity: i64) {
        let grant = Grant {
            product: code.map(product),
            quantity: Millilitres::new(quantity),
            price: PRICE,
            in_litres: code != Some("CNG"),
            until: self.world.now + TimeDelta::minutes(60),
        };
        let around = (&self.world.account, &self.world.catalogue);
        if let Ok(granted) = self.world.card.grant(&grant, &self.world.allowance, &self.budget, around, self.world.now)
        {
            (self.world.card, self.world.allowance) = (granted.card, granted.allowance);
            self.budget = granted.budget.unwrap_or(self.budget);
            let litres = if grant.in_litres { grant.quantity } else { Millilitres::ZERO };
            assert!(
                self.fits_share(Sum { roubles: cost(grant.quantity, PRICE), litres }, self.room().1),
                "what it lacks is lent"
            );
        }
    }

    fn sound(&self) {
        let (world, month) = (&self.world, self.month());
        let taken = world.allowance.share.taken(month);
        assert_eq!(taken.plus(self.budget.reserve(month)), self.budget.plan.sum(), "shares and reserve are the plan");
        assert!(self.budget.reserve(month).is_sound() && taken.is_sound());
        let stands = world.card.share_use(&world.allowance.share, &world.account, &world.catalogue, world.now);
        assert_eq!((stands.used, stands.held), (self.used(month, month), self.held(month)));
        assert_eq!(stands.carried, self.carried(month, month));
        assert!(world.account.identity_holds());
    }
}

fn live(acts: &[Act]) {
    let mut spending = Spending::new();
    for act in acts {
        spending.act(act);
        spending.sound();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn nothing_that_happens_breaks_a_limit_a_share_or_the_budget(acts in prop::collection::vec(some_act(), 1..16)) {
        live(&acts);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nor_does_a_long_life(acts in prop::collection::vec(some_act(), 80..160)) {
        live(&acts);
    }
}
