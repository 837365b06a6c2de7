//! Shapes that more than one function answers with.

mod ask;
mod balance;
mod card;
mod card_details;
mod card_list;
mod company;
mod entry;
mod entry_details;
mod fuel_now;
mod history;
mod job;
mod journal;
mod language;
mod notice;
mod promotion;
mod reason;
mod spending;
mod station;

pub use ask::{NothingAsk, ReasonAsk};
pub use balance::BalanceView;
pub use card::{CardView, FundingName, PinName, StatusName};
pub use card_details::CardDetails;
pub use card_list::CardFilter;
pub use company::CompanyStatusName;
pub use entry::{EntryType, EntryView};
pub use entry_details::{EntryDetails, MomentView, PayerView};
pub use fuel_now::highest_price;
pub use history::HistoryFilter;
pub use job::{JobStarted, JobView};
pub use journal::{ActView, ActorView, FIELDS_TO_CLIENTS, JournalFilter, Reader};
pub use language::LanguageName;
pub use notice::NoticeKindName;
pub use promotion::{DiscountView, PromotionStateName, TermsView};
pub use reason::{MeasureName, PeriodName, ReasonView, UnitName, amount_text};
pub use spending::{GroupBy, SpendingItem, spending};
pub use station::{Amenity, StationView};
