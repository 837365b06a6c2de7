//! The one way in, when deployed: CloudFront, which adds a secret that it shares with the functions and the viewer's
//! address. Who calls the gateway past it is refused, so nobody can invent the address by which tries are counted.

use super::problem::Problem;
use crate::app::App;
use crate::auth::Secret;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq;

/// What only CloudFront knows.
const SECRET: HeaderName = HeaderName::from_static("x-origin-secret");
/// The viewer's address, as CloudFront saw it.
const VIEWER: HeaderName = HeaderName::from_static("x-viewer-address");

/// The address of who calls, vouched for by CloudFront.
#[derive(Debug, Clone)]
pub(super) struct Viewer(pub String);

pub(super) async fn only_through(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let secrets = &app.config.origin_secrets;
    if !secrets.is_empty() {
        if !is_vouched_for(request.headers(), secrets) {
            return Problem::forbidden("wrong_entrance", "call the cabinet at its own address").into_response();
        }
        let viewer = request.headers().get(VIEWER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        if let Some(address) = viewer {
            request.extensions_mut().insert(Viewer(address));
        }
    }
    next.run(request).await
}

fn is_vouched_for(headers: &HeaderMap, secrets: &[Secret]) -> bool {
    let Some(said) = headers.get(SECRET) else { return false };
    secrets.iter().any(|secret| bool::from(secret.reveal().as_bytes().ct_eq(said.as_bytes())))
}
