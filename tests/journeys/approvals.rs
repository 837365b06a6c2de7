//! What one person of the staff asks for and another decides: credit limits, and the rules of any approval.

use crate::device::Device;
use futures::future::join_all;
use oktan_shared::domain::CompanyId;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json};
use reqwest::Method;

/// Another admin than the first.
pub async fn second_admin(world: &World) -> Caller {
    let person = world.newcomer(None, Role::StaffAdmin).await;
    world.session(&person).await
}

/// Asks for a credit limit; the approval's id.
async fn ask(who: &Caller, company: &Company, limit: &str) -> String {
    let path = format!("/v1/staff/companies/{}/credit", company.id);
    let asked = who.post(&path, json!({ "credit_limit": limit, "reason": "сезон" })).await.expect(202);
    asked["id"].as_str().expect("an id").to_owned()
}

/// Decides.
pub async fn decide(who: &Caller, id: &str, what: &str, body: Value) -> Answer {
    who.post(&format!("/v1/staff/approvals/{id}/{what}"), body).await
}

async fn list(who: &Caller, state: &str) -> Vec<Value> {
    who.all(&format!("/v1/staff/approvals?state={state}"), 100).await
}

async fn actions(world: &World, company: &Company) -> Vec<(String, String, Value)> {
    let links = world.app().table.acts(CompanyId::parse(&company.id).ok(), 0, 500).await.expect("the journal");
    let acts = links.into_iter().map(|link| link.act).filter(|act| act.action.contains("credit_limit"));
    acts.map(|act| (act.action, act.actor.login.to_string(), json!([act.before, act.after]))).collect()
}

#[tokio::test]
async fn a_credit_limit_moves_what_is_available_when_another_person_approves() {
    let world = World::start().await;
    let company = world.company().payment("100.00").create().await;
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let before = company.balance().await;
    let id = ask(&operator, &company, "5000.5").await;
    assert_eq!(company.balance().await["available"], "100.00", "asking changes nothing");
    assert_eq!(company.pump.declined(company.card(), "10").await, "insufficient_funds");
    let open = list(&operator, "open").await;
    let expected = json!({
        "id": id, "kind": "credit_limit", "company": { "id": company.id, "name": open[0]["company"]["name"] },
        "asked_by": { "login": "staff-operator", "full_name": "Сидорова Анна Павловна" },
        "asked_at": open[0]["asked_at"], "before": "0.00", "after": "5000.50", "payment": null, "dispute": null, "reason": "сезон", "state": "open",
        "decided_by": null, "decided_at": null, "refusal_reason": null,
    });
    assert_eq!(open, [expected]);
    let approved = decide(&admin, &id, "approve", json!({})).await.expect(200);
    assert_eq!((&approved["state"], &approved["decided_by"]["login"]), (&json!("approved"), &json!("admin")));
    let after = company.balance().await;
    assert_eq!((&after["available"], &after["credit_limit"]), (&json!("5100.50"), &json!("5000.50")));
    assert_eq!((&after["balance"], &after["held"]), (&before["balance"], &before["held"]));
    company.pump.buy(company.card(), "10").await;
    assert_eq!(company.balance().await["balance"], "-619.00");
    assert!(list(&operator, "open").await.is_empty());
    assert_eq!(list(&operator, "closed").await, [approved]);
    let moved = json!([{ "credit_limit": "0.00" }, { "credit_limit": "5000.50" }]);
    let expected = [
        ("credit_limit.ask".to_owned(), "staff-operator".to_owned(), moved.clone()),
        ("credit_limit.approve".to_owned(), "admin".to_owned(), moved),
    ];
    assert_eq!(actions(&world, &company).await, expected);
    let account = world.app().table.account(CompanyId::parse(&company.id).unwrap()).await.unwrap().unwrap();
    assert!(account.identity_holds());
}

