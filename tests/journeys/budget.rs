//! The budget: what is shared, what is left, what the pump says, and who may change it when.

use chrono::{DateTime, Datelike, TimeDelta};
use futures::future::join_all;
use oktan_tests::{Company, Role, Value, World, json};
use reqwest::Method;

/// A plan with everything else as it is.
fn plan(roubles: Option<&str>, litres: Option<&str>) -> Value {
    json!({ "period": "month", "roubles": roubles, "litres": litres, "carry_over": false })
}

fn kopecks(value: &Value) -> i64 {
    value.as_str().expect("an amount").replace('.', "").parse().expect("digits")
}

/// The budget, its shares and its reserve adding up.
async fn sound(company: &Company) -> Value {
    let owner = company.owner().await;
    let budget = owner.get("/v1/budget").await.expect(200);
    let lines = owner.all("/v1/budget/lines", 100).await;
    for measure in ["roubles", "litres"] {
        let shares: i64 =
            lines.iter().filter(|line| !line[measure].is_null()).map(|line| kopecks(&line[measure])).sum();
        let whole = if budget[measure].is_null() { 0 } else { kopecks(&budget[measure]) };
        assert_eq!(shares, kopecks(&budget["distributed"][measure]), "{measure} of {budget} and {lines:?}");
        assert_eq!(shares + kopecks(&budget["reserve"][measure]), whole, "{measure} of {budget}");
        assert!(kopecks(&budget["reserve"][measure]) >= 0);
    }
    budget
}

#[tokio::test]
async fn there_is_a_budget_with_an_etag_before_there_is_one() {
    let world = World::start().await;
    let company = world.company().create().await;
    let viewer = company.user(Role::Viewer).await;
    let answer = viewer.get("/v1/budget").await;
    assert_eq!(answer.etag(), "\"0\"");
    let budget = answer.expect(200);
    assert_eq!(
        (&budget["roubles"], &budget["litres"], &budget["carry_over"]),
        (&Value::Null, &Value::Null, &json!(false))
    );
    assert_eq!(budget["reserve"], json!({ "roubles": "0.00", "litres": "0.000" }));
    assert_eq!((&budget["forecast"], &budget["lines"]), (&Value::Null, &json!([])));
    let (owner, path) = (company.owner().await, "/v1/budget");
    let first = plan(Some("1000"), None);
    owner.ask(Method::PUT, path).json(&first).send().await.problem(428, "if_match_required");
    owner.ask(Method::PUT, path).header("if-match", "\"7\"").json(&first).send().await.problem(412, "stale");
    let saved = owner.ask(Method::PUT, path).header("if-match", "\"0\"").json(&first).send().await;
    assert_eq!(saved.etag(), "\"1\"");
    assert_eq!(saved.expect(200)["reserve"]["roubles"], "1000.00");
    owner.ask(Method::PUT, path).header("if-match", "\"0\"").json(&first).send().await.problem(412, "stale");
    viewer.ask(Method::PUT, path).header("if-match", "*").json(&first).send().await.problem(403, "forbidden");
}

#[tokio::test]
async fn a_share_caps_its_card_at_the_pump_and_tells_what_remains() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let (one, two) = (company.cards[0].as_str(), company.cards[1].as_str());
    let owner = company.owner().await;
    let mut budget = plan(None, Some("150"));
    budget["lines"] = json!([{ "number": one, "litres": "100" }]);
    owner.put("/v1/budget", budget).await.expect(200);
    company.pump.buy(one, "60").await;
    let held = company.pump.hold(one, "10").await;
    let line = owner.get("/v1/budget/lines").await.expect(200)["items"][0].clone();
    assert_eq!((&line["number"], &line["litres"], &line["roubles"]), (&json!(one), &json!("100.000"), &Value::Null));
    assert_eq!((&line["used"]["litres"], &line["held"]["litres"]), (&json!("60.000"), &json!("10.000")));
    let refused = company.pump.decide(&company.pump.fill(one, "31")).await;
    let reason = &refused["reason"];
    assert_eq!((&reason["code"], &reason["remaining"]), (&json!("budget_exceeded"), &json!("30.000")));
    assert!(reason["resets_at"].is_string() && reason["message"].as_str().unwrap().contains("30,00 л"), "{reason}");
    let mut partial = company.pump.fill(one, "31");
    partial["partial_ok"] = json!(true);
    assert_eq!(company.pump.decide(&partial).await["quantity"], "30.000");
    let now = company.card_details(one).await["can_fuel_now"].clone();
    assert_eq!((&now["quantity"], &now["reason"]["code"]), (&json!("0.000"), &json!("budget_exceeded")));
    let ask = json!({ "product": "DT", "quantity": "1" });
    let check = owner.post(&format!("/v1/cards/{one}/check"), ask).await.expect(200);
    assert!(check["rules"].as_array().unwrap().iter().any(|rule| rule["rule"] == "budget" && rule["passes"] == false));
    // A card without a share is not capped by the budget.
    company.pump.buy(two, "200").await;
    company.pump.reverse(&held).await.expect(200);
    sound(&company).await;
}

