//! A changed address takes two people of the desk.

use crate::desk_claims::{NEW_EMAIL, claim, file, only, open};
use crate::device::Device;
use crate::recovery::{facts, tokens};
use crate::recovery_links::{CHOSEN, one_time_password};
use futures::future::join_all;
use oktan_tests::{Caller, PASSWORD, Role, Value, World, json};

/// Another person of the desk, in a new session.
async fn colleague(world: &World) -> Caller {
    let person = world.newcomer(None, Role::StaffOperator).await;
    world.session(&person).await
}

#[tokio::test]
async fn a_person_without_mailbox_and_password_gets_in_through_two_people() {
    let world = World::start().await;
    let company = world.company().cards(1).create().await;
    let session = company.owner().await;
    // The mailbox is lost: the letter to it helps nobody.
    world.stranger().post("/v1/recovery", json!({ "identifier": company.inn })).await.expect(202);
    assert_eq!(tokens(&world, &company.email).await.len(), 1);
    file(&world, claim(&company.inn, facts(&company), NEW_EMAIL)).await;
    let (first, second) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let path = format!("{}/approve", only(&first).await);
    let before = world.letters().await.len();
    let once = first.post(&path, json!({ "reason": "позвонили директору" })).await.expect(200);
    assert_eq!((&once["state"], &once["closed_by"]), (&json!("awaiting_second"), &Value::Null));
    assert_eq!(once["first_approval"]["login"], "staff-operator");
    assert_eq!(open(&second).await[0]["first_approval"], once["first_approval"]);
    // Nothing has changed yet, and nobody may be both.
    first.post_nothing(&path).await.problem(403, "own_request");
    session.get("/v1/session").await.expect(200);
    world.sign_in(&company.login, PASSWORD).await.expect(200);
    assert_eq!(world.letters().await.len(), before);
    let twice = second.post(&path, json!({ "reason": "сверили договор" })).await.expect(200);
    assert_eq!((&twice["state"], &twice["closed_by"]["login"]), (&json!("approved"), &json!("admin")));
    assert_eq!((&twice["on_file"]["email"], &twice["new_email"]), (&json!(company.email), &json!(NEW_EMAIL)));
    session.get("/v1/session").await.problem(401, "not_signed_in");
    // The old address is told and gets no password; the new one gets it.
    let old = world.letters_to(&company.email).await.pop().expect("a letter");
    assert!(old.subject.contains("изменён") && !old.text.contains(NEW_EMAIL), "{}", old.text);
    let password = one_time_password(&world, NEW_EMAIL).await;
    let signed = world.sign_in(&company.login, &password).await.expect(200);
    assert_eq!(signed["must_change_password"], true);
    let owner = world.stranger().with_token(signed["token"].as_str());
    owner.get("/v1/cards").await.problem(403, "password_change_required");
    let change = json!({ "current_password": password, "new_password": CHOSEN });
    owner.post("/v1/password", change).await.expect(204);
    assert_eq!(owner.get("/v1/cards").await.expect(200)["items"].as_array().unwrap().len(), 1);
    // From now on the new address is the registered one, and the old one is nobody's.
    let links = tokens(&world, &company.email).await.len();
    for identifier in [NEW_EMAIL, &company.email, &company.login] {
        world.stranger().post("/v1/recovery", json!({ "identifier": identifier })).await.expect(202);
    }
    assert_eq!((tokens(&world, NEW_EMAIL).await.len(), tokens(&world, &company.email).await.len()), (2, links));
    let acts = world.app().table.acts(company.id.parse().ok(), 0, 100).await.unwrap();
    let said: Vec<_> = acts.iter().filter(|link| link.act.action.starts_with("claim.")).collect();
    let said: Vec<_> = said.iter().map(|l| (l.act.action.as_str(), l.act.actor.login.as_str())).collect();
    assert_eq!(said, [("claim.approve_first", "staff-operator"), ("claim.approve", "admin")]);
}

