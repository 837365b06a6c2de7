//! The words of a text and what they have in common in all their forms.

use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::collections::BTreeSet;

/// Letters that a root has at least when its ending goes.
const ROOT_MIN: usize = 3;
/// The endings of nouns, as Snowball has them.
const NOUN_ENDINGS: [&str; 36] = [
    "а", "ев", "ов", "ие", "ье", "е", "иями", "ями", "ами", "еи", "ии", "и", "ией", "ей", "ой", "ий", "й", "иям", "ям",
    "ием", "ем", "ам", "ом", "о", "у", "ах", "иях", "ях", "ы", "ь", "ию", "ью", "ю", "ия", "ья", "я",
];

/// The words of a text, in small letters, `ё` as `е`.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(|word| word.to_lowercase().replace('ё', "е"))
}

/// What finds the roots of words of both languages; which one a word needs its letters say.
pub struct Roots {
    russian: Stemmer,
    english: Stemmer,
}

impl Roots {
    /// Both languages'.
    pub fn new() -> Self {
        Self { russian: Stemmer::create(Algorithm::Russian), english: Stemmer::create(Algorithm::English) }
    }

    /// The roots that a word may have: what Snowball leaves of it, and in Russian what is left of it as a noun, for `лимите`
    /// is not a form of a verb.
    pub fn of(&self, word: &str) -> BTreeSet<String> {
        if !word.chars().any(|c| ('а'..='я').contains(&c)) {
            return [self.english.stem(word).into_owned()].into();
        }
        let stem = self.russian.stem(word);
        [without_ending(word), &stem].map(|root| without_k(root).to_owned()).into()
    }
}

/// A noun without the ending of its case.
fn without_ending(word: &str) -> &str {
    let ending = NOUN_ENDINGS.iter().filter(|ending| word.ends_with(**ending)).max_by_key(|ending| ending.len());
    let root = ending.and_then(|ending| word.strip_suffix(*ending));
    root.filter(|root| root.chars().count() >= ROOT_MIN).unwrap_or(word)
}

