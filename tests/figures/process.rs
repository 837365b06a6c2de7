//! The built `oktan-local` as a process of its own: started, asked, killed.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

/// Who provisions here.
const LOGIN: &str = "admin";
const PASSWORD: &str = "petrol-lantern-6-otter";

/// A running process and the addresses it printed. Killed when dropped.
pub struct Stand {
    child: Mutex<Child>,
    pub site: String,
    pub dynamodb: String,
    http: reqwest::Client,
    _printed: Lines<BufReader<ChildStdout>>,
}

/// A call that can be made again.
#[derive(Debug, Clone)]
pub struct Call {
    pub path: String,
    pub key: Option<String>,
    pub body: Value,
}

/// A binary that was built beside this test.
pub fn built(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("this test's own path");
    let target = own.parent().and_then(Path::parent).expect("a target directory");
    let binary = target.join(name);
    assert!(binary.exists(), "{} is not built: cargo build --workspace", binary.display());
    binary
}

impl Stand {
    /// Starts it on a directory and waits until it says that it is ready.
    pub fn start(dir: &Path, seed: &str) -> Self {
        let mut child = Self::spawn(dir, seed);
        let mut printed = BufReader::new(child.stdout.take().expect("its output")).lines();
        let (mut site, mut dynamodb) = (String::new(), String::new());
        while dynamodb.is_empty() {
            let line = printed.next().expect("it says that it is ready").expect("its output");
            let address = line.split_whitespace().next().unwrap_or_default().trim_end_matches('/').to_owned();
            if line.contains("the site and the cabinet") {
                site = address;
            } else if line.trim_end().ends_with("DynamoDB") {
                dynamodb = address;
            }
        }
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        Self { child: Mutex::new(child), site, dynamodb, http, _printed: printed }
    }

    /// Starts it and waits for nothing.
    pub fn spawn(dir: &Path, seed: &str) -> Child {
        Command::new(built("oktan-local"))
            .env("PORT", "0")
            .env("SEED", seed)
            .env("DATA_DIR", dir)
            .env("STAFF_LOGIN", LOGIN)
            .env("STAFF_PASSWORD", PASSWORD)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the process starts")
    }

    /// `SIGKILL`; gone when this returns.
    pub fn stop(&self) {
        let mut child = self.child.lock().expect("the process");
        let _ = child.kill();
        let _ = child.wait();
    }

    /// Status and body; nothing if the connection broke.
    pub async fn post(&self, token: &str, call: &Call) -> Option<(u16, Vec<u8>)> {
        let mut request = self.http.post(format!("{}{}", self.site, call.path)).json(&call.body).bearer_auth(token);
        if let Some(key) = &call.key {
            request = request.header("idempotency-key", key);
        }
        answer(request).await
    }

    pub async fn get(&self, path: &str) -> Option<(u16, Vec<u8>)> {
        answer(self.http.get(format!("{}{path}", self.site))).await
    }

    /// The admin's token.
    pub async fn sign_in(&self) -> String {
        let body = json!({ "login": LOGIN, "password": PASSWORD });
        let request = self.http.post(format!("{}/v1/session", self.site)).json(&body);
        let (status, body) = answer(request).await.expect("an answer");
        assert_eq!(status, 200);
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        body["token"].as_str().expect("a token").to_owned()
    }

    /// A terminal's token.
    pub async fn exchange(&self, id: &str, secret: &str) -> String {
        let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        let request = self.http.post(format!("{}/v1/pump/token", self.site)).form(&form);
        let (status, body) = answer(request).await.expect("an answer");
        assert_eq!(status, 200);
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        body["access_token"].as_str().expect("a token").to_owned()
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Option<(u16, Vec<u8>)> {
    let answer = request.send().await.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.bytes().await.ok()?.to_vec()))
}
