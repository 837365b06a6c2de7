//! The journal as people read it.

use crate::samples::Stage;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::account::CompanyStatus;
use oktan_shared::wire::FIELDS_TO_CLIENTS;
use oktan_tests::document::operations;
use oktan_tests::{Caller, Role, Value, World, json};
use std::collections::BTreeSet;

async fn actions(caller: &Caller, path: &str) -> Vec<String> {
    let items = caller.all(path, 100).await;
    items.iter().map(|act| act["action"].as_str().expect("an action").to_owned()).collect()
}

#[tokio::test]
async fn a_companys_people_read_who_did_what_when_before_and_after() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{}", company.card());
    owner.post(&format!("{path}/block"), json!({ "reason": "потеряна" })).await.expect(200);
    let list = owner.get("/v1/journal").await.expect(200);
    let act = &list["items"][0];
    assert_eq!((&act["action"], &act["reason"]), (&json!("card.block"), &json!("потеряна")));
    assert_eq!(act["subject"], format!("card {}", company.card()));
    assert_eq!((&act["before"]["by_client"], &act["after"]["by_client"]), (&json!(false), &json!(true)));
    let person = json!({
        "kind": "client", "role": "owner", "login": company.login, "full_name": "Иванов Пётр Сергеевич",
    });
    assert_eq!(act["actor"], person);
    let at: chrono::DateTime<chrono::Utc> = act["at"].as_str().unwrap().parse().unwrap();
    assert!((world.now() - at).num_seconds() < 60);
    // From the newest to the first, without a gap.
    let seqs: Vec<u64> = list["items"].as_array().unwrap().iter().map(|act| act["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, (1..=seqs.len() as u64).rev().collect::<Vec<_>>());
    for role in [Role::Manager, Role::Accountant, Role::Viewer] {
        let found = company.user(role).await.all("/v1/journal?q=card.block", 10).await;
        assert_eq!(found, std::slice::from_ref(act));
    }
    // Somebody else's has none of it.
    let other = world.company().create().await;
    let text = other.owner().await.get("/v1/journal").await.expect(200).to_string();
    assert!(!text.contains(company.card()) && !text.contains(&company.login));
}

#[tokio::test]
async fn of_the_staff_a_company_is_told_the_role_and_staff_are_told_who() {
    let world = World::start().await;
    let company = world.company().create().await;
    let staff = world.staff(Role::StaffOperator).await;
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.card())).await.expect(200);
    let mine = company.owner().await.get("/v1/journal").await.expect(200);
    assert_eq!(mine["items"][0]["actor"], json!({ "kind": "staff", "role": "operator" }));
    let theirs = staff.get(&format!("/v1/staff/companies/{}/journal", company.id)).await.expect(200);
    let actor = &theirs["items"][0]["actor"];
    assert_eq!((&actor["login"], &actor["full_name"]), (&json!("staff-operator"), &json!("Сидорова Анна Павловна")));
    assert_eq!(mine["items"].as_array().unwrap().len(), theirs["items"].as_array().unwrap().len());
    // A search is over what the reader is shown.
    assert_eq!(company.owner().await.all("/v1/journal?q=staff-operator", 10).await, Vec::<Value>::new());
    assert_eq!(staff.all(&format!("/v1/staff/companies/{}/journal?q=STAFF-operator", company.id), 10).await.len(), 1);
    staff.get("/v1/staff/companies/10000000/journal").await.problem(404, "not_found");
}

#[tokio::test]
async fn what_an_act_says_of_itself_is_shown_to_the_company_only_where_it_is_known_to_be_the_companys() {
    let world = World::start().await;
    let company = world.company().create().await;
    let scope = CompanyId::parse(&company.id).ok();
    let mut act = world.app().table.acts(scope, 0, 1).await.unwrap().remove(0).act;
    act.after = json!({ "status": "active", "desk_note": "звонила сестра", "password_hash": "$argon2id$" });
    act.reason = "внутреннее".to_owned();
    let id = scope.expect("an id");
    world.app().table.set_company_status(id, CompanyStatus::Suspended, &act).await.expect("the table answers");
    let (mine, path) = (company.owner().await, format!("/v1/staff/companies/{}/journal", company.id));
    let mine = mine.get("/v1/journal").await.expect(200)["items"][0].clone();
    assert_eq!((&mine["after"], &mine["reason"]), (&json!({ "status": "active" }), &json!("")));
    let theirs = world.admin().await.get(&path).await.expect(200)["items"][0].clone();
    assert_eq!((&theirs["after"]["desk_note"], &theirs["reason"]), (&json!("звонила сестра"), &json!("внутреннее")));
}

