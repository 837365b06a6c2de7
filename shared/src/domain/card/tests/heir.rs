//! A lost card and its heirs: whatever happens to the cards before, together they never pass a limit, and every kopeck of a
//! purse is somewhere.

mod alike;

use super::*;
use crate::domain::authorization::State;
use crate::domain::budget::{Exception, Lent};
use crate::domain::usage::Tally;
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Act {
    Ask(&'static str, i64),
    /// Which authorization, of any of the cards; per mille of its hold.
    Capture(usize, i64),
    Reverse(usize),
    /// Which purchase, per mille of it.
    Refund(usize, i64),
    Expire,
    Pass(i64),
    Replace,
    /// One more fill, for so many minutes.
    Grant(i64),
}

fn some_act() -> impl Strategy<Value = Act> {
    let code = prop::sample::select(vec!["DT", "DT", "AI92", "WASH"]);
    prop_oneof![
        5 => (code, 1i64..40_000).prop_map(|(code, quantity)| Act::Ask(code, quantity)),
        4 => (any::<usize>(), prop_oneof![Just(1_000), 0i64..1_100]).prop_map(|(which, part)| Act::Capture(which, part)),
        1 => any::<usize>().prop_map(Act::Reverse),
        1 => (any::<usize>(), 1i64..1_000).prop_map(|(which, part)| Act::Refund(which, part)),
        1 => Just(Act::Expire),
        2 => prop_oneof![1i64..40, 200i64..2_000].prop_map(Act::Pass),
        2 => Just(Act::Replace),
        1 => (1i64..100).prop_map(Act::Grant),
    ]
}

/// The cards, the last one in use, and all that was ever asked of them.
struct Family {
    world: World,
    cards: Vec<Card>,
    all: Vec<(usize, Authorization)>,
    paid: Kopecks,
}

impl Family {
    fn new(funding: Funding, money: Kopecks) -> Self {
        let limits = vec![
            day_litres(60),
            limit(Cap::Fills(6), Period::Day, &[]),
            limit(Cap::Roubles(roubles(9_000)), Period::Week, &["DT"]),
            limit(Cap::Litres(litres(300)), Period::Month, &[]),
        ];
        let first = if funding == Funding::Purse { purse_card(money) } else { card() };
        let mut world = World::new(first.clone(), limits);
        if funding == Funding::Account {
            world.account = account(money);
        } else {
            world.account.moved = money;
            world.account.available = world.account.available.saturating_sub(money);
        }
        Self { world, cards: vec![first], all: Vec::new(), paid: money }
    }

    fn heir_of(&self, at: usize) -> Option<Heir<'_>> {
        (at + 1 < self.cards.len()).then(|| Heir { card: self.cards.last().unwrap(), sale: self.world.sale() })
    }

    fn wrote(&mut self, at: usize, card: Card, account: Option<AccountMove>, heir: Option<Card>) {
        assert_eq!(card.version, self.cards[at].version + 1);
        self.cards[at] = card;
        if let Some(heir) = heir {
            let last = self.cards.last_mut().unwrap();
            assert_eq!(heir.version, last.version + 1);
            *last = heir;
        }
        if let Some(change) = account {
            let today = self.world.account.zone.date(self.world.now);
            self.world.account = self.world.account.after(&change, today).unwrap();
        }
    }

    fn act(&mut self, act: &Act) {
        let now = self.world.now;
        let last = self.cards.len() - 1;
        match *act {
            Act::Ask(code, quantity) => {
                let ask = ask(code, Millilitres::new(quantity));
                if let Decision::Approved(approval) = self.cards[last].authorize(&ask, &self.world.facts(), now) {
                    self.dropped(&approval.expired);
                    let held = Authorization::held(approval.card.number.clone(), company(), approval.hold.clone());
                    self.all.push((last, held));
                    self.wrote(last, approval.card, approval.account, None);
                }
            }
            Act::Capture(which, part) => {
                let Some((index, (at, was))) = self.pick(which) else { return };
                let quantity = Millilitres::new(was.hold.quantity.get() * part / 1_000);
                let Ok(Some(settled)) = self.cards[at].capture(&was, quantity, &[], &self.world.sale(), now) else {
                    return;
                };
                let settled = settled.passed_on(&self.cards[at], self.heir_of(at), now);
                self.all[index].1 = settled.authorization;
                self.wrote(at, settled.card, settled.account, settled.heir);
            }
            Act::Reverse(which) => {
                let Some((index, (at, was))) = self.pick(which) else { return };
                let Ok(Some(settled)) = self.cards[at].reverse(&was, now) else { return };
                let settled = settled.passed_on(&self.cards[at], self.heir_of(at), now);
                self.all[index].1 = settled.authorization;
                self.wrote(at, settled.card, settled.account, settled.heir);
            }
            Act::Refund(which, part) => {
                let Some((index, (at, was))) = self.pick(which) else { return };
                let quantity = Millilitres::new(was.hold.quantity.get() * part / 1_000);
                let Ok(refunded) = self.cards[at].refund(&was, quantity, &self.world.sale(), now) else { return };
                let refunded = refunded.passed_on(&self.cards[at], quantity, self.heir_of(at), now);
                self.all[index].1 = refunded.authorization;
                self.wrote(at, refunded.card, refunded.account, refunded.heir);
            }
            Act::Expire => {
                for at in 0..self.cards.len() {
                    let Some(expiry) = self.cards[at].expire(now) else { continue };
                    let expiry = expiry.passed_on(&self.cards[at], self.heir_of(at), now);
                    self.dropped(&expiry.expired);
                    self.wrote(at, expiry.card, expiry.account, expiry.heir);
                }
            }
            Act::Pass(minutes) => self.world.now += TimeDelta::minutes(minutes),
            Act::Grant(minutes) => {
                self.cards[last] = self.cards[last].edited();
                self.world.allowance.exception = Some(Exception {
                    number: self.cards[last].edition,
                    product: None,
                    quantity: litres(40),
                    granted_at: now,
                    until: now + TimeDelta::minutes(minutes),
                    lent: Lent::default(),
                });
            }
            Act::Replace => {
                let number = CardNumber::issue(company(), u32::try_from(self.cards.len()).unwrap() + 1);
                let (day, sale) = ("2030-12-31".parse().unwrap(), self.world.sale());
                let exception = self.world.allowance.exception;
                let replaced = self.cards[last].replace(number, day, exception.as_ref(), &sale, now).unwrap();
                assert_eq!(replaced.old.replace(card().number, day, None, &sale, now), Err(BlockRefused::Closed));
                self.cards[last] = replaced.old;
                self.cards.push(replaced.heir);
            }
        }
    }

    fn pick(&self, which: usize) -> Option<(usize, (usize, Authorization))> {
        let index = which.checked_rem(self.all.len())?;
        Some((index, self.all[index].clone()))
    }

    fn dropped(&mut self, holds: &[Hold]) {
        for hold in holds {
            let found = self.all.iter_mut().find(|(_, one)| one.hold.request == hold.request).unwrap();
            assert_eq!(found.1.state, State::Held, "a hold ends once");
            found.1.state = State::Expired { at: self.world.now };
        }
    }

    /// Used now under a limit by all the cards: a hold of a replaced one counts until it is dropped.
    fn counted(&self, limit: &Limit) -> Tally {
        let windows = self.world.account.zone.windows(self.world.now);
        let last = self.cards.len() - 1;
        let tallies = self.all.iter().filter(|(_, one)| {
            limit.counts(one.hold.product, &self.world.catalogue)
                && one.hold.windows().get(limit.period) == windows.get(limit.period)
        });
        tallies
            .filter_map(|(at, one)| match &one.state {
                State::Captured(done) => Some(Tally {
                    quantity: done.quantity.saturating_sub(done.refunded_quantity),
                    amount: done.amount.saturating_sub(done.refunded_amount),
                    fills: 1,
                }),
                State::Held if *at < last || one.hold.is_open(self.world.now) => {
                    Some(Tally { quantity: one.hold.quantity, amount: one.hold.amount, fills: 1 })
                }
                _ => None,
            })
            .fold(Tally::default(), Tally::plus)
    }

    fn all_ties(&self) {
        let (last, before) = self.cards.split_last().unwrap();
        assert!(!last.closed && before.iter().all(|card| card.closed));
        for old in before {
            let needed = set_aside(old.holds.iter(), Funding::Purse);
            assert_eq!(old.purse, needed, "a closed card keeps what its holds set aside");
        }
        let sum = |amounts: &mut dyn Iterator<Item = Kopecks>| amounts.fold(Kopecks::ZERO, Kopecks::saturating_add);
        let spent = sum(&mut self.all.iter().filter_map(|(_, one)| match &one.state {
            State::Captured(done) => Some(done.amount.saturating_sub(done.refunded_amount)),
            _ => None,
        }));
        let left = self.paid.saturating_sub(spent);
        if last.funding == Funding::Purse {
            assert_eq!(sum(&mut self.cards.iter().map(|card| card.purse)), left);
        } else {
            assert_eq!(self.world.account.balance, left);
        }
        assert!(self.world.account.identity_holds());
        for limit in last.limit_use(&self.world.rules, &self.world.catalogue, Zone::default(), self.world.now) {
            let counted = self.counted(&limit.limit);
            match limit.used {
                Cap::Litres(used) => assert_eq!(used, counted.quantity),
                Cap::Roubles(used) => assert_eq!(used, counted.amount),
                Cap::Fills(used) => assert_eq!(used, counted.fills),
            }
        }
    }
}

