//! Cards as their company sees and changes them.

use oktan_tests::{Company, Role, Value, World, json, numbers};
use reqwest::Method;

/// A company with twelve cards in two groups, some blocked.
async fn fleet(world: &World) -> Company {
    let mut company = world.company().cards(0).create().await;
    let names =
        |n: usize| json!({ "label": format!("А{n:03}ВС 26"), "group": if n < 5 { "Самосвалы" } else { "Такси" } });
    let cards: Vec<Value> = (0..12).map(names).collect();
    let path = format!("/v1/staff/companies/{}/cards", company.id);
    let issued = world.admin().await.post(&path, json!({ "cards": cards })).await.expect(201)["cards"].clone();
    let issued = issued.as_array().unwrap().iter();
    company.cards = issued.map(|card| card["number"].as_str().unwrap().to_owned()).collect();
    company
}

fn numbers_of(items: &[Value]) -> Vec<&str> {
    items.iter().map(|card| card["number"].as_str().expect("a number")).collect()
}

#[tokio::test]
async fn the_list_is_whole_page_by_page() {
    let world = World::start().await;
    let company = fleet(&world).await;
    let viewer = company.user(Role::Viewer).await;
    let mut wanted = company.cards.clone();
    wanted.sort();
    for limit in [1, 5, 12, 100] {
        let mut all = viewer.all("/v1/cards", limit).await;
        all.sort_by_key(|card| card["number"].to_string());
        assert_eq!(numbers_of(&all), wanted, "{limit} a page");
    }
    let staff = world.staff(Role::StaffOperator).await;
    let seen = staff.all(&format!("/v1/staff/companies/{}/cards", company.id), 7).await;
    assert_eq!(seen, viewer.all("/v1/cards", 7).await, "staff see what the client sees");
    staff.get("/v1/staff/companies/10000000/cards").await.problem(404, "not_found");
}

#[tokio::test]
async fn the_list_is_filtered_by_state_group_and_text() {
    let world = World::start().await;
    let company = fleet(&world).await;
    let owner = company.owner().await;
    owner.post_nothing(&format!("/v1/cards/{}/block", company.cards[1])).await.expect(200);
    let staff = world.admin().await;
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.cards[2])).await.expect(200);
    let count = |query: String| {
        let owner = owner.clone();
        async move { owner.all(&format!("/v1/cards?{query}"), 5).await.len() }
    };
    assert_eq!(count("status=active".to_owned()).await, 10);
    assert_eq!(count("status=blocked".to_owned()).await, 1);
    assert_eq!(count("status=blocked_by_staff".to_owned()).await, 1);
    assert_eq!(count("status=closed".to_owned()).await, 0);
    assert_eq!(count("status=expired".to_owned()).await, 0);
    let group = "%D0%A1%D0%B0%D0%BC%D0%BE%D1%81%D0%B2%D0%B0%D0%BB%D1%8B";
    assert_eq!(count(format!("group={group}")).await, 5);
    assert_eq!(count(format!("group={group}&status=active")).await, 3);
    assert_eq!(count(format!("q={}", company.cards[7])).await, 1);
    assert_eq!(count("q=%D0%B0007".to_owned()).await, 1, "a label is found in any case");
    assert_eq!(count("q=%D1%82%D0%B0%D0%BA%D1%81%D0%B8".to_owned()).await, 7, "so is a group");
    assert_eq!(count("q=nothing-like-it".to_owned()).await, 0);
    owner.get("/v1/cards?status=melted").await.field("status", "unknown_value");
    owner.get("/v1/cards?limit=1000").await.field("limit", "limit_out_of_range");
    owner.get("/v1/cards?limit=1&limit=2").await.expect(422);
    // Past the last day of its month a card is expired, in the list too.
    world.advance(chrono::TimeDelta::days(3 * 366 + 31));
    let owner = company.owner().await;
    assert_eq!(owner.all("/v1/cards?status=expired", 50).await.len(), 12);
    assert_eq!(company.pump.declined(company.card(), "1").await, "card_expired");
}

