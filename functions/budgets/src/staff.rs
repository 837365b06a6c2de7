//! A company's budget as its client sees it, read-only.

use crate::budget::{self, BudgetView};
use crate::exceptions::{ExceptionView, page};
use crate::lines::LinesQuery;
use crate::view::LineView;
use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::CompanyId;
use oktan_shared::http::{Json, List, PageQuery, Path, Problem, Query, Staff, grant};

/// A company's budget.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/budget", tag = "staff", operation_id = "company_budget",
    params(("id" = CompanyId, Path)), responses((status = 200, body = BudgetView)), security(("session" = ["StaffRead"])),
)]
pub async fn budget(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
) -> Result<Response, Problem> {
    budget::answer(&app, id).await
}

/// The shares of a company's budget.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/budget/lines", tag = "staff", operation_id = "company_budget_lines",
    params(("id" = CompanyId, Path), LinesQuery), responses((status = 200, body = List<LineView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn lines(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(query): Query<LinesQuery>,
) -> Result<Response, Problem> {
    query.page(&app, id).await
}

/// A company's exceptions, newest first.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/exceptions", tag = "staff", operation_id = "company_exceptions",
    params(("id" = CompanyId, Path), PageQuery), responses((status = 200, body = List<ExceptionView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn exceptions(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<ExceptionView>>, Problem> {
    app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    page(&app, id, &query).await.map(Json)
}
