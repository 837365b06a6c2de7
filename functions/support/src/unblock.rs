//! A card that the client blocked, unblocked because the client asked for it in a ticket.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::acts::set_block;
use oktan_shared::auth::Permission;
use oktan_shared::domain::card::Side;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::domain::text::Note;
use oktan_shared::domain::ticket::TicketState;
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::wire::{CardView, NothingAsk};

use crate::staff::any;

/// Lifts the client's own block of the card that a ticket is about, in the client's name: the ticket is open, and somebody
/// wrote in it who may lift the block.
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
    let entitled = |role| Permission::ManageCards.held_by(role);
    if !app.table.ticket_messages(id).await?.iter().any(|message| entitled(message.role)) {
        let detail = "nobody wrote in this ticket who may unblock a card";
        return Err(Problem::conflict("ticket_not_entitled", detail));
    }
    let reason = Note::parse(&format!("по обращению № {}", ticket.number)).ok();
    set_block(&app, ticket.company, &card, Side::Client, false, who.actor(), reason).await?;
    let record = app.table.card(ticket.company, &card).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(CardView::of(&record.row.card, &record.note, record.account.zone, app.clock.now())))
}
