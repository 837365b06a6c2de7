//! A payment's money is taken back by two people, once.

use crate::approvals::{decide, second_admin};
use crate::statement::{import, payment, statement};
use futures::future::join_all;
use oktan_shared::domain::CompanyId;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json};

async fn ask(by: &Caller, entry: &Value) -> Answer {
    let path = format!("/v1/staff/payments/{}/reverse", entry["id"].as_str().expect("an id"));
    by.post(&path, json!({ "reason": "Деньги другой компании" })).await
}

async fn entries(company: &Company) -> Vec<Value> {
    company.owner().await.all("/v1/history", 100).await
}

async fn account_is_sound(world: &World, company: &Company) {
    let id = CompanyId::parse(&company.id).expect("an id");
    assert!(world.app().table.account(id).await.unwrap().unwrap().identity_holds());
}

#[tokio::test]
async fn the_money_is_taken_back_when_another_person_approves_even_below_zero() {
    let world = World::start().await;
    let (accountant, admin) = (world.staff(Role::StaffAccountant).await, world.admin().await);
    let company = world.company().without_payment().create().await;
    let file = statement(&[payment(&company, 500, 100_000)]);
    import(&accountant, file.clone()).await;
    company.pump.buy(company.card(), "10").await;
    let paid = entries(&company).await.into_iter().find(|entry| entry["type"] == "payment").unwrap();
    let asked = ask(&accountant, &paid).await.expect(202);
    assert_eq!(
        (&asked["kind"], &asked["before"], &asked["after"]),
        (&json!("payment_reversal"), &json!("1000.00"), &json!("0.00"))
    );
    let shown = json!({ "id": paid["id"], "document_number": "500", "date": "2026-11-20", "amount": "1000.00" });
    assert_eq!((&asked["payment"], &asked["reason"]), (&shown, &json!("Деньги другой компании")));
    assert_eq!(company.balance().await["balance"], "281.00", "asking changes nothing");
    ask(&admin, &paid).await.problem(409, "approval_pending");
    let id = asked["id"].as_str().unwrap();
    decide(&accountant, id, "approve", json!({})).await.problem(403, "forbidden");
    decide(&admin, id, "approve", json!({})).await.expect(200);

    let balance = company.balance().await;
    assert_eq!((&balance["balance"], &balance["available"]), (&json!("-719.00"), &json!("-719.00")));
    account_is_sound(&world, &company).await;
    let all = entries(&company).await;
    let adjustment = &all[0];
    let facts = ["type", "amount", "payment_id", "document_number", "comment"].map(|name| adjustment[name].clone());
    assert_eq!(
        facts,
        [json!("adjustment"), json!("-1000.00"), paid["id"].clone(), json!("500"), json!("Деньги другой компании")]
    );
    let flagged = all.iter().find(|entry| entry["type"] == "payment").unwrap();
    assert_eq!((&flagged["id"], &flagged["flags"]), (&paid["id"], &json!(["reversed"])));
    let life = company.owner().await.get(&format!("/v1/history/{}", paid["id"].as_str().unwrap())).await.expect(200);
    let events: Vec<_> =
        life["life"].as_array().unwrap().iter().map(|moment| moment["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["posted", "reversed"]);
    assert_eq!(company.owner().await.all("/v1/history?type=adjustment", 10).await, std::slice::from_ref(adjustment));

    ask(&accountant, &paid).await.problem(409, "payment_reversed");
    decide(&second_admin(&world).await, id, "approve", json!({})).await.problem(409, "approval_decided");
    assert_eq!(import(&accountant, file).await["accepted"], json!([]), "the bank's document stays known");
    assert_eq!(company.balance().await["balance"], "-719.00");
}

#[tokio::test]
async fn of_many_who_ask_and_decide_at_once_one_takes_it_back() {
    let world = World::start().await;
    let (accountant, operator) = (world.staff(Role::StaffAccountant).await, world.staff(Role::StaffOperator).await);
    let company = world.company().payment("500.00").create().await;
    let other = company.pay("70.00").await;
    let paid = entries(&company).await.into_iter().find(|entry| entry["amount"] == "500.00").unwrap();
    let asks = join_all((0..6).map(|n| ask(if n % 2 == 0 { &accountant } else { &operator }, &paid))).await;
    let asked: Vec<_> = asks.iter().filter(|answer| answer.status == 202).collect();
    assert_eq!(asked.len(), 1, "{asks:?}");
    // Another payment is another matter, also of a company that is closed.
    let close = format!("/v1/staff/companies/{}/close", company.id);
    let end = operator.post(&close, json!({ "reason": "расторгнут" })).await.expect(202);
    let admins = [world.admin().await, second_admin(&world).await, second_admin(&world).await];
    decide(&admins[0], end["id"].as_str().unwrap(), "approve", json!({})).await.expect(200);
    let second = ask(&operator, &other).await.expect(202);

    let id = asked[0].json["id"].as_str().unwrap();
    let answers = join_all(admins.iter().map(|admin| decide(admin, id, "approve", json!({})))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    decide(&admins[1], second["id"].as_str().unwrap(), "refuse", json!({ "reason": "верно" })).await.expect(200);
    assert_eq!(company.balance().await["balance"], "70.00");
    account_is_sound(&world, &company).await;
    let again = ask(&accountant, &other).await.expect(202);
    decide(&admins[1], again["id"].as_str().unwrap(), "approve", json!({})).await.expect(200);
    assert_eq!(company.balance().await["balance"], "0.00");
}

#[tokio::test]
async fn only_a_payment_is_taken_back_and_only_for_a_reason() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let company = world.company().payment("1000.00").create().await;
    let (_, purchase) = company.pump.buy(company.card(), "1").await;
    ask(&accountant, &purchase).await.problem(404, "not_found");
    ask(&accountant, &json!({ "id": "nonsense" })).await.problem(404, "not_found");
    let paid = entries(&company).await.into_iter().find(|entry| entry["type"] == "payment").unwrap();
    let path = format!("/v1/staff/payments/{}/reverse", paid["id"].as_str().unwrap());
    accountant.post(&path, json!({})).await.field("reason", "required");
    accountant.post(&path, json!({ "reason": "  " })).await.field("reason", "text_too_short");
    world.staff(Role::StaffEditor).await.post(&path, json!({ "reason": "х" })).await.problem(403, "forbidden");
    company.owner().await.post(&path, json!({ "reason": "х" })).await.problem(403, "forbidden");
    let asked = ask(&accountant, &paid).await.expect(202);
    decide(&world.admin().await, asked["id"].as_str().unwrap(), "approve", json!({})).await.expect(200);
    let adjustment = entries(&company).await.into_iter().find(|entry| entry["type"] == "adjustment").unwrap();
    ask(&accountant, &adjustment).await.problem(404, "not_found");
}
