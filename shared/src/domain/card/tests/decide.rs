//! What is approved, what is declined, and what is said about it.

use super::*;
use crate::domain::authorization::Verdict;
use crate::domain::rules::{Choice, Schedule, TimeOfDay, Weekdays};

fn codes(decision: &Decision) -> Vec<&'static str> {
    match decision {
        Decision::Approved(_) => Vec::new(),
        Decision::Declined(refusal) => refusal.reasons.iter().map(|reason| reason.code.as_str()).collect(),
    }
}

#[test]
fn forty_litres_of_diesel_are_held_at_their_cost() {
    let mut world = World::new(card(), vec![day_litres(100)]);
    let ask = ask("DT", litres(40));
    let approval = world.authorize(&ask).unwrap();
    let hold = &approval.hold;
    assert_eq!((hold.quantity, hold.amount), (litres(40), roubles(2_876)));
    assert_eq!(hold.expires_at, now() + TimeDelta::minutes(30));
    assert_eq!((hold.offset_minutes, hold.price_mismatch()), (180, false));
    assert_eq!(world.held(hold).decision(), Verdict::Approved);
    assert_eq!(world.account.held, roubles(2_876));
    assert_eq!(world.card.last_product, Some(product("DT")));
    assert_eq!(world.card.hold_of(ask.request), Some(hold));
    assert_eq!((world.card.version, world.card.edition), (2, 1), "a fill never moves the ETag");
}

#[test]
fn what_is_left_of_a_limit_is_approved_in_part() {
    let mut world = World::new(card(), vec![limit(Cap::Litres(Millilitres::new(31_500)), Period::Day, &[])]);
    assert_eq!(codes(&world.decide(&ask("DT", litres(40)))), ["limit_exceeded"]);
    let approval = world.authorize(&partial("DT", litres(40))).unwrap();
    assert_eq!((approval.hold.asked, approval.hold.quantity), (litres(40), Millilitres::new(31_500)));
    assert_eq!(world.held(&approval.hold).decision(), Verdict::Partial);
    let shortfall = approval.hold.shortfall.unwrap();
    assert_eq!(
        shortfall.receipt(Zone::default(), &world.catalogue),
        "Дневной лимит: осталось 31,50 л, обновится 23.11 в 00:00"
    );
}

#[test]
fn less_than_one_unit_is_no_part() {
    let left =
        |thousandths| World::new(card(), vec![limit(Cap::Litres(Millilitres::new(thousandths)), Period::Day, &[])]);
    assert_eq!(codes(&left(999).decide(&partial("DT", litres(40)))), ["limit_exceeded"]);
    assert!(left(1_000).authorize(&partial("DT", litres(40))).is_ok());
    assert!(left(999).authorize(&ask("DT", Millilitres::new(999))).is_ok(), "a small ask in whole is fine");
}

#[test]
fn reasons_come_in_the_order_of_checking_and_all_of_them() {
    let mut blocked = card();
    blocked.closed = true;
    blocked.blocked_by_staff = true;
    blocked.valid_until = "2026-11-21".parse().unwrap();
    let mut world = World::new(blocked, vec![day_litres(5)]);
    world.account = Account { status: CompanyStatus::Suspended, ..account(roubles(1)) };
    world.rules.products = Some(Choice::Allow(products(&["AI92"])));
    world.rules.stations = Some(Choice::Deny([station("012")].into()));
    world.rules.schedule = Some(Schedule {
        weekdays: Weekdays::from_iso(&[1]).unwrap(),
        from: TimeOfDay::parse("00:00").unwrap(),
        to: TimeOfDay::END,
    });
    let mut no_holds = world.facts();
    no_holds.holds_max = 0;
    no_holds.station_closed = true;
    let decision = world.card.authorize(&partial("DT", litres(40)), &no_holds, world.now);
    let expected = [
        "company_suspended",
        "card_closed",
        "card_expired",
        "card_blocked",
        "too_many_holds",
        "product_not_allowed",
        "station_closed",
        "station_not_allowed",
        "time_not_allowed",
        "limit_exceeded",
        "insufficient_funds",
    ];
    assert_eq!(codes(&decision), expected);
    let order: Vec<ReasonCode> = expected.iter().map(|code| code.parse().unwrap()).collect();
    assert!(order.is_sorted());
}

