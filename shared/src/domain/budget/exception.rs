//! An exception answers a decline: one more fill on one card, for a while.

use super::{Lent, Portion, Share, Sum};
use crate::domain::product::ProductIx;
use crate::domain::quantity::Millilitres;
use crate::domain::rules::stored;
use chrono::serde::ts_milliseconds;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One more fill. It lifts limits; what the share lacks came from the reserve when it was granted. It lifts nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exception {
    /// The card's edition in which it was granted: grows from one exception of a card to the next.
    #[serde(rename = "n")]
    pub number: u32,
    /// Of which product; of any, if none is named.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductIx>,
    /// How much at the most, in the product's unit.
    #[serde(rename = "q", with = "stored::millilitres")]
    pub quantity: Millilitres,
    /// When it was granted.
    #[serde(rename = "g", with = "ts_milliseconds")]
    pub granted_at: DateTime<Utc>,
    /// From when on it is over.
    #[serde(rename = "e", with = "ts_milliseconds")]
    pub until: DateTime<Utc>,
    /// What the reserve lent the share for it.
    #[serde(rename = "x", default)]
    pub lent: Lent,
}

/// What people allow a card besides its rules: read with them, each changed apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowance {
    /// Its share of the budget; none caps nothing.
    pub share: Share,
    /// The exception that was granted last.
    pub exception: Option<Exception>,
}

impl Allowance {
    /// With a share of so much every month; what was lent is part of it from now on.
    #[must_use]
    pub fn with_share(&self, portion: Portion) -> Self {
        let exception = self.exception.map(|exception| Exception { lent: Lent::default(), ..exception });
        Self { share: Share::new(portion), exception }
    }

    /// Without the exception, `back` of what it was lent given back to the reserve.
    #[must_use]
    pub fn without_exception(&self, back: Sum) -> Self {
        let lent = Lent { sum: self.share.lent.sum.less(back), ..self.share.lent };
        Self { share: Share { lent, ..self.share }, exception: None }
    }
}
