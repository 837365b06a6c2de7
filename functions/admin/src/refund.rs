//! A disputed purchase returned: asked for here, done when another person approves.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::approval::{DisputeRefund, Matter};
use oktan_shared::domain::authorization::{Authorization, Capture, State as Life};
use oktan_shared::domain::card::RefundRefused;
use oktan_shared::domain::dispute::{DisputeState, Step, StepRefused};
use oktan_shared::domain::ids::{ApprovalId, DisputeId, RequestId};
use oktan_shared::domain::text::Note;
use oktan_shared::domain::{Invalid, Millilitres};
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{
    Approval, Asked, Decided, Decision, Dispute, Entry, Found, Outcome, Recorded, RefundDecided, RefundOfDispute,
    RefundOutcome, pause,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::approvals::ApprovalView;
use crate::asking::{act, approval, pending};

/// Writes that may lose a race against the card's fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 32;

/// A disputed purchase to be returned.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundOfDisputeAsk {
    /// How much of it; all that was not returned unless said.
    quantity: Option<Millilitres>,
    /// For who approves.
    reason: Option<Note>,
}

/// Asks for a disputed purchase to be returned. When that is approved the dispute is over, the money goes back to where the
/// card is funded then, and what was used of its limits is given back. 409 `dispute_over`, `approval_pending`,
/// `refund_exceeds_capture`.
#[utoipa::path(
    post, path = "/v1/staff/disputes/{id}/refund", tag = "staff", operation_id = "refund_dispute",
    params(("id" = DisputeId, Path)), request_body = Option<RefundOfDisputeAsk>,
    responses((status = 202, body = ApprovalView)), security(("session" = ["Ask"])),
)]
pub async fn ask(
    State(app): State<App>,
    who: Staff<grant::Ask>,
    Path(id): Path<DisputeId>,
    OptionalJson(ask): OptionalJson<RefundOfDisputeAsk>,
) -> Result<(StatusCode, Json<ApprovalView>), Problem> {
    let dispute = app.table.dispute(id).await?.ok_or_else(Problem::not_found)?;
    if dispute.progress.state != DisputeState::Open {
        return Err(over());
    }
    let (company, _) = app.table.company(dispute.company).await?.ok_or_else(Problem::not_found)?;
    let capture = captured(&app, &dispute).await?;
    let quantity = ask.quantity.unwrap_or_else(|| capture.not_returned());
    let (amount, _) = capture.worth(quantity, dispute.evidence.hold.price).map_err(not_worth)?;
    let refund = DisputeRefund {
        dispute: id,
        number: dispute.number,
        card: dispute.evidence.card.clone(),
        purchase: dispute.evidence.hold.request,
        product: dispute.evidence.hold.product,
        quantity,
        amount,
    };
    let approval = approval(&app, &who, &company, Matter::RefundDispute(refund), ask.reason.unwrap_or_default());
    let after = dispute.progress.after(Step::AskRefund(approval.id)).map_err(|refused| match refused {
        StepRefused::Over => over(),
        StepRefused::RefundWaits | StepRefused::AnotherRefund => pending(),
    })?;
    match app.table.ask_refund(&approval, &dispute, after, &act(&who, &approval)).await? {
        Asked::Done => Ok((StatusCode::ACCEPTED, Json(ApprovalView::of(&approval, &app)))),
        Asked::Pending => Err(pending()),
        // Somebody did something with it at this moment.
        Asked::Over | Asked::Closed => Err(over()),
    }
}

/// Does what was asked for, on the card and the purchase as they are now.
pub async fn approve(
    app: &App,
    (id, refund): (ApprovalId, &DisputeRefund),
    approval: &Approval,
    decision: &Decision,
    act: &Act,
) -> Result<Decided, Problem> {
    let _turn = app.table.turn(refund.card.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let Some(dispute) = app.table.dispute(refund.dispute).await? else { return Ok(Decided::Moved) };
        let Ok(after) = dispute.progress.after(Step::Refund(id)) else { return Ok(Decided::Moved) };
        let (found, purchase) = read(app, &dispute).await?;
        let request = RequestId::new(Uuid::new_v4());
        let numbers = (request, Some(dispute.id));
        let posting = found.refund(&purchase, refund.quantity, numbers, &app.catalogue(), decision.at);
        // Some of it was returned at the pump meanwhile: it is worth something else, or nothing.
        let Some(posting) = posting.ok().filter(|posting| posting.row.amount == refund.amount) else {
            return Ok(Decided::Moved);
        };
        let given = RefundOutcome { request, quantity: refund.quantity, amount: refund.amount };
        let outcome = Outcome { at: decision.at, by: decision.by.id, reason: None, refund: Some(given) };
        let whole = RefundOfDispute { dispute: &dispute, after, outcome, found: &found, purchase: &purchase, posting };
        match app.table.approve_refund(approval, decision, &whole, act).await? {
            RefundDecided::Done => return Ok(Decided::Done),
            RefundDecided::Before => return Ok(Decided::Before),
            RefundDecided::Moved | RefundDecided::Raced => pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

/// The card and the purchase as they are now.
async fn read(app: &App, dispute: &Dispute) -> Result<(Found, Authorization), Problem> {
    let (card, hold) = (&dispute.evidence.card, &dispute.evidence.hold);
    let facts = app.table.settle_facts(card, hold.request, &hold.terminal, &hold.station).await?;
    match (facts.found, facts.recorded) {
        (Some(found), Some(Recorded::OnCard(purchase))) => Ok((found, purchase)),
        _ => Err(Problem::not_found()),
    }
}

/// The purchase as it is now.
async fn captured(app: &App, dispute: &Dispute) -> Result<Capture, Problem> {
    match app.table.entry(&dispute.purchase()).await? {
        Some(Entry::Purchase(Authorization { state: Life::Captured(capture), .. })) => Ok(capture),
        _ => Err(Problem::not_found()),
    }
}

fn not_worth(refused: RefundRefused) -> Problem {
    match refused {
        RefundRefused::Nothing => {
            Problem::field("quantity", &Invalid::new("quantity_out_of_range", "a quantity is above zero"))
        }
        RefundRefused::MoreThanCaptured | RefundRefused::NotCaptured => {
            Problem::conflict("refund_exceeds_capture", "all returns together would be more than was captured")
        }
    }
}

fn over() -> Problem {
    Problem::conflict("dispute_over", "this dispute is over")
}
