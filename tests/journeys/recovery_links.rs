//! The page behind a link: what makes it void, and how its person gets in.

use crate::device::{self, Device};
use crate::recovery::{ask, contract, facts, token, tokens};
use chrono::TimeDelta;
use oktan_tests::{Answer, PASSWORD, Role, Value, World, json};

pub const CHOSEN: &str = "walnut-harbour-41-cello";

pub async fn confirm(world: &World, token: &str, body: Value) -> Answer {
    world.stranger().post(&format!("/v1/recovery/{token}"), body).await
}

async fn is_void(world: &World, token: &str, facts: Value) {
    world.stranger().get(&format!("/v1/recovery/{token}")).await.problem(410, "link_expired");
    confirm(world, token, json!({ "confirm": facts, "new_password": CHOSEN })).await.problem(410, "link_expired");
}

/// The one-time password of the newest letter to an address.
pub async fn one_time_password(world: &World, address: &str) -> String {
    let letter = world.letters_to(address).await.pop().expect("a letter");
    let is_group = |group: &str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_alphanumeric());
    let words = letter.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    let mut found = words.filter(|word| word.split('-').count() == 4 && word.split('-').all(is_group));
    found.next().unwrap_or_else(|| panic!("no password in {}", letter.text)).to_owned()
}

#[tokio::test]
async fn only_the_newest_link_works_once_and_for_thirty_minutes() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let first = token(&world, &company.login, &company.email).await;
    let second = token(&world, &company.inn, &company.email).await;
    is_void(&world, &first, facts(&company)).await;
    is_void(&world, "no-such-token", facts(&company)).await;
    world.advance_minutes(29);
    world.stranger().get(&format!("/v1/recovery/{second}")).await.expect(200);
    world.advance(TimeDelta::seconds(61));
    is_void(&world, &second, facts(&company)).await;
    let third = token(&world, &company.login, &company.email).await;
    let body = json!({ "confirm": facts(&company), "new_password": CHOSEN });
    confirm(&world, &third, body.clone()).await.expect(200);
    is_void(&world, &third, facts(&company)).await;
    world.sign_in(&company.login, CHOSEN).await.expect(200);
    let rows = serde_json::to_string(&world.dump().await).unwrap();
    for secret in [&first, &second, &third, CHOSEN] {
        assert!(!rows.contains(secret), "a secret lies in a row");
    }
}

#[tokio::test]
async fn an_own_password_ends_every_session_at_once_and_is_told_by_mail() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (here, there) = (company.owner().await, company.owner().await);
    let token = token(&world, &company.login, &company.email).await;
    here.get("/v1/session").await.expect(200);
    let answer = confirm(&world, &token, json!({ "confirm": facts(&company), "new_password": CHOSEN })).await;
    assert_eq!(answer.expect(200), json!({ "outcome": "password_set" }));
    for session in [&here, &there] {
        session.get("/v1/session").await.problem(401, "not_signed_in");
        session.get("/v1/balance").await.problem(401, "not_signed_in");
    }
    let told = world.letters_to(&company.email).await.pop().expect("a letter");
    assert!(told.text.contains(&company.login) && !told.text.contains("://"), "{}", told.text);
    assert!(told.subject.contains("восстановлен") && !told.text.contains(CHOSEN));
    world.sign_in(&company.login, PASSWORD).await.problem(401, "invalid_credentials");
    let session = world.sign_in(&company.login, CHOSEN).await.expect(200);
    assert_eq!(session["must_change_password"], false);
    let acts = world.app().table.acts(company.id.parse().ok(), 0, 100).await.unwrap();
    let act = &acts.last().expect("an act").act;
    assert_eq!((act.action.as_str(), act.actor.login.as_str()), ("password.recover", company.login.as_str()));
}

#[tokio::test]
async fn a_one_time_password_comes_by_mail_and_works_for_a_day() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    for day_is_over in [false, true] {
        let session = world.sign_in(&company.login, PASSWORD).await;
        let token = token(&world, &company.login, &company.email).await;
        let answer = confirm(&world, &token, json!({ "confirm": facts(&company) })).await;
        assert_eq!(answer.expect(200), json!({ "outcome": "password_sent" }));
        if let Some(old) = session.json["token"].as_str() {
            let old = world.stranger().with_token(Some(old));
            old.get("/v1/session").await.problem(401, "not_signed_in");
        }
        world.sign_in(&company.login, PASSWORD).await.problem(401, "invalid_credentials");
        let once = one_time_password(&world, &company.email).await;
        assert!(!serde_json::to_string(&world.dump().await).unwrap().contains(&once));
        world.advance(TimeDelta::hours(if day_is_over { 24 } else { 23 }));
        if day_is_over {
            world.sign_in(&company.login, &once).await.problem(401, "invalid_credentials");
            continue;
        }
        let session = world.sign_in(&company.login, &once).await.expect(200);
        assert_eq!(session["must_change_password"], true);
        let owner = world.stranger().with_token(session["token"].as_str());
        owner.get("/v1/balance").await.problem(403, "password_change_required");
        let change = json!({ "current_password": once, "new_password": PASSWORD });
        owner.post("/v1/password", change).await.expect(204);
        owner.get("/v1/balance").await.expect(200);
    }
}

