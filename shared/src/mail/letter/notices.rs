//! Letters of what a person chose to be told of. The link is the first URL of the text; how to be rid of them stands last.

mod en;
mod ru;

use super::Letter;
use crate::domain::Kopecks;
use crate::domain::news::Language;
use crate::domain::notice::Event;
use crate::domain::product::Unit;
use crate::domain::spending::Spent;
use crate::unsubscribe::Unsubscribe;
use chrono::NaiveDate;
use url::Url;

/// What a letter says of an event: its subject, the sentence before the link, the one after it.
struct Said {
    subject: String,
    hello: String,
    more: String,
}

/// What was bought of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// What it is called.
    pub product: String,
    /// In what it is measured; none for a product that is not known.
    pub unit: Option<Unit>,
    /// How much, and what it cost.
    pub spent: Spent,
}

impl Letter {
    /// Something happened; `label` is what a card is called, `when` is in words, `login` is whose letter it is. `None` for
    /// what has a letter of its own.
    pub fn notice(
        language: Language,
        event: &Event,
        label: Option<&str>,
        when: &str,
        page: &Url,
        login: &str,
        duty_phone: &str,
    ) -> Option<Self> {
        let label = label.filter(|label| !label.is_empty()).map(|label| format!(" ({label})")).unwrap_or_default();
        let (said, recipient) = match language {
            Language::Ru => (ru::of(event, &label, when, duty_phone), format!("Получатель: логин {login}.")),
            Language::En => (en::of(event, &label, when, duty_phone), format!("Recipient: login {login}.")),
        };
        let Said { subject, hello, more } = said?;
        Some(Self::write(language, &subject, &[&hello, page.as_str(), &more, &recipient]))
    }

    /// What a week cost: a line for each product and the sum.
    pub fn weekly_summary(
        language: Language,
        (from, to): (NaiveDate, NaiveDate),
        lines: &[Bought],
        total: Kopecks,
        page: &Url,
        login: &str,
    ) -> Self {
        let (subject, hello, sum, recipient) = match language {
            Language::Ru => {
                let week = format!("{}–{}", from.format("%d.%m"), to.format("%d.%m.%Y"));
                (
                    format!("Топливо за неделю {week}: {total} ₽"),
                    format!("Здравствуйте! Вот что ваша компания купила за неделю {week}. Все операции:"),
                    format!("Всего {total} ₽, возвраты вычтены."),
                    format!("Получатель: логин {login}."),
                )
            }
            Language::En => {
                let week = format!("{} to {}", from.format("%-d %B"), to.format("%-d %B %Y"));
                (
                    format!("Fuel in the week of {week}: {total} ₽"),
                    format!("Hello! This is what your company bought in the week of {week}. All operations:"),
                    format!("{total} ₽ in all, returns taken off."),
                    format!("Recipient: login {login}."),
                )
            }
        };
        let lines = lines.iter().map(|line| {
            let unit = line.unit.map_or("", |unit| match language {
                Language::Ru => ru::unit(unit),
                Language::En => en::unit(unit),
            });
            format!("{} — {}{unit} · {} ₽", line.product, line.spent.quantity, line.spent.amount)
        });
        let paragraphs: Vec<_> = [hello, page.to_string()].into_iter().chain(lines).chain([sum, recipient]).collect();
        let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
        Self::write(language, &subject, &paragraphs)
    }

    /// The letter with how to be rid of its kind, at its end.
    #[must_use]
    pub fn with_a_way_out(self, language: Language, unsubscribe: Unsubscribe) -> Self {
        let words = match language {
            Language::Ru => "Не присылать таких писем",
            Language::En => "No more letters of this kind",
        };
        let page = &unsubscribe.page;
        let end = "</body></html>";
        let html = self.html.trim_end_matches(end);
        Self {
            text: format!("{}\n\n{words}: {page}", self.text),
            html: format!("{html}<p><a href=\"{page}\">{words}</a></p>{end}"),
            unsubscribe: Some(unsubscribe),
            ..self
        }
    }
}

fn last_digits(number: &str) -> &str {
    number.get(number.len().saturating_sub(4)..).unwrap_or(number)
}
