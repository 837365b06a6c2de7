//! The company's money: at this moment, moved to purses and back, and which cards spend from what.

mod funding;
mod transfers;

use axum::extract::State;
use oktan_shared::http::{Client, Json, Problem, grant};
use oktan_shared::wire::BalanceView;
use oktan_shared::{App, routes};
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(transfers::transfer)).routes(routes!(funding::switch))
}

/// The company's money.
#[utoipa::path(
    get, path = "/v1/balance", tag = "balance", operation_id = "read_balance",
    responses((status = 200, body = BalanceView)), security(("session" = ["Read"])),
)]
async fn read(State(app): State<App>, who: Client<grant::Read>) -> Result<Json<BalanceView>, Problem> {
    BalanceView::of_company(&app, who.company, who.account.zone).await.map(Json)
}
