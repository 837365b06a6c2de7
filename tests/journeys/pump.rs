//! A terminal asks: approvals, parts, declines, and the same answer for good.

use chrono::{DateTime, TimeDelta, Utc};
use oktan_tests::{Company, Value, World, json, numbers};
use uuid::Uuid;

fn codes(answer: &Value) -> Vec<&str> {
    answer["reasons"].as_array().expect("reasons").iter().map(|r| r["code"].as_str().expect("a code")).collect()
}

fn partial(mut ask: Value) -> Value {
    ask["partial_ok"] = json!(true);
    ask
}

async fn day_limit(company: &Company, litres: &str) {
    let limits = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": litres }] });
    company.limit(company.card(), limits).await;
}

#[tokio::test]
async fn an_approval_sets_money_aside_for_half_an_hour() {
    let world = World::start().await;
    let company = world.company().payment("10000.00").create().await;
    let ask = company.pump.fill(company.card(), "40");
    let answer = company.pump.decide(&ask).await;
    let expected = json!({
        "authorization_id": answer["authorization_id"], "decision": "approved", "quantity": "40.000",
        "amount": "2876.00", "price": "71.90", "expires_at": answer["expires_at"], "reason": null, "reasons": [],
    });
    assert_eq!(answer, expected);
    let ends: DateTime<Utc> = answer["expires_at"].as_str().unwrap().parse().unwrap();
    let lasts = ends - world.now();
    assert!(lasts <= TimeDelta::minutes(30) && lasts > TimeDelta::minutes(29));
    let balance = company.balance().await;
    assert_eq!((&balance["balance"], &balance["held"]), (&json!("10000.00"), &json!("2876.00")));
    assert_eq!(balance["available"], "7124.00");
    let state = company.pump.state(answer["authorization_id"].as_str().unwrap()).await.expect(200);
    assert_eq!(
        (&state["state"], &state["quantity"], &state["amount"]),
        (&json!("held"), &json!("40.000"), &json!("2876.00"))
    );
}

#[tokio::test]
async fn the_hold_is_rounded_half_a_kopeck_up() {
    let world = World::start().await;
    let company = world.company().create().await;
    for (quantity, price, amount) in [
        ("0.005", "1.00", "0.01"),
        ("0.004", "1.00", "0.00"),
        ("33.333", "71.95", "2398.31"),
        ("10.05", "0.10", "1.01"),
    ] {
        let answer = company.pump.decide(&company.pump.fill_of(company.card(), "DT", price, quantity)).await;
        assert_eq!(answer["amount"], amount, "{quantity} × {price}");
        let id = answer["authorization_id"].as_str().unwrap();
        let entry = company.pump.capture(id, quantity).await.expect(200);
        let shown = numbers::roubles(-numbers::units(amount));
        assert_eq!(entry["amount"], json!(if shown == "-0.00" { "0.00" } else { &shown }));
    }
}

#[tokio::test]
async fn part_is_approved_where_part_will_do_and_at_least_a_litre_is_left() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, pump) = (company.card(), &company.pump);
    day_limit(&company, "31.5").await;
    let declined = pump.decide(&pump.fill(card, "40")).await;
    assert_eq!((&declined["decision"], &declined["quantity"]), (&json!("declined"), &json!("0.000")));
    assert_eq!((&declined["authorization_id"], &declined["expires_at"]), (&Value::Null, &Value::Null));
    let part = pump.decide(&partial(pump.fill(card, "40"))).await;
    assert_eq!(
        (&part["decision"], &part["quantity"], &part["amount"]),
        (&json!("partial"), &json!("31.500"), &json!("2264.85"))
    );
    let reason = &part["reason"];
    assert_eq!((&reason["code"], &reason["requested"]), (&json!("limit_exceeded"), &json!("40.000")));
    assert_eq!((&reason["remaining"], codes(&part)), (&json!("31.500"), vec!["limit_exceeded"]));
    let message = reason["message"].as_str().unwrap();
    assert!(message.contains("Дневной лимит") && message.contains("31,50 л"), "{message}");
    // The smallest part is 1.000.
    pump.reverse(part["authorization_id"].as_str().unwrap()).await.expect(200);
    pump.buy(card, "30.501").await;
    assert_eq!(pump.decide(&partial(pump.fill(card, "40"))).await["decision"], "declined");
    assert_eq!(pump.decide(&partial(pump.fill(card, "0.999"))).await["decision"], "approved");
}

