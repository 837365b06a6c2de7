//! Closed months: their list, their УПД and registers, one archive for each.

use crate::download::{Kind, archive, file, pdf};
use crate::parties::Parties;
use crate::{register, sheets, upd};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::domain::papers::{Month, PaperNumber, totals};
use oktan_shared::domain::{CompanyId, Kopecks};
use oktan_shared::http::{Client, FileBytes, Json, List, PageQuery, Path, Problem, Query, Staff, grant};
use oktan_shared::table::ClosedMonth;
use serde::{Deserialize, Serialize};

/// A closed month with its documents.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MonthView {
    /// The month, `YYYY-MM`: what its documents are asked for by.
    id: Month,
    month: Month,
    /// `null` where nothing was supplied and nothing came back.
    #[schema(required)]
    upd: Option<UpdView>,
    /// Lines of the register.
    operations: u64,
    opening_balance: Kopecks,
    closing_balance: Kopecks,
    closed_at: DateTime<Utc>,
}

/// An УПД.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct UpdView {
    number: PaperNumber,
    date: NaiveDate,
    /// VAT in it.
    amount: Kopecks,
    /// The VAT in it, added up over the lines.
    vat: Kopecks,
    /// The part of `amount` that corrects earlier months: zero or below.
    corrected: Kopecks,
}

impl MonthView {
    fn of(month: &ClosedMonth) -> Self {
        let (amount, vat) = month.figures.total();
        let (corrected, _) = totals(&month.figures.corrected);
        let upd = month.upd.map(|upd| UpdView { number: upd.number, date: upd.date, amount, vat, corrected });
        Self {
            id: month.month,
            month: month.month,
            upd,
            operations: month.figures.operations,
            opening_balance: month.opening,
            closing_balance: month.closing,
            closed_at: month.closed_at,
        }
    }
}

/// Which file of a month.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// `pdf` unless said; `zip` has all of the month.
    #[serde(default)]
    #[param(inline, value_type = Option<MonthFormat>)]
    format: MonthFormat,
    /// Which document; unless said the УПД, or the register of a month without one.
    #[param(inline, value_type = Option<MonthPaper>)]
    document: Option<MonthPaper>,
}

/// What a document of a month is downloaded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MonthFormat {
    #[default]
    Pdf,
    Xlsx,
    Zip,
}

/// A document of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MonthPaper {
    Upd,
    Register,
}

/// The closed months with their documents, newest first.
#[utoipa::path(
    get, path = "/v1/documents", tag = "documents", operation_id = "list_documents", params(PageQuery),
    responses((status = 200, body = List<MonthView>)), security(("session" = ["Papers"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Papers>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<MonthView>>, Problem> {
    page(&app, who.company, &query).await
}

/// A company's closed months, as it sees them.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/documents", tag = "staff", operation_id = "list_company_documents",
    params(("id" = CompanyId, Path), PageQuery), responses((status = 200, body = List<MonthView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn list_for_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<MonthView>>, Problem> {
    app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    page(&app, id, &query).await
}

async fn page(app: &App, company: CompanyId, query: &PageQuery) -> Result<Json<List<MonthView>>, Problem> {
    let tenant = company.to_string();
    let list = ["documents", &tenant];
    let after = query.after(app, &list)?;
    let (months, end) = app.table.closed_months(company, query.limit.limit(), after.as_ref()).await?;
    Ok(Json(List::page(app, &list, months.iter().map(MonthView::of).collect(), end)))
}

/// A document of a closed month, or all of them in one archive.
#[utoipa::path(
    get, path = "/v1/documents/{id}", tag = "documents", operation_id = "read_document",
    params(("id" = Month, Path), FileQuery),
    responses((status = 200, body = FileBytes, content_type = "application/pdf")), security(("session" = ["Papers"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Papers>,
    Path(id): Path<Month>,
    Query(query): Query<FileQuery>,
) -> Result<Response, Problem> {
    answer(&app, who.company, id, query).await
}

/// The same of any company, for the staff.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/documents/{month}", tag = "staff", operation_id = "read_company_document",
    params(("id" = CompanyId, Path), ("month" = Month, Path), FileQuery),
    responses((status = 200, body = FileBytes, content_type = "application/pdf")), security(("session" = ["StaffRead"])),
)]
pub async fn read_for_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path((id, month)): Path<(CompanyId, Month)>,
    Query(query): Query<FileQuery>,
) -> Result<Response, Problem> {
    answer(&app, id, month, query).await
}

async fn answer(app: &App, company: CompanyId, id: Month, query: FileQuery) -> Result<Response, Problem> {
    let month = app.table.closed_month(company, id).await?.ok_or_else(Problem::not_found)?;
    // What was closed before there were requisites is printed with those there are.
    let current = if month.seller.is_none() { app.table.seller().await?.0 } else { None };
    let parties = Parties { seller: month.seller.as_ref().or(current.as_ref()), buyer: &month.buyer };
    let paper = query.document.unwrap_or(if month.upd.is_some() { MonthPaper::Upd } else { MonthPaper::Register });
    let kind = match query.format {
        MonthFormat::Zip => {
            let mut files = Vec::new();
            for paper in [MonthPaper::Upd, MonthPaper::Register] {
                for kind in [Kind::Pdf, Kind::Xlsx] {
                    let Some(bytes) = make(app, &month, parties, paper, kind).await? else { continue };
                    let ending = if kind == Kind::Pdf { "pdf" } else { "xlsx" };
                    files.push((format!("{}.{ending}", name(&month, paper)), bytes));
                }
            }
            return file(Kind::Zip, &format!("documents-{id}"), archive(files)?);
        }
        MonthFormat::Pdf => Kind::Pdf,
        MonthFormat::Xlsx => Kind::Xlsx,
    };
    let bytes = make(app, &month, parties, paper, kind).await?.ok_or_else(Problem::not_found)?;
    file(kind, &name(&month, paper), bytes)
}

fn name(month: &ClosedMonth, paper: MonthPaper) -> String {
    let what = match paper {
        MonthPaper::Upd => "upd",
        MonthPaper::Register => "register",
    };
    let number = month.upd.map(|upd| format!("-{}", upd.number)).unwrap_or_default();
    format!("{what}-{}{number}", month.month)
}

/// The bytes of a document; `None` for the УПД of a month without one.
async fn make(
    app: &App,
    month: &ClosedMonth,
    parties: Parties<'_>,
    paper: MonthPaper,
    kind: Kind,
) -> Result<Option<Vec<u8>>, Problem> {
    let catalogue = app.table.recent_catalogue().await?;
    let bytes = match (paper, month.upd, kind) {
        (MonthPaper::Upd, None, _) => return Ok(None),
        (MonthPaper::Upd, Some(number), Kind::Pdf) => {
            pdf(app, &upd::upd(month, number, parties, &catalogue), upd::title(number), parties)?
        }
        (MonthPaper::Upd, Some(number), _) => sheets::upd(app, month, number, parties)?,
        (MonthPaper::Register, _, kind) => {
            let register = register::read(app, month).await?;
            match kind {
                Kind::Pdf => {
                    pdf(app, &register::pages(app, month, parties, &register), register::title(month), parties)?
                }
                _ => sheets::register(app, month, parties, &register)?,
            }
        }
    };
    Ok(Some(bytes))
}
