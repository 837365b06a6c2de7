//! Discounts over random promotions, and what may be had when.

use super::*;
use crate::domain::quantity::QUANTITY_MAX;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn id(place: u32) -> PromotionId {
    PromotionId::new(place).unwrap()
}

fn company(number: u32) -> CompanyId {
    CompanyId::new(number).unwrap()
}

fn station(code: &str) -> StationCode {
    StationCode::parse(code).unwrap()
}

fn ix(place: u8) -> ProductIx {
    ProductIx::new(place).unwrap()
}

/// Two roubles off a litre of anything, anywhere, in November.
fn terms(place: u32) -> Terms {
    Terms {
        id: TermsId::new(place),
        promotion: id(place),
        from: day("2026-11-01"),
        to: day("2026-11-30"),
        products: ProductSet::EMPTY,
        stations: Vec::new(),
        companies: Vec::new(),
        discount: Discount::PerUnit(Kopecks::new(200)),
        minimum: Millilitres::ZERO,
    }
}

fn percent(hundredths: u16) -> Discount {
    Discount::Percent(Percent::new(hundredths).unwrap())
}

const PRICE: Kopecks = Kopecks::new(7_190);

#[test]
fn a_discount_is_per_unit_or_a_part_and_never_above_the_price() {
    let litres = Millilitres::new(31_500);
    for (discount, quantity, off) in [
        (Discount::PerUnit(Kopecks::new(200)), litres, 6_300),
        (Discount::PerUnit(Kopecks::new(200)), Millilitres::new(2), 0),
        (Discount::PerUnit(Kopecks::new(200)), Millilitres::new(3), 1),
        (Discount::PerUnit(Kopecks::new(9_000)), litres, 226_485),
        // 5 % of 2 264.85 is 113.2425.
        (percent(500), litres, 11_324),
        (percent(10_000), litres, 226_485),
        (percent(1), Millilitres::new(1), 0),
    ] {
        assert_eq!(discount.of(quantity, PRICE), Kopecks::new(off), "{discount:?} {quantity}");
    }
}

#[test]
fn a_minimum_is_of_what_was_dispensed() {
    let least = Terms { minimum: Millilitres::new(40_000), ..terms(1) };
    assert_eq!(least.discount(Millilitres::new(39_999), PRICE), Kopecks::ZERO);
    assert_eq!(least.discount(Millilitres::new(40_000), PRICE), Kopecks::new(8_000));
}

#[test]
fn the_best_wins_and_of_two_as_good_the_older_one() {
    let least = Terms { minimum: Millilitres::new(40_000), discount: percent(1_000), ..terms(3) };
    let all = [terms(2), terms(1), least];
    let won = |quantity| best(&all, Millilitres::new(quantity), PRICE).map(|(won, off)| (won.promotion.get(), off));
    assert_eq!(won(10_000), Some((1, Kopecks::new(2_000))));
    assert_eq!(won(40_000), Some((3, Kopecks::new(28_760))));
    assert_eq!(won(1), None, "a discount of nothing is none");
    assert_eq!(best(&[], Millilitres::new(40_000), PRICE), None);
}

#[test]
fn days_are_oktans_whatever_zone_a_company_keeps() {
    let joined = Joined { promotions: vec![id(1)], as_of: 1 };
    let offers = Offers::default().with(terms(1), at("2026-10-20T00:00:00Z"));
    let fixed = |now: &str| offers.fix(&joined, company(48_210_377), ix(3), &station("12"), at(now)).len();
    assert_eq!(fixed("2026-10-31T20:59:59Z"), 0);
    assert_eq!(fixed("2026-10-31T21:00:00Z"), 1);
    assert_eq!(fixed("2026-11-30T20:59:59Z"), 1);
    assert_eq!(fixed("2026-11-30T21:00:00Z"), 0);
}

#[test]
fn only_what_is_joined_and_meant_for_it_is_fixed() {
    let now = at("2026-11-22T14:00:00Z");
    let (own, other) = (company(48_210_377), company(48_210_378));
    let everything = [
        terms(1),
        Terms { products: ProductSet::EMPTY.with(ix(3)), ..terms(2) },
        Terms { stations: vec![station("12")], ..terms(3) },
        Terms { companies: vec![own], ..terms(4) },
    ];
    let offers = everything.into_iter().fold(Offers::default(), |offers, terms| offers.with(terms, now));
    let joined = Joined { promotions: (1..=4).map(id).collect(), as_of: 4 };
    let fixed = |joined: &Joined, company, product, at_station: &str| -> Vec<u32> {
        let fixed = offers.fix(joined, company, ix(product), &station(at_station), now);
        fixed.into_iter().map(TermsId::get).collect()
    };
    assert_eq!(fixed(&joined, own, 3, "12"), [1, 2, 3, 4]);
    assert_eq!(fixed(&joined, own, 1, "12"), [1, 3, 4]);
    assert_eq!(fixed(&joined, own, 3, "07"), [1, 2, 4]);
    assert_eq!(fixed(&joined, other, 3, "12"), [1, 2, 3]);
    assert_eq!(fixed(&Joined::default(), own, 3, "12"), [] as [u32; 0]);
    let one = Joined { promotions: vec![id(2)], as_of: 4 };
    assert_eq!(fixed(&one, own, 3, "12"), [2]);
}

