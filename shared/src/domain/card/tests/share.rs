//! Shares of the budget and exceptions, step by step.

use super::*;
use crate::domain::budget::{Budget, Exception, Lent, Portion, Share, Sum};
use crate::domain::rules::Choice;

fn in_litres(count: i64) -> Portion {
    Portion { roubles: None, litres: Some(litres(count)) }
}

fn with_share(portion: Portion) -> World {
    let mut world = World::new(card(), Vec::new());
    reshare(&mut world, portion);
    world
}

/// Sets the share, as the write would.
fn reshare(world: &mut World, portion: Portion) {
    let around = (&world.account, &world.catalogue);
    let changed = world.card.reshare(portion, &world.allowance, around, world.now).unwrap().unwrap();
    (world.card, world.allowance) = (changed.card, changed.allowance);
}

fn plan(portion: Portion) -> Budget {
    Budget::default().with_plan(portion, now_month()).unwrap()
}

fn now_month() -> crate::domain::window::WindowId {
    Zone::default().windows(now()).month()
}

fn stands(world: &World) -> ShareUse {
    world.card.share_use(&world.allowance.share, &world.account, &world.catalogue, world.now)
}

/// Grants so much diesel for an hour, as the write would.
fn grant(world: &mut World, budget: &mut Budget, quantity: Millilitres) -> Result<Sum, GrantRefused> {
    let until = world.now + TimeDelta::hours(1);
    let grant = Grant { product: Some(product("DT")), quantity, price: PRICE, in_litres: true, until };
    let around = (&world.account, &world.catalogue);
    let granted = world.card.grant(&grant, &world.allowance, budget, around, world.now)?;
    (world.card, world.allowance) = (granted.card, granted.allowance);
    *budget = granted.budget.unwrap_or(*budget);
    Ok(granted.allowance.exception.unwrap().lent.sum)
}

#[test]
fn a_share_caps_the_month_in_roubles_and_in_litres() {
    let mut world = with_share(in_litres(100));
    world.fill(&ask("DT", litres(70)));
    let Decision::Declined(Refusal { reasons, .. }) = world.decide(&ask("DT", litres(31))) else { panic!() };
    let [reason] = &reasons[..] else { panic!("{reasons:?}") };
    assert_eq!((reason.code, reason.max_quantity), (ReasonCode::BudgetExceeded, litres(30)));
    let note = reason.limit.unwrap();
    assert_eq!((note.remaining, note.resets_at), (Cap::Litres(litres(30)), Some(at("2026-11-30T21:00:00Z"))));
    assert_eq!(
        reason.receipt(Zone::default(), &world.catalogue),
        "Доля карты на месяц: осталось 30,00 л, обновится 01.12 в 00:00"
    );
    // What is not measured in litres is no business of a plan in litres.
    assert!(world.authorize(&ask("CNG", litres(50))).is_ok());
    reshare(&mut world, Portion { roubles: Some(roubles(9_000)), litres: Some(litres(200)) });
    // 70 l and 50 m³ at 71.90 are 8,628.00: 372.00 are 5.173 l.
    assert_eq!(world.authorize(&partial("DT", litres(40))).unwrap().hold.quantity, Millilitres::new(5_173));
}

#[test]
fn a_card_without_a_share_is_not_capped_and_a_purse_has_no_part_in_it() {
    let mut world = World::new(card(), Vec::new());
    assert!(world.authorize(&ask("DT", litres(900))).is_ok());
    let mut purse = with_share(in_litres(0));
    purse.card = purse_card(roubles(1_000_000));
    assert!(purse.authorize(&ask("DT", litres(900))).is_ok());
}

#[test]
fn the_limit_stands_before_the_share_and_the_share_before_the_money() {
    let mut world = with_share(in_litres(20));
    world.rules.limits = vec![day_litres(10)];
    world.account = account(roubles(100));
    let codes = world.authorize(&ask("DT", litres(30))).unwrap_err();
    assert_eq!(codes, [ReasonCode::LimitExceeded, ReasonCode::BudgetExceeded, ReasonCode::InsufficientFunds]);
}

