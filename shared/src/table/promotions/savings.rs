//! What companies saved: counters beside what they spent, in all and by promotion, so that nobody goes through a history.

use crate::domain::{CompanyId, Kopecks, PromotionId};
use crate::table::error::StoreError;
use crate::table::item::{Item, find, get};
use crate::table::{Table, key};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::collections::BTreeMap;

/// The name of a counter begins so; the promotion follows.
const PREFIX: &str = "saved_";

/// The counter of what a promotion saved.
pub(in crate::table) fn saved_by(promotion: PromotionId) -> String {
    format!("{PREFIX}{promotion}")
}

/// What a company saved, what its returns took back taken off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Savings {
    /// Ever.
    pub total: Kopecks,
    /// In the month that was asked for.
    pub month: Kopecks,
    /// By promotion, but for what stands at the participation by now.
    pub(super) by: BTreeMap<PromotionId, Kopecks>,
    /// The same by row: the account's first, then the purses', those that are there.
    pub(super) rows: Vec<(key::Key, BTreeMap<PromotionId, Kopecks>)>,
}

impl Savings {
    /// What a promotion saved a company; `folded` is what stands at its participation.
    pub fn by(&self, promotion: PromotionId, folded: Kopecks) -> Kopecks {
        self.by.get(&promotion).copied().unwrap_or_default().saturating_add(folded)
    }

    fn add(&mut self, key: key::Key, row: &Item, today: NaiveDate) -> Result<(), StoreError> {
        let day: NaiveDate = get(row, "day")?;
        self.total = self.total.saturating_add(find(row, "saved")?.unwrap_or_default());
        // A month that has not come yet counts as the one asked for, as what was spent does.
        if (day.year(), day.month()) >= (today.year(), today.month()) {
            self.month = self.month.saturating_add(find(row, "month_saved")?.unwrap_or_default());
        }
        let mut own = BTreeMap::new();
        for (name, value) in row {
            let Some(promotion) = name.strip_prefix(PREFIX).and_then(|id| PromotionId::parse(id).ok()) else {
                continue;
            };
            let saved = value.as_n().ok().and_then(|n| n.parse().ok()).map(Kopecks::new);
            let saved = saved.ok_or(StoreError::Corrupt("saved"))?;
            own.insert(promotion, saved);
            let sum = self.by.entry(promotion).or_default();
            *sum = sum.saturating_add(saved);
        }
        self.rows.push((key, own));
        Ok(())
    }
}

impl Table {
    /// What a company saved. One round trip.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn savings(&self, company: CompanyId, now: DateTime<Utc>) -> Result<Savings, StoreError> {
        let account = key::account(company);
        let shards = (0..key::SPENT_SHARDS).map(|n| key::spent(company, n));
        let keys: Vec<_> = std::iter::once(account.clone()).chain(shards).collect();
        let mut rows = self.batch(&keys).await?;
        let mut savings = Savings::default();
        let Some(account) = rows.take(&account) else { return Ok(savings) };
        let today = crate::table::accounts::read_account(&account)?.zone.date(now);
        savings.add(key::account(company), &account, today)?;
        for key in keys {
            if let Some(row) = rows.take(&key) {
                savings.add(key, &row, today)?;
            }
        }
        Ok(savings)
    }
}
