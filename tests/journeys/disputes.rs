//! A company says that a purchase is not right: what was known of it is kept, and OKTAN decides by a day.

use chrono::TimeDelta;
use futures::future::join_all;
use oktan_local::Options;
use oktan_shared::domain::text::Email;
use oktan_tests::{Answer, Caller, Role, Value, World, json};
use reqwest::Method;

/// Disputes an entry.
pub async fn dispute(by: &Caller, entry: &Value) -> Answer {
    let path = format!("/v1/history/{}/dispute", entry["id"].as_str().expect("an id"));
    by.post(&path, json!({ "reason": "Машина стояла в гараже" })).await
}

pub fn desk(dispute: &Value) -> String {
    format!("/v1/staff/disputes/{}", dispute["id"].as_str().expect("an id"))
}

fn own(dispute: &Value) -> String {
    format!("/v1/disputes/{}", dispute["id"].as_str().expect("an id"))
}

/// What a company's people may be shown of a dispute; nothing that moves by itself.
fn evidence(dispute: &Value) -> Value {
    dispute["evidence"].clone()
}

#[tokio::test]
async fn what_was_known_of_a_purchase_is_kept_as_it_was() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let (owner, card) = (company.owner().await, company.card());
    let edit = owner.ask(Method::PATCH, &format!("/v1/cards/{card}")).header("if-match", "*");
    edit.json(&json!({ "label": "А123ВС 26", "group": "Такси" })).send().await.expect(200);
    let (_, earlier) = company.pump.buy(card, "3").await;
    company.pump.buy(&company.cards[1], "3").await;
    world.advance_minutes(60);
    assert_eq!(company.pump.declined(card, "90000").await, "insufficient_funds");
    let (id, bought) = company.pump.buy(card, "40").await;
    let viewer = company.user(Role::Viewer).await;
    let opened = dispute(&viewer, &bought).await.expect(201);
    let expected = [
        ("state", json!("open")),
        ("reason", json!("Машина стояла в гараже")),
        ("entry_id", bought["id"].clone()),
        ("card_number", json!(card)),
        ("station_code", bought["station_code"].clone()),
        ("quantity", json!("40.000")),
        ("amount", json!("2876.00")),
        ("overdue", json!(false)),
        ("outcome", Value::Null),
    ];
    for (name, value) in expected {
        assert_eq!(opened[name], value, "{name} of {opened}");
    }
    assert_eq!(opened["opened_by"]["me"], true);
    let known = evidence(&opened);
    assert_eq!(known["purchase"], bought);
    assert_eq!((&known["label"], &known["group"]), (&json!("А123ВС 26"), &json!("Такси")));
    assert_eq!((&known["blocked_by_client"], &known["has_pin"]), (&json!(false), &json!(false)));
    let nearby: Vec<_> =
        known["nearby"].as_array().unwrap().iter().map(|one| (&one["type"], &one["quantity"])).collect();
    assert_eq!(nearby, [(&json!("decline"), &json!("90000.000")), (&json!("purchase"), &json!("3.000"))]);
    assert_eq!(known["nearby"][1]["at"], earlier["at"]);

    // Whatever becomes of the card and the purchase, what was known stays.
    company.pump.refund(&id, "10").await.expect(200);
    let owner = company.owner().await;
    owner.post_nothing(&format!("/v1/cards/{card}/block")).await.expect(200);
    let pin = owner.ask(Method::PUT, &format!("/v1/cards/{card}/pin")).json(&json!({ "pin": "4071" }));
    pin.send().await.expect(200);
    world.advance(TimeDelta::days(1));
    let owner = company.owner().await;
    let seen = owner.get(&own(&opened)).await.expect(200);
    assert_eq!(evidence(&seen), known);
    assert_eq!(seen["opened_by"]["me"], false);
    let operator = world.staff(Role::StaffOperator).await;
    let staff = operator.get(&desk(&opened)).await.expect(200);
    assert_eq!((evidence(&staff), &staff["not_returned"]), (known, &json!("30.000")));
    assert_eq!(staff["company"]["id"], json!(company.id));
    let entry = owner.get(&format!("/v1/history/{}", bought["id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&entry["dispute"]["id"], &entry["dispute"]["state"]), (&opened["id"], &json!("open")));
}

#[tokio::test]
async fn a_purchase_is_disputed_once_by_its_company_and_in_time() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (_, bought) = company.pump.buy(company.card(), "10").await;
    let (returned, other) = company.pump.buy(company.card(), "5").await;
    company.pump.refund(&returned, "5").await.expect(200);
    let people = [company.owner().await, company.user(Role::Viewer).await, company.user(Role::Accountant).await];
    let answers = join_all(people.iter().map(|by| dispute(by, &bought))).await;
    let opened: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(opened.len(), 1, "{answers:?}");
    assert!(answers.iter().filter(|answer| answer.status != 201).all(|answer| answer.code() == "disputed_before"));
    let owner = &people[0];
    dispute(owner, &other).await.problem(409, "purchase_returned");
    let entries = owner.all("/v1/history", 100).await;
    for kind in ["refund", "payment"] {
        let entry = entries.iter().find(|entry| entry["type"] == kind).unwrap();
        dispute(owner, entry).await.problem(409, "not_a_purchase");
    }
    let path = format!("/v1/history/{}/dispute", bought["id"].as_str().unwrap());
    owner.post(&path, json!({ "reason": "  " })).await.field("reason", "text_too_short");
    // Another company's is nobody's, in both directions.
    let stranger = world.company().create().await;
    dispute(&stranger.owner().await, &bought).await.problem(404, "not_found");
    let theirs = stranger.owner().await;
    theirs.get(&own(&opened[0].json)).await.problem(404, "not_found");
    theirs.post_nothing(&format!("{}/withdraw", own(&opened[0].json))).await.problem(404, "not_found");
    assert_eq!(theirs.all("/v1/disputes", 10).await, Vec::<Value>::new());

    let (_, late) = company.pump.buy(company.card(), "1").await;
    world.advance(TimeDelta::days(90) - TimeDelta::minutes(1));
    let owner = company.owner().await;
    let in_time = dispute(&owner, &late).await.expect(201);
    owner.post_nothing(&format!("{}/withdraw", own(&in_time))).await.expect(200);
    world.advance(TimeDelta::minutes(2));
    dispute(&owner, &late).await.problem(409, "dispute_too_late");
}

#[tokio::test]
async fn what_is_taken_back_may_be_disputed_again_and_what_is_refused_is_over() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (_, bought) = company.pump.buy(company.card(), "10").await;
    let (owner, operator) = (company.owner().await, world.staff(Role::StaffOperator).await);
    let first = dispute(&owner, &bought).await.expect(201);
    let withdrawn = owner.post_nothing(&format!("{}/withdraw", own(&first))).await.expect(200);
    assert_eq!((&withdrawn["state"], &withdrawn["outcome"]["by"]["me"]), (&json!("withdrawn"), &json!(true)));
    owner.post_nothing(&format!("{}/withdraw", own(&first))).await.problem(409, "dispute_over");
    operator.post(&format!("{}/refuse", desk(&first)), json!({ "reason": "нет" })).await.problem(409, "dispute_over");

    let second = dispute(&owner, &bought).await.expect(201);
    assert_ne!(second["number"], first["number"]);
    operator.post(&format!("{}/refuse", desk(&second)), json!({})).await.field("reason", "required");
    let refused =
        operator.post(&format!("{}/refuse", desk(&second)), json!({ "reason": "ПИН верный, чек есть" })).await;
    let refused = refused.expect(200);
    assert_eq!(
        (&refused["state"], &refused["outcome"]["by"]["full_name"]),
        (&json!("refused"), &json!("Сидорова Анна Павловна"))
    );
    let seen = owner.get(&own(&second)).await.expect(200);
    assert_eq!(seen["outcome"]["reason"], "ПИН верный, чек есть");
    assert_eq!(seen["outcome"]["by"], json!({ "me": false }), "who of OKTAN is not told");
    dispute(&owner, &bought).await.problem(409, "disputed_before");

    // Whoever began it is told, in the app and by mail; the journal has it all.
    world.deliver().await;
    let letters = world.notices_to(&company.email).await;
    let subject = format!("Решение по спору № {}", second["number"]);
    assert!(letters.iter().any(|letter| letter.subject == subject), "{letters:?}");
    let bell = owner.get("/v1/notifications").await.expect(200);
    assert_eq!(bell["items"][0]["facts"]["event"], "dispute_decided", "{bell}");
    let journal = owner.get("/v1/journal?limit=10").await.expect(200);
    let acts: Vec<_> = journal["items"].as_array().unwrap().iter().map(|act| act["action"].as_str().unwrap()).collect();
    assert_eq!(acts[..4], ["dispute.refuse", "dispute.open", "dispute.withdraw", "dispute.open"], "{journal}");
    assert_eq!(journal["items"][0]["reason"], "ПИН верный, чек есть");
}

