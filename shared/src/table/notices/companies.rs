//! What the scheduler tells companies of: a low balance, once for each time it falls below what the company wants to have,
//! and each week that is over.

use super::{Audience, Notice};
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::ids::WriteId;
use crate::domain::notice::{Event, week_to_tell};
use crate::domain::{CompanyId, Kopecks};
use crate::table::Table;
use crate::table::accounts::read_account;
use crate::table::error::{StoreError, TransactionOutcome};
use crate::table::item::{Item, find, get};
use crate::table::key::{self, index};
use crate::table::outbox::{self, Intent};
use crate::table::read::{Query, peek};
use crate::table::schema::GSI1;
use crate::table::write::{Values, Write};
use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

/// Companies looked at at once.
const PAGE: usize = 100;

/// Companies that were told of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Announced {
    /// Of a low balance.
    pub low: usize,
    /// Of their week.
    pub weeks: usize,
}

impl Table {
    /// Writes a notice for each company that has less available than it wants to have and was not told since it had more,
    /// and for each whose week is over and not told of; how many of each. For the scheduler: it looks at every company.
    ///
    /// # Errors
    /// The last thing that failed; the others were told of.
    pub async fn tell_companies(&self, now: DateTime<Utc>) -> Result<Announced, StoreError> {
        let (mut told, mut failed, mut start) = (Announced::default(), None, None);
        loop {
            let values = Values::none().with("pk", index::COMPANIES.to_owned());
            let condition = "#gsi1pk = :pk";
            let query =
                Query { index: Some(GSI1), condition, filter: None, values, newest_first: false, limit: PAGE, start };
            let (rows, last) = self.query(query).await?;
            let companies = rows.iter().map(|row| {
                let pk: String = get(row, "pk")?;
                pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))
            });
            let keys = companies.map(|id: Result<CompanyId, _>| id.map(key::account)).collect::<Result<Vec<_>, _>>()?;
            let mut accounts = self.batch(&keys).await?;
            for row in keys.iter().filter_map(|key| accounts.take(key)) {
                let account = match read_account(&row) {
                    Ok(account) => account,
                    Err(error) => {
                        tracing::error!(%error, "an account cannot be read");
                        failed = Some(error);
                        continue;
                    }
                };
                match self.look_at_balance(&account, &row, now).await {
                    Ok(new) => told.low += usize::from(new),
                    Err(error) => failed = Some(not_told(error, &account)),
                }
                match self.look_at_week(&account, &row, now).await {
                    Ok(new) => told.weeks += usize::from(new),
                    Err(error) => failed = Some(not_told(error, &account)),
                }
            }
            start = last;
            if start.is_none() {
                return failed.map_or(Ok(told), Err);
            }
        }
    }

    /// Whether the company was told of its balance now.
    async fn look_at_balance(&self, account: &Account, row: &Item, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let Some(threshold) = peek::<Kopecks>(Some(row), "low_at")? else { return Ok(false) };
        if account.status == CompanyStatus::Closed {
            return Ok(false);
        }
        let was_told = peek(Some(row), "low_told")?.unwrap_or(false);
        let is_low = account.available < threshold;
        if is_low == was_told {
            return Ok(false);
        }
        let key = key::account(account.company);
        let values = Values::none().with("threshold", threshold).with("low", is_low).with("was", was_told);
        let unmoved = "(attribute_not_exists(#low_told) OR #low_told = :was) AND #low_at = :threshold";
        let write = |condition: &str| Write::default().update(self, &key, "SET #low_told = :low", condition, values);
        let write = if is_low {
            let event = Event::LowBalance { available: account.available, threshold };
            let notice = Notice { to: Audience::company(account.company), event, at: now };
            write(&format!("{unmoved} AND #available < :threshold"))
                .mail(self, outbox::row(&Intent::Notice(notice), now))
        } else {
            write(&format!("{unmoved} AND #available >= :threshold"))
        };
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(is_low),
            // It moved meanwhile: the next look sees it.
            Err(TransactionOutcome::Refused(_) | TransactionOutcome::Conflict) => Ok(false),
            Err(TransactionOutcome::Failed(error)) => Err(error),
        }
    }

    /// Whether the company was told of its week now. The first week is only remembered: nobody looked before it.
    async fn look_at_week(&self, account: &Account, row: &Item, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let Some(week) = week_to_tell(account.zone.local(now)) else { return Ok(false) };
        let told: Option<NaiveDate> = find(row, "week_told")?;
        if told.is_some_and(|told| told >= week) || account.status == CompanyStatus::Closed {
            return Ok(false);
        }
        let (unmoved, values) = match told {
            Some(told) => ("#week_told = :told", Values::none().with("told", told)),
            None => ("attribute_not_exists(#week_told)", Values::none()),
        };
        let values = values.with("week", week);
        let key = key::account(account.company);
        let write = Write::default().update(self, &key, "SET #week_told = :week", unmoved, values);
        let write = match told.and_then(|_| week.checked_add_days(Days::new(6))) {
            Some(to) => {
                let event = Event::WeeklySummary { from: week, to, sums: Vec::new() };
                let notice = Notice { to: Audience::company(account.company), event, at: now };
                write.mail(self, outbox::row(&Intent::Notice(notice), now))
            }
            None => write,
        };
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(told.is_some()),
            Err(TransactionOutcome::Refused(_) | TransactionOutcome::Conflict) => Ok(false),
            Err(TransactionOutcome::Failed(error)) => Err(error),
        }
    }
}

fn not_told(error: StoreError, account: &Account) -> StoreError {
    tracing::warn!(%error, company = %account.company, "a company could not be told");
    error
}
