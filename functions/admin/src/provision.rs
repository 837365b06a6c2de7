//! A new company with its first owner, in one write.

use crate::companies::{CompanyView, ContactView};
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::auth::{Secret, random_bytes};
use oktan_shared::domain::account::{Account, CompanyStatus};
use oktan_shared::domain::people::{Person, Role};
use oktan_shared::domain::text::{CompanyName, ContractNumber, Email, Kpp, Login, PersonName};
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{CompanyId, Day, Inn, Invalid, Kopecks, UserId};
use oktan_shared::http::{Json, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{Company, Contact, NewCompany};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// Draws of a company's id before giving up; a clash is one in ten thousand with thousands of companies.
const DRAWS_MAX: usize = 8;

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
    let now = app.clock.now();
    let by_mail = ask.credentials == Credentials::Mail;
    let password = (!by_mail).then(Secret::one_time_password);
    let password_hash = match &password {
        Some(password) => Some(app.passwords.hash(password).await.ok_or_else(Problem::unavailable)?),
        None => None,
    };
    for _ in 0..DRAWS_MAX {
        let id = draw_company_id();
        let company = Company {
            id,
            inn: ask.inn.clone(),
            kpp: ask.kpp.clone(),
            name: ask.name.clone(),
            contract_number: ask.contract_number.clone(),
            contract_date: ask.contract_date.get(),
            contact: Contact {
                full_name: ask.contact.full_name.clone(),
                phone: ask.contact.phone.clone(),
                email: ask.contact.email.clone(),
            },
            created_at: now,
        };
        let (login, full_name) = (ask.owner.login.clone(), ask.owner.full_name.clone());
        let owner = Person {
            email: Some(ask.owner.email.clone()),
            password_hash: password_hash.clone(),
            must_change_password: !by_mail,
            ..Person::new(UserId::new(Uuid::new_v4()), Some(id), Role::Owner, login, full_name)
        };
        let account = open_account(id, Zone::default(), &app);
        let act = Act {
            at: now,
            actor: who.actor(),
            action: "company.create".to_owned(),
            subject: format!("company {id}"),
            before: serde_json::Value::Null,
            after: json!({
                "inn": company.inn, "kpp": company.kpp, "name": company.name, "owner": owner.login,
                "contract_number": company.contract_number, "contract_date": company.contract_date,
            }),
            reason: String::new(),
        };
        match app.table.create_company(&company, &account, &owner, by_mail, &act).await? {
            NewCompany::Created => {
                let owner = OwnerCreated { id: owner.id, login: owner.login, one_time_password: password };
                let company = CompanyView::of(&company, &account);
                return Ok((StatusCode::CREATED, Json(CompanyCreated { company, owner })));
            }
            NewCompany::InnTaken => return Err(Problem::conflict("inn_taken", "another company has this INN")),
            NewCompany::LoginTaken => return Err(Problem::conflict("login_taken", "another person has this login")),
            NewCompany::IdTaken => {}
        }
    }
    Err(Problem::unavailable())
}

fn draw_company_id() -> CompanyId {
    loop {
        // Within 27 bits, so that most draws have eight digits.
        if let Some(id) = CompanyId::new(u32::from_be_bytes(random_bytes()) >> 5) {
            return id;
        }
    }
}

fn open_account(company: CompanyId, zone: Zone, app: &App) -> Account {
    Account {
        company,
        status: CompanyStatus::Active,
        zone,
        balance: Kopecks::ZERO,
        moved: Kopecks::ZERO,
        held: Kopecks::ZERO,
        credit_limit: Kopecks::ZERO,
        available: Kopecks::ZERO,
        day: zone.date(app.clock.now()),
        day_spent: Kopecks::ZERO,
        month_spent: Kopecks::ZERO,
        has_purses: false,
    }
}