#[tokio::test]
async fn the_largest_part_that_passes_everything_is_approved() {
    let world = World::start().await;
    let company = world.company().payment("1000.00").create().await;
    let (card, pump) = (company.card(), &company.pump);
    company
        .limit(
            card,
            json!({ "limits": [
        { "measure": "litres", "period": "day", "amount": "30" },
        { "measure": "roubles", "period": "week", "amount": "1200.00" },
        { "measure": "litres", "period": "transaction", "amount": "25" },
    ] }),
        )
        .await;
    let part = pump.decide(&partial(pump.fill(card, "40"))).await;
    // 1000.00 at 71.90: the money is the least.
    assert_eq!((&part["quantity"], &part["reason"]["code"]), (&json!("13.908"), &json!("insufficient_funds")));
    assert_eq!((numbers::cost("13.908", "71.90"), numbers::cost("13.909", "71.90")), (99_999, 100_006));
    assert_eq!(company.balance().await["available"], "0.01");
}

#[tokio::test]
async fn a_decline_names_every_rule_that_failed_the_binding_one_first() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let (card, pump) = (company.card(), &company.pump);
    company
        .limit(
            card,
            json!({
                "limits": [
                    { "measure": "litres", "period": "month", "amount": "5" },
                    { "measure": "litres", "period": "day", "amount": "3" },
                    { "measure": "roubles", "period": "transaction", "amount": "100.00" },
                ],
                "products": { "mode": "deny", "codes": ["DT"] },
                "stations": { "mode": "deny", "codes": ["12"] },
                "schedule": { "weekdays": [7], "from": "06:00", "to": "22:00" },
            }),
        )
        .await;
    let all = [
        "product_not_allowed",
        "station_not_allowed",
        "time_not_allowed",
        "limit_exceeded",
        "limit_exceeded",
        "limit_exceeded",
        "insufficient_funds",
    ];
    let answer = pump.decide(&partial(pump.fill(card, "40"))).await;
    assert_eq!((codes(&answer), &answer["decision"]), (all.to_vec(), &json!("declined")));
    assert_eq!(answer["reason"], answer["reasons"][0]);
    let limits: Vec<_> = answer["reasons"].as_array().unwrap()[3..6]
        .iter()
        .map(|r| (r["period"].clone(), r["remaining"].clone()))
        .collect();
    let expected = [("transaction", "100.00"), ("day", "3.000"), ("month", "5.000")];
    assert_eq!(
        limits,
        expected.map(|(period, remaining)| (json!(period), json!(remaining))),
        "the smallest rest first"
    );
    let resets: DateTime<Utc> = answer["reasons"][4]["resets_at"].as_str().unwrap().parse().unwrap();
    assert_eq!((resets + TimeDelta::hours(3)).time(), chrono::NaiveTime::MIN, "at midnight in Moscow");
    // Blocked and suspended come before all of them.
    company.owner().await.post_nothing(&format!("/v1/cards/{card}/block")).await.expect(200);
    assert_eq!(codes(&pump.decide(&pump.fill(card, "40")).await)[..2], ["card_blocked", "product_not_allowed"]);
    let staff = world.admin().await;
    staff.post_nothing(&format!("/v1/staff/companies/{}/suspend", company.id)).await.expect(200);
    world.advance(TimeDelta::days(4 * 366));
    let answer = pump.decide(&pump.fill(card, "40")).await;
    assert_eq!(codes(&answer)[..4], ["company_suspended", "card_expired", "card_blocked", "product_not_allowed"]);
}

