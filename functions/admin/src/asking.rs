//! Asking for what another person has to approve: a company's credit limit, its end.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::account::{Account, CompanyStatus};
use oktan_shared::domain::approval::{ApprovalState, Matter};
use oktan_shared::domain::ids::ApprovalId;
use oktan_shared::domain::text::Note;
use oktan_shared::domain::{CompanyId, Invalid, Kopecks};
use oktan_shared::http::{Json, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{Approval, Asked, Company};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::approvals::{ApprovalView, colleague, credit_in_use};
use crate::companies::company_closed;

/// Another credit limit.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditAsk {
    /// How far below zero the balance may go.
    credit_limit: Kopecks,
    /// For who approves.
    reason: Option<Note>,
}

/// The end of a contract.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseAsk {
    /// Not empty.
    reason: Note,
}

/// Asks for another credit limit; one below what is in use is refused.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/credit", tag = "staff", operation_id = "ask_credit",
    params(("id" = CompanyId, Path)), request_body = CreditAsk,
    responses((status = 202, body = ApprovalView)), security(("session" = ["Ask"])),
)]
pub async fn credit(
    State(app): State<App>,
    who: Staff<grant::Ask>,
    Path(id): Path<CompanyId>,
    Json(ask): Json<CreditAsk>,
) -> Result<(StatusCode, Json<ApprovalView>), Problem> {
    let (company, account) = open_company(&app, id).await?;
    let (before, after) = (account.credit_limit, ask.credit_limit);
    if before == after {
        let invalid = Invalid::new("credit_unchanged", "this is the credit limit already");
        return Err(Problem::field("credit_limit", &invalid));
    }
    if after < before && account.available < before.saturating_sub(after) {
        return Err(credit_in_use());
    }
    file(&app, &who, &company, Matter::CreditLimit { before, after }, ask.reason.unwrap_or_default()).await
}

/// Asks for a company to be closed for good. When that is approved nothing of it fuels and nothing changes; fills under
/// way are still posted, and payments too: what it owes or is owed stays on its balance.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/close", tag = "staff", operation_id = "close_company",
    params(("id" = CompanyId, Path)), request_body = CloseAsk,
    responses((status = 202, body = ApprovalView)), security(("session" = ["Ask"])),
)]
pub async fn close(
    State(app): State<App>,
    who: Staff<grant::Ask>,
    Path(id): Path<CompanyId>,
    Json(ask): Json<CloseAsk>,
) -> Result<(StatusCode, Json<ApprovalView>), Problem> {
    required("reason", &ask.reason)?;
    let (company, account) = open_company(&app, id).await?;
    file(&app, &who, &company, Matter::CloseCompany { before: account.status }, ask.reason).await
}

/// A company that is not closed.
pub async fn open_company(app: &App, id: CompanyId) -> Result<(Company, Account), Problem> {
    let (company, account) = app.table.company(id).await?.ok_or_else(Problem::not_found)?;
    match account.status {
        CompanyStatus::Closed => Err(company_closed()),
        CompanyStatus::Active | CompanyStatus::Suspended => Ok((company, account)),
    }
}

async fn file(
    app: &App,
    who: &Staff<grant::Ask>,
    company: &Company,
    matter: Matter,
    reason: Note,
) -> Result<(StatusCode, Json<ApprovalView>), Problem> {
    let approval = approval(app, who, company, matter, reason);
    let act = act(who, &approval);
    match app.table.ask_approval(&approval, &act).await? {
        Asked::Done => Ok((StatusCode::ACCEPTED, Json(ApprovalView::of(&approval, app)))),
        Asked::Pending => Err(pending()),
        Asked::Closed | Asked::Over => Err(company_closed()),
    }
}

/// Asking, as the journal has it.
pub fn act(who: &Staff<grant::Ask>, approval: &Approval) -> Act {
    let (before, after) = values(&approval.matter);
    Act {
        at: approval.asked_at,
        actor: who.actor(),
        action: format!("{}.ask", approval.matter.kind()),
        subject: format!("company {}", approval.company),
        before,
        after,
        reason: approval.reason.to_string(),
    }
}

/// What is asked for, open.
pub fn approval(app: &App, who: &Staff<grant::Ask>, company: &Company, matter: Matter, reason: Note) -> Approval {
    Approval {
        id: ApprovalId::new(Uuid::new_v4()),
        company: company.id,
        company_name: company.name.clone(),
        matter,
        reason,
        asked_by: colleague(&who.who),
        asked_at: app.clock.now(),
        state: ApprovalState::Open,
        decision: None,
    }
}

/// 409 `approval_pending`.
pub fn pending() -> Problem {
    Problem::conflict("approval_pending", "this was asked for already and waits for another person")
}

/// A text that must not be empty.
pub fn required(field: &str, text: &Note) -> Result<(), Problem> {
    match text.as_str() {
        "" => Err(Problem::field(field, &Invalid::new("text_too_short", "at least 1 characters are needed"))),
        _ => Ok(()),
    }
}

/// What a matter changes, as the journal has it.
pub fn values(matter: &Matter) -> (Value, Value) {
    let name = match matter {
        Matter::CreditLimit { .. } => "credit_limit",
        Matter::ContactEmail { .. } => "contact_email",
        Matter::CloseCompany { .. } => "status",
        Matter::RefundDispute(_) => "amount",
        Matter::ReversePayment(reversal) => {
            let (document_number, date) = (&reversal.document_number, reversal.date);
            let payment = json!({ "amount": reversal.amount, "date": date, "document_number": document_number });
            return (payment, json!({ "amount": Kopecks::ZERO }));
        }
    };
    (json!({ name: matter.before() }), json!({ name: matter.after() }))
}
