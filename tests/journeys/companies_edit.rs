//! A company changed by staff: its papers, its contact, its time zone, its end.

use crate::approvals::{decide, second_admin};
use chrono::TimeDelta;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::window::Zone;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json};
use reqwest::Method;

async fn edit(who: &Caller, company: &Company, body: Value) -> Answer {
    who.ask(Method::PATCH, &format!("/v1/staff/companies/{}", company.id)).json(&body).send().await
}

async fn read(who: &Caller, company: &Company) -> Value {
    who.get(&format!("/v1/staff/companies/{}", company.id)).await.expect(200)
}

async fn last_act(world: &World, company: &Company) -> (String, Value, Value) {
    let links = world.app().table.acts(CompanyId::parse(&company.id).ok(), 0, 500).await.expect("the journal");
    let act = links.last().expect("an act").act.clone();
    (act.action, act.before, act.after)
}

/// Closes a company by two people.
async fn close(world: &World, company: &Company) -> Value {
    let path = format!("/v1/staff/companies/{}/close", company.id);
    let asked = world.staff(Role::StaffOperator).await.post(&path, json!({ "reason": "договор расторгнут" })).await;
    let asked = asked.expect(202);
    assert_eq!((&asked["before"], &asked["after"]), (&json!("active"), &json!("closed")));
    decide(&world.admin().await, asked["id"].as_str().expect("an id"), "approve", json!({})).await.expect(200)
}

#[tokio::test]
async fn papers_change_field_by_field_and_are_found_again() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let staff = world.staff(Role::StaffAccountant).await;
    let mut expected = read(&staff, &company).await;
    let change = json!({
        "name": "АО \"Ячмень\"", "kpp": "262201999", "contract_number": "77/27-Т", "contract_date": "2026-03-01",
        "contact": { "full_name": "Петров Илья Олегович", "phone": "8 8652 11-22-33" },
    });
    let edited = edit(&staff, &company, change.clone()).await.expect(200);
    for name in ["name", "kpp", "contract_number", "contract_date"] {
        expected[name] = change[name].clone();
    }
    expected["contact"]["full_name"] = change["contact"]["full_name"].clone();
    expected["contact"]["phone"] = change["contact"]["phone"].clone();
    assert_eq!(edited, expected);
    assert_eq!(read(&staff, &company).await, expected);
    let (action, before, after) = last_act(&world, &company).await;
    assert_eq!(
        (action.as_str(), &before["kpp"], &after["kpp"]),
        ("company.edit", &json!("262201001"), &json!("262201999"))
    );
    // By its new name, in the place of its new name.
    let other = world.company().cards(0).without_payment().create().await;
    let listed = staff.get("/v1/staff/companies").await.expect(200)["items"].clone();
    let ids: Vec<_> = listed.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [company.id.as_str(), other.id.as_str()]);
    assert_eq!(staff.get("/v1/staff/companies?q=ячмень").await.expect(200)["items"][0]["id"], company.id);
    // The same again changes nothing; neither does nothing.
    let rows = world.dump_of_effects().await;
    edit(&staff, &company, change).await.expect(200);
    edit(&staff, &company, json!({})).await.expect(200);
    edit(&staff, &company, json!({ "contact": { "email": expected["contact"]["email"] } })).await.expect(200);
    let nonsense = [
        (json!({ "name": " " }), "name"),
        (json!({ "kpp": "1" }), "kpp"),
        (json!({ "contract_date": "01.02.2026" }), "contract_date"),
        (json!({ "contact": { "phone": "нет" } }), "contact.phone"),
        (json!({ "contact": { "email": "нет" } }), "contact.email"),
        (json!({ "time_zone": "Moscow" }), "time_zone"),
    ];
    for (body, field) in nonsense {
        let answer = edit(&staff, &company, body).await;
        assert_eq!((answer.status, &answer.json["errors"][0]["field"]), (422, &json!(field)), "{answer}");
    }
    edit(&staff, &company, json!({ "status": "closed" })).await.expect(422);
    assert_eq!(world.dump_of_effects().await, rows);
    staff.ask(Method::PATCH, "/v1/staff/companies/10000000").json(&json!({})).send().await.problem(404, "not_found");
    let sole = json!({ "inn": oktan_tests::numbers::sole_trader_inn(1), "name": "ИП Петров", "contract_number": "9",
        "contract_date": "2026-01-15", "contact": expected["contact"], "credentials": "mail",
        "owner": { "login": "sole", "full_name": "Петров", "email": "sole@client.example" } });
    let sole = world.admin().await.post("/v1/staff/companies", sole).await.expect(201)["company"]["id"].clone();
    let path = format!("/v1/staff/companies/{}", sole.as_str().unwrap());
    let kpp = staff.ask(Method::PATCH, &path).json(&json!({ "kpp": "262201999" })).send().await;
    kpp.field("kpp", "kpp_of_sole_trader");
}

