//! What is printed and what the books say: the act that goes with the cards, closed months with their УПД and registers, the
//! account report, the act of reconciliation, invoices, history as a file, and the seller's requisites that stand on papers.

mod act;
mod act_page;
mod books;
mod close;
mod download;
mod export;
mod figures;
mod hand_over;
mod invoice_page;
mod invoices;
mod months;
mod page;
mod parties;
mod register;
mod requisites;
mod seller;
mod sheets;
mod upd;

use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(hand_over::sheet))
        .routes(routes!(export::export))
        .routes(routes!(export::export_for_staff))
        .routes(routes!(months::list))
        .routes(routes!(months::read))
        .routes(routes!(months::list_for_staff))
        .routes(routes!(months::read_for_staff))
        .routes(routes!(close::close))
        .routes(routes!(books::report))
        .routes(routes!(books::report_for_staff))
        .routes(routes!(books::act))
        .routes(routes!(books::act_for_staff))
        .routes(routes!(invoices::list, invoices::create))
        .routes(routes!(invoices::read))
        .routes(routes!(invoices::list_for_staff))
        .routes(routes!(invoices::read_for_staff))
        .routes(routes!(seller::read, seller::save))
}