#[test]
fn at_a_closed_station_nothing_passes_and_a_hold_still_ends() {
    let mut world = World::new(card(), Vec::new());
    let approval = world.authorize(&partial("DT", litres(40))).unwrap();
    let closed = Facts { station_closed: true, ..world.facts() };
    for ask in [ask("DT", litres(1)), partial("AI92", litres(1)), ask("WASH", litres(1))] {
        assert_eq!(codes(&world.card.authorize(&ask, &closed, world.now)), ["station_closed"]);
    }
    let shown = world.card.check(product("DT"), PRICE, Some(&station("012")), &closed, world.now);
    let of_station: Vec<_> = shown.iter().filter(|outcome| outcome.rule == RuleName::Station).collect();
    assert!(matches!(of_station.as_slice(), [one] if !one.passes(litres(1))), "one thing is wrong with it");
    let anywhere = world.card.check(product("DT"), PRICE, None, &closed, world.now);
    assert!(anywhere.iter().all(|outcome| outcome.rule != RuleName::Station), "no station, nothing of it");
    let held = world.held(&approval.hold);
    assert!(world.capture(&held, litres(40)).unwrap().is_some());
}

#[test]
fn the_binding_limit_comes_first_and_the_slowest_among_equals() {
    let limits = vec![
        day_litres(30),
        limit(Cap::Roubles(roubles(719)), Period::Week, &[]),
        limit(Cap::Litres(litres(20)), Period::Month, &[]),
        limit(Cap::Litres(litres(10)), Period::Year, &["DT"]),
    ];
    let Decision::Declined(Refusal { reasons, .. }) = World::new(card(), limits).decide(&ask("DT", litres(40))) else {
        panic!()
    };
    let seen: Vec<_> = reasons.iter().map(|r| (r.limit.unwrap().period, r.max_quantity)).collect();
    assert_eq!(
        seen,
        [
            (Period::Year, litres(10)),
            (Period::Week, litres(10)),
            (Period::Month, litres(20)),
            (Period::Day, litres(30))
        ]
    );
}

#[test]
fn cng_is_not_held_by_a_limit_in_litres() {
    let mut world = World::new(card(), vec![day_litres(10), limit(Cap::Fills(2), Period::Day, &[])]);
    assert!(world.authorize(&ask("CNG", litres(40))).is_ok());
    assert!(world.authorize(&ask("DT", litres(10))).is_ok(), "nor does it use one up");
    assert_eq!(codes(&world.decide(&ask("CNG", litres(1)))), ["limit_exceeded"], "two fills are two fills");
}

#[test]
fn a_limit_on_some_products_lets_others_pass() {
    let mut world = World::new(card(), vec![limit(Cap::Litres(litres(10)), Period::Day, &["AI92", "AI95"])]);
    assert!(world.authorize(&ask("DT", litres(40))).is_ok());
    world.fill(&ask("AI92", litres(6)));
    assert_eq!(codes(&world.decide(&ask("AI95", litres(5)))), ["limit_exceeded"]);
    assert!(world.authorize(&ask("AI95", litres(4))).is_ok());
}

#[test]
fn a_limit_set_today_knows_this_month() {
    let mut world = World::new(card(), Vec::new());
    world.fill(&ask("DT", litres(40)));
    world.pass(24 * 60);
    world.rules.limits = vec![limit(Cap::Litres(litres(50)), Period::Month, &["DT"]), day_litres(30)];
    let approval = world.authorize(&partial("DT", litres(40))).unwrap();
    assert_eq!(approval.hold.quantity, litres(10));
    let left = world.card.limit_use(&world.rules, &world.catalogue, Zone::default(), world.now);
    let seen: Vec<_> = left.iter().map(|l| (l.used, l.held, l.remaining)).collect();
    let of = |count| Cap::Litres(litres(count));
    assert_eq!(seen, [(of(50), of(10), of(0)), (of(10), of(10), of(20))]);
    assert_eq!(left[0].resets_at, Some(at("2026-11-30T21:00:00Z")));
}

#[test]
fn days_and_hours_are_the_companys() {
    let mut world = World::new(card(), vec![day_litres(40)]);
    world.account.zone = Zone::parse("Asia/Kamchatka").unwrap();
    let [from, to] = ["06:00", "24:00"].map(|text| TimeOfDay::parse(text).unwrap());
    world.rules.schedule = Some(Schedule { weekdays: Weekdays::from_iso(&[7]).unwrap(), from, to });
    world.now = at("2026-11-22T11:59:59Z"); // the last second of a Sunday there, morning in Moscow
    let filled = world.fill(&ask("DT", litres(40)));
    assert_eq!((filled.hold.offset_minutes, filled.hold.windows()), (720, world.account.zone.windows(world.now)));
    let Decision::Declined(Refusal { reasons, .. }) = world.decide(&ask("DT", litres(1))) else { panic!() };
    assert_eq!(reasons[0].limit.unwrap().resets_at, Some(at("2026-11-22T12:00:00Z")));
    world.now = at("2026-11-22T12:00:00Z");
    assert_eq!(codes(&world.decide(&ask("DT", litres(40)))), ["time_not_allowed"], "a new day, but a Monday");
}

