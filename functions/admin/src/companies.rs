//! Companies: the list, one of them, suspended and resumed.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::domain::account::{Account, CompanyStatus};
use oktan_shared::domain::text::{CompanyName, ContractNumber, Email, Kpp, PersonName, Phone};
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{CompanyId, Inn, Kopecks};
use oktan_shared::http::{Cursor, Json, List, OptionalJson, Page, Path, Problem, Query, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::Company;
use oktan_shared::wire::{CompanyStatusName, JobStarted, ReasonAsk};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Table pages read for one answer when a search leaves little of each.
const PAGES_MAX: usize = 10;

/// Whom to talk to at a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactView {
    pub full_name: PersonName,
    pub phone: Phone,
    pub email: Email,
}

/// A company.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CompanyView {
    id: CompanyId,
    inn: Inn,
    #[schema(required)]
    kpp: Option<Kpp>,
    name: CompanyName,
    contract_number: ContractNumber,
    contract_date: NaiveDate,
    contact: ContactView,
    status: CompanyStatusName,
    time_zone: Zone,
    created_at: DateTime<Utc>,
    /// What its account cards may still spend.
    available: Kopecks,
}

impl CompanyView {
    pub fn of(company: &Company, account: &Account) -> Self {
        Self {
            id: company.id,
            inn: company.inn.clone(),
            kpp: company.kpp.clone(),
            name: company.name.clone(),
            contract_number: company.contract_number.clone(),
            contract_date: company.contract_date,
            contact: ContactView {
                full_name: company.contact.full_name.clone(),
                phone: company.contact.phone.clone(),
                email: company.contact.email.clone(),
            },
            status: account.status.into(),
            time_zone: account.zone,
            created_at: company.created_at,
            available: account.available,
        }
    }

    fn mentions(&self, needle: &str) -> bool {
        [self.name.as_str(), self.inn.as_str(), self.contract_number.as_str(), &self.id.to_string()]
            .iter()
            .any(|text| text.to_lowercase().contains(needle))
    }
}

/// Which companies.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CompanyFilter {
    /// Whose name, INN, contract number or id contains this.
    q: Option<String>,
    /// Which of them: those in service, suspended, or closed.
    status: Option<CompanyStatusName>,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// Companies by name.
#[utoipa::path(
    get, path = "/v1/staff/companies", tag = "staff", operation_id = "list_companies",
    params(CompanyFilter), responses((status = 200, body = List<CompanyView>)), security(("session" = ["StaffRead"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Query(filter): Query<CompanyFilter>,
) -> Result<Json<List<CompanyView>>, Problem> {
    let needle = filter.q.as_deref().unwrap_or_default().trim().to_lowercase();
    let status = filter.status.map_or("", CompanyStatusName::name);
    let list = ["companies", needle.as_str(), status];
    let mut after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let mut items = Vec::new();
    for _ in 0..PAGES_MAX {
        let missing = filter.limit.limit() - items.len();
        let (companies, next) = app.table.companies(missing, after.as_ref()).await?;
        let views = companies.iter().map(|(company, account)| CompanyView::of(company, account));
        let wanted = |view: &CompanyView| filter.status.is_none_or(|status| view.status == status);
        items.extend(views.filter(|view| wanted(view) && view.mentions(&needle)));
        after = next;
        if after.is_none() || items.len() == filter.limit.limit() {
            break;
        }
    }
    let next_cursor = after.map(|position| Cursor::seal(&app, &list, &position));
    Ok(Json(List { items, next_cursor }))
}

/// A company.
#[utoipa::path(
    get, path = "/v1/staff/companies/{id}", tag = "staff", operation_id = "read_company",
    params(("id" = CompanyId, Path)), responses((status = 200, body = CompanyView)), security(("session" = ["StaffRead"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(id): Path<CompanyId>,
) -> Result<Json<CompanyView>, Problem> {
    let (company, account) = app.table.company(id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(CompanyView::of(&company, &account)))
}

/// Stops all fuel of a company; repeating changes nothing. With thousands of purse cards it holds when the job is done that
/// is told instead.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/suspend", tag = "staff", operation_id = "suspend_company",
    params(("id" = CompanyId, Path)), request_body = Option<ReasonAsk>,
    responses((status = 200, body = CompanyView), (status = 202, body = JobStarted)),
    security(("session" = ["Provision"])),
)]
pub async fn suspend(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(id): Path<CompanyId>,
    OptionalJson(ask): OptionalJson<ReasonAsk>,
) -> Result<Response, Problem> {
    turn(&app, &who, id, CompanyStatus::Suspended, ask).await
}

/// Lets a suspended company fuel again; repeating changes nothing.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/resume", tag = "staff", operation_id = "resume_company",
    params(("id" = CompanyId, Path)), request_body = Option<ReasonAsk>,
    responses((status = 200, body = CompanyView)), security(("session" = ["Provision"])),
)]
pub async fn resume(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(id): Path<CompanyId>,
    OptionalJson(ask): OptionalJson<ReasonAsk>,
) -> Result<Response, Problem> {
    turn(&app, &who, id, CompanyStatus::Active, ask).await
}

async fn turn(
    app: &App,
    who: &Staff<grant::Provision>,
    id: CompanyId,
    to: CompanyStatus,
    ask: ReasonAsk,
) -> Result<Response, Problem> {
    let (_, account) = app.table.company(id).await?.ok_or_else(Problem::not_found)?;
    if account.status == CompanyStatus::Closed {
        return Err(company_closed());
    }
    let act = Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: if to == CompanyStatus::Active { "company.resume" } else { "company.suspend" }.to_owned(),
        subject: format!("company {id}"),
        before: json!({ "status": account.status }),
        after: json!({ "status": to }),
        reason: ask.reason.map(|reason| reason.to_string()).unwrap_or_default(),
    };
    if let Some(job) = app.table.set_company_status(id, to, &act).await? {
        return Ok((StatusCode::ACCEPTED, Json(JobStarted::of(&job))).into_response());
    }
    let (company, account) = app.table.company(id).await?.ok_or_else(Problem::not_found)?;
    if account.status == CompanyStatus::Closed {
        return Err(company_closed());
    }
    Ok(Json(CompanyView::of(&company, &account)).into_response())
}

/// 409 `company_closed`.
pub fn company_closed() -> Problem {
    Problem::conflict("company_closed", "the company is closed for good")
}
