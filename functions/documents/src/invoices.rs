//! Invoices: asked for by the company, numbered, paid by payments that name them.

use crate::download::{Kind, file, pdf};
use crate::invoice_page::{code, invoice as page, purpose, title};
use crate::parties::Parties;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::domain::papers::{PaperNumber, in_words};
use oktan_shared::domain::{CompanyId, Invalid, Kopecks};
use oktan_shared::http::{Client, IdempotencyKey, Json, List, PageQuery, Path, Problem, Query, Staff, grant, replayed};
use oktan_shared::journal::Act;
use oktan_shared::papers::buyer;
use oktan_shared::table::{Invoice, Invoiced, NewInvoice};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An invoice to make.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoiceAsk {
    /// Above zero.
    amount: Kopecks,
}

/// An invoice.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct InvoiceView {
    /// Its number: what it is asked for by.
    id: PaperNumber,
    number: PaperNumber,
    date: NaiveDate,
    amount: Kopecks,
    /// In Russian.
    amount_in_words: String,
    /// By payments that name its number.
    paid: Kopecks,
    #[schema(inline)]
    state: InvoiceState,
    /// When the last such payment that was not taken back was posted; `null` until all of it is paid.
    #[schema(required)]
    paid_at: Option<DateTime<Utc>>,
    /// What the payer's bank is to be told.
    purpose: String,
    /// The text of the payment's code (ГОСТ Р 56042-2014); `null` where the seller's requisites are not known.
    #[schema(required)]
    payment_code: Option<String>,
}

/// Whether it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    Unpaid,
    PartlyPaid,
    Paid,
}

/// What an invoice is answered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum InvoiceFormat {
    #[default]
    Json,
    Pdf,
}

/// How an invoice is answered.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InvoiceQuery {
    /// `json` unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<InvoiceFormat>)]
    format: InvoiceFormat,
}

impl InvoiceView {
    fn of(invoice: &Invoice, parties: Parties<'_>) -> Self {
        let state = match (invoice.paid.is_positive(), invoice.left().is_positive()) {
            (_, false) => InvoiceState::Paid,
            (true, true) => InvoiceState::PartlyPaid,
            (false, true) => InvoiceState::Unpaid,
        };
        Self {
            id: invoice.number,
            number: invoice.number,
            date: invoice.of.date,
            amount: invoice.of.amount,
            amount_in_words: in_words(invoice.of.amount),
            paid: invoice.paid,
            state,
            paid_at: invoice.paid_at,
            purpose: purpose(invoice),
            payment_code: code(invoice, parties),
        }
    }
}

/// The seller of an invoice: as it was, or as it is where there was none yet.
fn parties<'a>(invoice: &'a Invoice, current: Option<&'a oktan_shared::domain::papers::Seller>) -> Parties<'a> {
    Parties { seller: invoice.of.seller.as_ref().or(current), buyer: &invoice.of.buyer }
}

