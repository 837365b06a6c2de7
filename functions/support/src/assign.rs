//! Who of OKTAN looks after a ticket.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::auth::Permission;
use oktan_shared::domain::ids::TicketId;
use oktan_shared::domain::ticket::Thread;
use oktan_shared::domain::{Invalid, UserId};
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::Ticket;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;

use crate::staff::any;
use crate::talk::change;
use crate::view::{StaffTicketDetails, staff_details};

/// Into whose care.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignTicketAsk {
    /// A person of the staff who may answer; the caller unless said.
    user_id: Option<UserId>,
}

/// Gives a ticket into somebody's care.
#[utoipa::path(
    post, path = "/v1/staff/tickets/{id}/assign", tag = "staff", operation_id = "assign_ticket",
    params(("id" = TicketId, Path)), request_body = Option<AssignTicketAsk>,
    responses((status = 200, body = StaffTicketDetails)), security(("session" = ["Answer"])),
)]
pub async fn assign(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<TicketId>,
    OptionalJson(ask): OptionalJson<AssignTicketAsk>,
) -> Result<Json<StaffTicketDetails>, Problem> {
    let to = ask.user_id.unwrap_or(who.who.id);
    let person = app.table.person(to).await?.filter(|person| person.active && Permission::Answer.held_by(person.role));
    if person.is_none() {
        let invalid = Invalid::new("user_unknown", "nobody of the staff who may answer has this id");
        return Err(Problem::field("user_id", &invalid));
    }
    give(&app, &who, id, Some(to)).await
}

/// Takes a ticket out of whose ever care it is in.
#[utoipa::path(
    delete, path = "/v1/staff/tickets/{id}/assign", tag = "staff", operation_id = "release_ticket",
    params(("id" = TicketId, Path)), responses((status = 200, body = StaffTicketDetails)),
    security(("session" = ["Answer"])),
)]
pub async fn release(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<TicketId>,
) -> Result<Json<StaffTicketDetails>, Problem> {
    give(&app, &who, id, None).await
}

async fn give(
    app: &App,
    who: &Staff<grant::Answer>,
    id: TicketId,
    to: Option<UserId>,
) -> Result<Json<StaffTicketDetails>, Problem> {
    let before = any(id).find(app).await?;
    let people: BTreeSet<_> = before.thread.assignee.into_iter().chain(to).collect();
    let names = app.table.names_of(&people).await?;
    let name = |id: Option<UserId>| id.and_then(|id| names.get(&id));
    let act = |before: &Ticket, after: &Thread, at| Act {
        at,
        actor: who.actor(),
        action: "ticket.assign".to_owned(),
        subject: format!("ticket {}", before.number),
        before: json!({ "assignee": name(before.thread.assignee) }),
        after: json!({ "assignee": name(after.assignee) }),
        reason: String::new(),
    };
    let done = change(app, any(id), |thread| Ok(thread.assigned(to)), act).await?;
    Ok(Json(staff_details(app, &done, who.who.id).await?))
}
