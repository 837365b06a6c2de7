//! Passwords: the first one and a new one, getting in again by a link and two facts, filing a claim.
//!
//! Everything that judges a new password is here and not in `login`: the judge's word lists are half of a function.

mod ask;
mod confirm;
mod facts;
mod password;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(password::change))
        .routes(routes!(password::activate))
        .routes(routes!(ask::recovery))
        .routes(routes!(ask::claim))
        .routes(routes!(confirm::state, confirm::confirm))
}
