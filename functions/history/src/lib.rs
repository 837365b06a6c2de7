//! What happened: entries and declines, and the whole life of each.

mod journal;
mod life;
mod list;
mod report;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(life::read))
        .routes(routes!(journal::list))
        .routes(routes!(report::report))
}
