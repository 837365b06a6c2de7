//! Exceptions: a decline is told, one more fill is granted, and what it took of the reserve comes back.

use chrono::TimeDelta;
use oktan_tests::{Company, Role, Value, World, json};

async fn one_litre_a_day(company: &Company) -> Value {
    company.limit(company.card(), json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "1" }] })).await
}

async fn states(company: &Company) -> Vec<Value> {
    let list = company.owner().await.all("/v1/exceptions", 100).await;
    list.into_iter().map(|one| one["state"].clone()).collect()
}

#[tokio::test]
async fn a_grant_is_one_fill_which_a_reverse_gives_back() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, pump) = (company.card(), &company.pump);
    one_litre_a_day(&company).await;
    assert_eq!(pump.declined(card, "40").await, "limit_exceeded");
    let manager = company.user(Role::Manager).await;
    let declines = manager.get("/v1/history?type=decline").await.expect(200);
    let ask = json!({
        "number": card, "product": "DT", "litres": "40", "minutes": 30, "decline_id": declines["items"][0]["id"],
    });
    let granted = manager.post("/v1/exceptions", ask.clone()).await.expect(201);
    assert_eq!((&granted["state"], &granted["decline_id"]), (&json!("open"), &declines["items"][0]["id"]));
    manager.post("/v1/exceptions", ask.clone()).await.problem(409, "exception_open");
    let check = json!({ "product": "DT", "quantity": "40" });
    let check = manager.post(&format!("/v1/cards/{card}/check"), check).await.expect(200);
    assert_eq!(check["decision"], "approved");
    assert_eq!(pump.declined(card, "41").await, "limit_exceeded");
    let held = pump.hold(card, "40").await;
    assert_eq!(states(&company).await, ["in_use"]);
    assert_eq!(pump.declined(card, "40").await, "limit_exceeded");
    pump.reverse(&held).await.expect(200);
    assert_eq!(states(&company).await, ["open"]);
    pump.buy(card, "35").await;
    assert_eq!(states(&company).await, ["used"]);
    assert_eq!(pump.declined(card, "2").await, "limit_exceeded");
    let rules = manager.get(&format!("/v1/cards/{card}/limits")).await.expect(200);
    assert_eq!(rules["limits"][0]["used"], "35.000");
    // The next one, whose time runs out.
    manager.post("/v1/exceptions", ask).await.expect(201);
    world.advance_minutes(30);
    assert_eq!(states(&company).await, ["ended", "used"]);
    assert_eq!(pump.declined(card, "40").await, "limit_exceeded");
    world.tick().await;
    assert_eq!(states(&company).await, ["ended", "used"]);
}

#[tokio::test]
async fn what_the_share_lacks_comes_from_the_reserve_and_comes_back_unused() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, pump, owner) = (company.card(), &company.pump, company.owner().await);
    let budget = json!({
        "period": "month", "litres": "130", "lines": [{ "number": card, "litres": "100" }],
    });
    owner.put("/v1/budget", budget).await.expect(200);
    pump.buy(card, "90").await;
    let ask = |litres: &str| json!({ "number": card, "product": "DT", "litres": litres, "minutes": 60 });
    let refused = owner.post("/v1/exceptions", ask("41")).await.problem(409, "no_reserve");
    assert_eq!(refused["short"]["litres"], "1.000");
    let granted = owner.post("/v1/exceptions", ask("30")).await.expect(201);
    assert_eq!(granted["lent"]["litres"], "20.000");
    let stands = async || {
        let budget = company.owner().await.get("/v1/budget").await.expect(200);
        (
            budget["distributed"]["litres"].clone(),
            budget["reserve"]["litres"].clone(),
            budget["lines"][0]["litres"].clone(),
        )
    };
    assert_eq!(stands().await, (json!("120.000"), json!("10.000"), json!("120.000")));
    world.advance_minutes(60);
    let back = (json!("100.000"), json!("30.000"), json!("100.000"));
    assert_eq!(stands().await, back, "before the sweep has been there");
    world.tick().await;
    let owner = company.owner().await;
    assert_eq!(stands().await, back, "and after it");
    owner.post("/v1/exceptions", ask("30")).await.expect(201);
    pump.buy(card, "25").await;
    assert_eq!(stands().await, (json!("115.000"), json!("15.000"), json!("115.000")), "what was needed stays lent");
    assert_eq!(pump.declined(card, "1").await, "budget_exceeded");
    world.tick().await;
    world.advance_minutes(61);
    world.tick().await;
    assert_eq!(stands().await, (json!("115.000"), json!("15.000"), json!("115.000")));
}

