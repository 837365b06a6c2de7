//! Long work: how far it is, taking it back, going on after an interruption.

use oktan_shared::domain::ids::JobId;
use oktan_tests::{Caller, Company, Role, Value, World, json};
use std::time::Duration;

const BULK: &str = "/v1/cards/bulk";

/// Starts a job over all cards that a filter wants; its id.
async fn start(who: &Caller, ask: Value, total: u32) -> String {
    let started = who.post(BULK, ask).await.expect(202);
    assert_eq!(started["total"], total, "{started}");
    started["job_id"].as_str().expect("an id").to_owned()
}

async fn job(who: &Caller, id: &str) -> Value {
    who.get(&format!("/v1/jobs/{id}")).await.expect(200)
}

/// A job's state and its counts: gone through, of, changed, failed.
fn figures(job: &Value) -> (&str, [u64; 4]) {
    let count = |name: &str| job[name].as_u64().expect("a count");
    let failed = job["failed"].as_array().expect("failed").len() as u64;
    (job["state"].as_str().expect("a state"), [count("done"), count("total"), count("changed"), failed])
}

/// How many cards the list has in a state.
async fn count(who: &Caller, filter: &str) -> usize {
    who.all(&format!("/v1/cards?{filter}"), 100).await.len()
}

/// Takes a job back and waits for it; the undo's own job.
async fn undone(world: &World, who: &Caller, id: &str) -> Value {
    let started = who.post_nothing(&format!("/v1/jobs/{id}/undo")).await.expect(202);
    world.work().await;
    job(who, started["job_id"].as_str().expect("an id")).await
}

#[tokio::test]
async fn a_whole_fleet_is_blocked_by_a_job_and_freed_by_its_undo_but_for_what_was_blocked_before() {
    let world = World::start().await;
    let company = world.company().cards(100).create().await;
    let (owner, staff) = (company.owner().await, world.admin().await);
    owner.post(&format!("/v1/cards/{}/block", company.cards[3]), json!({ "reason": "потеряна" })).await.expect(200);
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.cards[7])).await.expect(200);

    let id = start(&owner, json!({ "action": "block", "all": {}, "reason": "ночь" }), 100).await;
    let waiting = job(&owner, &id).await;
    assert_eq!((figures(&waiting), &waiting["kind"]), (("queued", [0, 100, 0, 0]), &json!("cards_block")));
    assert_eq!(waiting["finished_at"], Value::Null);
    world.work().await;
    let done = job(&owner, &id).await;
    assert_eq!(figures(&done), ("done", [100, 100, 99, 0]));
    assert!(done["finished_at"].is_string());
    assert_eq!(count(&owner, "status=active").await, 0);
    company.pump.declined(company.card(), "1").await;
    let acts = owner.all("/v1/journal?q=cards.block", 100).await;
    assert_eq!(acts.len(), 3, "an act for each chunk of forty-five");
    let covered: usize = acts.iter().map(|act| act["after"]["cards"].as_array().unwrap().len()).sum();
    assert_eq!(covered, 99);

    let undo = undone(&world, &owner, &id).await;
    assert_eq!((figures(&undo), &undo["kind"]), (("done", [99, 99, 98, 1]), &json!("undo")));
    assert_eq!(undo["failed"], json!([{ "number": company.cards[7], "code": "blocked_by_staff" }]));
    assert_eq!(count(&owner, "status=active").await, 98);
    let lost = company.card_details(&company.cards[3]).await;
    assert_eq!((&lost["status"], &lost["block_reason"]), (&json!("blocked"), &json!("потеряна")));
    owner.post_nothing(&format!("/v1/jobs/{id}/undo")).await.problem(409, "already_undone");
    assert_eq!(job(&owner, &id).await["undone_by"], undo["id"]);

    let again = undone(&world, &owner, undo["id"].as_str().unwrap()).await;
    assert_eq!(figures(&again), ("done", [98, 98, 98, 0]), "an undo is taken back like any other job");
    assert_eq!(company.card_details(company.card()).await["block_reason"], "ночь");
}

#[tokio::test]
async fn a_group_is_given_to_what_a_search_finds_and_taken_back_unless_changed_since() {
    let world = World::start().await;
    let company = world.company().cards(8).create().await;
    let owner = company.owner().await;
    let item = |at: usize| json!({ "number": company.cards[at], "label": format!("А{at:03}ВС"), "group": "Старая" });
    owner.post(BULK, json!({ "action": "label", "items": [item(0), item(1), item(2)] })).await.expect(200);
    let ask =
        json!({ "action": "group", "group": "Ночь", "all": { "q": "bc", "group": "Старая", "status": "active" } });
    let id = start(&owner, ask, 3).await;
    owner.post_nothing(&format!("/v1/jobs/{id}/undo")).await.problem(409, "job_running");
    world.work().await;
    assert_eq!(figures(&job(&owner, &id).await), ("done", [3, 3, 3, 0]));
    assert_eq!(count(&owner, "q=%D0%BD%D0%BE%D1%87%D1%8C").await, 3);
    let path = format!("/v1/cards/{}", company.cards[1]);
    owner.patch(&path, json!({ "group": "Своя" })).await.expect(200);
    let undo = undone(&world, &owner, &id).await;
    assert_eq!(figures(&undo), ("done", [3, 3, 2, 1]));
    assert_eq!(undo["failed"], json!([{ "number": company.cards[1], "code": "changed_since" }]));
    let groups = owner.get("/v1/card-groups").await.expect(200);
    let counted = |group: &str, cards: u32| json!({ "group": group, "cards": cards });
    assert_eq!(groups["items"], json!([counted("", 5), counted("Своя", 1), counted("Старая", 2)]));
}

