//! Who may do what: the permission table of the product, the only place that says it.

use crate::domain::people::Role::{
    self, Accountant, Manager, Owner, StaffAccountant, StaffAdmin, StaffEditor, StaffOperator, Viewer,
};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident => $roles:expr,)+) => {
        /// A group of operations that the same roles may call.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Permission {$($(#[$doc])* $name,)+}

        impl Permission {
            /// Every permission.
            pub const ALL: &[Permission] = &[$(Permission::$name,)+];
        }

        /// The roles that hold a permission.
        pub const fn may(permission: Permission) -> &'static [Role] {
            match permission {$(Permission::$name => $roles,)+}
        }
    };
}

permissions! {
    /// Anyone signed in: the products and stations that forms offer, one's own second factor.
    SignedIn => &Role::ALL,
    /// A company's people reading balance, cards, history, journal.
    Read => &[Owner, Manager, Accountant, Viewer],
    /// Blocking a card.
    Block => &[Owner, Manager, Accountant],
    /// Unblocking what the client blocked; labels, groups.
    ManageCards => &[Owner, Manager],
    /// Limits, restoring them, budgets, exceptions, checks.
    ManageLimits => &[Owner, Manager],
    /// Money between the account and purses.
    Transfer => &[Owner, Manager, Accountant],
    /// Joining promotions and leaving them.
    JoinPromotions => &[Owner, Manager],
    /// Documents, invoices, reconciliation.
    Papers => &[Owner, Manager, Accountant],
    /// Whom the company has told of what.
    Settings => &[Owner],
    /// Writing to OKTAN.
    Tickets => &[Owner, Manager, Accountant, Viewer],
    /// The company's people and their roles.
    ManageUsers => &[Owner],
    /// Staff seeing a company as its client does.
    StaffRead => &[StaffAdmin, StaffOperator, StaffAccountant],
    /// Companies, cards, stations, terminals; suspension.
    Provision => &[StaffAdmin, StaffOperator],
    /// Products, prices, VAT rates.
    Catalogue => &[StaffAdmin],
    /// News, articles, promotions, the pages of stations.
    Content => &[StaffAdmin, StaffEditor],
    /// What the public writes to the administration, and companies in tickets.
    Answer => &[StaffAdmin, StaffOperator, StaffAccountant],
    /// Payments by hand.
    PostPayments => &[StaffAdmin, StaffAccountant],
    /// What documents say of the seller; closing months.
    Requisites => &[StaffAdmin, StaffAccountant],
    /// The people of any company and their credentials.
    StaffUsers => &[StaffAdmin],
    /// The staff's own accounts.
    StaffAccounts => &[StaffAdmin],
    /// The reconciliation desk.
    Desk => &[StaffAdmin, StaffOperator],
    /// Asking for what two people decide.
    Ask => &[StaffAdmin, StaffOperator, StaffAccountant],
    /// Deciding what another person asked for.
    Approve => &[StaffAdmin],
}

impl Permission {
    /// Whether `role` holds it.
    pub fn held_by(self, role: Role) -> bool {
        may(self).contains(&role)
    }
}
