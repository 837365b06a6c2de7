//! A night: a driver phones in a loss. The lost card ends, another takes its place, and between the two nothing is lost or
//! doubled.

use aws_sdk_dynamodb::types::AttributeValue;
use futures::future::join_all;
use oktan_tests::{Caller, Company, Role, Value, World, json, numbers};

async fn replace(staff: &Caller, card: &str) -> String {
    let ask = json!({ "reason": "утеряна" });
    let answer = staff.post(&format!("/v1/staff/cards/{card}/replace"), ask).await.expect(201);
    answer["card"]["number"].as_str().expect("a number").to_owned()
}

async fn limit_litres(company: &Company, card: &str, amount: &str) {
    company.limit(card, json!({ "limits": [{ "measure": "litres", "period": "day", "amount": amount }] })).await;
}

async fn left(company: &Company, card: &str) -> Value {
    let rules = company.owner().await.get(&format!("/v1/cards/{card}/limits")).await.expect(200);
    rules["limits"][0]["remaining"].clone()
}

async fn purse(company: &Company, card: &str) -> Value {
    company.card_details(card).await["purse"].clone()
}

/// Money moved from the account onto a purse.
async fn put_on_purse(world: &World, company: &str, card: &str, kopecks: i64) {
    let number = |n: i64| AttributeValue::N(n.to_string());
    let row = |pk: String, sk: &str| {
        let client = world.stack().dynamodb();
        let update = client.update_item().table_name(&world.app().config.cabinet_table);
        update.key("pk", AttributeValue::S(pk)).key("sk", AttributeValue::S(sk.to_owned()))
    };
    let purse = row(format!("CARD#{card}"), "CARD").update_expression("ADD purse :a, v :one");
    let purse = purse.expression_attribute_values(":a", number(kopecks)).expression_attribute_values(":one", number(1));
    purse.send().await.expect("a purse");
    let account = row(format!("COMPANY#{company}"), "ACCOUNT").update_expression("ADD moved :a, available :minus");
    let account = account.expression_attribute_values(":a", number(kopecks));
    account.expression_attribute_values(":minus", number(-kopecks)).send().await.expect("an account");
}

/// The accounts tie: what is on purses is what purses hold.
async fn ties(company: &Company) {
    let cards = company.owner().await.all("/v1/cards", 100).await;
    let on_cards: i64 = cards.iter().map(|card| kopecks(&card["purse"])).sum();
    let balance = company.balance().await;
    assert_eq!(kopecks(&balance["on_purses"]), on_cards);
    let parts = kopecks(&balance["balance"]) - kopecks(&balance["on_purses"]) - kopecks(&balance["held"]);
    assert_eq!(kopecks(&balance["available"]), parts);
}

fn kopecks(text: &Value) -> i64 {
    text.as_str().expect("an amount").replace('.', "").parse().expect("a number")
}

#[tokio::test]
async fn a_lost_card_is_replaced_with_all_it_had_and_its_open_hold_still_captures() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (pump, lost) = (&company.pump, company.card().to_owned());
    let owner = company.owner().await;
    let named = json!({ "label": "А123ВС 26", "group": "Самосвалы" });
    owner.patch(&format!("/v1/cards/{lost}"), named).await.expect(200);
    limit_litres(&company, &lost, "100").await;
    owner
        .ask(reqwest::Method::PUT, &format!("/v1/cards/{lost}/pin"))
        .json(&json!({ "pin": "4071" }))
        .send()
        .await
        .expect(200);
    let with_pin = |quantity: &str| {
        let mut ask = pump.fill(&lost, quantity);
        ask["pin"] = json!("4071");
        ask
    };
    let bought = pump.decide(&with_pin("30")).await["authorization_id"].as_str().unwrap().to_owned();
    pump.capture(&bought, "30").await.expect(200);
    let open = pump.decide(&with_pin("20")).await["authorization_id"].as_str().unwrap().to_owned();

    let staff = world.staff(Role::StaffOperator).await;
    staff.post(&format!("/v1/staff/cards/{lost}/block"), json!({ "reason": "утеряна" })).await.expect(200);
    let card = replace(&staff, &lost).await;
    let (old, new) = (company.card_details(&lost).await, company.card_details(&card).await);
    assert_eq!((&old["status"], &old["replaced_by"]), (&json!("closed"), &json!(card)));
    assert_eq!((&new["status"], &new["replaces"], &new["pin"]), (&json!("active"), &json!(lost), &json!("none")));
    for kept in ["label", "group", "funding", "unlimited"] {
        assert_eq!(new[kept], old[kept], "{kept}");
    }
    assert_eq!(left(&company, &card).await, "50.000", "30 l bought and 20 l under way count");
    assert_eq!(pump.declined(&lost, "1").await, "card_closed");
    assert_eq!(pump.declined(&card, "50.001").await, "limit_exceeded");

    pump.capture(&open, "12").await.expect(200);
    assert_eq!(left(&company, &card).await, "58.000", "what was not dispensed is back");
    pump.buy(&card, "58").await;
    assert_eq!(pump.declined(&card, "0.001").await, "limit_exceeded");
    pump.refund(&bought, "30").await.expect(200);
    assert_eq!(left(&company, &card).await, "30.000", "what came back of the old card's is the new one's to use");
    ties(&company).await;

    for path in ["replace", "close", "block", "unblock"] {
        staff.post_nothing(&format!("/v1/staff/cards/{lost}/{path}")).await.problem(409, "card_closed");
    }
    let acts = owner.all("/v1/journal", 50).await;
    let act = acts.iter().find(|act| act["action"] == "card.replace").expect("the act");
    assert_eq!((&act["after"]["replaced_by"], &act["reason"]), (&json!(card), &json!("утеряна")));
}

