//! What happens is told to whom it concerns, once, by the ways that they want.

use crate::mail::event;
use oktan_local::Mail;
use oktan_shared::App;
use oktan_tests::{Caller, Company, Role, Value, World, json};
use reqwest::Method;
use uuid::Uuid;

async fn block(by: &Caller, card: &str) {
    by.post_nothing(&format!("/v1/cards/{card}/block")).await.expect(200);
}

/// Its own people, each with an address, and who they are at the bell.
async fn bell(by: &Caller) -> Vec<Value> {
    by.all("/v1/notifications", 10).await
}

async fn choose(by: &Caller, kind: &str, mail: bool, app: bool) -> Value {
    let ask = json!({ "notifications": [{ "kind": kind, "mail": mail, "app": app }] });
    by.patch("/v1/preferences", ask).await.expect(200)
}

fn header_link(letter: &Mail) -> String {
    letter.list_unsubscribe.trim_start_matches('<').trim_end_matches('>').to_owned()
}

/// The mails of the outbox that are still to be sent.
pub async fn waiting(world: &World) -> Vec<Uuid> {
    let rows = world.dump().await.into_iter().filter(|(_, row)| row.get("mail_state") == Some(&json!("queued")));
    rows.filter_map(|(key, _)| key.strip_prefix("outbox MAIL#")?.trim_end_matches(" MAIL").parse().ok()).collect()
}

/// The same house with an SES that nobody answers for.
pub fn deaf(world: &World) -> App {
    let mut config = (*world.app().config).clone();
    config.ses_endpoint = Some("http://127.0.0.1:9".to_owned());
    App::new(config, world.app().clock.clone())
}

async fn company(world: &World) -> (Company, String) {
    let company = world.company().cards(2).create().await;
    company.user(Role::Manager).await.get("/v1/session").await.expect(200);
    let manager = format!("manager-{}@people.example", company.id);
    world.deliver().await;
    (company, manager)
}

#[tokio::test]
async fn one_event_is_one_letter_for_each_though_it_is_told_five_times_and_ses_fails_twice() {
    let world = World::start().await;
    let (company, manager) = company(&world).await;
    block(&company.user(Role::Accountant).await, company.card()).await;
    let notice = waiting(&world).await;
    assert_eq!(notice.len(), 1, "one row, written with its cause");
    for _ in 0..5 {
        assert_eq!(world.mailer(&event(notice[0], 1)).await["batchItemFailures"], json!([]));
    }
    let mails = waiting(&world).await;
    assert_eq!(mails.len(), 2, "the owner's and the manager's; who did it knows");
    for mail in &mails {
        for _ in 0..2 {
            oktan_mailer::handle(&deaf(&world), serde_json::from_value(event(*mail, 1)).unwrap()).await;
            world.advance_minutes(5);
        }
        for _ in 0..5 {
            world.mailer(&event(*mail, 1)).await;
        }
    }
    world.deliver().await;
    world.tick().await;
    let letters = world.notices().await;
    let mut told: Vec<_> = letters.iter().map(|letter| letter.to.clone()).collect();
    told.sort();
    let mut wanted = vec![company.email.clone(), manager];
    wanted.sort();
    assert_eq!(told, wanted);
    let letter = &letters[0];
    assert!(letter.subject.contains("заблокирована") && letter.text.contains(company.card()), "{letter:?}");
    let line = bell(&company.owner().await).await;
    assert_eq!((line.len(), &line[0]["kind"], &line[0]["facts"]["card"]), (1, &json!("block"), &json!(company.card())));
    assert_eq!(line[0]["page"], format!("/cards/{}", company.card()));
    for nobody in [Role::Accountant, Role::Viewer] {
        assert_eq!(bell(&company.user(nobody).await).await, Vec::<Value>::new());
    }
}

