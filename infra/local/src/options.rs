//! What the person who starts the stack may choose. The only place in this crate that reads the environment.

use std::path::PathBuf;
use std::time::Duration;

use oktan_shared::auth::Secret;
use oktan_shared::config::FirstAdmin;
use oktan_shared::domain::text::Email;

use crate::Failure;

/// How often the outbox stream is read: a letter is in the mailbox well within a second.
const POLL_EVERY: Duration = Duration::from_millis(250);
/// How often the scheduler runs; deployed, it is every 5 minutes.
const TICK_EVERY: Duration = Duration::from_secs(5);
/// Where the stack listens unless told otherwise.
const PORT: u16 = 8080;

/// What the database holds on the first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Three companies to look at.
    Demo,
    /// Nothing.
    None,
}

/// How to start a [`crate::Stack`].
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Where everything is kept; `None` keeps it in memory and forgets it at the end.
    pub data_dir: Option<PathBuf>,
    /// What to begin with.
    pub seed: Seed,
    /// The built browser app.
    pub web_dir: PathBuf,
    /// The first admin; `None` leaves the staff desk closed.
    pub staff: Option<FirstAdmin>,
    /// Whether staff may do nothing before they have set up a second factor.
    pub staff_totp_required: bool,
    /// Where what the public writes to the administration is mailed, if anywhere.
    pub administration_email: Option<Email>,
    /// Who is told by mail of tickets that nobody answers, if anybody.
    pub on_call_email: Option<Email>,
    /// How often the outbox stream is read in the background; `None` leaves it to [`crate::Stack::deliver`].
    pub poll_every: Option<Duration>,
    /// Where to write down the calls that each function makes, if anywhere.
    pub calls_dir: Option<PathBuf>,
    /// How often the scheduler runs in the background; `None` leaves it to [`crate::Stack::tick`].
    pub tick_every: Option<Duration>,
    /// Told what a start that takes its time is at, a line each.
    pub say: fn(&str),
}

impl Options {
    /// For a test: a free port, nothing kept, no seed, an admin to begin with, the outbox and the schedule
    /// running only when asked.
    pub fn for_tests() -> Self {
        Self {
            port: 0,
            data_dir: None,
            seed: Seed::None,
            web_dir: PathBuf::from("web/dist"),
            staff: Some(demo_admin()),
            staff_totp_required: false,
            administration_email: None,
            on_call_email: None,
            poll_every: None,
            calls_dir: None,
            tick_every: None,
            say: |_| {},
        }
    }

    /// From `PORT`, `DATA_DIR`, `SEED`, `WEB_DIR`, `STAFF_LOGIN`, `STAFF_PASSWORD`, `STAFF_TOTP_REQUIRED`,
    /// `ADMINISTRATION_EMAIL`, `ON_CALL_EMAIL`.
    pub fn from_env() -> Result<Self, Failure> {
        let port = match var("PORT") {
            Some(port) => port.parse().map_err(|cause| Failure::new("PORT", cause))?,
            None => PORT,
        };
        let seed = match var("SEED").as_deref() {
            None | Some("demo") => Seed::Demo,
            Some("none") => Seed::None,
            Some(_) => return Err(Failure::new("SEED", "it is demo or none")),
        };
        let staff = match (var("STAFF_LOGIN"), var("STAFF_PASSWORD")) {
            (Some(login), Some(password)) => Some(FirstAdmin { login, password: Secret::new(&password) }),
            (None, None) => (seed == Seed::Demo).then(demo_admin),
            _ => return Err(Failure::new("STAFF_LOGIN, STAFF_PASSWORD", "set both or neither")),
        };
        let staff_totp_required = match var("STAFF_TOTP_REQUIRED").as_deref() {
            None | Some("false" | "0") => false,
            Some("true" | "1") => true,
            Some(_) => return Err(Failure::new("STAFF_TOTP_REQUIRED", "it is true or false")),
        };
        let email = |name: &'static str| {
            var(name).map(|text| Email::parse(&text)).transpose().map_err(|cause| Failure::new(name, cause))
        };
        Ok(Self {
            port,
            data_dir: Some(var("DATA_DIR").unwrap_or_else(|| ".local".to_owned()).into()),
            seed,
            web_dir: var("WEB_DIR").unwrap_or_else(|| "web/dist".to_owned()).into(),
            staff,
            staff_totp_required,
            administration_email: email("ADMINISTRATION_EMAIL")?,
            on_call_email: email("ON_CALL_EMAIL")?,
            poll_every: Some(POLL_EVERY),
            calls_dir: None,
            tick_every: Some(TICK_EVERY),
            say: |line| println!("{line}"),
        })
    }
}

/// The admin of a demo, whose password is printed and therefore protects nothing.
fn demo_admin() -> FirstAdmin {
    FirstAdmin { login: "admin".to_owned(), password: Secret::new("petrol-lantern-6-otter") }
}

#[allow(clippy::disallowed_methods)] // the home of this crate's environment
fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