#[tokio::test]
async fn a_cursor_works_only_in_the_list_that_gave_it() {
    let world = World::start().await;
    let (company, other) = (fleet(&world).await, fleet(&world).await);
    let (owner, stranger) = (company.owner().await, other.owner().await);
    let page = owner.get("/v1/cards?limit=3").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap().to_owned();
    let next = owner.get(&format!("/v1/cards?limit=5&cursor={cursor}")).await.expect(200);
    assert!(numbers_of(next["items"].as_array().unwrap()).len() == 5, "a page's size may change on the way");
    let mut flipped = cursor.clone().into_bytes();
    let middle = flipped.len() / 2;
    flipped[middle] = if flipped[middle] == b'A' { b'B' } else { b'A' };
    let flipped = String::from_utf8(flipped).unwrap();
    for forged in ["x", "%00", &flipped, &cursor[1..], &format!("{cursor}AAAA"), &"A".repeat(5000)] {
        owner.get(&format!("/v1/cards?cursor={forged}")).await.field("cursor", "cursor_invalid");
    }
    for filters in ["status=active", "q=A", "group=A"] {
        owner.get(&format!("/v1/cards?{filters}&cursor={cursor}")).await.field("cursor", "cursor_invalid");
    }
    stranger.get(&format!("/v1/cards?cursor={cursor}")).await.field("cursor", "cursor_invalid");
    owner.get(&format!("/v1/history?cursor={cursor}")).await.field("cursor", "cursor_invalid");
    let staff = world.admin().await;
    let theirs = format!("/v1/staff/companies/{}/cards?cursor={cursor}", other.id);
    staff.get(&theirs).await.field("cursor", "cursor_invalid");
}

#[tokio::test]
async fn a_card_in_detail_says_what_it_can_fuel_now() {
    let world = World::start().await;
    let company = world.company().payment("10000.00").create().await;
    let card = company.card();
    let fresh = company.card_details(card).await;
    assert_eq!((&fresh["unlimited"], &fresh["holds"]), (&json!(true), &json!([])));
    assert_eq!((&fresh["block_reason"], &fresh["blocked_at"]), (&Value::Null, &Value::Null));
    // 10 000.00 at 71.90 is 139.082 litres and a bit; half a kopeck rounds up.
    let now = &fresh["can_fuel_now"];
    assert_eq!((&now["product"], &now["price"]), (&json!("DT"), &json!("71.90")));
    let quantity = now["quantity"].as_str().unwrap();
    assert!(numbers::cost(quantity, "71.90") <= 1_000_000);
    assert!(numbers::cost(&numbers::litres(numbers::units(quantity) + 1), "71.90") > 1_000_000);
    assert_eq!(now["reason"]["code"], "insufficient_funds");
    company.limit(card, json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "50" }] })).await;
    company.pump.buy(card, "18.5").await;
    let held = company.pump.hold(card, "10").await;
    let details = company.card_details(card).await;
    assert_eq!(details["unlimited"], false);
    let now = &details["can_fuel_now"];
    assert_eq!((&now["quantity"], &now["amount"]), (&json!("21.500"), &json!("1545.85")));
    assert_eq!((&now["reason"]["code"], &now["reason"]["period"]), (&json!("limit_exceeded"), &json!("day")));
    assert_eq!((&details["held"], &details["spent_this_month"]), (&json!("719.00"), &json!("1330.15")));
    let hold = &details["holds"][0];
    assert_eq!(
        (&hold["product"], &hold["quantity"], &hold["amount"]),
        (&json!("DT"), &json!("10.000"), &json!("719.00"))
    );
    assert_eq!(hold["station_code"], "12");
    company.pump.reverse(&held).await.expect(200);
    // What it promises passes, and a thousandth more does not.
    assert_eq!(company.pump.declined(card, "31.501").await, "limit_exceeded");
    company.pump.buy(card, "31.5").await;
    let empty = company.card_details(card).await;
    assert_eq!(empty["can_fuel_now"]["quantity"], "0.000");
    let purse = company.issue(1, "purse").await;
    let purse = company.card_details(&purse[0]).await;
    assert_eq!(purse["can_fuel_now"]["reason"]["code"], "insufficient_funds");
}