#[test]
fn a_share_is_not_set_below_what_is_used_and_held() {
    let mut world = with_share(in_litres(100));
    world.fill(&ask("DT", litres(40)));
    world.authorize(&ask("DT", litres(20))).unwrap();
    let around = (&world.account, &world.catalogue);
    let reshare = |to: i64| world.card.reshare(in_litres(to), &world.allowance, around, world.now);
    let least = Sum { roubles: Kopecks::ZERO, litres: litres(60) };
    assert_eq!(reshare(59), Err(ShareRefused::BelowUse(least)));
    assert_eq!(reshare(100), Ok(None));
    let set = reshare(60).unwrap().unwrap();
    assert_eq!((set.more.litres, set.card.edition), (litres(-40), world.card.edition + 1));
    let free = world.card.reshare(Portion::default(), &world.allowance, around, world.now).unwrap().unwrap();
    assert!(free.allowance.share.portion.is_none());
    let closed = Card { closed: true, ..world.card.clone() };
    assert_eq!(closed.reshare(in_litres(99), &world.allowance, around, world.now), Err(ShareRefused::Closed));
    let purse = Card { funding: Funding::Purse, ..world.card.clone() };
    assert_eq!(purse.reshare(in_litres(99), &world.allowance, around, world.now), Err(ShareRefused::Purse));
}

#[test]
fn what_is_left_adds_to_the_next_month_only_also_after_months_that_nobody_touched() {
    let mut world = with_share(in_litres(100));
    world.account.carry_over = CarryOver { on: true, ..CarryOver::default() };
    world.fill(&ask("DT", litres(30)));
    world.now = at("2026-12-10T09:00:00Z");
    assert_eq!(stands(&world).carried.litres, litres(70));
    assert!(world.authorize(&ask("DT", litres(170))).is_ok(), "share and what came over");
    // Two months on: December's hold expired unused, so January begins with a whole share more, and February too.
    for later in ["2027-01-10T09:00:00Z", "2027-02-10T09:00:00Z"] {
        world.now = at(later);
        assert_eq!(stands(&world).carried.litres, litres(100), "{later}");
    }
    world.fill(&ask("DT", litres(150)));
    world.now = at("2027-03-01T09:00:00Z");
    assert_eq!(stands(&world).carried.litres, litres(50), "what came over was spent first");
    world.now = at("2027-05-01T09:00:00Z");
    assert_eq!(stands(&world).carried.litres, litres(100), "after two skipped months");
    world.account.carry_over = CarryOver::default();
    assert_eq!(stands(&world).carried, Sum::ZERO);
}

#[test]
fn a_hold_over_midnight_is_of_the_month_before_until_it_ends() {
    let mut world = with_share(in_litres(100));
    world.account.carry_over = CarryOver { on: true, ..CarryOver::default() };
    world.now = at("2026-11-30T20:59:59.999Z");
    let hold = world.authorize(&ask("DT", litres(60))).unwrap().hold;
    world.now = at("2026-11-30T21:00:00Z");
    assert_eq!(
        stands(&world),
        ShareUse {
            month: stands(&world).month,
            used: Sum::ZERO,
            held: Sum::ZERO,
            carried: Sum { roubles: Kopecks::ZERO, litres: litres(40) }
        }
    );
    // Another fill turns the month before the first one is posted.
    world.fill(&ask("DT", litres(5)));
    let held = world.held(&hold);
    world.capture(&held, litres(50)).unwrap();
    assert_eq!((stands(&world).carried.litres, stands(&world).used.litres), (litres(50), litres(5)));
}

#[test]
fn a_late_fill_of_a_month_that_nobody_else_touched_takes_from_what_came_over_into_it() {
    let mut world = with_share(in_litres(100));
    world.account.carry_over = CarryOver { on: true, ..CarryOver::default() };
    for month in ["2026-12-10T09:00:00Z", "2027-02-10T09:00:00Z"] {
        world.now = at(month);
        let hold = world.authorize(&ask("DT", litres(10))).unwrap().hold;
        world.now += TimeDelta::days(30);
        let held = world.held(&hold);
        world.capture(&held, litres(10)).unwrap();
        assert_eq!(stands(&world).carried.litres, litres(100), "{month}: of two hundred ten were spent");
    }
}

