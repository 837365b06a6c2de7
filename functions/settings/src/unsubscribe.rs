//! No more mail of a kind, by the link of a letter and without signing in.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use oktan_shared::App;
use oktan_shared::domain::UserId;
use oktan_shared::domain::notice::{NoticeKind, Preferences};
use oktan_shared::http::{Json, Path, Problem, Raw};
use oktan_shared::table::pause;
use oktan_shared::unsubscribe::Unsubscribe;
use oktan_shared::wire::NoticeKindName;
use serde::Serialize;

/// Writes of one person's choice that may be in each other's way.
const ATTEMPTS_MAX: u32 = 8;

/// A kind of mail to one person.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct UnsubscribeView {
    kind: NoticeKindName,
    /// Whether mail of it is sent.
    mail: bool,
}

/// What a link ends, and whether it did already. Who follows it in a browser is sent to the page of the same link.
#[utoipa::path(
    get, path = "/v1/unsubscribe/{token}", tag = "settings", operation_id = "read_unsubscribe",
    params(("token" = String, Path)), responses((status = 200, body = UnsubscribeView), (status = 303)),
)]
pub async fn read(State(app): State<App>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let (user, kind) = meant(&app, &token).await?;
    let wanted = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if wanted.contains("text/html") {
        return Ok(Redirect::to(&format!("/unsubscribe/{token}")).into_response());
    }
    let mail = app.table.wants_mail(user, kind).await?;
    Ok(Json(UnsubscribeView { kind: kind.into(), mail }).into_response())
}

/// Ends the mail of a kind; repeating changes nothing. A mail program posts a form here (RFC 8058), whatever it says.
#[utoipa::path(
    post, path = "/v1/unsubscribe/{token}", tag = "settings", operation_id = "unsubscribe",
    params(("token" = String, Path)), responses((status = 200, body = UnsubscribeView)),
)]
pub async fn end(
    State(app): State<App>,
    Path(token): Path<String>,
    _form: Raw,
) -> Result<Json<UnsubscribeView>, Problem> {
    let (user, kind) = meant(&app, &token).await?;
    for attempt in 1..=ATTEMPTS_MAX {
        let before = app.table.preferences(&[user]).await?.pop().unwrap_or_default();
        let after: Preferences = before.clone().with(kind, Some(false), None);
        if after == before || app.table.save_preferences(user, &after).await? {
            return Ok(Json(UnsubscribeView { kind: kind.into(), mail: false }));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

async fn meant(app: &App, token: &str) -> Result<(UserId, NoticeKind), Problem> {
    let (user, kind) = Unsubscribe::open(app, token).ok_or_else(Problem::not_found)?;
    app.table.person(user).await?.ok_or_else(Problem::not_found)?;
    Ok((user, kind))
}
