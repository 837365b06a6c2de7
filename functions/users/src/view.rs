//! People as the wire shows them.

use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::text::{Email, Login, PersonName, Phone};
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::http::{Json, List, PageQuery, Problem};
use serde::Serialize;

/// A person.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PersonView {
    id: UserId,
    login: Login,
    full_name: PersonName,
    #[schema(required)]
    email: Option<Email>,
    #[schema(required)]
    phone: Option<Phone>,
    /// `owner`, `manager`, `accountant`, `viewer`; of staff `admin`, `operator`, `accountant`, `editor`.
    role: &'static str,
    /// Whether they may sign in; who may not stays in the list.
    active: bool,
    /// Whether there is a password to sign in with.
    activated: bool,
    /// Whether a second factor is asked for besides it.
    totp: bool,
    #[schema(required)]
    last_signed_in_at: Option<DateTime<Utc>>,
}

impl PersonView {
    pub fn of(person: &Person) -> Self {
        Self {
            id: person.id,
            login: person.login.clone(),
            full_name: person.full_name.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
            role: person.role.name(),
            active: person.active,
            activated: person.password_hash.is_some(),
            totp: person.totp,
            last_signed_in_at: person.last_signed_in_at,
        }
    }
}

/// A mail is on its way.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Mailed {}

/// A page of a company's people, or of the staff's.
pub async fn page(app: &App, scope: Option<CompanyId>, page: &PageQuery) -> Result<Json<List<PersonView>>, Problem> {
    let tenant = scope.map(|id| id.to_string()).unwrap_or_default();
    let list = ["people", tenant.as_str()];
    let after = page.after(app, &list)?;
    let (people, end) = app.table.people_page(scope, page.limit.limit(), after.as_ref()).await?;
    Ok(Json(List::page(app, &list, people.iter().map(PersonView::of).collect(), end)))
}
