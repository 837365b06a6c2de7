//! What a company's purse cards spent, spread over a few rows so that they do not meet.

use super::error::StoreError;
use super::item::{Item, get};
use super::key::SPENT_SHARDS;
use crate::domain::Kopecks;
use crate::domain::ids::RequestId;
use chrono::{Datelike, NaiveDate};

/// What purse cards spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PurseSpent {
    /// Ever.
    pub total: Kopecks,
    /// On the day asked for.
    pub day: Kopecks,
    /// In that day's month.
    pub month: Kopecks,
}

impl PurseSpent {
    pub(super) fn add(&mut self, shard: &Item, today: NaiveDate) -> Result<(), StoreError> {
        let day: NaiveDate = get(shard, "day")?;
        self.total = self.total.saturating_add(get(shard, "total")?);
        // A day that has not come yet counts as the one asked for, as on the account.
        if day >= today {
            self.day = self.day.saturating_add(get(shard, "day_spent")?);
        }
        if (day.year(), day.month()) >= (today.year(), today.month()) {
            self.month = self.month.saturating_add(get(shard, "month_spent")?);
        }
        Ok(())
    }
}

/// Which of the rows of a company's purse purchases a request counts in.
pub(super) fn shard_of(request: RequestId) -> u8 {
    request.get().as_bytes()[15] % SPENT_SHARDS
}
