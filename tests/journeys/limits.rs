//! The rules of a card: what they say, what they count, what is refused of them.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use oktan_tests::{Role, Value, World, json};
use reqwest::Method;

const PERIODS: [&str; 6] = ["transaction", "day", "week", "month", "quarter", "year"];

fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().expect("an instant").parse().expect("RFC 3339")
}

#[tokio::test]
async fn a_new_card_has_no_limit_and_buys_fuel_only() {
    let world = World::start().await;
    let company = world.company().create().await;
    let viewer = company.user(Role::Viewer).await;
    let rules = viewer.get(&format!("/v1/cards/{}/limits", company.card())).await.expect(200);
    let fuels = json!({ "mode": "allow", "codes": ["AI92", "AI95", "AI98", "DT", "DTZ", "LPG", "CNG"] });
    assert_eq!(rules, json!({ "limits": [], "products": fuels, "schedule": null, "stations": null }));
}

#[tokio::test]
async fn every_measure_and_period_is_kept_as_saved_and_counts_its_use() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    // Fills up to 20 limits: each measure in each period over all products, and a set.
    for (measure, amount, used, remaining) in [
        ("litres", "500.000", "40.000", "460.000"),
        ("roubles", "9000.50", "2876.00", "6124.50"),
        ("fills", "7", "1", "6"),
    ] {
        let company = world.company().create().await;
        let card = company.card();
        let limit = |period: &str, products: Value| json!({ "measure": measure, "period": period, "amount": amount, "products": products });
        let all = PERIODS.iter().map(|period| limit(period, json!([])));
        let some = PERIODS.iter().map(|period| limit(period, json!(["DT", "LPG"])));
        let other = PERIODS.iter().map(|period| limit(period, json!(["AI95"])));
        let limits: Vec<Value> = all.chain(some).chain(other).collect();
        let saved = company.limit(card, json!({ "limits": limits })).await["limits"].clone();
        for (ask, view) in limits.iter().zip(saved.as_array().unwrap()) {
            for name in ["measure", "period", "amount", "products"] {
                assert_eq!(ask[name], view[name], "{ask}");
            }
        }
        company.pump.buy(card, "40").await;
        let after = company.owner().await.get(&format!("/v1/cards/{card}/limits")).await.expect(200)["limits"].clone();
        for view in after.as_array().unwrap() {
            let counted = view["products"] != json!(["AI95"]) && view["period"] != "transaction";
            let zero =
                amount.split('.').nth(1).map_or("0".to_owned(), |decimals| format!("0.{}", "0".repeat(decimals.len())));
            assert_eq!(view["used"], json!(if counted { used } else { &zero }), "{view}");
            assert_eq!(view["remaining"], json!(if counted { remaining } else { amount }), "{view}");
        }
    }
    // When they reset, by the company's clock: it is a Wednesday in Moscow.
    let limits: Vec<Value> =
        PERIODS.iter().map(|period| json!({ "measure": "fills", "period": period, "amount": "9" })).collect();
    let saved = company.limit(card, json!({ "limits": limits })).await["limits"].clone();
    assert_eq!(saved[0]["resets_at"], Value::Null);
    let midnights: Vec<_> = (1..6).map(|at| instant(&saved[at]["resets_at"]) + TimeDelta::hours(3)).collect();
    let now = world.now() + TimeDelta::hours(3);
    assert_eq!((midnights[0] - now).num_hours(), 13);
    assert_eq!((midnights[1].weekday(), (midnights[1] - now).num_days()), (chrono::Weekday::Mon, 4));
    let month_on = now.month() % 12 + 1;
    assert_eq!((midnights[2].month(), midnights[2].day()), (month_on, 1));
    assert_eq!((midnights[3].month() % 3, midnights[3].day()), (1, 1));
    assert_eq!((midnights[4].year(), midnights[4].month(), midnights[4].day()), (now.year() + 1, 1, 1));
}

