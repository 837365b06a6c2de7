//! Whether a stranger can tell who is known: by the bytes of an answer, or by how long it takes.

use crate::dice::Dice;
use crate::report;
use oktan_shared::domain::people::Role;
use oktan_tests::{Answer, Caller, Value, World, json, numbers};
use std::time::{Duration, Instant};

/// Pairs of requests for a recovery.
const RECOVERIES: usize = 2_000;
/// Pairs of sign-ins, unless `SIGN_INS` says more: each costs two Argon2id hashes.
const SIGN_INS: usize = 500;
/// How often the measurement is gone on with while it says nothing certain: a busy machine makes a small sample stray.
/// All that was measured counts, nothing is discarded.
const RUNS_MAX: usize = 4;
/// A guess from the time is right in so many of a thousand cases: 500 is a coin.
const AUC: std::ops::RangeInclusive<u128> = 470..=530;

/// Two kinds of requests that shall not be told apart.
struct Pairs {
    known: Vec<Duration>,
    unknown: Vec<Duration>,
    /// The one answer.
    bytes: Option<String>,
    dice: Dice,
}

impl Pairs {
    fn new(seed: u64) -> Self {
        Self { known: Vec::new(), unknown: Vec::new(), bytes: None, dice: Dice::new(seed) }
    }

    /// Sends one of each, in an order that a die decides.
    async fn send(&mut self, caller: &Caller, path: &str, status: u16, known: Value, unknown: Value) {
        let first = self.dice.once_in(2);
        for is_known in [first, !first] {
            let body = if is_known { known.clone() } else { unknown.clone() };
            let began = Instant::now();
            let answer = caller.post(path, body).await;
            let took = began.elapsed();
            assert_eq!(answer.status, status, "{answer}");
            let bytes = visible(&answer);
            assert_eq!(self.bytes.get_or_insert_with(|| bytes.clone()), &bytes);
            if is_known { self.known.push(took) } else { self.unknown.push(took) }
        }
    }

    /// In how many of a thousand pairs the known one took longer; half of those that took the same.
    fn auc(&self) -> u128 {
        let mut unknown = self.unknown.clone();
        unknown.sort();
        let wins: usize = self
            .known
            .iter()
            .map(|took| unknown.partition_point(|other| other < took) + unknown.partition_point(|other| other <= took))
            .sum();
        wins as u128 * 500 / (self.known.len() as u128 * unknown.len() as u128)
    }

    fn told_apart(&self) -> bool {
        !AUC.contains(&self.auc())
    }

    fn show(&self, what: &str) {
        let median = |times: &[Duration]| {
            let mut times = times.to_vec();
            times.sort();
            format!("{} µs", times[times.len() / 2].as_micros())
        };
        report::table(
            what,
            &["pairs", "median known", "median unknown", "AUC × 1000"],
            &[vec![self.known.len().to_string(), median(&self.known), median(&self.unknown), self.auc().to_string()]],
        );
    }
}

/// All of an answer but the time of day.
fn visible(answer: &Answer) -> String {
    let mut headers: Vec<String> =
        answer.headers.iter().filter(|(name, _)| *name != "date").map(|header| format!("{header:?}")).collect();
    headers.sort();
    format!("{} {headers:?} {}", answer.status, String::from_utf8_lossy(&answer.bytes))
}

#[test]
fn the_measure_tells_apart_what_differs_and_not_what_does_not() {
    let of = |known: &[u64], unknown: &[u64]| {
        let times = |ms: &[u64]| ms.iter().map(|ms| Duration::from_millis(*ms)).collect();
        Pairs { known: times(known), unknown: times(unknown), ..Pairs::new(1) }.auc()
    };
    assert_eq!(of(&[1, 2, 3], &[1, 2, 3]), 500);
    assert_eq!(of(&[4, 5, 6], &[1, 2, 3]), 1000);
    assert_eq!(of(&[1, 2, 3], &[4, 5, 6]), 0);
    assert_eq!(of(&[1, 5], &[2, 3]), 500);
}

#[tokio::test]
async fn a_request_for_recovery_does_not_tell_whether_anyone_is_known() {
    let world = World::start().await;
    let mut companies = Vec::new();
    for _ in 0..8 {
        companies.push(world.company().cards(0).without_payment().create().await);
    }
    let stranger = world.stranger();
    let mut pairs = Pairs::new(4);
    for run in 1..=RUNS_MAX {
        // An address has its tries again.
        world.advance_minutes(16);
        for n in 0..RECOVERIES {
            let company = &companies[n % companies.len()];
            // As long as what is known, and of its kind.
            let other = 90_000 + u32::try_from(n + run * RECOVERIES).expect("a number");
            let (known, unknown) = match n % 3 {
                0 => (company.login.clone(), format!("n{other}")[..company.login.len()].to_owned()),
                1 => (company.email.clone(), format!("n{other}@client.example")),
                _ => (company.inn.clone(), numbers::inn(other)),
            };
            let ask = |identifier: String| json!({ "identifier": identifier });
            pairs.send(&stranger, "/v1/recovery", 202, ask(known), ask(unknown)).await;
        }
        if !pairs.told_apart() {
            break;
        }
    }
    pairs.show("a request for recovery");
    assert!(!pairs.told_apart(), "the time tells: AUC {} of 1000", pairs.auc());
}

#[tokio::test]
async fn a_failed_sign_in_does_not_tell_whether_the_login_is_known() {
    let world = World::start().await;
    let stranger = world.stranger();
    let (mut pairs, sign_ins) = (Pairs::new(5), sign_ins());
    for run in 1..=RUNS_MAX {
        // An address has its tries again.
        world.advance_minutes(16);
        for n in 0..sign_ins {
            // Four tries of each login, known or not: the fifth would wait.
            let of = n / 4 + run * sign_ins;
            let (known, unknown) = (format!("known{of}"), format!("other{of}"));
            if n % 4 == 0 {
                world.person(&known, None, Role::StaffEditor).await;
            }
            let ask = |login: &str| json!({ "login": login, "password": "not-the-right-one-7" });
            pairs.send(&stranger, "/v1/session", 401, ask(&known), ask(&unknown)).await;
        }
        if !pairs.told_apart() {
            break;
        }
    }
    pairs.show("a failed sign-in");
    assert!(!pairs.told_apart(), "the time tells: AUC {} of 1000", pairs.auc());
}

#[allow(clippy::disallowed_methods)] // how long to go on is the caller's choice
fn sign_ins() -> usize {
    std::env::var("SIGN_INS").ok().and_then(|text| text.parse().ok()).unwrap_or(SIGN_INS)
}
