//! A browser's write from another site is refused, whatever cookie it carries.

use super::problem::Problem;
use crate::app::App;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

pub(super) async fn refuse_writes(State(app): State<App>, request: Request, next: Next) -> Response {
    if !request.method().is_safe() && is_cross_site(request.headers(), &app) {
        return Problem::forbidden("cross_site", "this call came from another site").into_response();
    }
    next.run(request).await
}

/// What the browser itself says of where the call comes from. Programs say nothing, and carry no cookie by accident.
fn is_cross_site(headers: &HeaderMap, app: &App) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return true;
    }
    text(header::ORIGIN.as_str()).is_some_and(|origin| !is_own(origin, &app.config.base_url))
}

/// Whether an origin is the cabinet's own. On a developer's machine `localhost` and `127.0.0.1` are one.
fn is_own(origin: &str, base_url: &Url) -> bool {
    let own = base_url.origin().ascii_serialization();
    let loopback = base_url.host_str() == Some("127.0.0.1");
    origin == own || (loopback && origin == own.replace("127.0.0.1", "localhost"))
}
