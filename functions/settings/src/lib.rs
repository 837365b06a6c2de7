//! What a company and its people chose, what is on file of the company, and what each was told of.

mod bell;
mod company;
mod preferences;
mod profile;
mod unsubscribe;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(company::read, company::edit))
        .routes(routes!(profile::read))
        .routes(routes!(preferences::read, preferences::edit))
        .routes(routes!(preferences::mail_works))
        .routes(routes!(bell::list))
        .routes(routes!(bell::see))
        .routes(routes!(unsubscribe::read, unsubscribe::end))
}
