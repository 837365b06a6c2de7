//! Days that are over are added up once, so that a report need not read every entry of them.

use chrono::{Days, Months, NaiveDate, TimeDelta};
use oktan_shared::App;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::lasting::RecentDays;
use oktan_shared::domain::spending::Spending;
use oktan_shared::table::StoreError;
use std::time::{Duration, Instant};

/// How long after its end a day is added up: what was posted in its last moments is seen everywhere by then.
const AFTER: TimeDelta = TimeDelta::hours(1);
/// How often all companies are gone through: somewhere a day ends every hour.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// How long a tick does this; the next one goes on.
const FOR: Duration = Duration::from_secs(60);
/// Companies read at once.
const PAGE: usize = 100;
/// Of how much past the entries are read at once.
const SPAN: Months = Months::new(1);

/// Adds up every company's days that are over and were not; how many companies had some.
///
/// # Errors
/// The last thing that failed; the other companies' days were added up.
pub async fn close(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    if app.table.days_closed_at().await?.is_some_and(|at| now - at < EVERY) {
        return Ok(0);
    }
    let (began, mut closed, mut failed, mut after) = (Instant::now(), 0, None, None);
    loop {
        let (companies, next) = app.table.companies(PAGE, after.as_ref()).await?;
        for (_, account) in &companies {
            if began.elapsed() > FOR {
                return failed.map_or(Ok(closed), Err);
            }
            match company(app, account).await {
                Ok(some) => closed += usize::from(some),
                Err(error) => {
                    tracing::warn!(%error, company = %account.company, "a company's days were not added up");
                    failed = Some(error);
                }
            }
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    match failed {
        Some(error) => Err(error),
        None => app.table.say_days_closed(now).await.map(|()| closed),
    }
}

/// Whether the company had days to be added up.
async fn company(app: &App, account: &Account) -> Result<bool, StoreError> {
    let (id, zone) = (account.company, account.zone);
    let Some(last) = zone.date(app.clock.now() - AFTER).pred_opt() else { return Ok(false) };
    let mut recent = app.table.recent_days(id, zone).await?;
    let mut from = match &recent {
        Some(recent) if recent.until >= last => return Ok(false),
        Some(recent) => recent.until + Days::new(1),
        None => match app.table.first_entry_at(id).await? {
            Some(first) => zone.date(first).min(last),
            None => last,
        },
    };
    while from <= last {
        let to = last.min(end_of_span(from));
        let days = app.table.count_days(id, zone, (from, to)).await?;
        let cost = |day| days.get(&day).map(Spending::total);
        let written = RecentDays::after(recent, (from, to), cost);
        app.table.close_days(id, zone, &days, &written).await?;
        recent = Some(written);
        from = to + Days::new(1);
    }
    Ok(true)
}

fn end_of_span(from: NaiveDate) -> NaiveDate {
    from.checked_add_months(SPAN).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
}
