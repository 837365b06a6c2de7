//! Who of a company are its owners, and who of the staff its admins: the last of them stays.

use crate::domain::UserId;
use crate::domain::people::Person;
use crate::table::Table;
use crate::table::item::Attr;
use crate::table::key;
use crate::table::write::{Values, Write};
use aws_sdk_dynamodb::types::AttributeValue;

/// Owners of a company, and admins of the staff, at the most: all of them are told of what happens to credentials.
pub const OWNERS_MAX: usize = 20;

/// A set of people.
pub(super) struct People(pub Vec<UserId>);

impl Attr for People {
    fn to_attr(&self) -> AttributeValue {
        AttributeValue::Ss(self.0.iter().map(ToString::to_string).collect())
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        value.as_ss().ok()?.iter().map(|id| id.parse().ok()).collect::<Option<_>>().map(Self)
    }
}

/// Adds an owner; refused when there are as many as there may be.
pub(super) fn join(table: &Table, write: Write, person: &Person) -> Write {
    let values = Values::none().with("who", People(vec![person.id])).with("most", OWNERS_MAX);
    let fits = "attribute_not_exists(#owners) OR size(#owners) < :most";
    write.update(table, &key::owners(person.company), "ADD #owners :who", fits, values)
}

/// Takes an owner away; refused when it is the last. Two who remove each other at once both write this row.
pub(super) fn leave(table: &Table, write: Write, person: &Person) -> Write {
    let values = Values::none().with("who", People(vec![person.id])).with("one", 1u32);
    write.update(table, &key::owners(person.company), "DELETE #owners :who", "size(#owners) > :one", values)
}
