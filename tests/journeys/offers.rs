//! Promotions as they are written, joined and read of.

use oktan_tests::{Answer, Company, Role, Value, World, json};

pub const DESK: &str = "/v1/staff/promotions";

/// A promotion to publish.
pub struct Sale(Value);

impl Sale {
    /// So much off each unit of everything everywhere, from yesterday for a month.
    pub fn per_unit(off: &str) -> Self {
        Self::of_discount(json!({ "per_unit": off }))
    }

    /// Such a part off.
    pub fn percent(percent: &str) -> Self {
        Self::of_discount(json!({ "percent": percent }))
    }

    fn of_discount(discount: Value) -> Self {
        Self(json!({
            "title": "Осень", "body": "**Дешевле**", "english": { "title": "Autumn", "body": "**Cheaper**" },
            "products": [], "stations": [], "discount": discount, "minimum_quantity": "0",
        }))
    }

    pub fn of(self, product: &str) -> Self {
        self.with("products", json!([product]))
    }

    pub fn at(self, station: &str) -> Self {
        self.with("stations", json!([station]))
    }

    pub fn at_least(self, quantity: &str) -> Self {
        self.with("minimum_quantity", json!(quantity))
    }

    pub fn only_for(self, company: &Company) -> Self {
        self.with("companies", json!([company.id]))
    }

    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.0[name] = value;
        self
    }

    /// The body, with days around the world's one.
    pub fn ask(mut self, world: &World) -> Value {
        for (name, days) in [("from", -1), ("to", 30)] {
            if self.0[name].is_null() {
                self.0[name] = json!(day(world, days));
            }
        }
        self.0
    }
}

/// So many days from the world's today.
pub fn day(world: &World, days: i64) -> String {
    (world.now() + chrono::TimeDelta::days(days)).format("%Y-%m-%d").to_string()
}

/// Publishes it; its id.
pub async fn publish(world: &World, sale: Sale) -> String {
    let made = world.admin().await.post(DESK, sale.ask(world)).await.expect(201);
    made["id"].as_str().expect("an id").to_owned()
}

pub async fn join(company: &Company, id: &str) {
    let path = format!("/v1/promotions/{id}/participation");
    assert_eq!(company.owner().await.post_nothing(&path).await.expect(200)["joined"], true);
}

pub async fn leave(company: &Company, id: &str) {
    let path = format!("/v1/promotions/{id}/participation");
    assert_eq!(company.owner().await.delete(&path).await.expect(200)["joined"], false);
}

pub async fn promotions(company: &Company) -> Value {
    company.owner().await.get("/v1/promotions").await.expect(200)
}