#[tokio::test]
async fn many_who_approve_at_once_have_one_effect() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    file(&world, claim(&company.login, facts(&company), NEW_EMAIL)).await;
    let mut desk = Vec::new();
    for _ in 0..6 {
        desk.push(colleague(&world).await);
    }
    let path = format!("{}/approve", only(&desk[0]).await);
    // The same person many times is one person.
    let mine = join_all((0..6).map(|_| desk[0].post_nothing(&path))).await;
    assert_eq!(mine.iter().filter(|answer| answer.status == 200).count(), 1);
    for answer in mine.into_iter().filter(|answer| answer.status != 200) {
        answer.problem(403, "own_request");
    }
    let others = join_all(desk[1..].iter().map(|who| who.post_nothing(&path))).await;
    assert_eq!(others.iter().filter(|answer| answer.status == 200).count(), 1);
    for answer in others.into_iter().filter(|answer| answer.status != 200) {
        answer.problem(409, "claim_closed");
    }
    let passwords = world.letters_to(NEW_EMAIL).await;
    assert_eq!(passwords.len(), 1);
    assert_eq!(world.letters_to(&company.email).await.len(), 2, "that a password was set, and the change");
    assert_eq!(open(&desk[0]).await.len(), 0);
}

#[tokio::test]
async fn a_refusal_after_the_first_approval_leaves_the_address() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    file(&world, claim(&company.login, facts(&company), NEW_EMAIL)).await;
    let (first, second) = (colleague(&world).await, colleague(&world).await);
    let path = only(&first).await;
    first.post_nothing(&format!("{path}/approve")).await.expect(200);
    second.post(&format!("{path}/refuse"), json!({ "reason": "не дозвонились" })).await.expect(200);
    second.post_nothing(&format!("{path}/approve")).await.problem(409, "claim_closed");
    assert_eq!(world.letters_to(NEW_EMAIL).await.len(), 0);
    world.sign_in(&company.login, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn nobody_lets_themselves_in() {
    let world = World::start().await;
    let person = world.newcomer(None, Role::StaffOperator).await;
    let me = world.session(&person).await;
    let address = person.email.as_ref().unwrap().as_str();
    file(&world, claim(person.login.as_str(), json!({ "full_name": "Сидорова Анна Павловна" }), address)).await;
    let path = format!("{}/approve", only(&me).await);
    me.post_nothing(&path).await.problem(403, "own_request");
    let seen = open(&me).await.remove(0);
    assert_eq!((&seen["company_id"], &seen["company"]), (&Value::Null, &Value::Null));
    assert_eq!((&seen["on_file"]["inn"], &seen["differences"]), (&Value::Null, &json!(["phone"])));
    colleague(&world).await.post_nothing(&path).await.expect(200);
    me.get("/v1/session").await.problem(401, "not_signed_in");
    let once = one_time_password(&world, address).await;
    assert_eq!(world.sign_in(person.login.as_str(), &once).await.expect(200)["must_change_password"], true);
}

#[tokio::test]
async fn who_was_deactivated_meanwhile_is_not_let_in() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let viewer = company.newcomer(Role::Viewer).await;
    let address = viewer.email.as_ref().unwrap().as_str();
    file(&world, claim(viewer.login.as_str(), facts(&company), address)).await;
    company.owner().await.delete(&format!("/v1/users/{}", viewer.id)).await.expect(204);
    let staff = colleague(&world).await;
    let path = only(&staff).await;
    staff.post_nothing(&format!("{path}/approve")).await.problem(409, "user_inactive");
    staff.post(&format!("{path}/refuse"), json!({ "reason": "уволен" })).await.expect(200);
    assert_eq!(world.letters_to(address).await.len(), 0);
}

#[tokio::test]
async fn who_has_a_second_factor_gives_a_fresh_code() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    file(&world, claim(&company.login, facts(&company), &company.email)).await;
    let staff = colleague(&world).await;
    let device = Device::of(&world, &staff).await;
    let path = format!("{}/approve", only(&staff).await);
    staff.post_nothing(&path).await.problem(403, "totp_required");
    staff.post(&path, json!({ "totp": device.wrong() })).await.problem(403, "totp_wrong");
    world.sign_in(&company.login, PASSWORD).await.expect(200);
    let approved = staff.post(&path, json!({ "totp": device.code() })).await.expect(200);
    assert_eq!(approved["state"], "approved");
}
