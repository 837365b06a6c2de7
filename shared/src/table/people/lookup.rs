//! Finding people.

use super::owners::People;
use super::read;
use crate::domain::people::Person;
use crate::domain::text::{Email, Login};
use crate::domain::{CompanyId, UserId};
use crate::table::Table;
use crate::table::error::StoreError;
use crate::table::item::{Item, get};
use crate::table::key::{self, Key, index};
use crate::table::read::{Query, peek};
use crate::table::rows::Position;
use crate::table::schema::GSI1;
use crate::table::write::Values;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// People of one address that are looked at.
const SAME_ADDRESS_MAX: usize = 50;

/// Where an active person is found by their address; the key shows nothing of it.
pub(super) fn row_key(table: &Table, person: &Person) -> Option<Key> {
    let email = person.email.as_ref().filter(|_| person.active)?;
    Some(key::email(&table.address_hash(email), person.id))
}

pub(super) fn row(table: &Table, person: &Person) -> Option<Item> {
    row_key(table, person).map(|key| key.item())
}

impl Table {
    /// The keyed hash by which an address is found.
    pub(in crate::table) fn address_hash(&self, email: &Email) -> String {
        URL_SAFE_NO_PAD.encode(self.keys.mac("email", &[email.as_str().as_bytes()]))
    }

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

    /// The active people whose mail goes to `email`, at most 50.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn people_by_email(&self, email: &Email) -> Result<Vec<Person>, StoreError> {
        let (rows, _) = self
            .query(Query {
                index: None,
                condition: "#pk = :pk",
                filter: None,
                values: Values::none().with("pk", key::email_pk(&self.address_hash(email))),
                newest_first: false,
                limit: SAME_ADDRESS_MAX,
                start: None,
            })
            .await?;
        let ids = rows.iter().map(|row| {
            let sk: String = get(row, "sk")?;
            sk.trim_start_matches("USER#").parse().map_err(|_| StoreError::Corrupt("sk"))
        });
        let mut people = self.people(&ids.collect::<Result<Vec<_>, _>>()?).await?;
        people.retain(|person| person.active && person.email.as_ref() == Some(email));
        Ok(people)
    }

    /// The active owners of a company.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn owners_of(&self, company: CompanyId) -> Result<Vec<Person>, StoreError> {
        self.keepers(Some(company)).await
    }

    /// The active owners of a company, or the active admins of the staff.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keepers(&self, company: Option<CompanyId>) -> Result<Vec<Person>, StoreError> {
        let row = self.row(&key::owners(company)).await?;
        let ids = peek(row.as_ref(), "owners")?.map(|People(ids)| ids).unwrap_or_default();
        let mut owners = self.people(&ids).await?;
        owners.retain(Person::is_keeper);
        Ok(owners)
    }

    /// People by their ids, by login.
    async fn people(&self, ids: &[UserId]) -> Result<Vec<Person>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| key::user(*id)).collect();
        let mut rows = self.batch(&keys).await?;
        let found = keys.iter().filter_map(|key| rows.take(key)).map(|row| read(&row));
        let mut people = found.collect::<Result<Vec<_>, _>>()?;
        people.sort_by(|one, other| one.login.cmp(&other.login));
        Ok(people)
    }

    /// A page of the people of a company, or of the staff, by login, the deactivated ones among them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn people_page(
        &self,
        company: Option<CompanyId>,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Person>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::people(company)),
                newest_first: false,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let people = self.follow(&rows).await?.iter().map(read).collect::<Result<_, _>>()?;
        Ok((people, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }
}
