//! Promotions, for those who write them.

use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::PromotionId;
use oktan_shared::http::{Json, List, PageQuery, Path, Problem, Query, Staff, grant, with_etag};

use crate::view::{StaffPromotion, StaffPromotionItem};

/// All promotions, drafts too, the newest first.
#[utoipa::path(
    get, path = "/v1/staff/promotions", tag = "staff", operation_id = "list_staff_promotions", params(PageQuery),
    responses((status = 200, body = List<StaffPromotionItem>)), security(("session" = ["Content"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Query(page): Query<PageQuery>,
) -> Result<Json<List<StaffPromotionItem>>, Problem> {
    let list = ["staff promotions"];
    let after = page.after(&app, &list)?;
    let (promotions, end) = app.table.promotions_for_staff(page.limit.limit(), after.as_ref()).await?;
    let (catalogue, now) = (app.catalogue(), app.clock.now());
    let items = promotions.iter().map(|promotion| StaffPromotionItem::of(promotion, &catalogue, now)).collect();
    Ok(Json(List::page(&app, &list, items, end)))
}

/// A promotion, draft or not.
#[utoipa::path(
    get, path = "/v1/staff/promotions/{id}", tag = "staff", operation_id = "read_staff_promotion",
    params(("id" = PromotionId, Path)), responses((status = 200, body = StaffPromotion)),
    security(("session" = ["Content"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Path(id): Path<PromotionId>,
) -> Result<Response, Problem> {
    let promotion = app.table.promotion(id).await?.ok_or_else(Problem::not_found)?;
    let view = StaffPromotion::of(&promotion, &app.catalogue(), app.clock.now());
    Ok(with_etag(promotion.edition, Json(view)))
}
