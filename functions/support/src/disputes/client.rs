//! A company's disputes.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::dispute::Step;
use oktan_shared::domain::ids::DisputeId;
use oktan_shared::http::{Client, Json, List, OptionalJson, PageQuery, Path, Problem, Query, grant};
use oktan_shared::wire::NothingAsk;

use super::view::{DisputeDetails, DisputeItem, Side, details};
use super::{end, find};

/// The company's disputes, newest first.
#[utoipa::path(
    get, path = "/v1/disputes", tag = "support", operation_id = "list_disputes", params(PageQuery),
    responses((status = 200, body = List<DisputeItem>)), security(("session" = ["Tickets"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Query(filter): Query<PageQuery>,
) -> Result<Json<List<DisputeItem>>, Problem> {
    let tenant = who.company.to_string();
    let list = ["disputes", tenant.as_str()];
    let after = filter.after(&app, &list)?;
    let (disputes, end) = app.table.disputes_of(who.company, filter.limit.limit(), after.as_ref()).await?;
    let items = disputes.iter().map(|dispute| DisputeItem::of(dispute, &app)).collect();
    Ok(Json(List::page(&app, &list, items, end)))
}

/// A dispute with what was known of the purchase when it was begun, and how it ended.
#[utoipa::path(
    get, path = "/v1/disputes/{id}", tag = "support", operation_id = "read_dispute",
    params(("id" = DisputeId, Path)), responses((status = 200, body = DisputeDetails)),
    security(("session" = ["Tickets"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Path(id): Path<DisputeId>,
) -> Result<Json<DisputeDetails>, Problem> {
    let dispute = find(&app, id, Some(who.company)).await?;
    Ok(Json(details(&app, &dispute, who.who.id, Side::Client).await?))
}

/// Takes a dispute back; the purchase may be disputed again. 409 `dispute_over`, `dispute_refund_waits`.
#[utoipa::path(
    post, path = "/v1/disputes/{id}/withdraw", tag = "support", operation_id = "withdraw_dispute",
    params(("id" = DisputeId, Path)), request_body = Option<NothingAsk>,
    responses((status = 200, body = DisputeDetails)), security(("session" = ["Tickets"])),
)]
pub async fn withdraw(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Path(id): Path<DisputeId>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Json<DisputeDetails>, Problem> {
    let (which, step) = ((id, Some(who.company)), (Step::Withdraw, "dispute.withdraw"));
    let dispute = end(&app, which, step, (who.who.id, &who.actor()), None).await?;
    Ok(Json(details(&app, &dispute, who.who.id, Side::Client).await?))
}
