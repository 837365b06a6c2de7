//! Ends of holds, refunds, and that each happens once.

use super::*;
use crate::domain::authorization::{Capture, Flag, State};
use crate::domain::usage::Tally;

fn purchase(authorization: &Authorization) -> &Capture {
    match &authorization.state {
        State::Captured(capture) => capture,
        other => panic!("not captured: {other:?}"),
    }
}

fn used_today(world: &World) -> Tally {
    world.card.usage.used(Period::Day, &world.account.zone.windows(world.now), |_| true)
}

/// A world with 40 l of diesel on hold.
fn holding(card: Card, limits: Vec<Limit>) -> (World, Authorization) {
    let mut world = World::new(card, limits);
    let hold = world.authorize(&ask("DT", litres(40))).unwrap().hold;
    let held = world.held(&hold);
    (world, held)
}

#[test]
fn the_remainder_is_back_in_the_same_write() {
    let (mut world, held) = holding(card(), vec![day_litres(40)]);
    let settled = world.capture(&held, Millilitres::new(31_500)).unwrap().unwrap();
    let posted = purchase(&settled.authorization);
    assert_eq!((posted.amount, posted.vat_percent), (Kopecks::new(226_485), 22));
    assert_eq!((posted.flags.as_slice(), posted.funding), (&[][..], Funding::Account));
    assert_eq!((world.account.held, world.account.day_spent), (Kopecks::ZERO, Kopecks::new(226_485)));
    assert_eq!(world.account.available, world.account.balance);
    assert!(world.card.holds.is_empty() && settled.purse == PurseSpending::default());
    assert_eq!(used_today(&world), Tally { quantity: Millilitres::new(31_500), amount: posted.amount, fills: 1 });
    assert!(world.authorize(&ask("DT", Millilitres::new(8_500))).is_ok());
}

#[test]
fn a_purse_pays_for_a_purse_card() {
    let (mut world, held) = holding(purse_card(roubles(3_000)), Vec::new());
    let before = world.account.clone();
    let settled = world.capture(&held, litres(40)).unwrap().unwrap();
    assert_eq!((world.card.purse, settled.purse.amount), (roubles(124), roubles(2_876)));
    assert_eq!(world.account, before);
    let refunded = world.returned(&settled.authorization, litres(10)).unwrap();
    assert_eq!((refunded.amount, refunded.purse.amount, refunded.account), (roubles(719), roubles(-719), None));
    assert_eq!(refunded.card.purse, roubles(843));
}

#[test]
fn a_repeated_capture_changes_nothing_and_another_is_refused() {
    let (mut world, held) = holding(card(), Vec::new());
    let posted = world.capture(&held, litres(30)).unwrap().unwrap().authorization;
    assert_eq!(world.capture(&posted, litres(30)), Ok(None));
    assert_eq!(world.capture(&posted, litres(29)), Err(CaptureRefused::AlreadyCaptured));
    assert_eq!(world.capture(&posted, Millilitres::ZERO), Err(CaptureRefused::AlreadyCaptured));
    assert_eq!(world.card.reverse(&posted, world.now), Err(ReverseRefused));
}

#[test]
fn a_capture_of_nothing_is_a_reverse_and_a_reverse_repeats() {
    let (mut world, held) = holding(card(), Vec::new());
    let reversed = world.capture(&held, Millilitres::ZERO).unwrap().unwrap().authorization;
    assert!(matches!(reversed.state, State::Reversed { .. }));
    assert_eq!((world.account.held, world.account.available), (Kopecks::ZERO, world.account.balance));
    assert_eq!(used_today(&world), Tally::default());
    assert_eq!(world.capture(&reversed, Millilitres::ZERO), Ok(None));
    assert_eq!(world.card.reverse(&reversed, world.now), Ok(None));
}