async fn queue(by: &Caller, filter: &str) -> Vec<Value> {
    let listed = by.all(&format!("/v1/staff/disputes{filter}"), 3).await;
    listed.into_iter().map(|dispute| dispute["id"].clone()).collect()
}

#[tokio::test]
async fn the_desk_sees_what_is_due_first_and_each_list_its_own() {
    let world = World::start().await;
    let (one, two) = (world.company().create().await, world.company().create().await);
    let mut ids = Vec::new();
    for day in 0..5 {
        let company = if day % 2 == 0 { &one } else { &two };
        let (_, bought) = company.pump.buy(company.card(), "1").await;
        ids.push(dispute(&company.owner().await, &bought).await.expect(201));
        world.advance(TimeDelta::days(1));
    }
    let operator = world.staff(Role::StaffAccountant).await;
    let of = |days: &[usize]| days.iter().map(|day| ids[*day]["id"].clone()).collect::<Vec<_>>();
    assert_eq!(queue(&operator, "").await, of(&[0, 1, 2, 3, 4]));
    operator.post(&format!("{}/refuse", desk(&ids[2])), json!({ "reason": "нет" })).await.expect(200);
    operator.post(&format!("{}/refuse", desk(&ids[0])), json!({ "reason": "нет" })).await.expect(200);
    assert_eq!(queue(&operator, "?state=open").await, of(&[1, 3, 4]));
    assert_eq!(queue(&operator, "?state=closed").await, of(&[0, 2]), "the last one decided first");
    assert_eq!(queue(&operator, &format!("?company_id={}", one.id)).await, of(&[4, 2, 0]));
    assert_eq!(queue(&operator, &format!("?company_id={}&state=open", one.id)).await, of(&[4]));
    let theirs = one.owner().await.all("/v1/disputes", 2).await;
    assert_eq!(theirs.iter().map(|dispute| dispute["id"].clone()).collect::<Vec<_>>(), of(&[4, 2, 0]));
    assert!(theirs.iter().all(|dispute| dispute.get("company").is_none()));
    // A cursor is of its list alone.
    let page = operator.get("/v1/staff/disputes?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    operator.get(&format!("/v1/staff/disputes?state=closed&cursor={cursor}")).await.field("cursor", "cursor_invalid");
    let mine = one.owner().await.get("/v1/disputes?limit=1").await.expect(200);
    let foreign = format!("/v1/disputes?cursor={}", mine["next_cursor"].as_str().unwrap());
    two.owner().await.get(&foreign).await.field("cursor", "cursor_invalid");
}

#[tokio::test]
async fn the_one_on_call_is_told_once_when_the_last_day_has_come() {
    let on_call_email = Some(Email::parse("duty@oktan.example").unwrap());
    let world = World::with(Options { on_call_email, ..Options::for_tests() }).await;
    let company = world.company().create().await;
    let mut opened = Vec::new();
    for _ in 0..2 {
        let (_, bought) = company.pump.buy(company.card(), "1").await;
        opened.push(dispute(&company.owner().await, &bought).await.expect(201));
    }
    let operator = world.staff(Role::StaffOperator).await;
    operator.post(&format!("{}/refuse", desk(&opened[1])), json!({ "reason": "нет" })).await.expect(200);
    let told = async || {
        world.tick().await;
        world.deliver().await;
        world.letters_to("duty@oktan.example").await
    };
    world.advance(TimeDelta::days(9));
    assert_eq!(told().await.len(), 0);
    world.advance(TimeDelta::days(1));
    for _ in 0..3 {
        let letters = told().await;
        assert_eq!(letters.len(), 1, "the other one is over");
        assert!(letters[0].text.contains(&desk(&opened[0]).replace("/v1", "")), "{letters:?}");
    }
    world.advance(TimeDelta::days(1));
    assert_eq!(told().await.len(), 1);
    let staff = world.staff(Role::StaffOperator).await.get(&desk(&opened[0])).await.expect(200);
    assert_eq!(staff["overdue"], true);
}
