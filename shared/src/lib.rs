//! Everything that the OKTAN functions share: the pure rules, the table, the wire, and the parts that join them.
//!
//! A function is a thin crate under `functions/`: it reads through [`table`], decides with [`domain`], writes once
//! through [`table`], and answers through [`http`]. What every function is given is [`App`].

pub mod acts;
pub mod app;
pub mod auth;
pub mod clock;
pub mod config;
pub mod domain;
pub mod fleet;
pub mod http;
mod https;
pub mod jobs;
pub mod journal;
mod lazy;
pub mod log;
pub mod mail;
pub mod markdown;
pub mod messages;
pub mod papers;
pub mod provision;
pub mod second_factor;
pub mod table;
pub mod unsubscribe;
pub mod wire;

pub use app::App;
pub use clock::Clock;
pub use config::Config;