#[tokio::test]
async fn another_contact_e_mail_waits_for_another_person_and_the_rest_does_not() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (admin, other) = (world.admin().await, second_admin(&world).await);
    let old = read(&admin, &company).await["contact"]["email"].clone();
    let change =
        json!({ "kpp": "262201777", "contact": { "email": "New@Client.example", "phone": "8 8652 11-22-33" } });
    let asked = edit(&admin, &company, change).await.expect(202);
    assert_eq!((&asked["kind"], &asked["before"]), (&json!("contact_email"), &old));
    assert_eq!(asked["after"], "new@client.example");
    let now = read(&admin, &company).await;
    assert_eq!((&now["kpp"], &now["contact"]["phone"]), (&json!("262201777"), &json!("8 8652 11-22-33")));
    assert_eq!(now["contact"]["email"], old);
    let (action, _, after) = last_act(&world, &company).await;
    assert_eq!((action.as_str(), &after["asked_contact_email"]), ("company.edit", &json!("new@client.example")));
    // One at a time; a change that comes with a second one is not made either.
    let second = json!({ "kpp": "262201778", "contact": { "email": "third@client.example" } });
    edit(&other, &company, second).await.problem(409, "approval_pending");
    assert_eq!(read(&admin, &company).await["kpp"], "262201777");
    let id = asked["id"].as_str().unwrap();
    decide(&admin, id, "approve", json!({})).await.problem(403, "own_request");
    decide(&other, id, "approve", json!({})).await.expect(200);
    assert_eq!(read(&admin, &company).await["contact"]["email"], "new@client.example");
    let moved = (json!({ "contact_email": old }), json!({ "contact_email": "new@client.example" }));
    assert_eq!(last_act(&world, &company).await, ("contact_email.approve".to_owned(), moved.0, moved.1));
    let alone = edit(&admin, &company, json!({ "contact": { "email": old } })).await.expect(202);
    assert_eq!(last_act(&world, &company).await.0, "contact_email.ask");
    decide(&other, alone["id"].as_str().unwrap(), "refuse", json!({ "reason": "не звонили" })).await.expect(200);
    assert_eq!(read(&admin, &company).await["contact"]["email"], "new@client.example");
}

#[tokio::test]
async fn after_a_closing_nothing_fuels_and_nothing_changes_for_good() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let (owner, staff, pump) = (company.owner().await, world.admin().await, &company.pump);
    let held = pump.hold(company.card(), "5").await;
    let kept = format!("/v1/staff/companies/{}", company.id);
    assert_eq!(close(&world, &company).await["state"], "approved");
    assert_eq!(read(&staff, &company).await["status"], "closed");
    for card in [company.card(), company.purses[0].as_str()] {
        assert_eq!(pump.declined(card, "1").await, "company_suspended");
    }
    // The fuel under way is posted; the client still reads; money still comes in.
    pump.capture(&held, "5").await.expect(200);
    assert_eq!(owner.get("/v1/session").await.expect(200)["company"]["status"], "closed");
    assert_eq!(owner.get("/v1/history").await.expect(200)["items"].as_array().unwrap().len(), 2);
    company.pay("1.00").await;
    assert_eq!(company.balance().await["balance"], "99641.50");

    let rows = world.dump_of_effects().await;
    let card = format!("/v1/cards/{}", company.card());
    owner.post_nothing(&format!("{card}/block")).await.problem(409, "company_suspended");
    owner.patch(&card, json!({ "label": "новая" })).await.problem(409, "company_suspended");
    owner.put(&format!("{card}/limits"), json!({ "limits": [] })).await.problem(409, "company_suspended");
    staff.post(&format!("{kept}/cards"), json!({ "cards": [{}] })).await.problem(409, "company_suspended");
    for what in ["resume", "suspend"] {
        staff.post_nothing(&format!("{kept}/{what}")).await.problem(409, "company_closed");
    }
    edit(&staff, &company, json!({ "name": "ООО \"Другое\"" })).await.problem(409, "company_closed");
    edit(&staff, &company, json!({ "contact": { "email": "x@y.example" } })).await.problem(409, "company_closed");
    staff.post(&format!("{kept}/credit"), json!({ "credit_limit": "5.00" })).await.problem(409, "company_closed");
    staff.post(&format!("{kept}/close"), json!({ "reason": "ещё раз" })).await.problem(409, "company_closed");
    assert_eq!(world.dump_of_effects().await, rows);
}

