//! One change of a person, whatever changes: conditional on their version, with everything that follows from it.

use super::{lookup, owners, row};
use crate::domain::people::Person;
use crate::journal::Act;
use crate::table::Table;
use crate::table::error::StoreError;
use crate::table::item::Item;
use crate::table::key;
use crate::table::outbox::{self, Intent};
use crate::table::write::{Values, Write};

/// What became of a change of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonEdited {
    /// It is done.
    Done,
    /// The person changed meanwhile: read again.
    Moved,
    /// Without them nobody would own the company, or administer the staff.
    LastOwner,
    /// There are as many owners as there may be.
    TooManyOwners,
    /// The condition of this item of what was to be written with it failed.
    Extra(usize),
}

impl Table {
    /// Changes a person, unless they have changed since `before` was read, and sends the mails that tell of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn change_person(
        &self,
        before: &Person,
        after: &Person,
        mails: &[Intent],
        act: &Act,
    ) -> Result<PersonEdited, StoreError> {
        let mails = mails.iter().fold(Write::default(), |write, mail| write.mail(self, outbox::row(mail, act.at)));
        self.edit_person(before, after, mails, act).await
    }

    /// Changes a person, unless they have changed since `before` was read, together with `extra`. Only attributes that
    /// differ are written; the version moves by itself; what finds the person by address and the list of owners follow.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(in crate::table) async fn edit_person(
        &self,
        before: &Person,
        after: &Person,
        extra: Write,
        act: &Act,
    ) -> Result<PersonEdited, StoreError> {
        let next = Person { version: before.version.saturating_add(1), ..after.clone() };
        let (update, values) = difference(&row(before), &row(&next));
        let values = values.with("was", before.version);
        let mut write = Write::default().update(self, &key::user(before.id), &update, "#version = :was", values);
        let (from, to) = (lookup::row_key(self, before), lookup::row_key(self, &next));
        if from != to {
            write = from.iter().fold(write, |write, key| write.remove(self, key));
            write = to.iter().fold(write, |write, key| write.replace(self, key.item()));
        }
        let owners_at = write.len();
        write = match (before.is_keeper(), next.is_keeper()) {
            (false, true) => owners::join(self, write, &next),
            (true, false) => owners::leave(self, write, before),
            _ => write,
        };
        let own = write.len();
        match self.commit_act(before.company, act, write.and(extra)).await {
            Ok(()) => Ok(PersonEdited::Done),
            Err(StoreError::Refused { index }) if index >= own => Ok(PersonEdited::Extra(index - own)),
            Err(StoreError::Refused { index }) if index < owners_at => Ok(PersonEdited::Moved),
            Err(StoreError::Refused { .. }) if before.is_keeper() => Ok(PersonEdited::LastOwner),
            Err(StoreError::Refused { .. }) => Ok(PersonEdited::TooManyOwners),
            Err(error) => Err(error),
        }
    }
}

/// The update that makes one row the other, and its values.
fn difference(before: &Item, after: &Item) -> (String, Values) {
    let changed = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
    let (mut sets, mut values) = (Vec::new(), Values::none());
    for (name, value) in changed {
        sets.push(format!("#{name} = :{name}"));
        values = values.with(name, value.clone());
    }
    let gone: Vec<_> = before.keys().filter(|name| !after.contains_key(*name)).map(|name| format!("#{name}")).collect();
    let remove = if gone.is_empty() { String::new() } else { format!(" REMOVE {}", gone.join(", ")) };
    (format!("SET {}{remove}", sets.join(", ")), values)
}
