//! Text that another program wrote, made to fit a line of ours.

use super::is_disruptive;

/// `text` in one line of at most `max` characters: runs of blanks are one, what acts outside of its field is a blank, what is too
/// much is «…».
pub fn fitted(text: &str, max: usize) -> String {
    let blank = |c: char| c.is_whitespace() || is_disruptive(c);
    let line = text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max {
        return line;
    }
    let cut: String = line.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::fitted;
    use crate::domain::text::Purpose;
    use proptest::prelude::*;

    #[test]
    fn what_fits_stays_and_what_does_not_is_cut() {
        assert_eq!(fitted("  Оплата\u{a0} по\tсчёту ", 210), "Оплата по счёту");
        assert_eq!(fitted("абв где", 5), "абв…");
    }

    proptest! {
        #[test]
        fn whatever_was_written_makes_a_line(text in ".{0,400}") {
            prop_assert!(Purpose::parse(&fitted(&text, 210)).is_ok());
        }
    }
}
