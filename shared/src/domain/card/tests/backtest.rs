//! Rules tried on the past: what they would have refused and let through.

use super::*;
use crate::domain::authorization::{Reason, State};
use crate::domain::rules::{Choice, Schedule, TimeOfDay, Weekdays};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Act {
    Ask(&'static str, &'static str, i64, bool),
    Capture(usize, i64),
    Reverse(usize),
    Refund(usize, i64),
    Expire,
    Pass(i64),
}

fn some_act() -> impl Strategy<Value = Act> {
    let code = prop::sample::select(vec!["DT", "DT", "AI92", "LPG", "WASH"]);
    let place = prop::sample::select(vec!["012", "7"]);
    prop_oneof![
        5 => (code, place, 1i64..60_000, any::<bool>()).prop_map(|(code, place, ml, part)| Act::Ask(code, place, ml, part)),
        4 => (any::<usize>(), prop_oneof![Just(1_000), 0i64..1_100]).prop_map(|(which, part)| Act::Capture(which, part)),
        1 => any::<usize>().prop_map(Act::Reverse),
        1 => (any::<usize>(), 1i64..1_000).prop_map(|(which, part)| Act::Refund(which, part)),
        1 => Just(Act::Expire),
        4 => prop_oneof![1i64..40, 200i64..3_000, Just(40_000)].prop_map(Act::Pass),
    ]
}

/// A world that writes down what was asked of its card.
struct Logged {
    world: World,
    past: Past,
}

impl Logged {
    fn new(rules: Rules) -> Self {
        let mut world = World::new(card(), Vec::new());
        world.now = at("2026-11-28T18:00:00Z");
        world.rules = rules;
        Self { world, past: Past::default() }
    }

    fn act(&mut self, act: &Act) {
        // No two things happen in one instant.
        self.world.now += TimeDelta::milliseconds(7);
        let now = self.world.now;
        match *act {
            Act::Ask(code, place, ml, partial_ok) => {
                let ask = Ask { partial_ok, station: station(place), ..ask(code, Millilitres::new(ml)) };
                self.ask(&ask);
            }
            Act::Capture(which, part) => {
                let Some(at) = which.checked_rem(self.past.asks.len()) else { return };
                let was = self.past.asks[at].clone();
                let quantity = Millilitres::new(was.hold.quantity.get() * part / 1_000);
                if let Ok(Some(settled)) = self.world.capture(&was, quantity) {
                    self.past.asks[at] = settled.authorization;
                }
            }
            Act::Reverse(which) => {
                let Some(at) = which.checked_rem(self.past.asks.len()) else { return };
                if let Ok(Some(settled)) = self.world.card.reverse(&self.past.asks[at], now) {
                    self.world.write(settled.card, settled.account);
                    self.past.asks[at] = settled.authorization;
                }
            }
            Act::Refund(which, part) => {
                let Some(at) = which.checked_rem(self.past.asks.len()) else { return };
                let State::Captured(capture) = &self.past.asks[at].state else { return };
                let quantity = Millilitres::new(capture.quantity.get() * part / 1_000);
                if let Ok(refunded) = self.world.returned(&self.past.asks[at], quantity) {
                    self.world.write(refunded.card, refunded.account);
                    let purchase = self.past.asks[at].hold.request;
                    self.past.refunds.push(PastRefund { purchase, quantity, at: now });
                    self.past.asks[at] = refunded.authorization;
                }
            }
            Act::Expire => {
                if let Some(expiry) = self.world.card.expire(now) {
                    self.world.write(expiry.card, expiry.account);
                    self.expired(&expiry.expired);
                }
            }
            Act::Pass(minutes) => self.world.pass(minutes),
        }
    }

    fn ask(&mut self, ask: &Ask) {
        let now = self.world.now;
        let state = match self.world.decide(ask) {
            Decision::Declined(Refusal { card, reasons }) => {
                self.world.card = card;
                let hold = ask.to_hold(Some(PRICE), self.world.account.zone, 30, now);
                return self
                    .past
                    .asks
                    .push(Authorization { state: State::Declined { at: now, reasons }, ..self.world.held(&hold) });
            }
            Decision::Approved(approval) => approval,
        };
        self.world.write(state.card.clone(), state.account);
        self.expired(&state.expired);
        self.past.asks.push(self.world.held(&state.hold));
    }

    fn expired(&mut self, holds: &[Hold]) {
        let over = State::Expired { at: self.world.now };
        for ask in &mut self.past.asks {
            if holds.iter().any(|hold| hold.request == ask.hold.request) {
                ask.state = over.clone();
            }
        }
    }

    fn backtest(&self, rules: &Rules, from: DateTime<Utc>) -> Backtest<'_> {
        self.world.card.backtest(&self.past, &Facts { rules, ..self.world.facts() }, from)
    }

    /// A fill on a day of November, all of it posted.
    fn fill(&mut self, day: u32, litres_asked: i64) {
        self.world.now = self.world.now.max(at(&format!("2026-11-{day:02}T09:00:00Z"))) + TimeDelta::minutes(1);
        self.ask(&ask("DT", litres(litres_asked)));
        let last = self.past.asks.len() - 1;
        self.act(&Act::Capture(last, 1_000));
    }
}

