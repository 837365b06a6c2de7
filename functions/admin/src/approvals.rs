//! What another person has to approve: the list, approving, refusing.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_shared::domain::account::CompanyStatus;
use oktan_shared::domain::approval::{ApprovalState, DisputeRefund, Matter};
use oktan_shared::domain::ids::{ApprovalId, DisputeId};
use oktan_shared::domain::people::Person;
use oktan_shared::domain::text::{CompanyName, DocumentNumber, Login, Note, PersonName};
use oktan_shared::domain::{CompanyId, Kopecks, Millilitres, ProductCode};
use oktan_shared::http::{Cursor, Json, List, OptionalJson, Page, Path, Problem, Query, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::second_factor;
use oktan_shared::table::{Approval, Colleague, Decided, Decision, EntryKey};
use oktan_shared::wire::EntryView;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::asking::required;
use crate::refund;

/// The company that an approval is about.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CompanyOfApproval {
    id: CompanyId,
    /// Its name when it was asked for.
    name: CompanyName,
}

/// A payment whose money is to be taken back.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PaymentOfApproval {
    /// Its entry in the company's history.
    id: String,
    document_number: DocumentNumber,
    date: NaiveDate,
    amount: Kopecks,
}

/// A dispute whose purchase is to be returned.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DisputeOfApproval {
    id: DisputeId,
    /// What people call it by.
    number: u32,
    /// What was bought.
    #[schema(required)]
    product: Option<ProductCode>,
    /// How much of it is to be returned.
    quantity: Millilitres,
}

/// A person of the staff.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ColleagueView {
    login: Login,
    full_name: PersonName,
}

impl From<&Colleague> for ColleagueView {
    fn from(colleague: &Colleague) -> Self {
        Self { login: colleague.login.clone(), full_name: colleague.full_name.clone() }
    }
}

/// What one person asked for and another decides.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ApprovalView {
    id: ApprovalId,
    /// `credit_limit`, `contact_email`, `close_company`, `payment_reversal` or `dispute_refund`.
    kind: &'static str,
    company: CompanyOfApproval,
    asked_by: ColleagueView,
    asked_at: DateTime<Utc>,
    /// How it was when it was asked for: roubles, an address, a status; of a payment its amount, of a dispute what it gave
    /// back.
    before: String,
    /// How it is to be.
    after: String,
    /// The payment whose money is to be taken back, of a `payment_reversal`.
    #[schema(required)]
    payment: Option<PaymentOfApproval>,
    /// The dispute whose purchase is to be returned, of a `dispute_refund`.
    #[schema(required)]
    dispute: Option<DisputeOfApproval>,
    /// Why, as who asked said; may be empty.
    reason: Note,
    /// `open`, `approved`, `refused`, or `superseded`: it had moved on when it was to be done.
    state: &'static str,
    #[schema(required)]
    decided_by: Option<ColleagueView>,
    #[schema(required)]
    decided_at: Option<DateTime<Utc>>,
    #[schema(required)]
    refusal_reason: Option<Note>,
}

impl ApprovalView {
    /// An approval for the staff.
    pub fn of(approval: &Approval, app: &App) -> Self {
        let payment = match &approval.matter {
            Matter::ReversePayment(reversal) => Some(PaymentOfApproval {
                id: EntryView::id(&EntryKey::Posted(approval.company, reversal.entry), app),
                document_number: reversal.document_number.clone(),
                date: reversal.date,
                amount: reversal.amount,
            }),
            _ => None,
        };
        let dispute = match &approval.matter {
            Matter::RefundDispute(DisputeRefund { dispute, number, product, quantity, .. }) => {
                let product = app.catalogue().by_ix(*product).map(|product| product.code.clone());
                Some(DisputeOfApproval { id: *dispute, number: *number, product, quantity: *quantity })
            }
            _ => None,
        };
        let decision = approval.decision.as_ref();
        let refused = approval.state == ApprovalState::Refused;
        Self {
            id: approval.id,
            kind: approval.matter.kind(),
            company: CompanyOfApproval { id: approval.company, name: approval.company_name.clone() },
            asked_by: (&approval.asked_by).into(),
            asked_at: approval.asked_at,
            before: approval.matter.before(),
            after: approval.matter.after(),
            payment,
            dispute,
            reason: approval.reason.clone(),
            state: approval.state.name(),
            decided_by: decision.map(|decision| (&decision.by).into()),
            decided_at: decision.map(|decision| decision.at),
            refusal_reason: decision.filter(|_| refused).map(|decision| decision.reason.clone()),
        }
    }
}

/// Which approvals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Those that wait.
    #[default]
    Open,
    /// Those that are over.
    Closed,
}

/// Which approvals.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalFilter {
    /// `open` unless said.
    #[serde(default)]
    #[param(value_type = Option<Which>, inline)]
    state: Which,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// An approval.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveAsk {
    /// A fresh code of the authenticator, of who has a second factor.
    #[serde(default)]
    totp: Option<Secret>,
}

/// A refusal.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseAsk {
    /// Not empty.
    reason: Note,
}

