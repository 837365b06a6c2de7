//! Promotions at the pump: what is fixed at the approval is applied at the capture, the best of it, and is counted.

use crate::offers::{Sale, join, leave, promotions, publish};
use oktan_tests::numbers::units;
use oktan_tests::{Company, Value, World, json};
use reqwest::Method;

/// Two roubles off a litre of diesel from twenty litres on, with the company in it.
async fn joined(world: &World) -> (Company, String) {
    let company = world.company().cards(1).purses(1).create().await;
    let id = publish(world, Sale::per_unit("2.00").of("DT").at_least("20")).await;
    join(&company, &id).await;
    (company, id)
}

/// The discount of a fill that was approved under `id` and is captured now.
async fn captured(company: &Company, id: &str, quantity: &str) -> Value {
    company.pump.capture(id, quantity).await.expect(200)
}

#[tokio::test]
async fn a_fill_costs_less_and_the_company_sees_what_it_saved() {
    let world = World::start().await;
    let (company, id) = joined(&world).await;
    let (purchase, entry) = company.pump.buy(company.card(), "31.5").await;
    assert_eq!(
        (&entry["discount"], &entry["amount"], &entry["promotion_id"]),
        (&json!("63.00"), &json!("-2201.85"), &json!(id))
    );
    let owner = company.owner().await;
    let line = owner.get("/v1/history").await.expect(200)["items"][0].clone();
    assert_eq!((&line["discount"], &line["promotion_id"]), (&json!("63.00"), &json!(id)));
    let details = owner.get(&format!("/v1/history/{}", line["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(details["promotion"], json!({ "id": id, "title": "Осень", "title_en": "Autumn" }));
    assert_eq!(company.balance().await["balance"], "97798.15");
    let shown = promotions(&company).await;
    assert_eq!((&shown["saved"], &shown["saved_this_month"]), (&json!("63.00"), &json!("63.00")));
    assert_eq!((&shown["items"][0]["saved"], &shown["items"][0]["joined"]), (&json!("63.00"), &json!(true)));

    // A third of it back takes a third of the discount back; the rest takes the rest, and nothing is left.
    let back = company.pump.refund(&purchase, "10.5").await.expect(200);
    assert_eq!((&back["amount"], &back["discount"]), (&json!("733.95"), &json!("21.00")));
    assert_eq!(promotions(&company).await["saved"], "42.00");
    let back = company.pump.refund(&purchase, "21").await.expect(200);
    assert_eq!((&back["amount"], &back["discount"]), (&json!("1467.90"), &json!("42.00")));
    let shown = promotions(&company).await;
    assert_eq!((&shown["saved"], &shown["saved_this_month"]), (&json!("0.00"), &json!("0.00")));
    assert_eq!(
        (&shown["items"][0]["saved"], &company.balance().await["balance"]),
        (&json!("0.00"), &json!("100000.00"))
    );

    // Another month: what was saved stays, this month has nothing.
    company.pump.buy(company.card(), "20").await;
    world.advance_minutes(40 * 24 * 60);
    let shown = promotions(&company).await;
    assert_eq!((&shown["saved"], &shown["saved_this_month"]), (&json!("40.00"), &json!("0.00")));
    assert_eq!((&shown["items"][0]["state"], &shown["items"][0]["joined"]), (&json!("over"), &json!(false)));
    assert_eq!(company.pump.buy(company.card(), "20").await.1["discount"], "0.00");
}

#[tokio::test]
async fn a_purse_card_saves_too_and_a_whole_price_off_costs_nothing() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let purse = company.purses[0].clone();
    let owner = company.owner().await;
    let transfer = json!({ "from": "account", "to": purse, "amount": "5000.00" });
    owner.ask(Method::POST, "/v1/transfers").header("idempotency-key", "t").json(&transfer).send().await.expect(201);
    let five = publish(&world, Sale::percent("5")).await;
    join(&company, &five).await;
    // 5 % of 2 264.85 is 113.2425.
    let (purchase, entry) = company.pump.buy(&purse, "31.5").await;
    assert_eq!((&entry["discount"], &entry["amount"]), (&json!("113.24"), &json!("-2151.61")));
    company.pump.refund(&purchase, "31.5").await.expect(200);
    assert_eq!(promotions(&company).await["saved"], "0.00");
    let all = publish(&world, Sale::percent("100")).await;
    join(&company, &all).await;
    let (purchase, entry) = company.pump.buy(&purse, "10").await;
    assert_eq!(
        (&entry["discount"], &entry["amount"], &entry["promotion_id"]),
        (&json!("719.00"), &json!("0.00"), &json!(all))
    );
    let (_, entry) = company.pump.buy(company.card(), "10").await;
    assert_eq!((&entry["discount"], &entry["amount"]), (&json!("719.00"), &json!("0.00")));
    let shown = promotions(&company).await;
    assert_eq!((&shown["saved"], &shown["saved_this_month"]), (&json!("1438.00"), &json!("1438.00")));
    let back = company.pump.refund(&purchase, "4").await.expect(200);
    assert_eq!((&back["amount"], &back["discount"]), (&json!("0.00"), &json!("287.60")));
    assert_eq!(promotions(&company).await["saved"], "1150.40");
    let balance = company.balance().await;
    assert_eq!((&balance["balance"], &balance["on_purses"]), (&json!("100000.00"), &json!("5000.00")));
}

#[tokio::test]
async fn whatever_happens_between_the_approval_and_the_capture_the_fill_keeps_its_terms() {
    let world = World::start().await;
    let (company, id) = joined(&world).await;
    let editor = world.admin().await;
    let path = format!("/v1/staff/promotions/{id}");
    let edits = [
        json!({ "discount": { "per_unit": "9.00" } }),
        json!({ "discount": { "percent": "1" }, "minimum_quantity": "90" }),
        json!({ "products": ["AI92"] }),
        json!({ "stations": [] , "from": "2099-01-01", "to": "2099-01-02" }),
        json!({ "companies": [world.company().create().await.id] }),
    ];
    for edit in edits {
        let original = editor.get(&path).await.expect(200);
        let held = company.pump.hold(company.card(), "20").await;
        editor.patch(&path, edit.clone()).await.expect(200);
        assert_eq!(captured(&company, &held, "20").await["discount"], "40.00", "{edit}");
        // Every process has seen it by then.
        world.advance_minutes(2);
        let after = company.pump.buy(company.card(), "20").await.1["discount"].clone();
        assert_ne!(after, "40.00", "from now on it is otherwise: {edit}");
        let back = json!({
            "discount": original["discount"], "minimum_quantity": original["minimum_quantity"],
            "products": original["products"], "from": original["from"], "to": original["to"], "companies": [],
        });
        editor.patch(&path, back).await.expect(200);
        world.advance_minutes(2);
    }
    let held = company.pump.hold(company.card(), "20").await;
    leave(&company, &id).await;
    assert_eq!(captured(&company, &held, "20").await["discount"], "40.00", "left");
    let held = company.pump.hold(company.card(), "20").await;
    join(&company, &id).await;
    assert_eq!(captured(&company, &held, "20").await["discount"], "0.00", "joined later");
    let held = company.pump.hold(company.card(), "20").await;
    editor.delete(&path).await.expect(204);
    assert_eq!(captured(&company, &held, "20").await["discount"], "40.00", "withdrawn");
    world.advance_minutes(2);
    assert_eq!(company.pump.buy(company.card(), "20").await.1["discount"], "0.00");
}

#[tokio::test]
async fn a_capture_of_long_after_still_finds_its_terms() {
    let world = World::start().await;
    let (company, id) = joined(&world).await;
    let held = company.pump.hold(company.card(), "20").await;
    let reversed = company.pump.hold(company.card(), "20").await;
    company.pump.reverse(&reversed).await.expect(200);
    world.admin().await.delete(&format!("/v1/staff/promotions/{id}")).await.expect(204);
    world.advance_minutes(3 * 24 * 60);
    // Another promotion sweeps the withdrawn one out of those that processes keep.
    publish(&world, Sale::per_unit("1.00")).await;
    for held in [held, reversed] {
        let entry = captured(&company, &held, "25").await;
        assert_eq!((&entry["discount"], &entry["amount"]), (&json!("50.00"), &json!("-1747.50")));
        assert!(entry["flags"].as_array().unwrap().contains(&json!("late")), "{entry}");
        assert_eq!(captured(&company, &held, "25").await, entry);
    }
    assert_eq!(promotions(&company).await["saved"], "100.00");
}

#[tokio::test]
async fn the_best_for_what_was_dispensed_wins_and_a_minimum_is_of_that() {
    let world = World::start().await;
    let company = world.company().create().await;
    let sales = [
        Sale::per_unit("1.00"),
        Sale::per_unit("2.00").at_least("30"),
        Sale::percent("10").at_least("40"),
        Sale::per_unit("50.00").of("AI92"),
        Sale::per_unit("60.00").at("7"),
    ];
    world.station("7", json!({ "DT": "71.90" })).await;
    let mut ids = Vec::new();
    for sale in sales {
        let id = publish(&world, sale).await;
        join(&company, &id).await;
        ids.push(id);
    }
    for (held, quantity, discount, by) in [
        ("50", "29.999", "30.00", 0),
        ("50", "30.000", "60.00", 1),
        ("50", "50.000", "359.50", 2),
        // More than was set aside: judged by what flowed.
        ("39", "41.000", "294.79", 2),
    ] {
        let id = company.pump.hold(company.card(), held).await;
        let entry = captured(&company, &id, quantity).await;
        assert_eq!((&entry["discount"], &entry["promotion_id"]), (&json!(discount), &json!(ids[by])), "{quantity}");
        let whole = oktan_tests::numbers::cost(quantity, "71.90");
        assert_eq!(-units(entry["amount"].as_str().unwrap()), whole - units(discount), "{quantity}");
    }
    // A part was approved: 25 of 60, so it is the first one's.
    company
        .limit(company.card(), json!({ "limits": [{ "measure": "litres", "period": "transaction", "amount": "25" }] }))
        .await;
    let mut ask = company.pump.fill(company.card(), "60");
    ask["partial_ok"] = json!(true);
    let answer = company.pump.decide(&ask).await;
    assert_eq!(
        (&answer["decision"], &answer["amount"]),
        (&json!("partial"), &json!("1797.50")),
        "what is held is the price"
    );
    let entry = captured(&company, answer["authorization_id"].as_str().unwrap(), "25").await;
    assert_eq!((&entry["discount"], &entry["promotion_id"]), (&json!("25.00"), &json!(ids[0])));
    assert_eq!(company.pump.state(answer["authorization_id"].as_str().unwrap()).await.expect(200)["amount"], "1797.50");
}

#[tokio::test]
async fn what_is_spent_and_used_is_what_was_paid() {
    let world = World::start().await;
    let (company, _) = joined(&world).await;
    company
        .limit(company.card(), json!({ "limits": [{ "measure": "roubles", "period": "day", "amount": "3000" }] }))
        .await;
    company.pump.buy(company.card(), "30").await;
    let limits = company.owner().await.get(&format!("/v1/cards/{}/limits", company.card())).await.expect(200);
    assert_eq!(
        (&limits["limits"][0]["used"], &limits["limits"][0]["remaining"]),
        (&json!("2097.00"), &json!("903.00"))
    );
    assert_eq!(company.balance().await["spent_today"], "2097.00");
    // The past tried again under other rules costs what it cost.
    let rules = json!({ "limits": [{ "measure": "roubles", "period": "day", "amount": "2097" }], "days": 7 });
    let tried = company.owner().await.post(&format!("/v1/cards/{}/limits/backtest", company.card()), rules).await;
    let tried = tried.expect(200);
    assert_eq!(tried["fills"], 1, "{tried}");
}

#[tokio::test]
async fn joining_and_leaving_at_once_end_in_one_of_the_two_and_are_counted_right() {
    let world = World::start().await;
    let company = world.company().cards(4).create().await;
    let id = publish(&world, Sale::per_unit("1.00")).await;
    let owner = company.owner().await;
    let path = format!("/v1/promotions/{id}/participation");
    let calls = (0..12).map(|n| {
        let (owner, path, company) = (owner.clone(), path.clone(), company.clone());
        async move {
            match n % 3 {
                0 => drop(company.pump.buy(&company.cards[n / 3], "1").await),
                1 => drop(owner.post_nothing(&path).await),
                _ => drop(owner.delete(&path).await),
            }
        }
    });
    futures::future::join_all(calls).await;
    let shown = promotions(&company).await["items"][0].clone();
    let staff = world.admin().await.get(&format!("/v1/staff/promotions/{id}")).await.expect(200);
    assert_eq!(staff["participants"], i64::from(shown["joined"] == true), "{shown}");
    let acts = owner.all("/v1/journal?q=promotion.", 100).await;
    let joins = acts.iter().filter(|act| act["action"] == "promotion.join").count();
    let leaves = acts.iter().filter(|act| act["action"] == "promotion.leave").count();
    assert_eq!(joins - leaves, usize::from(shown["joined"] == true), "one act for each that changed anything");
    let discount = company.pump.buy(company.card(), "1").await.1["discount"].clone();
    assert_eq!(discount == "1.00", shown["joined"] == true);
}

#[tokio::test]
async fn counters_of_what_was_left_are_folded_and_no_sum_changes() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let purse = company.purses[0].clone();
    let transfer = json!({ "from": "account", "to": purse, "amount": "9000.00" });
    let owner = company.owner().await;
    owner.ask(Method::POST, "/v1/transfers").header("idempotency-key", "t").json(&transfer).send().await.expect(201);
    let (mut ids, mut purchases) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        let id = publish(&world, Sale::per_unit("1.00")).await;
        join(&company, &id).await;
        purchases.push(company.pump.buy(company.card(), "10").await.0);
        purchases.push(company.pump.buy(&purse, "3").await.0);
        leave(&company, &id).await;
        ids.push(id);
    }
    let counters = async || {
        let rows = world.dump().await;
        let counted = rows.iter().filter(|(key, _)| key.contains(" ACCOUNT") || key.contains("SPENT#"));
        counted.map(|(_, row)| row.keys().filter(|name| name.starts_with("saved_")).count()).sum::<usize>()
    };
    assert!(counters().await <= 4, "those of the last ones: {}", counters().await);
    let shown = promotions(&company).await;
    assert_eq!((shown["items"].as_array().unwrap().len(), &shown["saved"]), (7, &json!("91.00")));
    assert!(shown["items"].as_array().unwrap().iter().all(|one| one["saved"] == "13.00"), "{shown}");
    // What a return takes back later is taken off what was folded.
    company.pump.refund(&purchases[0], "10").await.expect(200);
    company.pump.refund(&purchases[1], "3").await.expect(200);
    let one = owner.get(&format!("/v1/promotions/{}", ids[0])).await.expect(200);
    assert_eq!((&one["saved"], &promotions(&company).await["saved"]), (&json!("0.00"), &json!("78.00")));
    join(&company, &ids[1]).await;
    leave(&company, &ids[1]).await;
    let one = owner.get(&format!("/v1/promotions/{}", ids[0])).await.expect(200);
    assert_eq!((&one["saved"], &promotions(&company).await["saved"]), (&json!("0.00"), &json!("78.00")));
}
