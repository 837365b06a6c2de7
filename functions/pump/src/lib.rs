//! The pump: a station's terminal asks before fuel flows, then posts what was dispensed.

mod authorize;
mod id;
mod refund;
mod settle;
mod token;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(token::issue))
        .routes(routes!(authorize::authorize))
        .routes(routes!(settle::state))
        .routes(routes!(settle::capture))
        .routes(routes!(settle::reverse))
        .routes(routes!(refund::refund))
}
