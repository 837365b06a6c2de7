//! Acts on many cards of a company: what each is to become, and the chunks that make it true.

mod chunks;
mod marks;
mod rules;

pub use chunks::{Changed, Plan, change};
pub use marks::{Block, Marked, Marks};
pub use rules::{Given, RulesPlan, give};
