//! Who may do what: the permission table of the product, the only place that says it.

use crate::domain::people::Role::{
    self, Accountant, Manager, Owner, StaffAccountant, StaffAdmin, StaffOperator, Viewer,
};

/// A group of operations that the same roles may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Anyone signed in: the products and stations that forms offer.
    SignedIn,
    /// A company's people reading balance, cards, history.
    Read,
    /// Blocking a card.
    Block,
    /// Unblocking what the client blocked; labels, groups.
    ManageCards,
    /// Limits and checks.
    ManageLimits,
    /// Staff seeing a company as its client does.
    StaffRead,
    /// Companies, cards, stations, terminals; suspension.
    Provision,
    /// Payments by hand.
    PostPayments,
}

/// The roles that hold a permission.
pub const fn may(permission: Permission) -> &'static [Role] {
    match permission {
        Permission::SignedIn => &Role::ALL,
        Permission::Read => &[Owner, Manager, Accountant, Viewer],
        Permission::Block => &[Owner, Manager, Accountant],
        Permission::ManageCards | Permission::ManageLimits => &[Owner, Manager],
        Permission::StaffRead => &[StaffAdmin, StaffOperator, StaffAccountant],
        Permission::Provision => &[StaffAdmin, StaffOperator],
        Permission::PostPayments => &[StaffAdmin, StaffAccountant],
    }
}

impl Permission {
    /// Whether `role` holds it.
    pub fn held_by(self, role: Role) -> bool {
        may(self).contains(&role)
    }
}
