//! The plan, what is shared of it and how long it lasts.

use crate::lines::{self, all_cards, cards, numbers};
use crate::view::{AmountsView, BudgetPeriod, LineAsk, LineView, Returned, may_share};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{Datelike, NaiveDate};
use oktan_shared::App;
use oktan_shared::acts::shares::{self, Wanted, Wish, Wishes};
use oktan_shared::domain::account::Account;
use oktan_shared::domain::budget::{Budget, Forecast, Pace, Portion, Sum, forecast};
use oktan_shared::domain::window::Period;
use oktan_shared::domain::{CompanyId, Kopecks, Millilitres, ProductCode};
use oktan_shared::http::{Client, Cursor, IfMatch, Json, Problem, grant, with_etag};
use oktan_shared::wire::JobStarted;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Lines that come with the budget; the others are a list of their own.
const LINES: usize = 99;

/// A plan with the shares of it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetAsk {
    #[expect(dead_code, reason = "there is one period; naming another is refused as it is read")]
    period: BudgetPeriod,
    /// The plan in roubles; left out, roubles are not planned.
    roubles: Option<Kopecks>,
    /// The plan in litres; left out, litres are not planned.
    litres: Option<Millilitres>,
    /// Whether what is left of a month's shares adds to the next month.
    #[serde(default)]
    carry_over: bool,
    /// All shares, at most 500: a card that is not among them has none any more. Left out, shares stay as they are.
    lines: Option<Vec<LineAsk>>,
}

/// How long the plan lasts at this month's pace, and on what that stands.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ForecastView {
    /// The first day that is counted.
    since: NaiveDate,
    /// How many days are counted.
    days: i64,
    /// What a day takes.
    per_day: AmountsView,
    /// The last day that the plan reaches; `null` if it outlasts the month.
    #[schema(required)]
    until: Option<NaiveDate>,
}

/// The budget of a company.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct BudgetView {
    period: BudgetPeriod,
    /// The first day of the month that the amounts are of.
    month: NaiveDate,
    /// The plan in roubles; `null` if roubles are not planned.
    #[schema(required)]
    roubles: Option<Kopecks>,
    /// The plan in litres; `null` if litres are not planned.
    #[schema(required)]
    litres: Option<Millilitres>,
    /// Whether what is left of this month's shares adds to the next month.
    carry_over: bool,
    /// What is assigned: shares, with what exceptions brought from the reserve.
    distributed: AmountsView,
    /// What is not: `distributed` and it are the plan.
    reserve: AmountsView,
    /// What was left of last month's shares and adds to this month's, apart from the plan.
    carried: AmountsView,
    /// Bought by account cards this month.
    used: AmountsView,
    /// The highest list price of diesel, to show one measure in the other.
    #[schema(required)]
    price: Option<Kopecks>,
    /// `null` with less than seven days of data.
    #[schema(required)]
    forecast: Option<ForecastView>,
    /// Whether shares are being changed right now, so that the distribution is not yet what it will be.
    running: bool,
    /// The first shares with their use.
    lines: Vec<LineView>,
    /// Where `/v1/budget/lines` goes on; `null` if these are all.
    #[schema(required)]
    next_cursor: Option<String>,
}

/// The budget as it stands, also before there is one.
#[utoipa::path(
    get, path = "/v1/budget", tag = "budgets", operation_id = "read_budget",
    responses((status = 200, body = BudgetView)), security(("session" = ["Read"])),
)]
pub async fn read(State(app): State<App>, who: Client<grant::Read>) -> Result<Response, Problem> {
    answer(&app, who.company).await
}

/// Sets the plan, and with `lines` every share of it. More than 500 shares that change are a job.
#[utoipa::path(
    put, path = "/v1/budget", tag = "budgets", operation_id = "save_budget",
    params(("If-Match" = String, Header)), request_body = BudgetAsk,
    responses((status = 200, body = BudgetView), (status = 202, body = JobStarted)),
    security(("session" = ["ManageLimits"])),
)]
pub async fn save(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    edition: IfMatch,
    Json(ask): Json<BudgetAsk>,
) -> Result<Response, Problem> {
    numbers(ask.lines.iter().flatten().map(|line| &line.number))?;
    let done = shares::change(&app, (who.company, who.actor()), Some(edition), "budget.plan", &ask).await?;
    if let Some(job) = done.job {
        return Ok((StatusCode::ACCEPTED, Json(JobStarted::of(&job))).into_response());
    }
    answer(&app, who.company).await
}

