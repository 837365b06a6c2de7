//! Claims of people without a mailbox: how they reach the desk, what it shows, one person's decision.

use crate::recovery::{contract, facts};
use crate::recovery_links::{CHOSEN, one_time_password};
use oktan_tests::{Caller, Company, PASSWORD, Role, Value, World, json};

pub const NEW_EMAIL: &str = "fresh-start@mail.example";

/// A claim as its person files it.
pub fn claim(identifier: &str, said: Value, new_email: &str) -> Value {
    json!({ "identifier": identifier, "confirm": said, "new_email": new_email, "phone": "+7 (918) 123-45-67" })
}

pub async fn file(world: &World, claim: Value) {
    let answer = world.stranger().post("/v1/recovery/claims", claim).await;
    assert_eq!(answer.expect(202), json!({}));
    world.deliver().await;
}

pub async fn open(staff: &Caller) -> Vec<Value> {
    staff.all("/v1/staff/recovery", 100).await
}

/// The only open claim's address.
pub async fn only(staff: &Caller) -> String {
    let claims = open(staff).await;
    assert_eq!(claims.len(), 1);
    format!("/v1/staff/recovery/{}", claims[0]["id"].as_str().expect("an id"))
}

async fn company(world: &World) -> Company {
    world.company().cards(0).without_payment().create().await
}

#[tokio::test]
async fn the_desk_sees_what_is_claimed_beside_what_is_on_file() {
    let world = World::start().await;
    let company = company(&world).await;
    let said = json!({
        "inn": "7707083893", "contract_number": contract(&company).to_lowercase(), "full_name": "Петров Иван",
        "phone": "88652184225",
    });
    let filed_at = world.now();
    file(&world, claim(&company.login, said.clone(), NEW_EMAIL)).await;
    let staff = world.staff(Role::StaffOperator).await;
    let seen = open(&staff).await.remove(0);
    let user = world.sign_in(&company.login, PASSWORD).await.expect(200)["user"]["id"].clone();
    let mut claimed = said.clone();
    claimed["email"] = json!(NEW_EMAIL);
    let expected = json!({
        "id": seen["id"], "filed_at": seen["filed_at"], "kind": "claim", "state": "open",
        "company_id": company.id, "company": { "id": company.id, "name": seen["company"]["name"] },
        "user": { "id": user, "login": company.login, "role": "owner" },
        "claimed": claimed,
        "on_file": {
            "inn": company.inn, "contract_number": contract(&company), "full_name": "Иванов Пётр Сергеевич",
            "phone": "+7 (8652) 18-42-25", "email": company.email,
        },
        "differences": ["inn", "full_name", "email"], "phone": "+7 (918) 123-45-67", "new_email": NEW_EMAIL,
        "new_email_required_second": true, "first_approval": null, "closed_by": null,
    });
    assert_eq!(seen, expected);
    let at: chrono::DateTime<chrono::Utc> = seen["filed_at"].as_str().unwrap().parse().unwrap();
    assert!(at >= filed_at);
    // Only the desk's people see it.
    for role in [Role::StaffAccountant, Role::StaffEditor] {
        world.staff(role).await.get("/v1/staff/recovery").await.problem(403, "forbidden");
    }
    company.owner().await.get("/v1/staff/recovery").await.problem(403, "forbidden");
    staff.get("/v1/staff/recovery?state=nonsense").await.field("state", "unknown_value");
    staff.get("/v1/staff/recovery?cursor=nonsense").await.field("cursor", "cursor_invalid");
}

#[tokio::test]
async fn a_claim_is_answered_alike_and_finds_its_person_or_nobody() {
    let world = World::start().await;
    let company = company(&world).await;
    let viewer = company.newcomer(Role::Viewer).await;
    let admin = world.admin().await;
    // Nobody is meant.
    for identifier in ["nobody-here", "nobody@client.example", "7707083893", "☃"] {
        file(&world, claim(identifier, json!({ "full_name": "Никто" }), NEW_EMAIL)).await;
    }
    assert_eq!(open(&admin).await.len(), 0);
    // The INN among the facts leads to the owner; a name among several to its person.
    file(&world, claim("forgotten", json!({ "inn": company.inn }), NEW_EMAIL)).await;
    file(&world, claim(viewer.email.as_ref().unwrap().as_str(), json!({}), NEW_EMAIL)).await;
    file(&world, claim(&company.inn, json!({}), NEW_EMAIL)).await;
    let claims = open(&admin).await;
    assert_eq!(claims[1]["claimed"]["phone"], "+7 (918) 123-45-67", "where to call back, if no other is said");
    let logins: Vec<_> = claims.iter().map(|claim| claim["user"]["login"].clone()).collect();
    assert_eq!(logins, [json!(company.login), json!(viewer.login), json!(company.login)]);
    for (field, value) in [("new_email", "no address"), ("phone", "123"), ("identifier", "")] {
        let mut wrong = claim("x", json!({}), NEW_EMAIL);
        wrong[field] = json!(value);
        assert_eq!(world.stranger().post("/v1/recovery/claims", wrong).await.status, 422);
    }
}

