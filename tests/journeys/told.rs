//! Every kind of what people are told of: each person once and in their own language, whatever the stream and SES do.

use crate::mail::event;
use crate::notifications::{deaf, waiting};
use oktan_local::Mail;
use oktan_shared::domain::window::Zone;
use oktan_tests::{Caller, Company, PASSWORD, Role, World, json};
use reqwest::Method;
use std::collections::BTreeMap;
use std::time::Duration;

/// A company whose owner reads Russian and whose manager reads English.
struct Stage {
    world: World,
    company: Company,
    manager: String,
}

impl Stage {
    async fn set() -> Self {
        let world = World::start().await;
        let company = world.company().cards(2).payment("1000.00").create().await;
        let manager = format!("manager-{}@people.example", company.id);
        let stage = Self { world, company, manager };
        let english = json!({ "language": "en" });
        stage.people().await[1].patch("/v1/preferences", english).await.expect(200);
        stage.world.deliver().await;
        stage
    }

    async fn people(&self) -> [Caller; 2] {
        [self.company.owner().await, self.company.user(Role::Manager).await]
    }

    /// Makes something of a kind happen; whether both are told, or the owner alone.
    async fn make(&self, kind: &str) -> bool {
        let (world, company, pump) = (&self.world, &self.company, &self.company.pump);
        let [owner, manager] = self.people().await;
        let look = async || world.app().table.tell_companies(world.now()).await.expect("the table answers");
        match kind {
            "low_balance" => {
                owner.patch("/v1/settings", json!({ "low_balance": "1500.00" })).await.expect(200);
                look().await;
            }
            "block" => {
                let path = format!("/v1/staff/cards/{}/block", company.card());
                world.staff(Role::StaffOperator).await.post_nothing(&path).await.expect(200);
            }
            "decline" => {
                let mut told = Vec::new();
                for person in [&owner, &manager] {
                    told.push(person.get("/v1/session").await.expect(200)["user"]["id"].clone());
                }
                owner.patch("/v1/settings", json!({ "decline_mail": told })).await.expect(200);
                let limit = json!({ "measure": "litres", "period": "day", "amount": "1.000" });
                company.limit(company.card(), json!({ "limits": [limit] })).await;
                assert_eq!(pump.declined(company.card(), "40").await, "limit_exceeded");
            }
            "exception" => {
                let other = world.session(&company.newcomer(Role::Manager).await).await;
                let ask = json!({ "number": company.card(), "product": "DT", "litres": "10", "minutes": 30 });
                other.post("/v1/exceptions", ask).await.expect(201);
            }
            "new_device" => {
                for device in ["Firefox/140.0 (X11; Linux)", "Chrome/141.0 (Windows)"] {
                    let ask = world.stranger().ask(Method::POST, "/v1/session").header("user-agent", device);
                    let credentials = json!({ "login": company.login, "password": PASSWORD });
                    ask.json(&credentials).send().await.expect(200);
                }
                return false;
            }
            "ticket" => {
                let begun = owner.post("/v1/tickets", json!({ "subject": "Card", "body": "Why?" })).await.expect(201);
                let id = begun["id"].as_str().expect("an id");
                let said = json!({ "body": "And I" });
                manager.post(&format!("/v1/tickets/{id}/messages"), said).await.expect(201);
                let answer = json!({ "body": "So" });
                let desk = world.staff(Role::StaffOperator).await;
                desk.post(&format!("/v1/staff/tickets/{id}/messages"), answer).await.expect(201);
            }
            "weekly_summary" => {
                look().await;
                pump.buy(company.card(), "10").await;
                let (zone, week) = (Zone::default(), chrono::Days::new(5));
                world.advance_to(zone.midnight(zone.date(world.now()) + week) + chrono::TimeDelta::hours(9));
                look().await;
            }
            other => panic!("nothing makes {other} happen"),
        }
        true
    }
}

/// Whether a letter is Russian, by its last words: of the rest some is said in names.
fn is_russian(letter: &Mail) -> bool {
    letter.text.contains("Не присылать таких писем")
}

#[tokio::test]
async fn each_kind_is_one_line_and_one_letter_for_each_in_their_language_though_told_five_times_and_ses_fails_twice() {
    for kind in ["low_balance", "block", "decline", "exception", "new_device", "ticket", "weekly_summary"] {
        let stage = Stage::set().await;
        let (world, owner) = (&stage.world, stage.company.email.clone());
        let wanted = match stage.make(kind).await {
            true => BTreeMap::from([(owner, "ru"), (stage.manager.clone(), "en")]),
            false => BTreeMap::from([(owner, "ru")]),
        };
        let told = waiting(world).await;
        assert_eq!(told.len(), 1, "{kind} is one row, written with its cause");
        for _ in 0..5 {
            assert_eq!(world.mailer(&event(told[0], 5)).await["batchItemFailures"], json!([]), "{kind}");
        }
        let mails = waiting(world).await;
        assert_eq!(mails.len(), wanted.len(), "{kind}");
        for (sent, mail) in mails.iter().enumerate() {
            for _ in 0..2 {
                oktan_mailer::handle(&deaf(world), serde_json::from_value(event(*mail, 1)).unwrap()).await;
                assert_eq!(world.mailer(&event(*mail, 1)).await["batchItemFailures"], json!([]), "{kind}");
                let letters = world.stack().mails().into_iter().filter(|one| !one.list_unsubscribe.is_empty());
                assert_eq!(letters.count(), sent, "{kind}: given back, it waits");
                world.advance_minutes(5);
            }
            for _ in 0..5 {
                world.mailer(&event(*mail, 5)).await;
            }
        }
        world.deliver().await;
        world.tick().await;
        let letters = world.notices().await;
        let got: Vec<_> =
            letters.iter().map(|one| (one.to.clone(), if is_russian(one) { "ru" } else { "en" })).collect();
        assert_eq!(got.len(), wanted.len(), "{kind}: {got:?}");
        assert_eq!(got.into_iter().collect::<BTreeMap<_, _>>(), wanted, "{kind}");
        for letter in letters.iter().filter(|letter| !is_russian(letter)) {
            let russian = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c.to_ascii_lowercase()));
            assert!(!russian(&letter.subject) && !russian(&letter.text), "{kind}: {letter:?}");
        }
        for (caller, address) in stage.people().await.into_iter().zip([&stage.company.email, &stage.manager]) {
            let lines = caller.all("/v1/notifications", 100).await;
            let lines: Vec<_> = lines.iter().filter(|line| line["kind"] == kind).collect();
            assert_eq!(lines.len(), usize::from(wanted.contains_key(address)), "{kind}: {address}");
        }
    }
}

