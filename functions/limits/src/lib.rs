//! The rules of a card: limits, products, hours, stations; and whether a fill would pass.

mod apply;
mod backtest;
mod check;
mod restore;
mod rules;
mod shown;
mod templates;
mod wire;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(rules::read, rules::save))
        .routes(routes!(rules::read_any))
        .routes(routes!(restore::restore))
        .routes(routes!(backtest::backtest))
        .routes(routes!(check::check))
        .routes(routes!(templates::list, templates::create))
        .routes(routes!(templates::change, templates::remove))
        .routes(routes!(apply::apply))
}
