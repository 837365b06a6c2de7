//! The stand as a process: killed, started again, approached from elsewhere.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// A directory that is gone at the end.
struct Dir(PathBuf);

impl Dir {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("stand-{}", uuid::Uuid::new_v4())))
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running stand and the addresses it printed.
struct Stand {
    child: Child,
    site: String,
    dynamodb: String,
    _printed: BufReader<ChildStdout>,
}

impl Stand {
    fn start(dir: &Path) -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_oktan-local"))
            .env("PORT", "0")
            .env("SEED", "none")
            .env("DATA_DIR", dir)
            .env_remove("STAFF_LOGIN")
            .env_remove("STAFF_PASSWORD")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut printed = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut address_before = |what: &str| -> Result<String, Box<dyn Error>> {
            loop {
                let mut line = String::new();
                if printed.read_line(&mut line)? == 0 {
                    return Err(format!("{what} was not printed").into());
                }
                let mut words = line.split_whitespace();
                if let (Some(address), true) = (words.next(), line.contains(what)) {
                    return Ok(address.trim_end_matches('/').to_owned());
                }
            }
        };
        let site = address_before("the site and the cabinet")?;
        let dynamodb = address_before("DynamoDB")?;
        Ok(Self { child, site, dynamodb, _printed: printed })
    }

    fn dynamodb(&self) -> Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "test"))
            .endpoint_url(&self.dynamodb);
        Client::from_conf(config.build())
    }

    /// SIGKILL, at any moment.
    fn kill(&mut self) -> std::io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

fn key(n: usize) -> [(&'static str, AttributeValue); 2] {
    [("pk", AttributeValue::S(format!("KILL#{n}"))), ("sk", AttributeValue::S("KILL".to_owned()))]
}

#[tokio::test]
async fn nothing_that_was_answered_is_lost_to_a_kill() -> Result<(), Box<dyn Error>> {
    let dir = Dir::new();
    let mut written = 0;
    for round in 0..3 {
        let mut stand = Stand::start(&dir.0)?;
        let client = stand.dynamodb();
        for n in 0..written {
            let read = client.get_item().table_name("cabinet").consistent_read(true);
            let [pk, sk] = key(n);
            let found = read.key(pk.0, pk.1).key(sk.0, sk.1).send().await?;
            assert!(found.item.is_some(), "write {n} was lost");
        }
        let writer = tokio::spawn(async move {
            let mut n = written;
            loop {
                let [pk, sk] = key(n);
                let write = client.put_item().table_name("cabinet").item(pk.0, pk.1).item(sk.0, sk.1);
                if write.send().await.is_err() {
                    return n;
                }
                n += 1;
            }
        });
        tokio::time::sleep(Duration::from_millis(300 + 70 * round)).await;
        stand.kill()?;
        let answered = writer.await?;
        assert!(answered > written, "nothing was written");
        written = answered;
    }
    Ok(())
}

#[tokio::test]
async fn the_clock_goes_ahead_and_is_remembered() -> Result<(), Box<dyn Error>> {
    let dir = Dir::new();
    let http = reqwest::Client::new();
    let mut stand = Stand::start(&dir.0)?;
    let clock = format!("{}/_local/clock", stand.site);
    let moved: Value = http.post(&clock).json(&json!({ "advance_s": 86_400 })).send().await?.json().await?;
    assert_eq!(moved["ahead_s"], 86_400);
    let back = http.post(&clock).json(&json!({ "advance_s": -1 })).send().await?;
    assert_eq!(back.status(), StatusCode::UNPROCESSABLE_ENTITY);
    stand.kill()?;

    let stand = Stand::start(&dir.0)?;
    let shown: Value = http.get(format!("{}/_local/clock", stand.site)).send().await?.json().await?;
    assert_eq!(shown["ahead_s"], 86_400);
    Ok(())
}

#[tokio::test]
async fn the_stand_is_for_this_machine_only() -> Result<(), Box<dyn Error>> {
    let dir = Dir::new();
    let stand = Stand::start(&dir.0)?;
    let http = reqwest::Client::new();
    let mail = format!("{}/_local/outbox.json", stand.site);
    assert_eq!(http.get(&mail).send().await?.status(), StatusCode::OK);
    let rebound = http.get(&mail).header("host", "oktan.evil.example").send().await?;
    assert_eq!(rebound.status(), StatusCode::FORBIDDEN);

    let clock = format!("{}/_local/clock", stand.site);
    for (name, value) in [("origin", "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let write = http.post(&clock).header(name, value).json(&json!({ "advance_s": 1 }));
        assert_eq!(write.send().await?.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let own = http.post(&clock).header("origin", &stand.site).json(&json!({ "advance_s": 1 }));
    assert_eq!(own.send().await?.status(), StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn two_stands_do_not_share_a_directory() -> Result<(), Box<dyn Error>> {
    let dir = Dir::new();
    let _first = Stand::start(&dir.0)?;
    assert!(Stand::start(&dir.0).is_err());
    Ok(())
}
