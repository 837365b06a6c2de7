//! How it is written: sums in words, numbers, the payment's code, requisites.

use super::*;
use crate::domain::Inn;

fn seller() -> Seller {
    Seller {
        name: SellerName::parse("ООО «НК ОКТАН»").unwrap(),
        inn: Inn::parse("2622542570").unwrap(),
        kpp: "262201001".parse().ok(),
        ogrn: Ogrn::parse("1027700132195").unwrap(),
        address: "355000, г. Ставрополь, ул. Мира, 1".parse().unwrap(),
        phone: "8-865-228-09-48".parse().unwrap(),
        bank: BankName::parse("ПАО СБЕРБАНК г. Москва").unwrap(),
        bic: BankCode::parse("044525225").unwrap(),
        account: (0..10).map(|key| format!("40702810{key}38000000001")).find_map(fitting).unwrap(),
        correspondent: BankAccount::parse("30101810400000000225").unwrap(),
        director: "Иванов Пётр Сергеевич".parse().unwrap(),
        accountant: "Петрова Анна Ильинична".parse().unwrap(),
    }
}

/// An account whose key is that of a client of the bank, found as the Bank of Russia says: the tenth digit of the sum is none.
fn fitting(text: String) -> Option<BankAccount> {
    let all = format!("225{text}");
    let sum: u32 = all.bytes().enumerate().map(|(at, b)| u32::from(b - b'0') * [7, 1, 3][at % 3] % 10).sum();
    (sum.is_multiple_of(10)).then(|| BankAccount::parse(&text).unwrap())
}

#[test]
fn sums_are_said_as_accountants_say_them() {
    for (kopecks, words) in [
        (0, "Ноль рублей 00 копеек"),
        (1, "Ноль рублей 01 копейка"),
        (100, "Один рубль 00 копеек"),
        (202, "Два рубля 02 копейки"),
        (511, "Пять рублей 11 копеек"),
        (1_121, "Одиннадцать рублей 21 копейка"),
        (400_000, "Четыре тысячи рублей 00 копеек"),
        (2_100_100, "Двадцать одна тысяча один рубль 00 копеек"),
        (1_200_200, "Двенадцать тысяч два рубля 00 копеек"),
        (100_000_000, "Один миллион рублей 00 копеек"),
        (122_334_455, "Один миллион двести двадцать три тысячи триста сорок четыре рубля 55 копеек"),
        (200_000_200_012, "Два миллиарда две тысячи рублей 12 копеек"),
        (
            99_999_999_999_999,
            "Девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов девятьсот девяносто \
          девять тысяч девятьсот девяносто девять рублей 99 копеек",
        ),
        (-150, "Минус один рубль 50 копеек"),
    ] {
        assert_eq!(in_words(Kopecks::new(kopecks)), words);
    }
    assert_eq!(written("2026-10-31".parse().unwrap()), "31 октября 2026 г.");
    assert_eq!(Month::parse("2026-10").unwrap().in_russian(), "октябрь 2026 г.");
}

