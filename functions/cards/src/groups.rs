//! The groups of a company's cards.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::text::Group;
use oktan_shared::http::{Client, Json, List, Problem, grant};
use serde::Serialize;

/// A group.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct GroupView {
    /// Its name; empty for the cards without one.
    group: Group,
    /// How many cards are in it, in whatever state.
    cards: u32,
}

/// The groups of the company's cards by name.
#[utoipa::path(
    get, path = "/v1/card-groups", tag = "cards", operation_id = "list_card_groups",
    responses((status = 200, body = List<GroupView>)), security(("session" = ["Read"])),
)]
pub async fn list(State(app): State<App>, who: Client<grant::Read>) -> Result<Json<List<GroupView>>, Problem> {
    let groups = app.table.card_groups(who.company).await?;
    Ok(Json(List::whole(groups.into_iter().map(|(group, cards)| GroupView { group, cards }).collect())))
}
