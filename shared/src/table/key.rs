//! The keys of the rows.

mod bank;
mod days;
mod papers;
mod promotions;
mod service;

pub(super) use bank::*;
pub(super) use days::*;
pub(super) use papers::*;
pub(super) use promotions::*;
pub(super) use service::*;

use super::item::{Build, Item};
use crate::domain::ids::{ApprovalId, ClaimId, JobId, MessageId, RequestId, TemplateId};
use crate::domain::news::NewsId;
use crate::domain::text::Login;
use crate::domain::{CardNumber, CompanyId, Inn, SessionId, StationCode, TerminalId, UserId};

/// Partition and sort key of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub pk: String,
    pub sk: String,
}

impl Key {
    fn new(pk: String, sk: impl Into<String>) -> Self {
        Self { pk, sk: sk.into() }
    }

    pub fn item(&self) -> Item {
        self.build().item()
    }

    pub fn build(&self) -> Build {
        Build::default().with("pk", self.pk.clone()).with("sk", self.sk.clone())
    }
}

pub(super) fn company(id: CompanyId) -> Key {
    Key::new(format!("COMPANY#{id}"), "COMPANY")
}

pub(super) fn account(id: CompanyId) -> Key {
    Key::new(format!("COMPANY#{id}"), "ACCOUNT")
}

pub(super) fn budget(id: CompanyId) -> Key {
    Key::new(format!("COMPANY#{id}"), "BUDGET")
}

pub(super) fn settings(company: CompanyId) -> Key {
    Key::new(format!("COMPANY#{company}"), "SETTINGS")
}

/// An exception of a company, by when it was granted and its card.
pub(super) fn exception(company: CompanyId, granted: &str) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("EXCEPTION#{granted}"))
}

/// A company's chain of acts, or the staff's own.
pub(super) fn chain(scope: Option<CompanyId>) -> Key {
    Key::new(scope_pk(scope), "CHAIN")
}

/// The `seq`-th act of a chain.
pub(super) fn journal(scope: Option<CompanyId>, seq: u64) -> Key {
    Key::new(scope_pk(scope), format!("JOURNAL#{seq:012}"))
}

fn scope_pk(scope: Option<CompanyId>) -> String {
    scope.map_or_else(|| "STAFF".to_owned(), |id| format!("COMPANY#{id}"))
}

/// How many rows a company's purse purchases are spread over.
pub(super) const SPENT_SHARDS: u8 = 8;

pub(super) fn spent(id: CompanyId, shard: u8) -> Key {
    Key::new(format!("SPENT#{id}#{shard}"), "SPENT")
}

pub(super) fn inn(inn: &Inn) -> Key {
    Key::new(format!("INN#{inn}"), "INN")
}

pub(super) fn card(number: &CardNumber) -> Key {
    Key::new(format!("CARD#{number}"), "CARD")
}

pub(super) fn rules(number: &CardNumber) -> Key {
    Key::new(format!("CARD#{number}"), "RULES")
}

/// The rules that a card had before they were changed last.
pub(super) fn previous_rules(number: &CardNumber) -> Key {
    Key::new(format!("CARD#{number}"), "RULES#PREVIOUS")
}

/// A company's template of rules.
pub(super) fn template(company: CompanyId, id: TemplateId) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("TEMPLATE#{id}"))
}

/// Which of a company's templates new cards get.
pub(super) fn templates(company: CompanyId) -> Key {
    Key::new(format!("COMPANY#{company}"), "TEMPLATES")
}

pub(super) fn card_ref(company: CompanyId, number: &CardNumber) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("CARDREF#{number}"))
}

/// What became of a request at the pump; `card` is what the terminal typed, which need not be a number at all.
pub(super) fn authorization(card: &str, request: RequestId) -> Key {
    Key::new(format!("CARD#{card}"), format!("AUTH#{request}"))
}

pub(super) fn refund(card: &str, request: RequestId) -> Key {
    Key::new(format!("CARD#{card}"), format!("REFUND#{request}"))
}

/// A payment, transfer or adjustment.
pub(super) fn entry(company: CompanyId, id: uuid::Uuid) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("ENTRY#{id}"))
}

/// The same entry in the list of the other card of a transfer.
pub(super) fn entry_of_other_card(company: CompanyId, id: uuid::Uuid) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("ENTRY#{id}#OTHER"))
}

pub(super) fn user(id: UserId) -> Key {
    Key::new(format!("USER#{id}"), "USER")
}

pub(super) fn session(user: UserId, id: SessionId) -> Key {
    Key::new(format!("USER#{user}"), format!("SESSION#{id}"))
}

pub(super) fn totp(user: UserId) -> Key {
    Key::new(format!("USER#{user}"), "TOTP")
}

pub(super) fn login(login: &Login) -> Key {
    Key::new(format!("LOGIN#{login}"), "LOGIN")
}

/// Where the people of an address are found, by its keyed hash.
pub(super) fn email(hash: &str, user: UserId) -> Key {
    Key::new(email_pk(hash), format!("USER#{user}"))
}

pub(super) fn email_pk(hash: &str) -> String {
    format!("EMAIL#{hash}")
}

/// A company's active owners, or the staff's active admins.
pub(super) fn owners(scope: Option<CompanyId>) -> Key {
    Key::new(scope_pk(scope), "OWNERS")
}

/// An activation link by the hash of its token.
pub(super) fn activation(token_hash: &str) -> Key {
    Key::new(format!("ACTIVATION#{token_hash}"), "ACTIVATION")
}

