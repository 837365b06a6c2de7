//! One click back.

use crate::rules::{To, change};
use crate::wire::RulesView;
use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::CardNumber;
use oktan_shared::http::{Client, IfMatch, OptionalJson, Path, Problem, grant};
use oktan_shared::wire::NothingAsk;

/// Gives a card the rules it had before they were changed last. Once more takes that back.
#[utoipa::path(
    post, path = "/v1/cards/{number}/limits/restore", tag = "limits", operation_id = "restore_limits",
    params(("number" = CardNumber, Path), ("If-Match" = Option<String>, Header)),
    request_body = Option<NothingAsk>,
    responses((status = 200, body = RulesView)), security(("session" = ["ManageLimits"])),
)]
pub async fn restore(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Path(number): Path<CardNumber>,
    edition: Option<IfMatch>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Response, Problem> {
    change(&app, &who, &number, edition.unwrap_or(IfMatch::ANY), To::Previous).await
}
