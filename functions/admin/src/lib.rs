//! The staff desk: companies, cards, payments, stations, the reconciliation of claims, what two people decide.

mod approvals;
mod asking;
mod card;
mod cards;
mod claim;
mod claims;
mod companies;
mod edit;
mod journal;
mod messages;
mod news;
mod overview;
mod payments;
mod preview;
mod prices;
mod products;
mod provision;
mod refund;
mod replace;
mod reversal;
mod station_page;
mod stations;
mod terminals;
mod unmatched;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(companies::list, provision::create))
        .routes(routes!(companies::read, edit::edit))
        .routes(routes!(asking::credit))
        .routes(routes!(asking::close))
        .routes(routes!(approvals::list))
        .routes(routes!(approvals::approve))
        .routes(routes!(approvals::refuse))
        .routes(routes!(companies::suspend))
        .routes(routes!(companies::resume))
        .routes(routes!(overview::balance))
        .routes(routes!(overview::history))
        .routes(routes!(overview::entry))
        .routes(routes!(journal::of_company))
        .routes(routes!(journal::of_staff))
        .routes(routes!(overview::users))
        .routes(routes!(overview::cards, cards::issue))
        .routes(routes!(card::read))
        .routes(routes!(card::block))
        .routes(routes!(card::unblock))
        .routes(routes!(card::reset_tries))
        .routes(routes!(replace::replace))
        .routes(routes!(replace::close))
        .routes(routes!(claims::list))
        .routes(routes!(claim::approve))
        .routes(routes!(claim::refuse))
        .routes(routes!(payments::post))
        .routes(routes!(reversal::ask))
        .routes(routes!(refund::ask))
        .routes(routes!(messages::list))
        .routes(routes!(messages::close))
        .routes(routes!(news::list, news::create))
        .routes(routes!(news::read, news::edit, news::delete))
        .routes(routes!(preview::preview))
        .routes(routes!(products::list, products::create))
        .routes(routes!(products::edit))
        .routes(routes!(products::add_rate))
        .routes(routes!(products::remove_rate))
        .routes(routes!(prices::read, prices::set))
        .routes(routes!(unmatched::list, unmatched::record))
        .routes(routes!(unmatched::assign))
        .routes(routes!(stations::list, stations::create))
        .routes(routes!(stations::read, stations::edit))
        .routes(routes!(station_page::read, station_page::edit))
        .routes(routes!(terminals::list, terminals::create))
        .routes(routes!(terminals::revoke))
}
