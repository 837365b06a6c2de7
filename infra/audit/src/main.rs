//! `oktan-audit [--since FILE] [--write FILE]`: verifies every chain of the journal of the table that the environment
//! names. `--since` holds it against an earlier run, `--write` writes what a next run holds it against, if all is well.
//! Exits with 0 when every chain holds, 1 when one does not, 2 when that could not be found out.

use oktan_audit::{Checkpoint, audit};
use oktan_shared::Clock;
use oktan_shared::auth::Keys;
use oktan_shared::config::AuditConfig;
use oktan_shared::table::Table;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

const USAGE: &str = "oktan-audit [--since FILE] [--write FILE], with CABINET_TABLE, MAC_KEY, AWS_REGION and, where it \
                     is not the region's own, DYNAMODB_ENDPOINT";

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (since, write) = match words.as_slice() {
        [] => (None, None),
        ["--since", since] => (Some(*since), None),
        ["--write", write] => (None, Some(*write)),
        ["--since", since, "--write", write] | ["--write", write, "--since", since] => (Some(*since), Some(*write)),
        _ => return failed(USAGE),
    };
    match run(since.map(Path::new), write.map(Path::new)).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(cause) => failed(&cause.to_string()),
    }
}

/// Whether every chain holds.
async fn run(since: Option<&Path>, write: Option<&Path>) -> Result<bool, Box<dyn std::error::Error>> {
    let config = AuditConfig::from_env()?;
    let keys = Arc::new(Keys::for_audit(config.mac_key.clone()));
    let since = since.map(std::fs::read_to_string).transpose()?;
    let since = since.map(|text| Checkpoint::open(&text, &keys)).transpose()?;
    let table = Table::for_audit(&config, keys.clone());
    let report = audit(&table, &keys, since.as_ref(), Clock::system().now()).await?;
    println!("{report}");
    let holds = report.findings.is_empty();
    if let Some(path) = write.filter(|_| holds) {
        std::fs::write(path, Checkpoint::of(&report).seal(&keys))?;
    }
    Ok(holds)
}

fn failed(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(2)
}
