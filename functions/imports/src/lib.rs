//! Files that staff bring: the register of companies.

mod companies;
mod place;
pub mod register;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(companies::import))
}
