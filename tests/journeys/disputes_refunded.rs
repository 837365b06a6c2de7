//! A disputed purchase is returned by two people, once, wherever its card's money lies.

use crate::approvals::{decide, second_admin};
use crate::disputes::{desk, dispute};
use futures::future::join_all;
use oktan_shared::domain::CompanyId;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json, numbers};
use reqwest::Method;

async fn ask(by: &Caller, dispute: &Value, body: Value) -> Answer {
    by.post(&format!("{}/refund", desk(dispute)), body).await
}

async fn account_is_sound(world: &World, company: &Company) {
    let id = CompanyId::parse(&company.id).expect("an id");
    assert!(world.app().table.account(id).await.unwrap().unwrap().identity_holds());
}

async fn state(company: &Company, dispute: &Value) -> Value {
    let path = format!("/v1/disputes/{}", dispute["id"].as_str().expect("an id"));
    company.owner().await.get(&path).await.expect(200)
}

#[tokio::test]
async fn the_money_and_the_litres_come_back_when_another_person_approves() {
    let world = World::start().await;
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let company = world.company().payment("10000.00").create().await;
    let limits = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "50" }] });
    company.limit(company.card(), limits).await;
    let (_, bought) = company.pump.buy(company.card(), "40").await;
    assert_eq!(company.pump.declined(company.card(), "40").await, "limit_exceeded");
    let opened = dispute(&company.owner().await, &bought).await.expect(201);
    ask(&operator, &opened, json!({ "quantity": "40.001" })).await.problem(409, "refund_exceeds_capture");
    ask(&operator, &opened, json!({ "quantity": "0" })).await.field("quantity", "quantity_out_of_range");
    let asked = ask(&operator, &opened, json!({ "reason": "терминал ошибся" })).await.expect(202);
    assert_eq!(
        (&asked["kind"], &asked["before"], &asked["after"]),
        (&json!("dispute_refund"), &json!("0.00"), &json!("2876.00"))
    );
    assert_eq!(
        asked["dispute"],
        json!({ "id": opened["id"], "number": opened["number"], "product": "DT", "quantity": "40.000" })
    );
    assert_eq!(company.balance().await["balance"], "7124.00", "asking changes nothing");
    assert_eq!(state(&company, &opened).await["state"], "open");
    // While it waits nobody does anything else with it.
    ask(&admin, &opened, json!({})).await.problem(409, "approval_pending");
    let refuse = format!("{}/refuse", desk(&opened));
    admin.post(&refuse, json!({ "reason": "нет" })).await.problem(409, "dispute_refund_waits");
    let withdraw = format!("/v1/disputes/{}/withdraw", opened["id"].as_str().unwrap());
    company.owner().await.post_nothing(&withdraw).await.problem(409, "dispute_refund_waits");
    let id = asked["id"].as_str().unwrap();
    decide(&operator, id, "approve", json!({})).await.problem(403, "forbidden");
    decide(&admin, id, "approve", json!({})).await.expect(200);

    assert_eq!(company.balance().await["balance"], "10000.00");
    account_is_sound(&world, &company).await;
    let over = state(&company, &opened).await;
    assert_eq!((&over["state"], &over["outcome"]["amount"]), (&json!("refunded"), &json!("2876.00")));
    let refund = format!("/v1/history/{}", over["outcome"]["refund_id"].as_str().unwrap());
    let entry = company.owner().await.get(&refund).await.expect(200);
    assert_eq!((&entry["type"], &entry["amount"]), (&json!("refund"), &json!("2876.00")));
    assert_eq!((&entry["dispute"]["id"], &entry["purchase_id"]), (&opened["id"], &bought["id"]));
    assert_eq!(company.pump.declined(company.card(), "60").await, "limit_exceeded");
    company.pump.buy(company.card(), "50").await;
    decide(&second_admin(&world).await, id, "approve", json!({})).await.problem(409, "approval_decided");
    ask(&operator, &opened, json!({})).await.problem(409, "dispute_over");
    world.deliver().await;
    let letters = world.notices_to(&company.email).await;
    assert!(
        letters.iter().any(|one| one.subject.contains("возвращены") && one.text.contains("2876.00")),
        "{letters:?}"
    );
}

#[tokio::test]
async fn who_asks_does_not_approve_and_a_refusal_leaves_the_dispute_open() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (_, bought) = company.pump.buy(company.card(), "10").await;
    let opened = dispute(&company.owner().await, &bought).await.expect(201);
    let (admin, other) = (world.admin().await, second_admin(&world).await);
    let asked = ask(&admin, &opened, json!({ "quantity": "4" })).await.expect(202);
    let id = asked["id"].as_str().unwrap();
    decide(&admin, id, "approve", json!({})).await.problem(403, "own_request");
    decide(&other, id, "refuse", json!({ "reason": "мало" })).await.expect(200);
    assert_eq!(state(&company, &opened).await["state"], "open");
    let asked = ask(&admin, &opened, json!({ "quantity": "6" })).await.expect(202);
    decide(&other, asked["id"].as_str().unwrap(), "approve", json!({})).await.expect(200);
    assert_eq!(state(&company, &opened).await["outcome"]["amount"], "431.40");
    account_is_sound(&world, &company).await;
}

