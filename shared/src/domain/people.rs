//! People, their roles, and who did something.

use super::ids::{CompanyId, UserId};
use super::text::{Email, Login, PersonName, Phone};
use serde::{Deserialize, Serialize};

/// What a person may do; see the permission table in docs/architecture.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A company's owner: everything of the company, its users included.
    Owner,
    /// A company's manager: cards, limits, budget.
    Manager,
    /// A company's accountant: money, documents, block in a hurry.
    Accountant,
    /// A company's viewer: reads.
    Viewer,
    /// Staff: everything, approvals included.
    StaffAdmin,
    /// Staff: companies, cards, stations.
    StaffOperator,
    /// Staff: money and documents.
    StaffAccountant,
    /// Staff: content of the public pages.
    StaffEditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Owner,
        Self::Manager,
        Self::Accountant,
        Self::Viewer,
        Self::StaffAdmin,
        Self::StaffOperator,
        Self::StaffAccountant,
        Self::StaffEditor,
    ];

    /// Whether the person is OKTAN's.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::StaffAdmin | Self::StaffOperator | Self::StaffAccountant | Self::StaffEditor)
    }

    /// The role's name within its kind, as the wire has it: `admin`, not `staff_admin`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Accountant | Self::StaffAccountant => "accountant",
            Self::Viewer => "viewer",
            Self::StaffAdmin => "admin",
            Self::StaffOperator => "operator",
            Self::StaffEditor => "editor",
        }
    }
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// The company, `None` for staff.
    pub company: Option<CompanyId>,
    /// What they may do.
    pub role: Role,
    /// What they type to sign in.
    pub login: Login,
    /// Their name.
    pub full_name: PersonName,
    /// Where their mail goes; the first admin may have none.
    pub email: Option<Email>,
    /// Their own telephone, if known.
    pub phone: Option<Phone>,
    /// Argon2id hash in PHC format; `None` until the first password is set.
    pub password_hash: Option<String>,
    /// Whether the password is one-time and all else waits until it is changed.
    pub must_change_password: bool,
    /// Whether the person may sign in.
    pub active: bool,
    /// Sessions of an earlier epoch are over.
    pub epoch: u32,
    /// Moves with every write of the row.
    pub version: u64,
}

/// Who did something, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub user: UserId,
    /// Their login at the time.
    pub login: Login,
    /// Their role at the time.
    pub role: Role,
}
