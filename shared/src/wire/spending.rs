//! Spending within a span of days, by day, card, product or station: for the report and for the weekly summary.

use crate::app::App;
use crate::domain::product::Unit;
use crate::domain::spending::{Spending, Spent};
use crate::domain::window::Zone;
use crate::domain::{CompanyId, Kopecks, Millilitres};
use crate::table::{DaySums, StoreError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// By what it is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// The day of posting, in the company's zone.
    #[default]
    Day,
    /// The card's number.
    Card,
    /// The product's code.
    Product,
    /// The station's code.
    Station,
}

/// What was spent on one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SpendingItem {
    /// The day, the card's number, the product's or the station's code.
    pub key: String,
    /// In units of the product; otherwise litres of what is measured in litres.
    pub quantity: Millilitres,
    /// What it cost, returns taken off: negative where more came back than was bought in the span.
    pub amount: Kopecks,
}

/// What a company spent from one day to another, both included, in the order of the keys: days that are written down as they
/// were, the others counted.
///
/// # Errors
/// When the store does not answer.
pub async fn spending(
    app: &App,
    company: CompanyId,
    zone: Zone,
    (from, to): (NaiveDate, NaiveDate),
    by: GroupBy,
) -> Result<Spending<String>, StoreError> {
    let closed =
        app.table.recent_days(company, zone).await?.map(|recent| recent.until.min(to)).filter(|until| *until >= from);
    let mut days = match closed {
        Some(until) => app.table.day_sums(company, zone, (from, until)).await?,
        None => DaySums::new(),
    };
    let open = closed.map_or(Some(from), |until| until.succ_opt()).filter(|open| *open <= to);
    if let Some(open) = open {
        days.extend(app.table.count_days(company, zone, (open, to)).await?);
    }
    let (catalogue, mut sums) = (app.catalogue(), Spending::default());
    for (day, spent) in &days {
        for (on, spent) in spent.sums() {
            let product = catalogue.by_ix(on.product);
            let in_litres = product.is_some_and(|product| product.unit == Unit::Litre);
            let litres = if in_litres { spent.quantity } else { Millilitres::ZERO };
            let (key, quantity) = match by {
                GroupBy::Day => (day.to_string(), litres),
                GroupBy::Card => (on.card.to_string(), litres),
                GroupBy::Station => (on.station.to_string(), litres),
                GroupBy::Product => {
                    (product.map(|product| product.code.to_string()).unwrap_or_default(), spent.quantity)
                }
            };
            sums.bought(key, Spent { quantity, amount: spent.amount });
        }
    }
    Ok(sums)
}

impl SpendingItem {
    /// The sums as the wire has them.
    pub fn all(sums: &Spending<String>) -> Vec<Self> {
        let items =
            sums.sums().map(|(key, spent)| Self { key: key.clone(), quantity: spent.quantity, amount: spent.amount });
        items.collect()
    }
}
