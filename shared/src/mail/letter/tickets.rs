//! Letters to OKTAN about tickets and disputes, in Russian. What was written in them stays in the cabinet.

use super::Letter;
use crate::domain::news::Language;
use crate::domain::text::{CompanyName, Subject};
use url::Url;

impl Letter {
    /// To the one on call: a company waits since `since` for an answer.
    pub fn ticket_waits(number: u32, subject: &Subject, company: &CompanyName, since: &str, link: &Url) -> Self {
        Self::write(
            Language::Ru,
            &format!("Обращение № {number} ждёт ответа"),
            &[
                "Клиент ждёт ответа дольше 15 минут:",
                link.as_str(),
                &format!("Ждёт с {since}. Компания: {company}"),
                &format!("Обращение № {number}: {subject}"),
            ],
        )
    }

    /// To the one on call: a dispute is to be decided by the end of `due`.
    pub fn dispute_due(number: u32, company: &CompanyName, due: &str, link: &Url) -> Self {
        Self::write(
            Language::Ru,
            &format!("Спор № {number}: последний день для решения"),
            &[
                "Клиент оспорил покупку, решения ещё нет:",
                link.as_str(),
                &format!("Решить нужно до конца дня {due}. Компания: {company}"),
            ],
        )
    }
}
