//! What happened, in Russian.

use super::{Said, last_digits};
use crate::domain::notice::Event;
use crate::domain::product::Unit;

/// What is said of an event; `None` for what has a letter of its own.
pub fn of(event: &Event, label: &str, when: &str, duty_phone: &str) -> Option<Said> {
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
        Event::NewDevice { address } => (
            "Вход с нового устройства".to_owned(),
            "Здравствуйте! В личный кабинет ОКТАН вошли с нового устройства. Посмотреть сеансы и завершить лишние:",
            format!(
                "Это было {when}{}. Если это были вы, ничего делать не нужно; если нет — смените пароль и немедленно \
                 позвоните нам: {duty_phone}.",
                if address.is_empty() { String::new() } else { format!(", адрес {address}") }
            ),
        ),
        Event::TicketAnswered { number, .. } => (
            format!("Ответ на обращение № {number}"),
            "Здравствуйте! Мы ответили на ваше обращение в ОКТАН. Прочитать ответ:",
            format!("Срочный вопрос можно задать по дежурному телефону {duty_phone}."),
        ),
        Event::DisputeDecided { number, refunded, .. } => (
            match refunded {
                Some(_) => format!("Деньги по спору № {number} возвращены"),
                None => format!("Решение по спору № {number}"),
            },
            "Здравствуйте! Мы рассмотрели покупку, которую вы оспорили. Решение и то, на чём оно основано:",
            match refunded {
                Some(amount) => format!("Вернули {amount} ₽, {when}. Вопросы — по дежурному телефону {duty_phone}."),
                None => format!(
                    "Деньги не возвращены; почему — написано там. Вопросы — по дежурному телефону {duty_phone}."
                ),
            },
        ),
        Event::PromotionOpened { title, .. } => (
            format!("Акция для вашей компании: {title}"),
            "Здравствуйте! В ОКТАН открыта акция, в которой может участвовать ваша компания. Условия и участие:",
            format!("Акция «{title}». Скидка действует на заправки после того, как вы присоединитесь."),
        ),
        Event::FillDeclined { .. } | Event::WeeklySummary { .. } => return None,
    };
    Some(Said { subject, hello: hello.to_owned(), more })
}

/// In what a product is measured, after its quantity.
pub const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Litre => " л",
        Unit::CubicMetre => " м³",
        Unit::Piece => " шт.",
    }
}

const fn who(by_staff: bool) -> &'static str {
    if by_staff { "ОКТАН" } else { "ваш сотрудник" }
}
