//! Tickets: a company's people and OKTAN's staff write to each other. Disputes: a company says that a purchase is not right.

mod assign;
mod begin;
mod client;
mod correct;
mod disputes;
mod queue;
mod staff;
mod talk;
mod unblock;
mod view;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(client::list, begin::create))
        .routes(routes!(correct::ask))
        .routes(routes!(client::read))
        .routes(routes!(client::write))
        .routes(routes!(client::close))
        .routes(routes!(client::mark))
        .routes(routes!(queue::list))
        .routes(routes!(staff::read))
        .routes(routes!(staff::write))
        .routes(routes!(staff::close))
        .routes(routes!(staff::mark))
        .routes(routes!(assign::assign, assign::release))
        .routes(routes!(unblock::unblock))
        .routes(routes!(disputes::open::open))
        .routes(routes!(disputes::client::list))
        .routes(routes!(disputes::client::read))
        .routes(routes!(disputes::client::withdraw))
        .routes(routes!(disputes::staff::list))
        .routes(routes!(disputes::staff::read))
        .routes(routes!(disputes::staff::refuse))
}
