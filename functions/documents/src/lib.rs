//! What is printed: the act that goes with the cards.

mod act;
mod hand_over;
mod page;
mod requisites;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(hand_over::sheet))
}