#[tokio::test]
async fn an_exception_never_lifts_a_block_and_bad_ones_are_named_by_field() {
    let world = World::start().await;
    let (company, other) = (world.company().purses(1).create().await, world.company().create().await);
    let (card, pump, owner) = (company.card(), &company.pump, company.owner().await);
    one_litre_a_day(&company).await;
    let ask = |change: &dyn Fn(&mut Value)| {
        let mut body = json!({ "number": card, "litres": "40", "minutes": 30 });
        change(&mut body);
        owner.post("/v1/exceptions", body)
    };
    let before = world.dump_of_effects().await;
    ask(&|body| body["litres"] = json!("0")).await.field("litres", "quantity_out_of_range");
    ask(&|body| body["minutes"] = json!(0)).await.field("minutes", "minutes_out_of_range");
    ask(&|body| body["minutes"] = json!(1_441)).await.field("minutes", "minutes_out_of_range");
    ask(&|body| body["minutes"] = json!("5")).await.field("minutes", "invalid_type");
    ask(&|body| body["product"] = json!("KEROSIN")).await.field("product", "product_unknown");
    ask(&|body| body["decline_id"] = json!("x")).await.field("decline_id", "decline_unknown");
    ask(&|body| body["number"] = json!(other.card())).await.problem(404, "not_found");
    assert_eq!(world.dump_of_effects().await, before);
    let accountant = company.user(Role::Accountant).await;
    let body = json!({ "number": card, "litres": "40", "minutes": 30 });
    accountant.post("/v1/exceptions", body).await.problem(403, "forbidden");
    ask(&|_| ()).await.expect(201);
    owner.post(&format!("/v1/cards/{card}/block"), json!({})).await.expect(200);
    assert_eq!(pump.declined(card, "40").await, "card_blocked");
    owner.post(&format!("/v1/cards/{card}/unblock"), json!({})).await.expect(200);
    pump.buy(card, "40").await;
}

#[tokio::test]
async fn declines_are_mailed_to_whom_the_company_chose_and_those_of_ten_minutes_are_one_letter() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, pump, owner) = (company.card(), &company.pump, company.owner().await);
    one_litre_a_day(&company).await;
    assert_eq!(pump.declined(card, "40").await, "limit_exceeded");
    world.deliver().await;
    assert!(world.letters_to(&company.email).await.iter().all(|letter| !letter.subject.contains("Отказ")));
    let me = owner.get("/v1/session").await.expect(200)["user"]["id"].clone();
    let (manager, stranger) = (company.newcomer(Role::Manager).await, world.company().create().await);
    let foreign = stranger.owner().await.get("/v1/session").await.expect(200)["user"]["id"].clone();
    let settings = |people: Value| owner.patch("/v1/settings", json!({ "decline_mail": people }));
    settings(json!([me, foreign])).await.field("decline_mail[1]", "user_unknown");
    settings(json!([me, me])).await.field("decline_mail[1]", "line_repeated");
    let saved = settings(json!([me, manager.id])).await.expect(200);
    assert_eq!(saved["decline_mail"], json!([me, manager.id]));
    company
        .user(Role::Manager)
        .await
        .patch("/v1/settings", json!({ "decline_mail": [] }))
        .await
        .problem(403, "forbidden");
    for _ in 0..3 {
        pump.declined(card, "40").await;
    }
    world.deliver().await;
    let told = async |address: &str| {
        let letters = world.letters_to(address).await;
        letters.into_iter().filter(|letter| letter.subject.contains("Отказ")).collect::<Vec<_>>()
    };
    let managers = manager.email.expect("an address").to_string();
    for address in [&company.email, &managers] {
        let letters = told(address).await;
        assert_eq!(letters.len(), 1, "{address}");
        let text = &letters[0].text;
        let link = text.split_whitespace().find(|word| word.starts_with("http")).expect("a link");
        let (page, decline) = link.split_once("/exceptions?decline=").expect("the page");
        assert!(page.starts_with("http") && !text.contains(card), "{text}");
        let entry = owner.get(&format!("/v1/history/{decline}")).await.expect(200);
        assert_eq!((&entry["type"], &entry["reason"]["code"]), (&json!("decline"), &json!("limit_exceeded")));
    }
    world.advance_minutes(10);
    pump.declined(card, "40").await;
    world.deliver().await;
    assert_eq!(told(&company.email).await.len(), 2);
    world.advance(TimeDelta::minutes(1));
    let owner = company.owner().await;
    owner.patch("/v1/settings", json!({ "decline_mail": [] })).await.expect(200);
    world.advance_minutes(10);
    pump.declined(card, "40").await;
    world.deliver().await;
    assert_eq!(told(&company.email).await.len(), 2);
}