#[tokio::test]
async fn saving_again_forgets_no_use() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    company.pump.buy(card, "30").await;
    let rules = |amount: &str, products: Value| json!({ "limits": [{ "measure": "litres", "period": "month", "amount": amount, "products": products }] });
    // A limit set today knows this month.
    let saved = company.limit(card, rules("100", json!([]))).await;
    assert_eq!((&saved["limits"][0]["used"], &saved["limits"][0]["remaining"]), (&json!("30.000"), &json!("70.000")));
    let held = company.pump.hold(card, "10").await;
    let saved = company.limit(card, rules("35", json!([]))).await;
    // Lowering a limit below its use touches no hold.
    assert_eq!((&saved["limits"][0]["used"], &saved["limits"][0]["remaining"]), (&json!("40.000"), &json!("0.000")));
    assert_eq!(company.pump.declined(card, "1").await, "limit_exceeded");
    let entry = company.pump.capture(&held, "10").await.expect(200);
    assert_eq!(entry["flags"], json!([]));
    company.limit(card, json!({ "limits": [] })).await;
    let saved = company.limit(card, rules("100", json!(["DT"]))).await;
    assert_eq!(saved["limits"][0]["used"], "40.000");
    // The day after tomorrow is another day, of the same month.
    let day = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "100" }] });
    assert_eq!(company.limit(card, day.clone()).await["limits"][0]["used"], "40.000");
    world.advance(TimeDelta::days(1));
    assert_eq!(company.limit(card, day).await["limits"][0]["used"], "0.000");
    assert_eq!(company.limit(card, rules("100", json!([]))).await["limits"][0]["used"], "40.000");
}

#[tokio::test]
async fn rules_are_saved_only_over_the_version_that_was_read() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{}/limits", company.card());
    let rules = json!({ "limits": [{ "measure": "fills", "period": "day", "amount": "3" }] });
    owner.ask(Method::PUT, &path).json(&rules).send().await.problem(428, "if_match_required");
    let etag = owner.get(&path).await.etag();
    company.pump.buy(company.card(), "1").await;
    let saved = owner.ask(Method::PUT, &path).header("if-match", &etag).json(&rules).send().await;
    let next = saved.etag();
    assert_eq!(saved.expect(200)["limits"][0]["used"], "1");
    owner.ask(Method::PUT, &path).header("if-match", &etag).json(&rules).send().await.problem(412, "stale");
    assert_eq!(owner.get(&path).await.etag(), next);
}

