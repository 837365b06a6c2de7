//! Taking a payment's money back: asked for here, done when another person approves.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::approval::{Matter, PaymentReversal};
use oktan_shared::domain::text::Note;
use oktan_shared::http::{Json, Path, Problem, Staff, grant};
use oktan_shared::table::{Asked, Entry};
use oktan_shared::wire::EntryView;
use serde::Deserialize;

use crate::approvals::ApprovalView;
use crate::asking::{act, approval, pending, required};

/// A payment's money to be taken back.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverseAsk {
    /// Not empty; the company reads it in the entry that takes the money back.
    reason: Note,
}

/// Asks for a payment's money to be taken back, by its entry's id. When that is approved an adjustment takes it back, once, even
/// where the balance goes below zero by it; the bank's document stays known and is not credited again. 409
/// `payment_reversed` where it was taken back before.
#[utoipa::path(
    post, path = "/v1/staff/payments/{id}/reverse", tag = "staff", operation_id = "reverse_payment",
    params(("id" = String, Path)), request_body = ReverseAsk,
    responses((status = 202, body = ApprovalView)), security(("session" = ["Ask"])),
)]
pub async fn ask(
    State(app): State<App>,
    who: Staff<grant::Ask>,
    Path(id): Path<String>,
    Json(ask): Json<ReverseAsk>,
) -> Result<(StatusCode, Json<ApprovalView>), Problem> {
    let key = EntryView::open(&id, &app).ok_or_else(Problem::not_found)?;
    let Some(Entry::Payment { id: entry, company, amount, date, document_number, by_hand, reversed_at, .. }) =
        app.table.entry(&key).await?
    else {
        return Err(Problem::not_found());
    };
    required("reason", &ask.reason)?;
    if reversed_at.is_some() {
        return Err(reversed());
    }
    let (company, _) = app.table.company(company).await?.ok_or_else(Problem::not_found)?;
    let matter = Matter::ReversePayment(PaymentReversal { entry, amount, document_number, date, by_hand });
    let approval = approval(&app, &who, &company, matter, ask.reason);
    match app.table.ask_reversal(&approval, entry, &act(&who, &approval)).await? {
        Asked::Done => Ok((StatusCode::ACCEPTED, Json(ApprovalView::of(&approval, &app)))),
        Asked::Pending => Err(pending()),
        Asked::Over | Asked::Closed => Err(reversed()),
    }
}

fn reversed() -> Problem {
    Problem::conflict("payment_reversed", "this payment's money was taken back before")
}