#[tokio::test]
async fn what_is_wrong_is_named_by_field_and_nothing_is_half_applied() {
    let world = World::start().await;
    let (company, other) = (world.company().cards(3).purses(1).create().await, world.company().create().await);
    let (owner, card) = (company.owner().await, company.card());
    company.pump.buy(card, "40").await;
    owner.put("/v1/budget", plan(Some("9000"), Some("100"))).await.expect(200);
    let before = world.dump_of_effects().await;
    let line = |number: &str, roubles: &str| json!({ "number": number, "roubles": roubles });
    let good = line(&company.cards[1], "10");
    let cases = [
        (json!([good, line(card, "2875.99")]), "lines[1].roubles", "share_below_use"),
        (json!([good, line(card, "9000")]), "lines", "over_distributed"),
        (json!([good, line(&company.purses[0], "1")]), "lines[1].number", "card_is_a_purse"),
        (json!([good, line(other.card(), "1")]), "lines[1].number", "card_unknown"),
        (json!([good, good]), "lines[1].number", "line_repeated"),
        (json!([good, line(card, "-1")]), "lines[1].roubles", "amount_malformed"),
        (json!([good, line(card, "1.001")]), "lines[1].roubles", "amount_too_precise"),
        (json!([good, line("123", "1")]), "lines[1].number", "card_number_malformed"),
    ];
    for (lines, field, code) in cases {
        let body = json!({ "lines": lines });
        let answer = owner.patch("/v1/budget/lines", body.clone()).await;
        assert_eq!(answer.status, 422, "{body}: {answer}");
        assert_eq!(
            (&answer.json["errors"][0]["field"], &answer.json["errors"][0]["code"]),
            (&json!(field), &json!(code))
        );
    }
    let mut whole = plan(Some("9000"), None);
    whole["lines"] = json!([{ "number": card, "litres": "50" }]);
    owner.put("/v1/budget", whole).await.field("lines[0].litres", "measure_not_planned");
    owner.put("/v1/budget", json!({ "period": "week" })).await.field("period", "unknown_value");
    let distribute = |body: Value| owner.post("/v1/budget/distribute", body);
    distribute(json!({ "method": "fair" })).await.field("method", "unknown_value");
    distribute(json!({ "method": "equal", "numbers": [] })).await.field("numbers", "numbers_empty");
    distribute(json!({ "method": "equal", "numbers": [other.card()] })).await.field("numbers[0]", "card_unknown");
    distribute(json!({ "method": "equal", "numbers": [card], "weights": [1] }))
        .await
        .field("weights", "weights_unused");
    distribute(json!({ "method": "proportional", "numbers": [card], "weights": [] }))
        .await
        .field("weights", "weights_mismatch");
    distribute(json!({ "method": "proportional", "numbers": [card], "weights": [0] }))
        .await
        .field("weights", "weights_zero");
    distribute(json!({ "method": "equal", "roubles": "9000.01" })).await.field("roubles", "over_distributed");
    distribute(json!({ "method": "equal", "numbers": [card], "roubles": "2000" }))
        .await
        .field("numbers[0].roubles", "share_below_use");
    assert_eq!(world.dump_of_effects().await, before, "a refusal changes nothing");
    owner.patch("/v1/budget/lines", json!({ "lines": [line(card, "2876"), good] })).await.expect(200);
    owner.put("/v1/budget", plan(Some("2885.99"), Some("100"))).await.field("roubles", "over_distributed");
    sound(&company).await;
}