#[tokio::test]
async fn a_receipt_never_tells_the_companys_money() {
    let world = World::start().await;
    let company = world.company().payment("777.77").create().await;
    for ask in [company.pump.fill(company.card(), "40"), partial(company.pump.fill(company.card(), "40"))] {
        let answer = company.pump.decide(&ask).await;
        let reason = &answer["reason"];
        assert_eq!(reason["code"], "insufficient_funds");
        assert_eq!((reason.get("remaining"), reason.get("max_quantity")), (None, None));
        let message = reason["message"].as_str().unwrap();
        assert!(!message.bytes().any(|b| b.is_ascii_digit()), "{message}");
    }
}

#[tokio::test]
async fn any_number_that_is_no_cards_is_unknown() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (pump, card) = (&company.pump, company.card());
    let unknown = numbers::luhn(&card[..17]);
    let never = numbers::luhn("782610000000000001");
    for typed in [
        unknown.as_str(),
        &never,
        &numbers::with_wrong_check_digit(card),
        "1",
        "не карта",
        "7826 1000",
        "%00#",
        &"ж".repeat(64),
    ] {
        let ask = partial(pump.fill(typed, "1"));
        let answer = pump.ask(&ask).await;
        assert_eq!(answer.json["decision"], "declined", "{typed}: {answer}");
        assert_eq!(codes(&answer.json), ["card_unknown"]);
        assert_eq!(pump.ask(&ask).await.bytes, answer.bytes, "the same answer for good");
        let mut other = ask.clone();
        other["quantity"] = json!("2");
        pump.ask(&other).await.problem(409, "request_id_reused");
    }
    for typed in ["", &"1".repeat(65), "a\nb"] {
        pump.ask(&pump.fill(typed, "1")).await.field("card_number", "card_number_malformed");
    }
    assert_eq!(company.owner().await.get("/v1/history?type=decline").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn a_card_has_three_open_holds_at_most() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, pump) = (company.card(), &company.pump);
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(pump.hold(card, "1").await);
    }
    assert_eq!(pump.declined(card, "1").await, "too_many_holds");
    pump.capture(&held[0], "1").await.expect(200);
    held.push(pump.hold(card, "1").await);
    assert_eq!(pump.declined(card, "1").await, "too_many_holds");
    world.advance_minutes(31);
    pump.hold(card, "1").await;
}

#[tokio::test]
async fn a_purse_card_without_money_buys_nothing() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    assert_eq!(company.pump.declined(&company.purses[0], "1").await, "insufficient_funds");
    let balance = company.balance().await;
    assert_eq!((&balance["on_purses"], &balance["available"]), (&json!("0.00"), &json!("100000.00")));
}

#[tokio::test]
async fn an_ask_that_makes_no_sense_is_refused_and_sets_nothing_aside() {
    let world = World::start().await;
    let company = world.company().create().await;
    let pump = &company.pump;
    let before = world.dump_of_effects().await;
    let bad = [
        ("product", json!("KEROSIN"), "product_unknown"),
        ("product", json!("dt"), "product_code_malformed"),
        ("price", json!("0"), "amount_not_positive"),
        ("price", json!("71.905"), "amount_too_precise"),
        ("price", json!("10000000000.01"), "amount_too_large"),
        ("quantity", json!("0"), "quantity_out_of_range"),
        ("quantity", json!("100000"), "quantity_out_of_range"),
        ("quantity", json!("1.0001"), "quantity_too_precise"),
        ("quantity", json!("-1"), "quantity_malformed"),
        ("pin", json!("12345"), "pin_malformed"),
        ("pin", json!("12a4"), "pin_malformed"),
        ("request_id", json!("1"), "request_id_malformed"),
        ("requested_at", json!("yesterday"), "invalid"),
        ("odometer", json!(-1), "invalid"),
        ("odometer", json!("12"), "invalid_type"),
        ("partial_ok", json!("yes"), "invalid_type"),
    ];
    for (name, value, code) in bad {
        let mut ask = pump.fill(company.card(), "1");
        ask[name] = value;
        pump.ask(&ask).await.field(name, code);
    }
    assert_eq!(world.dump_of_effects().await, before);
    let mut ask = pump.fill(company.card(), "1");
    ask["request_id"] = json!(Uuid::new_v4().to_string().to_uppercase());
    assert_eq!(pump.decide(&ask).await["decision"], "approved");
}
