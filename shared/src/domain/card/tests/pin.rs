//! The PIN at the pump: what passes, what counts as a try, and what three wrong ones do.

use super::*;
use crate::domain::pin::{PIN_TRIES_MAX, Pin, PinState};
use crate::domain::rules::Choice;
use proptest::prelude::*;

/// A world whose card has a PIN and so many wrong tries.
fn world(tries: Option<u8>) -> World {
    World::new(Card { pin_tries: tries, ..card() }, Vec::new())
}

/// Asks for diesel with this PIN; the codes of a decline.
fn ask_with(world: &mut World, pin: PinShown) -> Result<(), Vec<ReasonCode>> {
    let facts = Facts { pin, ..world.facts() };
    match world.card.authorize(&ask("DT", litres(1)), &facts, world.now) {
        Decision::Approved(approval) => {
            world.card = approval.card;
            world.card.holds.clear();
            Ok(())
        }
        Decision::Declined(refusal) => {
            assert_eq!(refusal.card.version, world.card.version + 1);
            world.card = refusal.card;
            Err(refusal.reasons.iter().map(|reason| reason.code).collect())
        }
    }
}

#[test]
fn a_pin_is_four_digits_and_is_never_printed() {
    assert_eq!(Pin::parse("0042").unwrap().reveal(), b"0042");
    for text in ["", "123", "12345", "12a4", "-123", " 123", "１２３４", "1\n34"] {
        assert_eq!(Pin::parse(text).unwrap_err().code, "pin_malformed", "{text}");
    }
    assert_eq!(format!("{:?}", Pin::parse("4071").unwrap()), "***");
}

#[test]
fn a_card_without_a_pin_takes_whatever_is_shown() {
    for shown in [PinShown::Nothing, PinShown::Right, PinShown::Wrong] {
        let mut world = world(None);
        assert_eq!(ask_with(&mut world, shown), Ok(()));
        assert_eq!((world.card.pin_tries, world.card.pin_state()), (None, PinState::None));
    }
}

#[test]
fn three_wrong_pins_in_a_row_lock_and_a_right_one_forgives() {
    let mut world = world(Some(0));
    assert_eq!(ask_with(&mut world, PinShown::Nothing), Err(vec![ReasonCode::PinRequired]));
    assert_eq!(world.card.pin_tries, Some(0), "none given is no try");
    for tries in [1, 2] {
        assert_eq!(ask_with(&mut world, PinShown::Wrong), Err(vec![ReasonCode::PinWrong]));
        assert_eq!(world.card.pin_tries, Some(tries));
    }
    assert_eq!(ask_with(&mut world, PinShown::Right), Ok(()));
    assert_eq!(world.card.pin_tries, Some(0));
    for _ in 0..3 {
        assert_eq!(ask_with(&mut world, PinShown::Wrong), Err(vec![ReasonCode::PinWrong]));
    }
    assert_eq!(world.card.pin_state(), PinState::Locked);
    for shown in [PinShown::Right, PinShown::Wrong] {
        assert_eq!(ask_with(&mut world, shown), Err(vec![ReasonCode::PinLocked]), "nothing is to be learnt by trying");
        assert_eq!(world.card.pin_tries, Some(PIN_TRIES_MAX));
    }
    let both = [ReasonCode::PinRequired, ReasonCode::PinLocked];
    assert_eq!(ask_with(&mut world, PinShown::Nothing), Err(both.into()));
    world.card = world.card.with_tries_forgiven().unwrap();
    assert_eq!(ask_with(&mut world, PinShown::Right), Ok(()));
}

#[test]
fn a_right_pin_forgives_though_another_rule_declines() {
    let mut world = world(Some(2));
    world.rules.products = Some(Choice::Deny(products(&["DT"])));
    assert_eq!(ask_with(&mut world, PinShown::Right), Err(vec![ReasonCode::ProductNotAllowed]));
    assert_eq!(world.card.pin_tries, Some(0));
}

#[test]
fn a_pin_silences_no_other_rule_and_stands_after_the_block() {
    let mut world = world(Some(0));
    world.card.blocked_by_client = true;
    world.rules.products = Some(Choice::Deny(products(&["DT"])));
    let codes = [ReasonCode::CardBlocked, ReasonCode::PinWrong, ReasonCode::ProductNotAllowed];
    assert_eq!(ask_with(&mut world, PinShown::Wrong), Err(codes.into()));
    assert_eq!(world.card.pin_tries, Some(1), "what was compared is counted");
}

#[test]
fn what_is_left_passes_in_part_with_the_right_pin_only() {
    let mut world = World::new(Card { pin_tries: Some(0), ..card() }, vec![day_litres(10)]);
    let part = partial("DT", litres(40));
    let (wrong, right) = (PinShown::Wrong, PinShown::Right);
    let decide = |world: &World, pin| world.card.authorize(&part, &Facts { pin, ..world.facts() }, world.now);
    assert!(matches!(decide(&world, wrong), Decision::Declined(_)));
    assert!(matches!(decide(&world, PinShown::Nothing), Decision::Declined(_)));
    assert!(matches!(decide(&world, right), Decision::Approved(approval) if approval.hold.quantity == litres(10)));
    world.card.pin_tries = Some(PIN_TRIES_MAX);
    assert!(matches!(decide(&world, right), Decision::Declined(_)));
}

#[test]
fn a_check_tells_a_locked_pin_and_nothing_of_another() {
    let pin = |tries| {
        let world = world(tries);
        let outcomes = world.card.check(product("DT"), PRICE, None, &world.facts(), world.now);
        let found = outcomes.into_iter().find(|outcome| outcome.rule == RuleName::Pin);
        found.map(|outcome| outcome.passes(litres(1)))
    };
    assert_eq!((pin(None), pin(Some(2)), pin(Some(3))), (None, Some(true), Some(false)));
}

#[test]
fn people_set_take_away_and_forgive() {
    let card = card();
    assert_eq!((card.without_pin(), card.with_tries_forgiven()), (None, None));
    let set = card.with_pin();
    assert_eq!((set.pin_tries, set.edition, set.version), (Some(0), card.edition + 1, card.version + 1));
    assert_eq!(set.with_tries_forgiven(), None);
    let locked = Card { pin_tries: Some(PIN_TRIES_MAX), ..set };
    assert_eq!(locked.with_pin().pin_state(), PinState::Set, "a new PIN starts anew");
    assert_eq!(locked.without_pin().unwrap().pin_tries, None);
}

proptest! {
    #[test]
    fn tries_are_the_wrong_ones_since_the_last_right_one(shown in prop::collection::vec(0u8..3, 0..40)) {
        let mut world = world(Some(0));
        let mut counted = 0;
        for shown in shown.into_iter().map(|at| [PinShown::Nothing, PinShown::Right, PinShown::Wrong][usize::from(at)]) {
            let locked = counted == PIN_TRIES_MAX;
            let passed = ask_with(&mut world, shown).is_ok();
            prop_assert_eq!(passed, shown == PinShown::Right && !locked);
            match shown {
                PinShown::Right if !locked => counted = 0,
                PinShown::Wrong if !locked => counted += 1,
                _ => {}
            }
            prop_assert_eq!(world.card.pin_tries, Some(counted));
        }
    }
}
