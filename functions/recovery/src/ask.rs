//! What a stranger asks. Nothing is looked up here: the answer and its timing are the same, whoever is meant.

use crate::facts::FactsAsk;
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::text::{Email, Identifier, Phone};
use oktan_shared::http::{Json, Origin, Problem};
use oktan_shared::table::{FiledClaim, Intent, Throttle};
use serde::{Deserialize, Serialize};

/// Who forgot the password.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoveryAsk {
    /// A login, an address or an INN.
    identifier: Identifier,
}

/// Who has no mailbox either.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimAsk {
    /// A login, an address or an INN.
    identifier: Identifier,
    /// What is on file.
    confirm: FactsAsk,
    /// Where mail should go from now on.
    new_email: Email,
    /// Where to call back.
    phone: Phone,
}

/// It will be looked at.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Accepted {}

/// Asks for a link to the registered address.
#[utoipa::path(
    post, path = "/v1/recovery", tag = "recovery", operation_id = "request_recovery",
    request_body = RecoveryAsk, responses((status = 202, body = Accepted)),
)]
pub async fn recovery(
    State(app): State<App>,
    origin: Origin,
    Json(ask): Json<RecoveryAsk>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    later(&app, &origin, &Intent::RecoveryAsked { identifier: ask.identifier }).await
}

/// Brings a case to the reconciliation desk.
#[utoipa::path(
    post, path = "/v1/recovery/claims", tag = "recovery", operation_id = "file_claim",
    request_body = ClaimAsk, responses((status = 202, body = Accepted)),
)]
pub async fn claim(
    State(app): State<App>,
    origin: Origin,
    Json(ask): Json<ClaimAsk>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (said, new_email, phone) = (ask.confirm.into(), ask.new_email, ask.phone);
    later(&app, &origin, &Intent::ClaimFiled(FiledClaim { identifier: ask.identifier, said, new_email, phone })).await
}

/// One count for the address, one row of the outbox: the only writes, and no read of anybody.
async fn later(app: &App, origin: &Origin, intent: &Intent) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let now = app.clock.now();
    // Apart from the address's failed sign-ins; behind a gateway that tells no address nobody can be told apart by it.
    let throttle = (!origin.address.is_empty())
        .then(|| Throttle::Address(format!("RECOVERY#{}", origin.address), app.config.address_failures_max));
    if let Err(until) = app.table.take_try(throttle.as_slice(), now).await? {
        return Err(Problem::too_many("too_many_attempts", until - now));
    }
    app.table.ask_later(intent, now).await?;
    Ok((StatusCode::ACCEPTED, Json(Accepted {})))
}
