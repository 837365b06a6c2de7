//! What was dispensed is posted, or the hold is dropped; purchases come back.

use oktan_tests::{Company, Value, World, json};
use uuid::Uuid;

fn flags(entry: &Value) -> Vec<&str> {
    entry["flags"].as_array().expect("flags").iter().map(|flag| flag.as_str().expect("a flag")).collect()
}

async fn money(company: &Company) -> (String, String, String) {
    let balance = company.balance().await;
    let text = |name: &str| balance[name].as_str().expect("an amount").to_owned();
    (text("balance"), text("held"), text("available"))
}

fn said(balance: &str, held: &str, available: &str) -> (String, String, String) {
    (balance.to_owned(), held.to_owned(), available.to_owned())
}

#[tokio::test]
async fn a_capture_posts_what_was_dispensed_and_gives_the_rest_back() {
    let world = World::start().await;
    let company = world.company().payment("10000.00").create().await;
    let pump = &company.pump;
    let mut ask = pump.fill(company.card(), "40");
    ask["odometer"] = json!(123_456);
    let id = pump.decide(&ask).await["authorization_id"].as_str().unwrap().to_owned();
    let answer = pump.capture(&id, "38.77").await;
    let entry = answer.clone().expect(200);
    let expected = json!({
        "id": entry["id"], "at": entry["at"], "authorized_at": entry["authorized_at"], "type": "purchase",
        "card_number": company.card(), "station_code": "12", "product": "DT", "quantity": "38.770", "price": "71.90",
        "list_price": "71.90", "discount": "0.00", "amount": "-2787.56", "vat_rate": 22, "flags": [],
        "odometer": 123_456,
    });
    assert_eq!(entry, expected);
    assert_eq!(money(&company).await, said("7212.44", "0.00", "7212.44"));
    // A repeat gets the same answer; another quantity does not.
    assert_eq!(pump.capture(&id, "38.770").await.bytes, answer.bytes);
    pump.capture(&id, "38.78").await.problem(409, "already_captured");
    pump.capture(&id, "0").await.problem(409, "already_captured");
    pump.reverse(&id).await.problem(409, "already_captured");
    assert_eq!(money(&company).await, said("7212.44", "0.00", "7212.44"));
    let state = pump.state(&id).await.expect(200);
    assert_eq!((&state["state"], &state["captured_quantity"]), (&json!("captured"), &json!("38.770")));
    world.advance_minutes(60 * 24 * 40);
    assert_eq!(pump.capture(&id, "38.77").await.bytes, answer.bytes, "for good");
}

#[tokio::test]
async fn fuel_past_the_hold_is_posted_and_flagged() {
    let world = World::start().await;
    let company = world.company().payment("1000.00").create().await;
    let pump = &company.pump;
    let exact = pump.hold(company.card(), "10").await;
    assert_eq!(flags(&pump.capture(&exact, "10").await.expect(200)), Vec::<&str>::new());
    let over = pump.hold(company.card(), "3").await;
    let entry = pump.capture(&over, "10").await.expect(200);
    assert_eq!((flags(&entry), &entry["amount"]), (vec!["over_captured"], &json!("-719.00")));
    assert_eq!(money(&company).await, said("-438.00", "0.00", "-438.00"));
    assert_eq!(pump.declined(company.card(), "0.001").await, "insufficient_funds");
    let owner = company.owner().await;
    let found = owner.get("/v1/history").await.expect(200)["items"].clone();
    assert_eq!(found[0]["flags"], json!(["over_captured"]));
}

