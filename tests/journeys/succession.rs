//! A lost card's share and exception pass to the card in its place; a closed card's go back to the reserve.

use oktan_tests::{Company, Value, World, json};
use reqwest::Method;

async fn replaced(world: &World, card: &str) -> String {
    let answer = world.admin().await.post(&format!("/v1/staff/cards/{card}/replace"), json!({})).await.expect(201);
    answer["card"]["number"].as_str().expect("a number").to_owned()
}

async fn lines(company: &Company) -> Vec<Value> {
    company.owner().await.all("/v1/budget/lines", 100).await
}

#[tokio::test]
async fn the_heir_of_a_lost_card_has_its_share_with_what_was_used_of_it() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (lost, pump, owner) = (company.card(), &company.pump, company.owner().await);
    let budget = json!({ "period": "month", "litres": "150", "lines": [{ "number": lost, "litres": "100" }] });
    owner.put("/v1/budget", budget).await.expect(200);
    pump.buy(lost, "30").await;
    let held = pump.hold(lost, "20").await;
    let heir = replaced(&world, lost).await;
    let shares = lines(&company).await;
    let [line] = shares.as_slice() else { panic!("one share: {shares:?}") };
    assert_eq!((&line["number"], &line["litres"]), (&json!(heir), &json!("100.000")));
    assert_eq!(line["used"]["litres"], "50.000", "what is set aside on the lost card counts");
    assert_eq!(pump.declined(&heir, "51").await, "budget_exceeded");
    pump.reverse(&held).await.expect(200);
    let hold = pump.hold(&heir, "70").await;
    pump.capture(&hold, "70").await.expect(200);
    let budget = owner.get("/v1/budget").await.expect(200);
    assert_eq!((&budget["distributed"]["litres"], &budget["reserve"]["litres"]), (&json!("100.000"), &json!("50.000")));
    // Closed, it gives its share back.
    world.admin().await.post(&format!("/v1/staff/cards/{heir}/close"), json!({})).await.expect(200);
    let budget = owner.get("/v1/budget").await.expect(200);
    assert_eq!((&budget["distributed"]["litres"], &budget["reserve"]["litres"]), (&json!("0.000"), &json!("150.000")));
    assert_eq!(lines(&company).await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_heir_may_use_an_exception_once_and_what_was_lent_for_it_comes_back() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (lost, pump, owner) = (company.card(), &company.pump, company.owner().await);
    let budget = json!({ "period": "month", "litres": "130", "lines": [{ "number": lost, "litres": "10" }] });
    owner.put("/v1/budget", budget).await.expect(200);
    pump.declined(lost, "40").await;
    let declines = owner.get("/v1/history?type=decline").await.expect(200);
    let decline = &declines["items"][0]["id"];
    let ask = json!({ "number": lost, "litres": "40", "minutes": 20, "decline_id": decline });
    owner.post("/v1/exceptions", ask).await.expect(201);
    let using = pump.hold(lost, "40").await;
    let heir = replaced(&world, lost).await;
    assert_eq!(pump.declined(&heir, "40").await, "budget_exceeded", "the lost card is using it");
    pump.reverse(&using).await.expect(200);
    let list = owner.all("/v1/exceptions", 100).await;
    let [one] = list.as_slice() else { panic!("one exception: {list:?}") };
    assert_eq!((&one["number"], &one["state"], &one["decline_id"]), (&json!(heir), &json!("open"), decline));
    let hold = pump.hold(&heir, "40").await;
    assert_eq!(pump.declined(&heir, "40").await, "budget_exceeded");
    pump.reverse(&hold).await.expect(200);
    world.advance_minutes(21);
    world.tick().await;
    let budget = owner.get("/v1/budget").await.expect(200);
    assert_eq!((&budget["distributed"]["litres"], &budget["reserve"]["litres"]), (&json!("10.000"), &json!("120.000")));
    assert_eq!(owner.all("/v1/exceptions", 100).await[0]["state"], "ended");
    // And another one can be granted.
    owner.post("/v1/exceptions", json!({ "number": heir, "litres": "40", "minutes": 20 })).await.expect(201);
}

#[tokio::test]
async fn what_a_purse_leaves_stands_in_the_history() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let (lost, owner) = (company.purses[0].as_str(), company.owner().await);
    let ask = json!({ "from": "account", "to": lost, "amount": "500" });
    let ask = owner.ask(Method::POST, "/v1/transfers").header("idempotency-key", "one").json(&ask);
    ask.send().await.expect(201);
    let heir = replaced(&world, lost).await;
    world.admin().await.post(&format!("/v1/staff/cards/{heir}/close"), json!({})).await.expect(200);
    let moves = owner.all("/v1/history?type=transfer", 100).await;
    let told: Vec<_> = moves.iter().map(|one| (&one["from"], &one["to"], &one["moved"])).collect();
    let (account, amount) = (json!("account"), json!("500.00"));
    let (lost, heir) = (json!(lost), json!(heir));
    assert_eq!(told, [(&heir, &account, &amount), (&lost, &heir, &amount), (&account, &lost, &amount)]);
    let balance = owner.get("/v1/balance").await.expect(200);
    assert_eq!(balance["balance"], balance["available"]);
}