#[tokio::test]
async fn a_distribution_sums_to_the_kopeck_and_the_millilitre_as_it_was_previewed() {
    let world = World::start().await;
    let company = world.company().cards(3).purses(1).create().await;
    let owner = company.owner().await;
    owner.put("/v1/budget", plan(Some("100"), Some("10"))).await.expect(200);
    let before = world.dump_of_effects().await;
    let shares = |view: &Value| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("a share").to_owned();
        view["items"].as_array().unwrap().iter().map(|line| (text(&line["roubles"]), text(&line["litres"]))).collect()
    };
    let equal = json!({ "method": "equal" });
    let preview = owner.post("/v1/budget/distribute?dry_run=true", equal.clone()).await.expect(200);
    assert_eq!(world.dump_of_effects().await, before, "a preview changes nothing");
    let done = owner.post("/v1/budget/distribute", equal).await.expect(200);
    assert_eq!(shares(&preview), shares(&done));
    assert_eq!(
        shares(&done),
        [("33.34", "3.334"), ("33.33", "3.333"), ("33.33", "3.333")].map(|(r, l)| (r.to_owned(), l.to_owned()))
    );
    assert_eq!(done["reserve"], json!({ "roubles": "0.00", "litres": "0.000" }));
    sound(&company).await;
    let two = &company.cards[..2];
    let ask =
        json!({ "method": "proportional", "numbers": two, "weights": [1, 2], "roubles": "50", "litres": "0.001" });
    let done = owner.post("/v1/budget/distribute", ask).await.expect(200);
    assert_eq!(shares(&done), [("16.67", "0.000"), ("33.33", "0.001")].map(|(r, l)| (r.to_owned(), l.to_owned())));
    // The third card has kept what it had, 33.34 or a kopeck less, as its number comes.
    let kept = owner.all("/v1/budget/lines", 100).await;
    let kept = kept.iter().find(|line| line["number"] == json!(company.cards[2])).expect("its line");
    let reserve = sound(&company).await["reserve"].clone();
    assert_eq!(kopecks(&reserve["roubles"]), 5_000 - kopecks(&kept["roubles"]));
    assert_eq!(kopecks(&reserve["litres"]), 9_999 - kopecks(&kept["litres"]));
}

#[tokio::test]
async fn last_months_use_says_who_gets_how_much() {
    let world = World::start().await;
    let company = world.company().cards(3).create().await;
    let (owner, pump) = (company.owner().await, &company.pump);
    pump.buy(&company.cards[0], "30").await;
    pump.buy(&company.cards[1], "10").await;
    world.advance(TimeDelta::days(i64::from(32 - world.now().day())));
    // One card has been used this month already, its last month is remembered all the same.
    pump.buy(&company.cards[0], "1").await;
    let owner_now = company.owner().await;
    owner_now.put("/v1/budget", plan(None, Some("400"))).await.expect(200);
    let done = owner_now.post("/v1/budget/distribute", json!({ "method": "by_use" })).await.expect(200);
    let litres: Vec<_> =
        done["items"].as_array().unwrap().iter().map(|line| (&line["number"], &line["litres"])).collect();
    for (card, part) in company.cards.iter().zip(["300.000", "100.000", "0.000"]) {
        assert!(litres.contains(&(&json!(card), &json!(part))), "{litres:?}");
    }
    drop(owner);
    sound(&company).await;
}

#[tokio::test]
async fn two_managers_at_once_leave_one_distribution_and_no_kopeck_over() {
    let world = World::start().await;
    let company = world.company().cards(50).payment("1000000.00").create().await;
    let manager = company.user(Role::Manager).await;
    manager.put("/v1/budget", plan(Some("1000000.01"), None)).await.expect(200);
    let halves: Vec<_> = company.cards.chunks(25).map(|cards| json!({ "method": "equal", "numbers": cards })).collect();
    let all = json!({ "method": "equal" });
    let asks = [&all, &halves[0], &halves[1], &all].map(|ask| manager.post("/v1/budget/distribute", ask.clone()));
    for answer in join_all(asks).await {
        assert!(
            answer.status == 200 || answer.code() == "distribution_running" || answer.code() == "unavailable",
            "{answer}"
        );
    }
    let budget = sound(&company).await;
    assert_eq!(budget["running"], false);
    manager.post("/v1/budget/distribute", all).await.expect(200);
    assert_eq!(sound(&company).await["reserve"]["roubles"], "0.00");
}

