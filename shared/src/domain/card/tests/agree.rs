//! What a check shows and what a terminal gets cannot differ, for any rule: the shown quantity passes, 0.001 more fails.

use super::*;
use crate::domain::money::cost;
use crate::domain::quantity::{PARTIAL_MIN, QUANTITY_MAX};
use crate::domain::rules::{Choice, Schedule, TimeOfDay, Weekdays};
use crate::domain::usage::Tally;
use proptest::prelude::*;

const CODES: [&str; 9] = ["AI92", "AI95", "AI98", "DT", "DTZ", "LPG", "CNG", "WASH", "GOODS"];
const ONE: Millilitres = Millilitres::new(1);

fn some_products() -> impl Strategy<Value = ProductSet> {
    prop::collection::vec(0..CODES.len(), 0..4)
        .prop_map(|at| products(&at.iter().map(|at| CODES[*at]).collect::<Vec<_>>()))
}

fn some_limit() -> impl Strategy<Value = Limit> {
    let cap = prop_oneof![
        (1i64..200_000).prop_map(|ml| Cap::Litres(Millilitres::new(ml))),
        (1i64..2_000_000).prop_map(|kopecks| Cap::Roubles(Kopecks::new(kopecks))),
        (1u32..6).prop_map(Cap::Fills),
    ];
    let period = prop::sample::select([Period::Transaction].into_iter().chain(Period::CALENDAR).collect::<Vec<_>>());
    (cap, period, some_products()).prop_map(|(cap, period, products)| Limit { cap, period, products })
}

/// A card with some use and some holds, rules, and money: some plentiful, some short.
fn some_world() -> impl Strategy<Value = World> {
    let fills = prop::collection::vec((0i64..40, 0..CODES.len(), 1i64..90_000, 1i64..900_000), 0..6);
    let holds = prop::collection::vec((0i64..45, 0..CODES.len(), 1i64..60_000), 0..4);
    let money = prop_oneof![0i64..500_000, Just(100_000_000i64)];
    let limits = prop::collection::vec(some_limit(), 0..5);
    (fills, holds, money, limits, any::<bool>(), 0u8..16).prop_map(|(fills, holds, money, limits, purse, rare)| {
        let mut world = World::new(card(), Vec::new());
        world.account = account(roubles(1_000_000));
        for (minutes, code, quantity) in holds {
            world.now = now() - TimeDelta::minutes(minutes);
            let mut room = world.facts();
            room.holds_max = 9;
            let ask = ask(CODES[code], Millilitres::new(quantity));
            if let Decision::Approved(approval) = world.card.authorize(&ask, &room, world.now) {
                // As it was before expired holds are dropped: they lie there until some write does.
                world.card.holds.push(approval.hold);
            }
        }
        world.now = now();
        for (days, code, quantity, amount) in fills {
            let tally = Tally { quantity: Millilitres::new(quantity), amount: Kopecks::new(amount), fills: 1 };
            let windows = Zone::default().windows(now() - TimeDelta::days(days));
            world.card.usage.charge(&windows, product(CODES[code]), tally);
        }
        let set_aside = set_aside(world.card.holds.iter(), Funding::Account);
        let money = Kopecks::new(money);
        world.account = Account { held: set_aside, available: money, ..account(money.saturating_add(set_aside)) };
        world.rules.limits = limits;
        if purse {
            world.card.funding = Funding::Purse;
            world.card.purse = money.saturating_add(set_aside);
            world.card.holds.iter_mut().for_each(|hold| hold.funding = Funding::Purse);
        }
        match rare {
            0 => world.card.blocked_by_client = true,
            1 => world.rules.products = Some(Choice::Allow(products(&["DT", "AI92"]))),
            2 => world.rules.stations = Some(Choice::Allow([station("7")].into())),
            3 => world.account.status = CompanyStatus::Suspended,
            _ => {}
        }
        world
    })
}

fn most(world: &World, ask: &Ask) -> Millilitres {
    let outcomes = world.card.check(ask.product, ask.price, Some(&ask.station), &world.facts(), world.now);
    outcomes.iter().map(|outcome| outcome.max_quantity).min().unwrap()
}

/// Nothing is above its cap and no money is below zero, counted anew after a write.
fn within_everything(world: &World) -> bool {
    let use_now = world.card.limit_use(&world.rules, &world.catalogue, Zone::default(), world.now);
    let money = match world.card.funding {
        Funding::Account => world.account.available,
        Funding::Purse => world.card.purse.saturating_sub(set_aside(world.card.open_holds(world.now), Funding::Purse)),
    };
    money >= Kopecks::ZERO
        && use_now.iter().all(|limit| match (limit.used, limit.limit.cap) {
            (Cap::Litres(used), Cap::Litres(cap)) => used <= cap,
            (Cap::Roubles(used), Cap::Roubles(cap)) => used <= cap,
            (Cap::Fills(used), Cap::Fills(cap)) => used <= cap,
            _ => false,
        })
}

