//! The process is killed under load, again and again: what was answered is there, what was not is whole or absent.

use crate::books::{Books, Moved};
use crate::dice::Dice;
use crate::process::{Call, Stand};
use crate::{raw, report, row};
use oktan_tests::{Value, company_ask, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Kills, unless `KILLS` says more.
const KILLS: usize = 8;
const WORKERS: u64 = 6;
const CARDS: usize = 6;
const PURSE: i64 = 100_000_000;

/// The things of the load; they outlive every kill.
#[derive(Clone)]
struct Fleet {
    company: String,
    cards: Vec<String>,
    terminal: (String, String),
}

/// The process and who is signed in to it: tokens name the address that gave them, and each start has another.
#[derive(Clone)]
struct Desk {
    stand: Arc<Stand>,
    admin: String,
    pump: String,
}

impl Desk {
    async fn open(stand: Stand, fleet: &Fleet) -> Self {
        let admin = stand.sign_in().await;
        let pump = stand.exchange(&fleet.terminal.0, &fleet.terminal.1).await;
        Self { stand: Arc::new(stand), admin, pump }
    }

    async fn send(&self, call: &Call) -> Option<(u16, Vec<u8>)> {
        let token = if call.path.starts_with("/v1/staff/") { &self.admin } else { &self.pump };
        self.stand.post(token, call).await
    }
}

/// A call and the 2xx that it got.
type Answered = (Call, Vec<u8>);

/// What one worker saw.
#[derive(Default)]
struct Seen {
    answered: Vec<Answered>,
    /// The call under way at the kill.
    unknown: Vec<Call>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answered_write_is_lost_to_a_kill_under_load() {
    let dir = tempfile::tempdir().expect("a directory");
    let (fleet, mut desk, moved) = provision(Stand::start(dir.path(), "none")).await;
    let mut dice = Dice::new(Uuid::new_v4().as_u64_pair().0);
    let (mut rows, mut everything) = (Vec::new(), Vec::new());
    for kill in 1..=kills() {
        let workers: Vec<_> =
            (0..WORKERS).map(|n| tokio::spawn(work(desk.clone(), fleet.clone(), ((kill as u64) << 8) | n))).collect();
        let after = dice.between(300, 1_300);
        tokio::time::sleep(Duration::from_millis(after.unsigned_abs())).await;
        desk.stand.stop();
        let (mut answered, mut unknown) = (Vec::new(), Vec::new());
        for worker in workers {
            let seen = worker.await.expect("a worker");
            answered.extend(seen.answered);
            unknown.extend(seen.unknown);
        }
        let began = Instant::now();
        let stand = Stand::start(dir.path(), "none");
        let up = began.elapsed();
        let client = raw::client(&stand.dynamodb);
        Books::read(&client).await.audit(&moved);
        desk = Desk::open(stand, &fleet).await;
        replay(&desk, &answered).await;
        settle(&desk, &unknown).await;
        let totals = Books::read(&client).await.audit(&moved);
        assert!(!answered.is_empty(), "the load did something");
        rows.push(row![kill, after, answered.len(), unknown.len(), totals.purchases, up.as_millis()]);
        everything.extend(answered);
    }
    replay(&desk, &everything).await;
    let head = ["kill", "after ms", "answered 2xx", "cut off", "purchases so far", "up again ms"];
    report::table("kill -9 under load: 0 answered writes lost", &head, &rows);
}

#[allow(clippy::disallowed_methods)] // how long to go on is the caller's choice
fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}

fn call(path: &str, body: Value) -> Call {
    Call { path: path.to_owned(), key: None, body }
}

async fn provision(stand: Stand) -> (Fleet, Desk, Moved) {
    let admin = stand.sign_in().await;
    let ask = async |path: &str, body: Value| -> Value {
        let (status, answer) = stand.post(&admin, &call(path, body)).await.expect("an answer");
        assert!((200..300).contains(&status), "{path}: {status} {}", String::from_utf8_lossy(&answer));
        serde_json::from_slice(&answer).expect("JSON")
    };
    let station = json!({
        "code": "12", "name": "АЗС № 12", "address": "Ставрополь, ул. Мира, 1", "latitude": 45.0448,
        "longitude": 41.969, "amenities": [], "fuels": { "DT": "71.90" },
    });
    ask("/v1/staff/stations", station).await;
    let terminal = ask("/v1/staff/stations/12/terminals", json!({})).await;
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let created = ask("/v1/staff/companies", company_ask(1, "hand_over")).await;
    let company = text(&created["company"]["id"]);
    let funding = |n: usize| if n.is_multiple_of(2) { "account" } else { "purse" };
    let cards: Vec<Value> = (0..CARDS).map(|n| json!({ "funding": funding(n) })).collect();
    let issued = ask(&format!("/v1/staff/companies/{company}/cards"), json!({ "cards": cards })).await;
    let cards: Vec<String> = issued["cards"].as_array().expect("cards").iter().map(|c| text(&c["number"])).collect();
    let client = raw::client(&stand.dynamodb);
    let mut moved = Moved::new();
    for card in cards.iter().skip(1).step_by(2) {
        raw::put_on_purse(&client, &company, card, PURSE).await;
        moved.insert(card.clone(), PURSE);
    }
    let fleet = Fleet { company, cards, terminal: (text(&terminal["terminal_id"]), text(&terminal["secret"])) };
    let desk = Desk::open(stand, &fleet).await;
    assert_eq!(desk.send(&payment(&fleet, 900_000_000)).await.expect("an answer").0, 201);
    (fleet, desk, moved)
}

fn payment(fleet: &Fleet, kopecks: i64) -> Call {
    let amount = oktan_tests::numbers::roubles(kopecks);
    let body = json!({ "amount": amount, "date": "2026-11-20", "document_number": "17" });
    let path = format!("/v1/staff/companies/{}/payments", fleet.company);
    Call { key: Some(Uuid::new_v4().to_string()), ..call(&path, body) }
}

fn authorization(fleet: &Fleet, dice: &mut Dice) -> Call {
    let body = json!({
        "request_id": Uuid::new_v4(), "card_number": dice.pick(&fleet.cards), "product": "DT", "price": "71.90",
        "quantity": oktan_tests::numbers::litres(dice.between(1, 60_000)), "partial_ok": dice.once_in(2),
        "requested_at": "2026-11-22T10:00:00Z",
    });
    call("/v1/pump/authorizations", body)
}

/// Fills, settles, returns and pays until the connection breaks.
async fn work(desk: Desk, fleet: Fleet, seed: u64) -> Seen {
    let mut dice = Dice::new(seed);
    let mut seen = Seen::default();
    while let Some(answer) = send(&desk, &mut seen, authorization(&fleet, &mut dice)).await {
        if dice.once_in(6) && send(&desk, &mut seen, payment(&fleet, dice.between(1, 100_000))).await.is_none() {
            break;
        }
        let Some(id) = answer["authorization_id"].as_str() else { continue };
        let quantity = oktan_tests::numbers::units(answer["quantity"].as_str().expect("a quantity"));
        let path = format!("/v1/pump/authorizations/{id}");
        if dice.once_in(4) {
            let reverse = call(&format!("{path}/reverse"), json!({}));
            if send(&desk, &mut seen, reverse).await.is_none() {
                break;
            }
            continue;
        }
        let taken = dice.between(1, quantity + quantity / 20);
        let body = json!({ "quantity": oktan_tests::numbers::litres(taken) });
        let capture = call(&format!("{path}/capture"), body);
        if send(&desk, &mut seen, capture).await.is_none() {
            break;
        }
        if dice.once_in(3) {
            let back = oktan_tests::numbers::litres(dice.between(1, taken));
            let body = json!({ "request_id": Uuid::new_v4(), "authorization_id": id, "quantity": back });
            if send(&desk, &mut seen, call("/v1/pump/refunds", body)).await.is_none() {
                break;
            }
        }
    }
    seen
}

/// The answer to a call that is sent until it is not 503; nothing once the process is gone.
async fn send(desk: &Desk, seen: &mut Seen, call: Call) -> Option<Value> {
    loop {
        let Some((status, bytes)) = desk.send(&call).await else {
            seen.unknown.push(call);
            return None;
        };
        if status == 503 {
            continue;
        }
        assert!((200..300).contains(&status), "{call:?}: {status} {}", String::from_utf8_lossy(&bytes));
        let json = serde_json::from_slice(&bytes).expect("JSON");
        seen.answered.push((call, bytes));
        return Some(json);
    }
}

/// Every answer is given again, byte for byte.
async fn replay(desk: &Desk, answered: &[Answered]) {
    for (call, before) in answered {
        let (_, again) = desk.send(call).await.expect("an answer");
        assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(before), "{call:?}");
    }
}

/// What was cut off is sent again, and a hold that nobody remembers is dropped.
async fn settle(desk: &Desk, unknown: &[Call]) {
    for cut in unknown {
        let (status, bytes) = desk.send(cut).await.expect("an answer");
        assert!((200..300).contains(&status), "{cut:?}: {status} {}", String::from_utf8_lossy(&bytes));
        let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
        let Some(id) = answer["authorization_id"].as_str().filter(|_| answer["decision"].is_string()) else { continue };
        let reverse = call(&format!("/v1/pump/authorizations/{id}/reverse"), json!({}));
        assert_eq!(desk.send(&reverse).await.expect("an answer").0, 200);
    }
}