async fn seen(company: &Company) -> Vec<String> {
    let shown = promotions(company).await;
    shown["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_draft_is_the_editors_until_it_is_published() {
    let world = World::start().await;
    let (editor, company) = (world.staff(Role::StaffEditor).await, world.company().create().await);
    let draft = Sale::per_unit("1").with("published", json!(false)).ask(&world);
    let made = editor.post(DESK, draft).await;
    let tag = made.etag();
    let made = made.expect(201);
    assert_eq!(
        (&made["state"], &made["published_at"], &made["participants"]),
        (&json!("draft"), &json!(null), &json!(0))
    );
    assert!(made["html"].as_str().unwrap().contains("<strong>Дешевле</strong>"));
    let id = made["id"].as_str().unwrap().to_owned();
    let path = format!("{DESK}/{id}");
    let owner = company.owner().await;
    owner.get(&format!("/v1/promotions/{id}")).await.problem(404, "not_found");
    owner.post_nothing(&format!("/v1/promotions/{id}/participation")).await.problem(404, "not_found");
    assert_eq!(seen(&company).await, [] as [&str; 0]);
    let edit = editor.ask(reqwest::Method::PATCH, &path).header("if-match", &tag).json(&json!({ "title": "Зима" }));
    edit.send().await.expect(200);
    let stale = editor.ask(reqwest::Method::PATCH, &path).header("if-match", &tag).json(&json!({ "title": "Лето" }));
    stale.send().await.problem(412, "stale");
    assert_eq!(editor.patch(&path, json!({ "published": true })).await.expect(200)["state"], "running");
    editor.patch(&path, json!({ "published": false })).await.problem(409, "promotion_published");
    let shown = owner.get(&format!("/v1/promotions/{id}?language=en")).await.expect(200);
    assert_eq!(
        (&shown["title"], &shown["language"], &shown["can_join"]),
        (&json!("Autumn"), &json!("en"), &json!(true))
    );
    editor.patch(&path, json!({ "english": null })).await.expect(200);
    let shown = owner.get(&format!("/v1/promotions/{id}?language=en")).await.expect(200);
    assert_eq!((&shown["title"], &shown["language"]), (&json!("Зима"), &json!("ru")));
    assert_eq!(seen(&company).await, std::slice::from_ref(&id));

    let other = editor.post(DESK, Sale::per_unit("1").with("published", json!(false)).ask(&world)).await.expect(201);
    let other = format!("{DESK}/{}", other["id"].as_str().unwrap());
    editor.delete(&other).await.expect(204);
    editor.get(&other).await.problem(404, "not_found");
    editor.delete(&path).await.expect(204);
    editor.delete(&path).await.expect(204);
    assert_eq!(editor.get(&path).await.expect(200)["state"], "withdrawn");
    editor.patch(&path, json!({ "title": "Снова" })).await.problem(409, "promotion_withdrawn");
    owner.get(&format!("/v1/promotions/{id}")).await.problem(404, "not_found");
    let listed = editor.get(DESK).await.expect(200);
    assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["id"]), (1, &json!(id)));
    let acts = world.admin().await.all("/v1/staff/journal?q=promotion.", 100).await;
    let acts: Vec<_> = acts.iter().map(|act| act["action"].as_str().unwrap().to_owned()).collect();
    let expected =
        ["withdraw", "delete", "create", "edit", "edit", "edit", "create"].map(|act| format!("promotion.{act}"));
    assert_eq!(acts, expected);
    for role in [Role::StaffOperator, Role::StaffAccountant] {
        world.staff(role).await.get(DESK).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn what_is_meant_for_another_company_is_not_there() {
    let world = World::start().await;
    let (own, other) = (world.company().create().await, world.company().create().await);
    let id = publish(&world, Sale::per_unit("1.00").only_for(&own)).await;
    join(&own, &id).await;
    let stranger = other.owner().await;
    stranger.get(&format!("/v1/promotions/{id}")).await.problem(404, "not_found");
    stranger.post_nothing(&format!("/v1/promotions/{id}/participation")).await.problem(404, "not_found");
    stranger.delete(&format!("/v1/promotions/{id}/participation")).await.problem(404, "not_found");
    assert_eq!((seen(&own).await, seen(&other).await), (vec![id.clone()], vec![]));
    world.stranger().get(&format!("/v1/public/promotions/osen-{id}")).await.problem(404, "not_found");
    let public = world.stranger().get("/v1/public/promotions").await.expect(200);
    assert_eq!(public["items"], json!([]));
    // Meant for another from now on: what it saved stays, it takes part no longer.
    own.pump.buy(own.card(), "10").await;
    let edit = json!({ "companies": [other.id] });
    world.admin().await.patch(&format!("{DESK}/{id}"), edit).await.expect(200);
    // Every process has seen it by then.
    world.advance_minutes(2);
    let shown = promotions(&own).await["items"][0].clone();
    assert_eq!(
        (&shown["joined"], &shown["can_join"], &shown["saved"]),
        (&json!(false), &json!(false), &json!("10.00"))
    );
    assert_eq!(own.pump.buy(own.card(), "10").await.1["discount"], "0.00");
    assert_eq!(seen(&other).await, [id]);
}

#[tokio::test]
async fn the_owner_and_managers_join_while_it_is_open_and_the_company_active() {
    let world = World::start().await;
    let company = world.company().create().await;
    let id = publish(&world, Sale::per_unit("1.00")).await;
    let path = format!("/v1/promotions/{id}/participation");
    for role in [Role::Accountant, Role::Viewer] {
        company.user(role).await.post_nothing(&path).await.problem(403, "forbidden");
        company.user(role).await.delete(&path).await.problem(403, "forbidden");
        company.user(role).await.get("/v1/promotions").await.expect(200);
    }
    let manager = company.user(Role::Manager).await;
    assert_eq!(manager.delete(&path).await.expect(200)["joined"], false, "nothing to leave");
    let joined = manager.post_nothing(&path).await.expect(200);
    assert_eq!(
        (&joined["joined"], &joined["can_join"], &joined["left_at"]),
        (&json!(true), &json!(false), &json!(null))
    );
    assert_eq!(
        manager.post_nothing(&path).await.expect(200)["joined_at"],
        joined["joined_at"],
        "once more changes nothing"
    );
    assert!(manager.delete(&path).await.expect(200)["left_at"].is_string());
    let acts = company.owner().await.all("/v1/journal?q=promotion.", 100).await;
    assert_eq!(
        (acts.len(), &acts[0]["action"], &acts[0]["after"]),
        (2, &json!("promotion.leave"), &json!({ "title": "Осень" }))
    );

    let admin = world.admin().await;
    let staff = format!("/v1/staff/companies/{}", company.id);
    admin.post(&format!("{staff}/suspend"), json!({ "reason": "Долг" })).await.expect(200);
    manager.post_nothing(&path).await.problem(409, "company_suspended");
    manager.get(&format!("/v1/promotions/{id}")).await.expect(200);
    admin.post_nothing(&format!("{staff}/resume")).await.expect(200);
    let coming = publish(&world, Sale::per_unit("1.00").with("from", json!(day(&world, 5)))).await;
    assert_eq!(manager.get(&format!("/v1/promotions/{coming}")).await.expect(200)["state"], "upcoming");
    manager.post_nothing(&format!("/v1/promotions/{coming}/participation")).await.expect(200);
    assert_eq!(company.pump.buy(company.card(), "1").await.1["discount"], "0.00", "it has not begun");
    world.advance_minutes(35 * 24 * 60);
    let manager = company.user(Role::Manager).await;
    manager.post_nothing(&path).await.problem(409, "promotion_over");
    assert_eq!(manager.get(&format!("/v1/promotions/{coming}")).await.expect(200)["state"], "over");
}

#[tokio::test]
async fn a_company_takes_part_in_six_at_once_and_thirty_are_open_at_once() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (mut ids, short) = (Vec::new(), json!(day(&world, 1)));
    for _ in 0..30 {
        ids.push(publish(&world, Sale::per_unit("1.00").with("to", short.clone())).await);
    }
    let admin = world.admin().await;
    admin.post(DESK, Sale::per_unit("1.00").ask(&world)).await.problem(409, "promotions_full");
    let draft = Sale::per_unit("1.00").with("published", json!(false)).ask(&world);
    let draft = admin.post(DESK, draft).await.expect(201)["id"].as_str().unwrap().to_owned();
    admin.patch(&format!("{DESK}/{draft}"), json!({ "published": true })).await.problem(409, "promotions_full");
    admin.patch(&format!("{DESK}/{}", ids[3]), json!({ "minimum_quantity": "2" })).await.expect(200);
    for id in &ids[..6] {
        join(&company, id).await;
    }
    let owner = company.owner().await;
    let seventh = format!("/v1/promotions/{}/participation", ids[6]);
    owner.post_nothing(&seventh).await.problem(409, "promotions_full");
    leave(&company, &ids[0]).await;
    owner.post_nothing(&seventh).await.expect(200);
    assert_eq!(company.pump.buy(company.card(), "1").await.1["discount"], "1.00");
    // Those that are over make room.
    world.advance_minutes(3 * 24 * 60);
    let next = publish(&world, Sale::per_unit("3.00")).await;
    join(&company, &next).await;
    assert_eq!(company.pump.buy(company.card(), "1").await.1["discount"], "3.00");
    assert_eq!(seen(&company).await.len(), 8, "the one that is open and the seven that were joined");
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_field() {
    let world = World::start().await;
    world.pump().await;
    let admin = world.admin().await;
    let refused = async |name: &str, value: Value, code: &str| {
        let answer: Answer = admin.post(DESK, Sale::per_unit("1.00").with(name, value.clone()).ask(&world)).await;
        answer.field(name, code);
    };
    for (name, value, code) in [
        ("discount", json!({}), "discount_ambiguous"),
        ("discount", json!({ "per_unit": "1", "percent": "1" }), "discount_ambiguous"),
        ("discount", json!({ "per_unit": "0.00" }), "amount_not_positive"),
        ("products", json!(["NONE"]), "product_unknown"),
        ("stations", json!(["404"]), "station_unknown"),
        ("companies", json!(["10000000"]), "company_unknown"),
        ("minimum_quantity", json!("100000"), "quantity_out_of_range"),
        ("to", json!("2020-01-01"), "dates_reversed"),
        ("stations", json!((0..101).map(|n| format!("S{n}")).collect::<Vec<_>>()), "list_too_long"),
    ] {
        refused(name, value, code).await;
    }
    for percent in ["0", "100.01", "5.001", "-1", "5%"] {
        let ask = Sale::percent(percent).ask(&world);
        admin.post(DESK, ask).await.field("discount.percent", "percent_malformed");
    }
    let over = Sale::per_unit("1").with("from", json!("2020-01-01")).with("to", json!("2020-01-02"));
    admin.post(DESK, over.ask(&world)).await.field("to", "promotion_over");
    let company = world.company().create().await;
    for absent in ["0", "x", "99", "4294967296"] {
        company.owner().await.get(&format!("/v1/promotions/{absent}")).await.problem(404, "not_found");
    }
}
