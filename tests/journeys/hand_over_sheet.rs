//! The sheet that goes with the cards, read as a person reads it.

use lopdf::Document;
use oktan_tests::{Answer, Caller, PASSWORD, Role, Value, World, company_ask, json};

async fn sheet(by: &Caller, company: &str, ask: Value) -> Answer {
    by.post(&format!("/v1/staff/companies/{company}/hand-over-sheet"), ask).await
}

/// The text of each page, without blanks: the fours of a number and the words of a line are drawn apart.
fn pages(answer: &Answer) -> Vec<String> {
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/pdf"), "{answer}");
    let document = Document::load_mem(&answer.bytes).expect("a PDF");
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let text = |page: &u32| document.extract_text(&[*page]).expect("a text");
    numbers.iter().map(text).map(|text| text.split_whitespace().collect()).collect()
}

fn has(page: &str, text: &str) -> bool {
    page.contains(&text.split_whitespace().collect::<String>())
}

/// A company whose owner got a one-time password: its id, the login, the password, its cards.
async fn new_company(world: &World, cards: usize) -> (String, String, String, Vec<String>) {
    let staff = world.admin().await;
    let created = staff.post("/v1/staff/companies", company_ask(world.number(), "hand_over")).await.expect(201);
    let text = |pointer: &str| created.pointer(pointer).and_then(Value::as_str).expect("a text").to_owned();
    let id = text("/company/id");
    let ask: Vec<Value> = (0..cards).map(|n| json!({ "label": format!("А{n:03}ВС 26") })).collect();
    let issued = staff.post(&format!("/v1/staff/companies/{id}/cards"), json!({ "cards": ask })).await.expect(201);
    let numbers =
        issued["cards"].as_array().expect("cards").iter().map(|card| card["number"].as_str().unwrap().to_owned());
    (id, text("/owner/login"), text("/owner/one_time_password"), numbers.collect())
}

#[tokio::test]
async fn the_sheet_names_the_parties_the_cards_and_the_way_in() {
    let world = World::start().await;
    let operator = world.staff(Role::StaffOperator).await;
    let (id, login, password, cards) = new_company(&world, 3).await;
    let before = world.dump_of_effects().await;
    let answer = sheet(&operator, &id, json!({ "one_time_password": password })).await;
    let pages = pages(&answer);
    assert_eq!(pages.len(), 1, "{pages:?}");
    let name = "ООО \"Колос-1\"";
    let entrance = format!("{}login", world.app().config.base_url);
    for text in [
        "НК «ОКТАН»",
        name,
        "ИНН 262",
        "КПП 262201001",
        "/26-Т от 15.01.2026",
        "А001ВС 26",
        &login,
        &password,
        &entrance,
    ] {
        assert!(has(&pages[0], text), "{text} is not on {}", pages[0]);
    }
    for card in &cards {
        assert!(has(&pages[0], card), "{card} is not on {}", pages[0]);
    }
    assert!(has(&pages[0], "Всего карт: 3") && has(&pages[0], "Передал") && has(&pages[0], "Принял"));
    assert_eq!(world.dump_of_effects().await, before, "printing changed something");
    assert!(answer.bytes.len() < 60_000, "{} bytes: only the letters that are used", answer.bytes.len());
    // The same moment, the same bytes.
    let document = Document::load_mem(&answer.bytes).unwrap();
    assert_eq!(document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"ru");

    let some = sheet(&operator, &id, json!({ "numbers": [cards[1]] })).await;
    let page = self::pages(&some).concat();
    assert!(has(&page, &cards[1]) && !has(&page, &cards[0]) && !has(&page, &password));
    let none = self::pages(&sheet(&operator, &id, json!({ "numbers": [] })).await).concat();
    assert!(has(&none, "Акт передачи доступа") && !has(&none, "Номер карты"));
}

#[tokio::test]
async fn many_cards_are_several_pages_each_with_the_tables_head() {
    let world = World::start().await;
    let (id, _, _, cards) = new_company(&world, 120).await;
    let pages = pages(&sheet(&world.admin().await, &id, json!({})).await);
    assert!(pages.len() >= 3, "{}", pages.len());
    let text = pages.concat();
    for card in &cards {
        assert_eq!(text.matches(card.as_str()).count(), 1, "{card}");
    }
    for (at, page) in pages.iter().enumerate() {
        assert!(has(page, &format!("стр. {} из {}", at + 1, pages.len())));
        assert!(!cards.iter().any(|card| page.contains(card.as_str())) || has(page, "Номер карты"), "{page}");
    }
}

#[tokio::test]
async fn a_password_that_lets_nobody_in_is_not_printed() {
    let world = World::start().await;
    let (staff, (id, login, password, cards)) = (world.admin().await, new_company(&world, 1).await);
    let wrong = json!({ "one_time_password": "aaaa-bbbb-cccc-dddd" });
    sheet(&staff, &id, wrong).await.field("one_time_password", "password_not_current");
    let signed = world.sign_in(&login, &password).await.expect(200);
    let owner = world.stranger().with_token(signed["token"].as_str());
    let change = json!({ "current_password": password, "new_password": "walnut-harbour-41-cello" });
    owner.post("/v1/password", change).await.expect(204);
    for over in [password.as_str(), "walnut-harbour-41-cello", PASSWORD] {
        sheet(&staff, &id, json!({ "one_time_password": over }))
            .await
            .field("one_time_password", "password_not_current");
    }
    let other = world.company().create().await;
    sheet(&staff, &id, json!({ "numbers": [cards[0], other.card()] })).await.field("numbers[1]", "card_unknown");
    sheet(&staff, &id, json!({ "numbers": [cards[0], cards[0]] })).await.field("numbers[1]", "card_unknown");
    sheet(&staff, "10000000", json!({})).await.problem(404, "not_found");
}
