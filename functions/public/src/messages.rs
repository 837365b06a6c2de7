//! Writing to the administration.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::http::{Json, Origin, Problem};
use oktan_shared::messages::{MessageAsk, receive};
use serde::Serialize;

/// It will be read.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = MessageTaken)]
pub struct Taken {}

/// Writes to the administration. `how` says which of `reply_to` the answer goes to.
#[utoipa::path(
    post, path = "/v1/public/messages", tag = "public", operation_id = "send_message", request_body = MessageAsk,
    responses((status = 202, body = Taken)),
)]
pub async fn send(
    State(app): State<App>,
    origin: Origin,
    Json(ask): Json<MessageAsk>,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    receive(&app, &origin, ask).await?;
    Ok((StatusCode::ACCEPTED, Json(Taken {})))
}