#[tokio::test]
async fn rules_that_make_no_sense_are_refused_field_by_field() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{}/limits", company.card());
    let limit =
        |measure: &str, period: &str, amount: Value| json!({ "measure": measure, "period": period, "amount": amount });
    let one = |limit: Value| json!({ "limits": [limit] });
    let with = |name: &str, value: Value| json!({ "limits": [], name: value });
    let good = limit("litres", "day", json!("10"));
    let mut products = good.clone();
    products["products"] = json!(["DT", "KEROSIN"]);
    let mut gas = good.clone();
    gas["products"] = json!(["CNG"]);
    let mut unknown = good.clone();
    unknown["colour"] = json!("red");
    let schedule = |weekdays: Value, from: &str, to: &str| {
        with("schedule", json!({ "weekdays": weekdays, "from": from, "to": to }))
    };
    let bad = [
        (json!({}), "limits", "required"),
        (json!({ "limits": null }), "limits", "invalid_type"),
        (json!({ "limits": {} }), "limits", "invalid_type"),
        (with("pin", json!("1234")), "pin", "unknown_field"),
        (one(unknown), "limits[0].colour", "unknown_field"),
        (one(limit("gallons", "day", json!("1"))), "limits[0].measure", "unknown_value"),
        (one(limit("litres", "hour", json!("1"))), "limits[0].period", "unknown_value"),
        (one(limit("litres", "day", json!(10))), "limits[0].amount", "invalid_type"),
        (one(limit("litres", "day", json!("10.0001"))), "limits[0].amount", "quantity_too_precise"),
        (one(limit("roubles", "day", json!("10.001"))), "limits[0].amount", "amount_too_precise"),
        (one(limit("fills", "day", json!("1.5"))), "limits[0].amount", "fills_malformed"),
        (one(limit("fills", "day", json!(3))), "limits[0].amount", "invalid_type"),
        (one(limit("fills", "day", json!("1e3"))), "limits[0].amount", "fills_malformed"),
        (one(limit("fills", "day", json!("-1"))), "limits[0].amount", "fills_malformed"),
        (one(limit("litres", "day", json!("-1"))), "limits[0].amount", "quantity_malformed"),
        (one(limit("litres", "day", json!(" "))), "limits[0].amount", "quantity_malformed"),
        (one(limit("litres", "day", json!("1e3"))), "limits[0].amount", "quantity_malformed"),
        (one(limit("litres", "day", json!("99999999999999999999"))), "limits[0].amount", "quantity_too_large"),
        (one(limit("litres", "day", json!("0"))), "limits[0].amount", "amount_zero"),
        (one(limit("roubles", "year", json!("0.00"))), "limits[0].amount", "amount_zero"),
        (one(limit("fills", "day", json!("0"))), "limits[0].amount", "amount_zero"),
        (json!({ "limits": [good, good] }), "limits[1]", "limit_repeated"),
        (
            json!({ "limits": [limit("litres", "month", json!("99")), limit("litres", "day", json!("100"))] }),
            "limits[0].amount",
            "longer_below_shorter",
        ),
        (
            json!({ "limits": [limit("fills", "day", json!("3")), limit("fills", "year", json!("2"))] }),
            "limits[1].amount",
            "longer_below_shorter",
        ),
        (one(products), "limits[0].products", "product_unknown"),
        (one(gas), "limits[0].products", "not_in_litres"),
        (with("products", json!({ "mode": "allow", "codes": [] })), "products.codes", "choice_empty"),
        (with("products", json!({ "mode": "allow", "codes": ["X"] })), "products.codes", "product_unknown"),
        (with("products", json!({ "mode": "maybe", "codes": ["DT"] })), "products.mode", "unknown_value"),
        (with("products", json!({ "codes": ["DT"] })), "products.mode", "required"),
        (with("stations", json!({ "mode": "deny", "codes": ["404"] })), "stations.codes", "station_unknown"),
        (with("stations", json!({ "mode": "deny", "codes": [] })), "stations.codes", "choice_empty"),
        (schedule(json!([]), "06:00", "22:00"), "schedule.weekdays", "weekdays_empty"),
        (schedule(json!([0]), "06:00", "22:00"), "schedule.weekdays", "weekday_unknown"),
        (schedule(json!([8]), "06:00", "22:00"), "schedule.weekdays", "weekday_unknown"),
        (schedule(json!([300]), "06:00", "22:00"), "schedule.weekdays[0]", "invalid"),
        (schedule(json!([1]), "6:00", "22:00"), "schedule.from", "time_malformed"),
        (schedule(json!([1]), "06:00", "24:01"), "schedule.to", "time_malformed"),
        (schedule(json!([1]), "24:00", "06:00"), "schedule.from", "time_out_of_range"),
    ];
    let before = world.dump_of_effects().await;
    for (body, field, code) in bad {
        let answer = owner.ask(Method::PUT, &path).header("if-match", "*").json(&body).send().await;
        assert_eq!(answer.status, 422, "{body}: {answer}");
        let errors = answer.json["errors"].as_array().unwrap();
        let named: Vec<_> =
            errors.iter().map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        assert_eq!(named, [(field, code)], "{body}");
    }
    let many: Vec<Value> = PERIODS[1..]
        .iter()
        .flat_map(|period| {
            ["AI92", "AI95", "AI98", "DT", "DTZ"].map(|p| {
                json!({
            "measure": "fills", "period": period, "amount": "5", "products": [p] })
            })
        })
        .collect();
    let ask =
        |limits: &[Value]| owner.ask(Method::PUT, &path).header("if-match", "*").json(&json!({ "limits": limits }));
    ask(&many[..21]).send().await.field("limits", "limits_too_many");
    assert_eq!(world.dump_of_effects().await, before, "a refusal changes nothing");
    ask(&many[..20]).send().await.expect(200);
    // Everything wrong is told at once.
    let both = json!({ "limits": [limit("litres", "day", json!("0.0001")), limit("fills", "day", json!("x"))] });
    let answer = owner.ask(Method::PUT, &path).header("if-match", "*").json(&both).send().await.problem(422, "invalid");
    assert_eq!(answer["errors"].as_array().unwrap().len(), 2);
}
