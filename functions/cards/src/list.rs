//! The list.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::http::{Client, Json, List, Problem, Query, grant};
use oktan_shared::wire::{CardFilter, CardView};

/// The company's cards by number.
#[utoipa::path(
    get, path = "/v1/cards", tag = "cards", operation_id = "list_cards",
    params(CardFilter), responses((status = 200, body = List<CardView>)), security(("session" = ["Read"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Read>,
    Query(filter): Query<CardFilter>,
) -> Result<Json<List<CardView>>, Problem> {
    filter.page(&app, &who.account).await.map(Json)
}
