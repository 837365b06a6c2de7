//! Products, rates and the price list, from the desk to the pump.

use oktan_tests::{Role, World, json};
use reqwest::Method;

#[tokio::test]
async fn the_products_are_there_from_the_start_and_a_new_one_is_sold_at_once() {
    let world = World::start().await;
    let admin = world.admin().await;
    let products = admin.get("/v1/staff/products").await.expect(200);
    assert_eq!(products["items"].as_array().map(Vec::len), Some(9));
    assert_eq!(products["items"][3]["vat_now"], 22);
    let company = world.company().create().await;

    let ask = json!({
        "code": "ADBLUE", "name": "Мочевина", "unit": "litre",
        "vat": [{ "from": "2026-01-01", "percent": 22 }, { "from": "2019-01-01", "percent": 20 }],
    });
    let created = admin.post("/v1/staff/products", ask.clone()).await.expect(201);
    assert_eq!(created["vat"][0]["from"], "2019-01-01", "the oldest first");
    assert_eq!(admin.post("/v1/staff/products", ask).await.expect(409)["code"], "product_code_taken");
    let price = json!({ "prices": [{ "station_code": "12", "product": "ADBLUE", "price": "55.00" }] });
    admin.ask(Method::PUT, "/v1/staff/prices").json(&price).send().await.expect(200);

    let card = company.card();
    company.limit(card, json!({ "limits": [] })).await;
    let held = company.pump.decide(&company.pump.fill_of(card, "ADBLUE", "55.00", "10")).await;
    assert_eq!(held["decision"], "approved", "{held}");
    let path = format!("/v1/pump/authorizations/{}/capture", held["authorization_id"].as_str().unwrap());
    let bought = company.pump.caller().await.post(&path, json!({ "quantity": "10" })).await.expect(200);
    assert_eq!((&bought["product"], &bought["vat_rate"]), (&json!("ADBLUE"), &json!(22)));
    assert_eq!(bought["flags"], json!([]), "the price is the list's");

    let read = admin.get("/v1/staff/products").await;
    let edit = |tag: &str| admin.ask(Method::PATCH, "/v1/staff/products/ADBLUE").header("if-match", tag);
    let retired = edit(read.header("etag")).json(&json!({ "retired": true })).send().await;
    assert_ne!(retired.header("etag"), read.header("etag"));
    assert_eq!(retired.expect(200)["retired"], true);
    edit(read.header("etag")).json(&json!({ "retired": false })).send().await.problem(412, "stale");
    let history = company.owner().await.get("/v1/history?type=purchase").await.expect(200);
    assert_eq!(history["items"][0]["product"], "ADBLUE", "what was sold keeps its name");
    let again = admin.ask(Method::PUT, "/v1/staff/prices").json(&price).send().await;
    again.field("prices[0].product", "product_retired");
    let acts = admin.get("/v1/staff/journal").await.expect(200);
    let actions: Vec<_> = acts["items"].as_array().unwrap().iter().map(|act| act["action"].clone()).collect();
    assert_eq!(actions[..3], [json!("product.edit"), json!("prices.set"), json!("product.create")]);
}

#[tokio::test]
async fn another_process_meets_a_new_product_and_reads_of_it_then() {
    let world = World::start().await;
    let company = world.company().create().await;
    let app = oktan_shared::App::new((*world.app().config).clone(), world.app().clock.clone());
    app.table.recent_catalogue().await.unwrap();
    let ask = json!({ "code": "NEW", "name": "Н", "unit": "litre", "vat": [{ "from": "2019-01-01", "percent": 5 }] });
    world.admin().await.post("/v1/staff/products", ask).await.expect(201);
    let code = oktan_shared::domain::ProductCode::parse("NEW").unwrap();
    assert!(app.catalogue().by_code(&code).is_none(), "its copy is of before");
    let known = app.table.catalogue_of([&code]).await.unwrap();
    assert!(known.by_code(&code).is_some() && app.catalogue().by_code(&code).is_some());

    // The same by its place: a row that names it is read by a process that does not know it.
    let other = oktan_shared::App::new((*world.app().config).clone(), world.app().clock.clone());
    let limit = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "9", "products": ["NEW"] }] });
    company.limit(company.card(), limit).await;
    let (owner, number) = (company.id.parse().unwrap(), company.card().parse().unwrap());
    other.table.card(owner, &number).await.unwrap().unwrap();
    assert!(other.catalogue().by_code(&code).is_some());
}

