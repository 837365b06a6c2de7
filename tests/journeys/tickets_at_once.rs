//! Tickets that several write in at once, and what is sent twice.

use crate::tickets::{QUEUE, begin, desk, path, write};
use futures::future::join_all;
use oktan_tests::{Answer, Caller, Role, Value, World, json};
use reqwest::Method;

async fn once(by: &Caller, path: &str, key: &str, body: &Value) -> Answer {
    by.ask(Method::POST, path).header("idempotency-key", key).json(body).send().await
}

#[tokio::test]
async fn what_is_sent_again_under_its_key_is_there_once() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let ask = json!({ "subject": "Счёт", "body": "Где он?" });
    let answers = join_all((0..8).map(|_| once(&owner, "/v1/tickets", "k-1", &ask))).await;
    let ids: Vec<_> = answers.iter().map(|answer| (answer.status, answer.json["id"].clone())).collect();
    assert!(ids.iter().all(|one| *one == (201, ids[0].1.clone())), "{ids:?}");
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotent-replayed") != "true").count(), 1);
    assert_eq!(owner.all("/v1/tickets", 100).await.len(), 1);
    once(&owner, "/v1/tickets", "k-1", &json!({ "subject": "Счёт", "body": "Другой" }))
        .await
        .problem(409, "idempotency_key_reused");

    let messages = format!("{}/messages", path(&answers[0].json));
    let said = json!({ "body": "Ау" });
    let first = once(&owner, &messages, "k-2", &said).await;
    let again = once(&owner, &messages, "k-2", &said).await;
    assert_eq!((first.status, again.status, &again.json), (201, 201, &first.json));
    assert_eq!(again.header("idempotent-replayed"), "true");
    once(&owner, &messages, "k-2", &json!({ "body": "Эй" })).await.problem(409, "idempotency_key_reused");
    // Without a key each is another one.
    begin(&owner, "Счёт").await;
    let numbers: Vec<_> = owner.all("/v1/tickets", 100).await.iter().map(|ticket| ticket["number"].clone()).collect();
    assert!(numbers.len() == 2 && numbers[0].as_u64() > numbers[1].as_u64(), "given in turn: {numbers:?}");
}

#[tokio::test]
async fn many_who_write_at_once_are_all_heard_in_some_order() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, operator) = (company.owner().await, world.staff(Role::StaffOperator).await);
    let ticket = begin(&owner, "Разговор").await;
    let (ours, theirs) = (path(&ticket), desk(&ticket));
    let texts: Vec<_> = (0..4).map(|n| format!("раз {n}")).collect();
    let calls = texts
        .iter()
        .enumerate()
        .map(|(n, text)| if n % 2 == 0 { write(&owner, &ours, text) } else { write(&operator, &theirs, text) });
    let mut numbers: Vec<_> = join_all(calls).await.iter().map(|message| message["n"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3, 4, 5]);
    let said = owner.get(&ours).await.expect(200)["messages"].as_array().unwrap().len();
    assert_eq!(said, 5);
    // One letter for each of the two answers.
    assert_eq!(world.notices_to(&company.email).await.len(), 2);
}

#[tokio::test]
async fn many_who_begin_at_once_all_have_a_ticket_of_their_own_number() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let subjects: Vec<_> = (0..12).map(|n| format!("Вопрос {n}")).collect();
    let begun = join_all(subjects.iter().map(|subject| begin(&owner, subject))).await;
    let mut numbers: Vec<_> = begun.iter().map(|ticket| ticket["number"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
    assert_eq!(owner.all("/v1/tickets", 100).await.len(), 12);
}

#[tokio::test]
async fn what_the_client_wrote_and_nobody_saw_waits_on_though_somebody_answers_or_closes() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, operator) = (company.owner().await, world.staff(Role::StaffOperator).await);
    let ticket = begin(&owner, "Два вопроса").await;
    world.advance_minutes(1);
    let second = write(&owner, &path(&ticket), "И второй").await;
    world.advance_minutes(1);
    let answer = json!({ "body": "На первый", "seen": 1 });
    operator.post(&format!("{}/messages", desk(&ticket)), answer).await.expect(201);
    let queue = operator.all(QUEUE, 10).await;
    assert_eq!((queue.len(), &queue[0]["waits_since"]), (1, &second["at"]));
    let read = owner.get(&path(&ticket)).await.expect(200);
    assert_eq!((&read["state"], &read["unread"]), (&json!("waiting"), &json!(true)));
    let close = format!("{}/close", desk(&ticket));
    operator.post(&close, json!({ "seen": 1 })).await.problem(409, "ticket_moved");
    let answer = json!({ "body": "На оба", "seen": 3 });
    operator.post(&format!("{}/messages", desk(&ticket)), answer).await.expect(201);
    assert_eq!(operator.all(QUEUE, 10).await, Vec::<Value>::new());
    assert_eq!(operator.post(&close, json!({ "seen": 4 })).await.expect(200)["state"], "closed");
}
