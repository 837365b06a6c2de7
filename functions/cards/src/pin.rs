//! The PIN of a card: set, taken away, its wrong tries forgiven. It is never told.

use crate::one::answer;
use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::acts::{PinChange, change_pin};
use oktan_shared::domain::{CardNumber, Pin};
use oktan_shared::http::{Client, Json, OptionalJson, Path, Problem, grant};
use oktan_shared::wire::{CardDetails, NothingAsk};
use serde::Deserialize;

/// A PIN to set.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinAsk {
    /// Four digits.
    pin: Pin,
}

/// Sets a card's PIN, whatever it had before; wrong tries are forgiven.
#[utoipa::path(
    put, path = "/v1/cards/{number}/pin", tag = "cards", operation_id = "set_pin",
    params(("number" = CardNumber, Path)), request_body = PinAsk,
    responses((status = 200, body = CardDetails)), security(("session" = ["ManageCards"])),
)]
pub async fn set(
    State(app): State<App>,
    who: Client<grant::ManageCards>,
    Path(number): Path<CardNumber>,
    Json(ask): Json<PinAsk>,
) -> Result<Response, Problem> {
    change(&app, &who, &number, PinChange::Set(&ask.pin)).await
}

/// Takes a card's PIN away: a pump asks for none any more.
#[utoipa::path(
    delete, path = "/v1/cards/{number}/pin", tag = "cards", operation_id = "remove_pin",
    params(("number" = CardNumber, Path)),
    responses((status = 200, body = CardDetails)), security(("session" = ["ManageCards"])),
)]
pub async fn remove(
    State(app): State<App>,
    who: Client<grant::ManageCards>,
    Path(number): Path<CardNumber>,
) -> Result<Response, Problem> {
    change(&app, &who, &number, PinChange::Remove).await
}

/// Forgives the wrong PINs of a card: a locked one is taken again.
#[utoipa::path(
    post, path = "/v1/cards/{number}/pin/reset-tries", tag = "cards", operation_id = "reset_pin_tries",
    params(("number" = CardNumber, Path)), request_body = Option<NothingAsk>,
    responses((status = 200, body = CardDetails)), security(("session" = ["ManageCards"])),
)]
pub async fn reset_tries(
    State(app): State<App>,
    who: Client<grant::ManageCards>,
    Path(number): Path<CardNumber>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Response, Problem> {
    change(&app, &who, &number, PinChange::Forgive).await
}

async fn change(
    app: &App,
    who: &Client<grant::ManageCards>,
    number: &CardNumber,
    change: PinChange<'_>,
) -> Result<Response, Problem> {
    change_pin(app, who.company, number, change, who.actor(), true).await?;
    answer(app, who.company, number).await
}
