//! Shapes that more than one function answers with.

mod balance;
mod card;
mod card_list;
mod entry;
mod history;
mod reason;

pub use balance::BalanceView;
pub use card::{CardView, FundingName, StatusName};
pub use card_list::CardFilter;
pub use entry::{EntryType, EntryView};
pub use history::HistoryFilter;
pub use reason::{MeasureName, PeriodName, ReasonView, amount_text};
