//! Spending within a span of days, by day, card, product or station: for the report and for the weekly summary.

use crate::app::App;
use crate::domain::authorization::{Capture, Hold, State};
use crate::domain::product::Unit;
use crate::domain::spending::{Spending, Spent};
use crate::domain::window::Zone;
use crate::domain::{CompanyId, Kopecks, Millilitres};
use crate::table::{Entry, EntryFilter, HistoryKind, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Entries read at once.
const PAGE: usize = 100;

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

/// What a company spent from one day to another, both included, in the order of the keys.
///
/// # Errors
/// When the store does not answer.
pub async fn spending(
    app: &App,
    company: CompanyId,
    zone: Zone,
    span: (NaiveDate, NaiveDate),
    by: GroupBy,
) -> Result<Spending<String>, StoreError> {
    let filter = EntryFilter {
        list: HistoryKind::Entries,
        from: Some(zone.midnight(span.0)),
        until: span.1.succ_opt().map(|day| zone.midnight(day)),
        card: None,
        kind: None,
        product: None,
        station: None,
        searched: false,
    };
    let (mut sums, mut after) = (Spending::default(), None);
    loop {
        let (entries, next) = app.table.history(company, &filter, PAGE, after.as_ref(), |_| true).await?;
        for entry in &entries {
            add(app, &mut sums, entry, zone, by);
        }
        after = next;
        if after.is_none() {
            return Ok(sums);
        }
    }
}

fn add(app: &App, sums: &mut Spending<String>, entry: &Entry, zone: Zone, by: GroupBy) {
    match entry {
        Entry::Purchase(fill) => {
            if let State::Captured(Capture { at, quantity, amount, .. }) = &fill.state {
                let (key, quantity) = place(app, &fill.hold, fill.card.as_str(), *at, *quantity, zone, by);
                sums.bought(key, Spent { quantity, amount: *amount });
            }
        }
        Entry::Refund(back) => {
            let (key, quantity) = place(app, &back.hold, back.card.as_str(), back.at, back.quantity, zone, by);
            sums.returned(key, Spent { quantity, amount: back.amount });
        }
        Entry::Decline(_) | Entry::Payment { .. } | Entry::Adjustment(_) | Entry::Transfer(_) => {}
    }
}

/// Under which key it counts, and how much of it.
fn place(
    app: &App,
    hold: &Hold,
    card: &str,
    at: DateTime<Utc>,
    quantity: Millilitres,
    zone: Zone,
    by: GroupBy,
) -> (String, Millilitres) {
    let catalogue = app.catalogue();
    let product = catalogue.by_ix(hold.product);
    let in_litres = product.is_some_and(|product| product.unit == Unit::Litre);
    let litres = if in_litres { quantity } else { Millilitres::ZERO };
    match by {
        GroupBy::Day => (zone.date(at).to_string(), litres),
        GroupBy::Card => (card.to_owned(), litres),
        GroupBy::Station => (hold.station.to_string(), litres),
        GroupBy::Product => (product.map(|product| product.code.to_string()).unwrap_or_default(), quantity),
    }
}

impl SpendingItem {
    /// The sums as the wire has them.
    pub fn all(sums: &Spending<String>) -> Vec<Self> {
        let items =
            sums.sums().map(|(key, spent)| Self { key: key.clone(), quantity: spent.quantity, amount: spent.amount });
        items.collect()
    }
}
