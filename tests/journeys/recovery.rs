//! Who forgot the password asks: what a stranger sees of it, and whom a link reaches.

use crate::mail::event;
use chrono::TimeDelta;
use futures::future::join_all;
use oktan_tests::{Company, PASSWORD, Role, Value, World, json};
use reqwest::Method;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Asks for a link, and is answered like everybody.
pub async fn ask(world: &World, identifier: &str) {
    let answer = world.stranger().post("/v1/recovery", json!({ "identifier": identifier })).await;
    assert_eq!(answer.expect(202), json!({}));
}

/// The tokens of the links that went to an address, oldest first.
pub async fn tokens(world: &World, address: &str) -> Vec<String> {
    let letters = world.letters_to(address).await;
    letters.iter().flat_map(|letter| links(&letter.text)).collect()
}

fn links(text: &str) -> Vec<String> {
    let words = text.split_whitespace().filter(|word| word.contains("/recovery/"));
    words.map(|word| word.rsplit('/').next().expect("a token").to_owned()).collect()
}

/// Asks for a link and takes it from the mail.
pub async fn token(world: &World, identifier: &str, address: &str) -> String {
    let before = tokens(world, address).await.len();
    ask(world, identifier).await;
    let tokens = tokens(world, address).await;
    assert_eq!(tokens.len(), before + 1, "one link");
    tokens[before].clone()
}

/// What is on file of a company's owner.
pub fn facts(company: &Company) -> Value {
    json!({ "contract_number": contract(company), "phone": "8 8652 184225" })
}

pub fn contract(company: &Company) -> String {
    format!("{}/26-Т", company.login.trim_start_matches("owner"))
}

async fn add_user(company: &Company, login: &str, email: &str, role: &str) -> String {
    let ask = json!({ "login": login, "full_name": "Сидоров Олег Ильич", "email": email, "role": role });
    let added = company.owner().await.post("/v1/users", ask).await.expect(201);
    added["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_login_an_address_and_an_inn_bring_a_link_to_the_registered_address() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (shouted, spaced) = (company.login.to_uppercase(), format!(" {} ", company.email));
    for identifier in [&company.login, &company.email, &company.inn, &shouted, &spaced] {
        let token = token(&world, identifier, &company.email).await;
        assert_eq!(token.len(), 43, "256 bits");
        let answer = world.stranger().get(&format!("/v1/recovery/{token}")).await;
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.expect(200), json!({ "state": "confirm" }));
    }
    let letter = world.letters_to(&company.email).await.pop().expect("a letter");
    let first = letter.text.split_whitespace().find(|word| word.contains("://")).expect("a link");
    assert!(first.starts_with(&format!("{}recovery/", world.stack().base_url)), "{first}");
    assert!(letter.html.contains(first) && letter.text.contains(&company.login));
}

#[tokio::test]
async fn an_inn_reaches_the_owners_and_nobody_else() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    add_user(&company, "co-owner", "co-owner@client.example", "owner").await;
    add_user(&company, "book-keeper", "books@client.example", "accountant").await;
    ask(&world, &company.inn).await;
    for (address, links) in [(company.email.as_str(), 1), ("co-owner@client.example", 1), ("books@client.example", 0)] {
        assert_eq!(tokens(&world, address).await.len(), links, "{address}");
    }
    ask(&world, "book-keeper").await;
    assert_eq!(tokens(&world, "books@client.example").await.len(), 1);
}

#[tokio::test]
async fn a_shared_address_gets_its_logins_listed_in_one_letter() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    for login in ["garage", "night-shift"] {
        add_user(&company, login, &company.email, "viewer").await;
    }
    let before = world.letters_to(&company.email).await.len();
    ask(&world, &company.email).await;
    let letters = world.letters_to(&company.email).await;
    assert_eq!(letters.len(), before + 1, "one letter");
    let text = &letters[before].text;
    assert_eq!(links(text).len(), 3);
    for login in [company.login.as_str(), "garage", "night-shift"] {
        assert!(text.contains(&format!("«{login}»")), "{text}");
    }
    assert!(text.find("://").unwrap() < text.find('«').unwrap(), "the link comes before what people chose");
    for token in links(text) {
        world.stranger().get(&format!("/v1/recovery/{token}")).await.expect(200);
    }
    // By one login only its own link comes.
    ask(&world, "garage").await;
    assert_eq!(tokens(&world, &company.email).await.len(), 4);
}

#[tokio::test]
async fn the_answer_is_the_same_bytes_and_the_write_of_one_shape_whoever_is_meant() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let gone = add_user(&company, "gone", "gone@client.example", "viewer").await;
    company.owner().await.delete(&format!("/v1/users/{gone}")).await.expect(204);
    let letters = world.letters().await.len();
    let known = [company.login.as_str(), &company.email, &company.inn];
    let long = "x".repeat(254);
    let unknown = ["nobody", "nobody@client.example", "7707083893", "gone", "gone@client.example", "☃", "'--", &long];
    let (mut answers, mut shapes) = (BTreeSet::new(), BTreeSet::new());
    for identifier in known.into_iter().chain(unknown) {
        let before = world.dump().await;
        let answer = world.stranger().post("/v1/recovery", json!({ "identifier": identifier })).await;
        let mut headers: Vec<_> = answer.headers.iter().map(|(k, v)| format!("{k}: {v:?}")).collect();
        headers.retain(|header| !header.starts_with("date:"));
        answers.insert((answer.status, headers, answer.bytes));
        let after = world.dump().await;
        let new: Vec<_> = after.iter().filter(|(key, row)| before.get(*key) != Some(row)).collect();
        let row = new.iter().find(|(key, _)| key.starts_with("outbox MAIL#")).expect("a row of the outbox");
        let others = new.iter().filter(|(key, _)| !key.starts_with("outbox ")).map(|(key, _)| key.as_str());
        assert_eq!(others.collect::<Vec<_>>(), ["cabinet THROTTLE#ADDRESS#RECOVERY#127.0.0.1 THROTTLE"]);
        assert_eq!(new.len(), 2);
        shapes.insert(row.1.keys().cloned().collect::<Vec<_>>());
        world.deliver().await;
        let is_forgotten = !serde_json::to_string(&world.dump().await[row.0]).unwrap().contains(identifier);
        assert!(is_forgotten, "{identifier} stays in the outbox");
    }
    assert_eq!((answers.len(), shapes.len()), (1, 1));
    assert_eq!(world.letters().await.len(), letters + known.len(), "nobody else is written to");
    for wrong in ["", " ", "a\nb", "a\u{202e}b", &"x".repeat(255)] {
        assert_eq!(world.stranger().post("/v1/recovery", json!({ "identifier": wrong })).await.status, 422);
    }
}