#[test]
fn fuel_that_is_gone_is_posted_and_flagged() {
    let over = {
        let (mut world, held) = holding(card(), vec![day_litres(40)]);
        let settled = world.capture(&held, litres(41)).unwrap().unwrap();
        assert_eq!(used_today(&world).quantity, litres(41));
        settled.authorization
    };
    assert_eq!(purchase(&over).flags, [Flag::OverCaptured]);

    let (mut world, held) = holding(card(), Vec::new());
    world.pass(30);
    let late = world.capture(&held, litres(40)).unwrap().unwrap().authorization;
    assert_eq!(purchase(&late).flags, [Flag::Late], "its hold still lay on the card");
    assert_eq!(world.account.held, Kopecks::ZERO);

    let (mut world, held) = holding(card(), Vec::new());
    let reversed = world.capture(&held, Millilitres::ZERO).unwrap().unwrap().authorization;
    let after = world.capture(&reversed, litres(40)).unwrap().unwrap().authorization;
    assert_eq!(purchase(&after).flags, [Flag::Late]);
    assert!(world.account.identity_holds() && world.account.held == Kopecks::ZERO);
    assert_eq!(world.capture(&after, litres(40)), Ok(None));

    let (mut world, held) = holding(card(), Vec::new());
    world.pass(31);
    let expiry = world.card.expire(world.now).unwrap();
    assert_eq!((expiry.expired.len(), expiry.account.unwrap().available), (1, roubles(2_876)));
    world.write(expiry.card, expiry.account);
    assert_eq!(world.card.expire(world.now), None);
    let dropped = Authorization { state: State::Expired { at: world.now }, ..held };
    assert_eq!(world.card.reverse(&dropped, world.now), Ok(None), "nothing is set aside any more");
    let late = world.capture(&dropped, litres(45)).unwrap().unwrap().authorization;
    assert_eq!(purchase(&late).flags, [Flag::OverCaptured, Flag::Late]);
    assert!(world.account.identity_holds());
}

#[test]
fn an_expired_hold_that_still_lies_there_can_be_reversed() {
    let (mut world, held) = holding(card(), Vec::new());
    world.pass(60);
    let settled = world.card.reverse(&held, world.now).unwrap().unwrap();
    world.write(settled.card, settled.account);
    assert_eq!((world.account.held, world.card.holds.len()), (Kopecks::ZERO, 0));
}

#[test]
fn a_declined_ask_has_nothing_to_capture_or_reverse() {
    let world = World::new(card(), Vec::new());
    let hold = ask("DT", litres(40)).to_hold(Some(PRICE), Zone::default(), 30, world.now);
    assert_eq!((hold.asked, hold.quantity, hold.amount), (litres(40), Millilitres::ZERO, Kopecks::ZERO));
    let declined = Authorization { state: State::Declined { at: world.now, reasons: Vec::new() }, ..world.held(&hold) };
    assert_eq!(declined.decision(), crate::domain::authorization::Verdict::Declined);
    assert_eq!(world.card.capture(&declined, litres(1), &[], &world.sale(), world.now), Err(CaptureRefused::Declined));
    assert_eq!(world.card.reverse(&declined, world.now), Ok(None));
    assert_eq!(world.returned(&declined, litres(1)), Err(RefundRefused::NotCaptured));
}

#[test]
fn a_fill_belongs_to_the_day_of_its_approval() {
    let mut world = World::new(card(), vec![day_litres(40)]);
    world.now = at("2026-11-22T20:50:00Z"); // 23:50 in Moscow
    let hold = world.authorize(&ask("DT", litres(40))).unwrap().hold;
    world.pass(20);
    let next_day = world.authorize(&ask("DT", litres(40)));
    assert!(next_day.is_ok(), "yesterday's hold is not today's");
    let held = world.held(&hold);
    let posted = world.capture(&held, litres(40)).unwrap().unwrap();
    assert_eq!(used_today(&world), Tally::default());
    assert_eq!(world.account.day.to_string(), "2026-11-23", "money is spent when it is posted");
    let month = world.card.usage.used(Period::Month, &hold.windows(), |_| true);
    assert_eq!(month.quantity, litres(40));
    let refunded = world.returned(&posted.authorization, litres(40)).unwrap();
    let month = refunded.card.usage.used(Period::Month, &hold.windows(), |_| true);
    assert_eq!((month.quantity, month.fills), (Millilitres::ZERO, 1));
}

