//! Whose a payment is.

use super::*;
use crate::domain::CompanyId;

#[test]
fn a_number_is_named_however_it_is_typed() {
    for (purpose, number) in [
        ("Оплата по договору № 110/26-Т от 26.10.2026 за ГСМ. В т.ч. НДС (22%) 18032.79", "110/26-Т"),
        ("оплата по дог.110/26-т", "110/26-Т"),
        ("Договор №110/26-T (латинская)", "110/26-Т"),
        ("Договор N110/26-Т", "110/26-Т"),
        ("Договор No 110/26-Т", "№ 110/26-Т"),
        ("договор \"110 / 26 – Т\", предоплата", "110/26-Т"),
        ("ТК218/24: топливо", "TK218/24"),
        ("По счёту № 118 от 20.11.2026", "118"),
        ("По счету 118", "118"),
        ("Договор 118, аванс", "118"),
        ("сч.N 118", "118"),
        ("110/26-Т", "110/26-Т"),
    ] {
        assert!(names(purpose, number), "{number} in {purpose}");
    }
}

#[test]
fn a_part_of_another_number_is_not_the_number() {
    for (purpose, number) in [
        ("Предоплата за топливо, б/н", "110/26-Т"),
        ("Предоплата за топливо, б/н", "б/н"),
        ("по договору 1110/26-Т", "110/26-Т"),
        ("по договору 110/26-Т1", "110/26-Т"),
        ("по договору 110/26-Т/2", "110/26-Т"),
        ("по договору А-110/26-Т", "110/26-Т"),
        ("по договору 3.110/26-Т", "110/26-Т"),
        ("по договору 110/26", "110/26-Т"),
        ("118 литров", "118"),
        ("В т.ч. НДС 118", "118"),
        ("По счету № 1180", "118"),
        ("По счету № 118.50", "118"),
        ("По счету № 118/2", "118"),
        ("от 26.10.2026", "10"),
        ("", "110/26-Т"),
        ("110/26-Т", ""),
        ("счет № 1 № 18", "118"),
    ] {
        assert!(!names(purpose, number), "{number} in {purpose}");
    }
}

#[test]
fn an_inn_alone_is_proposed_and_without_it_nobody_is() {
    let company = CompanyId::new(12_345_678).unwrap();
    let known = Known { company, numbers: vec!["110/26-Т", "118"] };
    assert_eq!(judge("по договору 110/26-Т", Some(&known)), Verdict::Certain(company));
    assert_eq!(judge("по счёту № 118", Some(&known)), Verdict::Certain(company));
    assert_eq!(judge("за топливо", Some(&known)), Verdict::Proposed(company));
    assert_eq!(judge("по договору 110/26-Т", None), Verdict::Unmatched);
}

proptest! {
    #[test]
    fn a_contract_is_found_in_any_words_around_it(
        number in "[1-9][0-9]{0,2}/[0-9]{2}-[А-Я]",
        before in "([а-яё]{1,12} ){0,4}",
        after in "( [а-яё]{1,12}){0,4}",
        mark in prop::sample::select(vec!["", "№", "№ ", "N ", "дог. "]),
    ) {
        let purpose = format!("{before}{mark}{number}{after}");
        prop_assert!(names(&purpose, &number), "{number} in {purpose}");
        prop_assert!(names(&purpose.to_lowercase(), &number));
        prop_assert!(names(&purpose, &number.replace('/', " / ")));
        let longer = format!("{before}{mark}9{number}{after}");
        prop_assert!(!names(&longer, &number), "{number} in {longer}");
    }

    #[test]
    fn nonsense_never_panics(purpose in "\\PC{0,80}", number in "\\PC{0,20}") {
        let _ = names(&purpose, &number);
    }
}