/// The company's invoices, newest first.
#[utoipa::path(
    get, path = "/v1/invoices", tag = "documents", operation_id = "list_invoices", params(PageQuery),
    responses((status = 200, body = List<InvoiceView>)), security(("session" = ["Papers"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Papers>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<InvoiceView>>, Problem> {
    listed(&app, who.company, &query).await
}

/// The same of any company, for the staff.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/invoices", tag = "staff", operation_id = "list_company_invoices",
    params(("id" = CompanyId, Path), PageQuery), responses((status = 200, body = List<InvoiceView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn list_for_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<InvoiceView>>, Problem> {
    app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    listed(&app, id, &query).await
}

async fn listed(app: &App, company: CompanyId, query: &PageQuery) -> Result<Json<List<InvoiceView>>, Problem> {
    let tenant = company.to_string();
    let list = ["invoices", &tenant];
    let after = query.after(app, &list)?;
    let (invoices, end) = app.table.invoices(company, query.limit.limit(), after.as_ref()).await?;
    let (current, _) = app.table.seller().await?;
    let view = |invoice: &Invoice| InvoiceView::of(invoice, parties(invoice, current.as_ref()));
    Ok(Json(List::page(app, &list, invoices.iter().map(view).collect(), end)))
}

/// Makes an invoice for an amount: numbered, dated today; with an `Idempotency-Key` once, however often it is sent. A
/// suspended company's people make them too.
#[utoipa::path(
    post, path = "/v1/invoices", tag = "documents", operation_id = "create_invoice",
    params(("Idempotency-Key" = Option<String>, Header)), request_body = InvoiceAsk,
    responses((status = 201, body = InvoiceView)), security(("session" = ["Papers"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Client<grant::Papers>,
    key: Option<IdempotencyKey>,
    Json(ask): Json<InvoiceAsk>,
) -> Result<Response, Problem> {
    if !ask.amount.is_positive() {
        return Err(Problem::field("amount", &Invalid::new("amount_not_positive", "an invoice is above zero")));
    }
    let now = app.clock.now();
    let (company, _) = app.table.company(who.company).await?.ok_or_else(Problem::not_found)?;
    let (seller, _) = app.table.seller().await?;
    let invoice = NewInvoice {
        company: who.company,
        date: who.account.zone.date(now),
        amount: ask.amount,
        seller,
        buyer: buyer(&company),
        created_at: now,
    };
    let act = |number: PaperNumber| Act {
        at: now,
        actor: who.actor(),
        action: "invoice.create".to_owned(),
        subject: format!("invoice {number}"),
        before: Value::Null,
        after: json!({ "amount": ask.amount, "document_number": number }),
        reason: String::new(),
    };
    let once = key.map(|key| key.once(&app, "invoice", &json!([who.company, ask.amount])));
    let (invoice, again) = match app.table.create_invoice(invoice, who.who.id, once.as_ref(), act).await? {
        Invoiced::Made(invoice) => (invoice, false),
        Invoiced::Before(invoice) => (invoice, true),
        Invoiced::KeyReused => return Err(Problem::key_reused()),
    };
    let answer = (StatusCode::CREATED, Json(InvoiceView::of(&invoice, parties(&invoice, None))));
    Ok(if again { replayed(answer) } else { answer.into_response() })
}

/// An invoice, or its pages.
#[utoipa::path(
    get, path = "/v1/invoices/{id}", tag = "documents", operation_id = "read_invoice",
    params(("id" = PaperNumber, Path), InvoiceQuery), responses((status = 200, body = InvoiceView)),
    security(("session" = ["Papers"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Papers>,
    Path(id): Path<PaperNumber>,
    Query(query): Query<InvoiceQuery>,
) -> Result<Response, Problem> {
    answer(&app, who.company, id, query).await
}

/// The same of any company, for the staff.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/invoices/{invoice}", tag = "staff", operation_id = "read_company_invoice",
    params(("id" = CompanyId, Path), ("invoice" = PaperNumber, Path), InvoiceQuery),
    responses((status = 200, body = InvoiceView)), security(("session" = ["StaffRead"])),
)]
pub async fn read_for_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path((id, invoice)): Path<(CompanyId, PaperNumber)>,
    Query(query): Query<InvoiceQuery>,
) -> Result<Response, Problem> {
    answer(&app, id, invoice, query).await
}

async fn answer(app: &App, company: CompanyId, id: PaperNumber, query: InvoiceQuery) -> Result<Response, Problem> {
    let invoice = app.table.invoice(company, id).await?.ok_or_else(Problem::not_found)?;
    let current = if invoice.of.seller.is_none() { app.table.seller().await?.0 } else { None };
    let parties = parties(&invoice, current.as_ref());
    if query.format == InvoiceFormat::Json {
        return Ok(Json(InvoiceView::of(&invoice, parties)).into_response());
    }
    file(Kind::Pdf, &format!("invoice-{id}"), pdf(app, &page(&invoice, parties), title(&invoice), parties)?)
}
