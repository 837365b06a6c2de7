//! The balance by its definitions, and history by its filters.

use chrono::{NaiveDate, TimeDelta};
use oktan_shared::domain::window::Zone;
use oktan_tests::{Company, Role, Value, World, json, numbers};
use std::collections::BTreeSet;

fn today(world: &World) -> NaiveDate {
    Zone::default().date(world.now())
}

#[tokio::test]
async fn the_balance_is_what_its_definition_says_after_every_step() {
    let world = World::start().await;
    let company = world.company().cards(2).payment("10000.00").create().await;
    let (one, two, pump) = (company.cards[0].as_str(), company.cards[1].as_str(), &company.pump);
    let is = async |balance: i64, held: i64, spent: i64| {
        let view = company.balance().await;
        let amounts = [
            ("balance", balance),
            ("held", held),
            ("available", balance - held),
            ("credit_limit", 0),
            ("on_purses", 0),
            ("spent_today", spent),
            ("spent_this_month", spent),
        ];
        for (name, kopecks) in amounts {
            assert_eq!(view[name], json!(numbers::roubles(kopecks)), "{name} of {view}");
        }
    };
    is(1_000_000, 0, 0).await;
    let first = pump.hold(one, "40").await;
    is(1_000_000, 287_600, 0).await;
    let second = pump.hold(two, "10").await;
    is(1_000_000, 359_500, 0).await;
    pump.capture(&first, "39").await.expect(200);
    is(719_590, 71_900, 280_410).await;
    pump.reverse(&second).await.expect(200);
    is(719_590, 0, 280_410).await;
    pump.refund(&first, "9").await.expect(200);
    is(784_300, 0, 215_700).await;
    company.pay("500.01").await;
    is(834_301, 0, 215_700).await;
    assert_eq!(pump.declined(two, "200").await, "insufficient_funds");
    is(834_301, 0, 215_700).await;
    // Tomorrow nothing was spent today, and this month what was; next month neither.
    world.advance(TimeDelta::days(1));
    let view = company.balance().await;
    assert_eq!((&view["spent_today"], &view["spent_this_month"]), (&json!("0.00"), &json!("2157.00")));
    world.advance(TimeDelta::days(31));
    let view = company.balance().await;
    assert_eq!((&view["spent_today"], &view["spent_this_month"]), (&json!("0.00"), &json!("0.00")));
    assert!(view["as_of"].as_str().unwrap().ends_with('Z'));
    let staff = world.staff(Role::StaffAccountant).await;
    let mut seen = staff.get(&format!("/v1/staff/companies/{}/balance", company.id)).await.expect(200);
    seen["as_of"] = view["as_of"].clone();
    assert_eq!(seen, view, "staff see what the client sees");
    staff.get("/v1/staff/companies/10000000/balance").await.problem(404, "not_found");
}

