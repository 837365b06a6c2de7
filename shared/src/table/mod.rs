//! The only place that knows DynamoDB: keys, rows, expressions, operations.
//!
//! Reads are consistent and bounded. A write is one conditional call; what could make it wrong is a condition of it.
//! The rows are described in docs/table.md.

mod accounts;
mod approvals;
mod articles;
mod audit;
mod bank;
mod budgets;
mod bulk;
mod card_edit;
mod cards;
mod catalogue;
mod claims;
mod companies;
mod company_edit;
mod days;
mod disputes;
mod entries;
mod error;
mod exceptions;
mod fleet;
mod item;
mod jobs;
mod journal;
mod key;
#[cfg(feature = "load")]
mod load;
mod messages;
mod meter;
mod news;
mod notices;
mod once;
mod outbox;
mod papers;
mod past;
mod payments;
mod people;
mod promotions;
mod pump;
mod purses;
mod queue;
mod read;
mod recovery;
mod refunds;
mod register;
mod replace;
mod reversals;
mod rows;
mod schedule;
pub mod schema;
mod sessions;
mod settings;
mod settle;
mod share_jobs;
mod shelf;
mod standing;
mod stations;
mod templates;
mod terminals;
mod throttle;
mod tickets;
mod totp;
mod transfers;
mod unmatched;
mod warm;
mod write;

pub use approvals::{Approval, Asked, Colleague, Decided, Decision};
pub use articles::{Article, ArticleVersion};
pub use bank::{BankKnown, Credited, DESK_CHUNK_MAX};
pub use budgets::{AllowanceEdit, BudgetEdit, BudgetPlacement, SHARES_MAX, SharePage, ShareRow};
pub use bulk::{CHUNK_MAX, CardChange, RULES_CHUNK_MAX};
pub use card_edit::{CardEdit, Placement, RulesEdit};
pub use cards::{CardNote, CardRecord, CardSummary, ISSUE_MAX};
pub use claims::{Claim, ClaimDecision, ClaimKind, ClaimState, FiledClaim};
pub use companies::{Company, Contact, NewCompany};
pub use company_edit::{CompanyEdit, Edited};
pub use days::DaySums;
pub use disputes::{Dispute, DisputeOpened, Outcome, RefundDecided, RefundOfDispute, RefundOutcome};
pub use entries::{Entry, EntryFilter, EntryKey, EntryPage, HistoryKind};
pub use error::StoreError;
pub use exceptions::{ExceptionEnd, ExceptionRow, NewException};
pub use fleet::{CardPage, FleetFilter};
pub use jobs::{Leased, Stepped, UndoStarted};
#[cfg(feature = "load")]
pub use load::{RawRow, listed_row, over_row};
pub use messages::{AnswerBy, Message};
pub use meter::{Meter, Usage as Metered};
pub use news::News;
pub use notices::{Announced, Audience, Notice, Returned, Told};
pub use once::Once;
pub use outbox::{ATTEMPTS_MAX as MAIL_ATTEMPTS_MAX, Declined, Intent, LinkTo, MailRow, Waiting};
pub use papers::{ClosedMonth, Invoice, Invoiced, NewInvoice, Upd};
pub use payments::{NewPayment, Payer, PaymentPosted};
pub use people::{NewPerson, OWNERS_MAX, PersonEdited};
pub use promotions::{Participation, ParticipationEdit, Promotion, PromotionSaved, Savings, Translation};
pub use pump::{Facts as PumpFacts, Found};
pub use purses::{CHUNK_MAX as PURSES_CHUNK_MAX, PurseSpent, STOP_AT_ONCE_MAX};
pub use queue::Turn;
pub use recovery::{NewLink, Recovery, TRIES_MAX as RECOVERY_TRIES_MAX, on_file};
pub use refunds::{RefundPosting, RefundRow};
pub use register::DueIssued;
pub use replace::{HeirRow, Succession};
pub use reversals::AdjustmentRow;
pub use rows::{CardRow, Position, Recorded};
pub use sessions::{ABSOLUTE as SESSION_ABSOLUTE, Session, SignedIn, bounded};
pub use settings::{Settings, SettingsSaved};
pub use share_jobs::PLANNED_MAX as PLANNED_SHARES_MAX;
pub use standing::{Alike, Beside, Standing};
pub use stations::{Station, StationEdit, StationPage};
pub use templates::{TEMPLATES_MAX, Template, TemplateChange, Templates};
pub use terminals::Terminal;
pub use throttle::Throttle;
pub use tickets::{Said, Ticket, TicketMessage, Written};
pub use totp::SecondFactor;
pub use transfers::{NewTransfer, Transferred};
pub use unmatched::{Assigned, Assignment, Recorded as UnmatchedRecorded, Unmatched};
pub use write::pause;

use crate::auth::Keys;
use crate::config::Config;
use crate::https::https;
use crate::lazy::{Lazy, lazily};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Intercept, Region, retry::RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// One attempt of a call; the SDK has no limit of its own.
const ATTEMPT_TIMEOUT: Duration = Duration::from_millis(1_000);
/// A call with its retries.
const OPERATION_TIMEOUT: Duration = Duration::from_millis(5_000);
/// Attempts of a call that failed for the network or for throttling.
const ATTEMPTS_MAX: u32 = 4;

/// The two tables and everything that is done with them.
#[derive(Clone)]
pub struct Table {
    client: Lazy<Client>,
    cabinet: Arc<str>,
    outbox: Arc<str>,
    keys: Arc<Keys>,
    meter: Arc<Meter>,
    queue: queue::Queue,
    shelf: Arc<shelf::Shelf>,
}

impl Table {
    /// A client for the configured tables; made and connected when first used.
    pub fn new(config: &Config, keys: Arc<Keys>) -> Self {
        Self {
            client: client(&config.region, config.dynamodb_endpoint.as_deref(), config.static_credentials),
            cabinet: config.cabinet_table.as_str().into(),
            outbox: config.outbox_table.as_str().into(),
            keys,
            meter: Arc::default(),
            queue: queue::Queue::default(),
            shelf: Arc::default(),
        }
    }

    /// The same tables, whose calls `observer` sees before they leave.
    pub(crate) fn observed(&self, observer: impl Intercept + 'static) -> Self {
        let config = self.client.config().to_builder().interceptor(observer);
        Self { client: lazily(|| Client::from_conf(config.build())), ..self.clone() }
    }

    /// What calls were made and what they cost, for tests that hold figures.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }
}

/// A client; made and connected when first used.
fn client(region: &str, endpoint: Option<&str>, static_credentials: bool) -> Lazy<Client> {
    let mut sdk = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .retry_config(
            RetryConfig::standard().with_max_attempts(ATTEMPTS_MAX).with_initial_backoff(Duration::from_millis(25)),
        )
        .timeout_config(
            TimeoutConfig::builder()
                .operation_attempt_timeout(ATTEMPT_TIMEOUT)
                .operation_timeout(OPERATION_TIMEOUT)
                .build(),
        );
    if let Some(endpoint) = endpoint {
        sdk = sdk.endpoint_url(endpoint);
    }
    sdk = if static_credentials {
        sdk.credentials_provider(Credentials::new("local", "local", None, None, "static"))
    } else {
        sdk.credentials_provider(aws_config::environment::credentials::EnvironmentVariableCredentialsProvider::new())
    };
    lazily(|| Client::from_conf(sdk.http_client(https()).build()))
}