#[tokio::test]
async fn who_is_kept_out_by_wrong_passwords_gets_in_and_nobody_else_does() {
    let world = World::start().await;
    let (company, other) = (world.company().cards(0).create().await, world.company().cards(0).create().await);
    for login in [&company.login, &other.login] {
        for _ in 0..5 {
            world.sign_in(login, "wrong-password-entirely").await.problem(401, "invalid_credentials");
        }
        world.sign_in(login, PASSWORD).await.problem(429, "too_many_attempts");
    }
    let token = token(&world, &company.login, &company.email).await;
    let body = json!({ "confirm": facts(&company), "new_password": CHOSEN });
    confirm(&world, &token, body).await.expect(200);
    world.sign_in(&company.login, CHOSEN).await.expect(200);
    world.sign_in(&other.login, PASSWORD).await.problem(429, "too_many_attempts");
}

#[tokio::test]
async fn the_second_factor_stays() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let device = Device::of(&world, &company.owner().await).await;
    let token = token(&world, &company.login, &company.email).await;
    let body = json!({ "confirm": facts(&company), "new_password": CHOSEN });
    confirm(&world, &token, body).await.expect(200);
    world.sign_in(&company.login, CHOSEN).await.problem(401, "totp_required");
    device::sign_in(&world, &company.login, CHOSEN, device.code()).await.expect(200);
}

#[tokio::test]
async fn another_way_in_makes_a_link_void() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let link = token(&world, &company.login, &company.email).await;
    let change = json!({ "current_password": PASSWORD, "new_password": CHOSEN });
    company.owner().await.post("/v1/password", change).await.expect(204);
    is_void(&world, &link, facts(&company)).await;
    // Who is deactivated has no way in.
    let viewer = company.newcomer(Role::Viewer).await;
    let address = viewer.email.as_ref().expect("an address").as_str().to_owned();
    let link = token(&world, viewer.login.as_str(), &address).await;
    let signed = world.sign_in(&company.login, CHOSEN).await.expect(200);
    let owner = world.stranger().with_token(signed["token"].as_str());
    owner.delete(&format!("/v1/users/{}", viewer.id)).await.expect(204);
    is_void(&world, &link, facts(&company)).await;
    ask(&world, viewer.login.as_str()).await;
    assert_eq!(tokens(&world, &address).await.len(), 1, "no letter either");
}

#[tokio::test]
async fn facts_are_compared_by_what_is_meant() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let latin = contract(&company).replace('Т', "t");
    let hands = [
        json!({ "contract_number": format!(" № {latin} "), "full_name": "иванов  ПЕТР сергеевич" }),
        json!({ "phone": "8(8652)18.42.25", "inn": format!("{} {}", &company.inn[..4], &company.inn[4..]) }),
        json!({
            "phone": "+7 8652 184-225", "inn": company.inn, "full_name": "Иванов Пётр Сергеевич",
            "contract_number": contract(&company),
        }),
    ];
    for said in hands {
        let token = token(&world, &company.login, &company.email).await;
        let answer = confirm(&world, &token, json!({ "confirm": said, "new_password": CHOSEN })).await;
        assert_eq!(answer.expect(200), json!({ "outcome": "password_set" }), "{said}");
    }
}

#[tokio::test]
async fn staff_are_recognised_by_their_own_name_and_telephone_and_else_at_the_desk() {
    let world = World::start().await;
    let added = json!({
        "login": "petrova", "full_name": "Петрова Ольга Юрьевна", "email": "petrova@oktan.example", "role": "operator",
    });
    let added = world.admin().await.post("/v1/staff/staff-users", added).await.expect(201);
    let link = token(&world, "petrova", "petrova@oktan.example").await;
    let said = json!({ "confirm": { "full_name": "петрова ольга юрьевна", "phone": "+7 918 765 43 21" } });
    // No telephone is on file: no try can succeed.
    let answer = confirm(&world, &link, said.clone()).await;
    assert_eq!(answer.expect(200), json!({ "outcome": "sent_to_staff" }));
    is_void(&world, &link, said["confirm"].clone()).await;
    let path = format!("/v1/staff/staff-users/{}", added["id"].as_str().expect("an id"));
    let ask = world.admin().await.ask(reqwest::Method::PATCH, &path);
    ask.json(&json!({ "phone": "8 (918) 765-43-21" })).send().await.expect(200);
    let link = token(&world, "petrova", "petrova@oktan.example").await;
    assert_eq!(confirm(&world, &link, said).await.expect(200), json!({ "outcome": "password_sent" }));
}