/// Three days of fills, refunds, payments and declines; how many entries there are.
async fn three_days(world: &World) -> (Company, usize) {
    let company = world.company().cards(2).create().await;
    let elsewhere = world.station("7", json!({ "AI95": "64.30" })).await;
    let (one, two, pump) = (company.cards[0].as_str(), company.cards[1].as_str(), &company.pump);
    for _ in 0..3 {
        let (id, _) = pump.buy(one, "10").await;
        pump.refund(&id, "1").await.expect(200);
        let ask = elsewhere.fill_of(two, "AI95", "64.30", "5");
        let answer = elsewhere.decide(&ask).await;
        elsewhere.capture(answer["authorization_id"].as_str().unwrap(), "5").await.expect(200);
        assert_eq!(pump.declined(two, "99999").await, "insufficient_funds");
        company.pay("100.00").await;
        world.advance(TimeDelta::days(1));
    }
    (company, 1 + 3 * 4)
}

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn history_is_whole_newest_first_in_pages_of_any_size() {
    let world = World::start().await;
    let (company, count) = three_days(&world).await;
    let viewer = company.user(Role::Viewer).await;
    let whole = viewer.all("/v1/history", 100).await;
    assert_eq!(whole.len(), count);
    assert!(whole.windows(2).all(|pair| pair[0]["at"].as_str() >= pair[1]["at"].as_str()), "newest first");
    assert_eq!(ids(&whole).iter().collect::<BTreeSet<_>>().len(), count, "each once");
    for limit in [1, 2, 3, 5, 12, 13, 14] {
        assert_eq!(viewer.all("/v1/history", limit).await, whole, "{limit} a page");
    }
    let staff = world.staff(Role::StaffOperator).await;
    let path = format!("/v1/staff/companies/{}/history", company.id);
    assert_eq!(staff.all(&path, 4).await, whole, "staff see what the client sees");
    assert_eq!(staff.all(&format!("{path}?type=decline"), 4).await.len(), 3);
    staff.get("/v1/staff/companies/10000000/history").await.problem(404, "not_found");
    let sum: i64 = whole.iter().map(|entry| numbers::units(entry["amount"].as_str().unwrap())).sum();
    assert_eq!(company.balance().await["balance"], json!(numbers::roubles(sum)), "entries tie to the balance");
    // Another company sees none of it.
    let other = world.company().without_payment().create().await;
    assert_eq!(other.owner().await.get("/v1/history").await.expect(200), json!({ "items": [], "next_cursor": null }));
}

#[tokio::test]
async fn history_is_filtered_and_every_filter_pages() {
    let world = World::start().await;
    let start = today(&world);
    let (company, count) = three_days(&world).await;
    let owner = company.owner().await;
    let (one, two) = (company.cards[0].as_str(), company.cards[1].as_str());
    let day = |n: u64| start + chrono::Days::new(n);
    let filters = [
        (format!("card={one}"), 6),
        (format!("card={two}"), 3),
        ("type=purchase".to_owned(), 6),
        ("type=refund".to_owned(), 3),
        ("type=payment".to_owned(), 4),
        ("type=transfer".to_owned(), 0),
        ("type=adjustment".to_owned(), 0),
        ("type=decline".to_owned(), 3),
        (format!("type=decline&card={one}"), 0),
        (format!("type=decline&card={two}&from={}", day(1)), 2),
        ("product=DT".to_owned(), 6),
        ("product=AI95&type=purchase".to_owned(), 3),
        ("station=7".to_owned(), 3),
        ("station=12&type=refund".to_owned(), 3),
        (format!("from={}", day(1)), 8),
        (format!("to={}", day(0)), 5),
        (format!("from={0}&to={0}", day(1)), 4),
        (format!("from={0}&to={0}&card={one}", day(1)), 2),
        (format!("from={}", day(3)), 0),
        (format!("q={}", &one[4..]), 6),
        ("q=nothing-like-it".to_owned(), 0),
        (format!("card={one}&type=purchase&product=DT&station=12&from={}&to={}", day(0), day(9)), 3),
    ];
    for (filter, wanted) in filters {
        let whole = owner.all(&format!("/v1/history?{filter}"), 100).await;
        assert_eq!(whole.len(), wanted, "{filter}");
        assert_eq!(owner.all(&format!("/v1/history?{filter}"), 2).await, whole, "{filter}, paged");
    }
    let declines = owner.all("/v1/history?type=decline", 50).await;
    let decline = &declines[0];
    assert_eq!((&decline["type"], &decline["amount"]), (&json!("decline"), &json!("0.00")));
    assert_eq!((&decline["quantity"], &decline["card_number"]), (&json!("99999.000"), &json!(two)));
    assert_eq!(decline["reason"]["code"], "insufficient_funds");
    let page = owner.get("/v1/history?limit=2&type=purchase").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    for foreign in ["", "&type=refund", "&type=purchase&q=1"] {
        owner.get(&format!("/v1/history?cursor={cursor}{foreign}")).await.field("cursor", "cursor_invalid");
    }
    let other = world.company().create().await.owner().await;
    other.get(&format!("/v1/history?type=purchase&cursor={cursor}")).await.field("cursor", "cursor_invalid");
    let bad = [
        ("from=yesterday", "from", "date_malformed"),
        ("from=2026-13-01", "from", "date_malformed"),
        ("from=2026-11-22&to=2026-11-21", "to", "span_reversed"),
        ("card=123", "card", "card_number_malformed"),
        ("product=KEROSIN", "product", "product_unknown"),
        ("type=gift", "type", "unknown_value"),
        ("station=a%20b", "station", "station_code_malformed"),
        ("colour=red", "colour", "unknown_field"),
        ("limit=0", "limit", "limit_out_of_range"),
    ];
    for (query, field, code) in bad {
        owner.get(&format!("/v1/history?{query}")).await.field(field, code);
    }
    assert_eq!(count, 13);
}