#[tokio::test]
async fn ten_letters_an_hour_reach_a_person_and_then_none() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    for _ in 0..13 {
        ask(&world, &company.login).await;
    }
    let sent = tokens(&world, &company.email).await;
    assert_eq!(sent.len(), 10);
    let mut live = Vec::new();
    for token in &sent {
        live.push(world.stranger().get(&format!("/v1/recovery/{token}")).await.status);
    }
    assert_eq!(live, [vec![410; 9], vec![200]].concat(), "each letter has its own link, the newest works");
    world.advance_minutes(61);
    ask(&world, &company.login).await;
    assert_eq!(tokens(&world, &company.email).await.len(), 11);
}

#[tokio::test]
async fn a_forged_host_changes_no_link() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let forged = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-for", "203.0.113.7"),
        ("x-forwarded-port", "444"),
        ("x-original-url", "https://evil.example/recovery"),
        ("forwarded", "host=evil.example;proto=https"),
    ];
    for (name, value) in forged {
        let ask = world.stranger().ask(Method::POST, "/v1/recovery").header(name, value);
        ask.json(&json!({ "identifier": company.login })).send().await.expect(202);
    }
    let letters = world.letters_to(&company.email).await;
    let letters: Vec<_> = letters.iter().filter(|letter| letter.text.contains("/recovery/")).collect();
    assert_eq!(letters.len(), forged.len());
    let base = format!("{}recovery/", world.stack().base_url);
    for letter in letters {
        let whole = format!("{} {} {}", letter.subject, letter.text, letter.html);
        assert!(!whole.contains("evil") && !whole.contains(":444/"), "{whole}");
        let mut urls = letter.text.split_whitespace().filter(|word| word.contains("://"));
        assert!(urls.all(|url| url.starts_with(&base)), "{whole}");
    }
}

/// The rows of the outbox that wait.
async fn waiting(world: &World) -> Vec<Uuid> {
    let rows = world.dump().await;
    let rows = rows.iter().filter(|(key, row)| key.starts_with("outbox ") && row["mail_state"] == "queued");
    rows.map(|(key, _)| key.trim_start_matches("outbox MAIL#").trim_end_matches(" MAIL").parse().expect("an id"))
        .collect()
}

#[tokio::test]
async fn a_request_handled_five_times_brings_one_letter_and_a_claim_one_case() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    world.deliver().await;
    ask(&world, &company.login).await;
    let claim = json!({
        "identifier": company.login, "confirm": facts(&company), "new_email": "new@client.example",
        "phone": "+7 (918) 123-45-67",
    });
    world.stranger().post("/v1/recovery/claims", claim).await.expect(202);
    for round in 0..3 {
        for mail in waiting(&world).await {
            world.mailer(&event(mail, 5)).await;
            join_all((0..5).map(|_| async { world.mailer(&event(mail, 1)).await })).await;
        }
        assert!(round < 2 || waiting(&world).await.is_empty());
    }
    // The stream itself comes too late for all of them.
    assert_eq!(tokens(&world, &company.email).await.len(), 1);
    world.advance(TimeDelta::hours(1));
    world.tick().await;
    assert_eq!(tokens(&world, &company.email).await.len(), 1);
    assert_eq!(world.admin().await.all("/v1/staff/recovery", 100).await.len(), 1);
}

#[tokio::test]
async fn a_request_whose_handling_died_is_taken_up_whole() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    world.deliver().await;
    ask(&world, &company.login).await;
    let [request] = waiting(&world).await[..] else { panic!("one request") };
    assert!(world.app().table.take_mail(request, world.now()).await.unwrap().is_some());
    assert_eq!(tokens(&world, &company.email).await.len(), 0, "somebody seems to handle it");
    world.advance_minutes(3);
    world.tick().await;
    // Between the request's end and the letter there is nothing: they are one write.
    assert_eq!(waiting(&world).await.len(), 1, "the letter waits");
    assert_eq!(tokens(&world, &company.email).await.len(), 1);
}

#[tokio::test]
async fn a_suspended_companys_people_get_in_again() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let path = format!("/v1/staff/companies/{}/suspend", company.id);
    world.staff(Role::StaffOperator).await.post_nothing(&path).await.expect(200);
    let token = token(&world, &company.inn, &company.email).await;
    let body = json!({ "confirm": facts(&company), "new_password": "walnut-harbour-41-cello" });
    let done = world.stranger().post(&format!("/v1/recovery/{token}"), body).await.expect(200);
    assert_eq!(done, json!({ "outcome": "password_set" }));
    world.sign_in(&company.login, PASSWORD).await.problem(401, "invalid_credentials");
    world.sign_in(&company.login, "walnut-harbour-41-cello").await.expect(200);
}
