//! One line of history with its whole life.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::http::{Client, Json, Path, Problem, grant};
use oktan_shared::wire::{EntryDetails, Reader};

/// One line of history with its whole life.
#[utoipa::path(
    get, path = "/v1/history/{id}", tag = "history", operation_id = "read_entry",
    params(("id" = String, Path)), responses((status = 200, body = EntryDetails)), security(("session" = ["Read"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Read>,
    Path(id): Path<String>,
) -> Result<Json<EntryDetails>, Problem> {
    let entry = EntryDetails::read(&app, who.company, who.account.zone, &id, Reader::Client).await?;
    entry.map(Json).ok_or_else(Problem::not_found)
}
