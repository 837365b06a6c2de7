//! What was spent, added up.

use axum::extract::State;
use chrono::{Datelike as _, NaiveDate};
use oktan_shared::App;
use oktan_shared::domain::{Day, Invalid};
use oktan_shared::http::{Client, Json, List, Problem, Query, grant};
use oktan_shared::wire::{GroupBy, SpendingItem, spending};
use serde::Deserialize;

/// Days of one report: a year.
const DAYS_MAX: i64 = 366;

/// Which span, and by what it is added up.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SpendingFilter {
    /// From this day on, in the company's zone; the first of the month of `to` unless said.
    from: Option<Day>,
    /// Until this day, which is included; today unless said.
    to: Option<Day>,
    /// By what it is added up; by day unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<GroupBy>)]
    group_by: GroupBy,
}

/// What the company spent within at most 366 days, returns taken off, in the order of the keys.
#[utoipa::path(
    get, path = "/v1/reports/spending", tag = "history", operation_id = "report_spending", params(SpendingFilter),
    responses((status = 200, body = List<SpendingItem>)), security(("session" = ["Read"])),
)]
pub async fn report(
    State(app): State<App>,
    who: Client<grant::Read>,
    Query(filter): Query<SpendingFilter>,
) -> Result<Json<List<SpendingItem>>, Problem> {
    let zone = who.account.zone;
    let to = filter.to.map_or_else(|| zone.date(app.clock.now()), Day::get);
    let from = filter.from.map_or_else(|| first_of_month(to), Day::get);
    if from > to {
        return Err(Problem::field("to", &Invalid::new("span_reversed", "the span ends before it begins")));
    }
    if (to - from).num_days() >= DAYS_MAX {
        return Err(Problem::field("from", &Invalid::new("span_too_long", "a report is of at most 366 days")));
    }
    let sums = spending(&app, who.company, zone, (from, to), filter.group_by).await?;
    Ok(Json(List::whole(SpendingItem::all(&sums))))
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}
