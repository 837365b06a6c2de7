//! Sums and days in Russian words.

use crate::domain::Kopecks;
use chrono::{Datelike as _, NaiveDate};

/// One, two to four, and five or none of something.
type Forms = [&'static str; 3];

const ROUBLES: Forms = ["рубль", "рубля", "рублей"];
const KOPECKS: Forms = ["копейка", "копейки", "копеек"];
/// From the largest; only thousands are feminine.
const GROUPS: [(i64, Forms, bool); 3] = [
    (1_000_000_000, ["миллиард", "миллиарда", "миллиардов"], false),
    (1_000_000, ["миллион", "миллиона", "миллионов"], false),
    (1_000, ["тысяча", "тысячи", "тысяч"], true),
];

const HUNDREDS: [&str; 10] =
    ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"];
const TENS: [&str; 10] =
    ["", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"];
const BELOW_TWENTY: [&str; 20] = [
    "",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];

/// An amount as documents say it: roubles in words, kopecks in figures, «Двадцать одна тысяча один рубль 02 копейки». Up to 999
/// milliards of roubles; of an amount below zero it begins with «Минус».
pub fn in_words(amount: Kopecks) -> String {
    let (roubles, kopecks) = (amount.get().unsigned_abs() / 100, amount.get().unsigned_abs() % 100);
    let roubles = i64::try_from(roubles).unwrap_or(i64::MAX);
    let mut words = Vec::new();
    if amount.get() < 0 {
        words.push("минус");
    }
    let mut left = roubles;
    for (size, forms, feminine) in GROUPS {
        let count = left / size;
        left %= size;
        if count > 0 {
            below_thousand(count, feminine, &mut words);
            words.push(form(count, forms));
        }
    }
    below_thousand(left, false, &mut words);
    if roubles == 0 {
        words.push("ноль");
    }
    words.push(form(roubles, ROUBLES));
    let text = words.join(" ");
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let kopecks = i64::try_from(kopecks).unwrap_or_default();
    format!("{first}{} {kopecks:02} {}", letters.as_str(), form(kopecks, KOPECKS))
}

fn below_thousand(number: i64, feminine: bool, words: &mut Vec<&'static str>) {
    let of = |list: &[&'static str], at: i64| {
        usize::try_from(at).ok().and_then(|at| list.get(at)).copied().unwrap_or_default()
    };
    let (hundreds, rest) = (number / 100 % 10, number % 100);
    let (tens, ones) = if rest < 20 { (0, rest) } else { (rest / 10, rest % 10) };
    let ones = match (ones, feminine) {
        (1, true) => "одна",
        (2, true) => "две",
        _ => of(&BELOW_TWENTY, ones),
    };
    words.extend([of(&HUNDREDS, hundreds), of(&TENS, tens), ones].into_iter().filter(|word| !word.is_empty()));
}

/// The form that goes with a count.
fn form(count: i64, forms: Forms) -> &'static str {
    let [one, few, many] = forms;
    match (count % 100, count % 10) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

/// A day as documents have it in words: `31 октября 2026 г.`
pub fn written(date: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    let month = usize::try_from(date.month0()).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    format!("{} {month} {} г.", date.day(), date.year())
}
