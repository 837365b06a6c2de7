//! What was spent, added up by one thing or another, and told once a week.

use chrono::{Datelike as _, Days, NaiveDate, TimeDelta, Weekday};
use oktan_shared::domain::window::Zone;
use oktan_tests::{Company, Dump, Value, World, json};
use reqwest::Method;

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
    let long = "/v1/reports/spending?group_by=day&from=2025-04-02&to=2026-04-03";
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

/// Kopecks of a wire's amount.
fn kopecks(amount: &Value) -> i64 {
    amount.as_str().expect("an amount").replace('.', "").parse().expect("kopecks")
}

#[tokio::test]
async fn a_week_over_a_months_edge_is_told_as_it_is_reported_in_the_companys_own_zone() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let (staff, pump, card) = (world.admin().await, &company.pump, company.card());
    let zone = Zone::parse("Asia/Kamchatka").unwrap();
    let path = format!("/v1/staff/companies/{}", company.id);
    let east = staff.ask(Method::PATCH, &path).json(&json!({ "time_zone": "Asia/Kamchatka" }));
    east.send().await.expect(200);
    world.tick().await;
    let edge = |day: &NaiveDate| day.weekday() == Weekday::Mon && day.month() != (*day + Days::new(6)).month();
    let monday = zone.date(world.now()).iter_days().skip(8).find(edge).unwrap();
    let (sunday, next) = (monday + Days::new(6), monday + Days::new(7));
    let last_of_month = monday.iter_days().find(|day| day.month() != (*day + Days::new(1)).month()).unwrap();
    let shortly_before = |day: NaiveDate| zone.midnight(day) - TimeDelta::seconds(20);

    world.advance_to(shortly_before(monday));
    let (before, _) = pump.buy(card, "1").await;
    world.advance_to(zone.midnight(monday));
    pump.buy(card, "2").await;
    company.owner().await.post_nothing(&format!("/v1/cards/{}/block", company.cards[1])).await.expect(200);
    assert_eq!(pump.declined(&company.cards[1], "9").await, "card_blocked");
    world.advance_to(shortly_before(last_of_month + Days::new(1)));
    pump.buy(card, "3").await;
    pump.refund(&before, "1").await.expect(200);
    let gas = pump.decide(&pump.fill_of(card, "CNG", "28.00", "1")).await;
    pump.capture(gas["authorization_id"].as_str().unwrap(), "1").await.expect(200);
    world.advance_to(shortly_before(next));
    pump.buy(card, "5").await;
    world.advance_to(zone.midnight(next));
    pump.buy(card, "7").await;

    world.advance_to(zone.midnight(next) + TimeDelta::hours(8));
    world.tick().await;
    let letter = world.notices_to(&company.email).await.pop().expect("the week");
    let week = |by: &str| format!("group_by={by}&from={monday}&to={sunday}");
    // What was bought before the week came back in it: 2 + 3 + 5 − 1 l at 71.90.
    let products = report(&company, &week("product")).await;
    assert_eq!(products, [item("CNG", "1.000", "28.00"), item("DT", "9.000", "647.10")]);
    for product in &products {
        let (quantity, amount) = (product["quantity"].as_str().unwrap(), product["amount"].as_str().unwrap());
        assert!(letter.text.contains(&format!(" — {quantity} ")), "{quantity}: {}", letter.text);
        assert!(letter.text.contains(&format!(" · {amount} ₽")), "{amount}: {}", letter.text);
    }
    for by in ["day", "card", "product", "station"] {
        let total: i64 = report(&company, &week(by)).await.iter().map(|item| kopecks(&item["amount"])).sum();
        assert_eq!(total, 67_510, "{by}");
    }
    assert!(letter.text.contains("Всего 675.10 ₽") && letter.subject.contains("675.10"), "{letter:?}");
    let days: Vec<_> = report(&company, &week("day")).await.iter().map(|item| item["key"].clone()).collect();
    let mut wanted = vec![json!(monday), json!(last_of_month), json!(sunday)];
    wanted.dedup();
    assert_eq!(days, wanted);
}

/// The rows of days that are written down.
async fn days(world: &World) -> Dump {
    let mut rows = world.dump().await;
    rows.retain(|key, _| key.contains(" DAY#") || key.contains(" DAYS#"));
    rows
}

#[tokio::test]
async fn a_day_that_is_over_is_added_up_once_and_again_to_the_same() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let zone = Zone::default();
    let first = zone.date(world.now());
    let (bought, _) = company.pump.buy(&company.cards[0], "10").await;
    company.pump.buy(&company.cards[1], "20").await;
    world.advance_to(zone.midnight(first + Days::new(2)) + TimeDelta::hours(10));
    // What comes back later takes nothing off the day it was bought on.
    company.pump.refund(&bought, "4").await.expect(200);
    let groups = ["day", "card", "product", "station"];
    let all = async || {
        let to = zone.date(world.now());
        let mut told = Vec::new();
        for by in groups {
            told.push(report(&company, &format!("group_by={by}&from={first}&to={to}")).await);
        }
        told
    };
    let counted = all().await;
    assert_eq!(counted[0].len(), 2, "{counted:?}");
    assert_eq!(days(&world).await.len(), 0);

    assert_eq!(world.tick().await["days"], 1);
    let written = days(&world).await;
    assert_eq!(written.len(), 2, "one day that cost something, and until when: {written:?}");
    assert_eq!(all().await, counted, "written down or counted: the same");
    assert_eq!(world.tick().await["days"], 0, "once");

    // The day of the return is open: what is bought on it counts at once, and not a second time when it is over.
    company.pump.buy(&company.cards[1], "5").await;
    let more = all().await;
    assert_ne!(more, counted);
    world.advance_to(zone.midnight(first + Days::new(3)) + TimeDelta::minutes(30));
    assert_eq!(world.tick().await["days"], 0, "its last moments may not be seen everywhere yet");
    world.advance_minutes(61);
    assert_eq!(world.tick().await["days"], 1);
    let written = days(&world).await;
    assert_eq!(written.len(), 3);
    assert_eq!(all().await, more);

    // They are derived: without them a report counts, and they come again as they were.
    world.forget(|key| key.contains(" DAY#") || key.contains(" DAYS#")).await;
    assert_eq!((days(&world).await.len(), all().await), (0, more.clone()));
    world.advance_minutes(61);
    assert_eq!(world.tick().await["days"], 1);
    assert_eq!(days(&world).await, written);
    assert_eq!(all().await, more);
}
