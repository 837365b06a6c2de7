//! Files that staff bring: the register of companies, the bank's statement.

mod companies;
mod place;
pub mod register;
mod statement;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(companies::import)).routes(routes!(statement::import))
}