#[test]
fn a_share_changed_in_a_month_carries_what_the_one_before_left() {
    let mut world = with_share(in_litres(100));
    world.account.carry_over = CarryOver { on: true, ..CarryOver::default() };
    world.fill(&ask("DT", litres(30)));
    world.now = at("2026-12-10T09:00:00Z");
    reshare(&mut world, in_litres(20));
    assert_eq!(stands(&world).carried.litres, litres(70));
    assert!(world.authorize(&ask("DT", litres(90))).is_ok());
}

#[test]
fn an_exception_lifts_limits_for_one_fill_and_its_litres_count_as_used() {
    let mut world = World::new(card(), vec![day_litres(50), limit(Cap::Fills(1), Period::Day, &[])]);
    let mut budget = Budget::default();
    world.fill(&ask("DT", litres(50)));
    assert_eq!(world.authorize(&ask("DT", litres(40))).unwrap_err(), [ReasonCode::LimitExceeded; 2]);
    grant(&mut world, &mut budget, litres(40)).unwrap();
    assert_eq!(grant(&mut world, &mut budget, litres(1)), Err(GrantRefused::Open));
    assert_eq!(world.authorize(&ask("DT", litres(41))).unwrap_err(), [ReasonCode::LimitExceeded; 2]);
    assert_eq!(world.authorize(&ask("AI92", litres(40))).unwrap_err(), [ReasonCode::LimitExceeded; 2]);
    let hold = world.authorize(&ask("DT", litres(40))).unwrap().hold;
    assert_eq!(hold.exception, Some(world.allowance.exception.unwrap().number));
    assert_eq!(world.authorize(&ask("DT", litres(1))).unwrap_err(), [ReasonCode::LimitExceeded; 2], "one fill");
    // A reversed fill gives it back, an expired one too.
    let held = world.held(&hold);
    let dropped = world.card.reverse(&held, world.now).unwrap().unwrap();
    world.write(dropped.card, dropped.account);
    let again = world.authorize(&partial("DT", litres(60))).unwrap().hold;
    assert_eq!((again.quantity, again.exception), (litres(40), hold.exception));
    world.pass(30);
    let third = world.fill(&ask("DT", litres(30)));
    assert_eq!(third.hold.exception, hold.exception);
    assert_eq!(world.authorize(&ask("DT", litres(1))).unwrap_err(), [ReasonCode::LimitExceeded; 2], "used up");
    let use_of_day = &world.card.limit_use(&world.rules, &world.catalogue, world.account.zone, world.now)[0];
    assert_eq!(use_of_day.used, Cap::Litres(litres(80)));
    assert!(grant(&mut world, &mut budget, litres(1)).is_ok(), "there may be another one then");
}

#[test]
fn an_exception_ends_by_itself_and_a_fill_that_passes_without_it_leaves_it() {
    let mut world = World::new(card(), vec![day_litres(50)]);
    grant(&mut world, &mut Budget::default(), litres(40)).unwrap();
    let plain = world.fill(&ask("DT", litres(50)));
    assert_eq!(plain.hold.exception, None);
    world.pass(59);
    assert!(matches!(world.decide(&ask("DT", litres(40))), Decision::Approved(_)));
    world.pass(1);
    assert_eq!(world.authorize(&ask("DT", litres(40))).unwrap_err(), [ReasonCode::LimitExceeded]);
}

