//! What the demo's company says is not right of its purchases: OKTAN has refused one dispute, and has days to decide another.

use axum::Router;
use chrono::Duration;
use serde_json::{Value, json};

use super::{DemoCard, Maker, Person, day};
use crate::Failure;
use crate::caller::{Caller, text};

/// A purchase that is disputed.
struct Disputed {
    /// Who disputes it.
    login: &'static str,
    /// The card, by its vehicle's place.
    card: usize,
    /// How long ago it was, in days.
    days: i64,
    /// How much it was: no other of the card on that day is so.
    quantity: &'static str,
    /// What is not right.
    reason: &'static str,
    /// Why nothing is given back; nothing where nobody has decided.
    refused: Option<&'static str>,
}

/// Both are stories of the drivers.
const DISPUTES: [Disputed; 2] = [
    Disputed {
        login: "kolos-buh",
        card: 3,
        days: 9,
        quantity: "118.000",
        reason: "По карте прошло 118 литров АИ-92, а бак этой машины 64 литра. Просим вернуть лишнее.",
        refused: Some(
            "Колонка отпустила 118,00 л: счётчик, чек и запись камеры сходятся. На записи водитель наполняет бак и три \
             канистры по 20 литров. Чтобы больше 64 литров за раз не отпускали, поставьте карте лимит на одну заправку.",
        ),
    },
    Disputed {
        login: "kolos-manager",
        card: 4,
        days: 4,
        quantity: "34.000",
        reason: "Две заправки за четверть часа, 36 и 34 литра, в бак на 50. Водитель говорит, что был на АЗС один раз. \
                 Просим проверить вторую.",
        refused: None,
    },
];

/// The login of who answers.
const OPERATOR: &str = "oktan-operator";

/// Disputes them today, and has the operator refuse one; how many there are. What cannot be because somebody goes by another
/// name is left out.
pub async fn make(maker: &Maker<'_>, people: &[Person], cards: &[DemoCard]) -> Result<usize, Failure> {
    let (named, today) = (|login| people.iter().find(|person| person.login == login), day::date(maker.clock.now()));
    let mut made = 0;
    for Disputed { login, card, days, quantity, reason, refused } in DISPUTES {
        let (Some(person), Some(card)) = (named(login), cards.get(card)) else { continue };
        let client = signed_in(maker.api, person).await?;
        let date = today - Duration::days(days);
        let lines = format!("/v1/history?type=purchase&card={}&from={date}&to={date}", card.number);
        let lines = client.get(&lines).await?;
        let found = lines["items"].as_array().and_then(|lines| lines.iter().find(|line| line["quantity"] == quantity));
        let found = found.ok_or_else(|| Failure::new("a dispute of the demo", "there is no such purchase"))?;
        let id = opened(&client, found, reason).await?;
        made += 1;
        if let (Some(reason), Some(operator)) = (refused, named(OPERATOR)) {
            let operator = signed_in(maker.api, operator).await?;
            operator.post(&format!("/v1/staff/disputes/{id}/refuse"), &json!({ "reason": reason })).await?;
        }
    }
    Ok(made)
}

async fn signed_in(api: &Router, who: &Person) -> Result<Caller, Failure> {
    Caller::signed_in(api, &who.login, &who.password).await
}

async fn opened(client: &Caller, line: &Value, reason: &str) -> Result<String, Failure> {
    let path = format!("/v1/history/{}/dispute", text(line, "/id")?);
    text(&client.post(&path, &json!({ "reason": reason })).await?, "/id")
}
