//! History as a file: exactly the lines that a filter shows, the newest first, as CSV, XLSX or PDF.
//!
//! Entries are read page by page and each is written as it comes, so memory does not grow with their number; a file that would
//! be too large is given up, and the answer names a span of days that fits.

mod csv;
mod days;
mod pages;
mod row;
mod xlsx;

use crate::download::{FILE_MAX, Kind, attachment};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use days::Days;
use oktan_shared::App;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::{CardNumber, CompanyId, Day, Invalid, ProductCode, StationCode};
use oktan_shared::http::{Client, FileBytes, Path, Problem, Query, Staff, grant};
use oktan_shared::table::Company;
use oktan_shared::wire::{EntryType, HistoryAsk};
use row::Rows;
use serde::Deserialize;
use serde_json::{Value, json};

/// Lines of one file.
const ROWS_MAX: usize = 100_000;
/// Lines of one file of pages.
const PRINTED_MAX: usize = 5_000;

/// What history is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// For spreadsheets and programs: `;`, UTF-8 with a mark, decimal commas.
    #[default]
    Csv,
    /// A workbook with typed cells and sums.
    Xlsx,
    /// To print.
    Pdf,
}

/// Which lines of history, and as what. The filters are those of the list.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportFilter {
    /// `csv` unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<ExportFormat>)]
    format: ExportFormat,
    /// Posted on this day or later, in the company's zone.
    from: Option<Day>,
    /// Posted on this day or earlier.
    to: Option<Day>,
    /// Of this card.
    card: Option<CardNumber>,
    /// Of this kind; `decline` has declines, which stand in no other file.
    r#type: Option<EntryType>,
    /// Of this product.
    product: Option<ProductCode>,
    /// At this station.
    station: Option<StationCode>,
    /// Whose card number, station, document number or comment contains this.
    q: Option<String>,
}

/// The lines of history that a filter shows, as a file of at most 4 MB as it is sent; 422 `export_too_large` names a span of days
/// that fits.
#[utoipa::path(
    get, path = "/v1/history/export", tag = "history", operation_id = "export_history", params(ExportFilter),
    responses((status = 200, content(
        (FileBytes = "text/csv"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileBytes = "application/pdf"),
    ))),
    security(("session" = ["Papers"])),
)]
pub async fn export(
    State(app): State<App>,
    who: Client<grant::Papers>,
    Query(filter): Query<ExportFilter>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&app, who.company, &filter, &headers).await
}

/// The same of a company, as it has it.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/history/export", tag = "staff", operation_id = "export_company_history",
    params(("id" = CompanyId, Path), ExportFilter),
    responses((status = 200, content(
        (FileBytes = "text/csv"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileBytes = "application/pdf"),
    ))),
    security(("session" = ["StaffRead"])),
)]
pub async fn export_for_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(filter): Query<ExportFilter>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&app, id, &filter, &headers).await
}

async fn answer(app: &App, id: CompanyId, filter: &ExportFilter, headers: &HeaderMap) -> Result<Response, Problem> {
    let (company, account) = app.table.company(id).await?.ok_or_else(Problem::not_found)?;
    let today = account.zone.date(app.clock.now());
    let name = format!("history-{id}-{today}");
    let asked = Asked { app, company: &company, account: &account, filter };
    match filter.format {
        ExportFormat::Csv => {
            let pressed = accepts_gzip(headers);
            let bytes = asked.csv(pressed).await?;
            let mut response = attachment(Kind::Csv, &name, bytes);
            response.headers_mut().insert(header::VARY, header::ACCEPT_ENCODING.into());
            if pressed {
                response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
            }
            Ok(response)
        }
        ExportFormat::Xlsx => Ok(attachment(Kind::Xlsx, &name, asked.xlsx().await?)),
        ExportFormat::Pdf => Ok(attachment(Kind::Pdf, &name, asked.pdf().await?)),
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused =
            quality.trim().strip_prefix("q=").is_some_and(|q| q.bytes().all(|byte| matches!(byte, b'0' | b'.')));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// What is exported.
struct Asked<'a> {
    app: &'a App,
    company: &'a Company,
    account: &'a Account,
    filter: &'a ExportFilter,
}

impl Asked<'_> {
    async fn rows(&self) -> Result<Rows<'_>, Problem> {
        let filter = self.filter.clone();
        let ask = HistoryAsk {
            from: filter.from,
            to: filter.to,
            card: filter.card,
            r#type: filter.r#type,
            product: filter.product,
            station: filter.station,
            q: filter.q,
        };
        Ok(Rows::new(self.app, self.account, ask.sought(self.app, self.account).await?))
    }

    async fn csv(&self, pressed: bool) -> Result<Vec<u8>, Problem> {
        let (mut rows, mut days) = (self.rows().await?, Days::default());
        let mut file = csv::File::new(pressed).map_err(refused)?;
        while let Some(page) = rows.next().await? {
            for row in &page {
                days.count(row.at.date());
                file.row(row).map_err(refused)?;
            }
            if file.len() > FILE_MAX {
                return Err(too_large(&days, days.rows() / 10 * 9));
            }
            if days.rows() > ROWS_MAX {
                return Err(too_large(&days, ROWS_MAX));
            }
        }
        let bytes = file.end().map_err(refused)?;
        if bytes.len() > FILE_MAX { Err(too_large(&days, days.rows() / 10 * 9)) } else { Ok(bytes) }
    }

    async fn xlsx(&self) -> Result<Vec<u8>, Problem> {
        let (mut rows, mut days) = (self.rows().await?, Days::default());
        let mut book = xlsx::Book::new().map_err(refused)?;
        while let Some(page) = rows.next().await? {
            for row in &page {
                days.count(row.at.date());
                book.row(row).map_err(refused)?;
            }
            if days.rows() > ROWS_MAX {
                return Err(too_large(&days, ROWS_MAX));
            }
        }
        let bytes = book.end().map_err(refused)?;
        if bytes.len() > FILE_MAX {
            // Lines press alike, but not quite.
            let fit = days.rows().saturating_mul(FILE_MAX) / bytes.len();
            return Err(too_large(&days, fit / 10 * 9));
        }
        Ok(bytes)
    }

    async fn pdf(&self) -> Result<Vec<u8>, Problem> {
        let (mut rows, mut days) = (self.rows().await?, Days::default());
        let mut all = Vec::new();
        while let Some(page) = rows.next().await? {
            page.iter().for_each(|row| days.count(row.at.date()));
            all.extend(page);
            if days.rows() > PRINTED_MAX {
                return Err(too_large(&days, PRINTED_MAX));
            }
        }
        let bytes = pages::print(self, &all).ok_or_else(Problem::unavailable)?;
        if bytes.len() > FILE_MAX { Err(too_large(&days, days.rows() / 2)) } else { Ok(bytes) }
    }
}

/// 422 with the newest whole days of which there are no more than so many lines.
fn too_large(days: &Days, fit: usize) -> Problem {
    let (detail, fits) = match days.newest(fit) {
        Some((from, to)) => {
            (format!("this file is over 4 MB: from {from} to {to} fits"), json!({ "from": from, "to": to }))
        }
        None => ("one day alone is too much: ask for a card, a product or a station of it".to_owned(), Value::Null),
    };
    Problem::field("from", &Invalid::new("export_too_large", detail)).with("fits", fits)
}

fn refused(error: impl std::fmt::Debug) -> Problem {
    tracing::error!(?error, "an export was not written");
    Problem::unavailable()
}
