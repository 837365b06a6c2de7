use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> ProductCode {
    ProductCode::parse(text).unwrap()
}

fn name(text: &str) -> ProductName {
    ProductName::parse(text).unwrap()
}

fn rate(from: &str, percent: u8) -> VatFrom {
    VatFrom { from: day(from), percent }
}

#[test]
fn the_rate_is_the_one_of_the_day() {
    let catalogue = Catalogue::at_the_start();
    let diesel = catalogue.by_code(&code("DT")).unwrap();
    assert_eq!(catalogue.iter().count(), 9);
    for (date, percent) in [("2018-12-31", 0), ("2025-12-31", 20), ("2026-01-01", 22), ("2030-06-01", 22)] {
        assert_eq!(diesel.vat_on(day(date)), percent, "{date}");
    }
}

#[test]
fn a_rate_changes_from_tomorrow_on_and_until_then_may_be_taken_back() {
    let start = Catalogue::at_the_start();
    let today = day("2026-11-20");
    for used in ["2026-01-01", "2026-11-19", "2026-11-20"] {
        assert_eq!(start.with_rate(&code("DT"), rate(used, 5), today).unwrap_err().code, "vat_already_used");
    }
    let next = start.with_rate(&code("DT"), rate("2026-11-21", 5), today).unwrap().unwrap();
    let diesel = next.by_code(&code("DT")).unwrap();
    assert_eq!((diesel.vat_on(today), diesel.vat_on(day("2026-11-21"))), (22, 5));
    let other = next.with_rate(&code("DT"), rate("2026-11-21", 7), today).unwrap().unwrap();
    assert_eq!(other.by_code(&code("DT")).unwrap().vat.len(), 3, "given again it is another");
    assert_eq!(other.without_rate(&code("DT"), day("2026-11-21"), today).unwrap(), Some(start.clone()));
    assert_eq!(start.without_rate(&code("DT"), day("2026-01-01"), today).unwrap_err().code, "vat_already_used");
    assert_eq!(start.without_rate(&code("DT"), day("2027-01-01"), today), Ok(None));
    assert_eq!(start.with_rate(&code("NONE"), rate("2027-01-01", 5), today), Ok(None));
}

#[test]
fn a_place_is_never_given_twice_and_there_are_thirty_two() {
    let mut catalogue = Catalogue::at_the_start();
    for at in 9..PRODUCTS_MAX {
        let next = catalogue.with(code(&format!("P{at}")), name("Новый"), Unit::Piece, vec![rate("2019-01-01", 20)]);
        catalogue = next.unwrap().edited(&code(&format!("P{at}")), None, Some(true)).unwrap();
    }
    let places: Vec<u8> = catalogue.iter().map(|product| product.ix.get()).collect();
    assert_eq!(places, (0..32).collect::<Vec<u8>>());
    assert_eq!(catalogue.on_sale().count(), 9);
    let over = catalogue.with(code("OVER"), name("Новый"), Unit::Piece, vec![rate("2019-01-01", 20)]);
    assert_eq!(over.unwrap_err().code, "catalogue_full");
}

#[test]
fn a_product_needs_a_code_of_its_own_and_rates_that_make_sense() {
    let start = Catalogue::at_the_start();
    let refused = |text: &str, vat: Vec<VatFrom>| start.with(code(text), name("Н"), Unit::Litre, vat).unwrap_err().code;
    assert_eq!(refused("DT", vec![rate("2019-01-01", 20)]), "product_code_taken");
    assert_eq!(refused("NEW", vec![]), "vat_required");
    assert_eq!(refused("NEW", vec![rate("2019-01-01", 101)]), "vat_out_of_range");
    assert_eq!(refused("NEW", vec![rate("2019-01-01", 20), rate("2019-01-01", 22)]), "vat_date_repeated");
}

proptest! {
    #[test]
    fn no_change_of_rates_touches_a_day_that_has_begun(
        changes in prop::collection::vec((0u64..4_000, 0u8..=100, any::<bool>()), 0..30),
    ) {
        let today = day("2026-11-20");
        let start = Catalogue::at_the_start();
        let mut catalogue = start.clone();
        for (days, percent, adds) in changes {
            let from = day("2020-01-01") + chrono::Days::new(days);
            let next = match adds {
                true => catalogue.with_rate(&code("DT"), VatFrom { from, percent }, today),
                false => catalogue.without_rate(&code("DT"), from, today),
            };
            catalogue = next.ok().flatten().unwrap_or(catalogue);
        }
        let (before, after) = (start.by_code(&code("DT")).unwrap(), catalogue.by_code(&code("DT")).unwrap());
        for days in 0..=(today - day("2018-01-01")).num_days().unsigned_abs() {
            let date = day("2018-01-01") + chrono::Days::new(days);
            prop_assert_eq!(before.vat_on(date), after.vat_on(date));
        }
        prop_assert!(after.vat.windows(2).all(|two| two[0].from < two[1].from));
    }
}
