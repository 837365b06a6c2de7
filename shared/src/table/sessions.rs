//! Signed-in sessions, in their person's partition.

use super::Table;
use super::accounts::read_account;
use super::error::StoreError;
use super::item::{Item, get};
use super::key;
use super::write::{Values, Write};
use crate::domain::account::Account;
use crate::domain::ids::WriteId;
use crate::domain::people::Person;
use crate::domain::{CompanyId, SessionId, UserId};
use chrono::{DateTime, TimeDelta, Utc};

/// A session that is used no more ends after this long.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session ends after this long in any case.
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// How often the last use is written.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Rows read at once for the list of a person's sessions, over ones that TTL has not yet tidied included.
const LIST_PAGE: usize = 200;
/// Such pages at the most: two thousand sign-ins within a session's longest life.
const LIST_PAGES_MAX: usize = 10;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The person's epoch at sign-in.
    pub epoch: u32,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: DateTime<Utc>,
    /// The address it came from.
    pub address: String,
    /// The browser's own words, at most 200 characters.
    pub device: String,
}

/// A valid session, its person and their company's account.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// The person.
    pub person: Person,
    /// Their company's account; `None` for staff.
    pub account: Option<Account>,
}

impl Session {
    /// When it ends if it is not used again.
    pub fn ends_at(&self) -> DateTime<Utc> {
        (self.last_used_at + IDLE).min(self.created_at + ABSOLUTE)
    }

    pub(super) fn row(&self) -> Item {
        key::session(self.user, self.id)
            .build()
            .with("epoch", self.epoch)
            .with("created_at", self.created_at)
            .with("last_used_at", self.last_used_at)
            .with("address", self.address.clone())
            .with("device", self.device.clone())
            .with(super::schema::TTL_ATTRIBUTE, (self.created_at + ABSOLUTE).timestamp())
            .item()
    }

    fn read(item: &Item) -> Result<Self, StoreError> {
        let (pk, sk): (String, String) = (get(item, "pk")?, get(item, "sk")?);
        Ok(Self {
            id: sk.trim_start_matches("SESSION#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
            user: pk.trim_start_matches("USER#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
            epoch: get(item, "epoch")?,
            created_at: get(item, "created_at")?,
            last_used_at: get(item, "last_used_at")?,
            address: get(item, "address")?,
            device: get(item, "device")?,
        })
    }
}

impl Table {
    /// Begins a session of a person whose password was right, if the person has not changed meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when they have.
    pub async fn create_session(&self, person: &Person, session: &Session) -> Result<(), StoreError> {
        let unmoved = Values::none().with("version", person.version);
        let write = Write::default().create(self, session.row());
        let write = write.require(self, &key::user(person.id), "#version = :version", unmoved);
        self.commit(write, WriteId::new(session.id.get())).await.map_err(|outcome| outcome.into_error())
    }

    /// The session, its person and their company's account in one round trip, if the session holds at `now`. The
    /// token names the company, so that the account, which nearly every list needs for its zone, comes along.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn signed_in(
        &self,
        user: UserId,
        id: SessionId,
        company: Option<CompanyId>,
        now: DateTime<Utc>,
    ) -> Result<Option<SignedIn>, StoreError> {
        let (session_key, user_key) = (key::session(user, id), key::user(user));
        let mut keys = vec![session_key.clone(), user_key.clone()];
        keys.extend(company.map(key::account));
        let mut rows = self.batch(&keys).await?;
        let (Some(session), Some(person)) = (rows.take(&session_key), rows.take(&user_key)) else { return Ok(None) };
        let (mut session, person) = (Session::read(&session)?, super::people::read(&person)?);
        let holds = person.active && session.epoch == person.epoch && now < session.ends_at();
        if !holds {
            return Ok(None);
        }
        if now - session.last_used_at >= TOUCH_EVERY {
            let values = Values::none().with("now", now);
            // Ended meanwhile: then there is nothing to touch, and the next request finds it gone.
            self.update_in(&self.cabinet, &session_key, "SET #last_used_at = :now", "attribute_exists(#pk)", values)
                .await?;
            session.last_used_at = now;
        }
        let account = match person.company {
            Some(own) => match rows.take(&key::account(own)) {
                Some(row) => Some(read_account(&row)?),
                None => self.account(own).await?,
            },
            None => None,
        };
        Ok(Some(SignedIn { session, person, account }))
    }

    /// Ends a session; ending one that is over changes nothing. Says whether it was there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn end_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        let answer = self
            .client
            .delete_item()
            .table_name(&*self.cabinet)
            .set_key(Some(key::session(user, id).item()))
            .return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld)
            .send()
            .await
            .map_err(super::error::failed)?;
        Ok(answer.attributes.is_some())
    }

    /// The sessions of a person that hold at `now`.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sessions(&self, person: &Person, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
        let mut sessions = Vec::new();
        let mut start = None;
        for _ in 0..LIST_PAGES_MAX {
            let (rows, last) = self
                .query(super::read::Query {
                    index: None,
                    condition: "#pk = :pk AND begins_with(#sk, :prefix)",
                    filter: None,
                    values: Values::none().with("pk", key::user(person.id).pk).with("prefix", "SESSION#".to_owned()),
                    newest_first: false,
                    limit: LIST_PAGE,
                    start,
                })
                .await?;
            for row in &rows {
                sessions.push(Session::read(row)?);
            }
            start = last;
            if start.is_none() {
                break;
            }
        }
        sessions.retain(|session| session.epoch == person.epoch && now < session.ends_at());
        sessions.sort_by_key(|session| std::cmp::Reverse(session.last_used_at));
        Ok(sessions)
    }
}

/// Keeps an optional text within a row's bounds.
pub fn bounded(text: Option<&str>) -> String {
    text.unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect()
}
