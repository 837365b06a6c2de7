//! Who did what: in a company, and among the staff.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::window::Zone;
use oktan_shared::http::{Json, List, Path, Problem, Query, Staff, grant};
use oktan_shared::wire::{ActView, JournalFilter, Reader};

/// What was done with a company, newest first.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/journal", tag = "staff", operation_id = "company_journal",
    params(("id" = CompanyId, Path), JournalFilter), responses((status = 200, body = List<ActView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn of_company(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(filter): Query<JournalFilter>,
) -> Result<Json<List<ActView>>, Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    filter.page(&app, Some(id), account.zone, Reader::Staff).await.map(Json)
}

/// What staff did outside of any company: stations, terminals, their own accounts; newest first, days are Moscow's.
#[utoipa::path(
    get, path = "/v1/staff/journal", tag = "staff", operation_id = "staff_journal",
    params(JournalFilter), responses((status = 200, body = List<ActView>)), security(("session" = ["StaffRead"])),
)]
pub async fn of_staff(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Query(filter): Query<JournalFilter>,
) -> Result<Json<List<ActView>>, Problem> {
    filter.page(&app, None, Zone::default(), Reader::Staff).await.map(Json)
}
