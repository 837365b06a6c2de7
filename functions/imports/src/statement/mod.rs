//! The bank's statement: what it would credit, and crediting it.

mod credit;
mod plan;
mod view;

use crate::companies::{BEGUN_WITHIN, ImportHow};
use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::Invalid;
use oktan_shared::domain::bank::{Refused, Statement};
use oktan_shared::http::{FileBytes, Json, Problem, Query, Staff, Upload, grant};
use tokio::time::Instant;
use view::StatementImported;

/// Bytes of an answer, well within what a gateway passes on (6 MB).
const ANSWER_MAX: usize = 5_500_000;

/// Credits what a bank's statement brings, each document once: to the company whose INN it has, where its purpose names the
/// contract or an invoice. Where it has only the INN, or nobody's, the payment waits at the desk. What leaves an own account is never
/// a credit. A statement is refused whole where it is not whole, with the `line` that is wrong, and nothing of it is credited.
///
/// The file is the exchange format of 1C (`1CClientBankExchange`, 1.01 to 1.03) in windows-1251, DOS (866) or UTF-8, at most 4 MiB as
/// `application/octet-stream` or `text/*`, and 10,000 documents. What there was no time for is named in `failed`: the same file
/// again does what is left.
#[utoipa::path(
    post, path = "/v1/staff/payments/import", tag = "staff", operation_id = "import_payments", params(ImportHow),
    request_body(content = FileBytes, content_type = "application/octet-stream"),
    responses((status = 200, body = StatementImported)), security(("session" = ["PostPayments"])),
)]
pub async fn import(
    State(app): State<App>,
    who: Staff<grant::PostPayments>,
    Query(how): Query<ImportHow>,
    Upload(file): Upload,
) -> Result<Json<StatementImported>, Problem> {
    let until = Instant::now() + BEGUN_WITHIN;
    let statement = Statement::read(&file).map_err(refused)?;
    let mut plan = plan::of(&app, statement.documents).await?;
    let foreseen = StatementImported::of(&statement.accounts, &plan);
    if serde_json::to_vec(&foreseen).map_or(0, |answer| answer.len()) > ANSWER_MAX {
        let invalid =
            Invalid::new("statement_too_many", "the statement says more than fits an answer: take it in parts");
        return Err(Problem::field("", &invalid));
    }
    if how.dry_run {
        return Ok(Json(foreseen));
    }
    credit::all(&app, &who.actor(), &mut plan, until).await;
    Ok(Json(StatementImported::of(&statement.accounts, &plan)))
}

fn refused(refused: Refused) -> Problem {
    let message = format!("line {}: {}", refused.line, refused.why.message);
    Problem::field(refused.key, &Invalid::new(refused.why.code, message)).with("line", refused.line)
}