fn all_rules() -> Rules {
    Rules {
        limits: vec![
            day_litres(100),
            limit(Cap::Litres(litres(60)), Period::Day, &["DT"]),
            limit(Cap::Roubles(roubles(9_000)), Period::Week, &[]),
            limit(Cap::Fills(7), Period::Day, &[]),
            limit(Cap::Litres(litres(400)), Period::Month, &["DT", "AI92"]),
            limit(Cap::Litres(litres(50)), Period::Transaction, &[]),
        ],
        products: Some(Choice::Deny(products(&["WASH"]))),
        schedule: Some(Schedule {
            weekdays: Weekdays::from_iso(&[1, 2, 3, 5, 6, 7]).unwrap(),
            from: TimeOfDay::parse("20:00").unwrap(),
            to: TimeOfDay::parse("19:00").unwrap(),
        }),
        stations: None,
    }
}

fn binding(reason: &Reason) -> (ReasonCode, Millilitres) {
    (reason.code, reason.max_quantity)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn unchanged_rules_reproduce_what_was_really_decided(
        acts in prop::collection::vec(some_act(), 1..80),
        since_minutes in 0i64..60_000,
        short in any::<bool>(),
    ) {
        let mut logged = Logged::new(all_rules());
        logged.world.now = at("2026-11-28T18:00:00Z");
        if short {
            logged.world.account = account(roubles(3_000));
        }
        for act in &acts {
            logged.act(act);
        }
        let found = logged.backtest(&all_rules(), logged.world.now - TimeDelta::minutes(since_minutes));
        prop_assert_eq!(&found.refused, &Vec::new());
        prop_assert_eq!(&found.released, &Vec::<&Authorization>::new());
        let all = logged.backtest(&all_rules(), at("2026-01-01T00:00:00Z"));
        let captured = logged.past.asks.iter().filter(|one| matches!(one.state, State::Captured(_))).count();
        let declined = logged.past.asks.iter().filter(|one| matches!(one.state, State::Declined { .. })).count();
        prop_assert_eq!((all.fills as usize, all.declines as usize), (captured, declined));
    }

    #[test]
    fn no_rules_at_all_refuse_nothing_and_release_every_decline_of_rules_alone(
        acts in prop::collection::vec(some_act(), 1..60),
    ) {
        let mut logged = Logged::new(all_rules());
        for act in &acts {
            logged.act(act);
        }
        let found = logged.backtest(&Rules::default(), at("2026-01-01T00:00:00Z"));
        prop_assert!(found.refused.is_empty());
        let by_rules = |one: &&Authorization| match &one.state {
            State::Declined { reasons, .. } => reasons.iter().all(|reason| {
                !matches!(reason.code, ReasonCode::InsufficientFunds | ReasonCode::TooManyHolds)
            }),
            _ => false,
        };
        prop_assert_eq!(found.released.len(), logged.past.asks.iter().filter(by_rules).count());
    }
}

#[test]
fn a_refused_fill_uses_nothing_so_the_next_one_passes() {
    let mut logged = Logged::new(Rules::default());
    logged.world.now = at("2026-11-01T09:00:00Z");
    for (day, asked) in [(2, 70), (2, 40), (2, 30), (3, 90), (3, 10)] {
        logged.fill(day, asked);
    }
    let rules = Rules { limits: vec![day_litres(80)], ..Rules::default() };
    let found = logged.backtest(&rules, at("2026-11-01T00:00:00Z"));
    // 70 passes, 40 and 30 are past the 80 of the day; 90 never passes, so 10 does.
    let refused: Vec<_> = found.refused.iter().map(|(fill, why)| (fill.hold.quantity, binding(why))).collect();
    let by_limit = |most: i64| (ReasonCode::LimitExceeded, litres(most));
    assert_eq!(refused, [(litres(40), by_limit(10)), (litres(30), by_limit(10)), (litres(90), by_limit(80))]);
    assert_eq!((found.fills, found.declines), (5, 0));
}

#[test]
fn what_was_bought_before_the_days_that_are_tried_counts_in_their_windows() {
    let mut logged = Logged::new(Rules::default());
    logged.world.now = at("2026-11-01T09:00:00Z");
    logged.fill(2, 300);
    logged.fill(20, 90);
    let rules = Rules { limits: vec![limit(Cap::Litres(litres(350)), Period::Month, &[])], ..Rules::default() };
    let found = logged.backtest(&rules, at("2026-11-19T00:00:00Z"));
    assert_eq!((found.fills, found.refused.len()), (1, 1));
    assert_eq!(binding(&found.refused[0].1), (ReasonCode::LimitExceeded, litres(50)));
}

#[test]
fn a_decline_that_passes_uses_what_was_asked() {
    let mut logged = Logged::new(Rules { limits: vec![day_litres(50)], ..Rules::default() });
    logged.world.now = at("2026-11-01T09:00:00Z");
    for asked in [60, 70] {
        logged.fill(2, asked);
    }
    assert!(logged.past.asks.iter().all(|one| matches!(one.state, State::Declined { .. })));
    let wider = Rules { limits: vec![day_litres(100)], ..Rules::default() };
    let found = logged.backtest(&wider, at("2026-11-01T00:00:00Z"));
    assert_eq!(found.released.iter().map(|one| one.hold.asked).collect::<Vec<_>>(), [litres(60)]);
    assert_eq!((found.fills, found.declines), (0, 2));
}

#[test]
fn a_decline_for_want_of_money_is_released_by_no_rules() {
    let mut logged = Logged::new(Rules { limits: vec![day_litres(50)], ..Rules::default() });
    logged.world.account = account(roubles(10));
    logged.world.now = at("2026-11-01T09:00:00Z");
    logged.fill(2, 60);
    let found = logged.backtest(&Rules::default(), at("2026-11-01T00:00:00Z"));
    assert_eq!((found.declines, found.released.len()), (1, 0));
}
