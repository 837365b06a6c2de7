//! The staff desk: companies, cards, payments, stations.

mod cards;
mod companies;
mod overview;
mod payments;
mod provision;
mod stations;
mod terminals;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(companies::list, provision::create))
        .routes(routes!(companies::read))
        .routes(routes!(companies::suspend))
        .routes(routes!(companies::resume))
        .routes(routes!(overview::balance))
        .routes(routes!(overview::history))
        .routes(routes!(overview::users))
        .routes(routes!(overview::cards, cards::issue))
        .routes(routes!(cards::block))
        .routes(routes!(cards::unblock))
        .routes(routes!(payments::post))
        .routes(routes!(stations::list, stations::create))
        .routes(routes!(terminals::list, terminals::create))
        .routes(routes!(terminals::revoke))
}
