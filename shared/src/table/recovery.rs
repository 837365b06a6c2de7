//! Getting in again: requests behind the outbox, links by the hash of their token.
//!
//! A request is one row of one shape, whoever asks and whatever is typed. A link belongs to its person's epoch, so that
//! a new password, a changed address or a deactivation makes it void; the person's own row names the newest.

use super::Table;
use super::claims::Claim;
use super::companies::{self, Company};
use super::error::{StoreError, TransactionOutcome};
use super::item::{Json, find, get};
use super::key;
use super::outbox::{self, Intent, LinkTo};
use super::people::{self, PersonEdited};
use super::read::peek;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::facts::{Fact, OnFile};
use crate::domain::ids::WriteId;
use crate::domain::people::Person;
use crate::domain::{CompanyId, Inn};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Tries of a link before its person is the desk's.
pub const TRIES_MAX: u32 = 5;

/// A link that works, and what it is compared with.
#[derive(Debug, Clone)]
pub struct Recovery {
    /// The hash of its token.
    pub token_hash: String,
    /// Whose.
    pub person: Person,
    /// Their company; `None` for staff.
    pub company: Option<Company>,
    /// Facts that were typed to ask for it.
    pub typed: Vec<Fact>,
    /// Tries so far.
    pub tries: u32,
}

impl Recovery {
    /// What its person may confirm.
    pub fn on_file(&self) -> OnFile {
        on_file(&self.person, self.company.as_ref())
    }
}

/// What is on file of a person: their own, and their company's.
pub fn on_file(person: &Person, company: Option<&Company>) -> OnFile {
    let contact = company.map(|company| &company.contact);
    let own_name = person.full_name.to_string();
    let own_phone = person.phone.as_ref().map(ToString::to_string);
    OnFile {
        inn: company.map(|company| company.inn.to_string()).into_iter().collect(),
        contract_number: company.map(|company| company.contract_number.to_string()).into_iter().collect(),
        full_name: std::iter::once(own_name).chain(contact.map(|contact| contact.full_name.to_string())).collect(),
        phone: own_phone.into_iter().chain(contact.map(|contact| contact.phone.to_string())).collect(),
    }
}

/// A link that was minted.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The hash of its token.
    pub token_hash: String,
    /// Whose, and the facts that do not count.
    pub to: LinkTo,
    /// The person's epoch, which it dies with.
    pub epoch: u32,
}

