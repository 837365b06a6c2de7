//! Changes of a company: its papers, its contact, its time zone.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::approval::Matter;
use oktan_shared::domain::text::{CompanyName, ContractNumber, Email, Kpp, Note, PersonName, Phone};
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{CompanyId, Day, Invalid};
use oktan_shared::http::{Json, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{Approval, Company, CompanyEdit, Edited, pause};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::approvals::ApprovalView;
use crate::asking::{approval, open_company, pending, values};
use crate::companies::CompanyView;

/// Changes of a company that may find it changed meanwhile before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 10;

/// A change of a contact; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactEdit {
    full_name: Option<PersonName>,
    phone: Option<Phone>,
    /// Another one waits for another person's approval.
    email: Option<Email>,
}

/// A change of a company; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyEditAsk {
    name: Option<CompanyName>,
    /// Of a legal entity.
    kpp: Option<Kpp>,
    contract_number: Option<ContractNumber>,
    contract_date: Option<Day>,
    contact: Option<ContactEdit>,
    /// The zone of its days, weeks and months: windows shift at once.
    time_zone: Option<Zone>,
}

/// Changes a company. 200: all is done. 202: the contact's new e-mail waits for another person, all else is done.
#[utoipa::path(
    patch, path = "/v1/staff/companies/{id}", tag = "staff", operation_id = "edit_company",
    params(("id" = CompanyId, Path)), request_body = CompanyEditAsk,
    responses((status = 200, body = CompanyView), (status = 202, body = ApprovalView)),
    security(("session" = ["Ask"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::Ask>,
    Path(id): Path<CompanyId>,
    Json(ask): Json<CompanyEditAsk>,
) -> Result<Response, Problem> {
    let contact = ask.contact.unwrap_or_default();
    let wanted = CompanyEdit {
        name: ask.name,
        kpp: ask.kpp,
        contract_number: ask.contract_number,
        contract_date: ask.contract_date.map(Day::get),
        contact_name: contact.full_name,
        contact_phone: contact.phone,
        zone: ask.time_zone,
    };
    for attempt in 1..=ATTEMPTS_MAX {
        let (company, account) = open_company(&app, id).await?;
        if wanted.kpp.is_some() && !company.inn.is_legal_entity() {
            return Err(Problem::field("kpp", &Invalid::new("kpp_of_sole_trader", "a sole trader has no KPP")));
        }
        let edit = wanted.clone().against(&company, &account);
        let email = contact.email.clone().filter(|email| *email != company.contact.email);
        let asked = email.map(|after| {
            let matter = Matter::ContactEmail { before: company.contact.email.clone(), after };
            approval(&app, &who, &company, matter, Note::default())
        });
        if edit.is_empty() && asked.is_none() {
            return Ok(Json(CompanyView::of(&company, &account)).into_response());
        }
        let act = act(&app, &who, (&company, &account), &edit, asked.as_ref());
        match app.table.edit_company((&company, &account), &edit, asked.as_ref(), &act).await? {
            Edited::Done => return told(&app, id, asked).await,
            Edited::Pending => return Err(pending()),
            Edited::Moved => pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

async fn told(app: &App, id: CompanyId, asked: Option<Approval>) -> Result<Response, Problem> {
    if let Some(asked) = asked {
        return Ok((StatusCode::ACCEPTED, Json(ApprovalView::of(&asked, app))).into_response());
    }
    let (company, account) = app.table.company(id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(CompanyView::of(&company, &account)).into_response())
}

/// One act: what changes, and what is asked for with it.
fn act(
    app: &App,
    who: &Staff<grant::Ask>,
    (company, account): (&Company, &Account),
    edit: &CompanyEdit,
    asked: Option<&Approval>,
) -> Act {
    let (mut before, mut after) = (serde_json::Map::new(), serde_json::Map::new());
    let mut note = |name: &str, was: Value, is: Value| {
        if !is.is_null() {
            before.insert(name.to_owned(), was);
            after.insert(name.to_owned(), is);
        }
    };
    note("name", json!(company.name), json!(edit.name));
    note("kpp", json!(company.kpp), json!(edit.kpp));
    note("contract_number", json!(company.contract_number), json!(edit.contract_number));
    note("contract_date", json!(company.contract_date), json!(edit.contract_date));
    note("contact_name", json!(company.contact.full_name), json!(edit.contact_name));
    note("contact_phone", json!(company.contact.phone), json!(edit.contact_phone));
    note("time_zone", json!(account.zone), json!(edit.zone));
    let only_asks = edit.is_empty();
    if let Some(asked) = asked {
        let (was, is) = values(&asked.matter);
        let name = if only_asks { "contact_email" } else { "asked_contact_email" };
        note(name, was["contact_email"].clone(), is["contact_email"].clone());
    }
    Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: if only_asks { "contact_email.ask" } else { "company.edit" }.to_owned(),
        subject: format!("company {}", company.id),
        before: Value::Object(before),
        after: Value::Object(after),
        reason: String::new(),
    }
}
