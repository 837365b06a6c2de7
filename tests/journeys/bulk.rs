//! Many cards at once, their groups, and finding one among them.

use oktan_tests::{Company, Role, Value, World, json};

const BULK: &str = "/v1/cards/bulk";

/// Each result without its number, in the order asked.
fn outcomes(answer: &Value) -> Vec<(bool, bool, &str)> {
    let results = answer["results"].as_array().expect("results").iter();
    let outcome = |result: &'_ Value| (result["ok"] == true, result["changed"] == true);
    results.map(|result| (outcome(result).0, outcome(result).1, result["code"].as_str().unwrap_or_default())).collect()
}

async fn statuses(company: &Company) -> Vec<String> {
    let list = company.owner().await.all("/v1/cards", 100).await;
    let status = |number: &String| {
        let card = list.iter().find(|card| card["number"] == json!(number)).expect("the card");
        card["status"].as_str().expect("a status").to_owned()
    };
    company.cards.iter().map(status).collect()
}

#[tokio::test]
async fn cards_are_blocked_together_each_with_a_result_of_its_own() {
    let world = World::start().await;
    let company = world.company().cards(4).create().await;
    let other = world.company().cards(1).create().await;
    let (owner, staff) = (company.owner().await, world.admin().await);
    owner.post_nothing(&format!("/v1/cards/{}/block", company.cards[1])).await.expect(200);
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.cards[2])).await.expect(200);
    let numbers = [company.cards.clone(), vec![other.card().to_owned()]].concat();
    let ask = json!({ "action": "block", "numbers": numbers, "reason": "ночь" });

    let done = owner.post(BULK, ask.clone()).await.expect(200);
    let named: Vec<_> = done["results"].as_array().unwrap().iter().map(|r| r["number"].as_str().unwrap()).collect();
    assert_eq!(named, numbers, "in the order asked");
    let (new, was, not) = ((true, true, ""), (true, false, ""), (false, false, "not_found"));
    assert_eq!(outcomes(&done), [new, was, new, new, not]);
    assert_eq!(statuses(&company).await, ["blocked", "blocked", "blocked_by_staff", "blocked"]);
    assert_eq!(company.card_details(company.card()).await["block_reason"], "ночь");
    company.pump.declined(company.card(), "1").await;
    assert_eq!(other.card_details(other.card()).await["status"], "active");

    assert_eq!(outcomes(&owner.post(BULK, ask).await.expect(200)), [was, was, was, was, not], "again changes nothing");
    let journal = owner.get("/v1/journal").await.expect(200);
    let act = &journal["items"][0];
    assert_eq!((&act["action"], &act["reason"]), (&json!("cards.block"), &json!("ночь")), "one act for the chunk");
    assert_eq!(act["after"]["cards"], json!([company.cards[0], company.cards[2], company.cards[3]]));

    let lifted = owner.post(BULK, json!({ "action": "unblock", "numbers": company.cards })).await.expect(200);
    assert_eq!(outcomes(&lifted), [new, new, (false, false, "blocked_by_staff"), new]);
    company.pump.buy(company.card(), "1").await;
}

#[tokio::test]
async fn labels_come_one_by_one_and_a_group_for_all() {
    let world = World::start().await;
    let company = world.company().cards(3).create().await;
    let manager = company.user(Role::Manager).await;
    let item = |at: usize, label: &str| json!({ "number": company.cards[at], "label": label });
    let items = json!([item(0, "А001ВС 26"), { "number": company.cards[1], "label": "Пётр", "group": "Ночь" }]);
    let done = manager.post(BULK, json!({ "action": "label", "items": items })).await.expect(200);
    assert_eq!(outcomes(&done), [(true, true, ""), (true, true, "")]);
    let card = company.card_details(&company.cards[1]).await;
    assert_eq!((&card["label"], &card["group"]), (&json!("Пётр"), &json!("Ночь")));

    let ask = json!({ "action": "group", "numbers": company.cards, "group": "Самосвалы" });
    manager.post(BULK, ask).await.expect(200);
    let groups = manager.get("/v1/card-groups").await.expect(200);
    assert_eq!(groups["items"], json!([{ "group": "Самосвалы", "cards": 3 }]));
    let items = json!([{ "number": company.cards[2], "group": "" }]);
    manager.post(BULK, json!({ "action": "group", "items": items })).await.expect(200);
    let groups = manager.get("/v1/card-groups").await.expect(200);
    assert_eq!(groups["items"], json!([{ "group": "", "cards": 1 }, { "group": "Самосвалы", "cards": 2 }]));
    assert_eq!(manager.all("/v1/cards?group=", 100).await.len(), 1, "the cards without a group are a list too");
    let journal = manager.get("/v1/journal").await.expect(200);
    let act = &journal["items"][0];
    assert_eq!(act["before"]["names"], json!([format!("{}:  (Самосвалы)", company.cards[2])]));
    assert_eq!(act["after"]["names"], json!([format!("{}:  ()", company.cards[2])]));
}

