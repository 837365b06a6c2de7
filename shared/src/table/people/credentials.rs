//! Passwords and activation links.

use super::{PersonEdited, read};
use crate::domain::ids::WriteId;
use crate::domain::people::Person;
use crate::domain::{SessionId, UserId};
use crate::journal::Act;
use crate::table::Table;
use crate::table::error::{StoreError, TransactionOutcome};
use crate::table::item::{Build, Item, find, get};
use crate::table::key;
use crate::table::outbox::{self, Intent};
use crate::table::write::{Values, Write};
use chrono::{DateTime, Utc};

impl Table {
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
        let after = person.with_password(hash);
        let mut extra = Write::default();
        if let Some(token_hash) = link {
            let values = Values::none().with("now", act.at).with("user", person.id).with("yes", true);
            extra = extra.update(
                self,
                &key::activation(token_hash),
                "SET #used = :yes",
                "#user = :user AND #expires_at > :now AND attribute_not_exists(#used)",
                values,
            );
        }
        if let Some(session) = keep {
            let values = Values::none().with("epoch", after.epoch);
            let key = key::session(person.id, session);
            extra = extra.update(self, &key, "SET #epoch = :epoch", "attribute_exists(#pk)", values);
        }
        if person.email.is_some() && link.is_none() {
            extra = extra.mail(self, outbox::row(&Intent::PasswordChanged { user: person.id }, act.at));
        }
        Ok(self.edit_person(person, &after, extra, act).await? == PersonEdited::Done)
    }

    /// Stores the hash of a one-time password that is about to be mailed, if the person's epoch is still the one that it
    /// was meant for: a newer password, or a newer mail, stays.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn put_one_time_password(
        &self,
        user: UserId,
        epoch: u32,
        hash: String,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let values = Values::none().with("hash", hash).with("yes", true).with("at", expires_at);
        let values = values.with("one", 1u64).with("epoch", epoch);
        let update = "SET #password_hash = :hash, #must_change_password = :yes, #password_expires_at = :at \
                      ADD #version :one";
        self.update_in(&self.cabinet, &key::user(user), update, "#epoch = :epoch AND #active = :yes", values).await
    }

    /// Stores the hash of a fresh activation link; the newest is the only valid one.
    ///
    /// # Errors
    /// When the store does not answer, or the person is deactivated.
    pub async fn put_activation(
        &self,
        user: UserId,
        token_hash: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = link_row(key::activation(token_hash).build(), user, expires_at);
        let newest = Values::none().with("hash", token_hash.to_owned()).with("yes", true);
        let write = Write::default().create(self, row).update(
            self,
            &key::user(user),
            "SET #activation = :hash",
            "#active = :yes",
            newest,
        );
        self.commit(write, WriteId::new(uuid::Uuid::new_v4())).await.map_err(|outcome| match outcome {
            TransactionOutcome::Refused(_) => StoreError::Corrupt("activation of nobody"),
            TransactionOutcome::Conflict => StoreError::Busy,
            TransactionOutcome::Failed(error) => error,
        })
    }

    /// Whose activation link this is, if it is unused, unexpired and the newest of someone active.
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
        let person = read(&user)?;
        Ok((person.active && person.activation.as_deref() == Some(token_hash)).then_some(person))
    }
}

fn link_row(row: Build, user: UserId, expires_at: DateTime<Utc>) -> Item {
    row.with("user", user)
        .with("expires_at", expires_at)
        .with(crate::table::schema::TTL_ATTRIBUTE, expires_at.timestamp())
        .item()
}
