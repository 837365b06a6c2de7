//! Tickets as the wire has them.

use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::domain::people::Role;
use oktan_shared::domain::text::{CompanyName, MessageText, PersonName, Subject};
use oktan_shared::domain::ticket::{TicketState, Topic};
use oktan_shared::domain::{CardNumber, CompanyId, UserId};
use oktan_shared::http::Problem;
use oktan_shared::table::{Ticket, TicketMessage};
use oktan_shared::wire::EntryView;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TicketState)]
pub enum StateName {
    /// OKTAN's: the company waits for an answer.
    Waiting,
    /// The company's: there is an answer.
    Answered,
    /// Nobody's; a message opens it again.
    Closed,
}

/// What a ticket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TicketTopic)]
pub enum TopicName {
    /// A question, or whatever there is to say.
    Question,
    /// What is on file of the company is to be corrected.
    Correction,
}

/// A ticket in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TicketItem {
    id: TicketId,
    /// What people call it by.
    number: u32,
    topic: TopicName,
    subject: Subject,
    state: StateName,
    /// The card that it is about.
    #[schema(required)]
    card: Option<CardNumber>,
    /// The line of history that it is about.
    #[schema(required)]
    entry_id: Option<String>,
    created_at: DateTime<Utc>,
    /// When the last message was written.
    last_at: DateTime<Utc>,
    /// Since when the company waits for an answer.
    #[schema(required)]
    waits_since: Option<DateTime<Utc>>,
    /// When OKTAN answered for the first time.
    #[schema(required)]
    first_answered_at: Option<DateTime<Utc>>,
    /// Messages in it.
    message_count: u32,
    /// Whether there is something from the other side that the caller has not seen.
    unread: bool,
}

/// Who wrote.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TicketAuthor {
    /// `client` or `staff`.
    kind: &'static str,
    /// Their role then, within their kind.
    role: &'static str,
    /// Of staff only staff are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    full_name: Option<PersonName>,
    /// Whether it was the caller.
    me: bool,
}

/// A message of a ticket.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TicketMessageView {
    /// Its number, from 1.
    n: u32,
    at: DateTime<Utc>,
    author: TicketAuthor,
    /// Plain text of several lines.
    body: MessageText,
}

/// A ticket with what was said in it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TicketDetails {
    #[serde(flatten)]
    ticket: TicketItem,
    /// The first first.
    messages: Vec<TicketMessageView>,
}

/// A company of a ticket.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TicketCompany {
    id: CompanyId,
    name: CompanyName,
}

/// Who of OKTAN looks after a ticket.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TicketAssignee {
    id: UserId,
    full_name: PersonName,
    /// Whether it is the caller.
    me: bool,
}

/// A ticket in the staff's queue.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffTicketItem {
    #[serde(flatten)]
    ticket: TicketItem,
    company: TicketCompany,
    #[schema(required)]
    assignee: Option<TicketAssignee>,
}

/// A ticket with what was said in it, as the staff see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffTicketDetails {
    #[serde(flatten)]
    ticket: StaffTicketItem,
    /// The first first.
    messages: Vec<TicketMessageView>,
}

/// Whose eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A person of the company.
    Client,
    /// A person of OKTAN.
    Staff,
}

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub user: UserId,
    pub side: Side,
}

impl From<StateName> for TicketState {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Waiting => Self::Waiting,
            StateName::Answered => Self::Answered,
            StateName::Closed => Self::Closed,
        }
    }
}

impl From<TicketState> for StateName {
    fn from(state: TicketState) -> Self {
        match state {
            TicketState::Waiting => Self::Waiting,
            TicketState::Answered => Self::Answered,
            TicketState::Closed => Self::Closed,
        }
    }
}

impl From<Topic> for TopicName {
    fn from(topic: Topic) -> Self {
        match topic {
            Topic::Question => Self::Question,
            Topic::Correction => Self::Correction,
        }
    }
}