#[tokio::test]
async fn a_closing_asks_for_a_reason_and_can_be_refused() {
    let world = World::start().await;
    let company = world.company().create().await;
    let staff = world.staff(Role::StaffAccountant).await;
    let path = format!("/v1/staff/companies/{}/close", company.id);
    staff.post(&path, json!({})).await.field("reason", "required");
    staff.post(&path, json!({ "reason": "" })).await.field("reason", "text_too_short");
    let asked = staff.post(&path, json!({ "reason": "долг" })).await.expect(202);
    company.pump.buy(company.card(), "1").await;
    let refused = json!({ "reason": "заплатили" });
    decide(&world.admin().await, asked["id"].as_str().unwrap(), "refuse", refused).await.expect(200);
    company.pump.buy(company.card(), "1").await;
    assert_eq!(read(&staff, &company).await["status"], "active");
    // A suspended company is closed as well.
    staff.post(&path, json!({ "reason": "долг" })).await.expect(202);
}

#[tokio::test]
async fn another_time_zone_shifts_the_windows_and_the_sums_of_the_day() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let (card, pump) = (company.card(), &company.pump);
    company.limit(card, json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "10" }] })).await;
    let spent = async || company.balance().await["spent_today"].clone();
    let month = async || company.balance().await["spent_this_month"].clone();
    // Twenty o'clock in Moscow is five in the morning of the next day in Kamchatka.
    let evening = Zone::default().midnight(Zone::default().date(world.now())) + TimeDelta::hours(20);
    world.advance_to(evening);
    let staff = world.staff(Role::StaffOperator).await;
    pump.buy(card, "8").await;
    assert_eq!(pump.declined(card, "5").await, "limit_exceeded");
    assert_eq!(spent().await, "575.20");

    let east = json!({ "time_zone": "Asia/Kamchatka" });
    assert_eq!(edit(&staff, &company, east).await.expect(200)["time_zone"], "Asia/Kamchatka");
    let (action, before, after) = last_act(&world, &company).await;
    assert_eq!((action.as_str(), &before["time_zone"]), ("company.edit", &json!("Europe/Moscow")));
    assert_eq!(after, json!({ "time_zone": "Asia/Kamchatka" }));
    assert_eq!(spent().await, "0.00", "there it is another day");
    assert_eq!(month().await, "575.20", "of the same month");
    pump.buy(card, "6").await;
    assert_eq!(pump.declined(card, "5").await, "limit_exceeded");
    assert_eq!((spent().await, month().await), (json!("431.40"), json!("1006.60")));
    let listed = company.owner().await.get("/v1/session").await.expect(200);
    assert_eq!(listed["company"]["time_zone"], "Asia/Kamchatka");

    // Back west the day that had begun in the east counts as today until it comes: never less than was used.
    edit(&staff, &company, json!({ "time_zone": "Europe/Moscow" })).await.expect(200);
    assert_eq!(pump.declined(card, "5").await, "limit_exceeded");
    assert_eq!((spent().await, month().await), (json!("431.40"), json!("1006.60")));
    pump.buy(card, "4").await;
    assert_eq!(pump.declined(card, "0.001").await, "limit_exceeded");
    assert_eq!((spent().await, month().await), (json!("719.00"), json!("1294.20")));
    world.advance_to(evening + TimeDelta::hours(28));
    assert_eq!(spent().await, "0.00", "the day after both");
    pump.buy(card, "10").await;
    assert_eq!((spent().await, month().await), (json!("719.00"), json!("2013.20")));
    let account = world.app().table.account(CompanyId::parse(&company.id).unwrap()).await.unwrap().unwrap();
    assert!(account.identity_holds());
    assert_eq!(company.balance().await["balance"], "97986.80", "the money is what it is in any zone");
}
