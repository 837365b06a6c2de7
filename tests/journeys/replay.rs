//! The same request gets the same answer, whatever became of it; with another body it gets none.

use chrono::TimeDelta;
use oktan_tests::{Company, Value, World, json, numbers};

fn partial(mut ask: Value) -> Value {
    ask["partial_ok"] = json!(true);
    ask
}

async fn day_limit(company: &Company, litres: &str) {
    let limits = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": litres }] });
    company.limit(company.card(), limits).await;
}

#[tokio::test]
async fn the_same_request_gets_the_same_bytes_for_good() {
    let world = World::start().await;
    let company = world.company().cards(3).create().await;
    let pump = &company.pump;
    day_limit(&company, "31.5").await;
    let other = company.cards[1].as_str();
    let asks = [
        ("partial", partial(pump.fill(company.card(), "40"))),
        ("declined", pump.fill(company.card(), "40")),
        ("approved", pump.fill(other, "5")),
    ];
    let mut said = Vec::new();
    for (decision, ask) in &asks {
        let answer = pump.ask(ask).await;
        assert_eq!(answer.json["decision"], *decision);
        said.push(answer);
    }
    let again = |when: &'static str| {
        let (asks, said, pump) = (asks.clone(), said.clone(), pump.clone());
        async move {
            for ((decision, ask), before) in asks.iter().zip(&said) {
                let answer = pump.ask(ask).await;
                assert_eq!(
                    String::from_utf8_lossy(&answer.bytes),
                    String::from_utf8_lossy(&before.bytes),
                    "{decision}, {when}"
                );
            }
        }
    };
    again("at once").await;
    company.limit(company.card(), json!({ "limits": [] })).await;
    again("after the rules changed").await;
    let id = said[0].json["authorization_id"].as_str().unwrap();
    pump.capture(id, "20").await.expect(200);
    pump.refund(id, "1").await.expect(200);
    pump.reverse(said[2].json["authorization_id"].as_str().unwrap()).await.expect(200);
    again("after a capture, a refund and a reverse").await;
    company.owner().await.post_nothing(&format!("/v1/cards/{other}/block")).await.expect(200);
    again("after a block").await;
    world.advance(TimeDelta::days(40));
    world.tick().await;
    again("forty days later").await;
    let balance = company.balance().await;
    assert_eq!(
        (&balance["held"], &balance["balance"]),
        (&json!("0.00"), &json!(numbers::roubles(10_000_000 - 19 * 7190)))
    );
}

#[tokio::test]
async fn an_expired_hold_keeps_its_answer() {
    let world = World::start().await;
    let company = world.company().create().await;
    let ask = company.pump.fill(company.card(), "5");
    let first = company.pump.ask(&ask).await;
    world.advance_minutes(31);
    assert_eq!(company.pump.ask(&ask).await.bytes, first.bytes);
    assert_eq!(world.tick().await["expired"], 1);
    assert_eq!(company.pump.ask(&ask).await.bytes, first.bytes);
    assert_eq!(company.balance().await["held"], "0.00");
}

#[tokio::test]
async fn a_request_id_with_another_body_is_refused_whatever_became_of_it() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let pump = &company.pump;
    day_limit(&company, "10").await;
    let held = pump.fill(company.card(), "5");
    let declined = pump.fill(company.card(), "40");
    let id = pump.decide(&held).await["authorization_id"].as_str().unwrap().to_owned();
    pump.decide(&declined).await;
    for when in ["open", "over"] {
        for ask in [&held, &declined] {
            let mut pin = ask.clone();
            pin["pin"] = json!("1234");
            let changes = [
                ("quantity", json!("6")),
                ("price", json!("71.91")),
                ("product", json!("DTZ")),
                ("partial_ok", json!(true)),
                ("odometer", json!(5)),
                ("pin", json!("1234")),
                ("requested_at", json!("2026-01-01T00:00:00Z")),
            ];
            for (name, value) in changes {
                let mut other = ask.clone();
                other[name] = value;
                assert_eq!(pump.ask(&other).await.problem(409, "request_id_reused")["status"], 409, "{name} {when}");
            }
        }
        pump.capture(&id, "5").await.expect(200);
    }
    // Another writing of the same body is the same body.
    let mut same = held.clone();
    same["quantity"] = json!("5.000");
    assert_eq!(pump.decide(&same).await["authorization_id"], json!(id));
    // A terminal's own numbering is its station's affair: another station with the same id asks something else.
    let elsewhere = world.station("7", json!({ "DT": "71.90" })).await;
    elsewhere.ask(&held).await.problem(409, "request_id_reused");
}