/// What a person has under way to get in again: the newest link, claims on the desk.
pub(super) fn recovery(user: UserId) -> Key {
    Key::new(format!("USER#{user}"), "RECOVERY")
}

/// A link to get in again, by the hash of its token.
pub(super) fn recovery_link(token_hash: &str) -> Key {
    Key::new(format!("RECOVERY#{token_hash}"), "RECOVERY")
}

/// A claim on the reconciliation desk.
pub(super) fn claim(id: ClaimId) -> Key {
    Key::new(format!("CLAIM#{id}"), "CLAIM")
}

pub(super) fn approval(id: ApprovalId) -> Key {
    Key::new(format!("APPROVAL#{id}"), "APPROVAL")
}

/// A company's claim on what an approval is about, while it is open.
pub(super) fn pending(company: CompanyId, subject: &str) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("PENDING#{subject}"))
}

pub(super) fn throttle(name: &str) -> Key {
    Key::new(format!("THROTTLE#{name}"), "THROTTLE")
}

pub(super) fn idempotency(tenant: &str, key: &str) -> Key {
    Key::new(format!("IDEMPOTENCY#{tenant}#{key}"), "IDEMPOTENCY")
}

pub(super) fn station(code: &StationCode) -> Key {
    Key::new("STATIONS".to_owned(), format!("STATION#{code}"))
}

/// All products.
pub(super) fn catalogue() -> Key {
    Key::new("PRODUCTS".to_owned(), "PRODUCTS")
}

/// What the page of a station says.
pub(super) fn station_page(code: &StationCode) -> Key {
    Key::new(format!("STATION#{code}"), "PAGE")
}

pub(super) fn terminal(id: &TerminalId) -> Key {
    Key::new(format!("TERMINAL#{id}"), "TERMINAL")
}

pub(super) fn news(id: &NewsId) -> Key {
    Key::new(format!("NEWS#{id}"), "NEWS")
}

/// What somebody wrote to the administration.
pub(super) fn message(id: MessageId) -> Key {
    Key::new(format!("MESSAGE#{id}"), "MESSAGE")
}

/// A mail to send, in the outbox table.
pub(super) fn mail(id: uuid::Uuid) -> Key {
    Key::new(format!("MAIL#{id}"), "MAIL")
}

pub(super) fn job(id: JobId) -> Key {
    Key::new(format!("JOB#{id}"), "JOB")
}

/// What a step of a job changed.
pub(super) fn job_changes(id: JobId, step: u32) -> Key {
    Key::new(format!("JOB#{id}"), format!("CHUNK#{step:010}"))
}

/// A part of what a job is to do.
pub(super) fn job_part(id: JobId, part: u32) -> Key {
    Key::new(format!("JOB#{id}"), format!("PART#{part:010}"))
}

/// What a step of a job could not change.
pub(super) fn job_failures(id: JobId, step: u32) -> Key {
    Key::new(format!("JOB#{id}"), format!("FAILED#{step:010}"))
}

/// What wakes a worker for a job, in the outbox table. Each time it is another row, for only new ones are told.
pub(super) fn wake(id: JobId, wake: u32) -> Key {
    Key::new(format!("JOB#{id}"), format!("WAKE#{wake:010}"))
}

/// Index partitions (`gsi1`).
pub(super) mod index {
    pub(in crate::table) use super::bank::index::*;
    pub(in crate::table) use super::service::index::*;
    use super::{CompanyId, StationCode};
    use crate::domain::news::Language;

    /// Every company, by name.
    pub const COMPANIES: &str = "COMPANIES";

    /// Exceptions that have not been written down as over, by when their time runs out.
    pub const EXCEPTIONS: &str = "EXCEPTIONS#OPEN";

    /// The approvals that are open, or those that are over.
    pub fn approvals(open: bool) -> &'static str {
        if open { "APPROVALS#OPEN" } else { "APPROVALS#CLOSED" }
    }

    pub fn entries(company: CompanyId) -> String {
        format!("COMPANY#{company}#ENTRIES")
    }

    /// A card's entries, under its company: another company that asks for the card finds nothing.
    pub fn card_entries(company: CompanyId, card: &str) -> String {
        format!("COMPANY#{company}#CARD#{card}#ENTRIES")
    }

    pub fn declines(company: CompanyId) -> String {
        format!("COMPANY#{company}#DECLINES")
    }

    /// The people of a company, or of the staff.
    pub fn people(scope: Option<CompanyId>) -> String {
        format!("{}#USERS", super::scope_pk(scope))
    }

    /// Claims on the desk, by when they were filed.
    pub fn claims(open: bool) -> String {
        format!("CLAIMS#{}", if open { "OPEN" } else { "CLOSED" })
    }

    /// All news, by when they were written (`gsi1`).
    pub const NEWS: &str = "NEWS";

    /// The news of a language, by when they are published (`gsi2`).
    pub fn news_of(language: Language) -> String {
        format!("NEWS#{}", language.as_str())
    }

    /// All promotions, by when they were written (`gsi1`).
    pub const PROMOTIONS: &str = "PROMOTIONS";

    /// Messages that wait, or those put aside, by when they came.
    pub fn messages(open: bool) -> String {
        format!("MESSAGES#{}", if open { "OPEN" } else { "CLOSED" })
    }

    pub fn terminals(station: &StationCode) -> String {
        format!("STATION#{station}#TERMINALS")
    }
}
