//! What the built function that writes files keeps in memory while it writes many lines. `DOCUMENTS` names another binary of it,
//! such as the one that is deployed.

use crate::process::{Stand, built};
use crate::{raw, report, row};
use chrono::{DateTime, TimeDelta};
use oktan_start::{Answer, Function, event};
use oktan_tests::{Value, past};
use std::path::PathBuf;
use std::time::Instant;

/// Lines, unless `ENTRIES` says how many.
const LINES: i64 = 10_000;
const MEMORY_MAX_KB: u64 = 64 * 1024;

#[tokio::test]
async fn a_file_of_many_lines_takes_little_memory() {
    #[allow(clippy::disallowed_methods)] // how many is the caller's choice
    let entries = std::env::var("ENTRIES").map_or(LINES, |entries| entries.parse().expect("a number"));
    let dir = tempfile::tempdir().expect("a directory");
    let stand = Stand::start(dir.path(), "demo");
    let client = raw::client(&stand.dynamodb);
    let rows = raw::scan(&client, raw::CABINET).await;
    let bought = rows.iter().find(|row| raw::text(row, "kind") == "purchase").expect("a purchase");
    let card = raw::text(bought, "pk").trim_start_matches("CARD#").to_owned();
    let company = raw::text(bought, "gsi1pk").chars().filter(char::is_ascii_digit).collect::<String>();
    // Of years that the demo knows nothing of, on a day for each hundred lines.
    let newest = DateTime::UNIX_EPOCH + TimeDelta::days(18_000);
    past::repeat(&client, &card, (0..entries).map(|n| newest - TimeDelta::seconds(n * 864))).await;

    let keys: Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("keys.json")).expect("keys")).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let signing = format!("{}:{}", text(&keys["jwt"][0]["kid"]), text(&keys["jwt"][0]["secret"]));
    let house = format!("mac:{},{signing}", text(&keys["mac"]));
    let settings = [
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "figures"),
        ("AWS_SECRET_ACCESS_KEY", "figures"),
        ("CABINET_TABLE", "cabinet"),
        ("OUTBOX_TABLE", "outbox"),
        ("DYNAMODB_ENDPOINT", stand.dynamodb.as_str()),
        ("SES_ENDPOINT", "https://127.0.0.1:1"),
        ("BASE_URL", stand.site.as_str()),
        ("HOUSE_KEYS", &house),
        ("MAIL_FROM", "cabinet@cabinet.example"),
        ("STAFF_TOTP_REQUIRED", "false"),
    ];
    let binary = std::env::var_os("DOCUMENTS").map_or_else(|| built("documents"), PathBuf::from);
    let token = stand.sign_in().await;
    let until = (newest + TimeDelta::days(1)).date_naive();
    let mut rows = Vec::new();
    for format in ["csv", "xlsx"] {
        let mut function = Function::start(&binary, &settings).expect("it polls");
        let mut ask = event::http("GET", &format!("/v1/staff/companies/{company}/history/export"), Some(&token));
        ask["rawQueryString"] = format!("format={format}&to={until}").into();
        ask["headers"]["accept-encoding"] = "gzip".into();
        let before = function.memory().expect("its memory").peak_kb;
        let began = Instant::now();
        let Answer::Response(answer) = function.ask(&ask).expect("an answer") else { panic!("it failed") };
        let (took, peak) = (began.elapsed(), function.memory().expect("its memory").peak_kb);
        let size = answer["body"].as_str().map_or(0, str::len) * 3 / 4;
        rows.push(row![format, entries, answer["statusCode"], size, before, peak, took.as_millis()]);
        assert!(answer["statusCode"] == 200 || answer["statusCode"] == 422, "{answer}");
        assert_eq!(answer["isBase64Encoded"], answer["statusCode"] == 200, "a file is bytes");
        assert!(peak <= MEMORY_MAX_KB, "{format}: {peak} kB");
    }
    let head = ["format", "lines", "status", "bytes", "kB before", "kB at most", "ms"];
    report::table("What a file of history takes", &head, &rows);
}