/// Approvals, newest first.
#[utoipa::path(
    get, path = "/v1/staff/approvals", tag = "staff", operation_id = "list_approvals",
    params(ApprovalFilter), responses((status = 200, body = List<ApprovalView>)), security(("session" = ["StaffRead"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Query(filter): Query<ApprovalFilter>,
) -> Result<Json<List<ApprovalView>>, Problem> {
    let open = filter.state == Which::Open;
    let list = ["approvals", if open { "open" } else { "closed" }];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let (approvals, next) = app.table.approvals(open, filter.limit.limit(), after.as_ref()).await?;
    let next_cursor = next.map(|position| Cursor::seal(&app, &list, &position));
    Ok(Json(List { items: approvals.iter().map(|approval| ApprovalView::of(approval, &app)).collect(), next_cursor }))
}

/// Does what another person asked for. Who has a second factor gives a fresh code.
#[utoipa::path(
    post, path = "/v1/staff/approvals/{id}/approve", tag = "staff", operation_id = "approve",
    params(("id" = ApprovalId, Path)), request_body = Option<ApproveAsk>,
    responses((status = 200, body = ApprovalView)), security(("session" = ["Approve"])),
)]
pub async fn approve(
    State(app): State<App>,
    who: Staff<grant::Approve>,
    Path(id): Path<ApprovalId>,
    OptionalJson(ask): OptionalJson<ApproveAsk>,
) -> Result<Json<ApprovalView>, Problem> {
    let approval = undecided(&app, &who.who, id).await?;
    second_factor::demand(&app, &who.who, ask.totp.as_ref()).await?;
    let decision = Decision { by: colleague(&who.who), at: app.clock.now(), reason: Note::default() };
    let act = act(&approval, &decision, &who, "approve");
    let outcome = match &approval.matter {
        Matter::RefundDispute(refund) => refund::approve(&app, (id, refund), &approval, &decision, &act).await?,
        _ => app.table.approve(&approval, &decision, &act).await?,
    };
    match outcome {
        Decided::Done => told(&app, id).await,
        Decided::Before => Err(decided()),
        Decided::Moved => Err(moved(&app, &who, &approval, &decision).await?),
    }
}

/// Ends what another person asked for without doing it.
#[utoipa::path(
    post, path = "/v1/staff/approvals/{id}/refuse", tag = "staff", operation_id = "refuse_approval",
    params(("id" = ApprovalId, Path)), request_body = RefuseAsk,
    responses((status = 200, body = ApprovalView)), security(("session" = ["Approve"])),
)]
pub async fn refuse(
    State(app): State<App>,
    who: Staff<grant::Approve>,
    Path(id): Path<ApprovalId>,
    Json(ask): Json<RefuseAsk>,
) -> Result<Json<ApprovalView>, Problem> {
    required("reason", &ask.reason)?;
    let approval = undecided(&app, &who.who, id).await?;
    let decision = Decision { by: colleague(&who.who), at: app.clock.now(), reason: ask.reason };
    let act = act(&approval, &decision, &who, "refuse");
    match app.table.end_approval(&approval, ApprovalState::Refused, &decision, &act).await? {
        Decided::Done => told(&app, id).await,
        Decided::Before | Decided::Moved => Err(decided()),
    }
}

/// An open approval that another person asked for.
async fn undecided(app: &App, who: &Person, id: ApprovalId) -> Result<Approval, Problem> {
    let approval = app.table.approval(id).await?.ok_or_else(Problem::not_found)?;
    if approval.asked_by.id == who.id {
        return Err(Problem::forbidden("own_request", "another person decides what you asked for"));
    }
    match approval.state {
        ApprovalState::Open => Ok(approval),
        _ => Err(decided()),
    }
}

/// Why an approval could not be done. One that can never be done any more is over.
async fn moved(
    app: &App,
    who: &Staff<grant::Approve>,
    approval: &Approval,
    decision: &Decision,
) -> Result<Problem, Problem> {
    let account = app.table.account(approval.company).await?.ok_or_else(Problem::not_found)?;
    let still = account.status != CompanyStatus::Closed;
    if matches!(&approval.matter, Matter::CreditLimit { before, .. } if still && account.credit_limit == *before) {
        return Ok(credit_in_use());
    }
    let act = act(approval, decision, who, "supersede");
    match app.table.end_approval(approval, ApprovalState::Superseded, decision, &act).await? {
        Decided::Done => Ok(Problem::conflict("approval_stale", "it has changed since it was asked for: ask again")),
        Decided::Before | Decided::Moved => Ok(decided()),
    }
}

async fn told(app: &App, id: ApprovalId) -> Result<Json<ApprovalView>, Problem> {
    let approval = app.table.approval(id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(ApprovalView::of(&approval, app)))
}

/// 409 `credit_in_use`: only fuel that is gone takes what is available below zero.
pub fn credit_in_use() -> Problem {
    Problem::conflict("credit_in_use", "more of the credit limit is in use than would be left")
}

fn decided() -> Problem {
    Problem::conflict("approval_decided", "this was decided before")
}

/// As an approval names a person of the staff.
pub fn colleague(who: &Person) -> Colleague {
    Colleague { id: who.id, login: who.login.clone(), full_name: who.full_name.clone() }
}

fn act(approval: &Approval, decision: &Decision, who: &Staff<grant::Approve>, what: &str) -> Act {
    let (before, after) = match what {
        "approve" => crate::asking::values(&approval.matter),
        _ => (json!({ "state": "open" }), json!({ "state": "closed" })),
    };
    Act {
        at: decision.at,
        actor: who.actor(),
        action: format!("{}.{what}", approval.matter.kind()),
        subject: format!("company {}", approval.company),
        before,
        after,
        reason: decision.reason.to_string(),
    }
}
