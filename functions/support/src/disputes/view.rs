//! Disputes as the wire has them.

use chrono::{DateTime, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::domain::authorization::State;
use oktan_shared::domain::dispute::{DisputeState, Nearby, NearbyKind};
use oktan_shared::domain::ids::{ApprovalId, DisputeId};
use oktan_shared::domain::text::{CompanyName, Group, Label, PersonName, Reason};
use oktan_shared::domain::{CardNumber, CompanyId, Kopecks, Millilitres, ProductCode, StationCode, TerminalId, UserId};
use oktan_shared::http::Problem;
use oktan_shared::table::{Dispute, Entry, Outcome};
use oktan_shared::wire::{DisputeStateName, EntryView, MomentView};
use serde::Serialize;
use std::collections::BTreeSet;

/// A dispute in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DisputeItem {
    id: DisputeId,
    /// What people call it by.
    number: u32,
    state: DisputeStateName,
    opened_at: DateTime<Utc>,
    /// The last day on which OKTAN decides in time, by the company's calendar.
    due_on: NaiveDate,
    /// Whether it is open after that day.
    overdue: bool,
    /// The purchase.
    entry_id: String,
    /// When it was posted.
    posted_at: DateTime<Utc>,
    card_number: CardNumber,
    station_code: StationCode,
    #[schema(required)]
    product: Option<ProductCode>,
    quantity: Millilitres,
    /// What it cost.
    amount: Kopecks,
}

/// Who began a dispute, or ended it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DisputePerson {
    /// Of staff only staff are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    full_name: Option<PersonName>,
    /// Whether it was the caller.
    me: bool,
}

/// How a dispute ended.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DisputeOutcome {
    at: DateTime<Utc>,
    by: DisputePerson,
    /// Why nothing was given back.
    #[schema(required)]
    reason: Option<Reason>,
    /// What was given back.
    #[schema(required)]
    amount: Option<Kopecks>,
    /// How much was returned for that.
    #[schema(required)]
    quantity: Option<Millilitres>,
    /// The refund's entry.
    #[schema(required)]
    refund_id: Option<String>,
}

/// What else happened on the card within a day of the fill.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NearbyView {
    at: DateTime<Utc>,
    /// `purchase`, `refund` or `decline`.
    r#type: &'static str,
    station_code: StationCode,
    #[schema(required)]
    product: Option<ProductCode>,
    /// Of a decline what was asked.
    quantity: Millilitres,
    /// Zero of a decline.
    amount: Kopecks,
}

/// What was known of a purchase when it was disputed.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct EvidenceView {
    /// As history told it then.
    purchase: EntryView,
    /// The purchase's life by then, oldest first.
    life: Vec<MomentView>,
    /// How much had been returned by then.
    returned: Millilitres,
    /// The terminal at which it was.
    terminal_id: TerminalId,
    /// What the company called the card.
    label: Label,
    /// Its group.
    group: Group,
    /// Whether the client's own block was on.
    blocked_by_client: bool,
    /// Whether OKTAN's block was on.
    blocked_by_staff: bool,
    /// Whether the card was closed.
    closed: bool,
    /// Whether it had a PIN.
    has_pin: bool,
    /// What else happened on the card within a day, newest first; at most twenty operations and twenty declines.
    nearby: Vec<NearbyView>,
}

/// A dispute.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DisputeDetails {
    #[serde(flatten)]
    dispute: DisputeItem,
    /// What is not right, in the company's words.
    reason: Reason,
    opened_by: DisputePerson,
    evidence: EvidenceView,
    #[schema(required)]
    outcome: Option<DisputeOutcome>,
}

/// A company of a dispute.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DisputeCompany {
    id: CompanyId,
    name: CompanyName,
}

/// A dispute in the staff's list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffDisputeItem {
    #[serde(flatten)]
    dispute: DisputeItem,
    company: DisputeCompany,
    /// The refund that was asked for and waits for another person.
    #[schema(required)]
    approval_id: Option<ApprovalId>,
}

/// A dispute as the staff see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffDisputeDetails {
    #[serde(flatten)]
    dispute: DisputeDetails,
    company: DisputeCompany,
    /// The refund that was asked for and waits for another person.
    #[schema(required)]
    approval_id: Option<ApprovalId>,
    /// What of the purchase has not been returned as of now.
    not_returned: Millilitres,
}

/// Whose eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A person of the company.
    Client,
    /// A person of OKTAN.
    Staff,
}

