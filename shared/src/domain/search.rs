//! Texts as a search compares them.

/// A text for comparing: lower case, `ё` as `е`, without spaces, Latin letters that look like Cyrillic ones as those. So
/// «А123ВС 26» is found by `a123bc26` typed in either alphabet, and a number by its digits in groups of four.
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).map(alike).collect()
}

/// The letters of Russian number plates (ГОСТ Р 50577), which stand on both kinds of keyboard, and `ё`.
pub(super) const fn alike(letter: char) -> char {
    match letter {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' | 'ё' => 'е',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_spaces_yo_and_the_keyboard_do_not_matter() {
        for (typed, meant) in [
            ("a123bc 26", "А123ВС 26"),
            ("Пётр Семёнов", "петр семенов"),
            ("7826 4821\u{a0}0377", "782648210377"),
            ("КАМАЗ", "kamaз"),
        ] {
            assert_eq!(folded(typed), folded(meant), "{typed}");
        }
        assert_ne!(folded("А123ВС"), folded("А124ВС"));
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing_and_a_part_stays_a_part(text in "\\PC{0,40}", from in 0usize..40, length in 0usize..40) {
            let whole = folded(&text);
            prop_assert_eq!(folded(&whole), whole.clone());
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(whole.contains(&folded(&part)), "{} of {}", part, text);
        }
    }
}
