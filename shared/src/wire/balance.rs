//! A company's money, as defined once in docs/architecture.md.

use crate::app::App;
use crate::domain::account::Account;
use crate::domain::{CompanyId, Kopecks};
use crate::http::Problem;
use crate::table::PurseSpent;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;

/// A company's money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BalanceView {
    /// Payments − purchases + refunds ± adjustments; negative is a debt.
    pub balance: Kopecks,
    /// Open holds of account cards.
    pub held: Kopecks,
    /// balance − on_purses − held + credit_limit.
    pub available: Kopecks,
    /// How far below zero the balance may go.
    pub credit_limit: Kopecks,
    /// Moved to purses and not yet bought with.
    pub on_purses: Kopecks,
    /// Bought today, returns taken off.
    pub spent_today: Kopecks,
    /// Bought this month, returns taken off.
    pub spent_this_month: Kopecks,
    /// How many days `available` lasts at this month's pace; `null` where nothing was bought this month.
    #[schema(required)]
    pub days_left: Option<u32>,
    /// What `days_left` goes by; `null` with it.
    #[schema(required)]
    pub days_left_basis: Option<DaysLeftBasis>,
    /// When this was so.
    pub as_of: DateTime<Utc>,
}

/// What a forecast of days goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DaysLeftBasis {
    /// What a day of these cost, returns taken off; kopecks are dropped, not rounded.
    pub per_day: Kopecks,
    /// The first day counted, in the company's zone.
    pub from: NaiveDate,
    /// The last one: today.
    pub to: NaiveDate,
}

/// The longest forecast in days.
const DAYS_MAX: i64 = 999;

impl BalanceView {
    /// A company's money now, in one round trip.
    ///
    /// # Errors
    /// 404 for no company.
    pub async fn of_company(app: &App, company: CompanyId) -> Result<Self, Problem> {
        let now = app.clock.now();
        let read = app.table.account_with_purses(company, now).await?;
        let (account, spent) = read.ok_or_else(Problem::not_found)?;
        Ok(Self::of(&account, &spent, now))
    }

    fn of(account: &Account, purses: &PurseSpent, now: DateTime<Utc>) -> Self {
        let today = account.zone.date(now);
        // A day that has not come yet (a zone that moved west, a clock a little behind another) counts as today.
        let of_today = account.day >= today;
        let of_month = (account.day.year(), account.day.month()) >= (today.year(), today.month());
        let since = |holds: bool, amount: Kopecks| if holds { amount } else { Kopecks::ZERO };
        let spent_this_month = since(of_month, account.month_spent).saturating_add(purses.month);
        Self {
            balance: account.balance.saturating_sub(purses.total),
            held: account.held,
            available: account.available,
            credit_limit: account.credit_limit,
            on_purses: account.moved.saturating_sub(purses.total),
            spent_today: since(of_today, account.day_spent).saturating_add(purses.day),
            spent_this_month,
            days_left: days_left(account.available, spent_this_month, today.day()),
            days_left_basis: days_left_basis(spent_this_month, today),
            as_of: now,
        }
    }
}

/// The days of this month so far, and what each cost.
fn days_left_basis(spent: Kopecks, today: NaiveDate) -> Option<DaysLeftBasis> {
    let per_day = Kopecks::new(spent.get().checked_div(i64::from(today.day()))?);
    spent.is_positive().then_some(DaysLeftBasis { per_day, from: today.with_day(1)?, to: today })
}

/// Whole days that `available` lasts when each costs what this month's days cost so far.
fn days_left(available: Kopecks, spent: Kopecks, days: u32) -> Option<u32> {
    if !spent.is_positive() {
        return None;
    }
    let lasting = i128::from(available.get().max(0)) * i128::from(days) / i128::from(spent.get());
    u32::try_from(lasting.min(i128::from(DAYS_MAX))).ok()
}