#[tokio::test]
async fn fuel_after_the_hold_is_posted_late() {
    let world = World::start().await;
    let company = world.company().payment("1000.00").create().await;
    let pump = &company.pump;
    let held = |swept: bool| {
        let (world, company) = (world.clone(), company.clone());
        async move {
            let id = company.pump.hold(company.card(), "1").await;
            world.advance_minutes(31);
            if swept {
                assert_eq!(world.tick().await["expired"], 1);
            }
            id
        }
    };
    for swept in [false, true] {
        let id = held(swept).await;
        assert_eq!(pump.state(&id).await.expect(200)["state"], "expired");
        let entry = pump.capture(&id, "1").await.expect(200);
        assert_eq!(flags(&entry), ["late"], "swept: {swept}");
        assert_eq!(pump.capture(&id, "1").await.expect(200), entry);
    }
    let id = pump.hold(company.card(), "2").await;
    pump.reverse(&id).await.expect(200);
    let entry = pump.capture(&id, "3").await.expect(200);
    assert_eq!(flags(&entry), ["over_captured", "late"]);
    pump.reverse(&id).await.problem(409, "already_captured");
    assert_eq!(money(&company).await, said("640.50", "0.00", "640.50"));
}

#[tokio::test]
async fn a_reverse_gives_everything_back_however_often() {
    let world = World::start().await;
    let company = world.company().payment("1000.00").create().await;
    let pump = &company.pump;
    let limits = json!({ "limits": [{ "measure": "fills", "period": "day", "amount": "1" }] });
    company.limit(company.card(), limits).await;
    let id = pump.hold(company.card(), "5").await;
    assert_eq!(pump.declined(company.card(), "5").await, "limit_exceeded");
    let first = pump.reverse(&id).await;
    assert_eq!(first.json["state"], "reversed", "{first}");
    for _ in 0..3 {
        assert_eq!(pump.reverse(&id).await.bytes, first.bytes);
    }
    // Zero is a reverse.
    assert_eq!(pump.capture(&id, "0").await.expect(200)["state"], "reversed");
    let id = pump.hold(company.card(), "5").await;
    assert_eq!(pump.capture(&id, "0.000").await.expect(200)["state"], "reversed");
    assert_eq!(money(&company).await, said("1000.00", "0.00", "1000.00"));
    // An expired hold is reversed without a complaint, swept or not.
    let id = pump.hold(company.card(), "5").await;
    world.advance_minutes(31);
    pump.reverse(&id).await.expect(200);
    let id = pump.hold(company.card(), "5").await;
    world.advance_minutes(31);
    world.tick().await;
    pump.reverse(&id).await.expect(200);
    assert_eq!(money(&company).await, said("1000.00", "0.00", "1000.00"));
    assert_eq!(company.owner().await.get("/v1/history?type=purchase").await.expect(200)["items"], json!([]));
    pump.capture(&id, "-1").await.field("quantity", "quantity_malformed");
    pump.capture(&id, "100000").await.field("quantity", "quantity_out_of_range");
}

#[tokio::test]
async fn an_expired_hold_counts_as_nothing_at_once_and_the_sweep_drops_it() {
    let world = World::start().await;
    let company = world.company().payment("719.00").create().await;
    let pump = &company.pump;
    let first = pump.hold(company.card(), "10").await;
    assert_eq!(pump.declined(company.card(), "1").await, "insufficient_funds");
    world.advance_minutes(29);
    assert_eq!(world.tick().await["expired"], 0);
    assert_eq!(pump.declined(company.card(), "1").await, "insufficient_funds");
    world.advance_minutes(2);
    assert_eq!(company.card_details(company.card()).await["holds"], json!([]));
    assert_eq!(company.card_details(company.card()).await["can_fuel_now"]["quantity"], "10.000");
    let second = pump.hold(company.card(), "10").await;
    assert_eq!(pump.state(&first).await.expect(200)["state"], "expired");
    assert_eq!(money(&company).await, said("719.00", "719.00", "0.00"));
    world.advance_minutes(31);
    assert_eq!(world.tick().await["expired"], 1);
    assert_eq!(world.tick().await["expired"], 0, "once");
    assert_eq!(money(&company).await, said("719.00", "0.00", "719.00"));
    assert_eq!(pump.state(&second).await.expect(200)["state"], "expired");
}