#[test]
fn an_heir_has_the_purse_and_the_use_and_neither_pin_nor_block() {
    let mut world = World::new(Card { pin_tries: Some(2), ..purse_card(roubles(5_000)) }, vec![day_litres(100)]);
    world.card.pin_tries = None;
    world.fill(&ask("DT", litres(30)));
    let hold = world.authorize(&ask("DT", litres(20))).unwrap().hold;
    world.card = Card { pin_tries: Some(2), blocked_by_staff: true, blocked_by_client: true, ..world.card };
    let number = CardNumber::issue(company(), 2);
    let day = "2030-12-31".parse().unwrap();
    let replaced = world.card.replace(number.clone(), day, None, &world.sale(), world.now).unwrap();
    let Replaced { old, heir } = replaced;
    assert_eq!((old.closed, old.replaced_by.as_ref(), old.purse), (true, Some(&number), hold.amount));
    assert_eq!(old.edition, world.card.edition + 1);
    assert_eq!(
        (heir.pin_tries, heir.blocked_by_staff, heir.blocked_by_client, heir.closed),
        (None, false, false, false)
    );
    assert_eq!(heir.purse.saturating_add(old.purse), world.card.purse);
    let used = heir.limit_use(&world.rules, &world.catalogue, Zone::default(), world.now)[0].used;
    assert_eq!(used, Cap::Litres(litres(50)));
}