/// The shown quantity passes in whole, one thousandth more only in part, and only that part.
fn agrees(world: &mut World, mut ask: Ask) {
    let most = most(world, &ask);
    let was_within = within_everything(world);
    if most < QUANTITY_MAX {
        ask.quantity = most.saturating_add(ONE);
        ask.partial_ok = false;
        assert!(matches!(world.decide(&ask), Decision::Declined(refusal) if !refusal.reasons.is_empty()));
        ask.partial_ok = true;
        match world.decide(&ask) {
            Decision::Approved(part) => {
                assert!(most >= PARTIAL_MIN);
                assert_eq!((part.hold.quantity, part.hold.asked), (most, ask.quantity));
                assert_eq!(part.hold.shortfall.unwrap().max_quantity, most);
            }
            Decision::Declined(_) => assert!(most < PARTIAL_MIN),
        }
    }
    if most.is_positive() {
        ask.quantity = most;
        let approval = world.authorize(&ask).expect("what a check shows passes");
        assert_eq!(approval.hold.quantity, most);
        assert_eq!(approval.hold.amount, cost(most, ask.price));
        assert_eq!(approval.hold.shortfall, None);
        assert!(!was_within || within_everything(world));
    }
}

/// One rule alone binds at `expected`.
fn alone(mut world: World, code: &str, expected: Millilitres) {
    let ask = ask(code, litres(1));
    assert_eq!(most(&world, &ask), expected);
    agrees(&mut world, ask);
}

#[test]
fn each_kind_of_limit_binds_at_what_a_check_shows() {
    for period in [Period::Transaction].into_iter().chain(Period::CALENDAR) {
        let with = |cap| World::new(card(), vec![limit(cap, period, &[])]);
        alone(with(Cap::Litres(Millilitres::new(31_501))), "DT", Millilitres::new(31_501));
        // 100 roubles at 71.90: 1.390 l cost 99.94, 1.391 l 100.01.
        alone(with(Cap::Roubles(roubles(100))), "DT", Millilitres::new(1_390));
        alone(with(Cap::Fills(1)), "DT", QUANTITY_MAX.min(affordable_by_account()));
    }
    let mut used_up = World::new(card(), vec![limit(Cap::Fills(1), Period::Day, &[])]);
    used_up.fill(&ask("DT", litres(1)));
    alone(used_up, "DT", Millilitres::ZERO);
}

/// What a million roubles buy.
fn affordable_by_account() -> Millilitres {
    crate::domain::money::affordable(roubles(1_000_000), PRICE)
}

#[test]
fn money_binds_at_what_a_check_shows() {
    let poor = World { account: account(roubles(100)), ..World::new(card(), Vec::new()) };
    alone(poor, "DT", Millilitres::new(1_390));
    alone(World::new(purse_card(roubles(100)), Vec::new()), "DT", Millilitres::new(1_390));
    let in_debt = World { account: account(roubles(-1)), ..World::new(card(), Vec::new()) };
    alone(in_debt, "DT", Millilitres::ZERO);
}

#[test]
fn each_rule_of_yes_or_no_forbids_everything_or_nothing() {
    let free = affordable_by_account();
    let with = |change: &dyn Fn(&mut World)| {
        let mut world = World::new(card(), Vec::new());
        change(&mut world);
        world
    };
    let weekdays = |days: &[u8]| {
        let [from, to] = ["06:00", "22:00"].map(|text| TimeOfDay::parse(text).unwrap());
        Some(Schedule { weekdays: Weekdays::from_iso(days).unwrap(), from, to })
    };
    let allowed: [&dyn Fn(&mut World); 4] = [
        &|w| w.rules.products = Some(Choice::Allow(products(&["DT"]))),
        &|w| w.rules.stations = Some(Choice::Deny([station("7")].into())),
        &|w| w.rules.schedule = weekdays(&[7]),
        &|w| w.card.valid_until = "2026-11-22".parse().unwrap(),
    ];
    allowed.iter().for_each(|change| alone(with(change), "DT", free));
    let forbidden: [&dyn Fn(&mut World); 9] = [
        &|w| w.rules.products = Some(Choice::Deny(products(&["DT"]))),
        &|w| w.rules.stations = Some(Choice::Allow([station("7")].into())),
        &|w| w.rules.schedule = weekdays(&[1, 2, 3, 4, 5, 6]),
        &|w| w.card.valid_until = "2026-11-21".parse().unwrap(),
        &|w| w.card.blocked_by_client = true,
        &|w| w.card.blocked_by_staff = true,
        &|w| w.card.closed = true,
        &|w| w.account.status = CompanyStatus::Closed,
        &|w| (0..3).for_each(|_| drop(w.authorize(&ask("DT", litres(1))).unwrap())),
    ];
    forbidden.iter().for_each(|change| alone(with(change), "DT", Millilitres::ZERO));
}

#[test]
fn a_check_without_a_station_leaves_its_rule_out() {
    let mut world = World::new(card(), Vec::new());
    world.rules.stations = Some(Choice::Allow([station("7")].into()));
    let outcomes = world.card.check(product("DT"), PRICE, None, &world.facts(), world.now);
    assert!(outcomes.iter().all(|outcome| outcome.passes(litres(40))));
    assert!(outcomes.iter().all(|outcome| outcome.rule != RuleName::Station));
}

#[test]
fn what_costs_nothing_needs_no_money_but_no_debt_either() {
    let free = Ask { price: Kopecks::ZERO, ..ask("WASH", litres(1)) };
    let mut world = World { account: account(Kopecks::ZERO), ..World::new(card(), Vec::new()) };
    assert!(world.authorize(&free).is_ok());
    world.account = account(roubles(-1));
    assert_eq!(world.authorize(&free).unwrap_err(), [ReasonCode::InsufficientFunds]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn check_and_authorize_agree_on_any_card(
        mut world in some_world(),
        code in 0..CODES.len(),
        price in 1i64..20_000,
    ) {
        agrees(&mut world, Ask { price: Kopecks::new(price), ..ask(CODES[code], litres(1)) });
    }
}
