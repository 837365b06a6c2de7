//! Terminals of a station: created with a secret that is shown once, revoked at once.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::auth::{Secret, random_bytes, token_hash};
use oktan_shared::domain::{StationCode, TerminalId};
use oktan_shared::http::{Json, List, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::Terminal;
use oktan_shared::wire::NothingAsk;
use serde::Serialize;
use serde_json::{Value, json};

/// A new terminal.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TerminalCreated {
    terminal_id: TerminalId,
    /// Shown this once.
    secret: Secret,
}

/// A terminal.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TerminalView {
    terminal_id: TerminalId,
    created_at: DateTime<Utc>,
    /// `null` while it works.
    #[schema(required)]
    revoked_at: Option<DateTime<Utc>>,
}

/// The terminals of a station.
#[utoipa::path(
    get, path = "/v1/staff/stations/{code}/terminals", tag = "staff", operation_id = "list_terminals",
    params(("code" = StationCode, Path)), responses((status = 200, body = List<TerminalView>)),
    security(("session" = ["StaffRead"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(code): Path<StationCode>,
) -> Result<Json<List<TerminalView>>, Problem> {
    app.table.station(&code).await?.ok_or_else(Problem::not_found)?;
    let terminals = app.table.terminals(&code).await?.into_iter().map(|terminal| TerminalView {
        terminal_id: terminal.id,
        created_at: terminal.created_at,
        revoked_at: terminal.revoked_at,
    });
    Ok(Json(List::whole(terminals.collect())))
}

/// Adds a terminal to a station.
#[utoipa::path(
    post, path = "/v1/staff/stations/{code}/terminals", tag = "staff", operation_id = "create_terminal",
    params(("code" = StationCode, Path)), request_body = Option<NothingAsk>,
    responses((status = 201, body = TerminalCreated)), security(("session" = ["Provision"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(code): Path<StationCode>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<(StatusCode, Json<TerminalCreated>), Problem> {
    let now = app.clock.now();
    let secret = Secret::random();
    let terminal = Terminal {
        id: TerminalId::from_random(random_bytes()),
        station: code.clone(),
        secret_hash: token_hash(secret.reveal()),
        revoked_at: None,
        created_at: now,
    };
    let act = Act {
        at: now,
        actor: who.actor(),
        action: "terminal.create".to_owned(),
        subject: format!("terminal {}", terminal.id),
        before: Value::Null,
        after: json!({ "station": code }),
        reason: String::new(),
    };
    match app.table.create_terminal(&terminal, &act).await? {
        true => Ok((StatusCode::CREATED, Json(TerminalCreated { terminal_id: terminal.id, secret }))),
        false => Err(Problem::not_found()),
    }
}

/// Revokes a terminal; its tokens stop working at once.
#[utoipa::path(
    delete, path = "/v1/staff/stations/{code}/terminals/{id}", tag = "staff", operation_id = "revoke_terminal",
    params(("code" = StationCode, Path), ("id" = TerminalId, Path)), responses((status = 204)),
    security(("session" = ["Provision"])),
)]
pub async fn revoke(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path((code, id)): Path<(StationCode, TerminalId)>,
) -> Result<StatusCode, Problem> {
    let terminal = app.table.terminal(&id).await?.filter(|terminal| terminal.station == code);
    let terminal = terminal.ok_or_else(Problem::not_found)?;
    if terminal.revoked_at.is_none() {
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: "terminal.revoke".to_owned(),
            subject: format!("terminal {id}"),
            before: json!({ "station": code }),
            after: Value::Null,
            reason: String::new(),
        };
        // Refused only where somebody else revoked it meanwhile: it is revoked either way.
        app.table.revoke_terminal(&code, &id, &act).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
