//! What both sides do with a ticket: write, close, mark as read.

use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::domain::notice::Event;
use oktan_shared::domain::people::{Actor, Person};
use oktan_shared::domain::text::MessageText;
use oktan_shared::domain::ticket::{Author, MESSAGES_MAX, Thread};
use oktan_shared::domain::{CompanyId, Invalid, UserId};
use oktan_shared::http::{IdempotencyKey, Problem};
use oktan_shared::journal::Act;
use oktan_shared::table::{Intent, Notice, Ticket, TicketMessage, Written, pause};
use serde::Deserialize;
use serde_json::json;

/// Writes of one ticket that may be in each other's way before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 8;

/// A message.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketMessageAsk {
    /// Plain text.
    pub body: MessageText,
}

/// An answer.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketAnswerAsk {
    /// Plain text.
    pub body: MessageText,
    /// The number of the last message that was seen; all that there are unless said.
    pub seen: Option<u32>,
}

/// Closing a ticket.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketCloseAsk {
    /// The number of the last message that was seen; all that there are unless said.
    pub seen: Option<u32>,
}

/// How far somebody has read.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketSeenAsk {
    /// The number of the last message that was seen, from 1.
    #[schema(minimum = 1, maximum = 200)]
    pub messages: u32,
}

/// A ticket by its id, of one company or of any.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    pub id: TicketId,
    pub of: Option<CompanyId>,
}

impl Which {
    /// Reads it; 404 where there is none, or it is another company's.
    pub async fn find(self, app: &App) -> Result<Ticket, Problem> {
        let ticket = app.table.ticket(self.id).await?;
        let own = |ticket: &Ticket| self.of.is_none_or(|company| ticket.company == company);
        ticket.filter(own).ok_or_else(Problem::not_found)
    }
}

/// What a writing came to.
pub struct Wrote {
    /// The message.
    pub message: TicketMessage,
    /// Whether it was there already.
    pub before: bool,
}

/// Writes a message into a ticket, as somebody who has seen so many: those that there were unless said.
pub async fn write(
    app: &App,
    which: Which,
    by: &Person,
    (body, mut seen): (&MessageText, Option<u32>),
    key: Option<IdempotencyKey>,
) -> Result<Wrote, Problem> {
    let once = key.map(|key| key.once(app, "write", &json!({ "ticket": which.id, "body": body })));
    for attempt in 1..=ATTEMPTS_MAX {
        let ticket = which.find(app).await?;
        let now = app.clock.now();
        let seen = *seen.get_or_insert(ticket.thread.messages);
        let author = match by.role.is_staff() {
            true => Author::Staff(by.id, unseen(app, &ticket, seen).await?),
            false => Author::Client(by.id),
        };
        let Ok(thread) = ticket.thread.written(author, now) else {
            // The last one may be this one, sent again.
            let before = app.table.said_before(by.id, once.as_ref()).await?.ok_or_else(full)?;
            return wrote_before(app, before).await;
        };
        let message = TicketMessage { n: thread.messages, at: now, by: by.id, role: by.role, body: body.clone() };
        let told = tellings(&ticket, &thread, author, now);
        let after = Ticket { thread, ..ticket };
        match app.table.write_in_ticket(&after, &message, once.as_ref(), told.as_ref()).await? {
            Written::Done => return Ok(Wrote { message, before: false }),
            Written::Moved => pause(attempt).await,
            before => return wrote_before(app, before).await,
        }
    }
    Err(Problem::unavailable())
}

async fn wrote_before(app: &App, before: Written) -> Result<Wrote, Problem> {
    let Written::Before(said) = before else { return Err(Problem::key_reused()) };
    let message = app.table.ticket_message(said.ticket, said.n).await?.ok_or_else(Problem::unavailable)?;
    Ok(Wrote { message, before: true })
}

/// When the client wrote first what somebody who has seen so many messages has not.
async fn unseen(app: &App, ticket: &Ticket, seen: u32) -> Result<Option<DateTime<Utc>>, Problem> {
    if !ticket.thread.has_moved_past(seen) {
        return Ok(None);
    }
    let messages = app.table.ticket_messages(ticket.id).await?;
    let first = messages.iter().find(|message| message.n > seen && !message.role.is_staff());
    Ok(first.map(|message| message.at).or(ticket.thread.waits_since))
}

fn moved() -> Problem {
    Problem::conflict("ticket_moved", "the client has written meanwhile: read it first")
}

fn full() -> Problem {
    Problem::conflict("ticket_full", "this ticket has all the messages it can have: begin another one")
}

/// An answer is told to everyone of the company who wrote in the ticket.
fn tellings(ticket: &Ticket, after: &Thread, author: Author, now: DateTime<Utc>) -> Option<Intent> {
    let event = Event::TicketAnswered { ticket: ticket.id, number: ticket.number };
    let told = matches!(author, Author::Staff(..));
    told.then(|| Intent::Notice(Notice::to_people(after.people.clone(), event, now)))
}

/// Changes a ticket without a message; `None` of `change` is that it is so already.
pub async fn change(
    app: &App,
    which: Which,
    change: impl Fn(&Thread) -> Result<Option<Thread>, Problem>,
    act: impl Fn(&Ticket, &Thread, DateTime<Utc>) -> Act,
) -> Result<Ticket, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = which.find(app).await?;
        let Some(thread) = change(&before.thread)? else { return Ok(before) };
        let act = act(&before, &thread, app.clock.now());
        let after = Ticket { thread, ..before };
        if app.table.change_ticket(&after, &act).await? {
            return Ok(after);
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Closes a ticket; closing a closed one changes nothing. Who of OKTAN closes it has seen what the client wrote: all of it
/// that there was unless said.
pub async fn close(app: &App, which: Which, actor: &Actor, seen: Option<u32>) -> Result<Ticket, Problem> {
    let act = |before: &Ticket, after: &Thread, at| Act {
        at,
        actor: actor.clone(),
        action: "ticket.close".to_owned(),
        subject: format!("ticket {}", before.number),
        before: json!({ "state": before.thread.state }),
        after: json!({ "state": after.state }),
        reason: String::new(),
    };
    let seen = match seen {
        None => which.find(app).await?.thread.messages,
        Some(seen) => seen,
    };
    let change = |thread: &Thread| match thread.has_moved_past(seen) && actor.role.is_staff() {
        true => Err(moved()),
        false => Ok(thread.closed()),
    };
    self::change(app, which, change, act).await
}

/// Marks messages as seen.
pub async fn mark(app: &App, which: Which, by: UserId, ask: &TicketSeenAsk) -> Result<(), Problem> {
    let ticket = which.find(app).await?;
    if !(1..=MESSAGES_MAX).contains(&ask.messages) {
        let invalid = Invalid::new("messages_out_of_range", "a ticket has 1 to 200 messages");
        return Err(Problem::field("messages", &invalid));
    }
    Ok(app.table.ticket_seen(ticket.id, by, ask.messages.min(ticket.thread.messages)).await?)
}
