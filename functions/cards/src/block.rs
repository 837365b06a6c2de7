//! Block and unblock: repeating changes nothing, and after the answer nothing is approved.

use crate::one::answer;
use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::acts::set_block;
use oktan_shared::domain::CardNumber;
use oktan_shared::domain::card::Side;
use oktan_shared::http::{Client, OptionalJson, Path, Problem, grant};
use oktan_shared::wire::{CardDetails, ReasonAsk};

/// Blocks a card; blocking a blocked card changes nothing.
#[utoipa::path(
    post, path = "/v1/cards/{number}/block", tag = "cards", operation_id = "block_card",
    params(("number" = CardNumber, Path)), request_body = Option<ReasonAsk>,
    responses((status = 200, body = CardDetails)), security(("session" = ["Block"])),
)]
pub async fn block(
    State(app): State<App>,
    who: Client<grant::Block>,
    Path(number): Path<CardNumber>,
    OptionalJson(ask): OptionalJson<ReasonAsk>,
) -> Result<Response, Problem> {
    set_block(&app, who.company, &number, Side::Client, true, who.actor(), ask.reason).await?;
    answer(&app, who.company, &number).await
}

/// Unblocks what the client blocked.
#[utoipa::path(
    post, path = "/v1/cards/{number}/unblock", tag = "cards", operation_id = "unblock_card",
    params(("number" = CardNumber, Path)), request_body = Option<ReasonAsk>,
    responses((status = 200, body = CardDetails)), security(("session" = ["ManageCards"])),
)]
pub async fn unblock(
    State(app): State<App>,
    who: Client<grant::ManageCards>,
    Path(number): Path<CardNumber>,
    OptionalJson(ask): OptionalJson<ReasonAsk>,
) -> Result<Response, Problem> {
    set_block(&app, who.company, &number, Side::Client, false, who.actor(), ask.reason).await?;
    answer(&app, who.company, &number).await
}
