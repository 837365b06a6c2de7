//! Ten thousand shares of a budget: divided to the last kopeck by a job, each card written once, whatever kills the worker.

use crate::fleet::{grow, job};
use crate::killer::Killer;
use crate::{report, row};
use oktan_shared::domain::budget::{Budget, Portion, Run, Sum};
use oktan_shared::domain::ids::JobId;
use oktan_shared::domain::people::{Actor, Role};
use oktan_shared::domain::{CompanyId, Kopecks, Millilitres};
use oktan_shared::jobs::{Job, JobState, PlannedShare, Work};
use oktan_shared::journal::Act;
use oktan_shared::table::{BudgetEdit, BudgetPlacement, ShareRow};
use oktan_tests::{World, json};
use oktan_worker::{WORK_FOR, run};
use std::time::Instant;
use uuid::Uuid;

const FLEET: u32 = 10_000;
/// Not to be divided evenly by the cards, in either measure.
const PLAN: Portion = Portion { roubles: Some(Kopecks::new(100_000_001)), litres: Some(Millilitres::new(123_456_789)) };
/// Cards of the fleet whose worker is killed at every call: two steps of a job.
const SMALL: u32 = 60;

async fn cards(world: &World, company: CompanyId) -> Vec<ShareRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = world.app().table.share_page(company, 99, after.as_ref()).await.expect("a page");
        rows.extend(page);
        after = next;
        if after.is_none() {
            return rows;
        }
    }
}

