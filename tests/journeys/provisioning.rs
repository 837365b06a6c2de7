//! Staff create companies and their first owners, suspend and resume them, and find them again.

use chrono::TimeDelta;
use oktan_shared::auth::token_hash;
use oktan_shared::domain::UserId;
use oktan_tests::{PASSWORD, Role, Value, World, company_ask, json, numbers};

/// The first URL of a letter's text.
fn link_in(text: &str) -> &str {
    text.split_whitespace().find(|word| word.starts_with("http")).expect("a link")
}

/// The token of the newest activation letter to an address.
async fn activation_token(world: &World, address: &str) -> String {
    let letters = world.letters_to(address).await;
    let link = link_in(&letters.last().expect("a letter").text).to_owned();
    let base = format!("{}activation/", world.stack().base_url);
    link.strip_prefix(&base).unwrap_or_else(|| panic!("{link} is not below {base}")).to_owned()
}

#[tokio::test]
async fn a_company_is_handed_over_with_a_password_that_works_once() {
    let world = World::start().await;
    let staff = world.staff(Role::StaffOperator).await;
    let ask = company_ask(1, "hand_over");
    let created = staff.post("/v1/staff/companies", ask.clone()).await.expect(201);
    let company = &created["company"];
    for name in ["inn", "kpp", "name", "contract_number", "contract_date", "contact"] {
        assert_eq!(company[name], ask[name], "{name}");
    }
    assert_eq!(company["id"].as_str().unwrap().len(), 8);
    assert_eq!((&company["status"], &company["time_zone"]), (&json!("active"), &json!("Europe/Moscow")));
    assert_eq!(company["available"], "0.00");
    assert_eq!(created["owner"]["login"], "owner1");

    let password = created["owner"]["one_time_password"].as_str().expect("a password");
    let session = world.sign_in("owner1", password).await.expect(200);
    assert_eq!(session["must_change_password"], true);
    let own = json!({
        "id": company["id"], "name": company["name"], "status": "active", "time_zone": "Europe/Moscow",
    });
    assert_eq!(session["company"], own);
    assert_eq!(session["user"]["id"], created["owner"]["id"]);
    let owner = world.stranger().with_token(session["token"].as_str());
    let change = json!({ "current_password": password, "new_password": PASSWORD });
    owner.post("/v1/password", change).await.expect(204);
    assert_eq!(owner.get("/v1/session").await.expect(200)["must_change_password"], false);
    world.sign_in("owner1", password).await.problem(401, "invalid_credentials");
    assert_eq!(world.sign_in("owner1", PASSWORD).await.expect(200)["must_change_password"], false);
    // No letter said the one-time password; the change was told.
    let letters = world.letters_to("owner1@client.example").await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(!letters[0].text.contains(password) && !letters[0].text.contains(PASSWORD));
}

#[tokio::test]
async fn an_activation_link_arrives_by_mail_and_works_once() {
    let world = World::start().await;
    let created = world.admin().await.post("/v1/staff/companies", company_ask(1, "mail")).await.expect(201);
    assert_eq!(created["owner"].get("one_time_password"), None);
    world.sign_in("owner1", PASSWORD).await.problem(401, "invalid_credentials");
    let token = activation_token(&world, "owner1@client.example").await;
    let stranger = world.stranger();
    let path = format!("/v1/activation/{token}");
    // A weak password costs nothing.
    stranger.post(&path, json!({ "new_password": "short" })).await.field("new_password", "password_too_short");
    stranger.post(&path, json!({ "new_password": PASSWORD })).await.expect(204);
    let session = world.sign_in("owner1", PASSWORD).await.expect(200);
    assert_eq!(session["must_change_password"], false);
    stranger.post(&path, json!({ "new_password": PASSWORD })).await.problem(410, "link_expired");
    stranger.post("/v1/activation/nobodys", json!({ "new_password": PASSWORD })).await.problem(410, "link_expired");
}

