//! The accountant's papers: what a month was, to the kopeck, and how it is said on paper.
//!
//! A [`Movement`] is an entry as the books see it. A [`MonthBook`] takes the movements of a month in the order of their
//! posting and becomes [`MonthFigures`]: the account report, and the lines of the УПД. A [`Reconciliation`] is the act for
//! any two days. Everything else here is how it is written: months, numbers, sums in words, the payment's code.

mod book;
mod filled;
mod month;
mod movement;
mod number;
mod payment_code;
mod reconciliation;
mod seller;
#[cfg(test)]
mod tests;
mod words;

pub use book::{MonthBook, MonthFigures, SupplyLine, totals};
pub use filled::{Filled, filled};
pub use month::Month;
pub use movement::{Goods, Movement, PurchaseKey, Turnover, What};
pub use number::{PaperNumber, named_in};
pub use payment_code::payment_code;
pub use reconciliation::{ActLine, Reconciliation, Subject};
pub use seller::{BankAccount, BankCode, BankName, Buyer, Ogrn, Seller, SellerName};
pub use words::{in_words, written};