#[tokio::test]
async fn five_hundred_cards_are_one_call() {
    let world = World::start().await;
    let mut company = world.company().cards(200).create().await;
    company.cards.extend(company.issue(200, "account").await);
    company.cards.extend(company.issue(100, "account").await);
    let owner = company.owner().await;
    let ask = json!({ "action": "block", "numbers": company.cards });
    let done = owner.post(BULK, ask).await.expect(200);
    assert!(outcomes(&done).iter().all(|outcome| *outcome == (true, true, "")));
    assert_eq!(owner.all("/v1/cards?status=blocked", 100).await.len(), 500);
    let acts = owner.all("/v1/journal?q=cards.block", 100).await;
    let mut covered: Vec<_> = acts.iter().flat_map(|act| act["after"]["cards"].as_array().unwrap().clone()).collect();
    covered.sort_by_key(Value::to_string);
    let mut wanted: Vec<Value> = company.cards.iter().map(|number| json!(number)).collect();
    wanted.sort_by_key(Value::to_string);
    assert_eq!(covered, wanted, "the journal has each card once");
    let one_more = [company.cards.clone(), vec!["782648210377".to_owned()]].concat();
    let numbers = json!({ "action": "block", "numbers": one_more });
    assert_eq!(owner.post(BULK, numbers).await.status, 422);
}

#[tokio::test]
async fn a_bulk_call_that_makes_no_sense_is_refused_by_field() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let owner = company.owner().await;
    let (one, two) = (&company.cards[0], &company.cards[1]);
    let cases = [
        (json!({ "action": "block" }), "numbers", "cards_not_chosen"),
        (json!({ "action": "block", "numbers": [one], "items": [] }), "numbers", "cards_not_chosen"),
        (json!({ "action": "block", "numbers": [] }), "numbers", "cards_out_of_range"),
        (json!({ "action": "block", "numbers": [one, two, one] }), "numbers[2]", "card_number_repeated"),
        (json!({ "action": "label", "numbers": [one] }), "label", "required"),
        (json!({ "action": "label", "items": [{ "number": one, "group": "х" }] }), "items[0].label", "required"),
        (json!({ "action": "group", "numbers": [one, two] }), "group", "required"),
        (json!({ "action": "group", "items": [{ "number": one }] }), "items[0].group", "required"),
        (json!({ "action": "block", "numbers": [one, two], "group": "х" }), "group", "not_of_action"),
        (json!({ "action": "block", "items": [{ "number": one, "label": "х" }] }), "items[0].label", "not_of_action"),
        (
            json!({ "action": "group", "items": [{ "number": one, "group": "х" }], "group": "х" }),
            "group",
            "not_of_action",
        ),
        (json!({ "action": "melt", "numbers": [one] }), "action", "unknown_value"),
    ];
    for (ask, field, code) in cases {
        owner.post(BULK, ask).await.field(field, code);
    }
    assert_eq!(statuses(&company).await, ["active", "active"]);
}

#[tokio::test]
async fn an_accountant_may_only_block_and_a_suspended_company_changes_nothing() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let accountant = company.user(Role::Accountant).await;
    accountant.post(BULK, json!({ "action": "block", "numbers": company.cards })).await.expect(200);
    for ask in [
        json!({ "action": "unblock", "numbers": company.cards }),
        json!({ "action": "group", "numbers": company.cards, "group": "х" }),
        json!({ "action": "label", "items": [{ "number": company.card(), "label": "х" }] }),
    ] {
        accountant.post(BULK, ask).await.problem(403, "forbidden");
    }
    let staff = world.admin().await;
    staff.post_nothing(&format!("/v1/staff/companies/{}/suspend", company.id)).await.expect(200);
    let ask = json!({ "action": "unblock", "numbers": company.cards });
    company.owner().await.post(BULK, ask).await.problem(409, "company_suspended");
    assert_eq!(statuses(&company).await, ["blocked", "blocked"]);
}

#[tokio::test]
async fn a_card_is_found_however_its_plate_and_its_number_are_typed() {
    let world = World::start().await;
    let company = world.company().cards(3).create().await;
    let owner = company.owner().await;
    let items = json!([
        { "number": company.cards[0], "label": "А123ВС 26", "group": "Самосвалы" },
        { "number": company.cards[1], "label": "Семён Королёв" },
        { "number": company.cards[2], "label": "Х777ХХ" },
    ]);
    owner.post(BULK, json!({ "action": "label", "items": items })).await.expect(200);
    let number = &company.cards[1];
    let spaced = format!("{} {} {}", &number[..4], &number[4..8], &number[8..]);
    let staff = world.staff(Role::StaffOperator).await;
    for (typed, card) in [
        ("а123вс", 0),
        ("A123BC", 0),
        ("А 123 ВС26", 0),
        ("самосв", 0),
        ("семен королев", 1),
        ("КОРОЛЁВ", 1),
        (&spaced, 1),
        ("x777", 2),
    ] {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish();
        let found = owner.all(&format!("/v1/cards?{query}"), 10).await;
        let numbers: Vec<_> = found.iter().map(|card| card["number"].as_str().unwrap()).collect();
        assert_eq!(numbers, [&company.cards[card]], "{typed}");
        let seen = staff.all(&format!("/v1/staff/companies/{}/cards?{query}", company.id), 10).await;
        assert_eq!(seen, found, "{typed}: staff see what the client sees");
    }
}
