//! What was spent, added up by one thing or another, and told once a week.

use oktan_tests::{Company, Value, World, json};

async fn report(company: &Company, query: &str) -> Vec<Value> {
    let found = company.owner().await.get(&format!("/v1/reports/spending?{query}")).await.expect(200);
    found["items"].as_array().expect("items").clone()
}

fn item(key: &str, quantity: &str, amount: &str) -> Value {
    json!({ "key": key, "quantity": quantity, "amount": amount })
}

#[tokio::test]
async fn a_report_adds_up_what_was_bought_and_takes_off_what_came_back() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let (one, other) = (&company.cards[0], &company.cards[1]);
    let (bought, _) = company.pump.buy(one, "10").await;
    company.pump.buy(other, "20").await;
    let refund = json!({ "request_id": uuid::Uuid::new_v4(), "authorization_id": bought, "quantity": "4" });
    company.pump.caller().await.post("/v1/pump/refunds", refund).await.expect(200);
    // 71.90 a litre: 719.00 less 287.60, and 1438.00.
    assert_eq!(report(&company, "group_by=product").await, [item("DT", "26.000", "1869.40")]);
    assert_eq!(report(&company, "group_by=station").await, [item("12", "26.000", "1869.40")]);
    let mut cards = [item(one, "6.000", "431.40"), item(other, "20.000", "1438.00")];
    cards.sort_by_key(|item| item["key"].to_string());
    assert_eq!(report(&company, "group_by=card").await, cards);
    let today = oktan_shared::domain::window::Zone::default().date(world.now()).to_string();
    assert_eq!(report(&company, "group_by=day").await, [item(&today, "26.000", "1869.40")]);
    assert_eq!(report(&company, &format!("group_by=day&to={today}&from={today}")).await.len(), 1);
    assert_eq!(report(&company, "group_by=day&from=2020-01-01&to=2020-01-31").await, Vec::<Value>::new());
    let stranger = world.company().create().await;
    assert_eq!(report(&stranger, "group_by=card").await, Vec::<Value>::new());
    let owner = company.owner().await;
    assert_eq!(
        owner.get("/v1/reports/spending").await.expect(200)["items"],
        json!(report(&company, "group_by=day").await)
    );
    owner.get("/v1/reports/spending?group_by=driver").await.field("group_by", "unknown_value");
    let long = "/v1/reports/spending?group_by=day&from=2026-01-01&to=2026-04-03";
    owner.get(long).await.field("from", "span_too_long");
    owner.get("/v1/reports/spending?group_by=day&from=2026-02-01&to=2026-01-01").await.field("to", "span_reversed");
}

#[tokio::test]
async fn the_weekly_summary_comes_once_and_says_what_the_report_says() {
    let world = World::start().await;
    let company = world.company().create().await;
    let quiet = world.company().create().await;
    let told = async || {
        world.tick().await;
        world.notices_to(&company.email).await
    };
    assert_eq!(told().await.len(), 0, "a week before anybody looked is not told of");
    company.pump.buy(company.card(), "10").await;
    // It is a Wednesday: the week ends on Sunday, and is told of on Monday at eight.
    let zone = oktan_shared::domain::window::Zone::default();
    let today = zone.date(world.now());
    let monday = today + chrono::Days::new(5);
    world.advance_to(zone.midnight(monday) + chrono::TimeDelta::hours(7));
    assert_eq!(told().await.len(), 0, "nobody is up");
    world.advance_to(zone.midnight(monday) + chrono::TimeDelta::hours(8));
    for _ in 0..3 {
        assert_eq!(told().await.len(), 1);
    }
    let (from, to) = (monday - chrono::Days::new(7), monday - chrono::Days::new(1));
    let said = report(&company, &format!("group_by=product&from={from}&to={to}")).await;
    assert_eq!(said, [item("DT", "10.000", "719.00")]);
    let letter = told().await.remove(0);
    for part in ["10.000", "719.00", &format!("from={from}"), &format!("to={to}")] {
        assert!(letter.text.contains(part), "{part}: {}", letter.text);
    }
    let line = company.owner().await.get("/v1/notifications").await.expect(200)["items"][0].clone();
    assert_eq!((&line["kind"], &line["facts"]["from"]), (&json!("weekly_summary"), &json!(from.to_string())));
    assert_eq!(world.notices_to(&quiet.email).await, [], "nothing was spent there");
    world.advance_to(zone.midnight(monday + chrono::Days::new(7)) + chrono::TimeDelta::hours(9));
    assert_eq!(told().await.len(), 1, "nor here in the week after");
}
