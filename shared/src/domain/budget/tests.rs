use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;

const NOVEMBER: WindowId = WindowId::new(2026 * 12 + 10);
const DECEMBER: WindowId = WindowId::new(2026 * 12 + 11);

fn sum(roubles: i64, litres: i64) -> Sum {
    Sum { roubles: Kopecks::new(roubles), litres: Millilitres::new(litres) }
}

fn both(roubles: i64, litres: i64) -> Portion {
    Portion { roubles: Some(Kopecks::new(roubles)), litres: Some(Millilitres::new(litres)) }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn ten_roubles_for_three_are_three_thirty_four_and_twice_three_thirty_three() {
    assert_eq!(split(1_000, &[1, 1, 1]), Some(vec![334, 333, 333]));
    assert_eq!(split(1_000, &[1, 0, 1]), Some(vec![500, 0, 500]));
    // 2.5, 2.5 and 5: of equal remainders the first has the unit.
    assert_eq!(split(10, &[1, 1, 2]), Some(vec![3, 2, 5]));
    assert_eq!(split(0, &[7, 9]), Some(vec![0, 0]));
    assert_eq!((split(10, &[]), split(10, &[0, 0]), split(-1, &[1])), (None, None, None));
}

#[test]
fn what_is_shared_and_the_reserve_are_the_plan() {
    let budget = Budget::default().with_plan(both(1_000, 500), NOVEMBER).unwrap();
    assert_eq!(budget.reserve(NOVEMBER), sum(1_000, 500));
    let shared = budget.share(sum(600, 500), Sum::ZERO, NOVEMBER).unwrap();
    assert_eq!(shared.reserve(NOVEMBER), sum(400, 0));
    assert_eq!(shared.share(sum(401, 1), Sum::ZERO, NOVEMBER), Err(OverDistributed { by: sum(1, 1) }));
    let lent = shared.lend(sum(400, 0), NOVEMBER).unwrap();
    assert_eq!((lent.reserve(NOVEMBER), lent.reserve(DECEMBER)), (Sum::ZERO, sum(400, 0)), "a loan is of one month");
    assert_eq!(lent.lend(sum(1, 0), NOVEMBER), Err(OverDistributed { by: sum(1, 0) }));
    assert_eq!(lent.with_plan(both(999, 500), NOVEMBER), Err(OverDistributed { by: sum(1, 0) }));
    let absorbed = lent.share(sum(400, 0), sum(400, 0), NOVEMBER).unwrap();
    assert_eq!((absorbed.shared, absorbed.lent.of(NOVEMBER)), (sum(1_000, 500), Sum::ZERO));
}

#[test]
fn what_is_carried_over_is_spent_first_and_never_carried_twice() {
    let turn = |used: i64, carried: i64| Turn {
        month: DECEMBER,
        used: sum(used, 0),
        share: Portion { roubles: Some(Kopecks::new(100)), litres: None },
        carried: sum(carried, 0),
    };
    let left = |used, carried| turn(used, carried).carries(Sum::ZERO).roubles.get();
    assert_eq!((left(30, 0), left(100, 0), left(130, 0)), (70, 0, 0));
    // Of 150 the 50 that came over go first: 30 spent leave the share whole, and no more than the share.
    assert_eq!((left(30, 50), left(50, 50), left(60, 50), left(0, 50)), (100, 100, 90, 100));
    assert_eq!(turn(30, 0).carries(sum(20, 9)), sum(50, 0), "what is still held does not come over");
    let none = Turn { share: Portion::default(), ..turn(30, 0) };
    assert_eq!(none.carries(Sum::ZERO), Sum::ZERO);
}

#[test]
fn a_change_of_carrying_over_holds_from_the_end_of_its_month() {
    let off = CarryOver::default();
    let on = off.set(true, NOVEMBER);
    assert_eq!((on.into(NOVEMBER), on.into(DECEMBER)), (false, true));
    let off_again = on.set(false, NOVEMBER);
    assert_eq!((off_again.into(NOVEMBER), off_again.into(DECEMBER)), (false, false));
    let off_later = on.set(false, DECEMBER);
    assert_eq!((off_later.into(DECEMBER), off_later.into(WindowId::new(DECEMBER.get() + 1))), (true, false));
}

#[test]
fn a_forecast_needs_seven_days_and_says_on_how_many_it_stands() {
    let pace = |today: &str, litres: i64| Pace { since: date("2026-11-01"), today: date(today), used: sum(0, litres) };
    let left = |litres| Portion { roubles: None, litres: Some(Millilitres::new(litres)) };
    let last = date("2026-11-30");
    assert_eq!(forecast(&pace("2026-11-06", 9_000), left(1), last), None);
    // 310 l a day; 1,240 l are four more days.
    let found = forecast(&pace("2026-11-20", 20 * 310_000), left(1_240_000), last).unwrap();
    assert_eq!((found.days, found.per_day.litres.get(), found.until), (20, 310_000, Some(date("2026-11-24"))));
    let ample = forecast(&pace("2026-11-20", 20 * 310_000), left(9_000_000), last).unwrap();
    assert_eq!(ample.until, None, "it outlasts the month");
    assert_eq!(forecast(&pace("2026-11-20", 0), left(1), last), None);
    let overspent = forecast(&pace("2026-11-20", 1), left(-5), last).unwrap();
    assert_eq!(overspent.until, Some(date("2026-11-20")));
}

#[test]
fn a_turn_fits_35_bytes_with_a_trucks_figures() {
    let turn = Turn {
        month: DECEMBER,
        used: sum(90_000_000, 12_000_000),
        share: both(90_000_000, 12_000_000),
        carried: sum(90_000_000, 12_000_000),
    };
    let bytes = turn.to_bytes();
    assert!(bytes.len() <= 35, "{} bytes", bytes.len());
    assert_eq!(Turn::from_bytes(&bytes), Some(turn));
    for cut in 0..bytes.len() {
        assert_eq!(Turn::from_bytes(&bytes[..cut]), None);
    }
}

fn some_portion() -> impl Strategy<Value = Portion> {
    (prop::option::of(0..1_000_000i64), prop::option::of(0..1_000_000i64)).prop_map(|(roubles, litres)| Portion {
        roubles: roubles.map(Kopecks::new),
        litres: litres.map(Millilitres::new),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn every_division_sums_to_the_last_unit_and_is_fair_to_one(
        total in prop_oneof![0..1_000i64, 0..1_000_000_000_000i64],
        weights in prop::collection::vec(prop_oneof![Just(0u64), 1..10u64, 0..u64::from(u32::MAX), any::<u64>()], 0..12),
    ) {
        let whole: u128 = weights.iter().map(|w| u128::from(*w)).sum();
        match split(total, &weights) {
            None => assert_eq!(whole, 0),
            Some(parts) => {
                assert_eq!(parts.iter().sum::<i64>(), total);
                for (part, weight) in parts.iter().zip(&weights) {
                    let exact = u128::try_from(total).unwrap() * u128::from(*weight);
                    let part = u128::try_from(*part).unwrap();
                    assert!(part * whole < exact + whole && exact < (part + 1) * whole, "{part} of {weight}");
                }
                for (one, two) in weights.iter().zip(&parts).zip(weights.iter().zip(&parts).skip(1)) {
                    assert!(one.0 < two.0 || one.1 >= two.1, "no more for less");
                }
            }
        }
    }

    #[test]
    fn shares_change_in_an_order_in_which_no_write_takes_more_than_there_is(
        shares in prop::collection::vec((some_portion(), some_portion(), any::<bool>()), 0..16),
        spare in (0..100i64, 0..100i64),
        both in any::<bool>(),
    ) {
        let one_measure = |portion: Portion| if both { portion } else { Portion { litres: None, ..portion } };
        let moves: Vec<Move<usize>> = shares
            .iter()
            .enumerate()
            .map(|(card, (taken, portion, same))| {
                let taken = one_measure(*taken);
                Move { card, taken, portion: if *same { taken } else { one_measure(*portion) } }
            })
            .collect();
        let net = moves.iter().fold(Sum::ZERO, |sum, one| sum.plus(one.portion.sum()).less(one.taken.sum()));
        let mut room = net.or_zero().plus(Sum { roubles: Kopecks::new(spare.0), litres: Millilitres::new(spare.1) });
        let mut stand: Vec<Portion> = moves.iter().map(|one| one.taken).collect();
        let writes = order(moves.clone(), room);
        let mut times = vec![0; moves.len()];
        for (card, portion) in &writes {
            room = room.plus(stand[*card].sum()).less(portion.sum());
            prop_assert!(room.is_sound(), "{writes:?}");
            stand[*card] = *portion;
            times[*card] += 1;
        }
        for (one, times) in moves.iter().zip(times) {
            prop_assert_eq!(stand[one.card], one.portion);
            prop_assert!(times == 1 || (times == 2 && both), "written {} times", times);
        }
    }

    #[test]
    fn shares_and_reserve_are_the_plan_after_any_edit(
        plan in some_portion(),
        edits in prop::collection::vec((0..4u8, 0..3usize, some_portion(), any::<bool>()), 0..12),
    ) {
        let mut month = NOVEMBER;
        let mut budget = Budget::default().with_plan(plan, month).unwrap();
        let mut shares = [Share::default(); 3];
        for (what, card, portion, turns) in edits {
            let share = shares[card];
            match what {
                0 => budget = budget.with_plan(portion, month).unwrap_or(budget),
                1 => {
                    let more = portion.sum().less(share.portion.sum());
                    if let Ok(next) = budget.share(more, share.lent.of(month), month) {
                        (budget, shares[card]) = (next, Share::new(portion));
                    }
                }
                2 => {
                    if let Ok(next) = budget.lend(portion.sum(), month) {
                        budget = next;
                        shares[card].lent = share.lent.plus(portion.sum(), month);
                    }
                }
                _ => {
                    let back = share.lent.of(month);
                    budget = budget.lend(back.negated(), month).unwrap();
                    shares[card].lent = share.lent.plus(back.negated(), month);
                }
            }
            if turns {
                month = WindowId::new(month.get() + 1);
            }
            let taken = shares.iter().fold(Sum::ZERO, |sum, share| sum.plus(share.taken(month)));
            assert_eq!(taken.plus(budget.reserve(month)), budget.plan.sum());
            assert!(budget.reserve(month).is_sound());
        }
    }

    #[test]
    fn a_turn_reads_back_as_written(
        month in 0..100_000u32, used in (0..i64::MAX, 0..i64::MAX), share in some_portion(), carried in (0..i64::MAX, 0..i64::MAX),
    ) {
        let carried = if share.is_none() { Sum::ZERO } else { sum(carried.0, carried.1) };
        let turn = Turn { month: WindowId::new(month), used: sum(used.0, used.1), share, carried };
        assert_eq!(Turn::from_bytes(&turn.to_bytes()), Some(turn));
    }

    #[test]
    fn nonsense_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
        if let Some(turn) = Turn::from_bytes(&bytes) {
            let _ = turn.carries(Sum::ZERO);
        }
    }
}
