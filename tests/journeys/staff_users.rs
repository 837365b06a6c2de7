//! The staff's own accounts, and the people of any company in the hands of its admins.

use crate::users::activation_token;
use oktan_tests::{PASSWORD, Role, World, json};
use reqwest::Method;

#[tokio::test]
async fn an_admin_adds_a_colleague_who_sets_a_password_by_mail() {
    let world = World::start().await;
    let admin = world.admin().await;
    let ask =
        json!({ "login": "zimina", "full_name": "Зимина Елена", "email": "zimina@oktan.example", "role": "operator" });
    let added = admin.post("/v1/staff/staff-users", ask.clone()).await.expect(201);
    assert_eq!(
        (&added["role"], &added["activated"], &added["phone"]),
        (&json!("operator"), &json!(false), &json!(null))
    );
    admin.post("/v1/staff/staff-users", ask.clone()).await.problem(409, "login_taken");
    let mut owner = ask;
    owner["role"] = json!("owner");
    admin.post("/v1/staff/staff-users", owner).await.field("role", "unknown_value");
    let token = activation_token(&world, "zimina@oktan.example").await;
    world.stranger().post(&format!("/v1/activation/{token}"), json!({ "new_password": PASSWORD })).await.expect(204);
    let session = world.sign_in("zimina", PASSWORD).await.expect(200);
    assert_eq!((&session["user"]["kind"], &session["company"]), (&json!("staff"), &json!(null)));
    let own = world.stranger().with_token(session["token"].as_str());
    own.get("/v1/staff/companies").await.expect(200);
    own.get("/v1/staff/staff-users").await.problem(403, "forbidden");

    let path = format!("/v1/staff/staff-users/{}", added["id"].as_str().unwrap());
    let editor = json!({ "role": "editor" });
    admin.ask(Method::PATCH, &path).json(&editor).send().await.expect(200);
    own.get("/v1/staff/companies").await.problem(403, "forbidden");
    admin.post_nothing(&format!("{path}/credentials")).await.expect(202);
    let newer = activation_token(&world, "zimina@oktan.example").await;
    assert_ne!(token, newer);
    admin.delete(&format!("{path}/totp")).await.problem(409, "totp_not_enabled");
    admin.delete(&path).await.expect(204);
    own.get("/v1/session").await.problem(401, "not_signed_in");
    world.sign_in("zimina", PASSWORD).await.problem(401, "invalid_credentials");

    let listed = admin.all("/v1/staff/staff-users", 1).await;
    let listed: Vec<_> = listed.iter().map(|user| (user["login"].as_str().unwrap(), user["active"] == true)).collect();
    assert_eq!(listed, [("admin", true), ("zimina", false)]);
    let acts = world.app().table.acts(None, 0, 100).await.unwrap();
    let acts: Vec<_> = acts.iter().map(|link| link.act.action.as_str()).collect();
    let done = ["user.create", "user.edit", "user.credentials", "password.activate", "user.deactivate"];
    for action in done {
        assert!(acts.contains(&action), "{action} is not in {acts:?}");
    }
}

#[tokio::test]
async fn an_admin_manages_the_people_of_a_company_in_its_own_journal() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let admin = world.admin().await;
    let path = format!("/v1/staff/companies/{}/users", company.id);
    let ask =
        json!({ "login": "petrova", "full_name": "Петрова", "email": "petrova@people.example", "role": "manager" });
    let added = admin.post(&path, ask.clone()).await.expect(201);
    world.staff(Role::StaffOperator).await.post(&path, ask.clone()).await.problem(403, "forbidden");
    admin.post("/v1/staff/companies/10000000/users", ask).await.problem(404, "not_found");
    let token = activation_token(&world, "petrova@people.example").await;
    world.stranger().post(&format!("/v1/activation/{token}"), json!({ "new_password": PASSWORD })).await.expect(204);
    let user = format!("/v1/staff/users/{}", added["id"].as_str().unwrap());
    let change = json!({ "role": "viewer", "phone": "+7 900 111-22-33" });
    let changed = admin.ask(Method::PATCH, &user).json(&change).send().await.expect(200);
    assert_eq!((&changed["role"], &changed["phone"]), (&json!("viewer"), &json!("+7 900 111-22-33")));
    let gone = admin.ask(Method::PATCH, &user).json(&json!({ "active": false })).send().await.expect(200);
    assert_eq!(gone["active"], false);
    world.sign_in("petrova", PASSWORD).await.problem(401, "invalid_credentials");
    let acts = world.app().table.acts(company.id.parse().ok(), 0, 100).await.unwrap();
    let by_admin =
        acts.iter().filter(|link| link.act.subject == "user petrova" && link.act.actor.role == Role::StaffAdmin);
    let by_admin: Vec<_> = by_admin.map(|link| link.act.action.as_str()).collect();
    assert_eq!(by_admin, ["user.create", "user.edit", "user.deactivate"]);
    let edit = acts.iter().find(|link| link.act.action == "user.edit").unwrap();
    assert_eq!((&edit.act.before["role"], &edit.act.after["role"]), (&json!("manager"), &json!("viewer")));
}