#[tokio::test]
async fn an_entrys_whole_life_is_told() {
    let world = World::start().await;
    let company = world.company().cards(1).create().await;
    let pump = &company.pump;
    let held = pump.hold(company.card(), "40").await;
    world.advance_minutes(3);
    let purchase = pump.capture(&held, "38").await.expect(200);
    world.advance_minutes(60);
    let refund = pump.refund(&held, "2").await.expect(200);
    let owner = company.owner().await;
    let read = |id: &Value| {
        let (owner, path) = (owner.clone(), format!("/v1/history/{}", id.as_str().unwrap()));
        async move { owner.get(&path).await.expect(200) }
    };
    let events = |details: &Value| -> Vec<(String, Value, Value)> {
        let life = details["life"].as_array().expect("a life").iter();
        let life: Vec<_> = life
            .map(|m| (m["event"].as_str().unwrap().to_owned(), m["quantity"].clone(), m["amount"].clone()))
            .collect();
        life
    };
    let moment = |event: &str, quantity: Value, amount: Value| (event.to_owned(), quantity, amount);
    let details = read(&purchase["id"]).await;
    for (name, value) in purchase.as_object().unwrap() {
        assert_eq!(details[name], *value, "{name}");
    }
    assert_eq!(
        events(&details)[..3],
        [
            moment("requested", json!("40.000"), Value::Null),
            moment("approved", json!("40.000"), json!("2876.00")),
            moment("captured", json!("38.000"), json!("2732.20")),
        ]
    );
    let times: Vec<_> = details["life"].as_array().unwrap().iter().map(|m| m["at"].as_str().unwrap()).collect();
    assert!(times.windows(2).all(|pair| pair[0] <= pair[1]), "oldest first: {times:?}");
    let told = events(&read(&refund["id"]).await);
    assert_eq!(told.last().unwrap(), &moment("refunded", json!("2.000"), json!("143.80")));
    let payment = owner.get("/v1/history?type=payment").await.expect(200)["items"][0].clone();
    assert_eq!(events(&read(&payment["id"]).await), [moment("posted", Value::Null, json!("100000.00"))]);
    pump.declined(company.card(), "99999").await;
    let decline = owner.get("/v1/history?type=decline").await.expect(200)["items"][0].clone();
    let told: Vec<_> = events(&read(&decline["id"]).await).into_iter().map(|(event, _, _)| event).collect();
    assert_eq!(told, ["requested", "declined"]);

    let stranger = world.company().create().await.owner().await;
    for id in [&purchase["id"], &refund["id"], &payment["id"], &decline["id"]] {
        stranger.get(&format!("/v1/history/{}", id.as_str().unwrap())).await.problem(404, "not_found");
    }
    for id in ["nonsense", &held, &"A".repeat(80)] {
        owner.get(&format!("/v1/history/{id}")).await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn an_operation_shows_at_once_in_history_balance_and_card() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (_, entry) = company.pump.buy(company.card(), "10").await;
    let newest = company.owner().await.get("/v1/history?limit=1").await.expect(200)["items"][0].clone();
    assert_eq!(newest, entry, "what the terminal was told is what the client sees");
    assert_eq!(company.card_details(company.card()).await["spent_this_month"], "719.00");
}
