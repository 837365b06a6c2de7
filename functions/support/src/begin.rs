//! A new ticket.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::CardNumber;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::domain::text::{MessageText, Subject};
use oktan_shared::domain::ticket::{Thread, Topic};
use oktan_shared::http::{Client, IdempotencyKey, Json, Problem, grant, replayed};
use oktan_shared::journal::Act;
use oktan_shared::table::{EntryKey, Ticket, TicketMessage, Written};
use oktan_shared::wire::EntryView;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::view::{TicketDetails, details};

/// A new ticket.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketAsk {
    subject: Subject,
    /// Plain text.
    body: MessageText,
    /// The card that it is about; one of the company's.
    card: Option<CardNumber>,
    /// The purchase, the decline or another line of the company's history that it is about.
    entry_id: Option<String>,
}

/// Writes to OKTAN; with an `Idempotency-Key` once, however often it is sent. A card or a line of history that is not the
/// company's is 404.
#[utoipa::path(
    post, path = "/v1/tickets", tag = "support", operation_id = "create_ticket",
    params(("Idempotency-Key" = Option<String>, Header)), request_body = TicketAsk,
    responses((status = 201, body = TicketDetails)), security(("session" = ["Tickets"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    key: Option<IdempotencyKey>,
    Json(ask): Json<TicketAsk>,
) -> Result<Response, Problem> {
    if let Some(card) = &ask.card {
        app.table.card(who.company, card).await?.ok_or_else(Problem::not_found)?;
    }
    let entry = match &ask.entry_id {
        Some(id) => Some(own_entry(&app, &who, id).await?),
        None => None,
    };
    let (subject, body, card) = (ask.subject, ask.body, ask.card);
    begin(&app, &who, key, Beginning { topic: Topic::Question, subject, body, card, entry }).await
}

/// A ticket to begin.
pub struct Beginning {
    pub topic: Topic,
    pub subject: Subject,
    pub body: MessageText,
    pub card: Option<CardNumber>,
    pub entry: Option<EntryKey>,
}

/// Begins a ticket; what it names is the company's.
pub async fn begin(
    app: &App,
    who: &Client<grant::Tickets>,
    key: Option<IdempotencyKey>,
    new: Beginning,
) -> Result<Response, Problem> {
    let said = json!({
        "topic": new.topic, "subject": new.subject, "body": new.body, "card": new.card,
        "entry": new.entry.as_ref().map(EntryKey::to_text),
    });
    let once = key.map(|key| key.once(app, "begin", &said));
    if let Some(before) = app.table.said_before(who.who.id, once.as_ref()).await? {
        return begun_before(app, who, before).await;
    }
    let now = app.clock.now();
    let ticket = Ticket {
        id: TicketId::new(Uuid::new_v4()),
        company: who.company,
        number: app.table.take_ticket_number().await?,
        topic: new.topic,
        subject: new.subject,
        card: new.card,
        entry: new.entry,
        created_at: now,
        thread: Thread::begun(who.who.id, now),
        told: None,
        version: 0,
    };
    let first = TicketMessage { n: 1, at: now, by: who.who.id, role: who.who.role, body: new.body };
    let act = Act {
        at: now,
        actor: who.actor(),
        action: "ticket.create".to_owned(),
        subject: format!("ticket {}", ticket.number),
        before: Value::Null,
        after: json!({ "subject": ticket.subject, "state": ticket.thread.state }),
        reason: String::new(),
    };
    match app.table.open_ticket(&ticket, &first, once.as_ref(), &act).await? {
        Written::Done => {
            let view = details(app, &Ticket { version: 1, ..ticket }, who.who.id).await?;
            Ok((StatusCode::CREATED, Json(view)).into_response())
        }
        before => begun_before(app, who, before).await,
    }
}

async fn begun_before(app: &App, who: &Client<grant::Tickets>, before: Written) -> Result<Response, Problem> {
    let Written::Before(said) = before else { return Err(Problem::key_reused()) };
    let ticket = app.table.ticket(said.ticket).await?.ok_or_else(Problem::unavailable)?;
    Ok(replayed((StatusCode::CREATED, Json(details(app, &ticket, who.who.id).await?))))
}

/// The line of history behind an id, if it is the company's.
async fn own_entry(app: &App, who: &Client<grant::Tickets>, id: &str) -> Result<EntryKey, Problem> {
    let key = EntryView::open(id, app).ok_or_else(Problem::not_found)?;
    let entry = app.table.entry(&key).await?.filter(|entry| entry.company() == who.company);
    entry.map(|_| key).ok_or_else(Problem::not_found)
}
