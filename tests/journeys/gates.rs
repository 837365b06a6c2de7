//! What, where and when a card may fuel; and that `check` says what the pump does.

use chrono::{Days, NaiveTime, TimeDelta, Weekday};
use oktan_shared::domain::window::Zone;
use oktan_tests::{Company, Pump, Value, World, json, numbers};

#[tokio::test]
async fn a_card_buys_the_products_it_may() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    let ask = |product: &str| {
        let body = company.pump.fill_of(card, product, "50.00", "1");
        let pump = company.pump.clone();
        async move {
            let answer = pump.decide(&body).await;
            if let Some(id) = answer["authorization_id"].as_str() {
                pump.reverse(id).await.expect(200);
            }
            answer["reason"]["code"].as_str().map(str::to_owned)
        }
    };
    let refused = Some("product_not_allowed".to_owned());
    company.limit(card, json!({ "limits": [], "products": { "mode": "allow", "codes": ["DT", "WASH"] } })).await;
    assert_eq!((ask("DT").await, ask("WASH").await, ask("AI95").await), (None, None, refused.clone()));
    company.limit(card, json!({ "limits": [], "products": { "mode": "deny", "codes": ["DT", "GOODS"] } })).await;
    assert_eq!((ask("DT").await, ask("GOODS").await, ask("AI95").await), (refused.clone(), refused, None));
    company.limit(card, json!({ "limits": [] })).await;
    assert_eq!(ask("DT").await, None);
}

#[tokio::test]
async fn litre_limits_count_litre_products_only() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, pump) = (company.card(), &company.pump);
    company.limit(card, json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "10" }] })).await;
    for product in ["CNG", "WASH", "GOODS"] {
        let answer = pump.decide(&pump.fill_of(card, product, "10.00", "50")).await;
        assert_eq!(answer["decision"], "approved", "{product}");
        pump.capture(answer["authorization_id"].as_str().unwrap(), "50").await.expect(200);
    }
    for product in ["AI92", "AI95", "AI98", "DTZ", "LPG"] {
        let answer = pump.decide(&pump.fill_of(card, product, "10.00", "2")).await;
        pump.capture(answer["authorization_id"].as_str().unwrap(), "2").await.expect(200);
    }
    assert_eq!(pump.declined(card, "0.001").await, "limit_exceeded");
    company.limit(card, json!({ "limits": [{ "measure": "fills", "period": "day", "amount": "9" }] })).await;
    pump.buy(card, "1").await;
    assert_eq!(pump.declined(card, "1").await, "limit_exceeded");
}

#[tokio::test]
async fn a_card_fuels_at_the_stations_it_may() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, here) = (company.card(), &company.pump);
    let there = world.station("7", json!({ "DT": "70.00" })).await;
    company.limit(card, json!({ "limits": [], "stations": { "mode": "allow", "codes": ["7"] } })).await;
    assert_eq!(here.declined(card, "1").await, "station_not_allowed");
    there.buy(card, "1").await;
    company.limit(card, json!({ "limits": [], "stations": { "mode": "deny", "codes": ["7"] } })).await;
    assert_eq!(there.declined(card, "1").await, "station_not_allowed");
    here.buy(card, "1").await;
    let saved = company.owner().await.get(&format!("/v1/cards/{card}/limits")).await.expect(200);
    assert_eq!(saved["stations"], json!({ "mode": "deny", "codes": ["7"] }));
}

/// Moves the clock to the next `weekday` at `time` in Moscow.
fn go_to(world: &World, weekday: Weekday, time: &str) {
    let zone = Zone::default();
    let time = NaiveTime::parse_from_str(time, "%H:%M").expect("a time");
    let local = zone.local(world.now());
    let days = (0..8).find(|days| {
        let then = (local.date() + Days::new(*days)).and_time(time);
        then > local && chrono::Datelike::weekday(&then) == weekday
    });
    let then = (local.date() + Days::new(days.expect("within a week"))).and_time(time);
    world.advance_to(then.and_utc() - TimeDelta::hours(3));
}

