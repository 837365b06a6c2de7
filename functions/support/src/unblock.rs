//! A card that the client blocked, unblocked because the client asked for it in a ticket.

use axum::extract::State;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::acts::set_block;
use oktan_shared::auth::Permission;
use oktan_shared::domain::card::Side;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::text::Note;
use oktan_shared::domain::ticket::TicketState;
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::table::Ticket;
use oktan_shared::wire::{CardView, NothingAsk};
use std::collections::BTreeSet;

use crate::staff::any;

/// Whether somebody has written in the ticket, since the block, who may lift it now.
async fn is_asked_for(app: &App, ticket: &Ticket, blocked_at: Option<DateTime<Utc>>) -> Result<bool, Problem> {
    let messages = app.table.ticket_messages(ticket.id).await?;
    let since =
        messages.iter().filter(|message| !message.role.is_staff() && blocked_at.is_none_or(|at| message.at >= at));
    let writers: BTreeSet<_> = since.map(|message| message.by).collect();
    for writer in writers {
        let person = app.table.person(writer).await?;
        let entitled = |person: Person| person.active && Permission::ManageCards.held_by(person.role);
        if person.is_some_and(entitled) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Lifts the client's own block of the card that a ticket is about, in the client's name: the ticket is open, and since the
/// block somebody wrote in it who may lift it.
#[utoipa::path(
    post, path = "/v1/staff/tickets/{id}/card/unblock", tag = "staff", operation_id = "unblock_card_of_ticket",
    params(("id" = TicketId, Path)), request_body = Option<NothingAsk>, responses((status = 200, body = CardView)),
    security(("session" = ["Provision"])),
)]
pub async fn unblock(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(id): Path<TicketId>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Json<CardView>, Problem> {
    let ticket = any(id).find(&app).await?;
    let Some(card) = ticket.card.clone() else {
        return Err(Problem::conflict("ticket_without_card", "this ticket is about no card"));
    };
    if ticket.thread.state == TicketState::Closed {
        return Err(Problem::conflict("ticket_closed", "this ticket is closed"));
    }
    let blocked_at = app.table.card(ticket.company, &card).await?.and_then(|record| record.note.blocked_at);
    if !is_asked_for(&app, &ticket, blocked_at).await? {
        let detail = "since the block nobody wrote in this ticket who may lift it";
        return Err(Problem::conflict("ticket_not_entitled", detail));
    }
    let reason = Note::parse(&format!("по обращению № {}", ticket.number)).ok();
    set_block(&app, ticket.company, &card, Side::Client, false, who.actor(), reason).await?;
    let record = app.table.card(ticket.company, &card).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(CardView::of(&record.row.card, &record.note, record.account.zone, app.clock.now())))
}
