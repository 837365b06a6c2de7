//! What is on file of a company.

use axum::extract::State;
use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::text::{CompanyName, ContractNumber, Email, Kpp, PersonName, Phone};
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{CompanyId, Inn};
use oktan_shared::http::{Client, Json, Problem, grant};
use oktan_shared::wire::CompanyStatusName;
use serde::Serialize;

/// Whom OKTAN talks to.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ProfileContact {
    full_name: PersonName,
    phone: Phone,
    email: Email,
}

/// What is on file of a company.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ProfileView {
    id: CompanyId,
    name: CompanyName,
    inn: Inn,
    #[schema(required)]
    kpp: Option<Kpp>,
    contract_number: ContractNumber,
    contract_date: NaiveDate,
    contact: ProfileContact,
    time_zone: Zone,
    status: CompanyStatusName,
}

/// What is on file of the caller's company; `POST /v1/company/corrections` asks for a correction.
#[utoipa::path(
    get, path = "/v1/company", tag = "settings", operation_id = "read_company_profile",
    responses((status = 200, body = ProfileView)), security(("session" = ["Read"])),
)]
pub async fn read(State(app): State<App>, who: Client<grant::Read>) -> Result<Json<ProfileView>, Problem> {
    let (company, account) = app.table.company(who.company).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(ProfileView {
        id: company.id,
        name: company.name,
        inn: company.inn,
        kpp: company.kpp,
        contract_number: company.contract_number,
        contract_date: company.contract_date,
        contact: ProfileContact {
            full_name: company.contact.full_name,
            phone: company.contact.phone,
            email: company.contact.email,
        },
        time_zone: account.zone,
        status: account.status.into(),
    }))
}
