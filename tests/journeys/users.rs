//! A company's people in the hands of its owners: added, changed, deactivated, and what that does to their sessions.

use oktan_shared::domain::CompanyId;
use oktan_shared::domain::text::Email;
use oktan_tests::{Caller, Company, PASSWORD, Role, Value, World, json};

fn newcomer(login: &str, role: &str) -> Value {
    json!({ "login": login, "full_name": "Сидоров Олег Ильич", "email": format!("{login}@people.example"), "role": role })
}

/// The token of the newest activation link that an address got.
pub async fn activation_token(world: &World, address: &str) -> String {
    let letters = world.letters_to(address).await;
    let text = &letters.last().expect("a letter").text;
    let link = text.split_whitespace().find(|word| word.starts_with("http")).expect("a link");
    let token = link.strip_prefix(&format!("{}activation/", world.stack().base_url)).expect("an activation link");
    token.to_owned()
}

async fn actions(world: &World, company: &Company) -> Vec<String> {
    let acts = world.app().table.acts(CompanyId::parse(&company.id).ok(), 0, 500).await.expect("the journal");
    acts.into_iter().map(|link| link.act.action).collect()
}

async fn of_list(caller: &Caller, id: &Value) -> Value {
    let all = caller.all("/v1/users", 2).await;
    all.into_iter().find(|user| user["id"] == *id).expect("a person of the list")
}

#[tokio::test]
async fn an_owner_adds_a_person_who_sets_a_password_by_mail() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let mut ask = newcomer("petrova", "manager");
    ask["phone"] = json!("+7 (8652) 18-42-26");
    let added = owner.post("/v1/users", ask.clone()).await.expect(201);
    let expected = json!({
        "id": added["id"], "login": "petrova", "full_name": "Сидоров Олег Ильич", "email": "petrova@people.example",
        "phone": "+7 (8652) 18-42-26", "role": "manager", "active": true, "activated": false, "totp": false,
        "last_signed_in_at": null,
    });
    assert_eq!(added, expected);
    assert_eq!(of_list(&owner, &added["id"]).await, expected);
    world.sign_in("petrova", PASSWORD).await.problem(401, "invalid_credentials");

    let token = activation_token(&world, "petrova@people.example").await;
    let stranger = world.stranger();
    stranger.post(&format!("/v1/activation/{token}"), json!({ "new_password": PASSWORD })).await.expect(204);
    let session = world.sign_in("petrova", PASSWORD).await.expect(200);
    assert_eq!((&session["user"]["role"], &session["company"]["id"]), (&json!("manager"), &json!(company.id)));
    let seen = of_list(&owner, &added["id"]).await;
    assert_eq!(seen["activated"], true);
    assert!(seen["last_signed_in_at"].as_str().is_some_and(|at| at.ends_with('Z')), "{seen}");

    let letters = world.letters_to("petrova@people.example").await.len();
    owner.post("/v1/users", ask).await.problem(409, "login_taken");
    assert_eq!(world.letters_to("petrova@people.example").await.len(), letters, "nobody is written to for nothing");
    // Another company's login is taken just so.
    let other = world.company().cards(0).without_payment().create().await.owner().await;
    other.post("/v1/users", newcomer("PETROVA", "viewer")).await.problem(409, "login_taken");
    owner.post("/v1/users", newcomer("sokolov", "admin")).await.field("role", "unknown_value");
    assert_eq!(owner.all("/v1/users", 100).await.len(), 2);
}

#[tokio::test]
async fn a_role_works_on_the_next_request_of_the_same_session() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let person = company.newcomer(Role::Viewer).await;
    let (session, path) = (world.session(&person).await, format!("/v1/users/{}", person.id));
    session.get("/v1/users").await.problem(403, "forbidden");
    for (role, heard) in [("owner", true), ("accountant", false), ("owner", true), ("viewer", false)] {
        let changed = owner.ask(reqwest::Method::PATCH, &path).json(&json!({ "role": role })).send().await.expect(200);
        assert_eq!(changed["role"], role);
        match session.get("/v1/users").await {
            answer if heard => drop(answer.expect(200)),
            answer => drop(answer.problem(403, "forbidden")),
        }
        assert_eq!(session.get("/v1/session").await.expect(200)["user"]["role"], role);
    }
    // What is left out stays, and saying what is so writes nothing.
    let acts = actions(&world, &company).await;
    let same = json!({ "role": "viewer", "active": true });
    for body in [json!({}), same] {
        owner.ask(reqwest::Method::PATCH, &path).json(&body).send().await.expect(200);
    }
    assert_eq!(actions(&world, &company).await, acts);
    let name = json!({ "full_name": "Петрова Анна", "phone": "88652184226" });
    let renamed = owner.ask(reqwest::Method::PATCH, &path).json(&name).send().await.expect(200);
    let shown = ["full_name", "phone", "role"].map(|name| renamed[name].as_str().unwrap());
    assert_eq!(shown, ["Петрова Анна", "88652184226", "viewer"]);
}