#[test]
fn a_limit_per_transaction_forgets_each_fill() {
    let mut world = World::new(card(), vec![limit(Cap::Litres(litres(40)), Period::Transaction, &[])]);
    for _ in 0..3 {
        world.fill(&ask("DT", litres(40)));
    }
    let Decision::Declined(Refusal { reasons, .. }) = world.decide(&ask("DT", litres(41))) else { panic!() };
    assert_eq!(reasons[0].limit.unwrap().resets_at, None);
    assert_eq!(reasons[0].receipt(Zone::default(), &world.catalogue), "Лимит на одну заправку: не больше 40,00 л");
}

#[test]
fn open_holds_are_bounded_and_expired_ones_are_not_counted() {
    let mut world = World::new(card(), Vec::new());
    for _ in 0..3 {
        world.authorize(&ask("DT", litres(1))).unwrap();
    }
    assert_eq!(codes(&world.decide(&ask("DT", litres(1)))), ["too_many_holds"]);
    world.pass(30);
    let approval = world.authorize(&ask("DT", litres(1))).unwrap();
    assert_eq!((approval.expired.len(), world.card.holds.len()), (3, 1));
}

#[test]
fn the_money_of_an_expired_hold_may_be_spent_at_once() {
    let mut world = World::new(card(), Vec::new());
    world.account = account(roubles(2_876));
    world.authorize(&ask("DT", litres(40))).unwrap();
    assert_eq!(codes(&world.decide(&ask("DT", litres(1)))), ["insufficient_funds"]);
    world.pass(30);
    let approval = world.authorize(&ask("DT", litres(30))).unwrap();
    assert_eq!(approval.account.unwrap().needs, Some(roubles(-719)), "it gives back more than it takes");
    assert_eq!((world.account.available, world.account.held), (roubles(719), roubles(2_157)));
    assert!(world.account.identity_holds());
}

#[test]
fn a_purse_card_spends_its_purse_only() {
    let mut world = World::new(purse_card(roubles(719)), Vec::new());
    world.account = account(Kopecks::ZERO);
    let approval = world.authorize(&partial("DT", litres(40))).unwrap();
    assert_eq!((approval.hold.quantity, approval.account), (Millilitres::new(10_000), None));
    assert_eq!(codes(&world.decide(&ask("DT", litres(1)))), ["insufficient_funds"], "what is on hold is not free");
    world.pass(30);
    assert_eq!(world.authorize(&ask("DT", litres(10))).unwrap().expired, [approval.hold], "what expired is");
    world.account.status = CompanyStatus::Suspended;
    assert_eq!(codes(&world.decide(&ask("DT", litres(1))))[0], "company_suspended");
}

#[test]
fn two_cards_that_race_for_the_money_meet_in_the_writes_condition() {
    let world = World::new(card(), Vec::new());
    let poor = World { account: account(roubles(3_000)), ..world };
    let Decision::Approved(approval) = poor.decide(&ask("DT", litres(40))) else { panic!() };
    let change = approval.account.unwrap();
    let after = poor.account.after(&change, poor.account.day).unwrap();
    assert_eq!(after.after(&change, poor.account.day), None);
}

#[test]
fn the_last_litre_is_sold_once() {
    for (cap, each, settled) in [(100, 30, true), (100, 30, false), (7, 3, true), (3, 3, false), (90, 45, true)] {
        let mut world = World::new(card(), vec![day_litres(cap)]);
        let mut sold = 0;
        for turn in 0..200 {
            let many = Facts { holds_max: 1_000, ..world.facts() };
            if let Decision::Approved(approval) = world.card.authorize(&ask("DT", litres(each)), &many, world.now) {
                sold += 1;
                world.write(approval.card.clone(), approval.account);
                if settled && turn % 2 == 0 {
                    let held = world.held(&approval.hold);
                    world.capture(&held, approval.hold.quantity).unwrap();
                }
            }
        }
        assert_eq!(sold, cap / each, "{cap} l by {each} l");
        let many = Facts { holds_max: 1_000, ..world.facts() };
        let rest = world.card.authorize(&partial("DT", litres(each)), &many, world.now);
        assert_eq!(codes(&rest).is_empty(), cap % each > 0, "the rest goes to who takes part");
    }
}

#[test]
fn another_price_than_the_stations_is_kept() {
    let mut world = World::new(card(), Vec::new());
    let dear = Ask { price: Kopecks::new(7_200), ..ask("DT", litres(1)) };
    assert!(world.authorize(&dear).unwrap().hold.price_mismatch());
    let unlisted = Facts { list_price: None, ..world.facts() };
    let Decision::Approved(approval) = world.card.authorize(&dear, &unlisted, world.now) else { panic!() };
    assert!(!approval.hold.price_mismatch());
}
