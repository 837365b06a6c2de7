//! Failures that slow further tries: of a login, known or not, and of an address.

use super::Table;
use super::error::StoreError;
use super::item::{find, get};
use super::key;
use super::write::Values;
use chrono::{DateTime, TimeDelta, Utc};

/// Failures after which tries are delayed.
const FREE_FAILURES: u32 = 5;
/// The first delay; it doubles with every failure up to [`DELAY_MAX`].
const DELAY: TimeDelta = TimeDelta::seconds(30);
/// The longest delay.
const DELAY_MAX: TimeDelta = TimeDelta::hours(1);
/// The span in which an address's failures are counted.
const ADDRESS_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures of a login are forgotten this long after the last.
const FORGET: TimeDelta = TimeDelta::hours(24);

/// Whose failures are counted.
#[derive(Debug, Clone)]
pub enum Throttle {
    /// A login, by its hash: unknown ones count as known ones do.
    Login(String),
    /// An address, and how many failures it may have in 15 minutes.
    Address(String, u32),
}

impl Throttle {
    fn name(&self) -> String {
        match self {
            Self::Login(hash) => format!("LOGIN#{hash}"),
            Self::Address(address, _) => format!("ADDRESS#{address}"),
        }
    }
}

/// The delay after so many failures of a login.
fn delay_after(failures: u32) -> Option<TimeDelta> {
    let over = failures.checked_sub(FREE_FAILURES)?;
    Some(DELAY.checked_mul(1 << over.min(10)).unwrap_or(DELAY_MAX).min(DELAY_MAX))
}

impl Table {
    /// When the next try is heard, if not now.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn throttled_until(
        &self,
        who: &[Throttle],
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let keys: Vec<_> = who.iter().map(|w| key::throttle(&w.name())).collect();
        let mut rows = self.batch(&keys).await?;
        let mut latest = None;
        for (who, key) in who.iter().zip(&keys) {
            let Some(row) = rows.take(key) else { continue };
            let (failures, last): (u32, DateTime<Utc>) = (get(&row, "failures")?, get(&row, "last_at")?);
            let until = match who {
                Throttle::Login(_) => delay_after(failures).map(|delay| last + delay),
                Throttle::Address(_, most) => {
                    let since: Option<DateTime<Utc>> = find(&row, "since")?;
                    (failures >= *most).then(|| since.unwrap_or(last) + ADDRESS_WINDOW)
                }
            };
            latest = latest.max(until.filter(|until| *until > now));
        }
        Ok(latest)
    }

    /// Counts a failure.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn count_failure(&self, who: &Throttle, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (span, start) = match who {
            Throttle::Login(_) => (FORGET, "#last_at"),
            Throttle::Address(..) => (ADDRESS_WINDOW, "#since"),
        };
        let values = || {
            Values::none()
                .with("one", 1u32)
                .with("now", now)
                .with("old", now - span)
                .with("ttl", (now + FORGET).timestamp())
        };
        let key = key::throttle(&who.name());
        let more = "SET #last_at = :now, #ttl = :ttl ADD #failures :one";
        if !self.update_in(&self.cabinet, &key, more, &format!("{start} > :old"), values()).await? {
            let again = "SET #last_at = :now, #since = :now, #ttl = :ttl, #failures = :one";
            let stale = format!("attribute_not_exists(#pk) OR {start} <= :old");
            self.update_in(&self.cabinet, &key, again, &stale, values()).await?;
        }
        Ok(())
    }

    /// Forgets the failures of a login that signed in.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn forget_failures(&self, who: &Throttle, now: DateTime<Utc>) -> Result<(), StoreError> {
        let values = Values::none().with("none", 0u32).with("now", now);
        let update = "SET #failures = :none, #last_at = :now";
        self.update_in(&self.cabinet, &key::throttle(&who.name()), update, "attribute_exists(#pk)", values)
            .await
            .map(|_| ())
    }
}