#[test]
fn other_terms_hold_from_then_on_and_the_earlier_ones_are_found_for_a_while() {
    let now = at("2026-11-22T14:00:00Z");
    let joined = Joined { promotions: vec![id(1)], as_of: 1 };
    let fixed = |offers: &Offers, now| offers.fix(&joined, company(48_210_377), ix(3), &station("12"), now);
    let first = Offers::default().with(terms(1), now);
    let other = Terms { id: TermsId::new(2), discount: percent(300), ..terms(1) };
    let second = first.with(other.clone(), now);
    assert_eq!((fixed(&first, now), fixed(&second, now)), (vec![TermsId::new(1)], vec![TermsId::new(2)]));
    assert_eq!(second.find(TermsId::new(1)), Some(&terms(1)));
    let withdrawn = second.without(id(1), now);
    assert_eq!(fixed(&withdrawn, now), []);
    assert_eq!(withdrawn.find(TermsId::new(2)), Some(&other));
    let later = withdrawn.without(id(9), at("2026-11-25T14:00:00Z"));
    assert_eq!((later.find(TermsId::new(1)), later.find(TermsId::new(2))), (None, None));
    let over = first.without(id(9), at("2026-12-02T20:00:00Z"));
    assert!(over.find(TermsId::new(1)).is_some(), "the day before yesterday it was on");
    assert!(over.without(id(9), at("2026-12-03T20:00:00Z")).find(TermsId::new(1)).is_none());
}

#[test]
fn ids_and_percents_are_plain_numbers() {
    for (text, good) in [("1", true), ("4294967295", true), ("0", false), ("01", false), ("4294967296", false)] {
        assert_eq!(PromotionId::parse(text).is_ok(), good, "{text}");
    }
    for bad in ["", "-1", "1a", "٣", " 1"] {
        assert_eq!(PromotionId::parse(bad).unwrap_err().code, "promotion_id_malformed", "{bad}");
    }
    for (text, hundredths) in [("5", 500), ("7.5", 750), ("0.01", 1), ("100", 10_000), ("12.25", 1_225)] {
        assert_eq!(Percent::parse(text).unwrap().get(), hundredths, "{text}");
    }
    for bad in ["0", "0.00", "100.01", "1.001", "-5", "5%", "1e1", "", "٥"] {
        assert_eq!(Percent::parse(bad).unwrap_err().code, "percent_malformed", "{bad}");
    }
    assert_eq!(Percent::parse("5").unwrap().to_string(), "5.00");
}

pub(in crate::domain) fn some_discount() -> impl Strategy<Value = Discount> {
    prop_oneof![(1i64..20_000).prop_map(|off| Discount::PerUnit(Kopecks::new(off))), (1u16..=WHOLE).prop_map(percent),]
}

fn some_terms(place: u32) -> impl Strategy<Value = Terms> {
    let minimum = prop_oneof![Just(0), 1..=QUANTITY_MAX.get(), 1i64..100_000];
    (some_discount(), minimum).prop_map(move |(discount, minimum)| Terms {
        discount,
        minimum: Millilitres::new(minimum),
        ..terms(place)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn a_discount_is_never_below_zero_never_above_the_price_and_the_best_wins(
        all in (0usize..=JOINED_MAX).prop_flat_map(|count| (1..=count as u32).map(some_terms).collect::<Vec<_>>()),
        quantity in prop_oneof![1..=QUANTITY_MAX.get(), 1i64..100_000],
        price in prop_oneof![1i64..=10_000_000, 1i64..10_000],
    ) {
        let (quantity, price) = (Millilitres::new(quantity), Kopecks::new(price));
        let whole = cost(quantity, price);
        let won = best(&all, quantity, price);
        let off = won.map_or(Kopecks::ZERO, |(_, off)| off);
        prop_assert!(Kopecks::ZERO <= off && off <= whole);
        prop_assert!(won.is_none_or(|(_, off)| off.is_positive()));
        for one in &all {
            let own = one.discount(quantity, price);
            prop_assert!(Kopecks::ZERO <= own && own <= whole && own <= off, "{:?}", one);
            prop_assert!(quantity >= one.minimum || own == Kopecks::ZERO);
            // Within half a kopeck of what it says, counted apart.
            let exact = match one.discount {
                Discount::PerUnit(each) => i128::from(quantity.get()) * i128::from(each.get()) * 10,
                Discount::Percent(part) => i128::from(whole.get()) * i128::from(part.get()),
            };
            let exact = exact.min(i128::from(whole.get()) * 10_000);
            let own = i128::from(own.get()) * 10_000;
            prop_assert!(quantity < one.minimum || (own - exact <= 5_000 && exact - own < 5_000));
        }
        let named = won.and_then(|(won, _)| all.iter().find(|one| one.id == won.terms));
        prop_assert_eq!(named.map_or(Kopecks::ZERO, |one| one.discount(quantity, price)), off);
    }

    #[test]
    fn what_is_stored_is_read_back(terms in some_terms(7), named in any::<bool>()) {
        let list = if named { vec![station("12")] } else { Vec::new() };
        let terms = Terms { stations: list, products: ProductSet::EMPTY.with(ix(3)), ..terms };
        let offers = Offers::default().with(terms, at("2026-11-22T14:00:00Z"));
        let offers = if named { offers.without(id(7), at("2026-11-22T15:00:00Z")) } else { offers };
        let text = serde_json::to_string(&offers).unwrap();
        prop_assert_eq!(serde_json::from_str::<Offers>(&text).unwrap(), offers);
    }
}
