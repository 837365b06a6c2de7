//! Payments posted by hand.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::text::{DocumentNumber, Purpose};
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{CompanyId, Day, Invalid, Kopecks, document_date};
use oktan_shared::http::{IdempotencyKey, Json, Path, Problem, Staff, grant, replayed};
use oktan_shared::journal::Act;
use oktan_shared::table::{Beside, EntryKey, NewPayment, PaymentPosted};
use oktan_shared::wire::EntryView;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

/// A payment by hand.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentAsk {
    /// Above zero.
    amount: Kopecks,
    /// The document's date.
    date: Day,
    document_number: DocumentNumber,
    comment: Option<Purpose>,
    /// Of a payment with the same date, number and amount that stands already: `true`, this is another one; `false`, there is
    /// none; absent, there is none that the bank's statement brought.
    another: Option<bool>,
}

/// That somebody should say whether it is another payment.
pub fn known() -> Problem {
    Problem::conflict("payment_known", "a payment with this date, number and amount stands in the company's history")
}

/// The date of a document that has come.
pub fn dated(app: &App, date: Day) -> Result<NaiveDate, Problem> {
    document_date(date.get(), Zone::default().date(app.clock.now())).map_err(|invalid| Problem::field("date", &invalid))
}

/// Posts a payment, once per key; 409 `payment_known` beside one that it says not to be.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/payments", tag = "staff", operation_id = "post_payment",
    params(("id" = CompanyId, Path), ("Idempotency-Key" = String, Header)), request_body = PaymentAsk,
    responses((status = 201, body = EntryView)), security(("session" = ["PostPayments"])),
)]
pub async fn post(
    State(app): State<App>,
    who: Staff<grant::PostPayments>,
    Path(id): Path<CompanyId>,
    key: IdempotencyKey,
    Json(ask): Json<PaymentAsk>,
) -> Result<Response, Problem> {
    if !ask.amount.is_positive() {
        return Err(Problem::field("amount", &Invalid::new("amount_not_positive", "a payment is above zero")));
    }
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    let now = app.clock.now();
    let comment = ask.comment.clone().unwrap_or_default();
    let body = json!([id, ask.amount, ask.date, ask.document_number, comment]).to_string();
    let fingerprint = app.keys.mac("idempotency", &[body.as_bytes()]);
    let payment = NewPayment {
        id: Uuid::new_v4(),
        company: id,
        amount: ask.amount,
        date: dated(&app, ask.date)?,
        document_number: ask.document_number,
        comment,
        payer: None,
        bank: None,
        at: now,
    };
    let act = Act {
        at: now,
        actor: who.actor(),
        action: "payment.post".to_owned(),
        subject: format!("company {id}"),
        before: serde_json::Value::Null,
        after: json!({ "amount": payment.amount, "date": payment.date, "document_number": payment.document_number }),
        reason: payment.comment.to_string(),
    };
    let beside = match ask.another {
        Some(true) => Beside::Any,
        Some(false) => Beside::Nothing,
        None => Beside::ByHand,
    };
    let (entry_id, again) = match app.table.post_payment(&payment, beside, &key.0, &fingerprint, &act).await? {
        PaymentPosted::Posted => (payment.id, false),
        PaymentPosted::Before(entry) => (entry, true),
        PaymentPosted::KeyReused => return Err(Problem::key_reused()),
        PaymentPosted::Known => return Err(known()),
        PaymentPosted::NoCompany => return Err(Problem::not_found()),
    };
    let entry = app.table.entry(&EntryKey::Posted(id, entry_id)).await?.ok_or_else(Problem::unavailable)?;
    let answer = (StatusCode::CREATED, Json(EntryView::of(&entry, account.zone, &app)));
    Ok(if again { replayed(answer) } else { answer.into_response() })
}