#[tokio::test]
async fn three_claims_of_a_person_may_be_open_and_the_list_has_pages() {
    let world = World::start().await;
    let (one, other) = (company(&world).await, company(&world).await);
    for _ in 0..5 {
        file(&world, claim(&one.login, facts(&one), NEW_EMAIL)).await;
    }
    file(&world, claim(&other.login, facts(&other), NEW_EMAIL)).await;
    let staff = world.staff(Role::StaffOperator).await;
    let whole = open(&staff).await;
    assert_eq!(whole.len(), 4);
    assert_eq!(staff.all("/v1/staff/recovery?state=open", 1).await, whole);
    let refuse = format!("/v1/staff/recovery/{}/refuse", whole[0]["id"].as_str().unwrap());
    staff.post(&refuse, json!({ "reason": "не он" })).await.expect(200);
    file(&world, claim(&one.login, facts(&one), NEW_EMAIL)).await;
    assert_eq!(open(&staff).await.len(), 4, "there is room for one again");
    let closed = staff.all("/v1/staff/recovery?state=closed", 1).await;
    assert_eq!(closed.iter().map(|claim| &claim["id"]).collect::<Vec<_>>(), [&whole[0]["id"]]);
}

#[tokio::test]
async fn one_person_lets_in_at_the_registered_address() {
    let world = World::start().await;
    let company = company(&world).await;
    let viewer = company.newcomer(Role::Viewer).await;
    let address = viewer.email.as_ref().unwrap().as_str();
    let session = world.session(&viewer).await;
    file(&world, claim(viewer.login.as_str(), facts(&company), address)).await;
    let staff = world.staff(Role::StaffOperator).await;
    let path = only(&staff).await;
    let told = world.letters_to(&company.email).await.len();
    let approved = staff.post(&format!("{path}/approve"), json!({ "reason": "по паспорту" })).await.expect(200);
    assert_eq!((&approved["state"], &approved["new_email_required_second"]), (&json!("approved"), &json!(false)));
    let word = json!({ "login": "staff-operator", "at": approved["closed_by"]["at"], "reason": "по паспорту" });
    assert_eq!(approved["closed_by"], word);
    session.get("/v1/session").await.problem(401, "not_signed_in");
    world.sign_in(viewer.login.as_str(), PASSWORD).await.problem(401, "invalid_credentials");
    let once = one_time_password(&world, address).await;
    assert_eq!(world.letters_to(&company.email).await.len(), told + 1, "the owner is told");
    world.advance_minutes(23 * 60);
    let session = world.sign_in(viewer.login.as_str(), &once).await.expect(200);
    assert_eq!(session["must_change_password"], true);
    let change = json!({ "current_password": once, "new_password": CHOSEN });
    world.stranger().with_token(session["token"].as_str()).post("/v1/password", change).await.expect(204);
    // Decided is decided.
    let staff = world.staff(Role::StaffOperator).await;
    staff.post_nothing(&format!("{path}/approve")).await.problem(409, "claim_closed");
    staff.post(&format!("{path}/refuse"), json!({ "reason": "нет" })).await.problem(409, "claim_closed");
    world.sign_in(viewer.login.as_str(), CHOSEN).await.expect(200);
    let acts = world.app().table.acts(company.id.parse().ok(), 0, 100).await.unwrap();
    let acts = acts.iter().filter(|link| link.act.action == "claim.approve");
    assert_eq!(acts.map(|link| link.act.reason.as_str()).collect::<Vec<_>>(), ["по паспорту"]);
}

#[tokio::test]
async fn a_refusal_has_a_reason_and_changes_nothing_for_the_person() {
    let world = World::start().await;
    let company = company(&world).await;
    file(&world, claim(&company.login, facts(&company), NEW_EMAIL)).await;
    let (staff, owner) = (world.staff(Role::StaffOperator).await, company.owner().await);
    let path = format!("{}/refuse", only(&staff).await);
    staff.post(&path, json!({})).await.field("reason", "required");
    staff.post(&path, json!({ "reason": " " })).await.field("reason", "text_too_short");
    let letters = world.letters().await.len();
    let refused = staff.post(&path, json!({ "reason": "не подтвердил договор" })).await.expect(200);
    assert_eq!(
        (&refused["state"], &refused["closed_by"]["reason"]),
        (&json!("refused"), &json!("не подтвердил договор"))
    );
    assert_eq!(open(&staff).await.len(), 0);
    assert_eq!(staff.all("/v1/staff/recovery?state=closed", 100).await, [refused]);
    owner.get("/v1/session").await.expect(200);
    world.sign_in(&company.login, PASSWORD).await.expect(200);
    assert_eq!(world.letters().await.len(), letters);
    staff.post("/v1/staff/recovery/nonsense/refuse", json!({ "reason": "х" })).await.problem(404, "not_found");
    let nobodys = format!("/v1/staff/recovery/{}/approve", uuid::Uuid::nil());
    staff.post_nothing(&nobodys).await.problem(404, "not_found");
}
