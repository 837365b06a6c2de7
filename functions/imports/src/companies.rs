//! The register of companies: what it would create, and its creation.

use crate::place::{Place, Survey, place};
use crate::register::{self, Refused, Row};
use axum::extract::State;
use futures::StreamExt as _;
use oktan_shared::App;
use oktan_shared::domain::text::CompanyName;
use oktan_shared::domain::{CompanyId, Inn};
use oktan_shared::http::{FieldProblem, FileBytes, Json, Problem, Query, Staff, Upload, grant};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::Instant;

/// Rows that are created at a time.
const AT_ONCE: usize = 16;
/// No row is begun later than this: the answer has to arrive while somebody waits for it.
pub const BEGUN_WITHIN: Duration = Duration::from_secs(22);

/// How a file is taken.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportHow {
    /// Says what would come of it and changes nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// What came of a register, row by row; each row stands in one of the lists.
#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct Imported {
    /// Companies that were created, or would be.
    created: Vec<ImportedRow>,
    /// Companies of the same INN and contract that were there already.
    existing: Vec<ImportedRow>,
    /// Rows that are no company, and rows that wait for another try.
    failed: Vec<FailedRow>,
}

/// A row that is a company.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ImportedRow {
    /// The line of the file on which it starts; the header is line 1.
    line: usize,
    /// `null` where nothing was created yet.
    #[schema(required)]
    company_id: Option<CompanyId>,
    inn: Inn,
    name: CompanyName,
    /// Cards that were issued, or would be; none where all were issued before.
    cards: u32,
}

/// A row that is not.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FailedRow {
    /// The line of the file on which it starts; the header is line 1.
    line: usize,
    /// The line on which it ends.
    last_line: usize,
    /// Of its first error.
    code: String,
    /// All that is wrong, column by column.
    message: String,
    /// Each cell that is not acceptable; `field` is its column, empty where it is the whole row.
    errors: Vec<FieldProblem>,
}

/// Creates the companies of a register, their owners and their cards; the owners get their links by mail. A row is
/// created whole or not at all, and again creates nothing twice: what an import left undone, the next one does.
///
/// The file is CSV with the columns `inn`, `kpp`, `name`, `contract_number`, `contract_date`, `contact_full_name`, `phone`,
/// `email`, `owner_login`, `cards` in any order, parted by `;` or `,`, in UTF-8 or windows-1251; a column `reason` is not read.
/// At most 4 MiB, as `application/octet-stream` or `text/*`, and 2,000 rows.
#[utoipa::path(
    post, path = "/v1/staff/companies/import", tag = "staff", operation_id = "import_companies", params(ImportHow),
    request_body(content = FileBytes, content_type = "application/octet-stream"),
    responses((status = 200, body = Imported)), security(("session" = ["Provision"])),
)]
pub async fn import(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Query(how): Query<ImportHow>,
    Upload(file): Upload,
) -> Result<Json<Imported>, Problem> {
    let until = Instant::now() + BEGUN_WITHIN;
    let register = register::read(&file).map_err(Problem::fields)?;
    let survey = Survey::of(&app, &register.rows).await?;
    let mut imported = Imported::default();
    imported.failed.extend(register.refused.into_iter().map(FailedRow::of));
    let places: Vec<(Row, Place)> = if how.dry_run {
        register.rows.into_iter().map(|row| (survey.foresee(&row), row)).map(|(place, row)| (row, place)).collect()
    } else {
        let (app, actor, survey) = (&app, &who.actor(), &survey);
        let work = register.rows.into_iter().map(|row| async move {
            let place =
                if Instant::now() < until { place(app, actor, survey, &row).await } else { Place::not_reached() };
            (row, place)
        });
        futures::stream::iter(work).buffer_unordered(AT_ONCE).collect().await
    };
    for (row, place) in places {
        imported.add(row, place);
    }
    imported.created.sort_by_key(|row| row.line);
    imported.existing.sort_by_key(|row| row.line);
    imported.failed.sort_by_key(|row| row.line);
    Ok(Json(imported))
}

impl Imported {
    fn add(&mut self, row: Row, place: Place) {
        let (line, last_line) = (row.line, row.last_line);
        let of = |company_id, cards| ImportedRow { line, company_id, inn: row.inn, name: row.name, cards };
        match place {
            Place::Created { company, cards } => self.created.push(of(company, cards)),
            Place::Existing { company, cards } => self.existing.push(of(Some(company), cards)),
            Place::Failed(error) => self.failed.push(FailedRow::of(Refused { line, last_line, errors: vec![error] })),
        }
    }
}

impl FailedRow {
    fn of(refused: Refused) -> Self {
        let Refused { line, last_line, errors } = refused;
        let told = errors.iter().map(|error| match error.field.as_str() {
            "" => error.message.clone(),
            column => format!("{column}: {}", error.message),
        });
        let message = told.collect::<Vec<_>>().join("; ");
        let code = errors.first().map(|error| error.code.clone()).unwrap_or_default();
        Self { line, last_line, code, message, errors }
    }
}
