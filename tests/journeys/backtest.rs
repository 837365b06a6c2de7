//! Rules tried on what was really asked.

use chrono::TimeDelta;
use oktan_tests::{Role, Value, World, json};

fn litres(period: &str, amount: &str) -> Value {
    json!({ "limits": [{ "measure": "litres", "period": period, "amount": amount }] })
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["entry_id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn rules_that_are_not_changed_would_have_decided_as_they_did() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    company.limit(card, litres("day", "100")).await;
    company.pump.buy(card, "60").await;
    company.pump.declined(card, "60").await;
    // Its hold was in the way of the next; it is in no list of history.
    let hold = company.pump.hold(card, "30").await;
    company.pump.declined(card, "20").await;
    company.pump.reverse(&hold).await.expect(200);
    company.pump.buy(card, "40").await;
    let tried = company.owner().await.post(&format!("/v1/cards/{card}/limits/backtest"), litres("day", "100")).await;
    let tried = tried.expect(200);
    assert_eq!((&tried["fills"], &tried["declines"]), (&json!(2), &json!(2)));
    assert_eq!((&tried["refused"], &tried["released"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn stricter_rules_name_the_fills_they_refuse_and_wider_ones_the_declines_they_release() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    company.limit(card, litres("day", "100")).await;
    let mut fills = Vec::new();
    for quantity in ["50", "30", "20"] {
        fills.push(company.pump.buy(card, quantity).await.1["id"].as_str().unwrap().to_owned());
    }
    company.pump.declined(card, "25").await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{card}/limits/backtest");
    let rules_before = owner.get(&format!("/v1/cards/{card}/limits")).await;

    // 50 passes, 30 would make 80; it uses nothing, so 20 passes.
    let stricter = owner.post(&path, litres("day", "70")).await.expect(200);
    assert_eq!(ids(&stricter["refused"]), [fills[1].as_str()]);
    let refused = &stricter["refused"][0];
    assert_eq!((&refused["quantity"], &refused["station_code"]), (&json!("30.000"), &json!("12")));
    assert_eq!(
        (&refused["reason"]["code"], &refused["reason"]["remaining"]),
        (&json!("limit_exceeded"), &json!("20.000"))
    );
    assert_eq!(stricter["released"], json!([]));
    // The id is that of history.
    assert_eq!(owner.get(&format!("/v1/history/{}", fills[1])).await.expect(200)["quantity"], "30.000");

    let wider = owner.post(&path, litres("day", "130")).await.expect(200);
    assert_eq!(wider["refused"], json!([]));
    let declines = owner.get("/v1/history?type=decline").await.expect(200);
    assert_eq!(ids(&wider["released"]), [declines["items"][0]["id"].as_str().unwrap()]);

    // It changes nothing.
    let rules_after = owner.get(&format!("/v1/cards/{card}/limits")).await;
    assert_eq!((rules_before.etag(), &rules_before.json), (rules_after.etag(), &rules_after.json));

    // Days before those that are tried count in their windows, and are not tried themselves.
    world.advance(TimeDelta::days(3));
    let owner = company.owner().await;
    let later = company.pump.buy(card, "40").await.1["id"].as_str().unwrap().to_owned();
    let mut ask = litres("year", "120");
    ask["days"] = json!(1);
    let tried = owner.post(&path, ask).await.expect(200);
    assert_eq!((&tried["fills"], ids(&tried["refused"])), (&json!(1), vec![later.as_str()]));
    assert_eq!(tried["refused"][0]["reason"]["remaining"], "20.000");
}

#[tokio::test]
async fn what_makes_no_sense_is_named_by_field_and_others_may_not_try() {
    let world = World::start().await;
    let company = world.company().create().await;
    let path = format!("/v1/cards/{}/limits/backtest", company.card());
    let owner = company.owner().await;
    for (days, code) in [(0, "days_out_of_range"), (367, "days_out_of_range")] {
        let mut ask = litres("day", "100");
        ask["days"] = json!(days);
        owner.post(&path, ask).await.field("days", code);
    }
    owner.post(&path, litres("day", "0")).await.field("limits[0].amount", "amount_zero");
    company.user(Role::Viewer).await.post(&path, litres("day", "100")).await.problem(403, "forbidden");
    let other = world.company().create().await;
    other.owner().await.post(&path, litres("day", "100")).await.problem(404, "not_found");
}
