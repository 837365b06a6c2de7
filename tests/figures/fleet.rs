//! Ten thousand cards in one company: what finding some of them costs, and that all of them are blocked once, whatever kills the
//! worker.

use crate::cost_fill::metered;
use crate::killer::Killer;
use crate::raw;
use crate::{report, row};
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use futures::StreamExt as _;
use oktan_shared::domain::ids::JobId;
use oktan_shared::domain::people::{Actor, Role as DomainRole};
use oktan_shared::domain::text::{Group, Label};
use oktan_shared::domain::{CardNumber, CompanyId};
use oktan_shared::fleet::{Block, Marks};
use oktan_shared::jobs::{Job, JobState, Work};
use oktan_shared::journal::chain_mac;
use oktan_shared::table::{CardSummary, FleetFilter, listed_row};
use oktan_tests::{Caller, Company, World};
use oktan_worker::{WORK_FOR, run};
use std::collections::BTreeMap;
use std::time::Instant;
use uuid::Uuid;

const FLEET: u32 = 10_000;
const GROUPS: u32 = 40;
/// A page takes no more, the session's read aside, where a card in twenty is wanted.
const ROUND_TRIPS_MAX: u64 = 2;
/// And no more than this however rare what is wanted: the list is some three megabytes.
const RARE_ROUND_TRIPS_MAX: u64 = 6;
const SESSION_READS: u64 = 1;
/// Rows of one `BatchWriteItem`.
const BATCH: usize = 25;
/// Cards of the fleet whose worker is killed at every call.
const SMALL: usize = 60;

/// A company with so many cards.
async fn fleet(world: &World, size: u32) -> (Company, CompanyId) {
    let company = world.company().cards(1).create().await;
    let id = grow(world, &company, size).await;
    (company, id)
}

/// Puts cards like the only one that a company has, until it has so many.
pub async fn grow(world: &World, company: &Company, size: u32) -> CompanyId {
    let id = CompanyId::parse(&company.id).expect("an id");
    let app = world.app();
    let (cards, _) = app.table.cards(id, 1, None).await.expect("the list");
    let first: &CardSummary = &cards[0];
    let taken = first.row.card.number.clone();
    let numbers = (0..).map(|serial| CardNumber::issue(id, serial)).filter(|number| *number != taken);
    let mut rows = Vec::new();
    for (number, n) in numbers.zip(1..size) {
        let (mut row, mut note) = (first.row.clone(), first.note.clone());
        row.card.number = number;
        // They have no row of rules.
        row.rules_edition = 0;
        note.label = Label::parse(&format!("А{n:05}ВС 26")).expect("a label");
        note.group = Group::parse(&format!("Колонна {:02}", n % GROUPS)).expect("a group");
        for raw in [row.to_raw(), listed_row(&row.card, &note)] {
            let put = PutRequest::builder().set_item(Some(raw)).build().expect("a row");
            rows.push(WriteRequest::builder().put_request(put).build());
        }
    }
    let client = world.stack().dynamodb();
    let batches = rows.chunks(BATCH).map(|batch| {
        let call = client.batch_write_item().request_items(raw::CABINET, batch.to_vec());
        async { assert!(call.send().await.expect("a batch").unprocessed_items().is_none_or(|left| left.is_empty())) }
    });
    futures::stream::iter(batches).buffer_unordered(4).collect::<Vec<()>>().await;
    id
}

/// A job that blocks or unblocks every card.
async fn start(world: &World, company: CompanyId, on: bool, total: u32) -> JobId {
    let person = world.newcomer(Some(company), DomainRole::Manager).await;
    let actor = Actor { user: person.id, login: person.login, role: person.role };
    let marks = Marks { block: Some(Block { on, reason: None, at: on.then(|| world.now()) }), ..Marks::default() };
    let work = Work::Mark { filter: FleetFilter::default(), today: NaiveDate::MIN, marks, reason: None };
    let id = JobId::new(Uuid::new_v4());
    let job = Job::new(id, company, actor, work, total, world.now());
    assert!(world.app().table.start_job(&job).await.expect("the table answers"));
    id
}

/// Every card is so, and was made so once: by its edition, and by the acts after the `after`-th, whose chain holds.
async fn is_whole(world: &World, company: CompanyId, blocked: bool, edition: u32, total: usize, after: u64) -> u64 {
    let table = &world.app().table;
    let (mut cards, mut place) = (BTreeMap::new(), None);
    loop {
        let (page, next) = table.cards(company, 100, place.as_ref()).await.expect("a page");
        for card in page {
            assert_eq!((card.row.card.blocked_by_client, card.row.card.edition), (blocked, edition), "{card:?}");
            assert_eq!(card.note.edition, edition);
            cards.insert(card.row.card.number.to_string(), 0);
        }
        place = next;
        if place.is_none() {
            break;
        }
    }
    assert_eq!(cards.len(), total);
    let (mut previous, mut seq) = (String::new(), 0);
    loop {
        let links = table.acts(Some(company), seq, 500).await.expect("the chain");
        if links.is_empty() {
            break;
        }
        for link in links {
            seq += 1;
            let mac = STANDARD.encode(chain_mac(&world.app().keys, Some(company), seq, &previous, &link.text));
            assert_eq!((link.seq, &link.previous, &link.mac), (seq, &previous, &mac), "the chain holds");
            previous = mac;
            if seq > after && link.act.action.starts_with("cards.") {
                for number in link.act.after["cards"].as_array().expect("cards") {
                    *cards.get_mut(number.as_str().expect("a number")).expect("a card of the company") += 1;
                }
            }
        }
    }
    assert!(cards.values().all(|acts| *acts == 1), "the journal has each card once");
    seq
}

