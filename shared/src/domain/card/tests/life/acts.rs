//! What may happen to a card.

use super::super::*;
use crate::domain::PromotionId;
use crate::domain::promotion::{Discount, Percent, TermsId};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(super) enum Act {
    Ask {
        code: &'static str,
        price: i64,
        quantity: i64,
        partial_ok: bool,
    },
    /// Which authorization, per mille of its hold.
    Capture(usize, i64),
    Reverse(usize),
    /// Which authorization, per mille of its purchase; `None` is all that is left.
    Refund(usize, Option<i64>),
    Expire,
    Pass(i64),
    Pay(i64),
    /// Which set of limits from now on.
    Rules(usize),
    /// Which promotions from now on, as bits.
    Join(u32),
    /// By whom, and whether it begins or ends.
    Block(Side, bool),
}

pub(super) fn some_act() -> impl Strategy<Value = Act> {
    let code = prop::sample::select(vec!["DT", "DT", "AI92", "CNG", "WASH"]);
    let asked = (code, 1i64..9_999, 1i64..60_000, any::<bool>())
        .prop_map(|(code, price, quantity, partial_ok)| Act::Ask { code, price, quantity, partial_ok });
    prop_oneof![
        6 => asked,
        4 => (any::<usize>(), prop_oneof![Just(1_000), 0i64..1_100]).prop_map(|(which, part)| Act::Capture(which, part)),
        1 => any::<usize>().prop_map(Act::Reverse),
        2 => (any::<usize>(), prop_oneof![Just(None), (1i64..700).prop_map(Some)]).prop_map(|(which, part)| Act::Refund(which, part)),
        1 => Just(Act::Expire),
        3 => prop_oneof![1i64..40, 200i64..3_000, Just(40_000)].prop_map(Act::Pass),
        1 => (1i64..1_000_000).prop_map(Act::Pay),
        1 => (0usize..4).prop_map(Act::Rules),
        2 => (0u32..32).prop_map(Act::Join),
        1 => (prop::sample::select(vec![Side::Client, Side::Staff]), any::<bool>(), 0..3).prop_map(|(by, on, often)| Act::Block(by, on && often == 0)),
    ]
}

/// Limits of which the first set has one of each kind.
pub(super) fn limits(which: usize) -> Vec<Limit> {
    match which {
        0 => vec![
            limit(Cap::Litres(litres(100)), Period::Day, &[]),
            limit(Cap::Litres(litres(60)), Period::Day, &["DT"]),
            limit(Cap::Roubles(roubles(9_000)), Period::Week, &[]),
            limit(Cap::Fills(7), Period::Day, &[]),
            limit(Cap::Litres(litres(400)), Period::Month, &["DT", "AI92"]),
            limit(Cap::Roubles(roubles(50_000)), Period::Year, &["CNG", "WASH", "DT"]),
            limit(Cap::Litres(litres(50)), Period::Transaction, &[]),
        ],
        1 => Vec::new(),
        2 => vec![limit(Cap::Fills(3), Period::Month, &["DT"]), limit(Cap::Litres(litres(70)), Period::Week, &[])],
        _ => vec![limit(Cap::Roubles(roubles(5_000)), Period::Quarter, &[])],
    }
}

/// Promotions of each kind, some with a minimum, some of a product, one that ends before the others.
pub(super) fn offers() -> Offers {
    let off = |kopecks| Discount::PerUnit(Kopecks::new(kopecks));
    let percent = |hundredths| Discount::Percent(Percent::new(hundredths).unwrap());
    let sales = [
        (off(150), 0, &[][..], "2027-12-31"),
        (percent(333), 20, &["DT", "CNG"], "2027-12-31"),
        (off(99_999), 55, &["AI92"], "2027-12-31"),
        (percent(10_000), 58, &["DT"], "2026-12-02"),
    ];
    let sales = sales.into_iter().zip(1..).map(|((discount, minimum, of, to), place)| Terms {
        id: TermsId::new(place + 100),
        promotion: PromotionId::new(place).unwrap(),
        from: "2026-11-01".parse().unwrap(),
        to: to.parse().unwrap(),
        products: products(of),
        stations: Vec::new(),
        companies: Vec::new(),
        discount,
        minimum: litres(minimum),
    });
    sales.fold(Offers::default(), |offers, terms| offers.with(terms, now()))
}
