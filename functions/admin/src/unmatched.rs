//! Payments whose payer is not known: recorded as they come, assigned when somebody knows.

use crate::payments::{dated, known};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::domain::ids::UnmatchedId;
use oktan_shared::domain::text::{CompanyName, DocumentNumber, Purpose};
use oktan_shared::domain::{CompanyId, Day, Inn, Invalid, Kopecks};
use oktan_shared::http::{Cursor, IdempotencyKey, Json, List, Page, Path, Problem, Query, Staff, grant, replayed};
use oktan_shared::journal::Act;
use oktan_shared::table::{
    Assigned, Assignment, Beside, EntryKey, NewPayment, Payer, Standing, Unmatched, UnmatchedRecorded,
};
use oktan_shared::wire::EntryView;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A payment of an unknown payer.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmatchedAsk {
    /// If the document says it.
    payer_inn: Option<Inn>,
    payer_name: CompanyName,
    /// Above zero.
    amount: Kopecks,
    /// The document's date.
    date: Day,
    document_number: DocumentNumber,
    /// In the payer's words.
    purpose: Option<Purpose>,
}

/// A payment whose payer was not known when it came.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct UnmatchedView {
    id: UnmatchedId,
    #[schema(required)]
    payer_inn: Option<Inn>,
    payer_name: CompanyName,
    amount: Kopecks,
    date: NaiveDate,
    document_number: DocumentNumber,
    purpose: Purpose,
    recorded_at: DateTime<Utc>,
    /// Whether the bank's statement brought it; else a person recorded it.
    from_bank: bool,
    /// The company that has the payer's INN, whose it likely is.
    #[schema(required)]
    proposed: Option<ProposedCompany>,
    /// Whose it turned out to be.
    #[schema(required)]
    company_id: Option<CompanyId>,
}

/// A company that a payment is likely of.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ProposedCompany {
    id: CompanyId,
    name: CompanyName,
}

impl UnmatchedView {
    fn of(payment: Unmatched, names: &HashMap<CompanyId, CompanyName>) -> Self {
        let proposed = payment.proposed.and_then(|id| Some(ProposedCompany { id, name: names.get(&id)?.clone() }));
        Self {
            id: payment.id,
            payer_inn: payment.payer_inn,
            payer_name: payment.payer_name,
            amount: payment.amount,
            date: payment.date,
            document_number: payment.document_number,
            purpose: payment.purpose,
            recorded_at: payment.at,
            from_bank: payment.bank.is_some(),
            proposed,
            company_id: payment.assigned.map(|assigned| assigned.company),
        }
    }
}

/// Which payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Those that wait.
    #[default]
    Open,
    /// Those that were assigned.
    Assigned,
}

/// Which payments.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnmatchedFilter {
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

/// Whose a payment is.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignAsk {
    company_id: CompanyId,
    /// Where one with its date, number and amount stands in the company's history.
    alike: Option<Alike>,
}

/// What a payment is to one like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Alike {
    /// Another payment: it is posted too.
    Another,
    /// The same: nothing is posted.
    Same,
}

/// Payments that wait for their payer, or those that were assigned, newest first.
#[utoipa::path(
    get, path = "/v1/staff/payments/unmatched", tag = "staff", operation_id = "list_unmatched_payments",
    params(UnmatchedFilter), responses((status = 200, body = List<UnmatchedView>)),
    security(("session" = ["PostPayments"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::PostPayments>,
    Query(filter): Query<UnmatchedFilter>,
) -> Result<Json<List<UnmatchedView>>, Problem> {
    let open = filter.state == Which::Open;
    let list = ["unmatched", if open { "open" } else { "assigned" }];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let (payments, next) = app.table.unmatched_page(open, filter.limit.limit(), after.as_ref()).await?;
    let next_cursor = next.map(|position| Cursor::seal(&app, &list, &position));
    let proposed: BTreeSet<CompanyId> = payments.iter().filter_map(|payment| payment.proposed).collect();
    let names = app.table.company_names(&proposed).await?;
    let items = payments.into_iter().map(|payment| UnmatchedView::of(payment, &names)).collect();
    Ok(Json(List { items, next_cursor }))
}

/// Records a payment of an unknown payer, once per key.
#[utoipa::path(
    post, path = "/v1/staff/payments/unmatched", tag = "staff", operation_id = "record_unmatched_payment",
    params(("Idempotency-Key" = String, Header)), request_body = UnmatchedAsk,
    responses((status = 201, body = UnmatchedView)), security(("session" = ["PostPayments"])),
)]
pub async fn record(
    State(app): State<App>,
    who: Staff<grant::PostPayments>,
    key: IdempotencyKey,
    Json(ask): Json<UnmatchedAsk>,
) -> Result<Response, Problem> {
    if !ask.amount.is_positive() {
        return Err(Problem::field("amount", &Invalid::new("amount_not_positive", "a payment is above zero")));
    }
    let payment = Unmatched {
        id: UnmatchedId::new(Uuid::new_v4()),
        payer_inn: ask.payer_inn,
        payer_name: ask.payer_name,
        amount: ask.amount,
        date: dated(&app, ask.date)?,
        document_number: ask.document_number,
        purpose: ask.purpose.unwrap_or_default(),
        at: app.clock.now(),
        proposed: None,
        bank: None,
        assigned: None,
    };
    let said = json!({
        "payer_inn": payment.payer_inn, "payer_name": payment.payer_name, "amount": payment.amount, "date": payment.date,
        "document_number": payment.document_number, "purpose": payment.purpose,
    });
    let fingerprint = app.keys.mac("idempotency", &[said.to_string().as_bytes()]);
    let act = Act {
        at: payment.at,
        actor: who.actor(),
        action: "payment.unmatched".to_owned(),
        subject: format!("payment {}", payment.document_number),
        before: serde_json::Value::Null,
        after: said,
        reason: String::new(),
    };
    match app.table.record_unmatched(&payment, &key.0, &fingerprint, &act).await? {
        UnmatchedRecorded::Done => {
            Ok((StatusCode::CREATED, Json(UnmatchedView::of(payment, &HashMap::new()))).into_response())
        }
        UnmatchedRecorded::Before(id) => {
            let before = app.table.unmatched(id).await?.ok_or_else(Problem::unavailable)?;
            Ok(replayed((StatusCode::CREATED, Json(UnmatchedView::of(before, &HashMap::new())))))
        }
        UnmatchedRecorded::KeyReused => Err(Problem::key_reused()),
    }
}

