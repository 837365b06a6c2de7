//! What the demo's people wrote to OKTAN today: one waits, one is answered and not yet read, one is closed.

use axum::Router;
use serde_json::json;

use super::Person;
use crate::Failure;
use crate::caller::{Caller, text};

/// Who asks, about what, the question, and the operator's answer, if there is one.
const TICKETS: [(&str, &str, &str, Option<&str>); 3] = [
    (
        "kolos",
        "Нужен реестр операций за прошлый месяц",
        "Добрый день!\nУПД скачали, а реестра по картам в архиве не нашли. Подскажите, где он?",
        Some(
            "Здравствуйте! Реестр лежит в том же архиве: файлы, имя которых начинается с register, для печати и таблицей. Если \
              их у вас нет, напишите, за какой месяц скачивали, — проверим.",
        ),
    ),
    (
        "kolos-manager",
        "Водитель говорит, что терминал не принял карту",
        "На АЗС 12 в 9 утра терминал ответил отказом, в истории отказа не вижу. Посмотрите, пожалуйста.",
        None,
    ),
    (
        "kolos-buh",
        "Поменялся адрес для писем",
        "Просим все письма по договору слать на новый адрес, он в карточке компании.",
        Some("Добрый день! Адрес сменили два сотрудника, как положено; на прежний ушло уведомление."),
    ),
];

/// The login of who answers, and of whose ticket is closed after it.
const OPERATOR: &str = "oktan-operator";
const DONE: &str = "kolos-buh";

/// Writes them; what cannot be written because somebody goes by another name is left out.
pub async fn make(api: &Router, people: &[Person]) -> Result<usize, Failure> {
    let named = |login: &str| people.iter().find(|person| person.login == login);
    let mut written = 0;
    for (login, subject, body, answer) in TICKETS {
        let Some(person) = named(login) else { continue };
        let client = Caller::signed_in(api, &person.login, &person.password).await?;
        let ticket = client.post("/v1/tickets", &json!({ "subject": subject, "body": body })).await?;
        let id = text(&ticket, "/id")?;
        written += 1;
        if let (Some(answer), Some(operator)) = (answer, named(OPERATOR)) {
            let operator = Caller::signed_in(api, &operator.login, &operator.password).await?;
            operator.post(&format!("/v1/staff/tickets/{id}/messages"), &json!({ "body": answer })).await?;
            if login == DONE {
                client.post(&format!("/v1/tickets/{id}/seen"), &json!({ "messages": 2 })).await?;
                client.post(&format!("/v1/tickets/{id}/close"), &json!({})).await?;
            }
        }
    }
    Ok(written)
}