#[tokio::test]
async fn a_purse_moves_with_its_card_and_what_a_hold_frees_follows_it() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let (pump, lost) = (&company.pump, company.purses[0].clone());
    put_on_purse(&world, &company.id, &lost, 500_000).await;
    let open = pump.hold(&lost, "20").await;
    let dropped = pump.hold(&lost, "10").await;
    let forgotten = pump.hold(&lost, "5").await;
    let staff = world.staff(Role::StaffOperator).await;
    let card = replace(&staff, &lost).await;
    // 20 + 10 + 5 l at 71.90 stay where they are set aside.
    assert_eq!((purse(&company, &lost).await, purse(&company, &card).await), (json!("2516.50"), json!("2483.50")));
    ties(&company).await;
    pump.capture(&open, "15").await.expect(200);
    assert_eq!(purse(&company, &card).await, "2843.00", "5 l are free");
    pump.reverse(&dropped).await.expect(200);
    assert_eq!(purse(&company, &card).await, "3562.00");
    world.advance_minutes(31);
    world.tick().await;
    assert_eq!((purse(&company, &lost).await, purse(&company, &card).await), (json!("0.00"), json!("3921.50")));
    pump.capture(&forgotten, "5").await.expect(200);
    assert_eq!((purse(&company, &lost).await, purse(&company, &card).await), (json!("0.00"), json!("3562.00")));
    pump.refund(&open, "15").await.expect(200);
    assert_eq!(purse(&company, &card).await, "4640.50");
    ties(&company).await;
    // Lost again: what comes late finds the last one in the row.
    let last = replace(&world.staff(Role::StaffOperator).await, &card).await;
    pump.refund(&forgotten, "5").await.expect(200);
    assert_eq!((purse(&company, &card).await, purse(&company, &last).await), (json!("0.00"), json!("5000.00")));
    ties(&company).await;
}

#[tokio::test]
async fn a_closed_purses_money_returns_to_the_account() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let (pump, card) = (&company.pump, company.purses[0].clone());
    put_on_purse(&world, &company.id, &card, 500_000).await;
    let before = company.balance().await;
    let open = pump.hold(&card, "20").await;
    let staff = world.staff(Role::StaffOperator).await;
    let closed = staff.post(&format!("/v1/staff/cards/{card}/close"), json!({ "reason": "продана" })).await.expect(200);
    assert_eq!((&closed["status"], &closed["purse"]), (&json!("closed"), &json!("1438.00")));
    let after = company.balance().await;
    assert_eq!(kopecks(&after["available"]) - kopecks(&before["available"]), 356_200);
    ties(&company).await;
    pump.capture(&open, "15").await.expect(200);
    assert_eq!(purse(&company, &card).await, "0.00");
    assert_eq!(kopecks(&company.balance().await["available"]) - kopecks(&before["available"]), 392_150);
    pump.refund(&open, "15").await.expect(200);
    assert_eq!(company.balance().await["on_purses"], "0.00");
    ties(&company).await;
    let details = company.card_details(&card).await;
    assert_eq!((&details["block_reason"], &details["replaced_by"]), (&json!("продана"), &Value::Null));
    for path in ["replace", "close"] {
        staff.post_nothing(&format!("/v1/staff/cards/{card}/{path}")).await.problem(409, "card_closed");
    }
}

#[tokio::test]
async fn of_ten_replacements_at_once_one_is_made_and_a_taken_number_is_refused() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let (lost, other) = (company.cards[0].clone(), company.cards[1].clone());
    let staff = world.staff(Role::StaffOperator).await;
    let path = format!("/v1/staff/cards/{lost}/replace");
    staff.post(&path, json!({ "number": other })).await.problem(409, "card_number_taken");
    staff.post(&path, json!({ "number": lost })).await.problem(409, "card_number_taken");
    let answers = join_all((0..10).map(|_| staff.post_nothing(&path))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!((made, company.owner().await.all("/v1/cards", 100).await.len()), (1, 3));
    let named = numbers::luhn(&format!("70000000{:06}", world.number()));
    let ask = json!({ "number": named, "blocked": true });
    let answer = staff.post(&format!("/v1/staff/cards/{other}/replace"), ask).await.expect(201);
    assert_eq!((&answer["card"]["number"], &answer["card"]["status"]), (&json!(named), &json!("blocked_by_staff")));
    assert_eq!(answer["old"]["status"], "closed");
    company.user(Role::Owner).await.post_nothing(&path).await.problem(403, "forbidden");
}
