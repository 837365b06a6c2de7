//! Two instances whose clocks differ by a minute, at midnight.

use crate::{instances, raw};
use chrono::{Days, TimeDelta};
use oktan_shared::Clock;
use oktan_tests::World;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

#[tokio::test]
async fn a_clock_a_little_behind_counts_into_the_day_that_has_begun() {
    let world = World::start().await;
    let company = world.company().cards(2).purses(2).create().await;
    let client = world.stack().dynamodb();
    let cards = [&company.cards[0], &company.cards[1], &company.purses[0], &company.purses[1]];
    for purse in &company.purses {
        raw::put_on_purse(&client, &company.id, purse, 1_000_000).await;
    }
    let zone = oktan_shared::domain::window::Zone::default();
    let midnight = zone.midnight(zone.date(world.now()) + Days::new(1));
    world.advance_to(midnight - TimeDelta::minutes(10));
    let mut holds = Vec::new();
    for (at, card) in cards.into_iter().enumerate() {
        let mut ask = company.pump.fill(card, "10");
        // The last byte chooses the row that a purse purchase counts in: one row for both.
        ask["request_id"] = format!("00000000-0000-4000-8000-00000000000{}", at / 2 * 8).into();
        holds.push(company.pump.decide(&ask).await["authorization_id"].as_str().expect("an id").to_owned());
    }
    world.advance_to(midnight + TimeDelta::seconds(20));
    let ahead_s = (world.now() - Clock::system().now()).num_seconds();
    let behind = Clock::shifted(Arc::new(AtomicI64::new(ahead_s - 60)));
    assert!(behind.now() < midnight);
    let late = instances::pump_with(&world, &company.pump, behind).await;
    for (pump, id) in [(&company.pump, 0), (&late, 1), (&company.pump, 2), (&late, 3)] {
        pump.capture(&holds[id], "10").await.expect(200);
    }
    let balance = company.balance().await;
    assert_eq!((&balance["spent_today"], &balance["spent_this_month"]), (&"2876.00".into(), &"2876.00".into()));
}
