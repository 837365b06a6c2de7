//! The keys of tickets, disputes and articles, and of what people are told.

use super::Key;
use crate::domain::article::ArticleId;
use crate::domain::ids::{DisputeId, RequestId, TicketId};
use crate::domain::news::Language;
use crate::domain::{CardNumber, UserId};

/// A conversation of a company with OKTAN.
pub(in crate::table) fn ticket(id: TicketId) -> Key {
    Key::new(format!("TICKET#{id}"), "TICKET")
}

/// The `n`-th message of it.
pub(in crate::table) fn ticket_message(id: TicketId, n: u32) -> Key {
    Key::new(format!("TICKET#{id}"), format!("MESSAGE#{n:06}"))
}

/// How much of it a person has seen.
pub(in crate::table) fn ticket_seen(id: TicketId, user: UserId) -> Key {
    Key::new(format!("TICKET#{id}"), format!("SEEN#{user}"))
}

/// The number that the last ticket was given.
pub(in crate::table) fn ticket_number() -> Key {
    Key::new("TICKETS".to_owned(), "NUMBER")
}

/// A purchase that a company says is not right.
pub(in crate::table) fn dispute(id: DisputeId) -> Key {
    Key::new(format!("DISPUTE#{id}"), "DISPUTE")
}

/// Which dispute a purchase is or was the matter of; not there for one that was taken back.
pub(in crate::table) fn disputed(card: &CardNumber, purchase: RequestId) -> Key {
    Key::new(format!("CARD#{card}"), format!("DISPUTED#{purchase}"))
}

/// The number that the last dispute was given.
pub(in crate::table) fn dispute_number() -> Key {
    Key::new("DISPUTES".to_owned(), "NUMBER")
}

/// An article, among those of its language.
pub(in crate::table) fn article(id: &ArticleId) -> Key {
    Key::new(articles_pk(id.language), format!("ARTICLE#{}", id.slug))
}

pub(in crate::table) fn articles_pk(language: Language) -> String {
    format!("ARTICLES#{}", language.as_str())
}

/// What an article was.
pub(in crate::table) fn article_version(id: &ArticleId, version: u32) -> Key {
    Key::new(article_versions_pk(id), format!("VERSION#{version:06}"))
}

pub(in crate::table) fn article_versions_pk(id: &ArticleId) -> String {
    format!("ARTICLE#{id}")
}

/// How often articles have changed.
pub(in crate::table) fn articles_changed() -> Key {
    Key::new("ARTICLES".to_owned(), "CHANGES")
}

/// A line of a person's bell, by its place.
pub(in crate::table) fn bell(user: UserId, place: &str) -> Key {
    Key::new(format!("USER#{user}"), format!("BELL#{place}"))
}

/// How far a person has looked at their bell.
pub(in crate::table) fn bell_seen(user: UserId) -> Key {
    Key::new(format!("USER#{user}"), "SEEN")
}

/// What a person wants to hear.
pub(in crate::table) fn preferences(user: UserId) -> Key {
    Key::new(format!("USER#{user}"), "PREFERENCES")
}

/// An address that mail came back from, by its keyed hash.
pub(in crate::table) fn bounced(hash: &str) -> Key {
    Key::new(format!("BOUNCED#{hash}"), "BOUNCED")
}

/// Index partitions.
pub(in crate::table) mod index {
    use crate::domain::CompanyId;
    use crate::domain::ticket::TicketState;

    /// A company's tickets, by their last message (`gsi1`).
    pub fn tickets_of(company: CompanyId) -> String {
        format!("COMPANY#{company}#TICKETS")
    }

    /// All tickets of a state (`gsi2`): those that wait by since when, the others by their last message.
    pub fn tickets(state: TicketState) -> String {
        format!("TICKETS#{}", state.as_str().to_uppercase())
    }

    /// A company's disputes, by when they were begun (`gsi1`).
    pub fn disputes_of(company: CompanyId) -> String {
        format!("COMPANY#{company}#DISPUTES")
    }

    /// Disputes that are open, by their last day, or those that are over, by when that was (`gsi2`).
    pub fn disputes(open: bool) -> &'static str {
        if open { "DISPUTES#OPEN" } else { "DISPUTES#CLOSED" }
    }
}
