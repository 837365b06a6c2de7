//! Failures that slow further tries: of a login, known or not, and of an address.

use super::Table;
use super::error::StoreError;
use super::item::get;
use super::key;
use super::write::Values;
use crate::domain::UserId;
use chrono::{DateTime, TimeDelta, Utc};

/// Failures after which tries are delayed.
const FREE_FAILURES: u32 = 5;
/// The first delay; it doubles with every failure up to [`DELAY_MAX`].
const DELAY: TimeDelta = TimeDelta::seconds(30);
/// The longest delay.
const DELAY_MAX: TimeDelta = TimeDelta::hours(1);
/// The span in which an address's failures are counted.
const ADDRESS_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// How long a password is being checked at the most.
const UNDER_WAY: TimeDelta = TimeDelta::seconds(2);
/// Looks at a counter that other tries hold up, about two seconds in all.
const HELD_BACK_MAX: u32 = 16;
/// The span in which mail is counted.
const MAIL_WINDOW: TimeDelta = TimeDelta::hours(1);
/// Credential mails to one person in that span.
const USER_MAILS_MAX: u32 = 10;
/// Failures of a login are forgotten this long after the last.
const FORGET: TimeDelta = TimeDelta::hours(24);

/// Whose failures are counted.
#[derive(Debug, Clone)]
pub enum Throttle {
    /// A login, by its hash: unknown ones count as known ones do.
    Login(String),
    /// An address, and how many failures it may have in 15 minutes.
    Address(String, u32),
    /// Mail that somebody else causes: whose, by id or hash, and how many may go out in an hour.
    Mail(String, u32),
}

impl Throttle {
    fn name(&self) -> String {
        match self {
            Self::Login(hash) => format!("LOGIN#{hash}"),
            Self::Address(address, _) => format!("ADDRESS#{address}"),
            Self::Mail(whose, _) => format!("MAIL#{whose}"),
        }
    }
}

/// A try that is not heard.
#[derive(Clone, Copy)]
struct Refused {
    until: DateTime<Utc>,
    /// Whether what stands in its way may be tries that are still being checked.
    under_way: bool,
}

impl Throttle {
    /// The throttle of credential mail to a person, whatever asks for it.
    pub fn mail_to(user: UserId) -> Self {
        Self::Mail(user.to_string(), USER_MAILS_MAX)
    }

    /// How many there may be within a fixed span, of those that are counted so.
    fn window(&self) -> Option<(u32, TimeDelta)> {
        match self {
            Self::Login(_) => None,
            Self::Address(_, most) => Some((*most, ADDRESS_WINDOW)),
            Self::Mail(_, most) => Some((*most, MAIL_WINDOW)),
        }
    }

    /// From when on the next try is heard, after so many failures.
    fn heard_from(&self, failures: u32, last: DateTime<Utc>, since: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.window() {
            None => delay_after(failures).map(|delay| last + delay),
            Some((most, span)) => (failures >= most).then(|| since + span),
        }
    }

    /// Whether the failures so far lie too far back to count.
    fn is_forgotten(&self, last: DateTime<Utc>, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.window().map_or(now - last >= FORGET, |(_, span)| now - since >= span)
    }
}

/// The delay after so many failures of a login.
fn delay_after(failures: u32) -> Option<TimeDelta> {
    let over = failures.checked_sub(FREE_FAILURES)?;
    Some(DELAY.checked_mul(1 << over.min(10)).unwrap_or(DELAY_MAX).min(DELAY_MAX))
}

