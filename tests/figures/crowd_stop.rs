//! After a block or a suspension is answered nothing is approved, whatever was under way.

use crate::books::{Books, Moved, holds};
use crate::instances::pumps;
use crate::raw::{self, text};
use aws_sdk_dynamodb::Client;
use oktan_tests::{Answer, Company, Pump, Value, World};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Drivers at each card, and instances that they ask.
const DRIVERS: usize = 3;
/// How long a driver who was refused waits.
const REFUSED_WAIT: Duration = Duration::from_millis(20);
const ROUNDS: usize = 4;
const PURSE: i64 = 5_000_000;

/// Drivers who ask and give back, over and over, until told to stop.
struct Crowd {
    stop: Arc<AtomicBool>,
    approved: Arc<AtomicUsize>,
    drivers: Vec<JoinHandle<()>>,
}

impl Crowd {
    /// Each of a card's drivers asks another instance.
    fn at(pumps: &[Pump], cards: &[String]) -> Self {
        let (stop, approved) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let at_card = |pump: &Pump, card: &String| {
            let (pump, card, stop, approved) = (pump.clone(), card.clone(), stop.clone(), approved.clone());
            tokio::spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let answer = answered(&pump, &pump.fill(&card, "1.000")).await;
                    if answer.json["decision"] == "approved" {
                        approved.fetch_add(1, Ordering::Relaxed);
                        let id = answer.json["authorization_id"].as_str().expect("an id").to_owned();
                        while pump.reverse(&id).await.status == 503 {}
                    } else {
                        tokio::time::sleep(REFUSED_WAIT).await;
                    }
                }
            })
        };
        let at_cards = cards.iter().flat_map(|card| pumps.iter().map(move |pump| (pump, card)));
        let drivers = at_cards.map(|(pump, card)| at_card(pump, card)).collect();
        Self { stop, approved, drivers }
    }

    /// Waits until so many more were approved: the crowd is under way.
    async fn runs(&self, more: usize) {
        let until = self.approved.load(Ordering::Relaxed) + more;
        while self.approved.load(Ordering::Relaxed) < until {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        for driver in self.drivers {
            driver.await.expect("a driver");
        }
    }
}

/// What a terminal is told in the end: after a 503, which does not say whether there is a hold, it asks the same again.
async fn answered(pump: &Pump, ask: &Value) -> Answer {
    loop {
        let answer = pump.ask(ask).await;
        if answer.status != 503 {
            return answer;
        }
    }
}

/// The code of a decline.
async fn refusal(pump: &Pump, card: &str) -> String {
    let answer = answered(pump, &pump.fill(card, "1.000")).await.expect(200);
    assert_eq!(answer["decision"], "declined", "{answer}");
    answer["reason"]["code"].as_str().expect("a code").to_owned()
}

/// Every request of these cards that was ever approved, as the rows say now.
async fn approvals(client: &Client, cards: &[String]) -> BTreeSet<String> {
    let mut approved = BTreeSet::new();
    for card in cards {
        for row in raw::partition(client, &format!("CARD#{card}")).await {
            match text(&row, "sk").split_once('#') {
                None if text(&row, "sk") == "CARD" => {
                    approved.extend(holds(&row).iter().map(|hold| hold.request.to_string()));
                }
                Some(("AUTH", request)) if !text(&row, "over").contains("declined") => {
                    approved.insert(request.to_owned());
                }
                _ => {}
            }
        }
    }
    approved
}

async fn company_with_purses(world: &World, each: usize) -> (Company, Moved) {
    let company = world.company().cards(each).purses(each).payment("1000000.00").create().await;
    let mut moved = Moved::new();
    for purse in &company.purses {
        raw::put_on_purse(&world.stack().dynamodb(), &company.id, purse, PURSE).await;
        moved.insert(purse.clone(), PURSE);
    }
    (company, moved)
}

