//! Where two things meet: another company's card, tries made at once, two sides' blocks.

use chrono::TimeDelta;
use oktan_shared::table::Throttle;
use oktan_tests::{ADMIN_LOGIN, PASSWORD, World, json};

#[tokio::test]
async fn another_companys_card_tells_nothing_not_even_a_cursor() {
    let world = World::start().await;
    let (own, other) = (world.company().create().await, world.company().create().await);
    for _ in 0..3 {
        other.pump.buy(other.card(), "1").await;
    }
    let page = own.owner().await.get(&format!("/v1/history?card={}&limit=1", other.card())).await.expect(200);
    assert_eq!(page, json!({ "items": [], "next_cursor": null }));
}

#[tokio::test]
async fn wrong_passwords_tried_at_once_are_counted_as_they_begin() {
    let world = World::start().await;
    let owner = world.company().create().await.owner().await;
    let login = owner.get("/v1/session").await.expect(200)["user"]["login"].as_str().unwrap().to_owned();
    for login in [login.as_str(), "nobody-at-all"] {
        let tries = (0..30).map(|_| world.sign_in(login, "a wrong password, once more"));
        let answers = futures::future::join_all(tries).await;
        let heard = answers.iter().filter(|answer| answer.status == 401).count();
        assert_eq!(heard, 5, "{login}");
        for answer in answers.into_iter().filter(|answer| answer.status != 401) {
            let wait: u64 = answer.header("retry-after").parse().unwrap();
            // Half a minute from the last try counted, in whole seconds.
            assert!((1..=31).contains(&wait), "{wait}");
            answer.problem(429, "too_many_attempts");
        }
    }
}

#[tokio::test]
async fn right_passwords_tried_at_once_all_get_in() {
    let world = World::start().await;
    world.admin().await;
    let tries = (0..16).map(|_| world.sign_in(ADMIN_LOGIN, PASSWORD));
    for answer in futures::future::join_all(tries).await {
        answer.expect(200);
    }
}

#[tokio::test]
async fn many_people_of_one_address_do_not_get_in_each_others_way() {
    let world = World::start().await;
    let (table, now) = (&world.app().table, world.now());
    let office = |most| [Throttle::Address("203.0.113.7".to_owned(), most)];
    // A hundred at a time: a call of the store has a second, and parity's functions take their share of the machine.
    for _ in 0..3 {
        let tries = (0..100).map(|_| async { table.take_try(&office(300), now).await.unwrap() });
        assert!(futures::future::join_all(tries).await.iter().all(Result::is_ok));
    }
    assert!(table.take_try(&office(300), now).await.unwrap().is_err());
    table.try_was_right(&office(300)).await.unwrap();
    assert!(table.take_try(&office(300), now).await.unwrap().is_ok());
    let later = now + TimeDelta::minutes(15);
    assert!(table.take_try(&office(300), later).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_check_names_the_reason_that_the_pump_names() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, owner) = (company.card(), company.owner().await);
    let limits = json!([
        { "measure": "litres", "period": "day", "amount": "20" },
        { "measure": "litres", "period": "month", "amount": "20" },
    ]);
    company.limit(card, json!({ "limits": limits })).await;
    company.pump.buy(card, "20").await;
    let said = company.pump.decide(&company.pump.fill(card, "5")).await;
    let check =
        owner.post(&format!("/v1/cards/{card}/check"), json!({ "product": "DT", "quantity": "5" })).await.expect(200);
    assert_eq!(said["reason"]["period"], "month");
    assert_eq!(check["reason"], said["reason"]);
    assert_eq!(company.card_details(card).await["can_fuel_now"]["reason"]["period"], "month");
}

#[tokio::test]
async fn a_capture_has_a_ceiling_in_money_as_an_ask_has() {
    let world = World::start().await;
    let company = world.company().payment("20000000").create().await;
    let ask = company.pump.fill_of(company.card(), "DT", "10000000000.00", "0.001");
    let id = company.pump.decide(&ask).await["authorization_id"].as_str().unwrap().to_owned();
    company.pump.capture(&id, "99999.999").await.field("quantity", "amount_too_large");
    company.pump.capture(&id, "0.001").await.expect(200);
}

#[tokio::test]
async fn a_person_of_many_sessions_sees_them_all() {
    let world = World::start().await;
    let mut last = world.admin().await;
    for _ in 0..120 {
        last = world.admin().await;
    }
    let sessions = last.get("/v1/sessions").await.expect(200);
    let sessions = sessions["items"].as_array().unwrap();
    assert!(sessions.len() >= 120);
    assert_eq!(sessions.iter().filter(|session| session["current"] == true).count(), 1);
}

#[tokio::test]
async fn lifting_one_sides_block_keeps_the_others_reason() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (card, owner, admin) = (company.card(), company.owner().await, world.admin().await);
    owner.post(&format!("/v1/cards/{card}/block"), json!({ "reason": "потеряна" })).await.expect(200);
    admin.post_nothing(&format!("/v1/staff/cards/{card}/block")).await.expect(200);
    owner.post(&format!("/v1/cards/{card}/unblock"), json!({})).await.problem(409, "blocked_by_staff");
    admin.post_nothing(&format!("/v1/staff/cards/{card}/unblock")).await.expect(200);
    let details = company.card_details(card).await;
    assert_eq!((&details["status"], &details["blocked_by_client"]), (&json!("blocked"), &json!(true)));
    assert!(details["blocked_at"].is_string());
}

#[tokio::test]
async fn an_expired_request_keeps_its_answer_after_its_hold_is_dropped() {
    let world = World::start().await;
    let company = world.company().create().await;
    let ask = company.pump.fill(company.card(), "10");
    let first = company.pump.ask(&ask).await;
    world.advance_minutes(31);
    // Dropped by the card's next approval, and by the sweep.
    company.pump.buy(company.card(), "1").await;
    world.tick().await;
    let again = company.pump.ask(&ask).await;
    assert_eq!(again.bytes, first.bytes);
    let id = first.json["authorization_id"].as_str().unwrap();
    let entry = company.pump.capture(id, "10").await.expect(200);
    assert_eq!(entry["flags"], json!(["late"]));
    assert_eq!(company.balance().await["held"], "0.00");
}

#[tokio::test]
async fn a_list_says_which_cards_nothing_limits() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    company.limit(company.card(), json!({ "limits": [{ "measure": "fills", "period": "day", "amount": "2" }] })).await;
    let list = company.owner().await.all("/v1/cards", 50).await;
    let unlimited = |number: &str| list.iter().find(|card| card["number"] == *number).unwrap()["unlimited"].clone();
    assert_eq!((unlimited(company.card()), unlimited(&company.cards[1])), (json!(false), json!(true)));
    company.limit(company.card(), json!({ "limits": [] })).await;
    assert_eq!(company.card_details(company.card()).await["unlimited"], true);
}

#[tokio::test]
async fn a_name_that_looks_like_a_link_stays_below_the_link() {
    let world = World::start().await;
    let mut ask = oktan_tests::company_ask(world.number(), "mail");
    ask["owner"]["full_name"] = json!("https://evil.example/a");
    let address = ask["owner"]["email"].as_str().unwrap().to_owned();
    world.admin().await.post("/v1/staff/companies", ask).await.expect(201);
    let letters = world.letters_to(&address).await;
    let text = &letters.last().unwrap().text;
    let first = text.split_whitespace().find(|word| word.contains("://")).unwrap();
    assert!(first.starts_with(world.stack().base_url.as_str()), "{first}");
}
