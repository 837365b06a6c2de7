//! The account report of a month and the act of two days.

use crate::act_page;
use crate::download::{Kind, file, pdf};
use crate::parties::Parties;
use crate::sheets;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::{Datelike as _, NaiveDate};
use oktan_shared::App;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::papers::{Month, PaperNumber, Reconciliation, Subject};
use oktan_shared::domain::{CompanyId, Day, Invalid, Kopecks};
use oktan_shared::http::{Client, Json, Path, Problem, Query, Staff, grant};
use oktan_shared::papers::{Statement, buyer, reconciliation, statement};
use serde::{Deserialize, Serialize};

/// A month of the account.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StatementView {
    month: Month,
    opening_balance: Kopecks,
    turnover: TurnoverView,
    /// `opening_balance` + payments − purchases + refunds + adjustments; of an open month it is as of now.
    closing_balance: Kopecks,
    /// Whether nothing in it changes any more.
    closed: bool,
}

/// What moved the balance.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TurnoverView {
    payments: Kopecks,
    purchases: Kopecks,
    refunds: Kopecks,
    /// Signed.
    adjustments: Kopecks,
}

/// The act of two days, as the seller's books have it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ReconciliationView {
    from: NaiveDate,
    to: NaiveDate,
    opening_balance: Kopecks,
    lines: Vec<ReconciliationLine>,
    debit: Kopecks,
    credit: Kopecks,
    closing_balance: Kopecks,
}

/// A line of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ReconciliationLine {
    /// The day it stands at: of a payment or its money back the day it was posted, whatever day its document is of.
    date: NaiveDate,
    /// What it is about: a closed month's supply, supply of days that are no whole closed month, a payment, a payment's money taken
    /// back.
    #[schema(inline)]
    subject: SubjectName,
    /// Of supply the УПД's, of a payment or its money back the payment's document's.
    #[schema(required)]
    number: Option<String>,
    /// Of a payment or its money back the document's day; of supply of days the first of them.
    #[schema(required)]
    document_date: Option<NaiveDate>,
    /// Of supply: the month.
    #[schema(required)]
    month: Option<Month>,
    debit: Kopecks,
    credit: Kopecks,
    /// After it: negative is a debt.
    balance: Kopecks,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubjectName {
    Supply,
    Days,
    Payment,
    Adjustment,
}

/// What a report is answered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReportFormat {
    #[default]
    Json,
    Pdf,
}

/// What an act is answered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActFormat {
    #[default]
    Json,
    Pdf,
    Xlsx,
}

/// How a report is answered.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// `json` unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<ReportFormat>)]
    format: ReportFormat,
}

/// Which act.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActQuery {
    /// The first day, in the company's zone; the first of the year of `to` unless said.
    from: Option<Day>,
    /// The last day, which is included; today unless said, and at the latest.
    to: Option<Day>,
    /// `json` unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<ActFormat>)]
    format: ActFormat,
}

/// The account report of a month: what there was, what moved it, what there is. A month that has not begun is 404.
#[utoipa::path(
    get, path = "/v1/statements/{month}", tag = "documents", operation_id = "read_statement",
    params(("month" = Month, Path), ReportQuery), responses((status = 200, body = StatementView)),
    security(("session" = ["Papers"])),
)]
pub async fn report(
    State(app): State<App>,
    who: Client<grant::Papers>,
    Path(month): Path<Month>,
    Query(query): Query<ReportQuery>,
) -> Result<Response, Problem> {
    reported(&app, &who.account, month, query.format).await
}

/// The same of any company, for the staff.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/statements/{month}", tag = "staff", operation_id = "read_company_statement",
    params(("id" = CompanyId, Path), ("month" = Month, Path), ReportQuery),
    responses((status = 200, body = StatementView)), security(("session" = ["StaffRead"])),
)]
pub async fn report_for_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path((id, month)): Path<(CompanyId, Month)>,
    Query(query): Query<ReportQuery>,
) -> Result<Response, Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    reported(&app, &account, month, query.format).await
}

