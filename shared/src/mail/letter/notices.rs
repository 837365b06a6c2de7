//! Letters of what a person chose to be told of. The link is the first URL of the text; how to be rid of them stands last.

use super::Letter;
use crate::domain::Kopecks;
use crate::domain::notice::Event;
use crate::domain::spending::Spent;
use crate::unsubscribe::Unsubscribe;
use chrono::NaiveDate;
use url::Url;

impl Letter {
    /// Something happened; `label` is what a card is called, `when` is in words, `login` is whose letter it is. `None` for
    /// what has a letter of its own.
    pub fn notice(
        event: &Event,
        label: Option<&str>,
        when: &str,
        page: &Url,
        login: &str,
        duty_phone: &str,
    ) -> Option<Self> {
        let label = label.filter(|label| !label.is_empty()).map(|label| format!(" ({label})")).unwrap_or_default();
        let (subject, hello, more) = match event {
            Event::LowBalance { available, threshold } => (
                "Заканчиваются деньги на топливо".to_owned(),
                "Здравствуйте! У вашей компании осталось меньше, чем вы задали в настройках. Пополнить счёт:",
                format!("Доступно компании {available} ₽, порог {threshold} ₽. Так было {when}."),
            ),
            Event::CardBlocked { card, by_staff } => (
                format!("Карта …{} заблокирована", last_digits(card.as_str())),
                "Здравствуйте! Карта вашей компании заблокирована. Посмотреть, почему:",
                format!("Карта {card}{label}, {when}. Заблокировал {}.", who(*by_staff)),
            ),
            Event::CardsBlocked { by_staff } => (
                "Заблокированы несколько карт".to_owned(),
                "Здравствуйте! Несколько карт вашей компании заблокированы. Посмотреть, какие:",
                format!("Это сделал {}, {when}.", who(*by_staff)),
            ),
            Event::ExceptionGranted { card, litres } => (
                format!("Разрешена заправка сверх лимита: карта …{}", last_digits(card.as_str())),
                "Здравствуйте! Ваш сотрудник разрешил одну заправку сверх лимита. Посмотреть:",
                format!("Карта {card}{label}, до {litres} л, {when}."),
            ),
            Event::NewDevice { address } => {
                let from = if address.is_empty() { String::new() } else { format!(", адрес {address}") };
                (
                    "Вход с нового устройства".to_owned(),
                    "Здравствуйте! В личный кабинет ОКТАН вошли с нового устройства. Посмотреть сеансы и завершить лишние:",
                    format!(
                        "Это было {when}{from}. Если это были вы, ничего делать не нужно; если нет — смените пароль и \
                         немедленно позвоните нам: {duty_phone}."
                    ),
                )
            }
            Event::TicketAnswered { number, .. } => (
                format!("Ответ на обращение № {number}"),
                "Здравствуйте! Мы ответили на ваше обращение в ОКТАН. Прочитать ответ:",
                format!("Срочный вопрос можно задать по дежурному телефону {duty_phone}."),
            ),
            Event::FillDeclined { .. } | Event::WeeklySummary { .. } => return None,
        };
        Some(Self::write(&subject, &[hello, page.as_str(), &more, &format!("Получатель: логин {login}.")]))
    }

    /// What a week cost: a line for each product, with its unit, and the sum.
    pub fn weekly_summary(
        from: NaiveDate,
        to: NaiveDate,
        lines: &[(String, Spent)],
        total: Kopecks,
        page: &Url,
        login: &str,
    ) -> Self {
        let (from, to) = (from.format("%d.%m"), to.format("%d.%m.%Y"));
        let lines = lines.iter().map(|(product, spent)| format!("{product} — {} · {} ₽", spent.quantity, spent.amount));
        let mut paragraphs = vec![
            format!("Здравствуйте! Вот что ваша компания купила за неделю {from}–{to}. Все операции:"),
            page.to_string(),
        ];
        paragraphs.extend(lines);
        paragraphs.push(format!("Всего {total} ₽, возвраты вычтены."));
        paragraphs.push(format!("Получатель: логин {login}."));
        let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
        Self::write(&format!("Топливо за неделю {from}–{to}: {total} ₽"), &paragraphs)
    }

    /// The letter with how to be rid of its kind, at its end.
    #[must_use]
    pub fn with_a_way_out(self, unsubscribe: Unsubscribe) -> Self {
        let page = &unsubscribe.page;
        let end = "</body></html>";
        let html = self.html.trim_end_matches(end);
        Self {
            text: format!("{}\n\nНе присылать таких писем: {page}", self.text),
            html: format!("{html}<p><a href=\"{page}\">Не присылать таких писем</a></p>{end}"),
            unsubscribe: Some(unsubscribe),
            ..self
        }
    }
}

fn who(by_staff: bool) -> &'static str {
    if by_staff { "ОКТАН" } else { "ваш сотрудник" }
}

fn last_digits(number: &str) -> &str {
    number.get(number.len().saturating_sub(4)..).unwrap_or(number)
}
