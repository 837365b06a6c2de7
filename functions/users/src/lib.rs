//! People: a company's own, and the staff.

mod ask;
mod change;
mod company;
mod credentials;
mod desk;
mod staff;
mod view;
mod whose;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(company::list, company::add))
        .routes(routes!(company::edit, company::deactivate))
        .routes(routes!(company::reissue))
        .routes(routes!(desk::add))
        .routes(routes!(desk::edit))
        .routes(routes!(desk::reissue))
        .routes(routes!(staff::list, staff::add))
        .routes(routes!(staff::edit, staff::deactivate))
        .routes(routes!(staff::reissue))
        .routes(routes!(staff::remove_totp))
}