#[tokio::test]
async fn a_card_fuels_on_its_days_in_its_hours() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card().to_owned();
    let passes = || async {
        let answer = company.pump.decide(&company.pump.fill(&card, "1")).await;
        match answer["authorization_id"].as_str() {
            Some(id) => company.pump.reverse(id).await.expect(200)["state"] == "reversed",
            None => {
                assert_eq!(answer["reason"]["code"], "time_not_allowed");
                false
            }
        }
    };
    let schedule = |weekdays: Value, from: &str, to: &str| json!({ "limits": [], "schedule": { "weekdays": weekdays, "from": from, "to": to } });
    let working = schedule(json!([1, 2, 3, 4, 5]), "06:00", "22:00");
    assert_eq!(company.limit(&card, working.clone()).await["schedule"], working["schedule"]);
    // It is Wednesday, 10:00.
    assert!(passes().await);
    go_to(&world, Weekday::Wed, "21:59");
    assert!(passes().await);
    go_to(&world, Weekday::Wed, "22:00");
    assert!(!passes().await, "the end does not belong to the span");
    go_to(&world, Weekday::Thu, "05:59");
    assert!(!passes().await);
    go_to(&world, Weekday::Thu, "06:00");
    assert!(passes().await);
    go_to(&world, Weekday::Sat, "12:00");
    assert!(!passes().await);
    // Over midnight the span belongs to the day it starts.
    company.limit(&card, schedule(json!([7]), "22:00", "06:00")).await;
    go_to(&world, Weekday::Sat, "23:00");
    assert!(!passes().await);
    go_to(&world, Weekday::Sun, "05:00");
    assert!(!passes().await, "that is Saturday's night");
    go_to(&world, Weekday::Sun, "22:00");
    assert!(passes().await);
    go_to(&world, Weekday::Mon, "05:59");
    assert!(passes().await);
    go_to(&world, Weekday::Mon, "06:00");
    assert!(!passes().await);
    company.limit(&card, schedule(json!([1, 2, 3, 4, 5, 6, 7]), "00:00", "24:00")).await;
    assert!(passes().await);
}

async fn check(company: &Company, card: &str, body: Value) -> Value {
    company.owner().await.post(&format!("/v1/cards/{card}/check"), body).await.expect(200)
}

