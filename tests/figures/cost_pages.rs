//! What reading costs, and that it does not grow with what lies behind.

use crate::cost_fill::metered;
use crate::raw::{self, Item, text};
use crate::{report, row};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use oktan_shared::table::Metered;
use oktan_tests::{Caller, World};
use uuid::Uuid;

/// A page takes no more, the session's read aside.
const ROUND_TRIPS_MAX: u64 = 2;
const MORE: i64 = 5_000;
/// Rows of one `BatchWriteItem`.
const BATCH: usize = 25;
/// A new session is read once, and touched by nothing.
const SESSION_READS: u64 = 1;

#[tokio::test]
async fn a_page_takes_two_round_trips_and_not_one_more_with_five_thousand_entries_behind_it() {
    let world = World::start().await;
    let company = world.company().cards(70).purses(1).create().await;
    let (card, client) = (company.card().to_owned(), world.stack().dynamodb());
    company.pump.buy(&card, "10").await;
    company.pump.declined(&company.purses[0], "10").await;
    let bought = purchase(&client, &card).await;
    let now = world.now();
    copy(&client, &bought, (1..=120).map(|n| now - TimeDelta::seconds(n))).await;

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
    let mut before = Vec::new();
    for (what, path, items) in &lists {
        before.push(page(&world, &owner, what, path, *items).await);
    }
    let long_ago = now - TimeDelta::days(2);
    copy(&client, &bought, (0..MORE).map(|n| long_ago - TimeDelta::minutes(n))).await;
    let mut rows = Vec::new();
    for ((what, path, items), before) in lists.iter().zip(before) {
        let after = page(&world, &owner, what, path, *items).await;
        let trips = after.reads - SESSION_READS;
        rows.push(row![what, trips, units(&before), units(&after)]);
        assert!(trips <= ROUND_TRIPS_MAX, "{what}: {after:?}");
        assert_eq!(after, before, "{what}: it grew");
    }
    let head = ["first page", "round trips", "read units", "with 5,000 entries more"];
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

/// The row of a card's only purchase.
async fn purchase(client: &Client, card: &str) -> Item {
    let rows = raw::partition(client, &format!("CARD#{card}")).await;
    rows.into_iter().find(|row| text(row, "kind") == "purchase").expect("a purchase")
}

/// The same purchase again under other numbers, at other times: what years of fuelling leave.
async fn copy(client: &Client, bought: &Item, times: impl Iterator<Item = DateTime<Utc>>) {
    let request = text(bought, "sk").trim_start_matches("AUTH#").to_owned();
    let rows: Vec<WriteRequest> = times
        .map(|at| {
            let new = Uuid::new_v4().to_string();
            let mut row = bought.clone();
            for name in ["sk", "hold"] {
                row.insert(name.to_owned(), AttributeValue::S(text(bought, name).replace(&request, &new)));
            }
            let posted = format!("{}#{new}", at.to_rfc3339_opts(SecondsFormat::Millis, true));
            for name in ["gsi1sk", "gsi2sk"] {
                row.insert(name.to_owned(), AttributeValue::S(posted.clone()));
            }
            let put = PutRequest::builder().set_item(Some(row)).build().expect("a row");
            WriteRequest::builder().put_request(put).build()
        })
        .collect();
    for chunk in rows.chunks(BATCH) {
        let done = client.batch_write_item().request_items(raw::CABINET, chunk.to_vec()).send().await.expect("a batch");
        assert!(done.unprocessed_items().is_none_or(|left| left.is_empty()));
    }
}
