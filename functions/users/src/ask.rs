//! What is asked about people.

use oktan_shared::domain::people::Role;
use oktan_shared::domain::text::{Email, Login, PersonName, Phone};
use serde::Deserialize;

/// A role of a company's people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientRole {
    Owner,
    Manager,
    Accountant,
    Viewer,
}

/// A role of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    Admin,
    Operator,
    Accountant,
    Editor,
}

impl From<ClientRole> for Role {
    fn from(role: ClientRole) -> Self {
        match role {
            ClientRole::Owner => Self::Owner,
            ClientRole::Manager => Self::Manager,
            ClientRole::Accountant => Self::Accountant,
            ClientRole::Viewer => Self::Viewer,
        }
    }
}

impl From<StaffRole> for Role {
    fn from(role: StaffRole) -> Self {
        match role {
            StaffRole::Admin => Self::StaffAdmin,
            StaffRole::Operator => Self::StaffOperator,
            StaffRole::Accountant => Self::StaffAccountant,
            StaffRole::Editor => Self::StaffEditor,
        }
    }
}

/// A new person of a company.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserAsk {
    login: Login,
    full_name: PersonName,
    /// Where the activation link goes.
    email: Email,
    phone: Option<Phone>,
    role: ClientRole,
}

/// A new person of the staff.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffAsk {
    login: Login,
    full_name: PersonName,
    /// Where the activation link goes.
    email: Email,
    phone: Option<Phone>,
    role: StaffRole,
}

/// What changes of a person of a company; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserPatch {
    role: Option<ClientRole>,
    full_name: Option<PersonName>,
    phone: Option<Phone>,
    /// `false` ends all sessions.
    active: Option<bool>,
}

/// What changes of a person of the staff; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffPatch {
    role: Option<StaffRole>,
    full_name: Option<PersonName>,
    phone: Option<Phone>,
    /// `false` ends all sessions.
    active: Option<bool>,
}

/// A new person of either kind.
#[derive(Debug, Clone)]
pub struct Newcomer {
    pub login: Login,
    pub full_name: PersonName,
    pub email: Email,
    pub phone: Option<Phone>,
    pub role: Role,
}

impl From<UserAsk> for Newcomer {
    fn from(ask: UserAsk) -> Self {
        let UserAsk { login, full_name, email, phone, role } = ask;
        Self { login, full_name, email, phone, role: role.into() }
    }
}

impl From<StaffAsk> for Newcomer {
    fn from(ask: StaffAsk) -> Self {
        let StaffAsk { login, full_name, email, phone, role } = ask;
        Self { login, full_name, email, phone, role: role.into() }
    }
}

/// What changes of a person of either kind.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub role: Option<Role>,
    pub full_name: Option<PersonName>,
    pub phone: Option<Phone>,
    pub active: Option<bool>,
}

impl Changes {
    pub fn deactivation() -> Self {
        Self { active: Some(false), ..Self::default() }
    }
}

impl From<UserPatch> for Changes {
    fn from(patch: UserPatch) -> Self {
        let UserPatch { role, full_name, phone, active } = patch;
        Self { role: role.map(Role::from), full_name, phone, active }
    }
}

impl From<StaffPatch> for Changes {
    fn from(patch: StaffPatch) -> Self {
        let StaffPatch { role, full_name, phone, active } = patch;
        Self { role: role.map(Role::from), full_name, phone, active }
    }
}
