//! Entries as the books see them.

use crate::domain::ids::RequestId;
use crate::domain::rules::stored;
use crate::domain::{CardNumber, Kopecks, Millilitres, ProductIx};
use serde::{Deserialize, Serialize};

/// A purchase by its card and its request.
pub type PurchaseKey = (CardNumber, RequestId);

/// What was bought or came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Goods {
    /// Which product.
    pub product: ProductIx,
    /// The VAT rate of the purchase, percent.
    pub vat_percent: u8,
    /// How much, above zero.
    pub quantity: Millilitres,
}

/// What moved the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A purchase.
    Purchase {
        /// Which.
        key: PurchaseKey,
        /// Of what.
        goods: Goods,
        /// Whether something of it has come back since.
        returned: bool,
    },
    /// What came back of a purchase.
    Refund {
        /// Of which.
        of: PurchaseKey,
        /// What.
        goods: Goods,
    },
    /// Money in.
    Payment,
    /// A payment's money taken back, or another correction, to either side.
    Adjustment,
    /// Money between the account and a purse: no money of the company's moves.
    Transfer,
}

/// An entry: how much of whose money it moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Signed: plus is into the account.
    pub amount: Kopecks,
    /// What it was.
    pub what: What,
}

/// What a span moved, by kind. `closing = opening + payments − purchases + refunds + adjustments`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Turnover {
    /// Money in.
    #[serde(with = "stored::kopecks")]
    pub payments: Kopecks,
    /// Bought: above zero.
    #[serde(with = "stored::kopecks")]
    pub purchases: Kopecks,
    /// Given back for what was returned: above zero.
    #[serde(with = "stored::kopecks")]
    pub refunds: Kopecks,
    /// Corrections, signed.
    #[serde(with = "stored::kopecks")]
    pub adjustments: Kopecks,
}

impl Turnover {
    /// Adds an entry; `None` past the range of an `i64`.
    #[must_use]
    pub fn and(mut self, movement: &Movement) -> Option<Self> {
        let sum = match movement.what {
            What::Purchase { .. } => {
                self.purchases = self.purchases.checked_sub(movement.amount)?;
                return Some(self);
            }
            What::Refund { .. } => &mut self.refunds,
            What::Payment => &mut self.payments,
            What::Adjustment | What::Transfer => &mut self.adjustments,
        };
        *sum = sum.checked_add(movement.amount)?;
        Some(self)
    }

    /// The two together.
    #[must_use]
    pub fn with(self, other: Self) -> Option<Self> {
        Some(Self {
            payments: self.payments.checked_add(other.payments)?,
            purchases: self.purchases.checked_add(other.purchases)?,
            refunds: self.refunds.checked_add(other.refunds)?,
            adjustments: self.adjustments.checked_add(other.adjustments)?,
        })
    }

    /// By how much the balance grew.
    pub fn net(self) -> Option<Kopecks> {
        self.payments.checked_sub(self.purchases)?.checked_add(self.refunds)?.checked_add(self.adjustments)
    }
}