#[tokio::test]
async fn credit_in_use_is_not_taken_away() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let id = ask(&operator, &company, "1000.00").await;
    decide(&admin, &id, "approve", json!({})).await.expect(200);
    let lower = ask(&operator, &company, "300.00").await;
    let held = company.pump.hold(company.card(), "10").await;
    decide(&admin, &lower, "approve", json!({})).await.problem(409, "credit_in_use");
    let path = format!("/v1/staff/companies/{}/credit", company.id);
    let again = operator.post(&path, json!({ "credit_limit": "200.00" })).await;
    again.problem(409, "credit_in_use");
    assert_eq!(list(&admin, "open").await.len(), 1, "it can still be done later");
    company.pump.reverse(&held).await.expect(200);
    decide(&admin, &lower, "approve", json!({})).await.expect(200);
    let balance = company.balance().await;
    assert_eq!((&balance["available"], &balance["credit_limit"]), (&json!("300.00"), &json!("300.00")));
    for wrong in ["-1", "1.001", "10000000000.01", "", "1e3"] {
        operator.post(&path, json!({ "credit_limit": wrong })).await.expect(422);
    }
    operator.post(&path, json!({ "credit_limit": "300" })).await.field("credit_limit", "credit_unchanged");
    let nobody = "/v1/staff/companies/10000000/credit";
    operator.post(nobody, json!({ "credit_limit": "300" })).await.problem(404, "not_found");
}

#[tokio::test]
async fn nobody_decides_what_they_asked_for() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (admin, other) = (world.admin().await, second_admin(&world).await);
    let id = ask(&admin, &company, "1000.00").await;
    let before = world.dump_of_effects().await;
    decide(&admin, &id, "approve", json!({})).await.problem(403, "own_request");
    decide(&admin, &id, "refuse", json!({ "reason": "передумал" })).await.problem(403, "own_request");
    for role in [Role::StaffOperator, Role::StaffAccountant] {
        decide(&world.staff(role).await, &id, "approve", json!({})).await.problem(403, "forbidden");
    }
    decide(&other, "6f1c0d0c-3d5e-4a52-9c7e-1f6f0a3b2c1d", "approve", json!({})).await.problem(404, "not_found");
    decide(&other, "nonsense", "approve", json!({})).await.problem(404, "not_found");
    assert_eq!(company.balance().await["credit_limit"], "0.00");
    let after = world.dump_of_effects().await;
    let moved: Vec<_> = after.iter().filter(|(key, row)| before.get(*key) != Some(row)).map(|(key, _)| key).collect();
    assert!(moved.iter().all(|key| !key.contains("APPROVAL") && !key.contains(&company.id)), "{moved:?}");
    decide(&other, &id, "approve", json!({})).await.expect(200);
    assert_eq!(company.balance().await["credit_limit"], "1000.00");
}

#[tokio::test]
async fn many_who_decide_at_once_have_one_effect() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let operator = world.staff(Role::StaffOperator).await;
    let mut admins = vec![world.admin().await];
    for _ in 0..3 {
        admins.push(second_admin(&world).await);
    }
    for round in 1..=4u32 {
        let id = ask(&operator, &company, &format!("{round}000.00")).await;
        let calls = admins.iter().zip(0..).map(|(admin, n)| {
            let (what, body) = match n {
                3 => ("refuse", json!({ "reason": "нет" })),
                _ => ("approve", json!({})),
            };
            decide(admin, &id, what, body)
        });
        let answers = join_all(calls).await;
        let done: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(done.len(), 1, "{answers:?}");
        assert!(
            answers.iter().all(|answer| answer.status == 200 || answer.code() == "approval_decided"),
            "{answers:?}"
        );
        let limit = if done[0].json["state"] == "approved" { round } else { round - 1 };
        let balance = company.balance().await;
        if limit == round {
            assert_eq!(balance["credit_limit"], format!("{round}000.00"));
        }
        assert_eq!(balance["credit_limit"], balance["available"], "moved once");
    }
    let acts = actions(&world, &company).await;
    assert_eq!(acts.len(), 8, "one for asking, one for deciding: {acts:?}");
}

#[tokio::test]
async fn the_same_thing_waits_once_and_a_refusal_says_why() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (operator, accountant) = (world.staff(Role::StaffOperator).await, world.staff(Role::StaffAccountant).await);
    let admin = world.admin().await;
    let path = format!("/v1/staff/companies/{}/credit", company.id);
    let asks = join_all((1..=8).map(|n| {
        let who = if n % 2 == 0 { &operator } else { &accountant };
        who.post(&path, json!({ "credit_limit": format!("{n}.00") }))
    }));
    let answers = asks.await;
    let asked: Vec<_> = answers.iter().filter(|answer| answer.status == 202).collect();
    assert_eq!(asked.len(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.status == 202 || answer.code() == "approval_pending"), "{answers:?}");
    // Another kind is another thing.
    let close = format!("/v1/staff/companies/{}/close", company.id);
    accountant.post(&close, json!({ "reason": "расторгнут" })).await.expect(202);
    assert_eq!(list(&operator, "open").await.len(), 2);

    let id = asked[0].json["id"].as_str().unwrap();
    decide(&admin, id, "refuse", json!({})).await.field("reason", "required");
    decide(&admin, id, "refuse", json!({ "reason": " " })).await.field("reason", "text_too_short");
    let refused = decide(&admin, id, "refuse", json!({ "reason": "долг" })).await.expect(200);
    assert_eq!((&refused["state"], &refused["refusal_reason"]), (&json!("refused"), &json!("долг")));
    decide(&admin, id, "refuse", json!({ "reason": "долг" })).await.problem(409, "approval_decided");
    decide(&admin, id, "approve", json!({})).await.problem(409, "approval_decided");
    assert_eq!(company.balance().await["credit_limit"], "0.00");
    let again = ask(&operator, &company, "700.00").await;
    decide(&admin, &again, "approve", json!({})).await.expect(200);
    assert_eq!(company.balance().await["credit_limit"], "700.00");
}