/// What `check` promises passes at the pump, a thousandth more does not, with the same reason; and it changes nothing.
async fn agrees(world: &World, company: &Company, pump: &Pump, card: &str, product: &str, price: &str) -> String {
    let ask = |quantity: &str| json!({ "product": product, "quantity": quantity, "price": price, "station_code": pump.station });
    let before = world.dump_of_effects().await;
    let asked = check(company, card, ask("99999.999")).await;
    assert_eq!(world.dump_of_effects().await, before, "a check changes nothing");
    let max = asked["max_quantity"].as_str().unwrap().to_owned();
    assert_ne!(asked["decision"], "approved", "{asked}");
    let more = numbers::litres(numbers::units(&max) + 1);
    let refused = pump.decide(&pump.fill_of(card, product, price, &more)).await;
    assert_eq!(refused["decision"], "declined", "{max} + 0.001 of {product}: {asked}");
    let shown = check(company, card, ask(&more)).await;
    let codes: Vec<_> = refused["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].clone()).collect();
    assert!(codes.contains(&shown["reason"]["code"]), "{shown} {refused}");
    assert_eq!(asked["decision"] == "partial", numbers::units(&max) >= 1000);
    if numbers::units(&max) > 0 {
        let shown = check(company, card, ask(&max)).await;
        assert_eq!((&shown["decision"], &shown["reason"]), (&json!("approved"), &Value::Null));
        let held = pump.decide(&pump.fill_of(card, product, price, &max)).await;
        assert_eq!(held["decision"], "approved", "{max} of {product}: {held}");
        pump.reverse(held["authorization_id"].as_str().unwrap()).await.expect(200);
    }
    max
}

#[tokio::test]
async fn a_check_agrees_with_the_pump_for_every_kind_of_rule() {
    let world = World::start().await;
    let company = world.company().payment("5000.00").create().await;
    let (card, pump) = (company.card(), &company.pump);
    pump.buy(card, "7.3").await;
    let limit =
        |measure: &str, period: &str, amount: &str| json!({ "measure": measure, "period": period, "amount": amount });
    assert_eq!(agrees(&world, &company, pump, card, "DT", "71.90").await, "62.241");
    for period in ["transaction", "day", "week", "month", "quarter", "year"] {
        let rest = |used: &str, all: &str| if period == "transaction" { all.to_owned() } else { used.to_owned() };
        company.limit(card, json!({ "limits": [limit("litres", period, "31.5")] })).await;
        assert_eq!(agrees(&world, &company, pump, card, "DT", "71.90").await, rest("24.200", "31.500"), "{period}");
        company.limit(card, json!({ "limits": [limit("roubles", period, "1000.01")] })).await;
        let max = agrees(&world, &company, pump, card, "DT", "33.33").await;
        assert_eq!(max, rest("14.255", "30.003"), "{period}");
        company.limit(card, json!({ "limits": [limit("fills", period, "1")] })).await;
        let none = period != "transaction";
        let max = agrees(&world, &company, pump, card, "LPG", "31.20").await;
        assert_eq!(max == "0.000", none, "{period}");
    }
    let closed = json!({ "limits": [], "products": { "mode": "deny", "codes": ["DT"] } });
    company.limit(card, closed).await;
    assert_eq!(agrees(&world, &company, pump, card, "DT", "71.90").await, "0.000");
    let elsewhere = json!({ "limits": [], "stations": { "mode": "deny", "codes": ["12"] } });
    company.limit(card, elsewhere).await;
    assert_eq!(agrees(&world, &company, pump, card, "DT", "71.90").await, "0.000");
    let sunday = json!({ "limits": [], "schedule": { "weekdays": [7], "from": "06:00", "to": "22:00" } });
    company.limit(card, sunday).await;
    assert_eq!(agrees(&world, &company, pump, card, "DT", "71.90").await, "0.000");
    company.limit(card, json!({ "limits": [] })).await;
    company.owner().await.post_nothing(&format!("/v1/cards/{card}/block")).await.expect(200);
    assert_eq!(agrees(&world, &company, pump, card, "DT", "71.90").await, "0.000");
    company.owner().await.post_nothing(&format!("/v1/cards/{card}/unblock")).await.expect(200);
    for _ in 0..3 {
        pump.hold(card, "1").await;
    }
    assert_eq!(agrees(&world, &company, pump, card, "DT", "71.90").await, "0.000");
}

#[tokio::test]
async fn a_check_tells_every_rule_and_looks_ahead() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    company
        .limit(
            card,
            json!({
                "limits": [
                    { "measure": "litres", "period": "day", "amount": "40" },
                    { "measure": "fills", "period": "month", "amount": "2", "products": ["AI95"] },
                ],
                "schedule": { "weekdays": [1, 2, 3, 4, 5], "from": "06:00", "to": "22:00" },
                "products": { "mode": "allow", "codes": ["DT", "AI95"] },
            }),
        )
        .await;
    company.pump.buy(card, "8.5").await;
    let view = check(&company, card, json!({ "product": "DT", "quantity": "40" })).await;
    assert_eq!((&view["decision"], &view["max_quantity"]), (&json!("partial"), &json!("31.500")));
    assert_eq!(view["price"], "71.90", "the station's list price where none is named");
    let reason = &view["reason"];
    assert_eq!((&reason["code"], &reason["requested"]), (&json!("limit_exceeded"), &json!("40.000")));
    assert_eq!((&reason["remaining"], &reason["period"]), (&json!("31.500"), &json!("day")));
    let rules = view["rules"].as_array().unwrap();
    let names: Vec<_> = rules.iter().map(|rule| rule["rule"].as_str().unwrap()).collect();
    assert_eq!(names, ["status", "holds", "product", "schedule", "limit", "limit", "money"], "no station was named");
    let failed: Vec<_> = rules.iter().filter(|rule| rule["passes"] == false).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!((&failed[0]["remaining"], &failed[0]["max_quantity"]), (&json!("31.500"), &json!("31.500")));
    assert_eq!(failed[0]["resets_at"], reason["resets_at"]);
    // Tomorrow the day's limit is fresh; on Sunday nothing passes.
    let at = |days: i64| json!({ "product": "DT", "quantity": "40", "at": world.now() + TimeDelta::days(days) });
    assert_eq!(check(&company, card, at(1)).await["decision"], "approved");
    assert_eq!(check(&company, card, at(4)).await["reason"]["code"], "time_not_allowed");
    let owner = company.owner().await;
    let path = format!("/v1/cards/{card}/check");
    let bad = [
        (json!({ "product": "DT", "quantity": "0" }), "quantity", "quantity_out_of_range"),
        (json!({ "product": "DT", "quantity": "100000" }), "quantity", "quantity_out_of_range"),
        (json!({ "product": "KEROSIN", "quantity": "1" }), "product", "product_unknown"),
        (json!({ "product": "DT", "quantity": "1", "station_code": "404" }), "station_code", "station_unknown"),
        (json!({ "product": "DT", "quantity": "1", "price": "0" }), "price", "amount_out_of_range"),
        (json!({ "product": "DT", "quantity": "1", "at": "2020-01-01T00:00:00Z" }), "at", "instant_out_of_range"),
        (json!({ "product": "DT", "quantity": "1", "at": "tomorrow" }), "at", "invalid"),
    ];
    for (body, field, code) in bad {
        owner.post(&path, body).await.field(field, code);
    }
}
