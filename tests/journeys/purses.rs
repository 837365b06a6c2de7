//! Purses: money moved there and back, what a card spends from, and the balance's definitions throughout.

use futures::future::join_all;
use oktan_tests::{Answer, Company, Role, Value, World, json};
use reqwest::Method;
use uuid::Uuid;

async fn transfer(company: &Company, key: &str, body: &Value) -> Answer {
    let accountant = company.user(Role::Accountant).await;
    accountant.ask(Method::POST, "/v1/transfers").header("idempotency-key", key).json(body).send().await
}

async fn moved(company: &Company, from: &str, to: &str, amount: &str) -> Answer {
    transfer(company, &Uuid::new_v4().to_string(), &json!({ "from": from, "to": to, "amount": amount })).await
}

/// Balance, on purses, held, available.
async fn money(company: &Company) -> [String; 4] {
    let view = company.balance().await;
    ["balance", "on_purses", "held", "available"].map(|name| view[name].as_str().expect("an amount").to_owned())
}

#[tokio::test]
async fn money_moves_to_a_purse_from_purse_to_purse_and_back_and_is_never_made() {
    let world = World::start().await;
    let company = world.company().purses(2).payment("1000.00").create().await;
    let (one, two) = (company.purses[0].as_str(), company.purses[1].as_str());
    let entry = moved(&company, "account", one, "600").await.expect(201);
    assert_eq!(
        (&entry["type"], &entry["amount"], &entry["moved"]),
        (&json!("transfer"), &json!("0.00"), &json!("600.00"))
    );
    assert_eq!((&entry["from"], &entry["to"], &entry["card_number"]), (&json!("account"), &json!(one), &json!(one)));
    assert_eq!(money(&company).await, ["1000.00", "600.00", "0.00", "400.00"]);
    moved(&company, "account", two, "400.01").await.problem(409, "insufficient_funds");
    moved(&company, one, two, "600.01").await.problem(409, "insufficient_funds");
    moved(&company, one, two, "250").await.expect(201);
    assert_eq!(money(&company).await, ["1000.00", "600.00", "0.00", "400.00"]);
    // What a hold sets aside stays where it is.
    let held = company.pump.hold(two, "3").await;
    moved(&company, two, "account", "34.31").await.problem(409, "insufficient_funds");
    moved(&company, two, "account", "34.30").await.expect(201);
    assert_eq!(money(&company).await, ["1000.00", "565.70", "0.00", "434.30"]);
    company.pump.capture(&held, "3").await.expect(200);
    assert_eq!(money(&company).await, ["784.30", "350.00", "0.00", "434.30"]);
    let card = company.card_details(one).await;
    assert_eq!(card["purse"], "350.00");
    // Each card's history has the moves that it was part of, the company's has each once.
    let owner = company.owner().await;
    let of = async |path: &str| owner.all(path, 100).await.len();
    assert_eq!(of("/v1/history?type=transfer").await, 3);
    assert_eq!(of(&format!("/v1/history?type=transfer&card={one}")).await, 2);
    assert_eq!(of(&format!("/v1/history?type=transfer&card={two}")).await, 2);
    let first = owner.get("/v1/history?type=transfer").await.expect(200)["items"][1].clone();
    let path = format!("/v1/history/{}", first["id"].as_str().expect("an id"));
    assert_eq!(owner.get(&path).await.expect(200)["moved"], first["moved"]);
}

