//! The embedded stack: DynamoDB, SES, the outbox's stream, the schedule and the browser app around the production
//! functions, in one process on 127.0.0.1. `make run` starts it; the tests start it as a library. Nothing here is
//! deployed, and nothing under `/_local` exists anywhere else.

mod caller;
mod calls;
mod clock;
mod database;
mod demo;
mod failure;
mod feed;
mod guard;
mod home;
mod keys;
mod mailbox;
mod mime;
mod options;
mod pages;
mod server;
mod ses;
mod stack;
mod web;

pub use demo::{Demo, Person, articles};
pub use failure::Failure;
pub use mailbox::Mail;
pub use options::{Options, Seed};
pub use server::{document, entrances, routes};
pub use stack::Stack;
