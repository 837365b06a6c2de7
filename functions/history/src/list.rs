//! The list.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::http::{Client, Json, List, Problem, Query, grant};
use oktan_shared::wire::{EntryView, HistoryFilter};

/// The company's history, newest first.
#[utoipa::path(
    get, path = "/v1/history", tag = "history", operation_id = "list_history",
    params(HistoryFilter), responses((status = 200, body = List<EntryView>)), security(("session" = ["Read"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Read>,
    Query(filter): Query<HistoryFilter>,
) -> Result<Json<List<EntryView>>, Problem> {
    filter.page(&app, &who.account).await.map(Json)
}