#[tokio::test]
async fn fifty_asks_against_one_share_get_exactly_what_it_holds() {
    let world = World::start().await;
    let company = world.company().payment("1000000.00").create().await;
    let card = company.card();
    let mut budget = plan(None, Some("500"));
    budget["lines"] = json!([{ "number": card, "litres": "45" }]);
    company.owner().await.put("/v1/budget", budget).await.expect(200);
    let asks = (0..50).map(|_| async {
        let answer = company.pump.decide_in_a_crowd(&company.pump.fill(card, "10")).await;
        match answer["authorization_id"].as_str() {
            Some(id) => {
                company.pump.capture(id, "10").await.expect(200);
                true
            }
            None => {
                let code = answer["reason"]["code"].as_str().expect("a code").to_owned();
                assert!(code == "budget_exceeded" || code == "too_many_holds", "{answer}");
                false
            }
        }
    });
    let mut approved = join_all(asks).await.into_iter().filter(|approved| *approved).count();
    // Those who met three open holds ask again.
    while company.pump.decide(&company.pump.fill(card, "10")).await["decision"] == "approved" {
        approved += 1;
    }
    assert_eq!(approved, 4);
    sound(&company).await;
}

#[tokio::test]
async fn limits_and_share_are_edited_apart_and_use_is_forgotten_by_neither() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, card) = (company.owner().await, company.card());
    let mut budget = plan(None, Some("100"));
    budget["lines"] = json!([{ "number": card, "litres": "50" }]);
    owner.put("/v1/budget", budget).await.expect(200);
    company.pump.buy(card, "20").await;
    company.limit(card, json!({ "limits": [{ "measure": "litres", "period": "month", "amount": "90" }] })).await;
    let line = || async { owner.get("/v1/budget/lines").await.expect(200)["items"][0].clone() };
    assert_eq!((&line().await["litres"], &line().await["used"]["litres"]), (&json!("50.000"), &json!("20.000")));
    owner.patch("/v1/budget/lines", json!({ "lines": [{ "number": card, "litres": "60" }] })).await.expect(200);
    let rules = owner.get(&format!("/v1/cards/{card}/limits")).await.expect(200);
    assert_eq!((&rules["limits"][0]["amount"], &rules["limits"][0]["used"]), (&json!("90.000"), &json!("20.000")));
    company.limit(card, json!({ "limits": [] })).await;
    owner.post(&format!("/v1/cards/{card}/limits/restore"), json!({})).await;
    assert_eq!(line().await["litres"], "60.000");
    // Without a measure a card is not capped any more; what it had is in the reserve.
    owner.patch("/v1/budget/lines", json!({ "lines": [{ "number": card, "litres": null }] })).await.expect(200);
    assert_eq!(sound(&company).await["reserve"]["litres"], "100.000");
    company.pump.buy(card, "70").await;
}

#[tokio::test]
async fn what_is_left_of_a_month_adds_to_the_next_one_only() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    let mut budget = plan(None, Some("100"));
    budget["carry_over"] = json!(true);
    budget["lines"] = json!([{ "number": card, "litres": "100" }]);
    company.owner().await.put("/v1/budget", budget).await.expect(200);
    company.pump.buy(card, "30").await;
    let next_month = async || {
        let now = world.now();
        let ahead = (now + TimeDelta::days(40)).with_day(2).expect("a date");
        world.advance_to(ahead.max(now + TimeDelta::days(1)));
    };
    next_month().await;
    let carried = async || sound(&company).await["carried"]["litres"].clone();
    assert_eq!(carried().await, "70.000");
    assert_eq!(company.pump.declined(card, "171").await, "budget_exceeded");
    company.pump.buy(card, "170").await;
    next_month().await;
    assert_eq!(carried().await, "0.000");
    // Two months that nobody touched: one share is carried, not two.
    next_month().await;
    next_month().await;
    assert_eq!(carried().await, "100.000");
    let instant: DateTime<chrono::Utc> = world.now();
    assert_eq!(
        company.owner().await.get("/v1/budget").await.expect(200)["month"],
        json!(instant.date_naive().with_day(1))
    );
}

#[tokio::test]
async fn a_forecast_says_on_how_many_days_it_stands() {
    let world = World::start().await;
    let company = world.company().payment("9000000.00").create().await;
    let card = company.card();
    world.advance_to((world.now() + TimeDelta::days(40)).with_day(1).expect("a date"));
    company.owner().await.put("/v1/budget", plan(None, Some("3000"))).await.expect(200);
    for day in 1..=10 {
        company.pump.buy(card, "250").await;
        let forecast = company.owner().await.get("/v1/budget").await.expect(200)["forecast"].clone();
        assert_eq!(forecast.is_null(), day < 7, "{day}: {forecast}");
        if day == 10 {
            assert_eq!((&forecast["days"], &forecast["per_day"]["litres"]), (&json!(10), &json!("250.000")));
            assert!(forecast["until"].as_str().unwrap().ends_with("-12"), "{forecast}");
        }
        world.advance(TimeDelta::days(1));
    }
}