#[test]
fn a_closed_purse_gives_the_account_all_but_what_is_set_aside_and_that_later() {
    let mut world = World::new(purse_card(roubles(5_000)), Vec::new());
    let hold = world.authorize(&ask("DT", litres(20))).unwrap().hold;
    let closed = world.card.close().unwrap();
    let free = roubles(5_000).saturating_sub(hold.amount);
    let back = |amount: Kopecks| Some(AccountMove::default().and_from_purse(amount));
    assert_eq!((closed.card.purse, closed.account), (hold.amount, back(free)));
    assert_eq!(closed.card.close(), Err(BlockRefused::Closed));
    let held = world.held(&hold);
    // More than was set aside: the account pays.
    let settled = closed.card.capture(&held, litres(25), &[], &world.sale(), world.now).unwrap().unwrap();
    let settled = settled.passed_on(&closed.card, None, world.now);
    let more = crate::domain::money::cost(litres(5), PRICE);
    assert_eq!((settled.card.purse, settled.account, settled.heir), (Kopecks::ZERO, back(more.negated()), None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_happens_to_lost_cards_all_sums_tie(
        acts in prop::collection::vec(some_act(), 1..80),
        purse in any::<bool>(),
        money in prop_oneof![0i64..2_000_000, Just(100_000_000i64)],
    ) {
        let funding = if purse { Funding::Purse } else { Funding::Account };
        let mut family = Family::new(funding, Kopecks::new(money));
        for act in &acts {
            family.act(act);
            family.all_ties();
        }
    }
}