impl Table {
    /// Writes down what somebody asks who is not signed in. One write of one shape; who is meant is found out later.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ask_later(&self, intent: &Intent, now: DateTime<Utc>) -> Result<(), StoreError> {
        let write = Write::default().mail(self, outbox::row(intent, now));
        self.commit(write, WriteId::new(Uuid::new_v4())).await.map_err(TransactionOutcome::into_error)
    }

    /// Ends a request with the letters that came of it, in one write; what was typed is forgotten. `false`: it was
    /// ended already.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn settle_request(&self, id: Uuid, letters: &[Intent], now: DateTime<Utc>) -> Result<bool, StoreError> {
        let write = self.end_request(Write::default(), id, now);
        let write = letters.iter().fold(write, |write, letter| write.mail(self, outbox::row(letter, now)));
        let done = self.commit(write, WriteId::new(Uuid::new_v4())).await;
        refused_is_false(done.map_err(TransactionOutcome::into_error))
    }

    /// The request's row as it is when it is over.
    pub(super) fn end_request(&self, write: Write, id: Uuid, now: DateTime<Utc>) -> Write {
        let values = Values::none().with("queued", outbox::QUEUED.to_owned()).with("sent", outbox::SENT.to_owned());
        let values = values.with("ttl", (now + outbox::KEEP).timestamp()).with("now", now);
        let update = "SET #mail_state = :sent, #ttl = :ttl, #ended_at = :now REMOVE #intent";
        write.update_mail(self, &key::mail(id), update, "#mail_state = :queued", values)
    }

    /// Stores fresh links; each is the only valid one of its person.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn put_recovery_links(&self, links: &[NewLink], expires_at: DateTime<Utc>) -> Result<(), StoreError> {
        let write = links.iter().fold(Write::default(), |write, link| {
            let row = key::recovery_link(&link.token_hash)
                .build()
                .with("user", link.to.user)
                .with("epoch", link.epoch)
                .with("typed", Json(link.to.typed.clone()))
                .with("tries", 0u32)
                .with("expires_at", expires_at)
                .with(super::schema::TTL_ATTRIBUTE, expires_at.timestamp());
            let newest = Values::none().with("hash", link.token_hash.clone());
            let (set, fresh) = ("SET #link = :hash", "attribute_not_exists(#link) OR #link <> :hash");
            write.create(self, row.item()).update(self, &key::recovery(link.to.user), set, fresh, newest)
        });
        self.commit(write, WriteId::new(Uuid::new_v4())).await.map_err(TransactionOutcome::into_error)
    }

    /// The link of this token if it works at `now`: unused, in time, the newest, of an active person's present epoch.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recovery(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Recovery>, StoreError> {
        let Some(link) = self.row(&key::recovery_link(token_hash)).await? else { return Ok(None) };
        let (tries, expires_at): (u32, DateTime<Utc>) = (get(&link, "tries")?, get(&link, "expires_at")?);
        if tries >= TRIES_MAX || expires_at <= now {
            return Ok(None);
        }
        let user = get(&link, "user")?;
        let (person, under_way) = (key::user(user), key::recovery(user));
        let mut rows = self.batch(&[person.clone(), under_way.clone()]).await?;
        let newest: Option<String> = peek(rows.take(&under_way).as_ref(), "link")?;
        let Some(person) = rows.take(&person).as_ref().map(people::read).transpose()? else { return Ok(None) };
        let epoch: u32 = get(&link, "epoch")?;
        if newest.as_deref() != Some(token_hash) || !person.active || person.epoch != epoch {
            return Ok(None);
        }
        let company = match person.company {
            Some(id) => self.row(&key::company(id)).await?.as_ref().map(companies::read).transpose()?,
            None => None,
        };
        let Json(typed) = get(&link, "typed")?;
        Ok(Some(Recovery { token_hash: token_hash.to_owned(), person, company, typed, tries }))
    }

    /// Counts a try that failed; the last one brings its person to the desk, in the same write. `false`: the link moved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fail_recovery(
        &self,
        recovery: &Recovery,
        claim: Option<&Claim>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let tries = if claim.is_some() { TRIES_MAX } else { recovery.tries.saturating_add(1) };
        if let Some(claim) = claim {
            let write = self.put_claim(self.use_try(recovery, tries, now), claim, Some(&recovery.token_hash));
            match self.commit(write, WriteId::new(Uuid::new_v4())).await {
                Ok(()) => return Ok(true),
                // The desk may have as many claims of this person as it takes: the link ends all the same.
                Err(TransactionOutcome::Refused(_)) => {}
                Err(outcome) => return Err(outcome.into_error()),
            }
        }
        let write = self.require_newest(self.use_try(recovery, tries, now), recovery);
        let done = self.commit(write, WriteId::new(Uuid::new_v4())).await;
        refused_is_false(done.map_err(TransactionOutcome::into_error))
    }

    /// Gives a person who confirmed the facts their way in, and ends the link and every session. `false`: the link or
    /// the person moved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recover(
        &self,
        recovery: &Recovery,
        after: &Person,
        letter: &Intent,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let write = self.require_newest(self.use_try(recovery, TRIES_MAX, act.at), recovery);
        let write = write.mail(self, outbox::row(letter, act.at));
        Ok(matches!(self.edit_person(&recovery.person, after, write, act).await?, PersonEdited::Done))
    }

    /// The link's row with so many tries, if it still works.
    fn use_try(&self, recovery: &Recovery, tries: u32, now: DateTime<Utc>) -> Write {
        let values = Values::none().with("tries", tries).with("before", recovery.tries).with("now", now);
        let unmoved = "#tries = :before AND #expires_at > :now";
        Write::default().update(self, &key::recovery_link(&recovery.token_hash), "SET #tries = :tries", unmoved, values)
    }

    fn require_newest(&self, write: Write, recovery: &Recovery) -> Write {
        let newest = Values::none().with("hash", recovery.token_hash.clone());
        write.require(self, &key::recovery(recovery.person.id), "#link = :hash", newest)
    }

    /// The company with this INN.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn company_by_inn(&self, inn: &Inn) -> Result<Option<CompanyId>, StoreError> {
        self.row(&key::inn(inn)).await?.map_or(Ok(None), |row| find(&row, "company"))
    }
}