impl Table {
    /// Takes one try of each of these before it is made, so that tries made at once are counted too. `Err` with the
    /// instant from which the next try is heard.
    ///
    /// Tries under way may all turn out right: one that comes while they are is held back a moment before it is refused.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take_try(
        &self,
        who: &[Throttle],
        now: DateTime<Utc>,
    ) -> Result<Result<(), DateTime<Utc>>, StoreError> {
        for one in who {
            let mut attempt = 0;
            while let Err(refused) = self.count_try(one, now).await? {
                attempt += 1;
                let settled = refused.is_some_and(|refused| !refused.under_way);
                if settled || attempt == HELD_BACK_MAX {
                    return Ok(Err(refused.map_or(now + UNDER_WAY, |refused| refused.until)));
                }
                super::write::pause(attempt).await;
            }
        }
        Ok(Ok(()))
    }

    /// Counts a try if it may be made now. `Err(None)`: another was counted meanwhile.
    async fn count_try(&self, who: &Throttle, now: DateTime<Utc>) -> Result<Result<(), Option<Refused>>, StoreError> {
        let key = key::throttle(&who.name());
        if let Some((most, span)) = who.window() {
            // Many people may share an address: their tries are added up and do not get in each other's way.
            let values = Values::none().with("one", 1u32).with("most", most).with("now", now);
            let values = values.with("old", now - span).with("ttl", (now + FORGET).timestamp());
            let more = "SET #last_at = :now, #ttl = :ttl ADD #failures :one";
            if self.update_in(&self.cabinet, &key, more, "#since > :old AND #failures < :most", values).await? {
                return Ok(Ok(()));
            }
        }
        let row = self.row(&key).await?;
        let counted: Option<(u32, DateTime<Utc>, DateTime<Utc>)> = match &row {
            Some(row) => Some((get(row, "failures")?, get(row, "last_at")?, get(row, "since")?)),
            None => None,
        };
        let values = |failures: u32, since: DateTime<Utc>| {
            let ttl = (now + FORGET).timestamp();
            Values::none().with("failures", failures).with("now", now).with("since", since).with("ttl", ttl)
        };
        let update = "SET #failures = :failures, #last_at = :now, #since = :since, #ttl = :ttl";
        let Some((failures, last, since)) = counted else {
            let first =
                self.update_in(&self.cabinet, &key, update, "attribute_not_exists(#pk)", values(1, now)).await?;
            return Ok(if first { Ok(()) } else { Err(None) });
        };
        if let Some(until) = who.heard_from(failures, last, since).filter(|until| *until > now) {
            // A mail is not taken back.
            let may_end = !matches!(who, Throttle::Mail(..));
            return Ok(Err(Some(Refused { until, under_way: may_end && now - last < UNDER_WAY })));
        }
        let (next, since) =
            if who.is_forgotten(last, since, now) { (1, now) } else { (failures.saturating_add(1), since) };
        let unmoved = values(next, since).with("before", failures);
        let done = self.update_in(&self.cabinet, &key, update, "#failures = :before", unmoved).await?;
        Ok(if done { Ok(()) } else { Err(None) })
    }

    /// Takes a try back that was none: the counts are what they were before it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn try_was_none(&self, who: &[Throttle]) -> Result<(), StoreError> {
        for one in who {
            let values = Values::none().with("less", -1i64).with("none", 0u32);
            let key = key::throttle(&one.name());
            self.update_in(&self.cabinet, &key, "ADD #failures :less", "#failures > :none", values).await?;
        }
        Ok(())
    }

    /// Takes a try back that turned out right: a login starts afresh, an address has one failure less.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn try_was_right(&self, who: &[Throttle]) -> Result<(), StoreError> {
        for one in who {
            let key = key::throttle(&one.name());
            match one {
                Throttle::Login(_) => {
                    let none = Values::none().with("none", 0u32);
                    self.update_in(&self.cabinet, &key, "SET #failures = :none", "attribute_exists(#pk)", none).await?
                }
                Throttle::Address(..) | Throttle::Mail(..) => {
                    let one = Values::none().with("less", -1i64).with("none", 0u32);
                    self.update_in(&self.cabinet, &key, "ADD #failures :less", "#failures > :none", one).await?
                }
            };
        }
        Ok(())
    }
}