#[tokio::test]
async fn a_worker_whose_time_is_out_hands_the_job_on_and_the_scheduler_alone_carries_one_too() {
    let world = World::start().await;
    let company = world.company().cards(120).create().await;
    let owner = company.owner().await;
    let id = start(&owner, json!({ "action": "block", "all": {} }), 120).await;
    let job_id = JobId::parse(&id).unwrap();
    oktan_worker::run(world.stack().worker(), job_id, Duration::ZERO).await.unwrap();
    assert_eq!(figures(&job(&owner, &id).await), ("running", [45, 120, 45, 0]), "progress is what is done");
    world.work().await;
    assert_eq!(figures(&job(&owner, &id).await), ("done", [120, 120, 120, 0]));
    assert_eq!(world.tick().await["jobs"], 0, "nothing wakes anybody any more");

    let id = start(&owner, json!({ "action": "unblock", "all": { "status": "blocked" } }), 120).await;
    assert_eq!(world.tick().await["jobs"], 1);
    assert_eq!(figures(&job(&owner, &id).await), ("done", [120, 120, 120, 0]));
    world.work().await;
    assert_eq!(figures(&job(&owner, &id).await), ("done", [120, 120, 120, 0]), "woken late, there is nothing to do");
}

#[tokio::test]
async fn a_job_in_another_workers_hands_is_left_alone_until_its_lease_is_over() {
    let world = World::start().await;
    let company = world.company().cards(50).create().await;
    let owner = company.owner().await;
    let id = start(&owner, json!({ "action": "block", "all": {} }), 50).await;
    let job_id = JobId::parse(&id).unwrap();
    let held = world.app().table.take_job(job_id, world.now()).await.unwrap();
    assert!(held.is_some());
    world.work().await;
    assert_eq!(figures(&job(&owner, &id).await), ("running", [0, 50, 0, 0]));
    world.advance_minutes(3);
    world.tick().await;
    assert_eq!(figures(&job(&owner, &id).await), ("done", [50, 50, 50, 0]));
    let late = world.app().table.return_job(&held.unwrap(), world.now()).await.unwrap();
    assert!(!late, "who slept through the lease writes nothing");
    assert_eq!(figures(&job(&owner, &id).await), ("done", [50, 50, 50, 0]));
}

#[tokio::test]
async fn a_job_is_its_companys_own_and_a_suspension_ends_it() {
    let world = World::start().await;
    let company: Company = world.company().cards(2).create().await;
    let other = world.company().create().await.owner().await;
    let (owner, staff) = (company.owner().await, world.admin().await);
    let accountant = company.user(Role::Accountant).await;
    let id = start(&accountant, json!({ "action": "block", "all": {} }), 2).await;
    let path = format!("/v1/jobs/{id}");
    for stranger in [&other, &staff] {
        stranger.get(&path).await.problem(404, "not_found");
    }
    other.post_nothing(&format!("{path}/undo")).await.problem(404, "not_found");
    accountant.post_nothing(&format!("{path}/undo")).await.problem(403, "forbidden");
    accountant.post(BULK, json!({ "action": "unblock", "all": {} })).await.problem(403, "forbidden");
    for (ask, field, code) in [
        (json!({ "action": "label", "all": {} }), "all", "not_of_action"),
        (json!({ "action": "group", "all": {} }), "group", "required"),
        (json!({ "action": "block", "all": {}, "group": "х" }), "group", "not_of_action"),
        (json!({ "action": "block", "all": {}, "numbers": [company.card()] }), "numbers", "cards_not_chosen"),
        (json!({ "action": "block", "all": { "status": "melted" } }), "all.status", "unknown_value"),
    ] {
        owner.post(BULK, ask).await.field(field, code);
    }
    staff.post_nothing(&format!("/v1/staff/companies/{}/suspend", company.id)).await.expect(200);
    world.work().await;
    let ended = job(&owner, &id).await;
    assert_eq!((figures(&ended), &ended["code"]), (("failed", [0, 2, 0, 0]), &json!("company_suspended")));
    owner.post(BULK, json!({ "action": "block", "all": {} })).await.problem(409, "company_suspended");
    assert_eq!(count(&owner, "status=active").await, 2);
}
