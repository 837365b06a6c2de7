//! What promotions do to a fill: fixed at its approval, taken off at its capture, taken back by its return.

use super::*;
use crate::domain::PromotionId;
use crate::domain::authorization::State;
use crate::domain::money::cost;
use crate::domain::promotion::{Discount, Percent, TermsId};
use proptest::prelude::*;

fn terms(place: u32, discount: Discount, minimum: Millilitres) -> Terms {
    Terms {
        id: TermsId::new(place),
        promotion: PromotionId::new(place).unwrap(),
        from: "2026-11-01".parse().unwrap(),
        to: "2026-11-30".parse().unwrap(),
        products: ProductSet::EMPTY,
        stations: Vec::new(),
        companies: Vec::new(),
        discount,
        minimum,
    }
}

fn with(card: Card, all: &[Terms]) -> World {
    let mut world = World::new(card, Vec::new());
    world.offers = all.iter().fold(Offers::default(), |offers, terms| offers.with(terms.clone(), now()));
    world.account.joined = Joined { promotions: all.iter().map(|terms| terms.promotion).collect(), as_of: 0 };
    world
}

#[test]
fn a_hold_sets_the_price_aside_and_the_capture_takes_the_discount_off() {
    let off = terms(1, Discount::PerUnit(Kopecks::new(200)), Millilitres::ZERO);
    let mut world = with(card(), std::slice::from_ref(&off));
    let hold = world.authorize(&ask("DT", litres(40))).unwrap().hold;
    assert_eq!((hold.amount, hold.promotions.as_slice()), (roubles(2_876), &[TermsId::new(1)][..]));
    let held = world.held(&hold);
    world.account.joined = Joined::default();
    let settled = world.capture(&held, litres(40)).unwrap().unwrap();
    assert_eq!((world.account.day_spent, world.account.saved), (roubles(2_796), roubles(80)));
    let returned = world.returned(&settled.authorization, litres(10)).unwrap();
    assert_eq!((returned.amount, returned.discount), (roubles(699), roubles(20)));
    assert!(world.authorize(&ask("DT", litres(1))).unwrap().hold.promotions.is_empty());
}

#[test]
fn a_decline_has_no_promotion() {
    let off = terms(1, Discount::PerUnit(Kopecks::new(200)), Millilitres::ZERO);
    let mut world = with(card(), &[off]);
    world.rules.limits = vec![day_litres(1)];
    assert!(world.authorize(&ask("DT", litres(40))).is_err());
    assert!(ask("DT", litres(40)).to_hold(None, Zone::default(), 30, now()).promotions.is_empty());
}

fn some_discount() -> impl Strategy<Value = Discount> {
    prop_oneof![
        (1i64..20_000).prop_map(|off| Discount::PerUnit(Kopecks::new(off))),
        (1u16..=10_000).prop_map(|hundredths| Discount::Percent(Percent::new(hundredths).unwrap())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50_000))]

    #[test]
    fn returns_of_everything_give_back_exactly_what_was_paid_and_saved(
        discounts in prop::collection::vec((some_discount(), 0i64..60_000), 0..4),
        price in 1i64..9_999,
        quantity in 1i64..60_000,
        parts in prop::collection::vec(1i64..900, 0..8),
        purse in any::<bool>(),
    ) {
        let all: Vec<Terms> = discounts.into_iter().zip(1..).map(|((discount, minimum), place)| {
            terms(place, discount, Millilitres::new(minimum))
        }).collect();
        let money = roubles(1_000_000);
        let mut world = with(if purse { purse_card(money) } else { card() }, &all);
        let asked = Ask { price: Kopecks::new(price), ..ask("DT", Millilitres::new(quantity)) };
        let hold = world.authorize(&asked).unwrap().hold;
        let held = world.held(&hold);
        let mut purchase = world.capture(&held, hold.quantity).unwrap().unwrap().authorization;
        let State::Captured(bought) = purchase.state.clone() else { panic!("{purchase:?}") };
        prop_assert_eq!(bought.amount.saturating_add(bought.discount), cost(hold.quantity, hold.price));
        let (mut left, mut back, mut lost) = (quantity, Kopecks::ZERO, Kopecks::ZERO);
        let pieces: Vec<i64> = parts.iter().map(|part| left * part / 1_000).collect();
        for piece in pieces.into_iter().map(Some).chain([None]) {
            let piece = piece.unwrap_or(left).min(left);
            if piece == 0 {
                continue;
            }
            left -= piece;
            let returned = world.returned(&purchase, Millilitres::new(piece)).unwrap();
            prop_assert!(returned.amount >= Kopecks::ZERO && returned.discount >= Kopecks::ZERO);
            back = back.saturating_add(returned.amount);
            lost = lost.saturating_add(returned.discount);
            prop_assert!(back <= bought.amount && lost <= bought.discount);
            world.write(returned.card, returned.account);
            purchase = returned.authorization;
        }
        prop_assert_eq!((back, lost), (bought.amount, bought.discount));
        let has = if purse { world.card.purse } else { world.account.balance };
        prop_assert_eq!((has, world.account.saved), (money, Kopecks::ZERO));
    }
}