#[tokio::test]
async fn only_people_move_a_cards_etag() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{}", company.card());
    let etag = owner.get(&path).await.etag();
    assert_eq!(owner.get(&format!("{path}/limits")).await.etag(), etag, "a card and its rules share it");
    let held = company.pump.hold(company.card(), "5").await;
    company.pump.capture(&held, "5").await.expect(200);
    company.pump.refund(&held, "1").await.expect(200);
    assert_eq!(company.pump.declined(company.card(), "99999").await, "insufficient_funds");
    assert_eq!(owner.get(&path).await.etag(), etag, "fills do not");

    let rename = json!({ "label": "К777КК 26" });
    owner.ask(Method::PATCH, &path).json(&rename).send().await.problem(428, "if_match_required");
    for stale in ["\"0\"", "\"99\"", "W/\"1\"", "nonsense", "\"\""] {
        let ask = owner.ask(Method::PATCH, &path).header("if-match", stale);
        ask.json(&rename).send().await.problem(412, "stale");
    }
    let changed = owner.ask(Method::PATCH, &path).header("if-match", &etag).json(&rename).send().await;
    let moved = changed.etag();
    assert_ne!(moved, etag);
    assert_eq!(changed.expect(200)["label"], "К777КК 26");
    owner.ask(Method::PATCH, &path).header("if-match", &etag).json(&rename).send().await.problem(412, "stale");
    // Saying what is so changes nothing; a group alone leaves the label.
    let same = owner.ask(Method::PATCH, &path).header("if-match", &moved).json(&rename).send().await;
    assert_eq!(same.etag(), moved);
    let grouped = owner.patch(&path, json!({ "group": "Такси" })).await.expect(200);
    assert_eq!((&grouped["label"], &grouped["group"]), (&json!("К777КК 26"), &json!("Такси")));
    let cleared = owner.patch(&path, json!({ "label": "", "group": null })).await.expect(200);
    assert_eq!((&cleared["label"], &cleared["group"]), (&json!(""), &json!("Такси")));
    let before = owner.get(&path).await.etag();
    owner.post_nothing(&format!("{path}/block")).await.expect(200);
    assert_ne!(owner.get(&path).await.etag(), before, "a block is an act");
    for (name, value, code) in [
        ("label", json!("x".repeat(61)), "text_too_long"),
        ("group", json!("x".repeat(41)), "text_too_long"),
        ("label", json!("a\nb"), "text_control_character"),
        ("number", json!("1"), "unknown_field"),
    ] {
        owner.patch(&path, json!({ name: value })).await.field(name, code);
    }
}

#[tokio::test]
async fn blocking_twice_is_blocking_once_and_nothing_is_approved_after() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, accountant) = (company.owner().await, company.user(Role::Accountant).await);
    let path = format!("/v1/cards/{}", company.card());
    let why = json!({ "reason": "потеряна" });
    let blocked = accountant.post(&format!("{path}/block"), why).await;
    let etag = blocked.etag();
    let blocked = blocked.expect(200);
    assert_eq!((&blocked["status"], &blocked["block_reason"]), (&json!("blocked"), &json!("потеряна")));
    assert_eq!((&blocked["blocked_by_client"], &blocked["blocked_by_staff"]), (&json!(true), &json!(false)));
    assert_eq!(company.pump.declined(company.card(), "1").await, "card_blocked");
    let again = owner.post(&format!("{path}/block"), json!({ "reason": "другая причина" })).await;
    assert_eq!(again.etag(), etag, "repeating changes nothing");
    assert_eq!(again.expect(200)["block_reason"], "потеряна");
    for _ in 0..2 {
        let open = owner.post_nothing(&format!("{path}/unblock")).await.expect(200);
        assert_eq!((&open["status"], &open["block_reason"]), (&json!("active"), &Value::Null));
    }
    company.pump.buy(company.card(), "1").await;
    let acts = world.app().table.acts(company.id.parse().ok(), 0, 100).await.unwrap();
    let acts = acts.iter().filter(|link| link.act.action.starts_with("card.")).count();
    assert_eq!(acts, 2, "one block, one unblock");
}