#[tokio::test]
async fn only_the_newest_activation_link_works_and_none_after_its_time() {
    let world = World::start().await;
    let created = world.admin().await.post("/v1/staff/companies", company_ask(1, "mail")).await.expect(201);
    let older = activation_token(&world, "owner1@client.example").await;
    let user = UserId::parse(created["owner"]["id"].as_str().unwrap()).unwrap();
    let newer = "minted-by-a-second-sending-of-the-same-letter";
    let table = &world.app().table;
    table.put_activation(user, &token_hash(newer), world.now() + TimeDelta::hours(72)).await.unwrap();
    let body = json!({ "new_password": PASSWORD });
    let stranger = world.stranger();
    stranger.post(&format!("/v1/activation/{older}"), body.clone()).await.problem(410, "link_expired");
    world.advance(TimeDelta::hours(72));
    stranger.post(&format!("/v1/activation/{newer}"), body.clone()).await.problem(410, "link_expired");
    let late = "minted-later";
    table.put_activation(user, &token_hash(late), world.now() + TimeDelta::hours(72)).await.unwrap();
    stranger.post(&format!("/v1/activation/{late}"), body).await.expect(204);
}

#[tokio::test]
async fn an_inn_and_a_login_belong_to_one() {
    let world = World::start().await;
    let staff = world.admin().await;
    staff.post("/v1/staff/companies", company_ask(1, "hand_over")).await.expect(201);
    let before = world.dump_of_effects().await;
    let mut same_inn = company_ask(2, "hand_over");
    same_inn["inn"] = company_ask(1, "hand_over")["inn"].clone();
    staff.post("/v1/staff/companies", same_inn).await.problem(409, "inn_taken");
    for login in ["owner1", "OWNER1", "admin"] {
        let mut same_login = company_ask(2, "mail");
        same_login["owner"]["login"] = json!(login);
        staff.post("/v1/staff/companies", same_login).await.problem(409, "login_taken");
    }
    assert_eq!(world.dump_of_effects().await, before, "a refusal leaves nothing");
}

#[tokio::test]
async fn a_sole_trader_has_twelve_digits_and_no_kpp() {
    let world = World::start().await;
    let staff = world.admin().await;
    let mut ask = company_ask(1, "hand_over");
    ask["inn"] = json!(numbers::sole_trader_inn(7));
    staff.post("/v1/staff/companies", ask.clone()).await.field("kpp", "kpp_of_sole_trader");
    ask.as_object_mut().unwrap().remove("kpp");
    let created = staff.post("/v1/staff/companies", ask.clone()).await.expect(201);
    assert_eq!(created["company"]["kpp"], Value::Null);
    for wrong in [numbers::inn(9), numbers::sole_trader_inn(9)] {
        ask["inn"] = json!(numbers::with_wrong_check_digit(&wrong));
        staff.post("/v1/staff/companies", ask.clone()).await.field("inn", "inn_check_digit");
    }
}

