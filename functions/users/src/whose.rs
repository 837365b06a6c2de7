//! Whose people an operation is about.

use oktan_shared::App;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::http::Problem;

/// Whose people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One company's.
    Company(CompanyId),
    /// Any company's.
    Companies,
    /// The staff.
    Staff,
}

impl Whose {
    /// One of these people; anybody else is not there.
    pub async fn find(self, app: &App, id: UserId) -> Result<Person, Problem> {
        let person = app.table.person(id).await?;
        let is_of_these = |company: Option<CompanyId>| match self {
            Self::Company(own) => company == Some(own),
            Self::Companies => company.is_some(),
            Self::Staff => company.is_none(),
        };
        person.filter(|person| is_of_these(person.company)).ok_or_else(Problem::not_found)
    }
}

/// 409 where nobody would be left who may do everything.
pub fn last_of(person: &Person) -> Problem {
    match person.company {
        Some(_) => Problem::conflict("last_owner", "a company keeps an owner: make somebody else one first"),
        None => Problem::conflict("last_admin", "the staff keeps an admin: make somebody else one first"),
    }
}

/// 409 where there are enough of them.
pub fn too_many_owners() -> Problem {
    Problem::conflict("too_many_owners", "there are as many owners, or admins, as there may be")
}
