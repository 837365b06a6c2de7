//! One ticket, as the staff work at it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::http::{IdempotencyKey, Json, OptionalJson, Path, Problem, Staff, grant, replayed};

use crate::talk::{self, TicketAnswerAsk, TicketCloseAsk, TicketSeenAsk, Which};
use crate::view::{self, Reader, Side, StaffTicketDetails, TicketMessageView, staff_details};

/// A ticket with what was said in it.
#[utoipa::path(
    get, path = "/v1/staff/tickets/{id}", tag = "staff", operation_id = "read_staff_ticket",
    params(("id" = TicketId, Path)), responses((status = 200, body = StaffTicketDetails)),
    security(("session" = ["Answer"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<TicketId>,
) -> Result<Json<StaffTicketDetails>, Problem> {
    let ticket = any(id).find(&app).await?;
    Ok(Json(staff_details(&app, &ticket, who.who.id).await?))
}

/// Answers; whoever wrote in the ticket is told by mail, and it is in the caller's care unless it is in another's. What the
/// client wrote and the caller has not seen still waits. With an `Idempotency-Key` once, however often it is sent.
#[utoipa::path(
    post, path = "/v1/staff/tickets/{id}/messages", tag = "staff", operation_id = "answer_ticket",
    params(("id" = TicketId, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = TicketAnswerAsk,
    responses((status = 201, body = TicketMessageView)), security(("session" = ["Answer"])),
)]
pub async fn write(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<TicketId>,
    key: Option<IdempotencyKey>,
    Json(ask): Json<TicketAnswerAsk>,
) -> Result<Response, Problem> {
    let wrote = talk::write(&app, any(id), &who.who, (&ask.body, ask.seen), key).await?;
    let names = [(who.who.id, who.who.full_name.clone())].into();
    let reader = Reader { user: who.who.id, side: Side::Staff };
    let answer = (StatusCode::CREATED, Json(view::message_view(wrote.message, &names, reader)));
    Ok(if wrote.before { replayed(answer) } else { answer.into_response() })
}

/// Closes a ticket; repeating changes nothing. 409 `ticket_moved` if the client wrote what the caller has not seen.
#[utoipa::path(
    post, path = "/v1/staff/tickets/{id}/close", tag = "staff", operation_id = "close_staff_ticket",
    params(("id" = TicketId, Path)), request_body = Option<TicketCloseAsk>,
    responses((status = 200, body = StaffTicketDetails)), security(("session" = ["Answer"])),
)]
pub async fn close(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<TicketId>,
    OptionalJson(ask): OptionalJson<TicketCloseAsk>,
) -> Result<Json<StaffTicketDetails>, Problem> {
    let closed = talk::close(&app, any(id), &who.actor(), ask.seen).await?;
    Ok(Json(staff_details(&app, &closed, who.who.id).await?))
}

/// Marks messages as seen by the caller; never fewer than before.
#[utoipa::path(
    post, path = "/v1/staff/tickets/{id}/seen", tag = "staff", operation_id = "mark_staff_ticket_seen",
    params(("id" = TicketId, Path)), request_body = TicketSeenAsk, responses((status = 204)),
    security(("session" = ["Answer"])),
)]
pub async fn mark(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<TicketId>,
    Json(ask): Json<TicketSeenAsk>,
) -> Result<StatusCode, Problem> {
    talk::mark(&app, any(id), who.who.id, &ask).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A ticket, whose ever it is.
pub fn any(id: TicketId) -> Which {
    Which { id, of: None }
}
