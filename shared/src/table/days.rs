//! What each day that is over cost a company: rows that are derived from its entries, and may be deleted and derived again at
//! any time. A day is the company's, so its zone is in the keys: rows of a zone that it has left are not looked at.

use super::entries::{Entry, EntryFilter, HistoryKind};
use super::error::{StoreError, TransactionOutcome};
use super::item::{Item, Json, find, get};
use super::key::{self, Key};
use super::read::{Query, peek};
use super::write::{Values, Write};
use super::{RefundRow, Table};
use crate::domain::authorization::{Capture, State};
use crate::domain::ids::WriteId;
use crate::domain::lasting::RecentDays;
use crate::domain::spending::{Spending, Spent, SpentOn};
use crate::domain::window::Zone;
use crate::domain::{CardNumber, CompanyId, Kopecks, Millilitres, ProductIx, StationCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Sums of one row, which is some hundred kilobytes then; a day that has more of them is several rows.
const SUMS_MAX: usize = 2_000;
/// Rows of one write.
const ROWS_MAX: usize = 20;
/// Rows read at once: the store ends a page by its bytes before.
const PAGE: usize = 1_000;
/// Entries read at once.
const ENTRIES: usize = 500;

/// What each day cost, in the order of days; days on which nothing was bought or returned are not there.
pub type DaySums = BTreeMap<NaiveDate, Spending<SpentOn>>;

/// A sum as its row has it: thousandths of a unit, kopecks.
#[derive(Serialize, Deserialize)]
struct Sum(CardNumber, ProductIx, StationCode, i64, i64);

impl Entry {
    /// When it was posted, what it is added up by, and what it adds: what came back adds less than nothing. `None` for what
    /// is no fill.
    pub fn spent(&self) -> Option<(DateTime<Utc>, SpentOn, Spent)> {
        let (at, card, hold, spent) = match self {
            Self::Purchase(fill) => {
                let State::Captured(Capture { at, quantity, amount, .. }) = &fill.state else { return None };
                (*at, &fill.card, &fill.hold, Spent { quantity: *quantity, amount: *amount })
            }
            Self::Refund(RefundRow { at, card, hold, quantity, amount, .. }) => {
                let quantity = Millilitres::ZERO.saturating_sub(*quantity);
                (*at, card, hold, Spent { quantity, amount: amount.negated() })
            }
            Self::Decline(_) | Self::Payment { .. } | Self::Transfer(_) | Self::Adjustment(_) => return None,
        };
        let on = SpentOn { card: card.clone(), product: hold.product, station: hold.station.clone() };
        Some((at, on, spent))
    }
}

impl Table {
    /// What each day from one to another cost, both included, counted from the entries.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn count_days(
        &self,
        company: CompanyId,
        zone: Zone,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<DaySums, StoreError> {
        let filter = EntryFilter {
            list: HistoryKind::Entries,
            from: Some(zone.midnight(from)),
            until: to.succ_opt().map(|day| zone.midnight(day)),
            card: None,
            kind: None,
            product: None,
            station: None,
            searched: false,
        };
        let (mut days, mut after) = (DaySums::new(), None);
        loop {
            let (entries, next) = self.history(company, &filter, ENTRIES, after.as_ref(), |_| true).await?;
            for (at, on, spent) in entries.iter().filter_map(Entry::spent) {
                days.entry(zone.date(at)).or_default().bought(on, spent);
            }
            after = next;
            if after.is_none() {
                return Ok(days);
            }
        }
    }

    /// Up to which day a company's days are written down, and what the last of them cost.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recent_days(&self, company: CompanyId, zone: Zone) -> Result<Option<RecentDays>, StoreError> {
        self.row(&key::days_until(company, zone)).await?.as_ref().map(read_recent).transpose()
    }

    /// What each day from one to another cost, both included, as it was written down. One round trip for each megabyte.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn day_sums(
        &self,
        company: CompanyId,
        zone: Zone,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<DaySums, StoreError> {
        let (first, last) = (key::day(company, zone, from, 0), key::day(company, zone, to, usize::MAX));
        let (mut days, mut start) = (DaySums::new(), None);
        loop {
            let values = Values::none().with("pk", first.pk.clone()).with("first", first.sk.clone());
            let (rows, next) = self
                .query(Query {
                    index: None,
                    condition: "#pk = :pk AND #sk BETWEEN :first AND :last",
                    filter: None,
                    values: values.with("last", last.sk.clone()),
                    newest_first: false,
                    limit: PAGE,
                    start,
                })
                .await?;
            for row in &rows {
                let Json(sums): Json<Vec<Sum>> = get(row, "sums")?;
                let day = days.entry(get(row, "day")?).or_default();
                for Sum(card, product, station, quantity, amount) in sums {
                    self.know(crate::domain::ProductSet::EMPTY.with(product)).await?;
                    let spent = Spent { quantity: Millilitres::new(quantity), amount: Kopecks::new(amount) };
                    day.bought(SpentOn { card, product, station }, spent);
                }
            }
            start = next;
            if start.is_none() {
                return Ok(days);
            }
        }
    }

    /// Writes down what days cost, then that all days until the last one are written down, and what the last ones cost.
    /// Who does the same at the same time writes the same.
    ///
    /// # Errors
    /// When the store does not answer: what was written is written again.
    pub async fn close_days(
        &self,
        company: CompanyId,
        zone: Zone,
        days: &DaySums,
        recent: &RecentDays,
    ) -> Result<(), StoreError> {
        let rows: Vec<_> = days.iter().flat_map(|(day, sums)| day_rows(company, zone, *day, sums)).collect();
        for rows in rows.chunks(ROWS_MAX) {
            let write = rows.iter().fold(Write::default(), |write, row| write.replace(self, row.clone()));
            self.commit(write, WriteId::new(Uuid::new_v4())).await.map_err(TransactionOutcome::into_error)?;
        }
        let later = "attribute_not_exists(#until) OR #until < :until";
        let costs: Vec<_> = recent.costs.iter().map(|cost| cost.get()).collect();
        let values = Values::none().with("until", recent.until).with("costs", Json(costs));
        let key: Key = key::days_until(company, zone);
        self.update_in(&self.cabinet, &key, "SET #until = :until, #costs = :costs", later, values).await.map(|_| ())
    }

    /// When all companies were last gone through for days that are over.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn days_closed_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        peek(self.row(&key::days_closed()).await?.as_ref(), "at")
    }

    /// Says that all companies were gone through.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn say_days_closed(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        let write = Write::default().replace(self, key::days_closed().build().with("at", at).item());
        self.commit(write, WriteId::new(Uuid::new_v4())).await.map_err(TransactionOutcome::into_error)
    }
}

pub(super) fn read_recent(row: &Item) -> Result<RecentDays, StoreError> {
    let costs: Option<Json<Vec<i64>>> = find(row, "costs")?;
    let costs = costs.map(|Json(costs)| costs.into_iter().map(Kopecks::new).collect()).unwrap_or_default();
    Ok(RecentDays { until: get(row, "until")?, costs })
}

fn day_rows(company: CompanyId, zone: Zone, day: NaiveDate, sums: &Spending<SpentOn>) -> Vec<Item> {
    let sums: Vec<_> = sums
        .sums()
        .map(|(on, spent)| {
            let SpentOn { card, product, station } = on.clone();
            Sum(card, product, station, spent.quantity.get(), spent.amount.get())
        })
        .collect();
    let mut rows = Vec::new();
    let mut sums = sums.into_iter().peekable();
    while sums.peek().is_some() {
        let part: Vec<_> = sums.by_ref().take(SUMS_MAX).collect();
        let row = key::day(company, zone, day, rows.len()).build().with("day", day).with("sums", Json(part));
        rows.push(row.item());
    }
    rows
}
