//! Signing in and out, sessions, the second factor.

mod device;
mod session;
mod sessions;
mod totp;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::who_am_i, session::sign_out))
        .routes(routes!(sessions::list))
        .routes(routes!(sessions::end))
        .routes(routes!(totp::start, totp::disable))
        .routes(routes!(totp::confirm))
}
