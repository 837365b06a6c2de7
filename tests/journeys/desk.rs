//! The staff desk: cards issued, payments posted, stations and terminals set up.

use futures::future::join_all;
use oktan_tests::{Answer, Caller, Role, Value, World, json, numbers};
use reqwest::Method;

#[tokio::test]
async fn cards_get_numbers_of_their_own_or_the_ones_named() {
    let world = World::start().await;
    let company = world.company().cards(0).create().await;
    let staff = world.staff(Role::StaffOperator).await;
    let path = format!("/v1/staff/companies/{}/cards", company.id);
    let named = numbers::luhn("70000000000000042");
    let ask = json!({ "cards": [
        { "label": "А123ВС 26", "group": "Самосвалы" }, { "number": named, "funding": "purse" }, {},
    ] });
    let issued = staff.post(&path, ask).await.expect(201)["cards"].clone();
    let drawn = issued[0]["number"].as_str().unwrap();
    assert_eq!(drawn, numbers::luhn(&drawn[..drawn.len() - 1]), "a drawn number has its check digit");
    let expected = json!({
        "number": drawn, "label": "А123ВС 26", "group": "Самосвалы", "status": "active", "funding": "account",
        "valid_until": issued[0]["valid_until"], "purse": "0.00", "held": "0.00", "spent_this_month": "0.00",
        "unlimited": true, "pin": "none",
    });
    assert_eq!(issued[0], expected);
    assert_eq!((&issued[1]["number"], &issued[1]["funding"]), (&json!(named), &json!("purse")));
    assert_eq!((&issued[2]["label"], &issued[2]["group"]), (&json!(""), &json!("")));
    assert_ne!(issued[0]["number"], issued[2]["number"]);
    // A card whose number does not name its company fuels like any other.
    assert_eq!(company.pump.declined(&named, "1").await, "insufficient_funds");
    company.pump.buy(drawn, "1").await;
}

#[tokio::test]
async fn cards_are_issued_all_or_none() {
    let world = World::start().await;
    let company = world.company().cards(1).create().await;
    let staff = world.admin().await;
    let path = format!("/v1/staff/companies/{}/cards", company.id);
    let before = world.dump_of_effects().await;
    let (fresh, taken) = (numbers::luhn("70000000000000042"), company.card());
    let cards = |cards: Value| json!({ "cards": cards });
    let both = cards(json!([{ "number": fresh }, { "number": taken }]));
    staff.post(&path, both).await.problem(409, "card_number_taken");
    let twice = cards(json!([{ "number": fresh }, {}, { "number": fresh }]));
    staff.post(&path, twice).await.field("cards[2].number", "card_number_repeated");
    let wrong = cards(json!([{}, { "number": numbers::with_wrong_check_digit(&fresh) }]));
    staff.post(&path, wrong).await.field("cards[1].number", "card_number_check_digit");
    let malformed = cards(json!([{ "number": "7826" }]));
    staff.post(&path, malformed).await.field("cards[0].number", "card_number_malformed");
    staff.post(&path, cards(json!([]))).await.field("cards", "cards_out_of_range");
    staff.post(&path, cards(vec![json!({}); 201].into())).await.field("cards", "cards_out_of_range");
    let funding = cards(json!([{ "funding": "gift" }]));
    staff.post(&path, funding).await.field("cards[0].funding", "unknown_value");
    staff.post("/v1/staff/companies/10000000/cards", cards(json!([{}]))).await.problem(404, "not_found");
    assert_eq!(world.dump_of_effects().await, before, "a refusal issues nothing");
    // As many as one call may ask for, which are several writes.
    let issued = staff.post(&path, cards(vec![json!({}); 200].into())).await.expect(201);
    assert_eq!(issued["cards"].as_array().unwrap().len(), 200);
    assert_eq!(company.owner().await.all("/v1/cards", 100).await.len(), 201);
}

async fn pay(staff: &Caller, company: &str, key: &str, body: &Value) -> Answer {
    let path = format!("/v1/staff/companies/{company}/payments");
    staff.ask(Method::POST, &path).header("idempotency-key", key).json(body).send().await
}