pub async fn job(world: &World, id: JobId) -> Job {
    world.app().table.job(id).await.expect("the table answers").expect("the job")
}

async fn first_page(world: &World, owner: &Caller, path: &str) -> (usize, u64, String) {
    let (answer, cost) = metered(world, owner.get(path)).await;
    let answer = answer.expect(200);
    let units = format!("{}.{}", cost.half_read_units / 2, cost.half_read_units % 2 * 5);
    (answer["items"].as_array().expect("items").len(), cost.reads - SESSION_READS, units)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_cards_are_found_in_few_round_trips_and_blocked_once_though_the_worker_is_killed_half_way() {
    let world = World::start().await;
    let (company, id) = fleet(&world, FLEET).await;
    let owner = company.owner().await;
    let group = "%D0%9A%D0%BE%D0%BB%D0%BE%D0%BD%D0%BD%D0%B0%2007";
    let mut rows = Vec::new();
    for (what, path, items, most) in [
        ("all", "/v1/cards".to_owned(), 50, ROUND_TRIPS_MAX),
        ("active", "/v1/cards?status=active".to_owned(), 50, ROUND_TRIPS_MAX),
        ("a search that finds one in ten", "/v1/cards?q=7bc".to_owned(), 50, ROUND_TRIPS_MAX),
        ("a group of one in forty", format!("/v1/cards?group={group}"), 50, ROUND_TRIPS_MAX + 1),
        ("one plate of all", "/v1/cards?q=a09876bc".to_owned(), 1, RARE_ROUND_TRIPS_MAX),
        ("blocked: none", "/v1/cards?status=blocked".to_owned(), 0, RARE_ROUND_TRIPS_MAX),
        ("the groups", "/v1/card-groups".to_owned(), 41, RARE_ROUND_TRIPS_MAX),
    ] {
        let (found, trips, units) = first_page(&world, &owner, &path).await;
        assert_eq!(found, items, "{what}");
        assert!(trips <= most, "{what}: {trips}");
        rows.push(row![what, found, trips, units]);
    }
    report::table("10,000 cards: the first page", &["what", "items", "round trips", "read units"], &rows);

    let acts = world.app().table.chain_head(Some(id)).await.expect("the chain").map_or(0, |head| head.seq);
    let job_id = start(&world, id, true, FLEET).await;
    let began = Instant::now();
    let calls = Killer::counting();
    let killer = Killer::after(450, false);
    assert!(run(&world.app().observed(killer), job_id, WORK_FOR).await.is_err(), "it was killed");
    let half = job(&world, job_id).await;
    assert_eq!(half.state, JobState::Running);
    assert!((2_000..8_000).contains(&half.done), "{}", half.done);
    let before = began.elapsed();
    run(world.app(), job_id, WORK_FOR).await.expect("the lease is another's");
    assert_eq!(job(&world, job_id).await.done, half.done, "nobody goes on while the lease lasts");
    world.advance_minutes(3);
    let began = Instant::now();
    run(&world.app().observed(calls.clone()), job_id, WORK_FOR).await.expect("the rest");
    let after = began.elapsed();
    let done = job(&world, job_id).await;
    assert_eq!((done.state, done.done, done.total, done.changed), (JobState::Done, FLEET, FLEET, FLEET));
    is_whole(&world, id, true, 2, 10_000, acts).await;
    let rows = [row![half.done, before.as_millis(), FLEET - half.done, after.as_millis(), calls.count()]];
    let head = ["cards before the kill", "ms", "cards after it", "ms", "calls of the store"];
    report::table("10,000 cards blocked by a job, the worker killed half-way", &head, &rows);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_at_any_call_of_the_store_leaves_a_job_that_ends_exactly_once() {
    let world = World::start().await;
    let (_, id) = fleet(&world, u32::try_from(SMALL).expect("few")).await;
    let mut acts = world.app().table.chain_head(Some(id)).await.expect("the chain").map_or(0, |head| head.seq);
    let (mut blocked, mut edition, mut rows) = (false, 1, Vec::new());
    for lost_answer in [false, true] {
        let mut kills = 0;
        loop {
            (blocked, edition) = (!blocked, edition + 1);
            let job_id = start(&world, id, blocked, u32::try_from(SMALL).expect("few")).await;
            let killer = Killer::after(kills, lost_answer);
            let ended = run(&world.app().observed(killer.clone()), job_id, WORK_FOR).await;
            let killed = killer.has_killed();
            assert_eq!(ended.is_err(), killed, "after {kills} calls");
            let left = job(&world, job_id).await;
            world.advance_minutes(3);
            // Whoever takes it up: a worker that is woken again, or the scheduler.
            if kills.is_multiple_of(2) {
                run(world.app(), job_id, WORK_FOR).await.expect("the rest");
            } else {
                world.tick().await;
            }
            let done = job(&world, job_id).await;
            assert_eq!((done.state, done.done, done.total), (JobState::Done, 60, 60), "after {kills} calls: {left:?}");
            assert_eq!(done.changed, 60);
            acts = is_whole(&world, id, blocked, edition, SMALL, acts).await;
            assert_eq!(world.tick().await["jobs"], 0, "nothing is left to wake anybody");
            if !killed {
                break;
            }
            kills += 1;
        }
        rows.push(row![if lost_answer { "its answer lost" } else { "before it left" }, kills]);
        assert!(kills >= 8, "{kills} calls are too few to be a job");
    }
    report::table("A worker killed at each call of a job over 60 cards", &["the call", "kills"], &rows);
}
