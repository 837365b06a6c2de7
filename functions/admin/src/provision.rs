//! A new company with its first owner, in one write.

use crate::companies::{CompanyView, ContactView};
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_shared::domain::text::{CompanyName, ContractNumber, Email, Kpp, Login, PersonName};
use oktan_shared::domain::{Day, Inn, Invalid, UserId};
use oktan_shared::http::{Json, Problem, Staff, grant};
use oktan_shared::provision::{Founded, Founding, found};
use oktan_shared::table::Contact;
use serde::{Deserialize, Serialize};

/// A new company.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyAsk {
    inn: Inn,
    /// Of a legal entity.
    kpp: Option<Kpp>,
    name: CompanyName,
    contract_number: ContractNumber,
    contract_date: Day,
    contact: ContactView,
    owner: OwnerAsk,
    credentials: Credentials,
}

/// A company's first owner.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerAsk {
    login: Login,
    full_name: PersonName,
    email: Email,
}

/// How the owner gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Credentials {
    /// A one-time password on the hand-over sheet.
    HandOver,
    /// An activation link by mail.
    Mail,
}

/// What was created.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CompanyCreated {
    company: CompanyView,
    owner: OwnerCreated,
}

/// The owner that was created.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OwnerCreated {
    id: UserId,
    login: Login,
    /// Shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time_password: Option<Secret>,
}

/// Creates a company and its first owner.
#[utoipa::path(
    post, path = "/v1/staff/companies", tag = "staff", operation_id = "create_company",
    request_body = CompanyAsk, responses((status = 201, body = CompanyCreated)), security(("session" = ["Provision"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Json(ask): Json<CompanyAsk>,
) -> Result<(StatusCode, Json<CompanyCreated>), Problem> {
    if ask.kpp.is_some() && !ask.inn.is_legal_entity() {
        let invalid = Invalid::new("kpp_of_sole_trader", "a sole trader has no KPP");
        return Err(Problem::field("kpp", &invalid));
    }
    let by_mail = ask.credentials == Credentials::Mail;
    let password = (!by_mail).then(Secret::one_time_password);
    let password_hash = match &password {
        Some(password) => Some(app.passwords.hash(password).await.ok_or_else(Problem::unavailable)?),
        None => None,
    };
    let founding = Founding {
        inn: ask.inn,
        kpp: ask.kpp,
        name: ask.name,
        contract_number: ask.contract_number,
        contract_date: ask.contract_date.get(),
        contact: Contact { full_name: ask.contact.full_name, phone: ask.contact.phone, email: ask.contact.email },
        login: ask.owner.login,
        full_name: ask.owner.full_name,
        email: ask.owner.email,
        password_hash,
        cards: 0,
        reason: String::new(),
    };
    match found(&app, who.actor(), &founding).await? {
        Founded::Created(created) => {
            let (company, account, owner) = *created;
            let owner = OwnerCreated { id: owner.id, login: owner.login, one_time_password: password };
            let company = CompanyView::of(&company, &account);
            Ok((StatusCode::CREATED, Json(CompanyCreated { company, owner })))
        }
        Founded::InnTaken => Err(Problem::conflict("inn_taken", "another company has this INN")),
        Founded::LoginTaken => Err(Problem::conflict("login_taken", "another person has this login")),
    }
}
