//! How soon the built stack answers.

use crate::process::Stand;
use crate::{report, row};
use std::time::{Duration, Instant};

const READY: Duration = Duration::from_secs(3);
/// The machine may be busy with something else.
const TRIES: usize = 3;

#[tokio::test]
async fn the_built_stack_with_its_demo_answers_within_three_seconds_of_its_second_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let began = Instant::now();
    drop(Stand::start(dir.path(), "demo"));
    let mut rows = vec![row!["first, makes the demo", began.elapsed().as_millis()]];
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
    assert!(best <= READY, "ready after {best:?}");
}
