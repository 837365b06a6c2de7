//! A template given to cards: a few at once, a group or many by a job; what they used stays, what they had can be restored.

use oktan_tests::{Caller, Company, Role, Value, World, json};

async fn template(owner: &Caller, litres: &str) -> String {
    let limits = json!([{ "measure": "litres", "period": "day", "amount": litres }]);
    let made = owner.post("/v1/limit-templates", json!({ "name": "Грузовые", "limits": limits })).await.expect(201);
    format!("/v1/limit-templates/{}/apply", made["id"].as_str().expect("an id"))
}

async fn amount(owner: &Caller, card: &str) -> Value {
    let rules = owner.get(&format!("/v1/cards/{card}/limits")).await.expect(200);
    rules["limits"][0]["amount"].clone()
}

async fn applied(world: &World, owner: &Caller, path: &str, ask: Value) -> Value {
    let started = owner.post(path, ask).await.expect(202);
    world.work().await;
    let done = owner.get(&format!("/v1/jobs/{}", started["job_id"].as_str().expect("an id"))).await.expect(200);
    assert_eq!((&done["kind"], &done["state"]), (&json!("cards_rules"), &json!("done")));
    done
}

#[tokio::test]
async fn a_few_cards_get_a_templates_rules_at_once_each_with_its_result() {
    let world = World::start().await;
    let company = world.company().cards(4).create().await;
    let [one, two, closed, _] = company.cards.as_slice() else { panic!("four cards") };
    let owner = company.owner().await;
    world.admin().await.post(&format!("/v1/staff/cards/{closed}/close"), json!({})).await.expect(200);
    let before = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "100" }] });
    company.limit(one, before).await;
    company.pump.buy(one, "30").await;
    let path = template(&owner, "40").await;
    let stranger = world.company().create().await;
    let ask = json!({ "numbers": [one, two, closed, stranger.card()] });
    let manager = company.user(Role::Manager).await;
    let answer = manager.post(&path, ask.clone()).await.expect(200);
    let result = |number: &str, changed: bool| json!({ "number": number, "ok": true, "changed": changed });
    let refused = |number: &str, code: &str| json!({ "number": number, "ok": false, "changed": false, "code": code });
    let results = |changed| {
        let not_there = refused(stranger.card(), "not_found");
        json!([result(one, changed), result(two, changed), refused(closed, "card_closed"), not_there])
    };
    assert_eq!(answer["results"], results(true));
    assert_eq!(manager.post(&path, ask).await.expect(200)["results"], results(false));
    // What was used stays used.
    assert_eq!(company.pump.declined(one, "11").await, "limit_exceeded");
    company.pump.buy(one, "10").await;
    let acts = owner.all("/v1/journal?q=cards.rules", 100).await;
    let [act] = acts.as_slice() else { panic!("one act: {acts:?}") };
    assert_eq!((&act["after"]["cards"], &act["after"]["name"]), (&json!([one, two]), &json!("Грузовые")));
    assert_eq!(act["after"]["limits"][0]["amount"], "40.000");
    let restore = owner.post_nothing(&format!("/v1/cards/{one}/limits/restore")).await.expect(200);
    assert_eq!(restore["limits"][0]["amount"], "100.000");
}

#[tokio::test]
async fn a_group_all_and_many_are_a_job_that_nobody_can_undo_at_once() {
    let world = World::start().await;
    let company = world.company().cards(60).create().await;
    let owner = company.owner().await;
    let grouped: Vec<&String> = company.cards.iter().take(25).collect();
    let ask = json!({ "action": "group", "numbers": grouped, "group": "Колонна" });
    owner.post("/v1/cards/bulk", ask).await.expect(200);
    world.admin().await.post(&format!("/v1/staff/cards/{}/close", company.cards[59]), json!({})).await.expect(200);
    let path = template(&owner, "40").await;
    let done = applied(&world, &owner, &path, json!({ "group": "Колонна" })).await;
    assert_eq!((&done["done"], &done["changed"], &done["failed"]), (&json!(25), &json!(25), &json!([])));
    let amounts = [amount(&owner, &company.cards[24]).await, amount(&owner, &company.cards[25]).await];
    assert_eq!(amounts, [json!("40.000"), Value::Null]);
    let numbers: Vec<&String> = company.cards.iter().skip(20).collect();
    let done = applied(&world, &owner, &path, json!({ "numbers": numbers })).await;
    assert_eq!((&done["done"], &done["changed"]), (&json!(40), &json!(34)));
    assert_eq!(done["failed"], json!([{ "number": company.cards[59], "code": "card_closed" }]));
    let path = template(&owner, "50").await;
    let done = applied(&world, &owner, &path, json!({ "all": true })).await;
    assert_eq!((&done["changed"], &done["failed"]), (&json!(59), &json!([])));
    for card in company.cards.iter().take(59) {
        assert_eq!(amount(&owner, card).await, "50.000");
    }
    let undo = format!("/v1/jobs/{}/undo", done["id"].as_str().expect("an id"));
    owner.post_nothing(&undo).await.problem(409, "no_undo");
}

#[tokio::test]
async fn cards_are_chosen_in_one_way_and_only_by_who_may() {
    let world = World::start().await;
    let company: Company = world.company().create().await;
    let (owner, card) = (company.owner().await, company.card());
    let path = template(&owner, "40").await;
    for (ask, field, code) in [
        (json!({}), "numbers", "cards_not_chosen"),
        (json!({ "all": false }), "numbers", "cards_not_chosen"),
        (json!({ "numbers": [card], "all": true }), "numbers", "cards_not_chosen"),
        (json!({ "numbers": [] }), "numbers", "cards_out_of_range"),
        (json!({ "numbers": [card, card] }), "numbers[1]", "card_number_repeated"),
    ] {
        let refused = owner.post(&path, ask.clone()).await.problem(422, code);
        assert_eq!(
            (&refused["errors"][0]["field"], &refused["errors"][0]["code"]),
            (&json!(field), &json!(code)),
            "{ask}"
        );
    }
    company.user(Role::Accountant).await.post(&path, json!({ "all": true })).await.problem(403, "forbidden");
    let stranger = world.company().create().await;
    stranger.owner().await.post(&path, json!({ "all": true })).await.problem(404, "not_found");
    assert_eq!(amount(&owner, card).await, Value::Null);
}