#[tokio::test]
async fn another_stations_authorization_is_not_there() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (pump, elsewhere) = (&company.pump, world.station("7", json!({ "DT": "71.90" })).await);
    let held = pump.hold(company.card(), "5").await;
    let (bought, _) = pump.buy(company.card(), "5").await;
    let before = world.dump_of_effects().await;
    let mut forged = held.clone();
    forged.replace_range(4..5, if &held[4..5] == "A" { "B" } else { "A" });
    for id in [held.as_str(), &bought] {
        elsewhere.state(id).await.problem(404, "not_found");
        elsewhere.capture(id, "5").await.problem(404, "not_found");
        elsewhere.reverse(id).await.problem(404, "not_found");
        elsewhere.refund(id, "1").await.problem(404, "not_found");
    }
    for id in [forged.as_str(), "nonsense", &"A".repeat(60), &held[1..]] {
        pump.state(id).await.problem(404, "not_found");
        pump.capture(id, "5").await.problem(404, "not_found");
        pump.reverse(id).await.problem(404, "not_found");
        pump.refund(id, "1").await.problem(404, "not_found");
    }
    assert_eq!(world.dump_of_effects().await, before);
    // The same station's other terminal may end what the first began.
    world.terminal("12").await.capture(&held, "5").await.expect(200);
}

#[tokio::test]
async fn a_price_that_is_not_the_lists_is_recorded_and_flagged() {
    let world = World::start().await;
    let company = world.company().create().await;
    let pump = &company.pump;
    for (product, price, list, flagged) in [
        ("DT", "71.90", Some("71.90"), false),
        ("DT", "71.89", Some("71.90"), true),
        ("AI95", "99.99", Some("64.30"), true),
    ] {
        let answer = pump.decide(&pump.fill_of(company.card(), product, price, "1")).await;
        assert_eq!((&answer["decision"], &answer["price"]), (&json!("approved"), &json!(price)));
        let entry = pump.capture(answer["authorization_id"].as_str().unwrap(), "1").await.expect(200);
        assert_eq!((&entry["price"], entry["list_price"].as_str()), (&json!(price), list));
        assert_eq!(flags(&entry), if flagged { vec!["price_mismatch"] } else { vec![] });
    }
    // Where the list has no price there is nothing to differ from.
    let bare = world.station("7", json!({})).await;
    let (_, entry) = bare.buy(company.card(), "1").await;
    assert_eq!((entry.get("list_price"), flags(&entry)), (None, vec![]));
    // A terminal's clock is recorded, never believed.
    let mut ask = pump.fill(company.card(), "1");
    ask["requested_at"] = json!("2020-02-29T23:59:59Z");
    let answer = pump.decide(&ask).await;
    assert_eq!(answer["decision"], "approved");
    assert!(answer["expires_at"].as_str().unwrap() > "2026");
}

#[tokio::test]
async fn refunds_sum_to_what_was_captured_and_the_last_takes_the_rounding() {
    let world = World::start().await;
    let company = world.company().payment("1000.00").create().await;
    let pump = &company.pump;
    let ask = pump.fill_of(company.card(), "DT", "33.33", "10");
    let id = pump.decide(&ask).await["authorization_id"].as_str().unwrap().to_owned();
    pump.refund(&id, "1").await.problem(409, "not_captured");
    let purchase = pump.capture(&id, "9.999").await.expect(200);
    assert_eq!(purchase["amount"], "-333.27");
    let refund = pump.refund(&id, "3.333").await.expect(200);
    let expected = json!({
        "id": refund["id"], "at": refund["at"], "authorized_at": purchase["authorized_at"], "type": "refund",
        "card_number": company.card(), "station_code": "12", "product": "DT", "quantity": "3.333", "price": "33.33",
        "list_price": "71.90", "discount": "0.00", "amount": "111.09", "vat_rate": 22, "flags": [],
        "purchase_id": purchase["id"],
    });
    assert_eq!(refund, expected);
    pump.refund(&id, "6.667").await.problem(409, "refund_exceeds_capture");
    assert_eq!(pump.refund(&id, "3.333").await.expect(200)["amount"], "111.09");
    assert_eq!(pump.state(&id).await.expect(200)["refunded_quantity"], "6.666");
    // 333.27 − 2 × 111.09.
    assert_eq!(pump.refund(&id, "3.333").await.expect(200)["amount"], "111.09");
    pump.refund(&id, "0.001").await.problem(409, "refund_exceeds_capture");
    assert_eq!(money(&company).await, said("1000.00", "0.00", "1000.00"));
    // Where the parts do not round to the whole, the last one makes it whole.
    let ask = pump.fill_of(company.card(), "DT", "0.33", "10");
    let id = pump.decide(&ask).await["authorization_id"].as_str().unwrap().to_owned();
    assert_eq!(pump.capture(&id, "10").await.expect(200)["amount"], "-3.30");
    let mut amounts = Vec::new();
    for quantity in ["0.01", "0.02", "4.99", "4.98"] {
        amounts.push(pump.refund(&id, quantity).await.expect(200)["amount"].as_str().unwrap().to_owned());
    }
    assert_eq!(amounts, ["0.00", "0.01", "1.65", "1.64"]);
    assert_eq!(money(&company).await, said("1000.00", "0.00", "1000.00"));
    pump.reverse(&id).await.problem(409, "already_captured");
}