#[tokio::test]
async fn everybody_of_a_large_company_is_told_once_but_who_did_it() {
    let world = World::start().await;
    let company = world.company().cards(1).create().await;
    let mut wanted = vec![company.email.clone()];
    let mut last = None;
    for _ in 0..110 {
        let person = company.newcomer(Role::Manager).await;
        wanted.extend(person.email.as_ref().map(|email| email.as_str().to_owned()));
        last = Some(person);
    }
    let last = last.expect("a person");
    wanted.retain(|email| Some(email.as_str()) != last.email.as_ref().map(oktan_shared::domain::text::Email::as_str));
    wanted.sort();
    let list = format!("/v1/staff/companies/{}/users", company.id);
    assert_eq!(world.admin().await.all(&list, 100).await.len(), 111, "the desk sees them all");

    block(&world.session(&last).await, company.card()).await;
    while let Some(one) = waiting(&world).await.first() {
        for _ in 0..3 {
            world.mailer(&event(*one, 1)).await;
        }
    }
    let mut told: Vec<_> = world.notices().await.into_iter().map(|letter| letter.to).collect();
    told.sort();
    assert_eq!(told, wanted);
    let rows = world.dump().await;
    assert_eq!(rows.iter().filter(|(key, _)| key.contains(" BELL#")).count(), wanted.len());
}

#[tokio::test]
async fn each_kind_is_on_or_off_for_each_person_and_each_way() {
    let world = World::start().await;
    let (company, manager) = company(&world).await;
    let (owner, other) = (company.owner().await, company.user(Role::Manager).await);
    let kinds = owner.get("/v1/preferences").await.expect(200)["notifications"].clone();
    assert_eq!(kinds.as_array().unwrap().len(), 9);
    assert!(kinds.as_array().unwrap().iter().all(|kind| kind["mail"] == true && kind["app"] == true));
    let staff =
        world.staff(Role::StaffOperator).await.get("/v1/preferences").await.expect(200)["notifications"].clone();
    assert_eq!((staff.as_array().unwrap().len(), &staff[0]["kind"]), (1, &json!("new_device")));

    choose(&owner, "block", false, true).await;
    choose(&other, "block", true, false).await;
    let staff = world.staff(Role::StaffOperator).await;
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.card())).await.expect(200);
    let told: Vec<_> = world.notices().await.iter().map(|letter| letter.to.clone()).collect();
    assert_eq!(told, std::slice::from_ref(&manager));
    assert_eq!((bell(&owner).await.len(), bell(&other).await.len()), (1, 0));
    assert_eq!(bell(&owner).await[0]["facts"]["by_staff"], true);
    // What is switched off between the event and the letter is not sent either.
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.cards[1])).await.expect(200);
    let notice = waiting(&world).await;
    world.mailer(&event(notice[0], 1)).await;
    choose(&other, "block", false, false).await;
    assert_eq!(world.notices().await.len(), 1);
    assert_eq!(waiting(&world).await, Vec::<Uuid>::new(), "nobody tries again");

    let read = owner.get("/v1/preferences").await;
    let stale = read.etag();
    let saved =
        owner.ask(Method::PATCH, "/v1/preferences").header("if-match", &stale).json(&json!({ "language": "en" }));
    assert_eq!(saved.send().await.expect(200)["language"], "en");
    let again =
        owner.ask(Method::PATCH, "/v1/preferences").header("if-match", &stale).json(&json!({ "language": "ru" }));
    again.send().await.problem(412, "stale");
    let unknown = json!({ "notifications": [{ "kind": "everything", "mail": false }] });
    owner.patch("/v1/preferences", unknown).await.field("notifications[0].kind", "unknown_value");
}