#[tokio::test]
async fn a_transfer_is_posted_once_per_key_and_bad_ones_are_named_by_field() {
    let world = World::start().await;
    let (company, other) = (world.company().purses(1).create().await, world.company().purses(1).create().await);
    let purse = company.purses[0].as_str();
    let body = json!({ "from": "account", "to": purse, "amount": "10" });
    let first = transfer(&company, "one", &body).await.expect(201);
    let again = transfer(&company, "one", &body).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(201), first);
    let more = json!({ "from": "account", "to": purse, "amount": "11" });
    transfer(&company, "one", &more).await.problem(409, "idempotency_key_reused");
    let copies = join_all((0..8).map(|_| transfer(&company, "two", &body))).await;
    assert!(copies.iter().all(|copy| copy.status == 201));
    assert_eq!(money(&company).await[1], "20.00");
    let owner = company.owner().await;
    owner.post("/v1/transfers", body.clone()).await.problem(400, "idempotency_key_required");
    let viewer = company.user(Role::Viewer).await;
    let before = world.dump_of_effects().await;
    moved(&company, "account", "account", "1").await.field("to", "same_pocket");
    moved(&company, "account", purse, "0").await.field("amount", "amount_not_positive");
    moved(&company, "account", purse, "-1").await.field("amount", "amount_malformed");
    moved(&company, "cash", purse, "1").await.field("from", "card_number_malformed");
    moved(&company, "account", company.card(), "1").await.field("to", "not_a_purse");
    moved(&company, company.card(), "account", "1").await.field("from", "not_a_purse");
    moved(&company, "account", &other.purses[0], "1").await.problem(404, "not_found");
    moved(&company, &other.purses[0], "account", "1").await.problem(404, "not_found");
    let ask = viewer.ask(Method::POST, "/v1/transfers").header("idempotency-key", "x").json(&body);
    ask.send().await.problem(403, "forbidden");
    assert_eq!(world.dump_of_effects().await, before);
    world.admin().await.post(&format!("/v1/staff/companies/{}/suspend", company.id), json!({})).await.expect(200);
    moved(&company, "account", purse, "1").await.problem(409, "company_suspended");
    moved(&company, purse, "account", "1").await.problem(409, "company_suspended");
}

#[tokio::test]
async fn a_card_is_switched_with_its_money_and_its_share_given_back() {
    let world = World::start().await;
    let company = world.company().payment("1000.00").create().await;
    let (card, staff) = (company.card(), world.staff(Role::StaffOperator).await);
    let path = format!("/v1/staff/cards/{card}/funding");
    let budget = json!({ "period": "month", "roubles": "500", "lines": [{ "number": card, "roubles": "300" }] });
    company.owner().await.put("/v1/budget", budget).await.expect(200);
    let held = company.pump.hold(card, "1").await;
    staff.post(&path, json!({ "funding": "purse" })).await.problem(409, "hold_open");
    company.pump.reverse(&held).await.expect(200);
    let switched = staff.post(&path, json!({ "funding": "purse" })).await.expect(200);
    assert_eq!((&switched["funding"], &switched["purse"]), (&json!("purse"), &json!("0.00")));
    staff.post(&path, json!({ "funding": "purse" })).await.expect(200);
    let owner = company.owner().await;
    let view = owner.get("/v1/budget").await.expect(200);
    assert_eq!((&view["reserve"]["roubles"], &view["lines"]), (&json!("500.00"), &json!([])));
    assert_eq!(company.pump.declined(card, "1").await, "insufficient_funds");
    moved(&company, "account", card, "200").await.expect(201);
    company.pump.buy(card, "2").await;
    assert_eq!(money(&company).await, ["856.20", "56.20", "0.00", "800.00"]);
    staff.post(&path, json!({ "funding": "account" })).await.expect(200);
    assert_eq!(money(&company).await, ["856.20", "0.00", "0.00", "856.20"]);
    let transfers = owner.all("/v1/history?type=transfer", 100).await;
    assert_eq!(
        (&transfers[0]["from"], &transfers[0]["to"], &transfers[0]["moved"]),
        (&json!(card), &json!("account"), &json!("56.20"))
    );
    company.pump.buy(card, "1").await;
    assert_eq!(money(&company).await, ["784.30", "0.00", "0.00", "784.30"]);
    owner.post(&path, json!({ "funding": "purse" })).await.problem(403, "forbidden");
}

#[tokio::test]
async fn many_at_once_take_from_a_purse_only_what_is_on_it() {
    let world = World::start().await;
    let company = world.company().purses(2).payment("100.00").create().await;
    let (one, two) = (company.purses[0].as_str(), company.purses[1].as_str());
    moved(&company, "account", one, "100").await.expect(201);
    let asks = (0..12).map(|n| moved(&company, one, if n % 2 == 0 { two } else { "account" }, "15"));
    let done = join_all(asks).await.into_iter().filter(|answer| answer.status == 201).count();
    assert_eq!(done, 6);
    let [balance, ..] = money(&company).await;
    assert_eq!((balance.as_str(), company.card_details(one).await["purse"].as_str()), ("100.00", Some("10.00")));
}