#[tokio::test]
async fn a_rate_changes_from_tomorrow_on_and_a_sale_has_the_rate_of_its_day() {
    let world = World::start().await;
    let (admin, company) = (world.admin().await, world.company().create().await);
    let path = "/v1/staff/products/DT/vat";
    let day = |ahead: i64| {
        ((world.now() + chrono::TimeDelta::hours(3)).date_naive() + chrono::TimeDelta::days(ahead)).to_string()
    };
    let today = json!({ "from": day(0), "percent": 10 });
    admin.post(path, today).await.field("from", "vat_already_used");
    let tomorrow = json!({ "from": day(1), "percent": 10 });
    assert_eq!(admin.post(path, tomorrow.clone()).await.expect(200)["vat"].as_array().map(Vec::len), Some(3));
    let begun = admin.delete(&format!("{path}/2026-01-01")).await;
    assert_eq!(begun.expect(409)["code"], "vat_already_used");
    admin.delete(&format!("{path}/{}", day(2))).await.expect(404);
    admin.delete(&format!("{path}/{}", day(1))).await.expect(200);
    admin.post(path, tomorrow).await.expect(200);

    let (_, sold) = company.pump.buy(company.card(), "1").await;
    assert_eq!(sold["vat_rate"], 22);
    world.advance_minutes(24 * 60);
    let (_, sold) = company.pump.buy(company.card(), "1").await;
    assert_eq!(sold["vat_rate"], 10);
}

#[tokio::test]
async fn prices_change_together_or_not_at_all_and_a_stale_list_is_told() {
    let world = World::start().await;
    let (admin, company) = (world.admin().await, world.company().create().await);
    world.station("7", json!({ "DT": "70.00" })).await;
    let read = admin.get("/v1/staff/prices").await;
    let tag = read.header("etag").to_owned();
    let list = read.expect(200);
    assert_eq!(list["stations"][1], json!({ "code": "7", "name": "АЗС № 7", "prices": { "DT": "70.00" } }));
    let set = |prices: serde_json::Value, tag: String| {
        let ask = admin.ask(Method::PUT, "/v1/staff/prices").header("if-match", &tag);
        async move { ask.json(&json!({ "prices": prices })).send().await }
    };
    let both = json!([
        { "station_code": "12", "product": "DT", "price": "73.00" },
        { "station_code": "7", "product": "DT", "price": null },
        { "station_code": "7", "product": "LPG", "price": "30" },
    ]);
    let changed = set(both.clone(), tag.clone()).await.expect(200);
    assert_eq!(changed["stations"][1]["prices"], json!({ "LPG": "30.00" }));
    assert_eq!(set(both, tag).await.expect(412)["code"], "stale");

    let wrong = json!([
        { "station_code": "12", "product": "DT", "price": "1.00" },
        { "station_code": "12", "product": "DT", "price": "2.00" },
        { "station_code": "99", "product": "NONE", "price": "0" },
    ]);
    let refused = set(wrong, "*".to_owned()).await;
    let codes: Vec<_> = refused.json["errors"].as_array().unwrap().iter().map(|error| error["code"].clone()).collect();
    assert_eq!(codes, [json!("price_repeated"), json!("station_unknown"), json!("product_unknown")]);
    set(json!([{ "station_code": "12", "product": "DT" }]), "*".to_owned()).await.field("prices[0].price", "required");
    let now = admin.get("/v1/staff/prices").await.expect(200);
    assert_eq!(now["stations"][0]["prices"]["DT"], "73.00", "nothing of it was done");

    // The terminal's price is compared with the new one from its next ask on.
    let (_, sold) = company.pump.buy(company.card(), "1").await;
    assert_eq!((&sold["flags"], &sold["list_price"]), (&json!(["price_mismatch"]), &json!("73.00")));
    let act = &admin.get("/v1/staff/journal").await.expect(200)["items"][0];
    assert_eq!(act["before"]["prices"], json!({ "12": { "DT": "71.90" }, "7": { "DT": "70.00", "LPG": null } }));
    assert_eq!(act["after"]["prices"], json!({ "12": { "DT": "73.00" }, "7": { "DT": null, "LPG": "30.00" } }));
}

