//! Who is meant by what a stranger typed: found out here, where nobody waits for the answer.

use oktan_shared::App;
use oktan_shared::domain::Inn;
use oktan_shared::domain::facts::Fact;
use oktan_shared::domain::ids::ClaimId;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::text::{Email, FactText, Identifier, Login};
use oktan_shared::table::{Claim, ClaimKind, Company, FiledClaim, Intent, LinkTo, StoreError, Throttle, on_file};
use std::collections::BTreeMap;
use uuid::Uuid;

/// People of one request who are written to: their links are two rows each, of a write's hundred.
const PEOPLE_MAX: usize = 50;

/// Turns a request into letters, one for each address, or into nothing.
pub async fn request(app: &App, id: Uuid, typed: &Identifier) -> Result<(), StoreError> {
    let now = app.clock.now();
    let mut letters: BTreeMap<Email, Vec<LinkTo>> = BTreeMap::new();
    for person in people_behind(app, typed.as_str()).await?.into_iter().take(PEOPLE_MAX) {
        let Some(email) = person.email.clone() else { continue };
        if app.table.take_try(&[Throttle::mail_to(person.id)], now).await?.is_err() {
            tracing::info!(user = %person.id, "a person has had all the letters of this hour");
            continue;
        }
        let typed = on_file(&person, company_of(app, &person).await?.as_ref()).told_by(typed.as_str());
        letters.entry(email).or_default().push(LinkTo { user: person.id, typed });
    }
    let letters: Vec<_> = letters.into_iter().map(|(to, links)| Intent::RecoveryLink { to, links }).collect();
    app.table.settle_request(id, &letters, now).await.map(|_| ())
}

/// Turns a claim into a case of the desk, or into nothing.
pub async fn claim(app: &App, id: Uuid, filed: &FiledClaim) -> Result<(), StoreError> {
    let now = app.clock.now();
    let mut people = people_behind(app, filed.identifier.as_str()).await?;
    if people.is_empty()
        && let Some(inn) = &filed.said.inn
    {
        people = owners_by_inn(app, inn.as_str()).await?;
    }
    let Some(person) = meant(people, filed) else {
        tracing::info!(claim = %id, "a claim names nobody");
        return app.table.settle_request(id, &[], now).await.map(|_| ());
    };
    let mut said = filed.said.clone();
    // Where they are called back is what they say of a telephone, unless they said another.
    said.phone = said.phone.or_else(|| FactText::parse(filed.phone.as_str()).ok());
    // The row of the request gives the claim its id: handled twice, it is filed once.
    let claim = Claim {
        phone: Some(filed.phone.clone()),
        new_email: Some(filed.new_email.clone()),
        ..Claim::new(ClaimId::new(id), ClaimKind::Claim, &person, said, now)
    };
    app.table.settle_claim(id, &claim, now).await
}

/// Of several the one whose name was said, else the first.
fn meant(people: Vec<Person>, filed: &FiledClaim) -> Option<Person> {
    let named = |person: &Person| {
        let said = filed.said.full_name.as_ref();
        said.is_some_and(|name| Fact::FullName.same(name.as_str(), person.full_name.as_str()))
    };
    people.iter().find(|person| named(person)).cloned().or_else(|| people.into_iter().next())
}

/// The active people of a login, an address, an INN, each once.
async fn people_behind(app: &App, typed: &str) -> Result<Vec<Person>, StoreError> {
    let mut people = Vec::new();
    if let Ok(login) = Login::parse(typed) {
        people.extend(app.table.person_by_login(&login).await?.filter(|person| person.active));
    }
    if let Ok(email) = Email::parse(typed) {
        people.extend(app.table.people_by_email(&email).await?);
    }
    people.extend(owners_by_inn(app, typed).await?);
    people.sort_by(|one, other| one.login.cmp(&other.login));
    people.dedup_by(|one, other| one.id == other.id);
    Ok(people)
}

async fn owners_by_inn(app: &App, typed: &str) -> Result<Vec<Person>, StoreError> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let Ok(inn) = Inn::parse(&digits) else { return Ok(Vec::new()) };
    match app.table.company_by_inn(&inn).await? {
        Some(company) => app.table.owners_of(company).await,
        None => Ok(Vec::new()),
    }
}

async fn company_of(app: &App, person: &Person) -> Result<Option<Company>, StoreError> {
    match person.company {
        Some(id) => Ok(app.table.company(id).await?.map(|(company, _)| company)),
        None => Ok(None),
    }
}
