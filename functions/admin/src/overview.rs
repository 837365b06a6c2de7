//! A company as its client sees it, read-only.

use axum::extract::State;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::text::{Email, Login, PersonName, Phone};
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::http::{Json, List, PageQuery, Path, Problem, Query, Staff, grant};
use oktan_shared::wire::{BalanceView, CardFilter, CardView, EntryDetails, EntryView, HistoryFilter, Reader};
use serde::Serialize;

/// A person of a company.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CompanyUser {
    id: UserId,
    login: Login,
    full_name: PersonName,
    #[schema(required)]
    email: Option<Email>,
    #[schema(required)]
    phone: Option<Phone>,
    /// `owner`, `manager`, `accountant` or `viewer`.
    role: &'static str,
    active: bool,
    /// Whether a one-time password still waits to be changed.
    must_change_password: bool,
    /// Whether there is a password to sign in with.
    activated: bool,
    /// Whether a second factor is asked for besides it.
    totp: bool,
    #[schema(required)]
    last_signed_in_at: Option<DateTime<Utc>>,
}

/// A company's money.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/balance", tag = "staff", operation_id = "company_balance",
    params(("id" = CompanyId, Path)), responses((status = 200, body = BalanceView)), security(("session" = ["StaffRead"])),
)]
pub async fn balance(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
) -> Result<Json<BalanceView>, Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    BalanceView::of_company(&app, id, account.zone).await.map(Json)
}

/// A company's cards.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/cards", tag = "staff", operation_id = "company_cards",
    params(("id" = CompanyId, Path), CardFilter), responses((status = 200, body = List<CardView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn cards(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(filter): Query<CardFilter>,
) -> Result<Json<List<CardView>>, Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    filter.page(&app, &account).await.map(Json)
}

/// A company's history.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/history", tag = "staff", operation_id = "company_history",
    params(("id" = CompanyId, Path), HistoryFilter), responses((status = 200, body = List<EntryView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn history(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(filter): Query<HistoryFilter>,
) -> Result<Json<List<EntryView>>, Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    filter.page(&app, &account).await.map(Json)
}

/// One line of a company's history with its whole life.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/history/{entry}", tag = "staff", operation_id = "read_company_entry",
    params(("id" = CompanyId, Path), ("entry" = String, Path)), responses((status = 200, body = EntryDetails)),
    security(("session" = ["StaffRead"])),
)]
pub async fn entry(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path((id, entry)): Path<(CompanyId, String)>,
) -> Result<Json<EntryDetails>, Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    let entry = EntryDetails::read(&app, id, account.zone, &entry, Reader::Staff).await?;
    entry.map(Json).ok_or_else(Problem::not_found)
}

/// A company's people, by login.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}/users", tag = "staff", operation_id = "company_users",
    params(("id" = CompanyId, Path), PageQuery), responses((status = 200, body = List<CompanyUser>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn users(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
    Query(page): Query<PageQuery>,
) -> Result<Json<List<CompanyUser>>, Problem> {
    app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    let tenant = id.to_string();
    let list = ["company people", tenant.as_str()];
    let after = page.after(&app, &list)?;
    let (people, end) = app.table.people_page(Some(id), page.limit.limit(), after.as_ref()).await?;
    let people = people.into_iter().map(|person| CompanyUser {
        id: person.id,
        login: person.login,
        full_name: person.full_name,
        email: person.email,
        phone: person.phone,
        role: person.role.name(),
        active: person.active,
        must_change_password: person.must_change_password,
        activated: person.password_hash.is_some(),
        totp: person.totp,
        last_signed_in_at: person.last_signed_in_at,
    });
    Ok(Json(List::page(&app, &list, people.collect(), end)))
}
