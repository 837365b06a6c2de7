//! A way in made anew: by mail only, every owner told, the old one void, and no more mail than a person can bear.

use crate::users::activation_token;
use oktan_shared::domain::people::Person;
use oktan_tests::{Company, PASSWORD, Role, World, json};

const OTHER_PASSWORD: &str = "walnut-harbour-41-cello";

fn address(person: &Person) -> String {
    person.email.as_ref().expect("an address").to_string()
}

/// The newest one-time password that an address got.
async fn one_time_password(world: &World, address: &str) -> String {
    let letters = world.letters_to(address).await;
    let text = letters.iter().rev().find_map(|letter| letter.text.split("Одноразовый пароль: ").nth(1));
    text.expect("a one-time password").split_whitespace().next().expect("a word").to_owned()
}

async fn small(world: &World) -> Company {
    world.company().cards(0).without_payment().create().await
}

#[tokio::test]
async fn staff_reissue_credentials_by_mail_and_every_owner_is_told() {
    let world = World::start().await;
    let company = small(&world).await;
    let second = company.newcomer(Role::Owner).await;
    let person = company.newcomer(Role::Manager).await;
    let (session, admin) = (world.session(&person).await, world.admin().await);
    world.letters().await;
    let before = [company.email.as_str(), &address(&second)].map(str::to_owned);
    let mut told = Vec::new();
    for owner in &before {
        told.push(world.letters_to(owner).await.len());
    }
    let path = format!("/v1/staff/users/{}/credentials", person.id);
    let answer = admin.post_nothing(&path).await;
    assert_eq!(answer.expect(202), json!({}), "nothing is handed to the staff");
    // From the moment of the answer, before any mail.
    session.get("/v1/session").await.problem(401, "not_signed_in");
    let refused = world.sign_in(person.login.as_str(), PASSWORD).await;
    assert_eq!(refused.bytes, world.sign_in("nobody-at-all", PASSWORD).await.bytes);
    refused.problem(401, "invalid_credentials");

    let once = one_time_password(&world, &address(&person)).await;
    for (owner, told) in before.iter().zip(told) {
        let letters = world.letters_to(owner).await;
        assert_eq!(letters.len(), told + 1, "{owner}");
        let letter = letters.last().unwrap();
        assert!(letter.text.contains(person.login.as_str()) && !letter.text.contains(&once), "{}", letter.text);
    }
    let rows = serde_json::to_string(&world.dump().await).unwrap();
    assert!(!rows.contains(&once));
    let signed = world.sign_in(person.login.as_str(), &once).await.expect(200);
    assert_eq!(signed["must_change_password"], true);
    let own = world.stranger().with_token(signed["token"].as_str());
    own.get("/v1/cards").await.problem(403, "password_change_required");
    let change = json!({ "current_password": once, "new_password": OTHER_PASSWORD });
    own.post("/v1/password", change).await.expect(204);
    own.get("/v1/cards").await.expect(200);
    world.sign_in(person.login.as_str(), &once).await.problem(401, "invalid_credentials");
    // What the person chose themselves does not run out.
    world.advance_minutes(60 * 25);
    world.sign_in(person.login.as_str(), OTHER_PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_one_time_password_works_for_a_day_and_only_the_newest() {
    let world = World::start().await;
    let company = small(&world).await;
    let person = company.newcomer(Role::Viewer).await;
    let path = format!("/v1/staff/users/{}/credentials", person.id);
    world.admin().await.post_nothing(&path).await.expect(202);
    let older = one_time_password(&world, &address(&person)).await;
    world.admin().await.post_nothing(&path).await.expect(202);
    world.sign_in(person.login.as_str(), &older).await.problem(401, "invalid_credentials");
    let newer = one_time_password(&world, &address(&person)).await;
    assert_ne!(older, newer);
    world.sign_in(person.login.as_str(), &older).await.problem(401, "invalid_credentials");
    world.advance_minutes(60 * 24 - 1);
    world.sign_in(person.login.as_str(), &newer).await.expect(200);
    world.advance_minutes(2);
    let late = world.sign_in(person.login.as_str(), &newer).await;
    assert_eq!(late.bytes, world.sign_in("nobody-at-all", PASSWORD).await.bytes, "as a wrong password");
    late.problem(401, "invalid_credentials");
}

#[tokio::test]
async fn a_password_mail_that_comes_late_takes_nothing_back() {
    let world = World::start().await;
    let company = small(&world).await;
    let person = company.newcomer(Role::Viewer).await;
    let admin = world.admin().await;
    let path = format!("/v1/staff/users/{}/credentials", person.id);
    // The first row lies unsent while a second is asked for and used.
    admin.post_nothing(&path).await.expect(202);
    let rows = world.dump().await;
    let first = rows.iter().filter(|(key, row)| {
        key.starts_with("outbox MAIL#") && row["intent"].as_str().is_some_and(|i| i.contains("one_time_password"))
    });
    let first: Vec<_> =
        first.map(|(key, _)| key["outbox MAIL#".len()..].trim_end_matches(" MAIL").to_owned()).collect();
    let stale = world.reread(&person).await;
    admin.post_nothing(&path).await.expect(202);
    let once = one_time_password(&world, &address(&person)).await;
    let table = &world.app().table;
    let hash = world.reread(&person).await.password_hash.expect("a hash");
    let late = table.put_one_time_password(person.id, stale.epoch, "$argon2id$late".to_owned(), world.now());
    assert!(!late.await.expect("the table answers"), "of an older epoch");
    assert_eq!(first.len(), 1);
    assert_eq!(table.mail_state(first[0].parse().unwrap()).await.unwrap().as_deref(), Some("parked"));
    assert_eq!(world.reread(&person).await.password_hash, Some(hash));
    world.sign_in(person.login.as_str(), &once).await.expect(200);
}

#[tokio::test]
async fn an_owner_sends_a_fresh_link_and_only_the_newest_works() {
    let world = World::start().await;
    let company = small(&world).await;
    let owner = company.owner().await;
    let ask =
        json!({ "login": "petrova", "full_name": "Петрова", "email": "petrova@people.example", "role": "viewer" });
    let added = owner.post("/v1/users", ask).await.expect(201);
    let older = activation_token(&world, "petrova@people.example").await;
    let told = world.letters_to(&company.email).await.len();
    let path = format!("/v1/users/{}/credentials", added["id"].as_str().unwrap());
    owner.post(&path, json!({})).await.expect(202);
    let newer = activation_token(&world, "petrova@people.example").await;
    assert_ne!(older, newer);
    assert_eq!(world.letters_to(&company.email).await.len(), told + 1);
    let body = json!({ "new_password": PASSWORD });
    let stranger = world.stranger();
    stranger.post(&format!("/v1/activation/{older}"), body.clone()).await.problem(410, "link_expired");
    let link = format!("/v1/activation/{newer}");
    let uses = futures::future::join_all((0..20).map(|_| stranger.post(&link, body.clone()))).await;
    assert_eq!(uses.iter().filter(|answer| answer.status == 204).count(), 1, "once, however many try at once");
    assert!(uses.iter().all(|answer| matches!(answer.status, 204 | 410)));
    world.sign_in("petrova", PASSWORD).await.expect(200);
    stranger.post(&link, body).await.problem(410, "link_expired");
}

#[tokio::test]
async fn nobody_is_buried_in_mail() {
    let world = World::start().await;
    let company = small(&world).await;
    let person = company.newcomer(Role::Viewer).await;
    let (owner, admin) = (company.owner().await, world.admin().await);
    let paths = [("", &owner), ("/staff", &admin)]
        .map(|(desk, who)| (format!("/v1{desk}/users/{}/credentials", person.id), who));
    for n in 0..10 {
        let (path, who) = &paths[n % 2];
        who.post_nothing(path).await.expect(202);
    }
    let before = world.dump_of_effects().await;
    for (path, who) in &paths {
        let answer = who.post_nothing(path).await;
        let wait: i64 = answer.header("retry-after").parse().expect("seconds");
        assert!((3_000..=3_600).contains(&wait), "{wait}");
        answer.problem(429, "too_many_mails");
    }
    assert!(world.dump_of_effects().await == before);
    assert_eq!(world.letters_to(&address(&person)).await.len(), 6, "five links and the newest password");
    world.advance_minutes(61);
    company.owner().await.post_nothing(&paths[0].0).await.expect(202);
    // Accounts made for somebody's mailbox are counted too.
    let owner = company.owner().await;
    let ask = |n: usize| {
        let login = format!("spam-{n}");
        json!({ "login": login, "full_name": "Икс", "email": "victim@people.example", "role": "viewer" })
    };
    for n in 0..30 {
        owner.post("/v1/users", ask(n)).await.expect(201);
    }
    owner.post("/v1/users", ask(30)).await.problem(429, "too_many_mails");
}

#[tokio::test]
async fn whoever_has_no_address_gets_no_credentials() {
    let world = World::start().await;
    let admin = world.admin().await;
    let me = admin.get("/v1/session").await.expect(200)["user"]["id"].clone();
    let before = world.app().table.person(me.as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    let without = Person { email: None, ..before.clone() };
    let act = world.app().table.acts(None, 0, 1).await.unwrap().remove(0).act;
    world.app().table.change_person(&before, &without, &[], &act).await.unwrap();
    let path = format!("/v1/staff/staff-users/{}/credentials", me.as_str().unwrap());
    admin.post_nothing(&path).await.problem(409, "no_email");
}
