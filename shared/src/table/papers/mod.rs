//! The accountant's papers as rows: requisites, closed months, invoices, and the numbers that they have.

mod invoices;
mod ledger;
mod months;
mod numbers;
mod seller;

pub use invoices::{Invoice, Invoiced, NewInvoice};
pub use months::{ClosedMonth, Upd};
