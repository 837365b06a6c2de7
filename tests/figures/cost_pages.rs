//! What reading costs, and that it does not grow with what lies behind.

use crate::cost_fill::metered;
use crate::{report, row};
use chrono::{Days, TimeDelta};
use oktan_shared::domain::Kopecks;
use oktan_shared::domain::lasting::RecentDays;
use oktan_shared::domain::window::Zone;
use oktan_shared::table::{DaySums, Metered};
use oktan_tests::{Caller, World, past};

/// A page takes no more, the session's read aside.
const ROUND_TRIPS_MAX: u64 = 2;
/// Entries behind the first page, unless `ENTRIES` says how many.
const MORE: i64 = 5_000;
/// A new session is read once, and touched by nothing.
const SESSION_READS: u64 = 1;

#[tokio::test]
async fn a_page_takes_two_round_trips_and_not_one_more_with_thousands_of_entries_behind_it() {
    let world = World::start().await;
    let company = world.company().cards(70).purses(1).create().await;
    let (card, client) = (company.card().to_owned(), world.stack().dynamodb());
    company.pump.buy(&card, "10").await;
    company.pump.declined(&company.purses[0], "10").await;
    let now = world.now();
    past::repeat(&client, &card, (1..=120).map(|n| now - TimeDelta::seconds(n))).await;

    let owner = company.owner().await;
    let today = (now + TimeDelta::hours(3)).date_naive();
    let lists = [
        ("balance", "/v1/balance".to_owned(), None),
        ("history", "/v1/history".to_owned(), Some(50)),
        ("history of a card", format!("/v1/history?card={card}"), Some(50)),
        ("history of a day", format!("/v1/history?from={today}&to={today}"), Some(50)),
        ("history of a card and a day", format!("/v1/history?card={card}&from={today}&to={today}"), Some(50)),
        ("declines", "/v1/history?type=decline".to_owned(), Some(1)),
        ("cards", "/v1/cards".to_owned(), Some(50)),
    ];
    // As it is until a company's first days are over, then as it is from then on.
    let fresh = page(&world, &owner, "balance", "/v1/balance", None).await;
    assert!(fresh.reads - SESSION_READS <= ROUND_TRIPS_MAX, "{fresh:?}");
    let table = &world.stack().app.table;
    let recent = RecentDays { until: today - Days::new(1), costs: vec![Kopecks::new(12_345_678); 30] };
    let id = company.id.parse().expect("an id");
    table.close_days(id, Zone::default(), &DaySums::new(), &recent).await.expect("its days");
    let mut before = Vec::new();
    for (what, path, items) in &lists {
        before.push(page(&world, &owner, what, path, *items).await);
    }
    let long_ago = now - TimeDelta::days(2);
    #[allow(clippy::disallowed_methods)] // how many is the caller's choice
    let more = std::env::var("ENTRIES").map_or(MORE, |entries| entries.parse().expect("a number"));
    past::repeat(&client, &card, (0..more).map(|n| long_ago - TimeDelta::minutes(n))).await;
    // So many take longer to write than a session goes untouched.
    let owner = company.owner().await;
    let mut rows = vec![row!["balance of the first days", fresh.reads - SESSION_READS, units(&fresh), "-"]];
    for ((what, path, items), before) in lists.iter().zip(before) {
        let after = page(&world, &owner, what, path, *items).await;
        let trips = after.reads - SESSION_READS;
        rows.push(row![what, trips, units(&before), units(&after)]);
        assert!(trips <= ROUND_TRIPS_MAX, "{what}: {after:?}");
        assert_eq!(after, before, "{what}: it grew");
    }
    let more = format!("with {more} entries more");
    let head = ["first page", "round trips", "read units", &more];
    report::table("What reading costs (the session's round trip aside, its units included)", &head, &rows);

    // The pages go on where they ended: nothing twice, nothing left out.
    let whole = owner.all(&format!("/v1/history?from={today}&to={today}&type=purchase"), 50).await;
    assert_eq!(whole.len(), 121);
}

fn units(cost: &Metered) -> String {
    format!("{}.{}", cost.half_read_units / 2, cost.half_read_units % 2 * 5)
}

async fn page(world: &World, owner: &Caller, what: &str, path: &str, items: Option<usize>) -> Metered {
    let (answer, cost) = metered(world, owner.get(path)).await;
    let answer = answer.expect(200);
    assert_eq!(answer["items"].as_array().map(Vec::len), items, "{what}: {answer}");
    assert_eq!(cost.writes, 0, "{what}: reading writes nothing");
    cost
}