/// The shares of all cards in sum are what the budget says of them, and with the reserve and what is set aside the plan.
async fn sound(world: &World, company: CompanyId) -> (Budget, Vec<ShareRow>) {
    let rows = cards(world, company).await;
    let (budget, account) = world.app().table.budget(company).await.expect("the table answers").expect("a budget");
    let sum = rows.iter().fold(Sum::ZERO, |sum, row| sum.plus(row.allowance.share.portion.sum()));
    let reserve = budget.reserve(account.zone.windows(world.now()).month());
    assert_eq!(sum, budget.shared);
    assert!(reserve.is_sound() && budget.aside.is_sound());
    assert_eq!(sum.plus(reserve).plus(budget.aside), budget.plan.sum());
    (budget, rows)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_shares_are_written_once_each_though_the_worker_is_killed_half_way() {
    let world = World::start().await;
    let company = world.company().cards(1).create().await;
    let id = grow(&world, &company, FLEET).await;
    let owner = company.owner().await;
    let plan = json!({ "period": "month", "roubles": "1000000.01", "litres": "123456.789" });
    owner.put("/v1/budget", plan).await.expect(200);
    let began = Instant::now();
    let shown = owner.post("/v1/budget/distribute?dry_run=true", json!({ "method": "equal" })).await.expect(200);
    let preview = began.elapsed();
    assert_eq!((&shown["cards"], &shown["reserve"]["roubles"]), (&json!(FLEET), &json!("0.00")));
    let started = owner.post("/v1/budget/distribute", json!({ "method": "equal" })).await.expect(202);
    let job_id: JobId = started["job_id"].as_str().and_then(|id| id.parse().ok()).expect("a job");
    owner.post("/v1/budget/distribute", json!({ "method": "equal" })).await.problem(409, "distribution_running");
    let began = Instant::now();
    let killer = Killer::after(600, false);
    assert!(run(&world.app().observed(killer), job_id, WORK_FOR).await.is_err(), "it was killed");
    let before = began.elapsed();
    let half = job(&world, job_id).await;
    assert!(half.state == JobState::Running && (1_000..9_000).contains(&half.done), "{half:?}");
    sound(&world, id).await;
    world.advance_minutes(3);
    let (began, calls) = (Instant::now(), Killer::counting());
    run(&world.app().observed(calls.clone()), job_id, WORK_FOR).await.expect("the rest");
    let after = began.elapsed();
    let done = job(&world, job_id).await;
    assert_eq!((done.state, done.done, done.changed, done.failures), (JobState::Done, FLEET, FLEET, 0));
    let (budget, rows) = sound(&world, id).await;
    assert_eq!((budget.shared, budget.aside, budget.run), (PLAN.sum(), Sum::ZERO, None));
    let edition = rows[0].row.card.edition;
    let written = edition.saturating_sub(1);
    assert_eq!(written, 1, "a card is written once");
    assert!(rows.iter().all(|row| row.row.card.edition == edition));
    let of = |row: &ShareRow| row.allowance.share.portion.sum();
    let least = rows.iter().map(of).min_by_key(|sum| (sum.roubles, sum.litres)).expect("a share");
    assert!(rows.iter().map(of).all(|sum| sum.roubles.get() - least.roubles.get() <= 1));
    let steps = u64::from(FLEET - half.done).div_ceil(40);
    let rows = [row![
        preview.as_millis(),
        half.done,
        before.as_millis(),
        FLEET - half.done,
        after.as_millis(),
        calls.count(),
        steps
    ]];
    let head = ["preview, ms", "shares before the kill", "ms", "shares after it", "ms", "calls of the store", "steps"];
    report::table("10,000 shares written by a job, the worker killed half-way", &head, &rows);
}

/// A job that gives every card the same share, with the run it needs.
async fn start(world: &World, company: CompanyId, share: i64) -> JobId {
    let rows = cards(world, company).await;
    let (before, _) = world.app().table.budget(company).await.expect("the table answers").expect("a budget");
    let (id, now) = (Uuid::new_v4(), world.now());
    let portion = Portion { roubles: Some(Kopecks::new(share)), litres: None };
    let more = Kopecks::new(share * i64::from(SMALL)).saturating_sub(before.shared.roubles).max(Kopecks::ZERO);
    let plan = Portion { roubles: Some(Kopecks::new(1_000_000)), litres: None };
    let aside = Sum { roubles: more, litres: Millilitres::ZERO };
    let after = Budget { plan, aside, run: Some(Run { id, since: now }), ..before }.moved_on(true);
    let person = world.newcomer(Some(company), Role::Manager).await;
    let actor = Actor { user: person.id, login: person.login, role: person.role };
    let planned: Vec<_> = rows.into_iter().map(|row| PlannedShare { number: row.row.card.number, portion }).collect();
    let job = Job::new(JobId::new(id), company, actor.clone(), Work::Shares { shares: SMALL }, SMALL, now);
    let act = Act {
        at: now,
        actor,
        action: "budget.equal".to_owned(),
        subject: "budget".to_owned(),
        before: json!({}),
        after: json!({ "count": SMALL }),
        reason: String::new(),
    };
    let edit = BudgetEdit { company, before, after, carry_over: None, shares: Vec::new() };
    let placed = world.app().table.start_shares(&edit, &planned, &job, &act).await.expect("the table answers");
    assert_eq!(placed, BudgetPlacement::Done);
    JobId::new(id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_at_any_call_leaves_shares_and_reserve_that_are_the_plan_and_ends_exactly_once() {
    let world = World::start().await;
    let company = world.company().cards(1).create().await;
    let id = grow(&world, &company, SMALL).await;
    let (mut edition, mut rows) = (1, Vec::new());
    for lost_answer in [false, true] {
        let mut kills = 0;
        loop {
            let share = if edition % 2 == 0 { 5_000 } else { 16_000 };
            let job_id = start(&world, id, share).await;
            let killer = Killer::after(kills, lost_answer);
            let ended = run(&world.app().observed(killer.clone()), job_id, WORK_FOR).await;
            let killed = killer.has_killed();
            assert_eq!(ended.is_err(), killed, "after {kills} calls");
            sound(&world, id).await;
            world.advance_minutes(3);
            run(world.app(), job_id, WORK_FOR).await.expect("the rest");
            let done = job(&world, job_id).await;
            assert_eq!((done.state, done.done, done.changed), (JobState::Done, SMALL, SMALL), "after {kills} calls");
            let (budget, cards) = sound(&world, id).await;
            assert_eq!((budget.run, budget.aside), (None, Sum::ZERO));
            edition += 1;
            assert!(cards.iter().all(|row| row.row.card.edition == edition), "each card once");
            assert!(cards.iter().all(|row| row.allowance.share.portion.roubles == Some(Kopecks::new(share))));
            if !killed {
                break;
            }
            kills += 1;
        }
        rows.push(row![if lost_answer { "its answer lost" } else { "before it left" }, kills]);
        assert!(kills >= 10, "{kills} calls are too few to be a job");
    }
    report::table("A worker killed at each call of a job over 60 shares", &["the call", "kills"], &rows);
}
