//! People, their roles, and who did something.

use super::ids::{CompanyId, UserId};
use super::text::{Email, Login, PersonName, Phone};
use chrono::{DateTime, Utc};
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
    /// When a one-time password that was mailed works no more; `None` for any other.
    pub password_expires_at: Option<DateTime<Utc>>,
    /// Whether the password is one-time and all else waits until it is changed.
    pub must_change_password: bool,
    /// The hash of the newest activation link.
    pub activation: Option<String>,
    /// When they signed in last.
    pub last_signed_in_at: Option<DateTime<Utc>>,
    /// Fingerprints of the devices they signed in from, the oldest first.
    pub known_devices: Vec<String>,
    /// Whether a second factor is asked for besides the password.
    pub totp: bool,
    /// Whether the person may sign in.
    pub active: bool,
    /// Sessions of an earlier epoch are over.
    pub epoch: u32,
    /// Moves with every write of the row but those of signing in and of minting a link.
    pub version: u64,
}

impl Person {
    /// A new, active person without address and password.
    pub fn new(id: UserId, company: Option<CompanyId>, role: Role, login: Login, full_name: PersonName) -> Self {
        Self {
            id,
            company,
            role,
            login,
            full_name,
            email: None,
            phone: None,
            password_hash: None,
            password_expires_at: None,
            must_change_password: false,
            activation: None,
            last_signed_in_at: None,
            known_devices: Vec::new(),
            totp: false,
            active: true,
            epoch: 0,
            version: 0,
        }
    }

    /// The hash of the password that opens the door at `now`: none of who is deactivated, none that has run out.
    pub fn password_at(&self, now: DateTime<Utc>) -> Option<&str> {
        let in_time = self.password_expires_at.is_none_or(|end| now < end);
        self.password_hash.as_deref().filter(|_| self.active && in_time)
    }

    /// Whether they are one of those of whom the last must stay: a company's owner, the staff's admin.
    pub fn is_keeper(&self) -> bool {
        self.active && matches!(self.role, Role::Owner | Role::StaffAdmin)
    }

    /// The person whose sessions are over.
    #[must_use]
    pub fn ended(&self) -> Self {
        Self { epoch: self.epoch.saturating_add(1), ..self.clone() }
    }

    /// The person whose password and link work no more and whose sessions are over.
    #[must_use]
    pub fn without_password(&self) -> Self {
        Self { password_hash: None, password_expires_at: None, activation: None, ..self.ended() }
    }

    /// The person with a password of their own choice, whose sessions are over.
    #[must_use]
    pub fn with_password(&self, hash: String) -> Self {
        Self { password_hash: Some(hash), must_change_password: false, ..self.without_password() }
    }
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
