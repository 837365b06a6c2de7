//! A company's tickets.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::domain::ticket::TicketState;
use oktan_shared::http::{
    Client, Cursor, IdempotencyKey, Json, List, OptionalJson, Page, Path, Problem, Query, grant, replayed,
};
use oktan_shared::wire::NothingAsk;
use serde::Deserialize;

use crate::talk::{self, TicketMessageAsk, TicketSeenAsk, Which};
use crate::view::{self, Reader, Side, StateName, TicketDetails, TicketItem, TicketMessageView, details};

/// Which tickets, and how many.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TicketFilter {
    /// All unless said.
    #[param(inline, value_type = Option<StateName>)]
    state: Option<StateName>,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// The company's tickets, the one with the newest message first.
#[utoipa::path(
    get, path = "/v1/tickets", tag = "support", operation_id = "list_tickets", params(TicketFilter),
    responses((status = 200, body = List<TicketItem>)), security(("session" = ["Tickets"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Query(filter): Query<TicketFilter>,
) -> Result<Json<List<TicketItem>>, Problem> {
    let state = filter.state.map(TicketState::from);
    let tenant = who.company.to_string();
    let list = ["tickets", &tenant, state.map_or("", TicketState::as_str)];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let (mut tickets, next) = app.table.tickets_of(who.company, filter.limit.limit(), after.as_ref()).await?;
    tickets.retain(|ticket| state.is_none_or(|state| ticket.thread.state == state));
    let reader = Reader { user: who.who.id, side: Side::Client };
    let items = view::items(&app, &tickets, reader).await?;
    Ok(Json(List { items, next_cursor: next.map(|position| Cursor::seal(&app, &list, &position)) }))
}

/// A ticket with what was said in it.
#[utoipa::path(
    get, path = "/v1/tickets/{id}", tag = "support", operation_id = "read_ticket",
    params(("id" = TicketId, Path)), responses((status = 200, body = TicketDetails)),
    security(("session" = ["Tickets"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Path(id): Path<TicketId>,
) -> Result<Json<TicketDetails>, Problem> {
    let ticket = own(&who, id).find(&app).await?;
    Ok(Json(details(&app, &ticket, who.who.id).await?))
}

/// Writes to OKTAN once more; a closed ticket is open again. With an `Idempotency-Key` once, however often it is sent.
#[utoipa::path(
    post, path = "/v1/tickets/{id}/messages", tag = "support", operation_id = "write_ticket",
    params(("id" = TicketId, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = TicketMessageAsk,
    responses((status = 201, body = TicketMessageView)), security(("session" = ["Tickets"])),
)]
pub async fn write(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Path(id): Path<TicketId>,
    key: Option<IdempotencyKey>,
    Json(ask): Json<TicketMessageAsk>,
) -> Result<Response, Problem> {
    let wrote = talk::write(&app, own(&who, id), &who.who, (&ask.body, None), key).await?;
    let names = [(who.who.id, who.who.full_name.clone())].into();
    let reader = Reader { user: who.who.id, side: Side::Client };
    let answer = (StatusCode::CREATED, Json(view::message_view(wrote.message, &names, reader)));
    Ok(if wrote.before { replayed(answer) } else { answer.into_response() })
}

/// Closes a ticket; repeating changes nothing.
#[utoipa::path(
    post, path = "/v1/tickets/{id}/close", tag = "support", operation_id = "close_ticket",
    params(("id" = TicketId, Path)), request_body = Option<NothingAsk>,
    responses((status = 200, body = TicketDetails)), security(("session" = ["Tickets"])),
)]
pub async fn close(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Path(id): Path<TicketId>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Json<TicketDetails>, Problem> {
    let ticket = talk::close(&app, own(&who, id), &who.actor(), None).await?;
    Ok(Json(details(&app, &ticket, who.who.id).await?))
}

/// Marks messages as seen by the caller; never fewer than before.
#[utoipa::path(
    post, path = "/v1/tickets/{id}/seen", tag = "support", operation_id = "mark_ticket_seen",
    params(("id" = TicketId, Path)), request_body = TicketSeenAsk, responses((status = 204)),
    security(("session" = ["Tickets"])),
)]
pub async fn mark(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Path(id): Path<TicketId>,
    Json(ask): Json<TicketSeenAsk>,
) -> Result<StatusCode, Problem> {
    talk::mark(&app, own(&who, id), who.who.id, &ask).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn own(who: &Client<grant::Tickets>, id: TicketId) -> Which {
    Which { id, of: Some(who.company) }
}
