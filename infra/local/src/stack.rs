//! The whole stack in one process: the production functions, with local parts around them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use aws_lambda_events::event::streams::DynamoDbEventResponse;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use axum::Router;
use oktan_scheduler::Call;
use oktan_shared::config::{self, Config, FirstAdmin};
use oktan_shared::{App, table};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use url::Url;

use crate::calls::Calls;
use crate::clock::MovableClock;
use crate::database::{Database, Sweeper};
use crate::demo::{self, Demo};
use crate::feed::{Feed, MAILER, WORKER};
use crate::home::Home;
use crate::keys::StackKeys;
use crate::mailbox::{Mail, Mailbox};
use crate::options::Options;
use crate::ses::Ses;
use crate::{Failure, pages, server};

/// The embedded engine has no regions; the SDK must name one.
const REGION: &str = "eu-central-1";
/// Here one address stands for everybody.
const ADDRESS_FAILURES_MAX: u32 = 10_000;
/// DynamoDB tidies within days; here a row stays a few minutes past its time.
const SWEEP_EVERY: Duration = Duration::from_secs(120);
/// How long a stop waits for requests under way.
const STOP_WAIT: Duration = Duration::from_secs(5);

/// A running stack. Stop it with [`Stack::stop`]; dropping it stops it too, without waiting.
pub struct Stack {
    /// Where it answers: `http://127.0.0.1:<port>/`.
    pub base_url: Url,
    /// What the functions were given.
    pub app: App,
    /// The demo, if the data has one.
    pub demo: Option<Demo>,
    scheduler: App,
    bounces: App,
    worker: App,
    clock: MovableClock,
    mailbox: Mailbox,
    mail: Feed,
    jobs: Feed,
    database: Database,
    ses: Ses,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
    background: JoinSet<()>,
}

impl Stack {
    /// Starts everything and returns when it answers.
    pub async fn start(options: Options) -> Result<Self, Failure> {
        let home = match &options.data_dir {
            Some(dir) => Home::open(dir)?,
            None => Home::memory(),
        };
        let clock = MovableClock::open(home.clone())?;
        let database = Database::start(home.database().as_deref()).await?;
        let mailbox = Mailbox::open(home.mail().as_deref())?;
        let mail_clock = clock.clone();
        let ses = Ses::start(mailbox.clone(), Arc::new(move || mail_clock.now())).await?;
        let (listener, base_url) = listen(options.port).await?;

        let keys = StackKeys::open(&home)?;
        let staff = options.staff.clone();
        let config = configure(keys, &base_url, database.endpoint(), ses.endpoint(), staff);
        let config = Config {
            staff_totp_required: options.staff_totp_required,
            administration_email: options.administration_email.clone(),
            on_call_email: options.on_call_email.clone(),
            ..config
        };
        let app = App::new(config, clock.clock());
        let created = table::schema::create(&app).await;
        created.map_err(|cause| Failure::new("creating the tables", cause))?;
        let calls = Calls::open(options.calls_dir.clone());
        let outbox = || database.stream(&app.config.outbox_table);
        let mail = Feed::open(&MAILER, calls.of("mailer", &app), outbox(), home.clone())?;
        let worker = calls.of("worker", &app);
        let jobs = Feed::open(&WORKER, worker.clone(), outbox(), home.clone())?;
        let api = server::api(&app, &calls);
        let (loader, say) = (database.loader(), options.say);
        let maker = demo::Maker { app: &app, api: &api, clock: &clock, loader, say };
        let demo = demo::open(options.seed, &options.staff, &home, maker).await?;

        let local = pages::router(pages::Stand {
            api: api.clone(),
            clock: clock.clone(),
            mailbox: mailbox.clone(),
            staff: options.staff.clone(),
            demo: demo.clone(),
            tape: pages::Tape::open(home)?,
        });
        let (stop, on_stop) = oneshot::channel();
        let router = server::whole(api, local, options.web_dir.clone(), &base_url);
        let served = tokio::spawn(serve(listener, router, on_stop));
        let (scheduler, bounces) = (calls.of("scheduler", &app), calls.of("bounces", &app));
        let background = background(&options, &scheduler, [&mail, &jobs], database.sweeper());
        Ok(Self {
            base_url,
            app,
            demo,
            scheduler,
            bounces,
            worker,
            clock,
            mailbox,
            mail,
            jobs,
            database,
            ses,
            stop,
            served,
            background,
        })
    }

    /// Moves the clock ahead by `by`, to the second. It never goes back.
    pub fn advance(&self, by: Duration) -> Result<(), Failure> {
        let seconds = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        match self.clock.advance(seconds)? {
            Some(_) => Ok(()),
            None => Err(Failure::new("moving the clock", "too far")),
        }
    }

    /// Hands everything in the outbox's stream to the mailer, until nothing is new or a record fails.
    pub async fn deliver(&self) -> Result<(), Failure> {
        self.mail.drain().await
    }

