//! A company's cards: the list, one card, its label, its block, its PIN.

mod block;
mod bulk;
mod groups;
mod jobs;
mod list;
mod one;
mod pin;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(groups::list))
        .routes(routes!(bulk::bulk))
        .routes(routes!(jobs::read))
        .routes(routes!(jobs::undo))
        .routes(routes!(one::read, one::edit))
        .routes(routes!(block::block))
        .routes(routes!(block::unblock))
        .routes(routes!(pin::set, pin::remove))
        .routes(routes!(pin::reset_tries))
}
