//! Promotions: the staff write and publish them, companies join and leave. What they take off is the pump's to apply.

mod ask;
mod client;
mod join;
mod staff;
mod tell;
mod view;
mod write;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(client::list))
        .routes(routes!(client::read))
        .routes(routes!(join::join, join::leave))
        .routes(routes!(staff::list, write::create))
        .routes(routes!(staff::read, write::edit, write::delete))
}