#[tokio::test]
async fn a_payment_is_posted_once_per_key() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let staff = world.staff(Role::StaffAccountant).await;
    let path = format!("/v1/staff/companies/{}/payments", company.id);
    let body = json!({ "amount": "1500.5", "date": "2026-11-20", "document_number": "500", "comment": "по счёту 7" });
    staff.post(&path, body.clone()).await.problem(400, "idempotency_key_required");
    pay(&staff, &company.id, " ", &body).await.problem(400, "idempotency_key_required");
    assert_eq!(company.balance().await["balance"], "0.00");

    let first = pay(&staff, &company.id, "k-1", &body).await;
    assert_eq!(first.header("idempotent-replayed"), "");
    let entry = first.clone().expect(201);
    assert_eq!((&entry["type"], &entry["amount"]), (&json!("payment"), &json!("1500.50")));
    assert_eq!(entry["document_number"], "500");
    assert_eq!((&entry["document_date"], &entry["comment"]), (&json!("2026-11-20"), &json!("по счёту 7")));
    world.advance_minutes(5);
    let staff = world.staff(Role::StaffAdmin).await;
    let staff_again = world.staff(Role::StaffAccountant).await;
    let again = pay(&staff_again, &company.id, "k-1", &body).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!((again.status, &again.bytes), (201, &first.bytes));
    for (name, other) in [("amount", "1500.51"), ("document_number", "501"), ("date", "2026-11-21"), ("comment", "")] {
        let mut changed = body.clone();
        changed[name] = json!(other);
        pay(&staff_again, &company.id, "k-1", &changed).await.problem(409, "idempotency_key_reused");
    }
    let balance = company.balance().await;
    assert_eq!((&balance["balance"], &balance["available"]), (&json!("1500.50"), &json!("1500.50")));
    pay(&staff, &company.id, "k-2", &body).await.expect(201);
    assert_eq!(company.balance().await["balance"], "3001.00");

    let mut zero = body.clone();
    zero["amount"] = json!("0.00");
    pay(&staff, &company.id, "k-3", &zero).await.field("amount", "amount_not_positive");
    pay(&staff, "10000000", "k-4", &body).await.problem(404, "not_found");
    // A call that was refused leaves its key free.
    pay(&staff, &company.id, "k-3", &body).await.expect(201);
}