#[tokio::test]
async fn nothing_fuels_while_its_company_is_suspended() {
    let world = World::start().await;
    let company = world.company().cards(1).purses(1).create().await;
    let (staff, owner) = (world.admin().await, company.owner().await);
    let path = format!("/v1/staff/companies/{}", company.id);
    let held = company.pump.hold(company.card(), "10").await;
    let why = json!({ "reason": "долг с октября" });
    let suspended = staff.post(&format!("{path}/suspend"), why).await.expect(200);
    assert_eq!(suspended["status"], "suspended");
    for card in [company.card(), &company.purses[0]] {
        assert_eq!(company.pump.declined(card, "1").await, "company_suspended");
    }
    assert_eq!(owner.get("/v1/session").await.expect(200)["company"]["status"], "suspended");
    world.sign_in(&company.login, PASSWORD).await.expect(200);
    owner.get("/v1/history").await.expect(200);
    // What was approved before is posted: the fuel is gone.
    let entry = company.pump.capture(&held, "10").await.expect(200);
    assert_eq!((&entry["amount"], &entry["flags"]), (&json!("-719.00"), &json!([])));
    let cards = json!({ "cards": [{}] });
    staff.post(&format!("{path}/cards"), cards).await.problem(409, "company_suspended");

    // Again changes nothing, without a body and with an empty one.
    let acts = world.app().table.acts(company.id.parse().ok(), 0, 100).await.unwrap().len();
    staff.post_nothing(&format!("{path}/suspend")).await.expect(200);
    staff.post(&format!("{path}/suspend"), json!({})).await.expect(200);
    assert_eq!(world.app().table.acts(company.id.parse().ok(), 0, 100).await.unwrap().len(), acts);

    let resumed = staff.post_nothing(&format!("{path}/resume")).await.expect(200);
    assert_eq!(resumed["status"], "active");
    staff.post_nothing(&format!("{path}/resume")).await.expect(200);
    company.pump.buy(company.card(), "1").await;
    staff.post_nothing("/v1/staff/companies/10000000/suspend").await.problem(404, "not_found");
    staff.post_nothing("/v1/staff/companies/abc/resume").await.problem(404, "not_found");
}

#[tokio::test]
async fn staff_find_a_company_and_see_its_people() {
    let world = World::start().await;
    let staff = world.staff(Role::StaffAccountant).await;
    let mut companies = Vec::new();
    for _ in 0..5 {
        companies.push(world.company().cards(0).without_payment().create().await);
    }
    let all = staff.all("/v1/staff/companies", 2).await;
    let mut ids: Vec<_> = all.iter().map(|c| c["id"].as_str().unwrap()).collect();
    let mut wanted: Vec<_> = companies.iter().map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(ids, wanted);
    let third = &companies[2];
    let of = |q: &str| format!("/v1/staff/companies?q={q}");
    for q in [&third.inn, &third.id] {
        let found = staff.get(&of(q)).await.expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{q}");
        assert_eq!(found["items"][0]["id"], json!(third.id));
    }
    let by_name = staff.get(&of("%D0%BA%D0%BE%D0%BB%D0%BE%D1%81")).await.expect(200);
    assert_eq!(by_name["items"].as_array().unwrap().len(), 5, "a name is found in any case");
    assert_eq!(staff.get(&of("nobody-at-all")).await.expect(200), json!({ "items": [], "next_cursor": null }));

    let page = staff.get("/v1/staff/companies?limit=2").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    for foreign in [format!("limit=2&q=x&cursor={cursor}"), "cursor=forged".to_owned()] {
        staff.get(&format!("/v1/staff/companies?{foreign}")).await.field("cursor", "cursor_invalid");
    }
    for limit in ["0", "101", "-1", "1.5", "x", ""] {
        let answer = staff.get(&format!("/v1/staff/companies?limit={limit}")).await;
        answer.field("limit", "limit_out_of_range");
    }
    staff.get("/v1/staff/companies?colour=red").await.field("colour", "unknown_field");

    let one = staff.get(&format!("/v1/staff/companies/{}", third.id)).await.expect(200);
    assert_eq!(one["inn"], json!(third.inn));
    staff.get("/v1/staff/companies/10000000").await.problem(404, "not_found");

    third.user(Role::Viewer).await;
    let users = staff.get(&format!("/v1/staff/companies/{}/users", third.id)).await.expect(200);
    let users = users["items"].as_array().unwrap();
    let roles: Vec<_> = users.iter().map(|u| (u["role"].as_str().unwrap(), u["active"] == true)).collect();
    assert_eq!(roles, [("owner", true), ("viewer", true)]);
    assert_eq!(users[0]["login"], json!(third.login));
    assert!(users.iter().all(|user| user.get("password_hash").is_none()));
    staff.get("/v1/staff/companies/10000000/users").await.problem(404, "not_found");
}