impl DisputeItem {
    /// A dispute as it stands now.
    pub fn of(dispute: &Dispute, app: &App) -> Self {
        let (hold, capture) = (&dispute.evidence.hold, &dispute.evidence.capture);
        let open = dispute.progress.state == DisputeState::Open;
        Self {
            id: dispute.id,
            number: dispute.number,
            state: dispute.progress.state.into(),
            opened_at: dispute.opened_at,
            due_on: dispute.due.on,
            overdue: open && app.clock.now() >= dispute.due.by,
            entry_id: EntryView::id(&dispute.purchase(), app),
            posted_at: capture.at,
            card_number: dispute.evidence.card.clone(),
            station_code: hold.station.clone(),
            product: app.catalogue().by_ix(hold.product).map(|product| product.code.clone()),
            quantity: capture.quantity,
            amount: capture.amount,
        }
    }
}

impl EvidenceView {
    fn of(dispute: &Dispute, app: &App) -> Self {
        let evidence = &dispute.evidence;
        let purchase = evidence.purchase(dispute.company);
        Self {
            purchase: EntryView::purchase(&purchase, &evidence.capture, app),
            life: MomentView::of_authorization(&purchase, &[]),
            returned: evidence.capture.refunded_quantity,
            terminal_id: evidence.hold.terminal.clone(),
            label: evidence.label.clone(),
            group: evidence.group.clone(),
            blocked_by_client: evidence.blocked_by_client,
            blocked_by_staff: evidence.blocked_by_staff,
            closed: evidence.closed,
            has_pin: evidence.has_pin,
            nearby: evidence.nearby.iter().map(|nearby| NearbyView::of(nearby, app)).collect(),
        }
    }
}

impl NearbyView {
    fn of(nearby: &Nearby, app: &App) -> Self {
        Self {
            at: nearby.at,
            r#type: match nearby.kind {
                NearbyKind::Purchase => "purchase",
                NearbyKind::Refund => "refund",
                NearbyKind::Decline => "decline",
            },
            station_code: nearby.station.clone(),
            product: app.catalogue().by_ix(nearby.product).map(|product| product.code.clone()),
            quantity: nearby.quantity,
            amount: nearby.amount,
        }
    }
}

impl DisputeOutcome {
    fn of(dispute: &Dispute, outcome: &Outcome, by: DisputePerson, app: &App) -> Self {
        Self {
            at: outcome.at,
            by,
            reason: outcome.reason.clone(),
            amount: outcome.refund.map(|refund| refund.amount),
            quantity: outcome.refund.map(|refund| refund.quantity),
            refund_id: dispute.refund().map(|key| EntryView::id(&key, app)),
        }
    }
}

/// A dispute as `user` of this side sees it.
pub async fn details(app: &App, dispute: &Dispute, user: UserId, side: Side) -> Result<DisputeDetails, Problem> {
    let people: BTreeSet<_> =
        [Some(dispute.opened_by), dispute.outcome.as_ref().map(|outcome| outcome.by)].into_iter().flatten().collect();
    let names = app.table.names_of(&people).await?;
    // Only the company itself takes a dispute back; what else ends it OKTAN's people do.
    let own = |by: UserId| by == dispute.opened_by || dispute.progress.state == DisputeState::Withdrawn;
    let person = |by: UserId| DisputePerson {
        full_name: names.get(&by).filter(|_| side == Side::Staff || own(by)).cloned(),
        me: by == user,
    };
    Ok(DisputeDetails {
        dispute: DisputeItem::of(dispute, app),
        reason: dispute.reason.clone(),
        opened_by: person(dispute.opened_by),
        evidence: EvidenceView::of(dispute, app),
        outcome: dispute.outcome.as_ref().map(|outcome| DisputeOutcome::of(dispute, outcome, person(outcome.by), app)),
    })
}

/// Disputes of the staff's list.
pub async fn staff_items(app: &App, disputes: &[Dispute]) -> Result<Vec<StaffDisputeItem>, Problem> {
    let companies: BTreeSet<_> = disputes.iter().map(|dispute| dispute.company).collect();
    let names = app.table.company_names(&companies).await?;
    let items = disputes.iter().filter_map(|dispute| {
        let company = DisputeCompany { id: dispute.company, name: names.get(&dispute.company)?.clone() };
        Some(StaffDisputeItem { dispute: DisputeItem::of(dispute, app), company, approval_id: dispute.progress.refund })
    });
    Ok(items.collect())
}

/// A dispute as the staff see it.
pub async fn staff_details(app: &App, dispute: &Dispute, user: UserId) -> Result<StaffDisputeDetails, Problem> {
    let item = staff_items(app, std::slice::from_ref(dispute)).await?.pop().ok_or_else(Problem::not_found)?;
    let not_returned = match app.table.entry(&dispute.purchase()).await? {
        Some(Entry::Purchase(purchase)) => match &purchase.state {
            State::Captured(capture) => capture.not_returned(),
            _ => Millilitres::ZERO,
        },
        _ => Millilitres::ZERO,
    };
    let StaffDisputeItem { company, approval_id, .. } = item;
    Ok(StaffDisputeDetails {
        dispute: details(app, dispute, user, Side::Staff).await?,
        company,
        approval_id,
        not_returned,
    })
}
