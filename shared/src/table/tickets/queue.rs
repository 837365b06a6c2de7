//! Lists of tickets: a company's, the staff's queue, and those that nobody answers.

use super::Ticket;
use crate::domain::CompanyId;
use crate::domain::ids::WriteId;
use crate::domain::ticket::{ANSWER_WITHIN, TicketState};
use crate::table::error::{StoreError, TransactionOutcome};
use crate::table::item::Item;
use crate::table::key::{self, index};
use crate::table::outbox::{self, Intent};
use crate::table::read::Query;
use crate::table::rows::posted;
use crate::table::schema::{GSI1, GSI2};
use crate::table::write::{Values, Write};
use crate::table::{Position, Table};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// Tickets read at once for the one on call.
const PAGE: usize = 100;

impl Table {
    /// A page of a company's tickets, the one with the newest message first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tickets_of(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Ticket>, Option<Position>), StoreError> {
        let values = Values::none().with("pk", index::tickets_of(company));
        let start = after.map(Position::start);
        let condition = "#gsi1pk = :pk";
        let query = Query { index: Some(GSI1), condition, filter: None, values, newest_first: true, limit, start };
        let (tickets, last) = self.ticket_page(query).await?;
        Ok((tickets, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// A page of all tickets of a state: of those that wait who waits longest first, of the others the newest message first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ticket_queue(
        &self,
        state: TicketState,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Ticket>, Option<Position>), StoreError> {
        let values = Values::none().with("pk", index::tickets(state));
        let (condition, newest_first) = ("#gsi2pk = :pk", state != TicketState::Waiting);
        let start = after.map(Position::start);
        let query = Query { index: Some(GSI2), condition, filter: None, values, newest_first, limit, start };
        let (mut tickets, last) = self.ticket_page(query).await?;
        // An index lags behind its rows.
        tickets.retain(|ticket| ticket.thread.state == state);
        Ok((tickets, last.map(|item| Position::of(&item, &["pk", "sk", "gsi2pk", "gsi2sk"]))))
    }

    /// Writes a mail to the one on call for each ticket that waits for too long, once for each wait; how many.
    ///
    /// # Errors
    /// The last thing that failed; the others were told of.
    pub async fn tell_of_waiting_tickets(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let (mut told, mut failed, mut start) = (0, None, None);
        loop {
            let until = posted(now - ANSWER_WITHIN + TimeDelta::milliseconds(1), "");
            let values = Values::none().with("pk", index::tickets(TicketState::Waiting)).with("until", until);
            let condition = "#gsi2pk = :pk AND #gsi2sk < :until";
            let query =
                Query { index: Some(GSI2), condition, filter: None, values, newest_first: false, limit: PAGE, start };
            let (tickets, last) = self.ticket_page(query).await?;
            for ticket in tickets.iter().filter(|one| one.thread.is_overdue(now) && one.told != one.thread.waits_since)
            {
                match self.tell_of(ticket, now).await {
                    Ok(done) => told += usize::from(done),
                    Err(error) => {
                        tracing::warn!(%error, ticket = %ticket.id, "nobody was told of a ticket");
                        failed = Some(error);
                    }
                }
            }
            start = last;
            if start.is_none() {
                return failed.map_or(Ok(told), Err);
            }
        }
    }

    /// Whether this call told of it: another may have, or somebody has written meanwhile.
    async fn tell_of(&self, ticket: &Ticket, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let Some(since) = ticket.thread.waits_since else { return Ok(false) };
        let values = Values::none().with("since", since).with("was", ticket.version).with("one", 1u64);
        let update = "SET #told = :since ADD #version :one";
        let write = Write::default().update(self, &key::ticket(ticket.id), update, "#version = :was", values);
        let write = write.mail(self, outbox::row(&Intent::TicketWaits { ticket: ticket.id, since }, now));
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(true),
            Err(TransactionOutcome::Refused(_) | TransactionOutcome::Conflict) => Ok(false),
            Err(TransactionOutcome::Failed(error)) => Err(error),
        }
    }

    async fn ticket_page(&self, query: Query<'_>) -> Result<(Vec<Ticket>, Option<Item>), StoreError> {
        let (rows, last) = self.query(query).await?;
        Ok((self.follow(&rows).await?.iter().map(Ticket::read).collect::<Result<_, _>>()?, last))
    }
}
