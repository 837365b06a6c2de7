//! Would this fill pass now? Changes nothing.

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use oktan_shared::App;
use oktan_shared::config::HOLD_MINUTES;
use oktan_shared::domain::authorization::Verdict;
use oktan_shared::domain::card::{Facts, RuleName, RuleOutcome, refusals};
use oktan_shared::domain::pin::PinShown;
use oktan_shared::domain::promotion::Offers;
use oktan_shared::domain::quantity::{PARTIAL_MIN, QUANTITY_MAX};
use oktan_shared::domain::{CardNumber, Invalid, Kopecks, Millilitres, ProductCode, StationCode, money};
use oktan_shared::http::{Client, Json, Path, Problem, grant};
use oktan_shared::wire::{MeasureName, PeriodName, ReasonView, amount_text, highest_price};
use serde::{Deserialize, Serialize};

/// How far ahead a check may look.
const AHEAD_MAX: TimeDelta = TimeDelta::days(366);

/// A fill to try.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckAsk {
    /// The product.
    product: ProductCode,
    /// How much.
    quantity: Millilitres,
    /// Per unit; the station's list price when left out, or else the highest of the stations in service.
    price: Option<Kopecks>,
    /// Where; stations are not checked when left out.
    station_code: Option<StationCode>,
    /// When; now when left out.
    at: Option<DateTime<Utc>>,
}

/// What one rule says.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RuleView {
    /// `status`, `pin`, `holds`, `product`, `station`, `schedule`, `limit`, `budget` or `money`.
    rule: &'static str,
    /// What a limit counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<MeasureName>,
    /// Per what a limit counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodName>,
    /// What remains of a limit, in its measure.
    #[schema(required)]
    remaining: Option<String>,
    /// When a limit's window ends.
    #[schema(required)]
    resets_at: Option<DateTime<Utc>>,
    /// The most that this rule lets through.
    max_quantity: Millilitres,
    /// Whether all that was asked passes this rule.
    passes: bool,
}

/// What would happen.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CheckView {
    /// `approved`, `partial` or `declined`.
    decision: Verdict,
    /// The most that would pass; a thousandth more would not.
    max_quantity: Millilitres,
    /// The price that was reckoned with, per unit.
    price: Kopecks,
    /// What holds it.
    #[schema(required)]
    reason: Option<ReasonView>,
    /// Every rule, in the order of checking.
    rules: Vec<RuleView>,
}

/// Tries a fill against every rule.
#[utoipa::path(
    post, path = "/v1/cards/{number}/check", tag = "limits", operation_id = "check_fill",
    params(("number" = CardNumber, Path)), request_body = CheckAsk,
    responses((status = 200, body = CheckView)), security(("session" = ["ManageLimits"])),
)]
pub async fn check(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Path(number): Path<CardNumber>,
    Json(ask): Json<CheckAsk>,
) -> Result<Json<CheckView>, Problem> {
    let refuse = |field: &str, code: &'static str, message: &str| Problem::field(field, &Invalid::new(code, message));
    let record = app.table.card(who.company, &number).await?.ok_or_else(Problem::not_found)?;
    let catalogue = app.table.catalogue_of([&ask.product]).await?;
    let product = catalogue
        .by_code(&ask.product)
        .ok_or_else(|| refuse("product", "product_unknown", "there is no such product"))?;
    if !ask.quantity.is_positive() || ask.quantity > QUANTITY_MAX {
        return Err(refuse("quantity", "quantity_out_of_range", "a quantity is 0.001 to 99999.999"));
    }
    let stations = app.table.stations().await?;
    let station = match &ask.station_code {
        Some(code) => Some(
            stations
                .iter()
                .find(|station| station.code == *code)
                .ok_or_else(|| refuse("station_code", "station_unknown", "there is no such station"))?,
        ),
        None => None,
    };
    let list_price = match station {
        Some(station) => station.fuels.get(&product.code).copied(),
        None => highest_price(&stations, &product.code),
    };
    let price = ask
        .price
        .or(list_price)
        .ok_or_else(|| refuse("price", "price_unknown", "no station lists this product: name a price"))?;
    if !price.is_positive() || money::cost(ask.quantity, price) > money::AMOUNT_MAX {
        return Err(refuse("price", "amount_out_of_range", "a price is above zero and the amount not too large"));
    }
    let now = app.clock.now();
    let at = ask.at.unwrap_or(now);
    if at < now - TimeDelta::minutes(1) || at > now + AHEAD_MAX {
        return Err(refuse("at", "instant_out_of_range", "a check looks at now or at most a year ahead"));
    }
    let facts = Facts {
        rules: &record.rules,
        allowance: &record.allowance,
        account: &record.account,
        catalogue: &catalogue,
        offers: &Offers::default(),
        station_closed: station.is_some_and(|station| station.closed),
        list_price,
        holds_max: app.config.holds_max,
        hold_minutes: HOLD_MINUTES,
        pin: PinShown::Nothing,
    };
    let outcomes = record.row.card.check(product.ix, price, station.map(|station| &station.code), &facts, at);
    let max_quantity = outcomes.iter().map(|outcome| outcome.max_quantity).min().unwrap_or_default();
    // The same reason that a terminal would be given.
    let reason = refusals(&outcomes, ask.quantity).into_iter().min_by_key(|reason| reason.max_quantity);
    Ok(Json(CheckView {
        decision: if reason.is_none() {
            Verdict::Approved
        } else if max_quantity >= PARTIAL_MIN {
            Verdict::Partial
        } else {
            Verdict::Declined
        },
        max_quantity,
        price,
        reason: reason.map(|reason| ReasonView::of(&reason, ask.quantity, record.account.zone, &app)),
        rules: outcomes.iter().map(|outcome| rule_view(outcome, ask.quantity)).collect(),
    }))
}

fn rule_view(outcome: &RuleOutcome, asked: Millilitres) -> RuleView {
    RuleView {
        rule: match outcome.rule {
            RuleName::Status => "status",
            RuleName::Pin => "pin",
            RuleName::Holds => "holds",
            RuleName::Product => "product",
            RuleName::Station => "station",
            RuleName::Schedule => "schedule",
            RuleName::Limit(_) => "limit",
            RuleName::Budget => "budget",
            RuleName::Money => "money",
        },
        measure: outcome.note.map(|note| note.measure.into()),
        period: outcome.note.map(|note| note.period.into()),
        remaining: outcome.note.map(|note| amount_text(note.remaining)),
        resets_at: outcome.note.and_then(|note| note.resets_at),
        max_quantity: outcome.max_quantity,
        passes: outcome.passes(asked),
    }
}
