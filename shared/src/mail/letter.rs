//! What letters say. The link, if there is one, is the first URL of the text.

mod declines;
mod message;
mod notices;
mod people;
mod recovery;
mod tickets;

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
    pub fn activation(name: &PersonName, login: &str, link: &Url, hours: i64, duty_phone: &str) -> Self {
        Self::write(
            "Доступ в личный кабинет ОКТАН",
            &[
                "Здравствуйте! Для вас создан доступ в личный кабинет топливных карт ОКТАН. Задайте пароль по ссылке:",
                link.as_str(),
                // Below the link: it is the first URL of the text, whatever a name looks like.
                &format!("Получатель: {name}, логин {login}. Ссылка действует {hours} ч. и срабатывает один раз."),
                &format!("Если вы этого не ждали, позвоните нам: {duty_phone}."),
            ],
        )
    }

    /// The password was changed.
    pub fn password_changed(name: &PersonName, login: &str, when: &str, duty_phone: &str) -> Self {
        Self::write(
            "Пароль личного кабинета изменён",
            &[
                &format!("Здравствуйте, {name}!"),
                &format!(
                    "Пароль для входа «{login}» в личный кабинет ОКТАН изменён {when}. Все прежние сеансы завершены."
                ),
                &format!("Если это были не вы, немедленно позвоните нам: {duty_phone}."),
            ],
        )
    }

    fn write(subject: &str, paragraphs: &[&str]) -> Self {
        let html: String = paragraphs
            .iter()
            .map(|text| match text.starts_with("https://") || text.starts_with("http://") {
                true => format!("<p><a href=\"{0}\">{0}</a></p>", escape(text)),
                false => format!("<p>{}</p>", escape(text)),
            })
            .collect();
        Self {
            subject: subject.to_owned(),
            text: paragraphs.join("\n\n"),
            html: format!("<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><body>{html}</body></html>"),
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
