//! Who did what.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::http::{Client, Json, List, Problem, Query, grant};
use oktan_shared::wire::{ActView, JournalFilter, Reader};

/// What people did with the company's money, cards, rules and people, newest first; OKTAN's staff by their role.
#[utoipa::path(
    get, path = "/v1/journal", tag = "journal", operation_id = "list_journal",
    params(JournalFilter), responses((status = 200, body = List<ActView>)), security(("session" = ["Read"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Read>,
    Query(filter): Query<JournalFilter>,
) -> Result<Json<List<ActView>>, Problem> {
    filter.page(&app, Some(who.company), who.account.zone, Reader::Client).await.map(Json)
}