#[tokio::test]
async fn a_refund_happens_once_per_request() {
    let world = World::start().await;
    let company = world.company().create().await;
    let pump = &company.pump;
    let (id, _) = pump.buy(company.card(), "10").await;
    let (other, _) = pump.buy(company.card(), "10").await;
    let request = Uuid::new_v4().to_string();
    let first = pump.refund_as(&request, &id, "4").await;
    world.advance_minutes(60);
    assert_eq!(pump.refund_as(&request, &id, "4.000").await.bytes, first.bytes);
    pump.refund_as(&request, &id, "5").await.problem(409, "request_id_reused");
    pump.refund_as(&request, &other, "4").await.problem(409, "request_id_reused");
    pump.refund(&id, "6").await.expect(200);
    assert_eq!(pump.refund_as(&request, &id, "4").await.bytes, first.bytes);
    let all = company.owner().await.get("/v1/history?type=refund").await.expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    for (quantity, code) in
        [("0", "quantity_out_of_range"), ("1.0001", "quantity_too_precise"), ("", "quantity_malformed")]
    {
        pump.refund(&id, quantity).await.field("quantity", code);
    }
}

#[tokio::test]
async fn a_refund_gives_litres_and_roubles_back_to_their_limits_but_not_the_fill() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    let limit = |measure: &str, amount: &str| json!({ "measure": measure, "period": "day", "amount": amount });
    company
        .limit(card, json!({ "limits": [limit("litres", "40"), limit("roubles", "3000"), limit("fills", "5")] }))
        .await;
    let (id, _) = company.pump.buy(card, "40").await;
    company.pump.refund(&id, "15").await.expect(200);
    let rules = company.owner().await.get(&format!("/v1/cards/{card}/limits")).await.expect(200);
    let used: Vec<_> = rules["limits"].as_array().unwrap().iter().map(|l| l["used"].as_str().unwrap()).collect();
    assert_eq!(used, ["25.000", "1797.50", "1"]);
    company.pump.buy(card, "15").await;
    // Yesterday's purchase gives nothing to today's limit.
    world.advance(chrono::TimeDelta::days(1));
    company.pump.buy(card, "40").await;
    company.pump.refund(&id, "10").await.expect(200);
    assert_eq!(company.pump.declined(card, "1").await, "limit_exceeded");
}

#[tokio::test]
async fn a_fill_counts_in_the_day_it_was_approved() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    company.limit(card, json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "40" }] })).await;
    // 23:50 in Moscow.
    world.advance_minutes(13 * 60 + 50);
    let held = company.pump.hold(card, "30").await;
    world.advance_minutes(15);
    let fresh = company.pump.hold(card, "40").await;
    company.pump.capture(&held, "30").await.expect(200);
    company.pump.capture(&fresh, "40").await.expect(200);
    assert_eq!(company.pump.declined(card, "0.001").await, "limit_exceeded");
}