#[tokio::test]
async fn two_blocks_are_independent_and_the_staffs_is_theirs_to_lift() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, staff) = (company.owner().await, world.staff(Role::StaffOperator).await);
    let (path, desk) = (format!("/v1/cards/{}", company.card()), format!("/v1/staff/cards/{}", company.card()));
    let blocked = staff.post(&format!("{desk}/block"), json!({ "reason": "проверка" })).await.expect(200);
    assert_eq!(blocked["status"], "blocked_by_staff");
    owner.post_nothing(&format!("{path}/unblock")).await.problem(409, "blocked_by_staff");
    assert_eq!(company.pump.declined(company.card(), "1").await, "card_blocked");
    assert_eq!(owner.post_nothing(&format!("{path}/block")).await.expect(200)["status"], "blocked_by_staff");
    staff.post_nothing(&format!("{desk}/block")).await.expect(200);
    assert_eq!(staff.post_nothing(&format!("{desk}/unblock")).await.expect(200)["status"], "blocked");
    assert_eq!(staff.post_nothing(&format!("{desk}/unblock")).await.expect(200)["status"], "blocked");
    assert_eq!(company.pump.declined(company.card(), "1").await, "card_blocked");
    assert_eq!(owner.post_nothing(&format!("{path}/unblock")).await.expect(200)["status"], "active");
    company.pump.buy(company.card(), "1").await;
    let nowhere = numbers::luhn("782600000000000001");
    staff.post_nothing(&format!("/v1/staff/cards/{nowhere}/block")).await.problem(404, "not_found");
}

#[tokio::test]
async fn another_companys_card_is_not_there_and_a_wrong_number_is_no_number() {
    let world = World::start().await;
    let (company, other) = (world.company().create().await, world.company().create().await);
    let owner = company.owner().await;
    let before = world.dump_of_effects().await;
    let unknown = numbers::luhn(&other.card()[..17]);
    let limits = json!({ "limits": [] });
    let check = json!({ "product": "DT", "quantity": "1" });
    for (number, wrong) in
        [(other.card(), false), (&unknown, false), (&numbers::with_wrong_check_digit(other.card()), true)]
    {
        let path = format!("/v1/cards/{number}");
        let rules = format!("{path}/limits");
        let answers = [
            owner.get(&path).await,
            owner.ask(Method::PATCH, &path).header("if-match", "*").json(&json!({})).send().await,
            owner.post_nothing(&format!("{path}/block")).await,
            owner.post_nothing(&format!("{path}/unblock")).await,
            owner.get(&rules).await,
            owner.ask(Method::PUT, &rules).header("if-match", "*").json(&limits).send().await,
            owner.post(&format!("{path}/check"), check.clone()).await,
        ];
        for answer in answers {
            match wrong {
                true => answer.field("number", "card_number_check_digit"),
                false => answer.problem(404, "not_found"),
            };
        }
    }
    for malformed in ["123", "abc", "78261234567890123456", "7826-1234-5678-9012"] {
        owner.get(&format!("/v1/cards/{malformed}")).await.field("number", "card_number_malformed");
    }
    assert_eq!(world.dump_of_effects().await, before);
}

#[tokio::test]
async fn a_suspended_companys_cards_do_not_change() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, staff) = (company.owner().await, world.admin().await);
    let path = format!("/v1/cards/{}", company.card());
    let suspend = |what: &'static str| {
        let (staff, path) = (staff.clone(), format!("/v1/staff/companies/{}/{what}", company.id));
        async move { staff.post_nothing(&path).await.expect(200) }
    };
    suspend("suspend").await;
    owner.post_nothing(&format!("{path}/block")).await.problem(409, "company_suspended");
    owner.patch(&path, json!({ "label": "новая" })).await.problem(409, "company_suspended");
    owner.put(&format!("{path}/limits"), json!({ "limits": [] })).await.problem(409, "company_suspended");
    owner.get(&path).await.expect(200);
    owner.get("/v1/cards").await.expect(200);
    // The staff's own block works all the same.
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.card())).await.expect(200);
    suspend("resume").await;
    owner.patch(&path, json!({ "label": "новая" })).await.expect(200);
}
