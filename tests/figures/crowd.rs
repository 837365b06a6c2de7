//! The last litre: two hundred ask at once, and exactly as many pass as the limit has room for.

use crate::books::{Books, Moved};
use crate::instances::pumps;
use crate::{raw, report, row};
use futures::future::join_all;
use oktan_tests::{Company, Pump, Value, World, json, numbers};
use std::time::{Duration, Instant};
use uuid::Uuid;

const ASKS: usize = 200;
const LIMIT: &str = "105.000";
const FITS: usize = 10;
/// What ten litres of diesel cost, kopecks.
const FILL: i64 = 71_900;
/// Rounds begin as long as this is not over.
const BUDGET: Duration = Duration::from_secs(12);
const ROUNDS_MIN: usize = 4;
/// Instances of the pump's function in every other pair of rounds.
const INSTANCES: usize = 4;

/// What became of one driver's wish.
#[derive(Default)]
struct Outcome {
    approved: bool,
    asked_again: usize,
    sent_again: usize,
}

#[tokio::test]
async fn of_two_hundred_at_once_exactly_ten_pass_a_limit_of_105_litres() {
    let world = World::start().await;
    let company = world.company().cards(0).create().await;
    let instances = pumps(&world, &company.pump, INSTANCES).await;
    let began = Instant::now();
    let mut rows = Vec::new();
    let (mut moved, mut round) = (Moved::new(), 0);
    while round < ROUNDS_MIN || began.elapsed() < BUDGET {
        let purse = round % 2 == 1;
        let card = company.issue(1, if purse { "purse" } else { "account" }).await.remove(0);
        if purse {
            raw::put_on_purse(&world.stack().dynamodb(), &company.id, &card, 1_000_000).await;
            moved.insert(card.clone(), 1_000_000);
        }
        let pumps = if round % 4 < 2 { &instances[..1] } else { &instances[..] };
        rows.push(play(&company, &card, purse, pumps).await);
        round += 1;
        let balance = company.balance().await;
        let spent = i64::try_from(round * FITS).unwrap() * FILL;
        assert_eq!(balance["balance"], numbers::roubles(10_000_000 - spent), "{balance}");
        assert_eq!(balance["held"], "0.00", "{balance}");
        let books = Books::read(&world.stack().dynamodb()).await;
        assert_eq!(books.audit(&moved).purchases, round * FITS);
    }
    let head = ["funding", "instances", "asks", "approved", "asked again (holds)", "sent again (503)", "ms"];
    report::table("The last litre: 200 at once, 10 l each, a day's limit of 105 l", &head, &rows);
}

/// One crowd at one card; everybody is settled at the end.
async fn play(company: &Company, card: &str, purse: bool, pumps: &[Pump]) -> Vec<String> {
    let limit = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": LIMIT }] });
    company.limit(card, limit).await;
    let began = Instant::now();
    let drivers = (0..ASKS).map(|n| fuel(pumps[n % pumps.len()].clone(), card.to_owned(), n));
    let outcomes = join_all(drivers.map(tokio::spawn)).await;
    let outcomes: Vec<Outcome> = outcomes.into_iter().map(|outcome| outcome.expect("a driver")).collect();
    let approved = outcomes.iter().filter(|outcome| outcome.approved).count();
    assert_eq!(approved, FITS, "the limit has room for exactly {FITS}");
    row![
        if purse { "purse" } else { "account" },
        pumps.len(),
        ASKS,
        approved,
        outcomes.iter().map(|outcome| outcome.asked_again).sum::<usize>(),
        outcomes.iter().map(|outcome| outcome.sent_again).sum::<usize>(),
        began.elapsed().as_millis(),
    ]
}

/// Asks until it is approved and captured, or the limit says no.
async fn fuel(pump: Pump, card: String, n: usize) -> Outcome {
    let mut outcome = Outcome::default();
    let mut ask = pump.fill(&card, "10.000");
    loop {
        let answer = pump.ask(&ask).await;
        if answer.status == 503 {
            outcome.sent_again += 1;
            continue;
        }
        let answer = answer.expect(200);
        if answer["decision"] == "approved" {
            capture(&pump, &answer, &mut outcome).await;
            outcome.approved = true;
            return outcome;
        }
        if answer["reason"]["code"] == "limit_exceeded" {
            return outcome;
        }
        assert_eq!(answer["reason"]["code"], "too_many_holds", "{answer}");
        outcome.asked_again += 1;
        ask["request_id"] = json!(Uuid::new_v4());
        tokio::time::sleep(Duration::from_millis(200 + 2 * u64::try_from(n).unwrap())).await;
    }
}

async fn capture(pump: &Pump, approved: &Value, outcome: &mut Outcome) {
    let id = approved["authorization_id"].as_str().expect("an id");
    loop {
        let answer = pump.capture(id, "10.000").await;
        if answer.status != 503 {
            assert_eq!(answer.expect(200)["amount"], "-719.00");
            return;
        }
        outcome.sent_again += 1;
    }
}

#[tokio::test]
async fn the_last_of_the_companys_money_buys_exactly_what_it_pays_for_however_many_cards_ask() {
    const CARDS: usize = 30;
    let world = World::start().await;
    let company = world.company().cards(CARDS).payment("7190.00").create().await;
    let instances = pumps(&world, &company.pump, INSTANCES).await;
    let drivers = company.cards.iter().enumerate().map(|(n, card)| {
        let (pump, ask) = (instances[n % INSTANCES].clone(), company.pump.fill(card, "10.000"));
        tokio::spawn(async move {
            loop {
                let answer = pump.ask(&ask).await;
                if answer.status != 503 {
                    return answer.expect(200);
                }
            }
        })
    });
    let answers: Vec<Value> = join_all(drivers).await.into_iter().map(|answer| answer.expect("a driver")).collect();
    let approved = answers.iter().filter(|answer| answer["decision"] == "approved").count();
    assert_eq!(approved, FITS, "7,190.00 pays for exactly {FITS}");
    let refused = answers.iter().filter(|answer| answer["reason"]["code"] == "insufficient_funds").count();
    assert_eq!(refused, CARDS - FITS);
    let balance = company.balance().await;
    assert_eq!((&balance["available"], &balance["held"]), (&json!("0.00"), &json!("7190.00")), "{balance}");
    assert_eq!(Books::read(&world.stack().dynamodb()).await.audit(&Moved::new()).open_holds, FITS);
}