#[tokio::test]
async fn the_staffs_own_journal_has_what_belongs_to_no_company() {
    let world = World::start().await;
    let company = world.company().create().await;
    let admin = world.admin().await;
    let all = actions(&admin, "/v1/staff/journal").await;
    assert!(all.contains(&"station.create".to_owned()) && all.contains(&"terminal.create".to_owned()), "{all:?}");
    let text = admin.get("/v1/staff/journal").await.expect(200).to_string();
    assert!(!text.contains(&company.id) && !text.contains(&company.pump.secret));
    world.staff(Role::StaffEditor).await.get("/v1/staff/journal").await.problem(403, "forbidden");
}

#[tokio::test]
async fn days_a_search_and_pages_find_every_act_once() {
    let world = World::start().await;
    let company = world.company().create().await;
    let born = company.owner().await.all("/v1/journal", 100).await.len();
    let path = format!("/v1/cards/{}", company.card());
    let mut days = Vec::new();
    for _ in 0..3 {
        world.advance_minutes(24 * 60);
        let owner = company.owner().await;
        days.push(oktan_shared::domain::window::Zone::default().date(world.now()).to_string());
        for n in 0..5 {
            owner.patch(&path, json!({ "label": format!("{}-{n}", days.len()) })).await.expect(200);
        }
    }
    let owner = company.owner().await;
    let count = async |query: &str| owner.all(&format!("/v1/journal?{query}"), 3).await.len();
    let [one, two, three] = [&days[0], &days[1], &days[2]];
    assert_eq!(count("").await, born + 15);
    assert_eq!(count(&format!("from={one}")).await, 15);
    assert_eq!(count(&format!("from={two}&to={two}")).await, 5);
    assert_eq!(count(&format!("to={two}")).await, born + 10);
    assert_eq!(count(&format!("from={three}")).await, 5);
    assert_eq!(count("to=2020-01-01").await, 0);
    assert_eq!(count("from=2199-01-01").await, 0);
    assert_eq!(count("q=CARD.Rename").await, 15);
    assert_eq!(count(&format!("from={two}&q=2-3")).await, 2);
    let pages = owner.all("/v1/journal", 4).await;
    assert_eq!(pages, owner.all("/v1/journal", 100).await);

    owner.get(&format!("/v1/journal?from={two}&to={one}")).await.field("to", "span_reversed");
    owner.get("/v1/journal?from=yesterday").await.field("from", "date_malformed");
    owner.get("/v1/journal?limit=0").await.field("limit", "limit_out_of_range");
    let cursor = owner.get("/v1/journal?limit=2").await.expect(200)["next_cursor"].as_str().unwrap().to_owned();
    owner.get(&format!("/v1/journal?q=other&cursor={cursor}")).await.field("cursor", "cursor_invalid");
    let other = world.company().create().await.owner().await;
    other.get(&format!("/v1/journal?cursor={cursor}")).await.field("cursor", "cursor_invalid");
    let staff = world.admin().await;
    staff.get(&format!("/v1/staff/journal?cursor={cursor}")).await.field("cursor", "cursor_invalid");
}

/// What of acts in companies' chains a company's people are not shown, by decision; a template's rules are
/// shown as the API says them.
const NOT_TO_CLIENTS: [&str; 7] = ["assignee", "claim", "email", "payer_inn", "payer_name", "phone", "rules"];

#[tokio::test]
async fn of_every_field_of_every_act_it_is_decided_whether_the_company_is_shown_it() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    for operation in operations() {
        stage.call(&stage.caller(&operation).await, &operation).send().await;
    }
    world.deliver().await;
    let mut actions = BTreeSet::new();
    for company in world.app().table.company_ids().await.expect("the table answers") {
        for link in world.app().table.acts(Some(company), 0, 500).await.expect("the journal") {
            let act = link.act;
            let fields = [&act.before, &act.after].into_iter().filter_map(Value::as_object).flat_map(|of| of.keys());
            let pins = [&act.before, &act.after].into_iter().filter_map(|of| of.get("pin"));
            assert!(
                pins.clone().all(|pin| ["none", "set", "locked"].map(|state| json!(state)).contains(pin)),
                "a PIN's state, not itself"
            );
            for field in fields {
                let decided = FIELDS_TO_CLIENTS.contains(&field.as_str()) || NOT_TO_CLIENTS.contains(&field.as_str());
                assert!(decided, "{} says {field}", act.action);
                assert!(!["password", "secret", "token", "hash"].contains(&field.as_str()), "{}", act.action);
            }
            actions.insert(act.action);
        }
    }
    assert!(actions.len() >= 20, "{actions:?}");
}