#[tokio::test]
async fn a_whole_fleet_blocked_by_a_job_that_rests_is_one_letter_and_one_card_is_called_by_its_number() {
    let stage = Stage::set().await;
    let (world, company) = (&stage.world, &stage.company);
    company.issue(100, "account").await;
    let accountant = world.session(&company.newcomer(Role::Owner).await).await;
    let started = accountant.post("/v1/cards/bulk", json!({ "action": "block", "all": {} })).await.expect(202);
    let job = started["job_id"].as_str().expect("an id").parse().expect("an id");
    for _ in 0..3 {
        oktan_worker::run(world.stack().worker(), job, Duration::ZERO).await.unwrap();
        world.deliver().await;
        world.advance_minutes(11);
    }
    let [owner, manager] = [&company.email, &stage.manager];
    for (address, subject) in [(owner, "Заблокированы несколько карт"), (manager, "Several cards are blocked")]
    {
        let letters = world.notices_to(address).await;
        assert_eq!(letters.iter().map(|letter| letter.subject.as_str()).collect::<Vec<_>>(), [subject]);
    }
    let accountant = world.session(&company.newcomer(Role::Owner).await).await;
    assert_eq!(accountant.all("/v1/cards?status=active", 100).await.len(), 0, "the job is over");
    let one = json!({ "action": "unblock", "numbers": [company.card()] });
    accountant.post("/v1/cards/bulk", one.clone()).await.expect(200);
    assert_eq!(world.notices_to(owner).await.len(), 1, "an unblock is not told");
    accountant.post("/v1/cards/bulk", json!({ "action": "block", "numbers": [company.card()] })).await.expect(200);
    let letter = world.notices_to(owner).await.pop().expect("a letter");
    assert!(letter.subject.starts_with("Карта …") && letter.text.contains(company.card()), "{letter:?}");
}

#[tokio::test]
async fn a_low_balance_is_one_letter_for_each_crossing_however_many_look_at_once() {
    let stage = Stage::set().await;
    let (world, company) = (&stage.world, &stage.company);
    let owner = company.owner().await;
    owner.patch("/v1/settings", json!({ "low_balance": "1000.00" })).await.expect(200);
    let look = async || {
        let looks = (0..6).map(|_| world.app().table.tell_companies(world.now()));
        let told = futures::future::join_all(looks).await.into_iter().map(|told| told.expect("the table answers").low);
        let told: usize = told.sum();
        for row in waiting(world).await {
            world.mailer(&event(row, 5)).await;
        }
        (told, world.notices_to(&company.email).await.len())
    };
    assert_eq!(look().await, (0, 0), "as much as is wanted is enough");
    for crossing in 1..=3 {
        company.pump.buy(company.card(), "1").await;
        assert_eq!(look().await, (1, crossing));
        company.pump.buy(company.card(), "1").await;
        assert_eq!(look().await, (0, crossing), "lower still is the same crossing");
        company.pay("143.80").await;
        assert_eq!(look().await, (0, crossing), "up again");
    }
}

#[tokio::test]
async fn what_lets_somebody_in_is_written_in_their_language_too() {
    let stage = Stage::set().await;
    let (world, manager) = (&stage.world, &stage.manager);
    let last = async |address: &str| world.letters_to(address).await.pop().expect("a letter").subject;
    for (address, subject) in [
        (manager, "Getting into your OKTAN cabinet again"),
        (&stage.company.email, "Восстановление доступа в личный кабинет ОКТАН"),
    ] {
        world.stranger().post("/v1/recovery", json!({ "identifier": address })).await.expect(202);
        assert_eq!(last(address).await, subject);
    }
    let [owner, own] = stage.people().await;
    let change = json!({ "current_password": PASSWORD, "new_password": "lantern-otter-7-petrol" });
    own.post("/v1/password", change.clone()).await.expect(204);
    assert_eq!(last(manager).await, "The password of your cabinet was changed");
    owner.post("/v1/password", change).await.expect(204);
    assert_eq!(last(&stage.company.email).await, "Пароль личного кабинета изменён");
}