/// A root without the `к` of `карточка` and the `ек` of `карточек`, whose vowel comes and goes.
fn without_k(root: &str) -> &str {
    let bare = match root.strip_suffix('к') {
        Some(bare) if bare.ends_with(['о', 'е']) => bare.strip_suffix(['о', 'е']),
        Some(bare) if !bare.ends_with(['а', 'и', 'у', 'ы', 'э', 'ю', 'я']) => Some(bare.trim_end_matches('ь')),
        _ => None,
    };
    bare.filter(|bare| bare.chars().count() >= ROOT_MIN).unwrap_or(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forms of one word, and words that are made of each other: each finds each.
    const SAME: &[&[&str]] = &[
        &["лимит", "лимита", "лимиту", "лимитом", "лимите", "лимиты", "лимитов", "лимитам", "лимитами", "лимитах"],
        &["карта", "карты", "карте", "карту", "картой", "карт", "картам", "картами", "картах"],
        &["карточка", "карточки", "карточку", "карточкой", "карточек", "карточками"],
        &["заправка", "заправки", "заправку", "заправкой", "заправок", "заправками", "заправках"],
        &["блокировка", "блокировки", "блокировку", "блокировок", "блокировками", "блокировкой"],
        &["заблокировать", "заблокирован", "заблокирована", "заблокированы", "заблокировали"],
        &["разблокировать", "разблокирована", "разблокировали"],
        &["баланс", "баланса", "балансу", "балансом", "балансе"],
        &["бюджет", "бюджета", "бюджету", "бюджетом", "бюджете", "бюджеты", "бюджетов"],
        &["отказ", "отказа", "отказом", "отказе", "отказы", "отказов", "отказам"],
        &["литр", "литра", "литров", "литрам", "литрами", "литры"],
        &["рубль", "рубля", "рублей", "рублям", "рублями", "рубли"],
        &["сутки", "суток", "суткам", "сутками"],
        &["месяц", "месяца", "месяцем", "месяцы", "месяцев", "месяцам"],
        &["неделя", "недели", "неделю", "неделей", "недель", "неделям"],
        &["счет", "счёт", "счета", "счёта", "счету", "счетом", "счетов", "счетам", "счетами"],
        &["документ", "документа", "документы", "документов", "документами"],
        &["сверка", "сверки", "сверку", "сверкой", "сверок"],
        &["пароль", "пароля", "паролю", "паролем", "пароли", "паролей"],
        &["восстановление", "восстановления", "восстановлению", "восстановлением"],
        &["восстановить", "восстановил", "восстановят"],
        &["доступ", "доступа", "доступу", "доступом", "доступе"],
        &["водитель", "водителя", "водителю", "водителем", "водители", "водителей", "водителями"],
        &["станция", "станции", "станцию", "станцией", "станций", "станциям", "станциями"],
        &["скидка", "скидки", "скидку", "скидкой", "скидок", "скидками"],
        &["покупка", "покупки", "покупку", "покупок", "покупками"],
        &["топливо", "топлива", "топливу", "топливом", "топливе"],
        &["договор", "договора", "договору", "договором", "договоры", "договоров"],
        &["тариф", "тарифа", "тарифы", "тарифов", "тарифам"],
        &["исключение", "исключения", "исключений", "исключением", "исключениям"],
        &["кошелек", "кошелёк", "кошелька", "кошельку", "кошельком", "кошельки", "кошельков"],
        &["кредит", "кредита", "кредиту", "кредитом", "кредиты", "кредитов"],
        &["потолок", "потолка", "потолком", "потолки"],
        &["остаток", "остатка", "остатку", "остатком", "остатки", "остатков"],
        &["платеж", "платёж", "платежа", "платежом", "платежи", "платежей"],
        &["сотрудник", "сотрудника", "сотруднику", "сотрудники", "сотрудников", "сотрудникам"],
        &["суточный", "суточного", "суточному", "суточные", "суточных", "суточная", "суточную"],
        &["потерянный", "потерянная", "потерянной", "потерянную", "потерянные"],
        &["обращение", "обращения", "обращений", "обращениям", "обращением"],
        &["уведомление", "уведомления", "уведомлений", "уведомлениями"],
        &["limit", "limits", "limited", "limiting"],
        &["card", "cards", "card's"],
        &["block", "blocks", "blocked", "blocking"],
        &["decline", "declines", "declined", "declining"],
        &["budget", "budgets", "budgeted"],
        &["recover", "recovers", "recovered", "recovering"],
        &["invoice", "invoices", "invoiced"],
        &["purchase", "purchases", "purchased", "purchasing"],
        &["station", "stations"],
        &["balance", "balances"],
    ];

    /// Words that look alike and are not: none finds the other.
    const OTHERS: &[(&str, &str)] = &[
        ("карта", "квартал"),
        ("лимит", "лимон"),
        ("счет", "счетчик"),
        ("срок", "среда"),
        ("рубль", "рубашка"),
        ("станция", "стан"),
        ("пароль", "паром"),
        ("доля", "долг"),
        ("заправка", "запрос"),
        ("card", "care"),
        ("limit", "lime"),
        ("station", "state"),
        ("share", "sharp"),
    ];

    fn meet(one: &str, other: &str) -> bool {
        let roots = Roots::new();
        let of = |text: &str| words(text).next().map(|word| roots.of(&word)).unwrap_or_default();
        !of(one).is_disjoint(&of(other))
    }

    #[test]
    fn all_forms_of_a_word_have_a_root_in_common() {
        let mut apart = Vec::new();
        for forms in SAME {
            for one in *forms {
                apart.extend(forms.iter().filter(|other| !meet(one, other)).map(|other| format!("{one} / {other}")));
            }
        }
        assert_eq!(apart, Vec::<String>::new());
    }

    #[test]
    fn words_that_only_look_alike_have_none() {
        let met: Vec<_> = OTHERS.iter().filter(|(one, other)| meet(one, other)).collect();
        assert_eq!(met, Vec::<&(&str, &str)>::new());
    }

    #[test]
    fn the_words_of_a_text_are_small_and_without_signs() {
        let found: Vec<_> = words("АИ-95: «Ёмкость», 40 л.\nX").collect();
        assert_eq!(found, ["аи", "95", "емкость", "40", "л", "x"]);
    }
}
