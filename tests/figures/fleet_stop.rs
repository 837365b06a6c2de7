//! A suspension of more purse cards than one call may move.

use crate::fleet::grow;
use crate::killer::Killer;
use crate::raw;
use oktan_shared::domain::ids::JobId;
use oktan_shared::jobs::JobState;
use oktan_shared::table::STOP_AT_ONCE_MAX;
use oktan_tests::World;
use oktan_worker::{WORK_FOR, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_purse_cards_than_one_call_may_move_are_stopped_by_a_job_though_its_worker_is_killed() {
    let world = World::start().await;
    let company = world.company().cards(0).purses(1).create().await;
    let total = STOP_AT_ONCE_MAX + 1;
    grow(&world, &company, total).await;
    let (staff, owner) = (world.admin().await, company.owner().await);
    let started = staff.post_nothing(&format!("/v1/staff/companies/{}/suspend", company.id)).await.expect(202);
    assert_eq!(started["total"], total);
    let id = started["job_id"].as_str().expect("an id");
    let path = format!("/v1/jobs/{id}");
    assert_eq!(staff.get(&path).await.expect(200)["kind"], "purses_stop");
    owner.get(&path).await.problem(404, "not_found");

    let (app, job) = (world.app(), JobId::parse(id).expect("an id"));
    run(&app.observed(Killer::after(40, true)), job, WORK_FOR).await.expect_err("it was killed");
    let half = app.table.job(job).await.expect("the table answers").expect("the job");
    assert!((1..total).contains(&half.done), "{half:?}");
    world.advance_minutes(3);
    assert_eq!(world.tick().await["jobs"], 1);
    let done = app.table.job(job).await.expect("the table answers").expect("the job");
    assert_eq!((done.state, done.done, done.total), (JobState::Done, total, total));

    let rows = raw::scan(&world.stack().dynamodb(), raw::CABINET).await;
    let account = rows.iter().find(|row| raw::text(row, "sk") == "ACCOUNT").expect("the account");
    let cards: Vec<_> = rows.iter().filter(|row| raw::text(row, "sk") == "CARD").collect();
    assert_eq!(cards.len(), usize::try_from(total).expect("few"));
    for card in cards {
        assert_eq!(raw::number(card, "v"), 2, "moved once: {card:?}");
        assert_eq!(raw::number(card, "turn"), raw::number(account, "turn"));
    }
}