#[tokio::test]
async fn a_link_ends_the_mail_of_its_kind_without_signing_in() {
    let world = World::start().await;
    let (company, manager) = company(&world).await;
    let accountant = company.user(Role::Accountant).await;
    block(&accountant, company.card()).await;
    let letter = world.notices_to(&company.email).await.pop().expect("a letter");
    assert_eq!(letter.list_unsubscribe_post, "List-Unsubscribe=One-Click");
    let one_click = header_link(&letter);
    let base = world.app().config.base_url.as_str().to_owned();
    let path = format!("/{}", one_click.strip_prefix(&base).expect("our own address"));
    assert!(letter.text.contains(&path.replace("/v1/", "/")), "{}", letter.text);
    let stranger = world.stranger();
    assert_eq!(stranger.get(&path).await.expect(200), json!({ "kind": "block", "mail": true }));
    let followed = stranger.staying().ask(Method::GET, &path).header("accept", "text/html,*/*;q=0.8");
    let followed = followed.send().await;
    assert_eq!((followed.status, followed.header("location")), (303, path.trim_start_matches("/v1")));
    for _ in 0..2 {
        let form = stranger.ask(Method::POST, &path).form(&[("List-Unsubscribe", "One-Click")]);
        assert_eq!(form.send().await.expect(200), json!({ "kind": "block", "mail": false }));
    }
    block(&accountant, &company.cards[1]).await;
    assert_eq!(world.notices_to(&company.email).await.len(), 1);
    assert_eq!(world.notices_to(&manager).await.len(), 2, "it was the owner's own");
    assert_eq!(bell(&company.owner().await).await.len(), 2, "the bell is another matter");
    for forged in ["x".to_owned(), format!("{}x", path.rsplit('/').next().unwrap())] {
        stranger.get(&format!("/v1/unsubscribe/{forged}")).await.problem(404, "not_found");
        stranger.post_nothing(&format!("/v1/unsubscribe/{forged}")).await.problem(404, "not_found");
    }
    // What lets somebody in has no such link and comes all the same.
    stranger.post("/v1/recovery", json!({ "identifier": company.email })).await.expect(202);
    let last = world.letters_to(&company.email).await.pop().expect("a letter");
    assert!(last.text.contains("/recovery/") && last.list_unsubscribe.is_empty(), "{last:?}");
}

fn returned(kind: &str, address: &str) -> Value {
    let recipients = json!([{ "emailAddress": address }]);
    let message = match kind {
        "complaint" => json!({ "eventType": "Complaint", "complaint": { "complainedRecipients": recipients } }),
        kind => json!({ "eventType": "Bounce", "bounce": { "bounceType": kind, "bouncedRecipients": recipients } }),
    };
    json!({ "Records": [{ "EventSource": "aws:sns", "Sns": { "Message": message.to_string() } }] })
}

#[tokio::test]
async fn an_address_that_mail_came_back_from_is_left_in_peace() {
    let world = World::start().await;
    let (company, _) = company(&world).await;
    let (owner, accountant) = (company.owner().await, company.user(Role::Accountant).await);
    world.returned(&returned("Transient", &company.email)).await;
    assert_eq!(owner.get("/v1/preferences").await.expect(200)["mail_returned"], false, "a full mailbox");
    for kind in ["Permanent", "complaint"] {
        world.returned(&returned(kind, &format!("<{}>", company.email.to_uppercase()))).await;
        assert_eq!(owner.get("/v1/preferences").await.expect(200)["mail_returned"], true);
        block(&accountant, company.card()).await;
        owner.post_nothing(&format!("/v1/cards/{}/unblock", company.card())).await.expect(200);
        assert_eq!(world.notices_to(&company.email).await, [], "{kind}");
        owner.post_nothing("/v1/preferences/mail-works").await.expect(204);
    }
    assert_eq!(bell(&owner).await.len(), 2);
    block(&accountant, company.card()).await;
    assert_eq!(world.notices_to(&company.email).await.len(), 1, "they say that it works");
    world.returned(&json!({ "Records": [{ "Sns": { "Message": "nonsense" } }] })).await;
}

