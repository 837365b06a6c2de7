//! The company's budget: the plan, the cards' shares of it, how they are distributed; exceptions from what they
//! allow, and who is told of what they refuse.

mod budget;
mod distribute;
mod exceptions;
mod lines;
mod staff;
mod view;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(budget::read, budget::save))
        .routes(routes!(lines::list, lines::edit))
        .routes(routes!(distribute::distribute))
        .routes(routes!(exceptions::list, exceptions::grant))
        .routes(routes!(staff::budget))
        .routes(routes!(staff::lines))
        .routes(routes!(staff::exceptions))
}
