//! The end of a hold: what was dispensed is posted, or the hold is dropped.

use crate::id;
use axum::extract::State;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::authorization::{Authorization, State as Life};
use oktan_shared::domain::card::{CaptureRefused, Settlement};
use oktan_shared::domain::ids::RequestId;
use oktan_shared::domain::quantity::QUANTITY_MAX;
use oktan_shared::domain::{CardNumber, Invalid, Kopecks, Millilitres, ProductCode, money};
use oktan_shared::http::{Json, OptionalJson, Path, Problem, TerminalToken};
use oktan_shared::table::{Found, Placement};
use oktan_shared::wire::{EntryView, NothingAsk};
use serde::{Deserialize, Serialize};

/// Writes that may lose a race before the terminal is told to call again.
const ATTEMPTS_MAX: u32 = 64;

/// What was dispensed.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaptureAsk {
    /// Zero drops the hold.
    quantity: Millilitres,
}

/// What became of an authorization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    /// The hold is open.
    Held,
    /// It was dropped.
    Reversed,
    /// Its time ran out.
    Expired,
    /// It is a purchase.
    Captured,
}

/// The state of an authorization.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StateView {
    /// The same as was given.
    authorization_id: String,
    /// What became of it.
    state: StateName,
    /// The product.
    #[schema(required)]
    product: Option<ProductCode>,
    /// What was set aside.
    quantity: Millilitres,
    /// The money set aside.
    amount: Kopecks,
    /// Per unit.
    price: Kopecks,
    /// When it was decided.
    authorized_at: DateTime<Utc>,
    /// When the hold ends or ended.
    expires_at: DateTime<Utc>,
    /// What was captured, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    captured_quantity: Option<Millilitres>,
    /// What of it was returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    refunded_quantity: Option<Millilitres>,
}

/// The state of an authorization.
#[utoipa::path(
    get, path = "/v1/pump/authorizations/{id}", tag = "pump", operation_id = "authorization_state",
    params(("id" = String, Path)), responses((status = 200, body = StateView)), security(("terminal" = [])),
)]
pub async fn state(
    State(app): State<App>,
    asker: TerminalToken,
    Path(id): Path<String>,
) -> Result<Json<StateView>, Problem> {
    let (card, request) = id::open(&app, &asker, &id)?;
    let (_, authorization) = id::read(&app, &asker, &card, request).await?;
    Ok(Json(state_view(&app, id, &authorization)))
}

/// Posts what was dispensed; zero drops the hold.
#[utoipa::path(
    post, path = "/v1/pump/authorizations/{id}/capture", tag = "pump", operation_id = "capture",
    params(("id" = String, Path)), request_body = CaptureAsk,
    responses((status = 200, body = EntryView, description = "The purchase; for zero, the reversed state.")),
    security(("terminal" = [])),
)]
pub async fn capture(
    State(app): State<App>,
    asker: TerminalToken,
    Path(id): Path<String>,
    Json(ask): Json<CaptureAsk>,
) -> Result<axum::response::Response, Problem> {
    use axum::response::IntoResponse as _;
    if ask.quantity > QUANTITY_MAX {
        let invalid = Invalid::new("quantity_out_of_range", "a quantity is at most 99999.999");
        return Err(Problem::field("quantity", &invalid));
    }
    let (card, request) = id::open(&app, &asker, &id)?;
    let settled = settle(&app, &asker, &card, request, |found, authorization, now| {
        if money::cost(ask.quantity, authorization.hold.price) > money::AMOUNT_MAX {
            let invalid = Invalid::new("amount_too_large", "no pump dispenses this much money");
            return Err(Problem::field("quantity", &invalid));
        }
        let catalogue = app.catalogue();
        let product = catalogue.by_ix(authorization.hold.product);
        let vat = product.map_or(0, |product| product.vat_on(found.account.zone.date(now)));
        let sale = found.sale(&catalogue, vat);
        found.row.card.capture(authorization, ask.quantity, &found.terms, &sale, now).map_err(|refused| match refused {
            CaptureRefused::AlreadyCaptured => already_captured(),
            CaptureRefused::Declined => Problem::not_found(),
        })
    })
    .await?;
    Ok(match &settled.state {
        Life::Captured(capture) => Json(EntryView::purchase(&settled, capture, &app)).into_response(),
        _ => Json(state_view(&app, id, &settled)).into_response(),
    })
}

/// Drops a hold.
#[utoipa::path(
    post, path = "/v1/pump/authorizations/{id}/reverse", tag = "pump", operation_id = "reverse",
    params(("id" = String, Path)), request_body = Option<NothingAsk>,
    responses((status = 200, body = StateView)), security(("terminal" = [])),
)]
pub async fn reverse(
    State(app): State<App>,
    asker: TerminalToken,
    Path(id): Path<String>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Json<StateView>, Problem> {
    let (card, request) = id::open(&app, &asker, &id)?;
    let settled = settle(&app, &asker, &card, request, |found, authorization, now| {
        found.row.card.reverse(authorization, now).map_err(|_| already_captured())
    })
    .await?;
    Ok(Json(state_view(&app, id, &settled)))
}

fn already_captured() -> Problem {
    Problem::conflict("already_captured", "this authorization is a purchase already")
}

/// Reads, settles and writes until the write is not overtaken. The authorization as it is then.
async fn settle(
    app: &App,
    asker: &TerminalToken,
    card: &CardNumber,
    request: RequestId,
    rule: impl Fn(&Found, &Authorization, DateTime<Utc>) -> Result<Option<Settlement>, Problem>,
) -> Result<Authorization, Problem> {
    let _turn = app.table.turn(card.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let now = app.clock.now();
        let (found, authorization) = id::read(app, asker, card, request).await?;
        let Some(settled) = rule(&found, &authorization, now)? else { return Ok(authorization) };
        let catalogue = app.catalogue();
        let heir = found.heir.as_ref().map(|heir| heir.heir(&found.account, &catalogue));
        let settled = settled.passed_on(&found.row.card, heir, now);
        if app.table.settle(&found, &authorization, &settled, now).await? == Placement::Done {
            return Ok(settled.authorization);
        }
        oktan_shared::table::pause(attempt).await;
    }
    Err(Problem::unavailable())
}

fn state_view(app: &App, id: String, authorization: &Authorization) -> StateView {
    let hold = &authorization.hold;
    let (state, capture) = match &authorization.state {
        Life::Held if hold.is_open(app.clock.now()) => (StateName::Held, None),
        Life::Held | Life::Expired { .. } | Life::Declined { .. } => (StateName::Expired, None),
        Life::Reversed { .. } => (StateName::Reversed, None),
        Life::Captured(capture) => (StateName::Captured, Some(capture)),
    };
    StateView {
        authorization_id: id,
        state,
        product: app.catalogue().by_ix(hold.product).map(|product| product.code.clone()),
        quantity: hold.quantity,
        amount: hold.amount,
        price: hold.price,
        authorized_at: hold.authorized_at,
        expires_at: hold.expires_at,
        captured_quantity: capture.map(|capture| capture.quantity),
        refunded_quantity: capture.map(|capture| capture.refunded_quantity),
    }
}
