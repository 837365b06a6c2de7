//! What these rules would have decided on what was really asked of the card. Changes nothing.

use crate::wire::{LimitAsk, ProductChoice, RulesAsk, ScheduleView, StationChoice};
use axum::extract::State;
use chrono::{DateTime, Days, Utc};
use oktan_shared::App;
use oktan_shared::config::HOLD_MINUTES;
use oktan_shared::domain::authorization::Authorization;
use oktan_shared::domain::budget::Allowance;
use oktan_shared::domain::card::Facts;
use oktan_shared::domain::pin::PinShown;
use oktan_shared::domain::promotion::Offers;
use oktan_shared::domain::{CardNumber, Invalid, Millilitres, ProductCode, StationCode};
use oktan_shared::http::{Client, Json, Path, Problem, grant};
use oktan_shared::table::EntryKey;
use oktan_shared::wire::{EntryView, ReasonView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far back rules are tried, in days.
const DAYS_MAX: u16 = 366;

/// Rules to try, and on how many days.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BacktestAsk {
    /// At most 20; all must pass.
    limits: Vec<LimitAsk>,
    /// What may be bought.
    products: Option<ProductChoice>,
    /// When.
    schedule: Option<ScheduleView>,
    /// Where.
    stations: Option<StationChoice>,
    /// This many days before today, and today; 1 to 366, 30 when left out.
    #[serde(default = "a_month")]
    #[schema(minimum = 1, maximum = 366, default = 30)]
    days: u16,
}

fn a_month() -> u16 {
    30
}

/// An ask that would have been decided otherwise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OtherwiseView {
    /// The purchase or the decline in history.
    entry_id: String,
    /// When it was asked.
    at: DateTime<Utc>,
    /// Where.
    station_code: StationCode,
    /// What.
    #[schema(required)]
    product: Option<ProductCode>,
    /// How much: what was set aside for a purchase, what was asked of a decline.
    quantity: Millilitres,
    /// Why it would be declined; `null` for what would pass.
    #[schema(required)]
    reason: Option<ReasonView>,
}

/// What would have been otherwise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BacktestView {
    /// Since when.
    from: DateTime<Utc>,
    /// Purchases since then.
    fills: u32,
    /// Declines since then.
    declines: u32,
    /// The purchases that would have been declined, oldest first. What is refused uses nothing.
    refused: Vec<OtherwiseView>,
    /// The declines that would have passed in whole, oldest first; only what rules alone had refused.
    released: Vec<OtherwiseView>,
}

/// Tries rules on the card's past.
#[utoipa::path(
    post, path = "/v1/cards/{number}/limits/backtest", tag = "limits", operation_id = "backtest_limits",
    params(("number" = CardNumber, Path)), request_body = BacktestAsk,
    responses((status = 200, body = BacktestView)), security(("session" = ["ManageLimits"])),
)]
pub async fn backtest(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Path(number): Path<CardNumber>,
    Json(ask): Json<BacktestAsk>,
) -> Result<Json<BacktestView>, Problem> {
    let BacktestAsk { limits, products, schedule, stations, days } = ask;
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(Problem::field("days", &Invalid::new("days_out_of_range", "1 to 366 days")));
    }
    let ask = RulesAsk { limits, products, schedule, stations };
    let rules = ask.to_rules(&app, &crate::rules::station_codes(&app, &ask).await?)?;
    let record = app.table.card(who.company, &number).await?.ok_or_else(Problem::not_found)?;
    let past = app.table.past_of(&number).await?.ok_or_else(|| {
        Problem::conflict("card_past_too_long", "this card has more operations than can be tried at once")
    })?;
    let catalogue = app.catalogue();
    let facts = Facts {
        rules: &rules,
        allowance: &Allowance::default(),
        account: &record.account,
        catalogue: &catalogue,
        offers: &Offers::default(),
        station_closed: false,
        list_price: None,
        holds_max: app.config.holds_max,
        hold_minutes: HOLD_MINUTES,
        pin: PinShown::Nothing,
    };
    let zone = record.account.zone;
    let today = zone.date(app.clock.now());
    let from = zone.midnight(today.checked_sub_days(Days::new(days.into())).unwrap_or(today));
    let found = record.row.card.backtest(&past, &facts, from);
    let view = |asked: &Authorization, quantity| OtherwiseView {
        entry_id: EntryView::id(&EntryKey::Authorization(asked.card.clone(), asked.hold.request), &app),
        at: asked.hold.authorized_at,
        station_code: asked.hold.station.clone(),
        product: catalogue.by_ix(asked.hold.product).map(|product| product.code.clone()),
        quantity,
        reason: None,
    };
    Ok(Json(BacktestView {
        from,
        fills: found.fills,
        declines: found.declines,
        refused: found
            .refused
            .iter()
            .map(|(asked, reason)| OtherwiseView {
                reason: Some(ReasonView::of(reason, asked.hold.quantity, zone, &app)),
                ..view(asked, asked.hold.quantity)
            })
            .collect(),
        released: found.released.iter().map(|asked| view(asked, asked.hold.asked)).collect(),
    }))
}
