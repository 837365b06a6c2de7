//! How soon the built stack answers.

use crate::books::{Books, Moved};
use crate::process::Stand;
use crate::{raw, report, row};
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

const READY: Duration = Duration::from_secs(3);
/// With a demo to be made: three companies, eighteen months.
const FIRST: Duration = Duration::from_secs(10);
/// The machine may be busy with something else.
const TRIES: usize = 3;

#[tokio::test]
async fn the_built_stack_makes_its_demo_within_ten_seconds_and_answers_within_three_of_its_second_start() {
    let mut rows = Vec::new();
    let (mut dir, mut first) = (tempfile::tempdir().expect("a directory"), Duration::MAX);
    for _ in 0..TRIES {
        dir = tempfile::tempdir().expect("a directory");
        let began = Instant::now();
        drop(Stand::start(dir.path(), "demo"));
        first = first.min(began.elapsed());
        rows.push(row!["first, makes the demo", began.elapsed().as_millis()]);
        if first <= FIRST {
            break;
        }
    }
    let mut best = Duration::MAX;
    for _ in 0..TRIES {
        let began = Instant::now();
        let stand = Stand::start(dir.path(), "demo");
        assert_eq!(stand.get("/v1/health").await.expect("an answer").0, 200);
        best = best.min(began.elapsed());
        rows.push(row!["again", began.elapsed().as_millis()]);
        if best <= READY {
            break;
        }
    }
    report::table("From the start of the process to its first answer", &["start", "ms"], &rows);
    assert!(first <= FIRST, "the demo is made after {first:?}");
    assert!(best <= READY, "ready after {best:?}");
}

#[tokio::test]
async fn a_demo_that_was_cut_off_is_made_anew() {
    let dir = tempfile::tempdir().expect("a directory");
    for line in ["demo: 3 companies", "demo: 2000 of"] {
        let mut child = Stand::spawn(dir.path(), "demo");
        let printed = BufReader::new(child.stdout.take().expect("its output")).lines();
        let reached = printed.map_while(Result::ok).any(|said| said.contains(line));
        assert!(reached, "it says how far it is: {line}");
        child.kill().expect("a kill");
        child.wait().expect("its end");
    }
    let stand = Stand::start(dir.path(), "demo");
    let books = Books::read(&raw::client(&stand.dynamodb)).await;
    let totals = books.audit(&Moved::new());
    assert!(totals.purchases > 4_000, "{totals:?}");
    assert_eq!(books.companies(), 3);
}
