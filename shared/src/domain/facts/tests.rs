use super::*;
use proptest::prelude::*;

fn text(text: &str) -> Option<FactText> {
    Some(FactText::parse(text).unwrap())
}

fn on_file() -> OnFile {
    OnFile {
        inn: vec!["2622542570".to_owned()],
        contract_number: vec!["110/26-Т".to_owned()],
        full_name: vec!["Королёва Алёна Игоревна".to_owned(), "Иванов Пётр Сергеевич".to_owned()],
        phone: vec!["+7 (8652) 18-42-25".to_owned()],
    }
}

#[test]
fn what_is_meant_counts_and_not_how_it_is_typed() {
    let same = [
        (Fact::Inn, "2622542570", " 2622 5425 70 "),
        (Fact::ContractNumber, "110/26-Т", "№ 110/26-t"),
        (Fact::ContractNumber, "110/26-Т", "110 / 26 – T"),
        (Fact::ContractNumber, "АВС-7", "ABC-7"),
        (Fact::FullName, "Королёва Алёна Игоревна", "  КОРОЛЕВА   алена\u{a0}игоревна "),
        (Fact::FullName, "Королёва Алёна", "Короле\u{308}ва Але\u{308}на"),
        (Fact::FullName, "Буйнов Андрей", "Буи\u{306}нов Андреи\u{306}"),
        (Fact::FullName, "Петрова-Водкина Анна", "Петрова—Водкина Анна"),
        (Fact::Phone, "+7 (8652) 18-42-25", "8 8652 184225"),
        (Fact::Phone, "+7 (8652) 18-42-25", "88652184225"),
        (Fact::Phone, "+7 (8652) 18-42-25", "(8652) 184-225"),
    ];
    for (fact, one, other) in same {
        assert!(fact.same(one, other) && fact.same(other, one), "{one} / {other}");
    }
}

#[test]
fn what_is_not_the_same_is_not_taken_for_it() {
    let other = [
        (Fact::Inn, "2622542570", "2622542571"),
        (Fact::ContractNumber, "110/26-Т", "11/026-Т"),
        (Fact::ContractNumber, "110/26-Т", "11026Т"),
        (Fact::ContractNumber, "№", " № "),
        (Fact::FullName, "Иванов Пётр", "Пётр Иванов"),
        (Fact::FullName, "Иванов Пётр", "ИвановПётр"),
        (Fact::Phone, "+7 (8652) 18-42-25", "184225"),
        (Fact::Phone, "184225", "184225"),
        (Fact::Phone, "+7 (8652) 18-42-25", "+7 (8652) 18-42-26"),
    ];
    for (fact, one, two) in other {
        assert!(!fact.same(one, two), "{one} / {two}");
    }
}

#[test]
fn two_facts_are_needed_one_of_them_the_contract_or_a_telephone() {
    let code = |said: &Said, typed: &[Fact]| said.suffices(typed).map_err(|e| (e.field, e.code));
    let (inn, name) = (text("2622542570"), text("Иванов Пётр"));
    let (contract, phone) = (text("110/26-Т"), text("88652184225"));
    let confirm = |code| Err(("confirm".to_owned(), code));
    assert_eq!(code(&Said::default(), &[]), confirm("facts_too_few"));
    assert_eq!(code(&Said { contract_number: contract.clone(), ..Said::default() }, &[]), confirm("facts_too_few"));
    let weak = Said { inn: inn.clone(), full_name: name.clone(), ..Said::default() };
    assert_eq!(code(&weak, &[]), confirm("contract_or_phone_needed"));
    let good = Said { inn: inn.clone(), contract_number: contract.clone(), ..Said::default() };
    assert_eq!(code(&good, &[]), Ok(()));
    assert_eq!(code(&good, &[Fact::Inn]), Err(("confirm.inn".to_owned(), "fact_typed_to_ask")));
    let more = Said { phone: phone.clone(), ..good };
    assert_eq!(code(&more, &[Fact::Inn]), Ok(()));
    assert_eq!(code(&Said { full_name: name, phone, ..Said::default() }, &[Fact::Inn]), Ok(()));
}

