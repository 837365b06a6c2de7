//! Cards that start blocked, and a card that staff find by its number alone.

use oktan_tests::{Role, Value, World, json, numbers};

#[tokio::test]
async fn a_card_may_start_blocked_until_it_is_handed_over() {
    let world = World::start().await;
    let company = world.company().cards(0).create().await;
    let staff = world.staff(Role::StaffOperator).await;
    let path = format!("/v1/staff/companies/{}/cards", company.id);
    let ask = json!({ "cards": [{ "label": "А001ВС 26", "blocked": true }, { "label": "А002ВС 26" }] });
    let issued = staff.post(&path, ask).await.expect(201);
    let number = |at: usize| issued["cards"][at]["number"].as_str().expect("a number").to_owned();
    let (waiting, free) = (number(0), number(1));
    assert_eq!(
        (&issued["cards"][0]["status"], &issued["cards"][1]["status"]),
        (&json!("blocked_by_staff"), &json!("active"))
    );
    assert_eq!(company.pump.declined(&waiting, "1").await, "card_blocked");
    company.pump.buy(&free, "1").await;
    let details = company.card_details(&waiting).await;
    assert_eq!((&details["blocked_by_staff"], &details["block_reason"]), (&json!(true), &json!("До передачи карты")));
    assert!(details["blocked_at"].is_string());
    let owner = company.owner().await;
    owner.post_nothing(&format!("/v1/cards/{waiting}/unblock")).await.problem(409, "blocked_by_staff");
    let act =
        owner.all("/v1/journal", 50).await.into_iter().find(|act| act["action"] == "cards.issue").expect("the act");
    assert_eq!(act["after"], json!({ "cards": [waiting, free], "blocked": [waiting] }));
    staff.post_nothing(&format!("/v1/staff/cards/{waiting}/unblock")).await.expect(200);
    company.pump.buy(&waiting, "1").await;
    assert_eq!(company.card_details(&waiting).await["block_reason"], Value::Null);
}

#[tokio::test]
async fn staff_find_a_card_by_its_number_as_its_client_sees_it() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    company.limit(card, json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "60" }] })).await;
    company.pump.hold(card, "10").await;
    for role in [Role::StaffOperator, Role::StaffAccountant, Role::StaffAdmin] {
        let staff = world.staff(role).await;
        let mut seen = staff.get(&format!("/v1/staff/cards/{card}")).await.expect(200);
        let whose = seen.as_object_mut().expect("an object").remove("company").expect("whose it is");
        assert_eq!((&whose["id"], &whose["status"]), (&json!(company.id), &json!("active")));
        assert!(whose["name"].as_str().expect("a name").contains("Колос"));
        assert_eq!(seen, company.card_details(card).await);
        let rules = staff.get(&format!("/v1/staff/cards/{card}/limits")).await.expect(200);
        assert_eq!(rules, company.owner().await.get(&format!("/v1/cards/{card}/limits")).await.expect(200));
    }
    let staff = world.staff(Role::StaffOperator).await;
    let nobodys = numbers::luhn("782610000000000001");
    for path in [format!("/v1/staff/cards/{nobodys}"), format!("/v1/staff/cards/{nobodys}/limits")] {
        staff.get(&path).await.problem(404, "not_found");
    }
    world.staff(Role::StaffEditor).await.get(&format!("/v1/staff/cards/{card}")).await.problem(403, "forbidden");
}
