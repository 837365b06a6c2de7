//! People: by login, by id, by company; passwords and activation links.

use super::Table;
use super::error::{StoreError, TransactionOutcome};
use super::item::{Build, Item, Json, find, get};
use super::key::{self, index};
use super::outbox::Intent;
use super::write::{Values, Write};
use crate::domain::ids::WriteId;
use crate::domain::people::{Actor, Person};
use crate::domain::text::Login;
use crate::domain::{CompanyId, SessionId, UserId};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// The rows of a new person: the person, and the claim on the login.
pub(super) fn create_rows(table: &Table, write: Write, person: &Person) -> Write {
    let claim = key::login(&person.login).build().with("user", person.id).item();
    write.create(table, row(person)).create(table, claim)
}

fn row(person: &Person) -> Item {
    let mut row = key::user(person.id)
        .build()
        .maybe("company", person.company)
        .with("role", Json(person.role))
        .with("login", person.login.clone())
        .with("full_name", person.full_name.clone())
        .maybe("email", person.email.clone())
        .maybe("phone", person.phone.clone())
        .maybe("password_hash", person.password_hash.clone())
        .with("must_change_password", person.must_change_password)
        .with("active", person.active)
        .with("epoch", person.epoch)
        .with("version", person.version);
    if let Some(company) = person.company {
        row = row.with("gsi1pk", index::users(company)).with("gsi1sk", person.login.clone());
    }
    row.item()
}

pub(super) fn read(item: &Item) -> Result<Person, StoreError> {
    let pk: String = get(item, "pk")?;
    let Json(role) = get(item, "role")?;
    Ok(Person {
        id: pk.trim_start_matches("USER#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        company: find(item, "company")?,
        role,
        login: get(item, "login")?,
        full_name: get(item, "full_name")?,
        email: find(item, "email")?,
        phone: find(item, "phone")?,
        password_hash: find(item, "password_hash")?,
        must_change_password: get(item, "must_change_password")?,
        active: get(item, "active")?,
        epoch: get(item, "epoch")?,
        version: get(item, "version")?,
    })
}

impl Table {
    /// The person who signs in with `login`. Two round trips, known or not.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn person_by_login(&self, login: &Login) -> Result<Option<Person>, StoreError> {
        let claim = self.row(&key::login(login)).await?;
        let user = match &claim {
            Some(item) => get(item, "user")?,
            None => UserId::new(uuid::Uuid::nil()),
        };
        self.person(user).await
    }

    /// A person by id.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn person(&self, id: UserId) -> Result<Option<Person>, StoreError> {
        self.row(&key::user(id)).await?.as_ref().map(read).transpose()
    }

    /// The people of a company, by login, at most 100.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn people_of(&self, company: CompanyId) -> Result<Vec<Person>, StoreError> {
        let (rows, _) = self
            .query(super::read::Query {
                index: Some(super::schema::GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::users(company)),
                newest_first: false,
                limit: 100,
                start: None,
            })
            .await?;
        self.follow(&rows).await?.iter().map(read).collect()
    }

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
            reason: "the first admin, from the environment".to_owned(),
        };
        self.create_person(person, &act).await
    }

    /// Creates a person, of a company or of the staff, unless the login is taken; says whether it did.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_person(&self, person: &Person, act: &Act) -> Result<bool, StoreError> {
        let write = create_rows(self, Write::default(), person);
        super::stations::refused_is_false(self.commit_act(person.company, act, write).await)
    }

    /// Sets a new password hash; ends every session but `keep`, and tells its owner by mail.
    ///
    /// `false`: the person changed meanwhile, or the link was used or superseded.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn set_password(
        &self,
        person: &Person,
        hash: String,
        link: Option<&str>,
        keep: Option<SessionId>,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let epoch = person.epoch.saturating_add(1);
        let values = Values::none()
            .with("hash", hash)
            .with("no", false)
            .with("epoch", epoch)
            .with("next", person.version.saturating_add(1))
            .with("version", person.version);
        let mut write = Write::default().update(
            self,
            &key::user(person.id),
            "SET #password_hash = :hash, #must_change_password = :no, #epoch = :epoch, #version = :next REMOVE #activation",
            "#version = :version",
            values,
        );
        if let Some(token_hash) = link {
            let values = Values::none().with("now", act.at).with("user", person.id).with("yes", true);
            write = write.update(
                self,
                &key::activation(token_hash),
                "SET #used = :yes",
                "#user = :user AND #expires_at > :now AND attribute_not_exists(#used)",
                values,
            );
        }
        if let Some(session) = keep {
            let values = Values::none().with("epoch", epoch);
            let key = key::session(person.id, session);
            write = write.update(self, &key, "SET #epoch = :epoch", "attribute_exists(#pk)", values);
        }
        if person.email.is_some() && link.is_none() {
            write = write.mail(self, super::outbox::row(&Intent::PasswordChanged { user: person.id }, act.at));
        }
        match self.commit_act(person.company, act, write).await {
            Ok(()) => Ok(true),
            Err(StoreError::Refused { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Stores the hash of a fresh activation link; the newest is the only valid one.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn put_activation(
        &self,
        user: UserId,
        token_hash: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = link_row(key::activation(token_hash).build(), user, expires_at);
        let newest = Values::none().with("hash", token_hash.to_owned());
        let write = Write::default().create(self, row).update(
            self,
            &key::user(user),
            "SET #activation = :hash",
            "attribute_exists(#pk)",
            newest,
        );
        self.commit(write, WriteId::new(uuid::Uuid::new_v4())).await.map_err(|outcome| match outcome {
            TransactionOutcome::Refused(_) => StoreError::Corrupt("activation of nobody"),
            TransactionOutcome::Conflict => StoreError::Busy,
            TransactionOutcome::Failed(error) => error,
        })
    }

    /// Whose activation link this is, if it is unused, unexpired and the newest.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn activation(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Person>, StoreError> {
        let Some(link) = self.row(&key::activation(token_hash)).await? else { return Ok(None) };
        let used: Option<bool> = find(&link, "used")?;
        let expires_at: DateTime<Utc> = get(&link, "expires_at")?;
        if used.is_some() || expires_at <= now {
            return Ok(None);
        }
        let Some(user) = self.row(&key::user(get(&link, "user")?)).await? else { return Ok(None) };
        let newest: Option<String> = find(&user, "activation")?;
        if newest.as_deref() != Some(token_hash) {
            return Ok(None);
        }
        read(&user).map(Some)
    }
}

fn link_row(row: Build, user: UserId, expires_at: DateTime<Utc>) -> Item {
    row.with("user", user)
        .with("expires_at", expires_at)
        .with(super::schema::TTL_ATTRIBUTE, expires_at.timestamp())
        .item()
}