/// The number that words say, by the words alone.
fn heard(words: &str) -> i64 {
    let value = |word: &str| {
        let ones = ["", "од", "дв", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"];
        let exact: &[(&str, i64)] = &[
            ("десять", 10),
            ("одиннадцать", 11),
            ("двенадцать", 12),
            ("тринадцать", 13),
            ("четырнадцать", 14),
            ("пятнадцать", 15),
            ("шестнадцать", 16),
            ("семнадцать", 17),
            ("восемнадцать", 18),
            ("девятнадцать", 19),
            ("двадцать", 20),
            ("тридцать", 30),
            ("сорок", 40),
            ("пятьдесят", 50),
            ("шестьдесят", 60),
            ("семьдесят", 70),
            ("восемьдесят", 80),
            ("девяносто", 90),
            ("сто", 100),
            ("двести", 200),
            ("триста", 300),
            ("четыреста", 400),
            ("пятьсот", 500),
            ("шестьсот", 600),
            ("семьсот", 700),
            ("восемьсот", 800),
            ("девятьсот", 900),
            ("ноль", 0),
        ];
        let known = exact.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        known.or_else(|| (1..10).rev().find(|at| word.starts_with(ones[*at])).and_then(|at| i64::try_from(at).ok()))
    };
    let (mut total, mut group) = (0, 0);
    for word in words.to_lowercase().split(' ') {
        let size = [("тысяч", 1_000), ("миллиард", 1_000_000_000), ("миллион", 1_000_000)];
        match size.iter().find(|(stem, _)| word.starts_with(stem)) {
            Some((_, size)) => {
                total += group * size;
                group = 0;
            }
            None => group += value(word).unwrap_or_else(|| panic!("{word}")),
        }
    }
    total + group
}

proptest! {
    #[test]
    fn words_say_the_number(roubles in 0i64..1_000_000_000_000, kopecks in 0i64..100, small in 0u32..4) {
        let roubles = roubles / 1_000i64.pow(small);
        let words = in_words(Kopecks::new(roubles * 100 + kopecks));
        let (roubles_words, rest) = words.split_once(" рубл").expect("roubles");
        prop_assert_eq!(heard(roubles_words), roubles, "{}", words);
        let digits = rest.split(' ').nth(1).expect("kopecks").to_owned();
        prop_assert_eq!(digits, format!("{kopecks:02}"));
    }

    #[test]
    fn numbers_are_found_where_they_are_named(place in 1u32.., before in "[а-яё№ .,]{0,20}", after in "[ ,.;а-яё]{0,20}") {
        let number = PaperNumber::new(2026, place).unwrap();
        prop_assert_eq!(PaperNumber::parse(&number.to_string()), Ok(number));
        prop_assert_eq!(named_in(&format!("{before} {number} {after} {number}")), vec![number]);
    }

    #[test]
    fn nonsense_names_nothing_and_never_panics(text in ".{0,80}") {
        let _ = (named_in(&text), Month::parse(&text), Ogrn::parse(&text), BankCode::parse(&text), BankAccount::parse(&text));
    }
}

#[test]
fn dates_accounts_and_contracts_are_no_numbers_of_documents() {
    for other in [
        "23-11-2026",
        "26-00012",
        "1/26-Т",
        "26-0000123",
        "40702810938000000001",
        "2026-000123",
        "26-000000",
        "a26-000123",
    ] {
        assert_eq!(named_in(other), Vec::new(), "{other}");
    }
    assert_eq!(named_in("Оплата по счёту №26-000123 от 23.11.2026, в т.ч. НДС").len(), 1);
}

#[test]
fn the_payments_code_is_as_the_standard_has_it() {
    let payer = Inn::parse("7707083893").unwrap();
    let text = payment_code(&seller(), &payer, Kopecks::new(1_000_050), "Счёт № 26-000001|Sum=1");
    let account = seller().account;
    assert_eq!(
        text,
        format!(
            "ST00012|Name=ООО «НК ОКТАН»|PersonalAcc={account}|BankName=ПАО СБЕРБАНК г. Москва|BIC=044525225|\
             CorrespAcc=30101810400000000225|Sum=1000050|Purpose=Счёт № 26-000001 Sum=1|PayeeINN=2622542570|KPP=262201001|\
             PayerINN=7707083893"
        )
    );
    let long = Seller { bank: BankName::parse(&"Б".repeat(120)).unwrap(), ..seller() };
    let text = payment_code(&long, &payer, Kopecks::new(1), &"ц".repeat(500));
    assert!(
        text.contains(&format!("|BankName={}|", "Б".repeat(45)))
            && text.contains(&format!("|Purpose={}|", "ц".repeat(210)))
    );
}

#[test]
fn requisites_fit_together() {
    assert_eq!(seller().check(), Ok(()));
    let wrong = |change: fn(&mut Seller)| {
        let mut seller = seller();
        change(&mut seller);
        seller.check().map_err(|(field, invalid)| (field, invalid.code))
    };
    assert_eq!(wrong(|seller| seller.kpp = None), Err(("kpp", "kpp_required")));
    assert_eq!(wrong(|seller| seller.inn = Inn::parse("500100732259").unwrap()), Err(("kpp", "kpp_of_sole_trader")));
    assert_eq!(wrong(|seller| seller.ogrn = Ogrn::parse("304500116000157").unwrap()), Err(("ogrn", "ogrn_kind")));
    assert_eq!(wrong(|seller| seller.bic = BankCode::parse("040702615").unwrap()), Err(("account", "account_key")));
    assert_eq!(
        wrong(|seller| seller.correspondent = BankAccount::parse("30101810500000000225").unwrap()),
        Err(("correspondent", "account_key"))
    );
    assert_eq!(Ogrn::parse("1027700132196").unwrap_err().code, "ogrn_check_digit");
    assert_eq!(BankCode::parse("144525225").unwrap_err().code, "bic_malformed");
}
