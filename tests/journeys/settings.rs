//! What is on file of a company, and how it is asked to be corrected.

use oktan_tests::{Role, Value, World, json};
use reqwest::Method;

#[tokio::test]
async fn a_companys_people_see_what_is_on_file_and_ask_for_a_correction() {
    let world = World::start().await;
    let company = world.company().create().await;
    let viewer = company.user(Role::Viewer).await;
    let profile = viewer.get("/v1/company").await.expect(200);
    assert_eq!((&profile["id"], &profile["inn"]), (&json!(company.id), &json!(company.inn)));
    assert_eq!((&profile["status"], &profile["time_zone"]), (&json!("active"), &json!("Europe/Moscow")));
    assert_eq!(profile["contact"]["full_name"], "Иванов Пётр Сергеевич");

    let ask = json!({ "what": "contact", "body": "Теперь это Сидорова А. П.,\n+7 (8652) 18-42-26" });
    let send =
        || viewer.ask(Method::POST, "/v1/company/corrections").header("idempotency-key", "c-1").json(&ask).send();
    let ticket = send().await.expect(201);
    assert_eq!((&ticket["topic"], &ticket["state"]), (&json!("correction"), &json!("waiting")));
    assert_eq!(ticket["subject"], "Исправить контактное лицо");
    let again = send().await;
    assert_eq!((again.header("idempotent-replayed"), &again.json["id"]), ("true", &ticket["id"]));
    let queue = world.staff(Role::StaffOperator).await.all("/v1/staff/tickets", 10).await;
    assert_eq!(
        (queue.len(), &queue[0]["topic"], &queue[0]["company"]["id"]),
        (1, &json!("correction"), &json!(company.id))
    );
    viewer
        .post("/v1/company/corrections", json!({ "what": "balance", "body": "х" }))
        .await
        .field("what", "unknown_value");
    world.admin().await.get("/v1/company").await.problem(403, "forbidden");
}

#[tokio::test]
async fn what_one_company_chose_another_does_not_see() {
    let world = World::start().await;
    let (one, other) = (world.company().create().await, world.company().create().await);
    let owner = one.owner().await;
    owner.patch("/v1/settings", json!({ "low_balance": "700.00" })).await.expect(200);
    assert_eq!(other.owner().await.get("/v1/settings").await.expect(200)["low_balance"], Value::Null);
    let act = owner.get("/v1/journal").await.expect(200)["items"][0].clone();
    assert_eq!((&act["action"], &act["after"]["low_balance"]), (&json!("settings.edit"), &json!("700.00")));
    one.user(Role::Manager)
        .await
        .patch("/v1/settings", json!({ "low_balance": "1.00" }))
        .await
        .problem(403, "forbidden");
}