#[test]
fn an_exception_lifts_nothing_but_limits() {
    let with = |change: &dyn Fn(&mut World)| {
        let mut world = World::new(card(), vec![limit(Cap::Litres(litres(1)), Period::Day, &[])]);
        grant(&mut world, &mut Budget::default(), litres(40)).unwrap();
        change(&mut world);
        world.authorize(&ask("DT", litres(40))).map(|_| ()).map_err(|codes| codes[0])
    };
    assert_eq!(with(&|_| ()), Ok(()));
    type Change<'a> = &'a dyn Fn(&mut World);
    let refused: [(Change<'_>, ReasonCode); 6] = [
        (&|w| w.card.blocked_by_client = true, ReasonCode::CardBlocked),
        (&|w| w.account.status = CompanyStatus::Suspended, ReasonCode::CompanySuspended),
        (&|w| w.card.pin_tries = Some(0), ReasonCode::PinRequired),
        (&|w| w.rules.products = Some(Choice::Deny(products(&["DT"]))), ReasonCode::ProductNotAllowed),
        (&|w| w.rules.stations = Some(Choice::Deny([station("012")].into())), ReasonCode::StationNotAllowed),
        (&|w| w.account = account(roubles(1)), ReasonCode::InsufficientFunds),
    ];
    for (change, code) in refused {
        assert_eq!(with(change), Err(code));
    }
}

#[test]
fn what_a_share_lacks_for_an_exception_comes_from_the_reserve_and_goes_back() {
    let mut world = with_share(in_litres(100));
    let mut budget = plan(in_litres(130)).share(in_litres(100).sum(), Sum::ZERO, now_month()).unwrap();
    world.fill(&ask("DT", litres(90)));
    assert!(matches!(grant(&mut world, &mut budget, litres(41)), Err(GrantRefused::NoReserve(_))));
    let lent = grant(&mut world, &mut budget, litres(35)).unwrap();
    assert_eq!((lent.litres, budget.reserve(now_month()).litres), (litres(25), litres(5)));
    // Another fill does not get at what was lent.
    assert_eq!(world.authorize(&ask("DTZ", litres(11))).unwrap_err(), [ReasonCode::BudgetExceeded]);
    world.fill(&ask("DT", litres(20)));
    let around = (&world.account, &world.catalogue);
    let (_, back) = world.card.ended_exception(&world.allowance, around.0, around.1, world.now).unwrap();
    assert_eq!(back.litres, litres(15), "ten of the 25 were needed");
    assert_eq!(world.authorize(&ask("DT", litres(1))).unwrap_err(), [ReasonCode::BudgetExceeded]);
    // The next one is lent what the one before gives back, and no more than the reserve then has.
    assert_eq!(grant(&mut world, &mut budget, litres(20)).unwrap().litres, litres(20));
    assert_eq!(budget.reserve(now_month()).litres, Millilitres::ZERO);
    world.pass(60);
    let (_, back) = world.card.ended_exception(&world.allowance, &world.account, &world.catalogue, world.now).unwrap();
    assert_eq!(back.litres, litres(20), "unused, it gives all of it back");
    // A month on nothing is lent any more, and the share is as it was.
    world.now = at("2026-12-01T09:00:00Z");
    let (_, back) = world.card.ended_exception(&world.allowance, &world.account, &world.catalogue, world.now).unwrap();
    assert_eq!(back, Sum::ZERO);
    assert!(world.authorize(&ask("DT", litres(100))).is_ok());
}

#[test]
fn an_exception_is_small_where_it_lies() {
    let exception = Exception {
        number: 12_345,
        product: Some(product("DT")),
        quantity: litres(99_999),
        granted_at: now(),
        until: now() + TimeDelta::hours(24),
        lent: Lent { month: now_month(), sum: Sum { roubles: roubles(1_000_000), litres: litres(99_999) } },
    };
    let text = serde_json::to_string(&exception).unwrap();
    assert!(text.len() <= 160, "{} bytes", text.len());
    assert_eq!(serde_json::from_str::<Exception>(&text).unwrap(), exception);
    let share = Share { portion: Portion { roubles: Some(roubles(1)), litres: None }, lent: exception.lent };
    assert_eq!(serde_json::from_str::<Share>(&serde_json::to_string(&share).unwrap()).unwrap(), share);
}
