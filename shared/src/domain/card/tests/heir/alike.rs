//! A card that is lost and replaced stands as it would have if it had not been: what is left of its limits and of its share,
//! what was carried over, whether its exception may be used.

use super::*;
use crate::domain::budget::{Portion, Share, Sum};
use crate::domain::window::WindowId;

/// How a card stands, whichever card it is now.
#[derive(Debug, PartialEq)]
struct Stand {
    left: Vec<crate::domain::authorization::Remaining>,
    used: Sum,
    carried: Sum,
    excepted: bool,
    money: Kopecks,
}

impl Family {
    fn with_share(funding: Funding, portion: Portion, carry_over: bool) -> Self {
        let mut family = Self::new(funding, roubles(1_000_000));
        family.world.allowance.share = Share::new(portion);
        family.world.account.carry_over = CarryOver::default().set(carry_over, WindowId::new(0));
        family
    }

    fn stand(&self) -> Stand {
        let (card, World { allowance, account, catalogue, rules, now, .. }) = (self.cards.last().unwrap(), &self.world);
        let share = card.share_use(&allowance.share, account, catalogue, *now);
        let purses = self.cards.iter().fold(Kopecks::ZERO, |sum, card| sum.saturating_add(card.purse));
        Stand {
            left: card.limit_use(rules, catalogue, account.zone, *now).iter().map(|one| one.remaining).collect(),
            used: share.used.plus(share.held),
            carried: share.carried,
            excepted: card.open_exception(allowance, product("DT"), *now).is_some(),
            money: if card.funding == Funding::Purse { purses } else { account.available },
        }
    }

    fn has_room(&self) -> bool {
        self.cards.iter().map(|card| card.open_holds(self.world.now).count()).sum::<usize>() < 3
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_card_that_was_replaced_stands_as_if_it_had_not_been(
        acts in prop::collection::vec(prop_oneof![8 => some_act(), 1 => Just(Act::Pass(45_000))], 1..40),
        purse in any::<bool>(),
        carry_over in any::<bool>(),
        shared in (prop::option::of(0i64..3_000_000), prop::option::of(0i64..300_000)),
    ) {
        let funding = if purse { Funding::Purse } else { Funding::Account };
        let portion = Portion { roubles: shared.0.map(Kopecks::new), litres: shared.1.map(Millilitres::new) };
        let mut one = Family::with_share(funding, portion, carry_over);
        let mut many = Family::with_share(funding, portion, carry_over);
        for act in &acts {
            // A hold on a lost card takes no place on the next one, so the pump may have more of them.
            if matches!(act, Act::Ask(..)) && !one.has_room() {
                continue;
            }
            for family in [&mut one, &mut many] {
                family.act(&Act::Expire);
            }
            if !matches!(act, Act::Replace) {
                one.act(act);
            }
            many.act(act);
            for family in [&mut one, &mut many] {
                family.act(&Act::Expire);
            }
            prop_assert_eq!(one.all.len(), many.all.len());
            prop_assert_eq!(one.stand(), many.stand());
        }
    }
}