impl Wishes for BudgetAsk {
    async fn wish(&self, app: &App, _: &Budget, account: &Account) -> Result<Wish, Problem> {
        let mut shares = Vec::new();
        if let Some(lines) = &self.lines {
            let numbers: Vec<_> = lines.iter().map(|line| line.number.clone()).collect();
            let rows = cards(app, account.company, &numbers).await?;
            shares.extend(lines.iter().zip(rows).enumerate().map(|(at, (line, row))| Wanted {
                row,
                portion: line.portion(),
                field: format!("lines[{at}]"),
            }));
            let named: HashSet<_> = numbers.iter().collect();
            let others = all_cards(app, account.company).await?.into_iter();
            let others = others.filter(|row| !row.allowance.share.portion.is_none());
            let freed = others.filter(|row| !named.contains(&row.row.card.number));
            let none = |row| Wanted { row, portion: Portion::default(), field: "lines".to_owned() };
            shares.extend(freed.map(none));
        }
        let plan = Portion { roubles: self.roubles, litres: self.litres };
        Ok(Wish { plan, carry_over: self.carry_over, shares })
    }
}

/// The budget of a company as it stands.
///
/// # Errors
/// 404 for a company that there is not.
pub async fn answer(app: &App, company: CompanyId) -> Result<Response, Problem> {
    let (budget, account) = app.table.budget(company).await?.ok_or_else(Problem::not_found)?;
    let now = app.clock.now();
    let month = account.zone.windows(now).month();
    let (rows, next) = app.table.share_page(company, LINES, None).await?;
    let carries = account.carry_over.into(month);
    let lent = budget.lent.of(month) != Sum::ZERO;
    // What is carried over and what exceptions give back lies at the cards.
    let all = if next.is_some() && (carries || lent) { all_cards(app, company).await? } else { rows.clone() };
    let (mut carried, mut returned) = (Sum::ZERO, Sum::ZERO);
    for row in &all {
        let share = &row.allowance.share;
        let stands = row.row.card.share_use(share, &account, &app.catalogue(), now);
        carried = carried.plus(share.portion.only(stands.carried));
        returned = returned.plus(row.returned(app, &account));
    }
    let reserve = budget.reserve(month).plus(returned);
    let today = account.zone.date(now);
    let used = used(&account, today);
    let diesel = ProductCode::parse("DT").ok();
    let prices = app.table.stations().await?;
    let whose = company.to_string();
    let shown = rows.iter().filter(|row| may_share(row) && !row.allowance.share.portion.is_none());
    let view = BudgetView {
        period: BudgetPeriod::Month,
        month: today.with_day(1).unwrap_or(today),
        roubles: budget.plan.roubles,
        litres: budget.plan.litres,
        carry_over: account.carry_over.on,
        distributed: budget.plan.sum().less(reserve).into(),
        reserve: reserve.into(),
        carried: carried.into(),
        used: used.into(),
        price: prices.iter().filter_map(|station| station.fuels.get(diesel.as_ref()?)).max().copied(),
        forecast: expected(app, &budget, &account, used, carried).await?,
        running: budget.run.is_some_and(|run| run.is_on(now)),
        lines: shown.map(|row| LineView::of(app, row, &account)).collect(),
        next_cursor: next.map(|position| Cursor::seal(app, &lines::filters(&whose, false), &position)),
    };
    Ok(with_etag(budget.edition, Json(view)))
}

/// What account cards bought this month.
fn used(account: &Account, today: NaiveDate) -> Sum {
    if (account.day.year(), account.day.month()) < (today.year(), today.month()) {
        return Sum::ZERO;
    }
    Sum { roubles: account.month_spent, litres: account.month_litres }
}

/// The forecast from the first day of the month, or of the company's first operation if that is later.
async fn expected(
    app: &App,
    budget: &Budget,
    account: &Account,
    used: Sum,
    carried: Sum,
) -> Result<Option<ForecastView>, Problem> {
    let now = app.clock.now();
    let today = account.zone.date(now);
    if budget.plan.is_none() || used == Sum::ZERO {
        return Ok(None);
    }
    let first = app.table.first_entry_at(account.company).await?.map(|at| account.zone.date(at));
    let since = today.with_day(1).unwrap_or(today).max(first.unwrap_or(today));
    let ends = account.zone.resets_at(Period::Month, now).map(|at| account.zone.date(at));
    let last = ends.and_then(|next| next.pred_opt()).unwrap_or(today);
    let left = budget.plan.plus(carried).plus(used.negated());
    let found = forecast(&Pace { since, today, used }, left, last);
    Ok(found.map(|Forecast { days, per_day, until }| ForecastView { since, days, per_day: per_day.into(), until }))
}
