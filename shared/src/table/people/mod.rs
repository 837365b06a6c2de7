//! People: by login, by id, by company, by address; their creation and their changes.

mod credentials;
mod devices;
mod edit;
mod lookup;
mod owners;

pub use edit::PersonEdited;
pub use owners::OWNERS_MAX;

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key::{self, index};
use super::outbox::{self, Intent};
use super::write::Write;
use crate::domain::people::{Actor, Person};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// The rows of a new person: the person, the claim on the login, what finds them by address, their place among the
/// owners.
pub(super) fn create_rows(table: &Table, write: Write, person: &Person) -> Write {
    let claim = key::login(&person.login).build().with("user", person.id).item();
    let mut write = write.create(table, row(person)).create(table, claim);
    if let Some(lookup) = lookup::row(table, person) {
        write = write.replace(table, lookup);
    }
    if person.is_keeper() { owners::join(table, write, person) } else { write }
}

fn row(person: &Person) -> Item {
    let devices = (!person.known_devices.is_empty()).then(|| Json(person.known_devices.clone()));
    key::user(person.id)
        .build()
        .maybe("company", person.company)
        .with("role", Json(person.role))
        .with("login", person.login.clone())
        .with("full_name", person.full_name.clone())
        .maybe("email", person.email.clone())
        .maybe("phone", person.phone.clone())
        .maybe("password_hash", person.password_hash.clone())
        .maybe("password_expires_at", person.password_expires_at)
        .with("must_change_password", person.must_change_password)
        .maybe("activation", person.activation.clone())
        .maybe("last_signed_in_at", person.last_signed_in_at)
        .maybe("known_devices", devices)
        .maybe("totp", person.totp.then_some(true))
        .with("active", person.active)
        .with("epoch", person.epoch)
        .with("version", person.version)
        .with("gsi1pk", index::people(person.company))
        .with("gsi1sk", person.login.clone())
        .item()
}

pub(super) fn read(item: &Item) -> Result<Person, StoreError> {
    let pk: String = get(item, "pk")?;
    let Json(role) = get(item, "role")?;
    let devices: Option<Json<Vec<String>>> = find(item, "known_devices")?;
    Ok(Person {
        id: pk.trim_start_matches("USER#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        company: find(item, "company")?,
        role,
        login: get(item, "login")?,
        full_name: get(item, "full_name")?,
        email: find(item, "email")?,
        phone: find(item, "phone")?,
        password_hash: find(item, "password_hash")?,
        password_expires_at: find(item, "password_expires_at")?,
        must_change_password: get(item, "must_change_password")?,
        activation: find(item, "activation")?,
        last_signed_in_at: find(item, "last_signed_in_at")?,
        known_devices: devices.map(|Json(devices)| devices).unwrap_or_default(),
        totp: find(item, "totp")?.unwrap_or(false),
        active: get(item, "active")?,
        epoch: get(item, "epoch")?,
        version: get(item, "version")?,
    })
}

/// What became of a new person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewPerson {
    /// They are there now.
    Created,
    /// Another person has this login.
    LoginTaken,
    /// There are as many owners as there may be.
    TooManyOwners,
}

impl Table {
    /// Creates a person of the staff unless the login is taken; says whether it did.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_staff(&self, person: &Person, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let actor = Actor { user: person.id, login: person.login.clone(), role: person.role };
        let act = Act {
            at: now,
            actor,
            action: "staff.create".to_owned(),
            subject: format!("user {}", person.login),
            before: serde_json::Value::Null,
            after: serde_json::json!({ "role": person.role, "full_name": person.full_name }),
            reason: "первый администратор, из настроек".to_owned(),
        };
        self.create_person(person, &act).await
    }

    /// Creates a person, of a company or of the staff, unless the login is taken; says whether it did.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_person(&self, person: &Person, act: &Act) -> Result<bool, StoreError> {
        Ok(self.invite_person(person, &[], act).await? == NewPerson::Created)
    }

    /// Creates a person, of a company or of the staff, with the mails that tell of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invite_person(&self, person: &Person, mails: &[Intent], act: &Act) -> Result<NewPerson, StoreError> {
        let write = create_rows(self, Write::default(), person);
        let write = mails.iter().fold(write, |write, mail| write.mail(self, outbox::row(mail, act.at)));
        match self.commit_act(person.company, act, write).await {
            Ok(()) => Ok(NewPerson::Created),
            Err(StoreError::Refused { index: 0 | 1 }) => Ok(NewPerson::LoginTaken),
            Err(StoreError::Refused { .. }) => Ok(NewPerson::TooManyOwners),
            Err(error) => Err(error),
        }
    }
}