#[tokio::test]
async fn after_a_block_is_answered_nothing_is_approved_until_it_is_lifted() {
    let world = World::start().await;
    let (company, moved) = company_with_purses(&world, 1).await;
    let client = world.stack().dynamodb();
    let (owner, staff) = (company.owner().await, world.admin().await);
    for card in [company.card(), company.purses[0].as_str()] {
        let cards = [card.to_owned()];
        let crowd = Crowd::at(&pumps(&world, &company.pump, DRIVERS).await, &cards);
        for round in 0..ROUNDS {
            let (by, path) = match round % 2 {
                0 => (&owner, format!("/v1/cards/{card}")),
                _ => (&staff, format!("/v1/staff/cards/{card}")),
            };
            crowd.runs(5).await;
            by.post_nothing(&format!("{path}/block")).await.expect(200);
            let before = approvals(&client, &cards).await;
            assert_eq!(refusal(&company.pump, card).await, "card_blocked");
            tokio::time::sleep(Duration::from_millis(60)).await;
            assert_eq!(approvals(&client, &cards).await, before, "approved after the block was answered");
            by.post_nothing(&format!("{path}/unblock")).await.expect(200);
        }
        crowd.runs(5).await;
        crowd.end().await;
    }
    assert_eq!(Books::read(&client).await.audit(&moved).open_holds, 0);
}

#[tokio::test]
async fn after_a_suspension_is_answered_nothing_is_approved_until_the_company_resumes() {
    let world = World::start().await;
    let (company, moved) = company_with_purses(&world, 3).await;
    let client = world.stack().dynamodb();
    let staff = world.admin().await;
    let cards: Vec<String> = company.cards.iter().chain(&company.purses).cloned().collect();
    let path = format!("/v1/staff/companies/{}", company.id);
    let crowd = Crowd::at(&pumps(&world, &company.pump, DRIVERS).await, &cards);
    for _ in 0..ROUNDS {
        crowd.runs(20).await;
        staff.post_nothing(&format!("{path}/suspend")).await.expect(200);
        let before = approvals(&client, &cards).await;
        for card in &cards {
            assert_eq!(refusal(&company.pump, card).await, "company_suspended");
        }
        tokio::time::sleep(Duration::from_millis(60)).await;
        assert_eq!(approvals(&client, &cards).await, before, "approved after the suspension was answered");
        staff.post_nothing(&format!("{path}/resume")).await.expect(200);
    }
    crowd.runs(20).await;
    crowd.end().await;
    assert_eq!(Books::read(&client).await.audit(&moved).open_holds, 0);
}

#[tokio::test]
async fn blocks_and_unblocks_that_race_with_fills_lose_nothing() {
    let world = World::start().await;
    let (company, moved) = company_with_purses(&world, 1).await;
    let cards: Vec<String> = company.cards.iter().chain(&company.purses).cloned().collect();
    let crowd = Crowd::at(&pumps(&world, &company.pump, DRIVERS).await, &cards);
    let togglers = cards.iter().flat_map(|card| (0..2).map(move |_| card.clone())).map(|card| {
        let company = company.clone();
        tokio::spawn(async move {
            let owner = company.owner().await;
            for act in ["block", "unblock"].repeat(6) {
                let answer = owner.post_nothing(&format!("/v1/cards/{card}/{act}")).await;
                assert!(matches!(answer.status, 200 | 503), "{answer}");
            }
        })
    });
    for toggler in togglers.collect::<Vec<_>>() {
        toggler.await.expect("a toggler");
    }
    crowd.end().await;
    let owner = company.owner().await;
    for card in &cards {
        owner.post_nothing(&format!("/v1/cards/{card}/unblock")).await.expect(200);
        company.pump.buy(card, "1.000").await;
    }
    let totals = Books::read(&world.stack().dynamodb()).await.audit(&moved);
    assert_eq!((totals.open_holds, totals.purchases), (0, 2));
}