/// Posts a payment that waited to the company whose it is; again says the same, to another company 409
/// `payment_assigned`; beside one with its date, number and amount 409 `payment_known` until somebody says what it is to that.
#[utoipa::path(
    post, path = "/v1/staff/payments/unmatched/{id}/assign", tag = "staff", operation_id = "assign_unmatched_payment",
    params(("id" = UnmatchedId, Path)), request_body = AssignAsk, responses((status = 200, body = EntryView)),
    security(("session" = ["PostPayments"])),
)]
pub async fn assign(
    State(app): State<App>,
    who: Staff<grant::PostPayments>,
    Path(id): Path<UnmatchedId>,
    Json(ask): Json<AssignAsk>,
) -> Result<Json<EntryView>, Problem> {
    let waiting = app.table.unmatched(id).await?.ok_or_else(Problem::not_found)?;
    let no_company = || Problem::field("company_id", &Invalid::new("company_unknown", "there is no such company"));
    let account = app.table.account(ask.company_id).await?.ok_or_else(no_company)?;
    let assigned = match waiting.assigned {
        Some(assigned) => assigned,
        None if ask.alike == Some(Alike::Same) => settle(&app, &who, &waiting, ask.company_id).await?,
        None => post(&app, &who, &waiting, &ask).await?.ok_or_else(no_company)?,
    };
    if assigned.company != ask.company_id {
        return Err(Problem::conflict("payment_assigned", "this payment is another company's already"));
    }
    let key = EntryKey::Posted(assigned.company, assigned.entry);
    let entry = app.table.entry(&key).await?.ok_or_else(Problem::unavailable)?;
    Ok(Json(EntryView::of(&entry, account.zone, &app)))
}

/// Posts it, or says to whom somebody else did meanwhile; `None`: there is no such company.
async fn post(
    app: &App,
    who: &Staff<grant::PostPayments>,
    waiting: &Unmatched,
    ask: &AssignAsk,
) -> Result<Option<Assigned>, Problem> {
    let company = ask.company_id;
    let payment = NewPayment {
        id: Uuid::new_v4(),
        company,
        amount: waiting.amount,
        date: waiting.date,
        document_number: waiting.document_number.clone(),
        comment: waiting.purpose.clone(),
        payer: Some(Payer { inn: waiting.payer_inn.clone(), name: waiting.payer_name.clone() }),
        bank: waiting.bank.clone(),
        at: app.clock.now(),
    };
    let beside = if ask.alike == Some(Alike::Another) { Beside::Any } else { Beside::Nothing };
    let act = assigning(app, who, waiting, company, "payment.assign");
    match app.table.assign_unmatched(waiting.id, &payment, beside, &act).await? {
        Assignment::Done => Ok(Some(Assigned { company, entry: payment.id })),
        Assignment::Known => Err(known()),
        Assignment::NoCompany => Ok(None),
        Assignment::Before => before(app, waiting).await.map(Some),
    }
}

/// Says that it is the payment that stands in the company's history.
async fn settle(
    app: &App,
    who: &Staff<grant::PostPayments>,
    waiting: &Unmatched,
    company: CompanyId,
) -> Result<Assigned, Problem> {
    let none = || Problem::field("alike", &Invalid::new("payment_unlike", "no such payment stands in its history"));
    let found = app.table.standing(&[(company, waiting.date, &waiting.document_number, waiting.amount)]).await?;
    let entry = found.first().copied().and_then(Standing::stands).ok_or_else(none)?;
    let standing = Assigned { company, entry };
    let act = assigning(app, who, waiting, company, "payment.settle");
    match app.table.assign_standing(waiting, standing, &act).await? {
        Assignment::Done => Ok(standing),
        Assignment::Known | Assignment::NoCompany => Err(none()),
        Assignment::Before => before(app, waiting).await,
    }
}

/// To whom somebody else assigned it meanwhile.
async fn before(app: &App, waiting: &Unmatched) -> Result<Assigned, Problem> {
    let now = app.table.unmatched(waiting.id).await?;
    now.and_then(|payment| payment.assigned).ok_or_else(Problem::unavailable)
}

fn assigning(
    app: &App,
    who: &Staff<grant::PostPayments>,
    waiting: &Unmatched,
    company: CompanyId,
    action: &str,
) -> Act {
    Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: action.to_owned(),
        subject: format!("company {company}"),
        before: serde_json::Value::Null,
        after: json!({
            "payer_inn": waiting.payer_inn, "payer_name": waiting.payer_name, "amount": waiting.amount,
            "date": waiting.date, "document_number": waiting.document_number,
        }),
        reason: waiting.purpose.to_string(),
    }
}