#[tokio::test]
async fn of_many_who_ask_and_approve_among_fills_one_gives_back_once() {
    let world = World::start().await;
    let company = world.company().cards(1).purses(1).payment("50000.00").create().await;
    let owner = company.owner().await;
    let purse = company.purses[0].as_str();
    let move_in = json!({ "from": "account", "to": purse, "amount": "20000.00" });
    let transfer = owner.ask(Method::POST, "/v1/transfers").header("idempotency-key", "purse-1");
    transfer.json(&move_in).send().await.expect(201);
    let admins = [world.admin().await, second_admin(&world).await, second_admin(&world).await];
    let operator = world.staff(Role::StaffOperator).await;
    for card in [company.card(), purse] {
        let (_, bought) = company.pump.buy(card, "100").await;
        let before = company.balance().await;
        let opened = dispute(&owner, &bought).await.expect(201);
        let asks = join_all((0..5).map(|_| ask(&operator, &opened, json!({})))).await;
        let asked: Vec<_> = asks.iter().filter(|answer| answer.status == 202).collect();
        assert_eq!(asked.len(), 1, "{asks:?}");
        let id = asked[0].json["id"].as_str().unwrap();
        let fills = async {
            for _ in 0..6 {
                company.pump.buy(card, "1").await;
            }
        };
        let answers = join_all(admins.iter().map(|admin| decide(admin, id, "approve", json!({}))));
        let (answers, ()) = futures::join!(answers, fills);
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        let after = company.balance().await;
        let kopecks = |view: &Value| numbers::units(view["balance"].as_str().unwrap());
        assert_eq!(kopecks(&after) - kopecks(&before), 719_000 - 6 * 7_190, "{before} {after}");
        account_is_sound(&world, &company).await;
    }
    assert_eq!(company.card_details(purse).await["purse"], "19568.60");
}

#[tokio::test]
async fn what_was_returned_at_the_pump_meanwhile_is_not_given_back_again() {
    let world = World::start().await;
    let company = world.company().payment("10000.00").create().await;
    let (purchase, bought) = company.pump.buy(company.card(), "10").await;
    let opened = dispute(&company.owner().await, &bought).await.expect(201);
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let asked = ask(&operator, &opened, json!({})).await.expect(202);
    company.pump.refund(&purchase, "7").await.expect(200);
    decide(&admin, asked["id"].as_str().unwrap(), "approve", json!({})).await.problem(409, "approval_stale");
    assert_eq!(company.balance().await["balance"], "9784.30");
    let again = ask(&operator, &opened, json!({})).await.expect(202);
    assert_eq!((&again["after"], &again["dispute"]["quantity"]), (&json!("215.70"), &json!("3.000")));
    decide(&admin, again["id"].as_str().unwrap(), "approve", json!({})).await.expect(200);
    assert_eq!(company.balance().await["balance"], "10000.00");
    company.pump.refund(&purchase, "0.001").await.problem(409, "refund_exceeds_capture");
}

#[tokio::test]
async fn a_replaced_cards_purchase_gives_back_to_the_card_in_its_place_also_when_the_company_is_suspended() {
    let world = World::start().await;
    let company = world.company().cards(0).purses(1).payment("5000.00").create().await;
    let (owner, card) = (company.owner().await, company.purses[0].as_str());
    let ask_in = owner.ask(Method::POST, "/v1/transfers").header("idempotency-key", "purse-2");
    ask_in.json(&json!({ "from": "account", "to": card, "amount": "1000.00" })).send().await.expect(201);
    let (_, bought) = company.pump.buy(card, "10").await;
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    operator.post(&format!("/v1/staff/cards/{card}/block"), json!({ "reason": "утеряна" })).await.expect(200);
    let replaced = operator.post(&format!("/v1/staff/cards/{card}/replace"), json!({})).await.expect(201);
    let heir = replaced["card"]["number"].as_str().expect("the card in its place");
    let suspend = format!("/v1/staff/companies/{}/suspend", company.id);
    operator.post(&suspend, json!({ "reason": "долг" })).await.expect(200);
    let opened = dispute(&company.owner().await, &bought).await.expect(201);
    let asked = ask(&operator, &opened, json!({})).await.expect(202);
    decide(&admin, asked["id"].as_str().unwrap(), "approve", json!({})).await.expect(200);
    assert_eq!(company.card_details(heir).await["purse"], "1000.00");
    account_is_sound(&world, &company).await;
    assert_eq!(company.balance().await["balance"], "5000.00");
}