#[test]
fn refunds_never_exceed_the_purchase_and_the_last_takes_the_rounding() {
    let mut world = World::new(card(), vec![day_litres(40), limit(Cap::Fills(2), Period::Day, &[])]);
    let mut purchased = world.fill(&Ask { price: Kopecks::new(1_001), ..ask("DT", litres(1)) });
    let mut back = Vec::new();
    for quantity in [250; 4] {
        let refunded = world.returned(&purchased, Millilitres::new(quantity)).unwrap();
        world.write(refunded.card, refunded.account);
        purchased = refunded.authorization;
        back.push(refunded.amount.get());
    }
    assert_eq!(back, [250, 250, 250, 251]);
    assert_eq!(purchase(&purchased).refunded_amount, purchase(&purchased).amount);
    assert_eq!(world.returned(&purchased, Millilitres::new(1)), Err(RefundRefused::MoreThanCaptured));
    assert_eq!(world.returned(&purchased, Millilitres::ZERO), Err(RefundRefused::Nothing));
    assert_eq!(used_today(&world), Tally { fills: 1, ..Tally::default() }, "the fill stays a fill");
    assert_eq!((world.account.balance, world.account.day_spent), (roubles(1_000_000), Kopecks::ZERO));
    assert!(world.authorize(&ask("DT", litres(40))).is_ok(), "the litres are back");
}

#[test]
fn many_small_refunds_that_round_up_stop_at_what_was_paid() {
    let mut world = World::new(card(), Vec::new());
    // 5 kopecks a unit, ten tenths of half a kopeck each: each alone would round up to a kopeck.
    let mut purchased = world.fill(&Ask { price: Kopecks::new(5), ..ask("GOODS", litres(1)) });
    let mut back = Vec::new();
    for _ in 0..10 {
        let refunded = world.returned(&purchased, Millilitres::new(100)).unwrap();
        back.push(refunded.amount.get());
        purchased = refunded.authorization;
    }
    assert_eq!(back, [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
}

#[test]
fn a_discount_comes_back_in_proportion() {
    let mut world = World::new(card(), Vec::new());
    let mut purchased = world.fill(&Ask { price: roubles(1), ..ask("GOODS", litres(100)) });
    let State::Captured(capture) = &mut purchased.state else { panic!() };
    (capture.discount, capture.amount) = (roubles(10), roubles(90));
    let half = world.returned(&purchased, litres(50)).unwrap();
    assert_eq!(half.amount, roubles(45));
    assert_eq!(world.returned(&half.authorization, litres(50)).unwrap().amount, roubles(45));
}

#[test]
fn money_goes_to_where_the_card_is_funded_now() {
    let (mut world, held) = holding(card(), Vec::new());
    world.card = Card { funding: Funding::Purse, purse: roubles(5_000), ..world.card.edited() };
    let settled = world.capture(&held, litres(40)).unwrap().unwrap();
    assert_eq!((world.card.purse, settled.purse.amount), (roubles(2_124), roubles(2_876)));
    assert_eq!(settled.account, Some(AccountMove::release(roubles(2_876))), "the account's hold is let go");
    assert_eq!(purchase(&settled.authorization).funding, Funding::Purse);
    assert!(world.account.identity_holds());

    world.card = Card { funding: Funding::Account, ..world.card.edited() };
    let refunded = world.returned(&settled.authorization, litres(40)).unwrap();
    assert_eq!(
        (refunded.account, refunded.purse.amount),
        (Some(AccountMove::refund(roubles(2_876), litres(40))), Kopecks::ZERO)
    );
}

#[test]
fn the_accounts_day_and_month_turn_by_themselves() {
    let account = Account { day_spent: roubles(5), month_spent: roubles(50), ..account(roubles(100)) };
    let spend = AccountMove::purchase(roubles(1), litres(1), Kopecks::ZERO);
    let seen = ["2026-11-21", "2026-11-22", "2026-11-23", "2026-12-22", "2027-11-22"].map(|today| {
        let after = account.after(&spend, today.parse().unwrap()).unwrap();
        (after.day_spent, after.month_spent)
    });
    let one = roubles(1);
    assert_eq!(
        seen,
        [(roubles(6), roubles(51)), (roubles(6), roubles(51)), (one, roubles(51)), (one, one), (one, one)]
    );
    let much = AccountMove::refund(Kopecks::new(i64::MAX), Millilitres::ZERO);
    assert_eq!(account.after(&much, account.day), None);
}