impl TicketItem {
    fn of(ticket: &Ticket, seen: u32, side: Side, app: &App) -> Self {
        let thread = &ticket.thread;
        Self {
            id: ticket.id,
            number: ticket.number,
            topic: ticket.topic.into(),
            subject: ticket.subject.clone(),
            state: thread.state.into(),
            card: ticket.card.clone(),
            entry_id: ticket.entry.as_ref().map(|key| EntryView::id(key, app)),
            created_at: ticket.created_at,
            last_at: thread.last_at,
            waits_since: thread.waits_since,
            first_answered_at: thread.first_answered_at,
            message_count: thread.messages,
            unread: match side {
                Side::Client => thread.unread_by_client(seen),
                Side::Staff => thread.unread_by_staff(seen),
            },
        }
    }
}

/// Tickets of a list, as `reader` sees them.
pub async fn items(app: &App, tickets: &[Ticket], reader: Reader) -> Result<Vec<TicketItem>, Problem> {
    let ids: Vec<_> = tickets.iter().map(|ticket| ticket.id).collect();
    let seen = app.table.seen_of_tickets(&ids, reader.user).await?;
    Ok(tickets.iter().zip(seen).map(|(ticket, seen)| TicketItem::of(ticket, seen, reader.side, app)).collect())
}

/// Tickets of the staff's queue.
pub async fn staff_items(app: &App, tickets: &[Ticket], user: UserId) -> Result<Vec<StaffTicketItem>, Problem> {
    let plain = items(app, tickets, Reader { user, side: Side::Staff }).await?;
    let assignees = tickets.iter().filter_map(|ticket| ticket.thread.assignee).collect();
    let names = app.table.names_of(&assignees).await?;
    let companies = tickets.iter().map(|ticket| ticket.company).collect();
    let companies = app.table.company_names(&companies).await?;
    let whole = tickets.iter().zip(plain).filter_map(|(ticket, item)| {
        let assignee = ticket
            .thread
            .assignee
            .and_then(|id| Some(TicketAssignee { id, full_name: names.get(&id)?.clone(), me: id == user }));
        let name = companies.get(&ticket.company)?.clone();
        Some(StaffTicketItem { ticket: item, company: TicketCompany { id: ticket.company, name }, assignee })
    });
    Ok(whole.collect())
}

/// A ticket as the company's people see it.
pub async fn details(app: &App, ticket: &Ticket, user: UserId) -> Result<TicketDetails, Problem> {
    let reader = Reader { user, side: Side::Client };
    let messages = messages(app, ticket, reader).await?;
    let item = items(app, std::slice::from_ref(ticket), reader).await?.pop().ok_or_else(Problem::not_found)?;
    Ok(TicketDetails { ticket: item, messages })
}

/// A ticket as the staff see it.
pub async fn staff_details(app: &App, ticket: &Ticket, user: UserId) -> Result<StaffTicketDetails, Problem> {
    let messages = messages(app, ticket, Reader { user, side: Side::Staff }).await?;
    let item = staff_items(app, std::slice::from_ref(ticket), user).await?.pop().ok_or_else(Problem::not_found)?;
    Ok(StaffTicketDetails { ticket: item, messages })
}

async fn messages(app: &App, ticket: &Ticket, reader: Reader) -> Result<Vec<TicketMessageView>, Problem> {
    let messages = app.table.ticket_messages(ticket.id).await?;
    let people = messages.iter().filter(|message| told(message.role, reader)).map(|message| message.by).collect();
    let names = app.table.names_of(&people).await?;
    Ok(messages.into_iter().map(|message| message_view(message, &names, reader)).collect())
}

/// Whether the reader is told who somebody is.
fn told(role: Role, reader: Reader) -> bool {
    reader.side == Side::Staff || !role.is_staff()
}

/// A message; `names` has whom the reader may know.
pub fn message_view(message: TicketMessage, names: &HashMap<UserId, PersonName>, reader: Reader) -> TicketMessageView {
    TicketMessageView {
        n: message.n,
        at: message.at,
        author: TicketAuthor {
            kind: if message.role.is_staff() { "staff" } else { "client" },
            role: message.role.name(),
            full_name: names.get(&message.by).filter(|_| told(message.role, reader)).cloned(),
            me: message.by == reader.user,
        },
        body: message.body,
    }
}
