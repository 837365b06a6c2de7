//! A company's money, as defined once in docs/architecture.md.

use crate::app::App;
use crate::domain::account::Account;
use crate::domain::lasting::Pace;
use crate::domain::window::Zone;
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
    /// How many whole days `available` lasts at the pace of the days behind, at most 999; `null` with less than seven days of
    /// data, or where nothing was bought on them.
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
    /// What a day of these cost, returns taken off; parts of a kopeck are dropped, not rounded.
    pub per_day: Kopecks,
    /// How many days were counted: the last thirty that are over and written down, or what there is of them; while they are
    /// not written down, those of this month.
    pub days: u32,
    /// The first day counted, in the company's zone.
    pub from: NaiveDate,
    /// The last one; today only where this month is counted.
    pub to: NaiveDate,
}

impl BalanceView {
    /// A company's money now, in one round trip, of a company of this zone; in two where its days are not written down.
    ///
    /// # Errors
    /// 404 for no company.
    pub async fn of_company(app: &App, company: CompanyId, zone: Zone) -> Result<Self, Problem> {
        let now = app.clock.now();
        let read = app.table.account_with_purses(company, zone, now).await?;
        let (account, spent, recent) = read.ok_or_else(Problem::not_found)?;
        let view = Self::of(&account, &spent, now);
        let today = account.zone.date(now);
        let pace = match recent.filter(|recent| recent.are_enough(today)) {
            Some(recent) => Pace::of_recent(&recent, today),
            None => view.pace_of_month(app, &account).await?,
        };
        Ok(view.lasting(pace))
    }

    /// The month so far, from the company's first entry on.
    async fn pace_of_month(&self, app: &App, account: &Account) -> Result<Option<Pace>, Problem> {
        let today = account.zone.date(self.as_of);
        let whole = today.with_day(1).and_then(|first| Pace::until_today(first, today, self.spent_this_month));
        // Who could not have enough days need not be looked up.
        let Some(whole) = whole else { return Ok(None) };
        let first = app.table.first_entry_at(account.company).await?.map_or(today, |at| account.zone.date(at));
        Ok(Pace::until_today(whole.from.max(first), today, self.spent_this_month))
    }

    fn lasting(self, pace: Option<Pace>) -> Self {
        let basis =
            |pace: Pace| DaysLeftBasis { per_day: pace.per_day(), days: pace.days, from: pace.from, to: pace.to };
        Self { days_left: pace.map(|pace| pace.lasts(self.available)), days_left_basis: pace.map(basis), ..self }
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
            days_left: None,
            days_left_basis: None,
            as_of: now,
        }
    }
}