#[test]
fn everything_said_must_be_on_file_and_what_is_not_said_need_not() {
    let said = Said { inn: text("2622542570"), phone: text("8 (8652) 18 42 25"), ..Said::default() };
    assert_eq!(on_file().differences(&said), []);
    let said = Said {
        full_name: text("Иванов Петр Сергеевич"), contract_number: text("111/26-Т"), ..said
    };
    assert_eq!(on_file().differences(&said), [Fact::ContractNumber]);
    assert_eq!(on_file().beside(Fact::FullName, said.full_name.as_ref()), Some("Иванов Пётр Сергеевич"));
    assert_eq!(on_file().beside(Fact::FullName, None), Some("Королёва Алёна Игоревна"));
    assert_eq!(OnFile::default().differences(&said), Fact::ALL, "nothing on file confirms nothing");
}

#[test]
fn what_was_typed_tells_its_own_fact_only() {
    assert_eq!(on_file().told_by("2622542570"), [Fact::Inn]);
    assert_eq!(on_file().told_by("8-8652-18-42-25"), [Fact::Phone]);
    assert_eq!(on_file().told_by("owner1@client.example"), []);
}

#[test]
fn enough_must_be_on_file() {
    assert!(on_file().suffices(&[]) && on_file().suffices(&[Fact::Inn]));
    let person = OnFile { full_name: vec!["Анна".to_owned()], ..OnFile::default() };
    assert!(!person.suffices(&[]));
    let person = OnFile { phone: vec!["+7 (8652) 18-42-25".to_owned()], ..person };
    assert!(person.suffices(&[]) && !person.suffices(&[Fact::Phone]));
}

/// The same text in another hand: case, spaces between words, ё or е.
fn another_hand(text: &str, upper: bool, spaces: usize) -> String {
    let text = if upper { text.to_uppercase() } else { text.to_lowercase() };
    let text = text.replace('ё', "е").replace('Ё', "Е");
    format!("{}{}", " ".repeat(spaces), text.replace(' ', &" ".repeat(spaces + 1)))
}

proptest! {
    #[test]
    fn a_name_in_another_hand_is_the_same(
        name in "[А-ЯЁ][а-яё]{1,12} [А-ЯЁ][а-яё]{1,12}", upper: bool, spaces in 0usize..4
    ) {
        prop_assert!(Fact::FullName.same(&name, &another_hand(&name, upper, spaces)));
    }

    #[test]
    fn a_contract_in_another_hand_is_the_same(
        number in "[0-9]{1,4}/[0-9]{2}-[А-Яа-я]{1,3}", upper: bool, spaces in 0usize..4
    ) {
        prop_assert!(Fact::ContractNumber.same(&number, &another_hand(&number, upper, spaces)));
    }

    #[test]
    fn a_telephone_is_its_last_ten_digits(digits in "[0-9]{10}", at in 0usize..10, by in 1u8..10) {
        let dialled = [format!("+7{digits}"), format!("8 ({}) {}", &digits[..3], &digits[3..]), digits.clone()];
        for one in &dialled {
            prop_assert!(Fact::Phone.same(one, &digits));
        }
        let mut other = digits.clone().into_bytes();
        other[at] = b'0' + (other[at] - b'0' + by) % 10;
        let other = String::from_utf8(other).unwrap();
        prop_assert!(!Fact::Phone.same(&other, &digits));
    }

    #[test]
    fn sameness_goes_both_ways_and_nonsense_never_panics(one in ".{0,40}", other in ".{0,40}") {
        for fact in Fact::ALL {
            prop_assert_eq!(fact.same(&one, &other), fact.same(&other, &one));
        }
    }

    #[test]
    fn a_changed_digit_of_an_inn_or_a_contract_differs(digits in "[0-9]{10}", at in 0usize..10, by in 1u8..10) {
        let mut other = digits.clone().into_bytes();
        other[at] = b'0' + (other[at] - b'0' + by) % 10;
        let other = String::from_utf8(other).unwrap();
        prop_assert!(!Fact::Inn.same(&digits, &other) && !Fact::ContractNumber.same(&digits, &other));
    }
}
