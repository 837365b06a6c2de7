//! A whole stack of its own for one test.

use crate::caller::{Answer, Caller};
use crate::company::CompanyBuilder;
use crate::parity::{self, Watch};
use crate::pump::Pump;
use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc, Weekday};
use oktan_local::{Mail, Options, Stack};
use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_shared::config::FirstAdmin;
use oktan_shared::domain::people::Role;
use oktan_shared::domain::window::Zone;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Everybody's password.
pub const PASSWORD: &str = "petrol-lantern-6-otter";
/// The first admin's login.
pub const ADMIN_LOGIN: &str = "admin";

/// Where the calls of every function are written down, to be compared with the template's rights.
const CALLS_DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/calls");

/// A running stack and the people around it. Cheap to clone; clones are the same world.
#[derive(Clone)]
pub struct World {
    inner: Arc<Inner>,
}

struct Inner {
    watch: Option<Arc<Watch>>,
    ahead_s: AtomicI64,
    stack: Stack,
    http: reqwest::Client,
    next: AtomicU32,
    pump: OnceCell<Pump>,
}

impl World {
    /// A fresh stack, where it is 10:00 in Moscow on a Wednesday in the middle of a month: far from the turn of any
    /// window, with the rest of the week, the month and the quarter ahead.
    pub async fn start() -> Self {
        Self::with(Options::for_tests()).await
    }

