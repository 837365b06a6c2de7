//! History told from the first question to the last correction, and read in pages while more of it comes.

use chrono::TimeDelta;
use futures::future::join_all;
use oktan_tests::{Company, Value, World, json};

/// The moments of an entry's life: what, how much, how dear.
async fn life(company: &Company, entry: &Value) -> Vec<Value> {
    let path = format!("/v1/history/{}", entry["id"].as_str().expect("an id"));
    let whole = company.owner().await.get(&path).await.expect(200);
    whole["life"].as_array().expect("moments").clone()
}

fn told(life: &[Value]) -> Vec<(String, Value, Value)> {
    let moment =
        |one: &Value| (one["event"].as_str().unwrap().to_owned(), one["quantity"].clone(), one["amount"].clone());
    life.iter().map(moment).collect()
}

fn moment(event: &str, quantity: &str, amount: &str) -> (String, Value, Value) {
    let amount = if amount.is_empty() { Value::Null } else { json!(amount) };
    (event.to_owned(), json!(quantity), amount)
}

#[tokio::test]
async fn a_fill_is_told_from_the_question_to_the_last_return() {
    let world = World::start().await;
    let company = world.company().create().await;
    company
        .limit(company.card(), json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "31.5" }] }))
        .await;
    let mut ask = company.pump.fill(company.card(), "40");
    ask["partial_ok"] = json!(true);
    let held = company.pump.decide(&ask).await;
    let id = held["authorization_id"].as_str().unwrap();
    world.advance_minutes(3);
    let bought = company.pump.capture(id, "30").await.expect(200);
    world.advance_minutes(1);
    company.pump.refund(id, "2").await.expect(200);
    world.advance_minutes(1);
    company.pump.refund(id, "28").await.expect(200);
    // Another fill of the card that was returned too has a life of its own.
    let (other, entry) = company.pump.buy(company.card(), "1").await;
    company.pump.refund(&other, "1").await.expect(200);

    let whole = life(&company, &bought).await;
    let expected = [
        moment("requested", "40.000", ""),
        moment("partial", "31.500", "2264.85"),
        moment("captured", "30.000", "2157.00"),
        moment("released", "1.500", "107.85"),
        moment("refunded", "2.000", "143.80"),
        moment("refunded", "28.000", "2013.20"),
    ];
    assert_eq!(told(&whole), expected);
    assert!(whole.windows(2).all(|pair| pair[0]["at"].as_str() <= pair[1]["at"].as_str()), "{whole:?}");
    assert_eq!((&whole[1]["until"], &whole[2]["at"]), (&held["expires_at"], &bought["at"]));
    let short = [moment("requested", "1.000", ""), moment("approved", "1.000", "71.90")];
    let ends = [moment("captured", "1.000", "71.90"), moment("refunded", "1.000", "71.90")];
    assert_eq!(told(&life(&company, &entry).await), [short, ends].concat());
}

#[tokio::test]
async fn a_fill_that_was_posted_after_its_hold_was_dropped_says_so() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (late, dropped) =
        (company.pump.hold(company.card(), "10").await, company.pump.hold(company.card(), "20").await);
    world.advance_minutes(2);
    company.pump.reverse(&dropped).await.expect(200);
    world.advance_minutes(33);
    let dropped = company.pump.capture(&dropped, "20").await.expect(200);
    let late = company.pump.capture(&late, "9").await.expect(200);
    for (entry, quantity, amount, event, posted) in [
        (&dropped, "20.000", "1438.00", "reversed", ("20.000", "1438.00")),
        (&late, "10.000", "719.00", "expired", ("9.000", "647.10")),
    ] {
        let whole = life(&company, entry).await;
        let expected = [
            moment("requested", quantity, ""),
            moment("approved", quantity, amount),
            moment(event, quantity, amount),
            moment("captured", posted.0, posted.1),
        ];
        assert_eq!(told(&whole), expected, "nothing was left to release");
        assert_eq!(whole[2]["at"] == whole[1]["until"], event == "expired", "{whole:?}");
    }
}

#[tokio::test]
async fn pages_of_history_neither_repeat_nor_lose_an_older_entry_while_a_thousand_arrive() {
    let world = World::start().await;
    let company = world.company().cards(10).payment("900000.00").create().await;
    let fill_all = async || {
        join_all(company.cards.iter().map(|card| company.pump.buy(card, "1"))).await;
    };
    for _ in 0..6 {
        fill_all().await;
    }
    let owner = company.owner().await;
    let by_card = format!("?card={}", company.card());
    let mut walks = Vec::new();
    for (filter, limit) in [("", 3), ("?type=purchase", 4), (by_card.as_str(), 1)] {
        let older = owner.all(&format!("/v1/history{filter}"), 100).await;
        let first = format!("/v1/history{filter}{}limit={limit}", if filter.is_empty() { "?" } else { "&" });
        walks.push((older, first, Vec::new(), Value::Null));
    }
    let (mut arrived, mut over) = (0, 0);
    while over < walks.len() || arrived < 1_000 {
        over = 0;
        for (older, first, seen, cursor) in &mut walks {
            if seen.len() >= older.len() && cursor.is_null() {
                over += 1;
                continue;
            }
            let next = cursor.as_str().map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
            let page = owner.get(&format!("{first}{next}")).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().clone());
            *cursor = page["next_cursor"].clone();
        }
        for _ in 0..5 {
            fill_all().await;
            arrived += company.cards.len();
        }
    }
    assert!(arrived >= 1_000);
    for (older, first, seen, _) in walks {
        assert_eq!(seen, older, "{first}");
    }
    world.advance(TimeDelta::seconds(1));
    let all = owner.all("/v1/history?type=purchase", 100).await;
    assert_eq!(all.len(), arrived + 60);
}
