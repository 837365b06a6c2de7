//! The same request many times at once: one effect, one answer.

use crate::books::{Books, Moved, holds};
use crate::dice::Dice;
use crate::instances::pumps;
use crate::{raw, report, row};
use futures::future::join_all;
use futures::stream::{self, StreamExt};
use oktan_tests::{Answer, Pump, Value, World, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

const COPIES: usize = 100;
const STORM_IDS: usize = 200;
const STORM_COPIES: usize = 20;
/// Cards of the storm: no more ids fall on one than it may have holds.
const STORM_CARDS: usize = 80;
const IN_FLIGHT: usize = 64;
/// Instances of the pump's function that the copies are spread over.
const INSTANCES: usize = 4;

/// Sends it until it is answered with a decision.
async fn decided(pump: &Pump, body: &Value) -> Answer {
    loop {
        let answer = pump.ask(body).await;
        if answer.status != 503 {
            assert_eq!(answer.status, 200, "{answer}");
            return answer;
        }
    }
}

#[tokio::test]
async fn a_hundred_copies_at_once_have_one_effect_and_one_answer_byte_for_byte() {
    let world = World::start().await;
    let company = world.company().cards(3).purses(3).create().await;
    let mut moved = Moved::new();
    for purse in &company.purses {
        raw::put_on_purse(&world.stack().dynamodb(), &company.id, purse, 500_000).await;
        moved.insert(purse.clone(), 500_000);
    }
    let instances = pumps(&world, &company.pump, INSTANCES).await;
    let (asked, verdicts) = (["30.000", "90.000", "90.000"], ["approved", "partial", "declined"]);
    let limit = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "50.000" }] });
    for cards in [&company.cards, &company.purses] {
        for (at, card) in cards.iter().enumerate() {
            company.limit(card, limit.clone()).await;
            let mut body = company.pump.fill(card, asked[at]);
            body["partial_ok"] = json!(verdicts[at] == "partial");
            let copies = (0..COPIES).map(|n| {
                let (pump, body) = (instances[n % INSTANCES].clone(), body.clone());
                tokio::spawn(async move { decided(&pump, &body).await })
            });
            let answers: Vec<Answer> = join_all(copies).await.into_iter().map(|a| a.expect("a copy")).collect();
            let distinct: BTreeSet<&[u8]> = answers.iter().map(|answer| answer.bytes.as_slice()).collect();
            assert_eq!(distinct.len(), 1, "one answer");
            assert_eq!(answers[0].json["decision"], verdicts[at], "{}", answers[0]);
            let later = decided(&company.pump, &body).await;
            assert_eq!(later.bytes, answers[0].bytes, "the same answer for good");
            let row = raw::row(&world.stack().dynamodb(), &format!("CARD#{card}"), "CARD").await.expect("the card");
            assert_eq!(holds(&row).len(), usize::from(verdicts[at] != "declined"), "one effect");
            let mut other = body.clone();
            other["quantity"] = json!("31.000");
            company.pump.ask(&other).await.problem(409, "request_id_reused");
        }
    }
    let totals = Books::read(&world.stack().dynamodb()).await.audit(&moved);
    assert_eq!((totals.open_holds, totals.declines), (4, 2));
}

#[tokio::test]
async fn a_storm_of_two_hundred_requests_in_twenty_copies_has_two_hundred_effects() {
    let world = World::start().await;
    let company = world.company().cards(STORM_CARDS / 2).purses(STORM_CARDS / 2).create().await;
    let mut moved = Moved::new();
    for purse in &company.purses {
        raw::put_on_purse(&world.stack().dynamodb(), &company.id, purse, 50_000).await;
        moved.insert(purse.clone(), 50_000);
    }
    let instances = pumps(&world, &company.pump, INSTANCES).await;
    let cards: Vec<&String> = company.cards.iter().chain(&company.purses).collect();
    let bodies: Vec<Value> = (0..STORM_IDS).map(|n| company.pump.fill(cards[n % STORM_CARDS], "1.000")).collect();
    let mut order: Vec<usize> = (0..STORM_IDS * STORM_COPIES).map(|n| n % STORM_IDS).collect();
    let mut dice = Dice::new(1);
    for at in (1..order.len()).rev() {
        order.swap(at, usize::try_from(dice.between(0, i64::try_from(at).unwrap())).unwrap());
    }
    let began = Instant::now();
    let answers: Vec<(usize, Vec<u8>)> = stream::iter(order.into_iter().enumerate())
        .map(|(at, n)| {
            let (pump, body) = (instances[at % INSTANCES].clone(), bodies[n].clone());
            async move { (n, tokio::spawn(async move { decided(&pump, &body).await.bytes }).await.expect("a copy")) }
        })
        .buffer_unordered(IN_FLIGHT)
        .collect()
        .await;
    let mut distinct: BTreeMap<usize, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for (n, bytes) in answers {
        distinct.entry(n).or_default().insert(bytes);
    }
    assert!(distinct.values().all(|answers| answers.len() == 1), "one answer for each request");
    let totals = Books::read(&world.stack().dynamodb()).await.audit(&moved);
    assert_eq!((totals.open_holds, totals.declines, totals.purchases), (STORM_IDS, 0, 0));
    let rows = [row![STORM_IDS, STORM_COPIES, totals.open_holds, began.elapsed().as_millis()]];
    report::table("The same-request storm", &["requests", "copies of each", "effects", "ms"], &rows);
}