    /// The same with other options; its first admin and its clock are the harness's.
    pub async fn with(options: Options) -> Self {
        let staff = FirstAdmin { login: ADMIN_LOGIN.to_owned(), password: Secret::new(PASSWORD) };
        // The real functions' calls are not seen here.
        let calls_dir = (!parity::is_on()).then(|| CALLS_DIR.into());
        let options = Options { staff: Some(staff), calls_dir, ..options };
        let stack = Stack::start(options).await.expect("the stack starts");
        let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).build().expect("a client");
        let watch = Watch::in_front_of(&stack, &http).await.map(Arc::new);
        let (ahead_s, next) = (AtomicI64::new(0), AtomicU32::new(1));
        let inner = Inner { watch, ahead_s, stack, http, next, pump: OnceCell::new() };
        let world = Self { inner: Arc::new(inner) };
        world.advance_to(quiet_moment(world.now()));
        world
    }

    /// The stack itself: `mails`, `dynamodb`, and the address that it takes for its own.
    pub fn stack(&self) -> &Stack {
        &self.inner.stack
    }

    /// What the functions were given.
    pub fn app(&self) -> &App {
        &self.stack().app
    }

    /// The stack's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.app().clock.now()
    }

    /// Moves the clock ahead.
    pub fn advance(&self, by: TimeDelta) {
        let by = by.to_std().expect("the clock goes ahead only");
        self.stack().advance(by).expect("the clock moves");
        let by = i64::try_from(by.as_secs()).expect("not for ever");
        let ahead_s = self.inner.ahead_s.fetch_add(by, Ordering::Relaxed) + by;
        if let Some(watch) = &self.inner.watch {
            watch.show(ahead_s);
        }
    }

    /// Moves the clock ahead by so many minutes.
    pub fn advance_minutes(&self, minutes: i64) {
        self.advance(TimeDelta::minutes(minutes));
    }

    /// Moves the clock ahead to an instant, or up to a second past it.
    pub fn advance_to(&self, at: DateTime<Utc>) {
        let left = (at - self.now()).num_milliseconds();
        self.advance(TimeDelta::seconds((left + 999) / 1000));
    }

    /// A number that this world has not used.
    pub fn number(&self) -> u32 {
        self.inner.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Nobody.
    pub fn stranger(&self) -> Caller {
        let base = self.inner.watch.as_ref().map_or(self.stack().base_url.as_str(), |watch| watch.base());
        Caller::new(self.inner.http.clone(), base, self.is_parity())
    }

    /// The first admin, in a new session.
    pub async fn admin(&self) -> Caller {
        self.person(ADMIN_LOGIN, None, Role::StaffAdmin).await
    }

    /// A person of the staff, in a new session.
    pub async fn staff(&self, role: Role) -> Caller {
        match role {
            Role::StaffAdmin => self.admin().await,
            _ => self.person(&format!("staff-{}", role.name()), None, role).await,
        }
    }

    /// `POST /v1/session`.
    pub async fn sign_in(&self, login: &str, password: &str) -> Answer {
        self.stranger().post("/v1/session", json!({ "login": login, "password": password })).await
    }

    /// A new company: `world.company().cards(3).create().await`.
    pub fn company(&self) -> CompanyBuilder {
        CompanyBuilder::new(self)
    }

    /// The terminal of station `12`, where all products are sold.
    pub async fn pump(&self) -> Pump {
        let prices = json!({
            "AI92": "59.40", "AI95": "64.30", "AI98": "80.10", "DT": "71.90", "DTZ": "75.00", "LPG": "31.20",
            "CNG": "28.00", "WASH": "500.00", "GOODS": "100.00",
        });
        self.inner.pump.get_or_init(|| self.station("12", prices)).await.clone()
    }

    /// A new station with one terminal; `fuels` is its price list.
    pub async fn station(&self, code: &str, fuels: Value) -> Pump {
        let staff = self.admin().await;
        let station = json!({
            "code": code, "name": format!("АЗС № {code}"), "address": "Ставрополь, ул. Мира, 1",
            "latitude": 45.0448, "longitude": 41.969, "amenities": ["cafe", "24h"], "fuels": fuels,
        });
        staff.post("/v1/staff/stations", station).await.expect(201);
        self.terminal(code).await
    }

    /// A new terminal of a station.
    pub async fn terminal(&self, station: &str) -> Pump {
        let staff = self.admin().await;
        let created = staff.post_nothing(&format!("/v1/staff/stations/{station}/terminals")).await.expect(201);
        let text = |name: &str| created[name].as_str().expect("a new terminal").to_owned();
        Pump::new(self.stranger(), self.app().clock.clone(), station, text("terminal_id"), text("secret"))
    }

    /// Hands the outbox to the mailer; every letter so far.
    pub async fn letters(&self) -> Vec<Mail> {
        self.deliver().await;
        self.stack().mails()
    }

    /// Whether the functions are the real binaries.
    pub fn is_parity(&self) -> bool {
        self.inner.watch.is_some()
    }

    /// Hands everything in the outbox's stream to the mailer.
    pub async fn deliver(&self) {
        let delivered = match &self.inner.watch {
            None => self.stack().deliver().await,
            Some(watch) => {
                let mailer = |event: Value| {
                    let watch = watch.clone();
                    async move {
                        let answer = watch.invoke("mailer", &event).await.expect("the mailer answers");
                        Ok(serde_json::from_value(answer).expect("a batch's answer"))
                    }
                };
                self.stack().deliver_to(mailer).await
            }
        };
        delivered.expect("the mailer works");
    }

    /// Hands every job in the outbox's stream to the worker, until they are over.
    pub async fn work(&self) {
        let worked = match &self.inner.watch {
            None => self.stack().work().await,
            Some(watch) => {
                let worker = |event: Value| {
                    let watch = watch.clone();
                    async move {
                        let answer = watch.invoke("worker", &event).await.expect("the worker answers");
                        Ok(serde_json::from_value(answer).expect("a batch's answer"))
                    }
                };
                self.stack().work_to(worker).await
            }
        };
        worked.expect("the worker works");
    }

    /// Runs the scheduler once; its report.
    pub async fn tick(&self) -> Value {
        self.schedule(&schedule_event(self.now())).await
    }

    /// Calls the scheduler with an event; its report.
    pub async fn schedule(&self, event: &Value) -> Value {
        match &self.inner.watch {
            None => {
                let call = serde_json::from_value(event.clone()).expect("an event");
                serde_json::to_value(self.stack().schedule(call).await.expect("the scheduler works")).expect("a report")
            }
            Some(watch) => watch.invoke("scheduler", event).await.expect("the scheduler works"),
        }
    }

    /// Tells of letters that came back, as SES does.
    pub async fn returned(&self, event: &Value) {
        match &self.inner.watch {
            None => {
                let event = serde_json::from_value(event.clone()).expect("an event");
                self.stack().returned(&event).await.expect("it is taken");
            }
            Some(watch) => {
                watch.invoke("bounces", event).await.expect("it is taken");
            }
        }
    }

    /// Gives the mailer an event of the stream; the sequence numbers of the records that failed.
    pub async fn mailer(&self, event: &Value) -> Value {
        match &self.inner.watch {
            None => {
                let event = serde_json::from_value(event.clone()).expect("an event");
                serde_json::to_value(oktan_mailer::handle(self.app(), event).await).expect("an answer")
            }
            Some(watch) => watch.invoke("mailer", event).await.expect("the mailer answers"),
        }
    }

    /// Invokes a function with an event of its own making; `None` where there is no real function to invoke.
    pub async fn invoke(&self, function: &str, event: &Value) -> Option<Result<Value, String>> {
        match &self.inner.watch {
            None => None,
            Some(watch) => Some(watch.invoke(function, event).await),
        }
    }

    /// The letters to one address, oldest first.
    pub async fn letters_to(&self, address: &str) -> Vec<Mail> {
        self.letters().await.into_iter().filter(|mail| mail.to == address).collect()
    }

    /// Every letter so far of what people may do without; the newest last.
    pub async fn notices(&self) -> Vec<Mail> {
        self.letters().await.into_iter().filter(|mail| !mail.list_unsubscribe.is_empty()).collect()
    }

    /// Those to one address.
    pub async fn notices_to(&self, address: &str) -> Vec<Mail> {
        self.notices().await.into_iter().filter(|mail| mail.to == address).collect()
    }
}

/// What the schedule sends.
fn schedule_event(now: DateTime<Utc>) -> Value {
    json!({
        "version": "0", "id": Uuid::new_v4(), "detail-type": "Scheduled Event", "source": "aws.scheduler",
        "account": "123456789012", "time": now, "region": "eu-central-1", "resources": [], "detail": {},
    })
}

/// The next Wednesday between the 8th and the 20th, at 10:00 in Moscow.
fn quiet_moment(now: DateTime<Utc>) -> DateTime<Utc> {
    let zone = Zone::default();
    let quiet = zone
        .date(now)
        .iter_days()
        .skip(1)
        .find(|date| date.weekday() == Weekday::Wed && (8..=20).contains(&date.day()));
    let at = quiet.expect("a Wednesday").and_time(NaiveTime::from_hms_opt(10, 0, 0).expect("a time"));
    at.and_utc() - TimeDelta::minutes(i64::from(zone.offset_minutes(now)))
}
