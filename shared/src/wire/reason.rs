//! Why not, in the wire's words.

use crate::app::App;
use crate::domain::authorization::{Reason, ReasonCode};
use crate::domain::product::Unit;
use crate::domain::rules::{Cap, Measure};
use crate::domain::window::{Period, Zone};
use crate::domain::{Millilitres, ProductCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureName {
    /// Litres of products measured in litres.
    Litres,
    /// Roubles.
    Roubles,
    /// Fills.
    Fills,
}

/// What a product is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitName {
    /// Liquid fuel and LPG.
    Litre,
    /// Compressed natural gas.
    CubicMetre,
    /// A wash, goods.
    Piece,
}

/// Per what a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodName {
    /// One fill.
    Transaction,
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

macro_rules! same_names {
    ($wire:ident, $domain:ident: $($name:ident),+) => {
        impl From<$domain> for $wire {
            fn from(value: $domain) -> Self {
                match value { $($domain::$name => Self::$name),+ }
            }
        }
        impl From<$wire> for $domain {
            fn from(value: $wire) -> Self {
                match value { $($wire::$name => Self::$name),+ }
            }
        }
    };
}

same_names!(MeasureName, Measure: Litres, Roubles, Fills);
same_names!(UnitName, Unit: Litre, CubicMetre, Piece);
same_names!(PeriodName, Period: Transaction, Day, Week, Month, Quarter, Year);

/// A reason why a fill does not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ReasonView {
    /// The decline code.
    #[schema(example = "limit_exceeded")]
    pub code: &'static str,
    /// A sentence for the receipt, in Russian, without the company's money.
    pub message: String,
    /// What was asked, in units.
    pub requested: Millilitres,
    /// What remains of the limit, in its own measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<String>,
    /// When the limit's window ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<DateTime<Utc>>,
    /// What the limit counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<MeasureName>,
    /// Per what the limit counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodName>,
    /// The products that the limit counts; empty for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub products: Option<Vec<ProductCode>>,
    /// The most that this rule would let through; left out where it would tell the company's money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_quantity: Option<Millilitres>,
}

impl ReasonView {
    /// A reason as it is told to a terminal or a client.
    pub fn of(reason: &Reason, requested: Millilitres, zone: Zone, app: &App) -> Self {
        let limit = reason.limit.as_ref();
        Self {
            code: reason.code.as_str(),
            message: reason.receipt(zone, &app.catalogue()),
            requested,
            remaining: limit.map(|limit| amount_text(limit.remaining)),
            resets_at: limit.and_then(|limit| limit.resets_at),
            measure: limit.map(|limit| limit.measure.into()),
            period: limit.map(|limit| limit.period.into()),
            products: limit.map(|limit| app.catalogue().codes(limit.products)),
            max_quantity: (reason.code != ReasonCode::InsufficientFunds).then_some(reason.max_quantity),
        }
    }
}

/// An amount in a limit's measure: three decimals of litres, two of roubles, a whole number of fills.
pub fn amount_text(amount: Cap) -> String {
    match amount {
        Cap::Litres(litres) => litres.to_string(),
        Cap::Roubles(roubles) => roubles.to_string(),
        Cap::Fills(fills) => fills.to_string(),
    }
}