#[tokio::test]
async fn many_copies_of_a_payment_are_one_payment() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let staff = world.admin().await;
    let body = json!({ "amount": "10.00", "date": "2026-11-20", "document_number": "1" });
    let answers = join_all((0..20).map(|_| pay(&staff, &company.id, "same", &body))).await;
    let mut said: Vec<_> = answers.iter().filter(|answer| answer.status == 201).map(|answer| &answer.bytes).collect();
    assert!(!said.is_empty());
    said.dedup();
    assert_eq!(said.len(), 1, "one answer");
    assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 503)), "{answers:?}");
    assert_eq!(company.balance().await["balance"], "10.00");
    assert_eq!(company.owner().await.get("/v1/history").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_station_is_what_staff_wrote() {
    let world = World::start().await;
    let staff = world.staff(Role::StaffOperator).await;
    let station = json!({
        "code": "A-7", "name": "АЗС № 7", "address": "Невинномысск, ул. Гагарина, 7", "latitude": 44.6333,
        "longitude": -41.9444, "amenities": ["24h", "cafe", "shop", "wash", "wifi"], "fuels": { "DT": "71.9", "LPG": "31" },
    });
    let mut kept = station.clone();
    kept["fuels"] = json!({ "DT": "71.90", "LPG": "31.00" });
    (kept["hours"], kept["closed"], kept["priced_at"]) = (json!(""), json!(false), json!(null));
    let sorted = |mut station: Value| {
        station["amenities"].as_array_mut().unwrap().sort_by_key(|amenity| amenity.to_string());
        station
    };
    let created = staff.post("/v1/staff/stations", station.clone()).await.expect(201);
    assert_eq!(sorted(created), kept);
    staff.post("/v1/staff/stations", station.clone()).await.problem(409, "station_code_taken");
    let listed = staff.get("/v1/staff/stations").await.expect(200);
    assert_eq!(sorted(listed["items"][0].clone()), kept);
    let company = world.company().create().await;
    let seen = company.owner().await.get("/v1/stations").await.expect(200)["items"].clone();
    assert_eq!(
        seen[1],
        json!({ "code": "A-7", "name": kept["name"], "address": kept["address"], "fuels": kept["fuels"] })
    );
    let wrong = [
        ("latitude", json!(90.1), "latitude", "degrees_out_of_range"),
        ("longitude", json!(-181), "longitude", "degrees_out_of_range"),
        ("code", json!("семь"), "code", "station_code_malformed"),
        ("amenities", json!(["casino"]), "amenities[0]", "unknown_value"),
        ("fuels", json!({ "KEROSIN": "1.00" }), "fuels.KEROSIN", "product_unknown"),
        ("fuels", json!({ "DT": "0.00" }), "fuels.DT", "amount_not_positive"),
        ("fuels", json!({ "DT": 71.9 }), "fuels.DT", "invalid_type"),
        ("name", json!(" "), "name", "text_too_short"),
    ];
    for (name, value, field, code) in wrong {
        let mut body = station.clone();
        body["code"] = json!("B-8");
        body[name] = value;
        staff.post("/v1/staff/stations", body).await.field(field, code);
    }
    assert_eq!(staff.get("/v1/staff/stations").await.expect(200)["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_terminals_secret_is_shown_once_and_revoking_works_at_once() {
    let world = World::start().await;
    let company = world.company().create().await;
    let staff = world.staff(Role::StaffOperator).await;
    let (pump, other) = (company.pump.clone(), world.terminal("12").await);
    world.station("13", json!({})).await;
    let path = "/v1/staff/stations/12/terminals";
    let listed = staff.get(path).await;
    assert!(!String::from_utf8_lossy(&listed.bytes).contains(&pump.secret));
    let listed = listed.expect(200)["items"].clone();
    let ids: Vec<_> = listed.as_array().unwrap().iter().map(|t| t["terminal_id"].as_str().unwrap()).collect();
    assert!(ids.contains(&pump.id.as_str()) && ids.contains(&other.id.as_str()) && ids.len() == 2);
    assert!(listed.as_array().unwrap().iter().all(|terminal| terminal["revoked_at"].is_null()));

    let held = pump.hold(company.card(), "5").await;
    let old = pump.caller().await;
    let elsewhere = format!("/v1/staff/stations/13/terminals/{}", pump.id);
    staff.delete(&elsewhere).await.problem(404, "not_found");
    staff.delete(&format!("{path}/{}", pump.id)).await.expect(204);
    staff.delete(&format!("{path}/{}", pump.id)).await.expect(204);
    assert_eq!(pump.exchange(&pump.id, &pump.secret).await.expect(401), json!({ "error": "invalid_client" }));
    let calls = [
        old.post("/v1/pump/authorizations", pump.fill(company.card(), "1")).await,
        old.post(&format!("/v1/pump/authorizations/{held}/capture"), json!({ "quantity": "5" })).await,
        old.post_nothing(&format!("/v1/pump/authorizations/{held}/reverse")).await,
        old.get(&format!("/v1/pump/authorizations/{held}")).await,
    ];
    for answer in calls {
        assert_eq!(answer.status, 401, "{answer}");
    }
    assert_eq!(company.balance().await["held"], "359.50", "nothing happened");
    // The station's other terminal ends what was begun.
    other.capture(&held, "5").await.expect(200);
    let listed = staff.get(path).await.expect(200)["items"].clone();
    let revoked = listed.as_array().unwrap().iter().filter(|terminal| !terminal["revoked_at"].is_null()).count();
    assert_eq!(revoked, 1);

    staff.post_nothing("/v1/staff/stations/404/terminals").await.problem(404, "not_found");
    staff.get("/v1/staff/stations/404/terminals").await.problem(404, "not_found");
    staff.delete(&format!("{path}/t000000000000")).await.problem(404, "not_found");
    staff.delete(&format!("{path}/nonsense")).await.problem(404, "not_found");
}
