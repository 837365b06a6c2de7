//! What may happen to a card and its budget.

use super::super::*;
use crate::domain::budget::Portion;
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(super) enum Act {
    Ask(&'static str, i64, bool),
    /// Which, per mille of its hold; zero is a reverse.
    Capture(usize, i64),
    Expire,
    /// Which, per mille of its purchase.
    Refund(usize, i64),
    Rules(usize),
    Block(bool),
    Share(Portion),
    Carry(bool),
    Grant(Option<&'static str>, i64),
    Sweep,
    Pass(i64),
}

fn some_portion() -> impl Strategy<Value = Portion> {
    (prop::option::of(0i64..900_000), prop::option::of(0i64..120_000)).prop_map(|(roubles, litres)| Portion {
        roubles: roubles.map(Kopecks::new),
        litres: litres.map(Millilitres::new),
    })
}

pub(super) fn some_act() -> impl Strategy<Value = Act> {
    let code = || prop::sample::select(vec!["DT", "DT", "AI92", "CNG"]);
    prop_oneof![
        6 => (code(), 1i64..60_000, any::<bool>()).prop_map(|(code, quantity, part)| Act::Ask(code, quantity, part)),
        4 => (any::<usize>(), prop_oneof![Just(1_000), Just(0), 1i64..1_100]).prop_map(|(at, part)| Act::Capture(at, part)),
        1 => Just(Act::Expire),
        1 => (any::<usize>(), 1i64..1_000).prop_map(|(at, part)| Act::Refund(at, part)),
        1 => (0usize..4).prop_map(Act::Rules),
        1 => any::<bool>().prop_map(Act::Block),
        3 => some_portion().prop_map(Act::Share),
        1 => any::<bool>().prop_map(Act::Carry),
        2 => (prop::option::of(code()), 1i64..60_000).prop_map(|(code, quantity)| Act::Grant(code, quantity)),
        1 => Just(Act::Sweep),
        4 => prop_oneof![1i64..40, Just(700), Just(40_000), Just(80_000)].prop_map(Act::Pass),
    ]
}

pub(super) fn rules(which: usize) -> Vec<Limit> {
    match which {
        0 => Vec::new(),
        1 => vec![day_litres(60)],
        2 => vec![limit(Cap::Fills(2), Period::Day, &["DT"]), limit(Cap::Litres(litres(90)), Period::Month, &[])],
        _ => vec![limit(Cap::Roubles(roubles(4_000)), Period::Week, &[]), day_litres(30)],
    }
}
