//! A person's sessions, listed and ended.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::SessionId;
use oktan_shared::http::{Json, List, Path, Problem, Settled};
use serde::Serialize;

/// One of a person's sessions.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OwnSession {
    id: SessionId,
    created_at: DateTime<Utc>,
    /// To the minute.
    last_used_at: DateTime<Utc>,
    /// Where it came from.
    address: String,
    /// The browser's own words.
    device: String,
    /// Whether it is the one that asks.
    current: bool,
}

/// The sessions of who asks.
#[utoipa::path(
    get, path = "/v1/sessions", tag = "session", operation_id = "list_sessions",
    responses((status = 200, body = List<OwnSession>)), security(("session" = ["SignedIn"])),
)]
pub async fn list(State(app): State<App>, me: Settled) -> Result<Json<List<OwnSession>>, Problem> {
    let sessions = app.table.sessions(&me.who, app.clock.now()).await?;
    let own = sessions.into_iter().map(|session| OwnSession {
        id: session.id,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        address: session.address,
        device: session.device,
        current: session.id == me.session.id,
    });
    Ok(Json(List::whole(own.collect())))
}

/// Ends one of the sessions of who asks.
#[utoipa::path(
    delete, path = "/v1/sessions/{id}", tag = "session", operation_id = "end_session",
    params(("id" = SessionId, Path)), responses((status = 204)), security(("session" = ["SignedIn"])),
)]
pub async fn end(State(app): State<App>, me: Settled, Path(id): Path<SessionId>) -> Result<StatusCode, Problem> {
    match app.table.end_session(me.who.id, id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found()),
    }
}