#[tokio::test]
async fn what_moved_meanwhile_is_not_approved() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let credit = ask(&operator, &company, "1000.00").await;
    let path = format!("/v1/staff/companies/{}", company.id);
    let contact = json!({ "contact": { "email": "new@client.example" } });
    let email =
        operator.ask(Method::PATCH, &path).json(&contact).send().await.expect(202)["id"].as_str().unwrap().to_owned();
    let end = operator.post(&format!("{path}/close"), json!({ "reason": "расторгнут" })).await.expect(202);
    decide(&admin, end["id"].as_str().unwrap(), "approve", json!({})).await.expect(200);
    for id in [&credit, &email] {
        decide(&admin, id, "approve", json!({})).await.problem(409, "approval_stale");
        decide(&admin, id, "approve", json!({})).await.problem(409, "approval_decided");
    }
    let over = list(&admin, "closed").await;
    let states: Vec<_> = over.iter().map(|approval| approval["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["superseded", "superseded", "approved"]);
    assert_eq!(company.balance().await["credit_limit"], "0.00");
    let company = admin.get(&path).await.expect(200);
    assert_ne!(company["contact"]["email"], "new@client.example");
}

#[tokio::test]
async fn approvals_are_listed_page_by_page() {
    let world = World::start().await;
    let operator = world.staff(Role::StaffOperator).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        let company = world.company().cards(0).without_payment().create().await;
        ids.push(ask(&operator, &company, "10.00").await);
    }
    ids.reverse();
    let listed = operator.all("/v1/staff/approvals", 2).await;
    let listed: Vec<_> = listed.iter().map(|approval| approval["id"].as_str().unwrap()).collect();
    assert_eq!(listed, ids, "newest first, open ones unless asked otherwise");
    let page = operator.get("/v1/staff/approvals?limit=2").await.expect(200);
    let foreign = format!("/v1/staff/approvals?state=closed&cursor={}", page["next_cursor"].as_str().unwrap());
    operator.get(&foreign).await.field("cursor", "cursor_invalid");
    operator.get("/v1/staff/approvals?state=lost").await.field("state", "unknown_value");
    world.staff(Role::StaffEditor).await.get("/v1/staff/approvals").await.problem(403, "forbidden");
}

#[tokio::test]
async fn who_has_a_second_factor_gives_a_fresh_code_to_approve() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let device = Device::of(&world, &admin).await;
    let id = ask(&operator, &company, "1000.00").await;
    decide(&admin, &id, "approve", json!({})).await.problem(403, "totp_required");
    decide(&admin, &id, "approve", json!({ "totp": device.wrong() })).await.problem(403, "totp_wrong");
    let code = device.code();
    crate::device::sign_in(&world, oktan_tests::ADMIN_LOGIN, oktan_tests::PASSWORD, code.as_str()).await.expect(200);
    decide(&admin, &id, "approve", json!({ "totp": code })).await.problem(403, "totp_wrong");
    assert_eq!(company.balance().await["credit_limit"], "0.00");
    device.rest();
    decide(&admin, &id, "approve", json!({ "totp": device.code() })).await.expect(200);
    assert_eq!(company.balance().await["credit_limit"], "1000.00");
    // Refusing takes none; wrong ones are counted, and the right one is then not heard either.
    let id = ask(&operator, &company, "2000.00").await;
    for _ in 0..5 {
        decide(&admin, &id, "approve", json!({ "totp": device.wrong() })).await.problem(403, "totp_wrong");
    }
    decide(&admin, &id, "approve", json!({ "totp": device.code() })).await.problem(429, "too_many_attempts");
    decide(&admin, &id, "refuse", json!({ "reason": "нет" })).await.expect(200);
}
