//! The pure rules of the house: values, windows, limits, the card.
//!
//! Nothing here knows AWS, HTTP, async, the environment or the clock: time, randomness and identifiers come in as
//! arguments, outcomes go out as values. The table layer makes an outcome true, the http layer tells it.

pub mod account;
pub mod approval;
pub mod article;
pub mod authorization;
pub mod bank;
pub mod budget;
pub mod card;
pub mod card_number;
pub mod catalogue;
pub mod day;
mod decimal;
pub mod dispute;
pub mod facts;
pub mod geo;
pub mod ids;
pub mod inn;
pub mod invalid;
pub mod lasting;
pub mod money;
pub mod news;
pub mod notice;
pub mod papers;
pub mod people;
pub mod pin;
pub mod pocket;
pub mod product;
pub mod promotion;
pub mod quantity;
pub mod rules;
pub mod search;
pub mod spending;
pub mod text;
pub mod ticket;
pub mod usage;
pub mod window;

pub use card_number::CardNumber;
pub use catalogue::{Catalogue, Product};
pub use day::{Day, document_date};
pub use ids::{CompanyId, SessionId, StationCode, TerminalId, UserId};
pub use inn::Inn;
pub use invalid::Invalid;
pub use money::Kopecks;
pub use pin::Pin;
pub use product::{ProductCode, ProductIx, ProductSet};
pub use promotion::PromotionId;
pub use quantity::Millilitres;
