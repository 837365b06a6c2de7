//! The real functions in front of a stack's data: `cargo lambda watch` as the gateway, the binaries behind it.
//!
//! `make parity` says where cargo-lambda is; then every [`crate::World`] has a watch of its own, whose functions use the
//! embedded DynamoDB and SES of that world's stack, its keys and its clock. The clock is moved by libfaketime: the
//! binaries are those that are built for everybody, without a door for tests.

use oktan_local::Stack;
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use std::env;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpStream;

/// Instances of one function at a time.
const CONCURRENCY: &str = "8";
/// How long cargo-lambda may take to listen.
const START_WAIT: Duration = Duration::from_secs(20);
/// The last lines of the functions' words that a failed test shows.
const LINES_SHOWN: usize = 60;

/// A running `cargo lambda watch`; it and its functions end with it.
pub(crate) struct Watch {
    base: String,
    http: Client,
    dir: TempDir,
    child: Child,
}

impl Watch {
    /// In front of a stack, if this is a run for parity.
    pub(crate) async fn in_front_of(stack: &Stack, http: &Client) -> Option<Self> {
        let program = setting("PARITY_LAMBDA")?;
        let dir = TempDir::new().expect("a folder");
        show(dir.path(), 0);
        for _ in 0..5 {
            let address = free_address();
            let mut child = start(&program, stack, address, dir.path());
            if listens(&mut child, address).await {
                return Some(Self { base: format!("http://{address}"), http: http.clone(), dir, child });
            }
        }
        panic!("cargo lambda watch does not start:\n{}", words(dir.path()));
    }

    /// Where the functions answer.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Moves the functions' clock: so many seconds ahead of the machine's.
    pub(crate) fn show(&self, ahead_s: i64) {
        show(self.dir.path(), ahead_s);
    }

    /// Invokes a function with an event, as Lambda does for the gateway, the stream and the schedule.
    pub(crate) async fn invoke(&self, function: &str, event: &Value) -> Result<Value, String> {
        let address = format!("{}/2015-03-31/functions/{function}/invocations", self.base);
        let answer = self.http.post(address).body(event.to_string()).send().await.map_err(|cause| cause.to_string())?;
        let status = answer.status();
        let text = Response::text(answer).await.map_err(|cause| cause.to_string())?;
        match serde_json::from_str(&text) {
            Ok(value) if status == StatusCode::OK => Ok(value),
            _ => Err(format!("{function}: {status} {text}")),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Without it the functions have nobody to ask for work, and end.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the functions said:\n{}", words(self.dir.path()));
        }
    }
}

/// Whether this is a run for parity.
pub(crate) fn is_on() -> bool {
    setting("PARITY_LAMBDA").is_some()
}

#[allow(clippy::disallowed_methods)] // the harness is told by `make parity`
fn setting(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// A free port: taken, and given back at once.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its address")
}

/// Its own folder is also where it looks for changes of sources: there are none, and it need not read the tree's.
fn start(program: &str, stack: &Stack, address: SocketAddr, dir: &Path) -> Child {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let log = File::create(dir.join("log")).expect("a log");
    let mut command = Command::new(program);
    command.args(["lambda", "watch", "--ignore-changes", "--disable-cors", "--concurrency", CONCURRENCY]);
    command.args(["--invoke-address", "127.0.0.1", "--invoke-port", &address.port().to_string()]);
    command.arg("--manifest-path").arg(root.join("Cargo.toml")).current_dir(dir);
    command.env("CARGO", root.join("tests/parity/function.sh"));
    command.env("PARITY_CARGO", setting("CARGO").unwrap_or_else(|| "cargo".to_owned()));
    command.env("PARITY_BINARIES", binaries()).env("PARITY_CLOCK", clock(dir));
    command.envs(settings(stack));
    command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log);
    command.spawn().expect("cargo-lambda starts")
}

/// Beside the folder where cargo puts the tests.
fn binaries() -> PathBuf {
    let own = env::current_exe().expect("the tests' own path");
    own.parent().and_then(Path::parent).expect("the target folder").to_owned()
}

/// What the template gives a function by its environment.
fn settings(stack: &Stack) -> Vec<(&'static str, String)> {
    let config = &stack.app.config;
    let signing = config.jwt_keys.iter().map(|key| format!("{}:{}", key.kid, key.secret.reveal()));
    let keys = [format!("mac:{}", config.mac_key.reveal())].into_iter().chain(signing);
    let staff = config.first_admin.as_ref().expect("the harness's admin");
    vec![
        ("CABINET_TABLE", config.cabinet_table.clone()),
        ("OUTBOX_TABLE", config.outbox_table.clone()),
        ("DYNAMODB_ENDPOINT", stack.dynamodb_endpoint().to_owned()),
        ("SES_ENDPOINT", stack.ses_endpoint().to_owned()),
        ("AWS_REGION", config.region.clone()),
        ("AWS_ACCESS_KEY_ID", "parity".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "parity".to_owned()),
        ("BASE_URL", config.base_url.to_string()),
        ("HOUSE_KEYS", keys.collect::<Vec<_>>().join(",")),
        ("MAIL_FROM", config.mail_from.clone()),
        ("DUTY_PHONE", config.duty_phone.clone()),
        ("STAFF_LOGIN", staff.login.clone()),
        ("STAFF_PASSWORD", staff.password.reveal().to_owned()),
        ("HOLDS_MAX", config.holds_max.to_string()),
        ("ADDRESS_FAILURES_MAX", config.address_failures_max.to_string()),
        ("ADMINISTRATION_EMAIL", config.administration_email.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("ON_CALL_EMAIL", config.on_call_email.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("STAFF_TOTP_REQUIRED", config.staff_totp_required.to_string()),
    ]
}

async fn listens(child: &mut Child, address: SocketAddr) -> bool {
    let wait = async {
        while child.try_wait().expect("a child").is_none() {
            if TcpStream::connect(address).await.is_ok() {
                // Not somebody else's port: a watch that could not have it ends.
                tokio::time::sleep(Duration::from_millis(20)).await;
                return child.try_wait().expect("a child").is_none();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    };
    tokio::time::timeout(START_WAIT, wait).await.unwrap_or(false)
}

fn clock(dir: &Path) -> PathBuf {
    dir.join("clock")
}

/// The file is replaced whole: a function may read it at any moment.
fn show(dir: &Path, ahead_s: i64) {
    let next = dir.join("clock.next");
    fs::write(&next, format!("+{ahead_s}\n")).expect("the clock is written");
    fs::rename(next, clock(dir)).expect("the clock is put in place");
}

/// The last of what cargo-lambda and the functions wrote.
fn words(dir: &Path) -> String {
    let text = fs::read_to_string(dir.join("log")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n")
}
