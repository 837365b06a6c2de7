//! Payments of unknown payers: each is posted once, to one company.

use futures::future::join_all;
use oktan_tests::{Answer, Caller, Role, Value, World, json};
use reqwest::Method;

const UNMATCHED: &str = "/v1/staff/payments/unmatched";

async fn record(by: &Caller, key: &str, amount: &str) -> Answer {
    let body = json!({
        "payer_inn": "2622542570", "payer_name": "ООО \"Колос\"", "amount": amount, "date": "2026-11-20",
        "document_number": "500", "purpose": "За топливо, договор не указан",
    });
    by.ask(Method::POST, UNMATCHED).header("idempotency-key", key).json(&body).send().await
}

async fn assign(by: &Caller, payment: &Value, company: &str) -> Answer {
    let path = format!("{UNMATCHED}/{}/assign", payment["id"].as_str().expect("an id"));
    by.post(&path, json!({ "company_id": company })).await
}

#[tokio::test]
async fn a_payment_waits_until_its_payer_is_known_and_is_posted_once() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let (one, other) = (world.company().create().await, world.company().create().await);
    let before = one.balance().await["balance"].clone();
    let payment = record(&accountant, "k-1", "1500.00").await.expect(201);
    assert_eq!((&payment["amount"], &payment["company_id"]), (&json!("1500.00"), &Value::Null));
    let again = record(&accountant, "k-1", "1500.00").await;
    assert_eq!((again.header("idempotent-replayed"), &again.json), ("true", &payment));
    record(&accountant, "k-1", "1500.01").await.problem(409, "idempotency_key_reused");
    assert_eq!(accountant.all(UNMATCHED, 10).await, std::slice::from_ref(&payment));
    assert_eq!(one.balance().await["balance"], before, "it is nobody's yet");

    let entry = assign(&accountant, &payment, &one.id).await.expect(200);
    assert_eq!((&entry["type"], &entry["amount"]), (&json!("payment"), &json!("1500.00")));
    assert_eq!((one.balance().await["balance"].as_str(), before.as_str()), (Some("101500.00"), Some("100000.00")));
    assert_eq!(assign(&accountant, &payment, &one.id).await.expect(200), entry);
    assign(&accountant, &payment, &other.id).await.problem(409, "payment_assigned");
    assert_eq!(one.balance().await["balance"], "101500.00");
    assert_eq!(accountant.all(UNMATCHED, 10).await, Vec::<Value>::new());
    let assigned = accountant.all(&format!("{UNMATCHED}?state=assigned"), 10).await;
    assert_eq!((assigned.len(), &assigned[0]["company_id"]), (1, &json!(one.id)));
    // The company's own people see a payment, and not that nobody knew whose it was.
    let journal = one.owner().await.get("/v1/journal").await.expect(200);
    let act = &journal["items"][0];
    assert_eq!((&act["action"], &act["after"]["payer_name"]), (&json!("payment.assign"), &Value::Null));
}

#[tokio::test]
async fn of_many_who_assign_one_payment_at_once_one_does() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let (one, other) = (world.company().create().await, world.company().create().await);
    let payment = record(&accountant, "k-2", "700.00").await.expect(201);
    let calls = (0..12).map(|n| assign(&accountant, &payment, if n % 2 == 0 { &one.id } else { &other.id }));
    let answers = join_all(calls).await;
    let ids: Vec<_> = answers.iter().filter(|answer| answer.status == 200).map(|a| a.json["id"].clone()).collect();
    assert!(!ids.is_empty() && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    for refused in answers.into_iter().filter(|answer| answer.status != 200) {
        refused.problem(409, "payment_assigned");
    }
    let mut balances = [one.balance().await["balance"].clone(), other.balance().await["balance"].clone()];
    balances.sort_by_key(ToString::to_string);
    assert_eq!(balances, [json!("100000.00"), json!("100700.00")]);
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    record(&accountant, "k-3", "0").await.field("amount", "amount_not_positive");
    let payment = record(&accountant, "k-3", "1").await.expect(201);
    assign(&accountant, &payment, "10000000").await.field("company_id", "company_unknown");
    let path = format!("{UNMATCHED}/{}/assign", uuid::Uuid::new_v4());
    let company = world.company().create().await;
    accountant.post(&path, json!({ "company_id": company.id })).await.problem(404, "not_found");
    assign(&world.staff(Role::StaffOperator).await, &payment, &company.id).await.problem(403, "forbidden");
    accountant.get(&format!("{UNMATCHED}?cursor=x")).await.field("cursor", "cursor_invalid");
}
