//! The one harness of the tests: a whole stack in the process, a fresh database each, callers by role.
//!
//! A test begins with [`World::start`], takes the people it needs from it and speaks HTTP. Only two things are done
//! behind HTTP's back, both through the production table: people whose creation is not the subject are inserted,
//! and sessions begin without the password's costly hash. Sign-in itself is tested where it is the subject.

mod caller;
mod company;
pub mod document;
mod dump;
pub mod numbers;
mod parity;
pub mod past;
mod people;
mod pump;
mod wire;
mod world;

pub use caller::{Answer, Ask, Caller};
pub use company::{Company, CompanyBuilder, ask as company_ask};
pub use dump::Dump;
pub use oktan_shared::domain::people::Role;
pub use pump::Pump;
pub use serde_json::{Value, json};
pub use wire::Wire;
pub use world::{ADMIN_LOGIN, PASSWORD, World};