#[tokio::test]
async fn whoever_is_deactivated_is_out_from_the_moment_of_the_answer() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let person = company.newcomer(Role::Manager).await;
    let (one, other) = (world.session(&person).await, world.session(&person).await);
    let path = format!("/v1/users/{}", person.id);
    owner.post_nothing(&format!("{path}/credentials")).await.expect(202);
    let token = activation_token(&world, person.email.as_ref().unwrap().as_str()).await;
    owner.delete(&path).await.expect(204);
    for session in [&one, &other] {
        session.get("/v1/session").await.problem(401, "not_signed_in");
        session.get("/v1/cards").await.problem(401, "not_signed_in");
    }
    let refused = world.sign_in(person.login.as_str(), PASSWORD).await;
    let wrong = world.sign_in("nobody-at-all", PASSWORD).await;
    assert_eq!(refused.bytes, wrong.bytes, "a deactivated person is told nothing");
    refused.problem(401, "invalid_credentials");
    let link = format!("/v1/activation/{token}");
    let body = json!({ "new_password": "walnut-harbour-41-cello" });
    world.stranger().post(&link, body.clone()).await.problem(410, "link_expired");
    let id = json!(person.id);
    assert_eq!(of_list(&owner, &id).await["active"], false, "still in the list");
    owner.delete(&path).await.expect(204);
    owner.post_nothing(&format!("{path}/credentials")).await.problem(409, "user_inactive");

    let back = owner.ask(reqwest::Method::PATCH, &path).json(&json!({ "active": true })).send().await.expect(200);
    assert_eq!(back["active"], true);
    one.get("/v1/session").await.problem(401, "not_signed_in");
    world.stranger().post(&link, body).await.problem(410, "link_expired");
    world.sign_in(person.login.as_str(), PASSWORD).await.expect(200);
    let done = actions(&world, &company).await;
    let done: Vec<_> = done.iter().skip_while(|action| *action != "user.credentials").collect();
    assert_eq!(done, ["user.credentials", "user.deactivate", "user.reactivate"]);
}

#[tokio::test]
async fn another_companys_people_and_the_staff_are_not_there() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let other = world.company().cards(0).without_payment().create().await;
    let (owner, admin) = (company.owner().await, world.admin().await);
    let foreign = other.newcomer(Role::Viewer).await;
    let colleague = world.newcomer(None, Role::StaffOperator).await;
    let before = world.dump_of_effects().await;
    for id in [foreign.id, colleague.id, oktan_shared::domain::UserId::new(uuid::Uuid::nil())] {
        let path = format!("/v1/users/{id}");
        owner
            .ask(reqwest::Method::PATCH, &path)
            .json(&json!({ "role": "owner" }))
            .send()
            .await
            .problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
        owner.post_nothing(&format!("{path}/credentials")).await.problem(404, "not_found");
    }
    let path = format!("/v1/staff/users/{}", colleague.id);
    admin.ask(reqwest::Method::PATCH, &path).json(&json!({ "role": "owner" })).send().await.problem(404, "not_found");
    admin.post_nothing(&format!("{path}/credentials")).await.problem(404, "not_found");
    let path = format!("/v1/staff/staff-users/{}", foreign.id);
    admin.ask(reqwest::Method::PATCH, &path).json(&json!({ "role": "admin" })).send().await.problem(404, "not_found");
    for path in [path.clone(), format!("{path}/totp")] {
        admin.delete(&path).await.problem(404, "not_found");
    }
    admin.post_nothing(&format!("{path}/credentials")).await.problem(404, "not_found");
    assert!(world.dump_of_effects().await == before, "nothing changed");
    let seen = owner.all("/v1/users", 1).await;
    assert_eq!(seen.iter().map(|user| &user["login"]).collect::<Vec<_>>(), [&json!(company.login)]);
    let cursor = other.owner().await.get("/v1/users?limit=1").await.expect(200)["next_cursor"].clone();
    let foreign = format!("/v1/users?limit=1&cursor={}", cursor.as_str().expect("a second page"));
    owner.get(&foreign).await.field("cursor", "cursor_invalid");
}

#[tokio::test]
async fn people_are_found_by_their_address_while_they_are_active_and_no_key_shows_it() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let table = &world.app().table;
    let shared = Email::parse("buh@people.example").unwrap();
    let owner = company.owner().await;
    let mut ids = Vec::new();
    for login in ["buh-one", "buh-two"] {
        let mut ask = newcomer(login, "accountant");
        ask["email"] = json!("Buh@people.example");
        ids.push(owner.post("/v1/users", ask).await.expect(201)["id"].as_str().unwrap().to_owned());
    }
    let found = async |email: &Email| -> Vec<String> {
        let people = table.people_by_email(email).await.expect("the table answers");
        people.iter().map(|person| person.login.to_string()).collect()
    };
    assert_eq!(found(&shared).await, ["buh-one", "buh-two"]);
    owner.delete(&format!("/v1/users/{}", ids[0])).await.expect(204);
    assert_eq!(found(&shared).await, ["buh-two"]);
    let back = json!({ "active": true });
    owner.ask(reqwest::Method::PATCH, &format!("/v1/users/{}", ids[0])).json(&back).send().await.expect(200);
    assert_eq!(found(&shared).await, ["buh-one", "buh-two"]);
    let keys = world.dump().await;
    assert_eq!(keys.keys().filter(|key| key.starts_with("cabinet EMAIL#")).count(), 4, "admin, owner, two");
    assert!(keys.keys().all(|key| !key.contains("people.example") && !key.contains("client.example")));

    // An address that changes moves with the person.
    let before = table.person(ids[1].parse().unwrap()).await.unwrap().unwrap();
    let mut after = before.clone();
    let elsewhere = Email::parse("elsewhere@people.example").unwrap();
    after.email = Some(elsewhere.clone());
    let act = table.acts(before.company, 0, 1).await.unwrap().remove(0).act;
    let edited = table.change_person(&before, &after, &[], &act).await.unwrap();
    assert_eq!(edited, oktan_shared::table::PersonEdited::Done);
    assert_eq!((found(&shared).await, found(&elsewhere).await), (vec!["buh-one".into()], vec!["buh-two".into()]));
    let again = table.change_person(&before, &after, &[], &act).await.unwrap();
    assert_eq!(again, oktan_shared::table::PersonEdited::Moved, "of an older version");
}