#[tokio::test]
async fn the_bell_counts_what_came_since_one_looked() {
    let world = World::start().await;
    let (company, _) = company(&world).await;
    let (owner, accountant) = (company.owner().await, company.user(Role::Accountant).await);
    for card in &company.cards {
        block(&accountant, card).await;
        world.deliver().await;
        world.advance_minutes(1);
    }
    let list = owner.get("/v1/notifications?limit=1").await.expect(200);
    assert_eq!((&list["unread"], &list["items"][0]["unread"]), (&json!(2), &json!(true)));
    let lines = bell(&owner).await;
    assert_eq!(lines[0]["facts"]["card"], json!(company.cards[1]), "the newest first");
    owner.post("/v1/notifications/seen", json!({ "until": lines[1]["at"] })).await.expect(204);
    let list = owner.get("/v1/notifications").await.expect(200);
    assert_eq!((&list["unread"], &list["items"][1]["unread"]), (&json!(1), &json!(false)));
    owner.post("/v1/notifications/seen", json!({ "until": "2199-01-01T00:00:00Z" })).await.expect(204);
    assert_eq!(owner.get("/v1/notifications").await.expect(200)["unread"], 0);
    owner.post("/v1/notifications/seen", json!({ "until": lines[1]["at"] })).await.expect(204);
    assert_eq!(owner.get("/v1/notifications").await.expect(200)["unread"], 0, "seen stays seen");
    let cursor = owner.get("/v1/notifications?limit=1").await.expect(200)["next_cursor"].as_str().unwrap().to_owned();
    accountant.get(&format!("/v1/notifications?cursor={cursor}")).await.field("cursor", "cursor_invalid");
}

#[tokio::test]
async fn many_cards_blocked_at_once_are_one_letter() {
    let world = World::start().await;
    let company = world.company().cards(60).create().await;
    let ask = json!({ "action": "block", "numbers": company.cards });
    company.user(Role::Accountant).await.post("/v1/cards/bulk", ask).await.expect(200);
    assert_eq!(world.notices_to(&company.email).await.len(), 1);
    assert_eq!(bell(&company.owner().await).await.len(), 1);
}

#[tokio::test]
async fn a_low_balance_is_told_once_for_each_time_it_falls() {
    let world = World::start().await;
    let company = world.company().payment("1000.00").create().await;
    let owner = company.owner().await;
    let ask = |low: Value| {
        owner.ask(Method::PATCH, "/v1/settings").header("if-match", "*").json(&json!({ "low_balance": low })).send()
    };
    assert_eq!(owner.get("/v1/settings").await.expect(200)["low_balance"], Value::Null);
    world.tick().await;
    assert_eq!(world.notices_to(&company.email).await.len(), 0, "nobody asked");
    assert_eq!(ask(json!("1500.00")).await.expect(200)["low_balance"], "1500.00");
    let told = async || {
        for _ in 0..3 {
            world.tick().await;
        }
        world.notices_to(&company.email).await.len()
    };
    assert_eq!(told().await, 1);
    let letter = world.notices_to(&company.email).await.remove(0);
    assert!(letter.text.contains("1000.00") && letter.text.contains("1500.00"), "{}", letter.text);
    company.pay("1000.00").await;
    assert_eq!(told().await, 1, "there is enough again");
    company.pump.buy(company.card(), "10").await;
    assert_eq!(told().await, 2, "and it falls again");
    // Another threshold is another matter.
    assert_eq!(ask(json!("100.00")).await.expect(200)["low_balance"], "100.00");
    assert_eq!(told().await, 2);
    assert_eq!(ask(json!("5000.00")).await.expect(200)["low_balance"], "5000.00");
    assert_eq!(told().await, 3);
    ask(json!("-1.00")).await.field("low_balance", "amount_malformed");
    // Nobody is told any more, until there is a threshold again.
    assert_eq!(ask(Value::Null).await.expect(200)["low_balance"], Value::Null);
    assert_eq!(told().await, 3);
    assert_eq!(ask(json!("5000.00")).await.expect(200)["low_balance"], "5000.00");
    assert_eq!(told().await, 4);
}
