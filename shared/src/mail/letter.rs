//! What letters say, in both languages. The link, if there is one, is the first URL of the text.

mod declines;
mod message;
mod notices;
mod people;
mod recovery;
mod tickets;

#[cfg(test)]
mod tests;

pub use notices::Bought;

use crate::domain::news::Language;
use crate::domain::text::{Email, PersonName};
use crate::unsubscribe::Unsubscribe;
use url::Url;

/// A letter: subject, plain text and the same as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where an answer goes, where it is not the sender.
    pub reply_to: Option<Email>,
    /// How to be rid of such letters, of those that one can do without.
    pub unsubscribe: Option<Unsubscribe>,
}

impl Letter {
    /// The link to set a first password; `hours` is how long it works.
    pub fn activation(
        language: Language,
        name: &PersonName,
        login: &str,
        link: &Url,
        hours: i64,
        duty_phone: &str,
    ) -> Self {
        // What is known of whom stands below the link: it is the first URL of the text, whatever a name looks like.
        match language {
            Language::Ru => Self::write(
                language,
                "Доступ в личный кабинет ОКТАН",
                &[
                    "Здравствуйте! Для вас создан доступ в личный кабинет топливных карт ОКТАН. Задайте пароль по ссылке:",
                    link.as_str(),
                    &format!("Получатель: {name}, логин {login}. Ссылка действует {hours} ч. и срабатывает один раз."),
                    &format!("Если вы этого не ждали, позвоните нам: {duty_phone}."),
                ],
            ),
            Language::En => Self::write(
                language,
                "Your access to the OKTAN cabinet",
                &[
                    "Hello! You have been given access to the OKTAN fuel card cabinet. Set your password here:",
                    link.as_str(),
                    &format!("Recipient: {name}, login {login}. The link works for {hours} hours, once."),
                    &format!("If you did not expect this, call us: {duty_phone}."),
                ],
            ),
        }
    }

    /// The password was changed.
    pub fn password_changed(language: Language, name: &PersonName, login: &str, when: &str, duty_phone: &str) -> Self {
        match language {
            Language::Ru => Self::write(
                language,
                "Пароль личного кабинета изменён",
                &[
                    &format!("Здравствуйте, {name}!"),
                    &format!(
                        "Пароль для входа «{login}» в личный кабинет ОКТАН изменён {when}. Все прежние сеансы завершены."
                    ),
                    &format!("Если это были не вы, немедленно позвоните нам: {duty_phone}."),
                ],
            ),
            Language::En => Self::write(
                language,
                "The password of your cabinet was changed",
                &[
                    &format!("Hello, {name}!"),
                    &format!(
                        "The password of login “{login}” to the OKTAN cabinet was changed on {when}. All earlier sessions \
                         have been ended."
                    ),
                    &format!("If it was not you, call us at once: {duty_phone}."),
                ],
            ),
        }
    }

    fn write(language: Language, subject: &str, paragraphs: &[&str]) -> Self {
        let html: String = paragraphs
            .iter()
            .map(|text| match text.starts_with("https://") || text.starts_with("http://") {
                true => format!("<p><a href=\"{0}\">{0}</a></p>", escape(text)),
                false => format!("<p>{}</p>", escape(text)),
            })
            .collect();
        let lang = language.as_str();
        Self {
            subject: subject.to_owned(),
            text: paragraphs.join("\n\n"),
            html: format!("<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><body>{html}</body></html>"),
            reply_to: None,
            unsubscribe: None,
        }
    }
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
        out
    })
}
