//! The staff's queue.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::ticket::TicketState;
use oktan_shared::http::{Cursor, Json, List, Page, Problem, Query, Staff, grant};
use serde::Deserialize;

use crate::view::{StaffTicketItem, StateName, staff_items};

/// Whose care a ticket is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    /// The caller's.
    Me,
    /// Nobody's.
    Nobody,
}

/// Which tickets, and how many.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueFilter {
    /// Of a company all, else those that wait, unless said.
    #[param(inline, value_type = Option<StateName>)]
    state: Option<StateName>,
    /// In this care.
    #[param(inline, value_type = Option<Care>)]
    assigned: Option<Care>,
    /// Of this company, the newest message first.
    #[param(value_type = Option<String>)]
    company_id: Option<CompanyId>,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// The queue: of the tickets that wait who waits longest first, of the others the newest message first.
#[utoipa::path(
    get, path = "/v1/staff/tickets", tag = "staff", operation_id = "list_staff_tickets", params(QueueFilter),
    responses((status = 200, body = List<StaffTicketItem>)), security(("session" = ["Answer"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Query(filter): Query<QueueFilter>,
) -> Result<Json<List<StaffTicketItem>>, Problem> {
    let state = filter.state.map(TicketState::from);
    let (company, care) = (filter.company_id.map(|id| id.to_string()), format!("{:?}", filter.assigned));
    let list = [
        "staff tickets",
        state.map_or("", TicketState::as_str),
        company.as_deref().unwrap_or_default(),
        &care,
        &who.who.id.to_string(),
    ];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let limit = filter.limit.limit();
    let (mut tickets, next) = match filter.company_id {
        Some(company) => app.table.tickets_of(company, limit, after.as_ref()).await?,
        None => app.table.ticket_queue(state.unwrap_or(TicketState::Waiting), limit, after.as_ref()).await?,
    };
    tickets.retain(|ticket| {
        let cared = match filter.assigned {
            None => true,
            Some(Care::Me) => ticket.thread.assignee == Some(who.who.id),
            Some(Care::Nobody) => ticket.thread.assignee.is_none(),
        };
        cared && state.is_none_or(|state| ticket.thread.state == state)
    });
    let items = staff_items(&app, &tickets, who.who.id).await?;
    Ok(Json(List { items, next_cursor: next.map(|position| Cursor::seal(&app, &list, &position)) }))
}