#[tokio::test]
async fn a_closed_station_sells_nothing_and_ends_what_is_under_way() {
    let world = World::start().await;
    let (admin, company) = (world.admin().await, world.company().create().await);
    let (card, pump) = (company.card(), &company.pump);
    let elsewhere = world.station("7", json!({ "DT": "70.00" })).await;
    let (purchase, _) = pump.buy(card, "30").await;
    let (captured, dropped) = (pump.hold(card, "20").await, pump.hold(card, "5").await);
    let set = async |closed: bool| {
        admin.patch("/v1/staff/stations/12", json!({ "closed": closed })).await.expect(200);
    };
    set(true).await;

    let refused = pump.decide(&pump.fill(card, "1")).await;
    assert_eq!((&refused["decision"], &refused["authorization_id"]), (&json!("declined"), &json!(null)));
    let reason = &refused["reason"];
    assert_eq!((&reason["code"], &reason["max_quantity"]), (&json!("station_closed"), &json!("0.000")));
    assert_eq!(reason["message"], "АЗС закрыта, топливо не отпускается");
    let mut part = pump.fill(card, "1");
    part["partial_ok"] = json!(true);
    assert_eq!(pump.decide(&part).await["reason"]["code"], "station_closed");
    let owner = company.owner().await;
    let declines = owner.get("/v1/history?type=decline").await.expect(200);
    assert_eq!(declines["items"][0]["reason"]["code"], "station_closed", "{declines}");
    let tried = json!({ "product": "DT", "quantity": "1", "station_code": "12" });
    let tried = owner.post(&format!("/v1/cards/{card}/check"), tried).await.expect(200);
    assert_eq!((&tried["decision"], &tried["reason"]["code"]), (&json!("declined"), &json!("station_closed")));
    let anywhere = owner.post(&format!("/v1/cards/{card}/check"), json!({ "product": "DT", "quantity": "1" })).await;
    assert_eq!(anywhere.expect(200)["price"], "70.00", "a closed station's price is nobody's");

    // The fuel that flowed is posted, what is set aside comes back, a purchase can be returned.
    assert_eq!(pump.capture(&captured, "20").await.expect(200)["quantity"], "20.000");
    pump.reverse(&dropped).await.expect(200);
    assert_eq!(pump.refund(&purchase, "10").await.expect(200)["quantity"], "10.000");
    assert_eq!(company.balance().await["held"], "0.00");
    elsewhere.buy(card, "1").await;
    set(false).await;
    pump.buy(card, "1").await;
}

#[tokio::test]
async fn a_station_changes_by_its_edition_and_its_page_by_an_editor() {
    let world = World::start().await;
    let (operator, editor) = (world.staff(Role::StaffOperator).await, world.staff(Role::StaffEditor).await);
    world.pump().await;
    let read = operator.get("/v1/staff/stations/12").await;
    let tag = read.header("etag").to_owned();
    let edit = |tag: &str| operator.ask(Method::PATCH, "/v1/staff/stations/12").header("if-match", tag);
    let changed = edit(&tag).json(&json!({ "hours": "6–23", "closed": true })).send().await.expect(200);
    assert_eq!(
        (&changed["hours"], &changed["closed"], &changed["fuels"]["DT"]),
        (&json!("6–23"), &json!(true), &json!("71.90"))
    );
    assert_eq!(edit(&tag).json(&json!({ "closed": false })).send().await.expect(412)["code"], "stale");
    edit("*").json(&json!({ "latitude": 91 })).send().await.field("latitude", "degrees_out_of_range");

    let page = |text: &str| json!({ "description": { "ru": text } });
    let path = "/v1/staff/stations/12/page";
    editor.ask(Method::PATCH, path).json(&page("**Кафе**")).send().await.expect(200);
    assert_eq!(operator.ask(Method::PATCH, path).json(&page("х")).send().await.status, 403);
    let stranger = world.stranger();
    let public = stranger.get("/v1/public/stations/12").await;
    assert_eq!(public.header("cache-control"), "public, max-age=60");
    let same = stranger.ask(Method::GET, "/v1/public/stations/12").header("if-none-match", public.header("etag"));
    assert_eq!(same.send().await.status, 304);
    let public = public.expect(200);
    assert_eq!(public["description"], json!({ "ru": "**Кафе**", "en": "" }));
    let found = async |query: &str| stranger.get(&format!("/v1/public/stations?{query}")).await;
    let counts = [
        ("", 1),
        ("fuel=DT", 1),
        ("fuel=ADBLUE", 0),
        ("amenity=wifi", 0),
        ("amenity=24h", 1),
        ("q=%D0%9C%D0%B8%D1%80%D0%B0", 1),
    ];
    for (query, count) in counts {
        let stations = found(query).await.expect(200);
        assert_eq!(stations["items"].as_array().map(Vec::len), Some(count), "{query}");
    }
    found("amenity=pool").await.field("amenity", "unknown_value");
}