async fn reported(app: &App, account: &Account, month: Month, format: ReportFormat) -> Result<Response, Problem> {
    let today = account.zone.date(app.clock.now());
    if month.first() > today {
        return Err(Problem::not_found());
    }
    let statement = statement(app, account, month).await?;
    if format == ReportFormat::Json {
        return Ok(Json(StatementView::of(&statement)).into_response());
    }
    let (company, _) = app.table.company(account.company).await?.ok_or_else(Problem::not_found)?;
    let (seller, _) = app.table.seller().await?;
    let parties = Parties { seller: seller.as_ref(), buyer: &buyer(&company) };
    let pages = act_page::report(&statement, parties, today);
    file(Kind::Pdf, &format!("statement-{month}"), pdf(app, &pages, act_page::report_title(&statement), parties)?)
}

/// The act of reconciliation of two days: debit, credit, and the balance after each line.
#[utoipa::path(
    get, path = "/v1/reconciliation", tag = "documents", operation_id = "reconcile", params(ActQuery),
    responses((status = 200, body = ReconciliationView)), security(("session" = ["Papers"])),
)]
pub async fn act(
    State(app): State<App>,
    who: Client<grant::Papers>,
    Query(query): Query<ActQuery>,
) -> Result<Response, Problem> {
    reconciled(&app, &who.account, query).await
}

/// The same of any company, for the staff.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/reconciliation", tag = "staff", operation_id = "reconcile_company",
    params(("id" = CompanyId, Path), ActQuery), responses((status = 200, body = ReconciliationView)),
    security(("session" = ["StaffRead"])),
)]
pub async fn act_for_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(query): Query<ActQuery>,
) -> Result<Response, Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    reconciled(&app, &account, query).await
}

async fn reconciled(app: &App, account: &Account, query: ActQuery) -> Result<Response, Problem> {
    let today = account.zone.date(app.clock.now());
    let to = query.to.map_or(today, Day::get);
    let span = (query.from.map_or_else(|| to.with_ordinal(1).unwrap_or(to), Day::get), to);
    if span.0 > span.1 {
        return Err(Problem::field("to", &Invalid::new("span_reversed", "the span ends before it begins")));
    }
    if to > today {
        return Err(Problem::field("to", &Invalid::new("date_in_future", "an act is of days that have come")));
    }
    let act = reconciliation(app, account, span).await?;
    let kind = match query.format {
        ActFormat::Json => return Ok(Json(ReconciliationView::of(span, &act)).into_response()),
        ActFormat::Pdf => Kind::Pdf,
        ActFormat::Xlsx => Kind::Xlsx,
    };
    let (company, _) = app.table.company(account.company).await?.ok_or_else(Problem::not_found)?;
    let (seller, _) = app.table.seller().await?;
    let parties = Parties { seller: seller.as_ref(), buyer: &buyer(&company) };
    let bytes = if kind == Kind::Xlsx {
        sheets::reconciliation(span, &act, parties)?
    } else {
        pdf(app, &act_page::act(span, &act, parties), act_page::title(span), parties)?
    };
    file(kind, &format!("reconciliation-{}-{}", span.0, span.1), bytes)
}

impl StatementView {
    fn of(statement: &Statement) -> Self {
        let Statement { month, opening, turnover, closing, closed } = statement;
        Self {
            month: *month,
            opening_balance: *opening,
            turnover: TurnoverView {
                payments: turnover.payments,
                purchases: turnover.purchases,
                refunds: turnover.refunds,
                adjustments: turnover.adjustments,
            },
            closing_balance: *closing,
            closed: *closed,
        }
    }
}

impl ReconciliationView {
    fn of((from, to): (NaiveDate, NaiveDate), act: &Reconciliation) -> Self {
        let line = |line: &oktan_shared::domain::papers::ActLine| {
            let (subject, number, document_date, month) = match &line.subject {
                Subject::Supply { month, number } => {
                    (SubjectName::Supply, number.as_ref().map(PaperNumber::to_string), None, Some(*month))
                }
                Subject::Days { from, .. } => (SubjectName::Days, None, Some(*from), None),
                Subject::Payment { number, date } => (SubjectName::Payment, Some(number.clone()), Some(*date), None),
                Subject::Adjustment { number, date } => {
                    (SubjectName::Adjustment, Some(number.clone()), Some(*date), None)
                }
            };
            let (debit, credit, balance) = (line.debit, line.credit, line.balance);
            ReconciliationLine { date: line.date, subject, number, document_date, month, debit, credit, balance }
        };
        Self {
            from,
            to,
            opening_balance: act.opening,
            lines: act.lines.iter().map(line).collect(),
            debit: act.debit,
            credit: act.credit,
            closing_balance: act.closing,
        }
    }
}
