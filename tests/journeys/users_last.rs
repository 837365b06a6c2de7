//! A company keeps an owner, and the staff an admin, whoever removes whom at the same moment.

use futures::future::join;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::people::Person;
use oktan_shared::table::OWNERS_MAX;
use oktan_tests::{Answer, Caller, Role, World, json};
use reqwest::Method;

/// Rounds of two who remove each other at once.
const ROUNDS: usize = 40;

async fn patch(caller: &Caller, path: &str, body: oktan_tests::Value) -> Answer {
    caller.ask(Method::PATCH, path).json(&body).send().await
}

#[tokio::test]
async fn the_last_owner_stays() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let first = company.owner().await;
    let me = first.get("/v1/session").await.expect(200)["user"]["id"].as_str().unwrap().to_owned();
    let own = format!("/v1/users/{me}");
    let admin = world.admin().await;
    let of_staff = format!("/v1/staff/users/{me}");
    // Deactivated owners and managers are none.
    let former = company.newcomer(Role::Owner).await;
    first.delete(&format!("/v1/users/{}", former.id)).await.expect(204);
    company.newcomer(Role::Manager).await;
    for (caller, path) in [(&first, &own), (&admin, &of_staff)] {
        patch(caller, path, json!({ "role": "manager" })).await.problem(409, "last_owner");
        patch(caller, path, json!({ "active": false })).await.problem(409, "last_owner");
    }
    first.delete(&own).await.problem(409, "last_owner");
    patch(&first, &own, json!({ "full_name": "Иванов Пётр" })).await.expect(200);

    let second = company.newcomer(Role::Owner).await;
    first.delete(&own).await.problem(409, "own_account");
    patch(&first, &own, json!({ "role": "viewer" })).await.problem(409, "own_account");
    let other = world.session(&second).await;
    patch(&other, &own, json!({ "role": "viewer" })).await.expect(200);
    first.get("/v1/users").await.problem(403, "forbidden");
    other.delete(&format!("/v1/users/{}", second.id)).await.problem(409, "last_owner");
}

#[tokio::test]
async fn of_two_owners_who_remove_each_other_at_once_one_stays() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let scope = CompanyId::parse(&company.id).unwrap();
    let mut stays = world.app().table.owners_of(scope).await.unwrap().remove(0);
    let mut met = 0;
    for round in 0..ROUNDS {
        let second = company.newcomer(Role::Owner).await;
        stays = duel(&world, "/v1/users", [&stays, &second], round, &mut met).await;
        let owners = world.app().table.owners_of(scope).await.unwrap();
        assert_eq!(owners.iter().map(|owner| owner.id).collect::<Vec<_>>(), [stays.id], "round {round}");
    }
    assert!(met >= ROUNDS / 4, "only {met} rounds met at the row");
}

#[tokio::test]
async fn of_two_admins_who_remove_each_other_at_once_one_stays() {
    let world = World::start().await;
    let admin = world.admin().await;
    let me = admin.get("/v1/session").await.expect(200)["user"]["id"].as_str().unwrap().to_owned();
    let own = format!("/v1/staff/staff-users/{me}");
    admin.delete(&own).await.problem(409, "last_admin");
    patch(&admin, &own, json!({ "role": "operator" })).await.problem(409, "last_admin");
    let mut stays = world.app().table.keepers(None).await.unwrap().remove(0);
    let mut met = 0;
    for round in 0..ROUNDS {
        let second = world.newcomer(None, Role::StaffAdmin).await;
        stays = duel(&world, "/v1/staff/staff-users", [&stays, &second], round, &mut met).await;
        let admins = world.app().table.keepers(None).await.unwrap();
        assert_eq!(admins.iter().map(|admin| admin.id).collect::<Vec<_>>(), [stays.id], "round {round}");
    }
    assert!(met >= ROUNDS / 4, "only {met} rounds met at the row");
}

/// Both remove each other, by turns in every way there is; whoever stays. `met` counts the rounds that the row decided.
async fn duel(world: &World, list: &str, both: [&Person; 2], round: usize, met: &mut usize) -> Person {
    let sessions = [world.session(both[0]).await, world.session(both[1]).await];
    let below = if both[0].role.is_staff() { "editor" } else { "viewer" };
    let remove = async |by: &Caller, whom: &Person| {
        let path = format!("{list}/{}", whom.id);
        match round % 3 {
            0 => by.delete(&path).await,
            1 => patch(by, &path, json!({ "role": below })).await,
            _ => patch(by, &path, json!({ "active": false })).await,
        }
    };
    let (one, other) = join(remove(&sessions[0], both[1]), remove(&sessions[1], both[0])).await;
    let done = |answer: &Answer| matches!(answer.status, 200 | 204);
    assert!(done(&one) != done(&other), "round {round}: {one}; {other}");
    let (refused, stays) = if done(&one) { (other, both[0]) } else { (one, both[1]) };
    // Refused by the row, or because the caller was already out.
    let fair = matches!((refused.status, refused.code()), (409, "last_owner" | "last_admin") | (401 | 403, _));
    assert!(fair, "round {round}: {refused}");
    *met += usize::from(refused.status == 409);
    world.reread(stays).await
}

#[tokio::test]
async fn there_are_only_so_many_owners() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    for _ in 1..OWNERS_MAX {
        company.newcomer(Role::Owner).await;
    }
    let owner = company.owner().await;
    let ask = json!({ "login": "one-more", "full_name": "Ещё один", "email": "more@people.example", "role": "owner" });
    owner.post("/v1/users", ask.clone()).await.problem(409, "too_many_owners");
    let person = company.newcomer(Role::Viewer).await;
    let path = format!("/v1/users/{}", person.id);
    patch(&owner, &path, json!({ "role": "owner" })).await.problem(409, "too_many_owners");
    let someone = owner.all("/v1/users", 100).await;
    let someone = someone.iter().find(|user| user["role"] == "owner" && user["login"] != json!(company.login)).unwrap();
    owner.delete(&format!("/v1/users/{}", someone["id"].as_str().unwrap())).await.expect(204);
    owner.post("/v1/users", ask).await.expect(201);
}