    /// Hands every job in the outbox's stream to the worker, until all are over or one fails.
    pub async fn work(&self) -> Result<(), Failure> {
        self.jobs.drain().await
    }

    /// The same with another worker than the one in this process.
    pub async fn work_to<M, F>(&self, worker: M) -> Result<(), Failure>
    where
        M: Fn(Value) -> F,
        F: Future<Output = Result<DynamoDbEventResponse, Failure>> + Send + 'static,
    {
        self.jobs.drain_to(worker).await
    }

    /// The same with another mailer than the one in this process.
    pub async fn deliver_to<M, F>(&self, mailer: M) -> Result<(), Failure>
    where
        M: Fn(Value) -> F,
        F: Future<Output = Result<DynamoDbEventResponse, Failure>> + Send + 'static,
    {
        self.mail.drain_to(mailer).await
    }

    /// What the worker is given.
    pub fn worker(&self) -> &App {
        &self.worker
    }

    /// Calls the scheduler, as EventBridge does.
    pub async fn schedule(&self, call: Call) -> Result<oktan_scheduler::Report, Failure> {
        oktan_scheduler::handle(&self.scheduler, call).await.map_err(|cause| Failure::new("the scheduler", cause))
    }

    /// Tells of letters that came back, as SES does.
    pub async fn returned(&self, event: &oktan_bounces::TopicEvent) -> Result<(), Failure> {
        let told = oktan_bounces::handle(&self.bounces, event).await;
        told.map_err(|cause| Failure::new("letters that came back", cause))
    }

    /// The letters that left, newest last.
    pub fn mails(&self) -> Vec<Mail> {
        self.mailbox.all()
    }

    /// Where the embedded DynamoDB answers.
    pub fn dynamodb_endpoint(&self) -> &str {
        self.database.endpoint()
    }

    /// Where the embedded SES answers.
    pub fn ses_endpoint(&self) -> &str {
        self.ses.endpoint()
    }

    /// A client of the SDK for looking at the raw rows.
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(REGION))
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            .endpoint_url(self.database.endpoint());
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }

    /// Stops taking requests, ends those under way, closes the database.
    pub async fn stop(mut self) {
        let _ = self.stop.send(());
        let _ = tokio::time::timeout(STOP_WAIT, &mut self.served).await;
        self.served.abort();
        self.background.shutdown().await;
        self.ses.stop().await;
        self.database.stop().await;
    }
}

async fn listen(port: u16) -> Result<(TcpListener, Url), Failure> {
    let what = || format!("listening on 127.0.0.1:{port}");
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|cause| Failure::new(what(), cause))?;
    let address = listener.local_addr().map_err(|cause| Failure::new(what(), cause))?;
    let base_url = Url::parse(&format!("http://{address}/")).map_err(|cause| Failure::new(what(), cause))?;
    Ok((listener, base_url))
}

fn configure(keys: StackKeys, base_url: &Url, dynamodb: &str, ses: &str, first_admin: Option<FirstAdmin>) -> Config {
    Config {
        cabinet_table: "cabinet".to_owned(),
        outbox_table: "outbox".to_owned(),
        dynamodb_endpoint: Some(dynamodb.to_owned()),
        ses_endpoint: Some(ses.to_owned()),
        region: REGION.to_owned(),
        static_credentials: true,
        base_url: base_url.clone(),
        jwt_keys: keys.jwt,
        mac_key: keys.mac,
        mail_from: "no-reply@oktan.localhost".to_owned(),
        duty_phone: config::DUTY_PHONE.to_owned(),
        administration_email: None,
        on_call_email: None,
        first_admin,
        holds_max: config::HOLDS_MAX,
        origin_secrets: Vec::new(),
        address_failures_max: ADDRESS_FAILURES_MAX,
        staff_totp_required: false,
    }
}

async fn serve(listener: TcpListener, router: Router, on_stop: oneshot::Receiver<()>) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stop = async move {
        let _ = on_stop.await;
    };
    if let Err(cause) = axum::serve(listener, service).with_graceful_shutdown(stop).await {
        tracing::error!(%cause, "the server ended");
    }
}

fn background(options: &Options, scheduler: &App, feeds: [&Feed; 2], sweeper: Sweeper) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    if let Some(every) = options.poll_every {
        for feed in feeds {
            tasks.spawn(feed.clone().run(every));
        }
    }
    if let Some(every) = options.tick_every {
        tasks.spawn(tick_for_ever(scheduler.clone(), every));
        tasks.spawn(sweep_for_ever(sweeper));
    }
    tasks
}

async fn tick_for_ever(app: App, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        if let Err(cause) = oktan_scheduler::handle(&app, Call::default()).await {
            tracing::warn!(%cause, "the scheduler");
        }
    }
}

async fn sweep_for_ever(sweeper: Sweeper) {
    loop {
        tokio::time::sleep(SWEEP_EVERY).await;
        if let Err(failure) = sweeper.sweep().await {
            tracing::warn!(%failure, "deleting rows past their time");
        }
    }
}
