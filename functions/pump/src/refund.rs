//! A purchase's return, in part or whole, once per request.

use crate::id;
use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::card::RefundRefused;
use oktan_shared::domain::ids::RequestId;
use oktan_shared::domain::quantity::QUANTITY_MAX;
use oktan_shared::domain::{Invalid, Millilitres};
use oktan_shared::http::{Json, Problem, TerminalToken};
use oktan_shared::table::Placement;
use oktan_shared::wire::EntryView;
use serde::Deserialize;

/// Writes that may lose a race before the terminal is told to call again.
const ATTEMPTS_MAX: u32 = 64;

/// What comes back.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundAsk {
    /// The terminal's own number for it.
    request_id: RequestId,
    /// Of the purchase.
    authorization_id: String,
    /// How much.
    quantity: Millilitres,
}

/// Returns a purchase, in part or whole.
#[utoipa::path(
    post, path = "/v1/pump/refunds", tag = "pump", operation_id = "refund",
    request_body = RefundAsk, responses((status = 200, body = EntryView)), security(("terminal" = [])),
)]
pub async fn refund(
    State(app): State<App>,
    asker: TerminalToken,
    Json(ask): Json<RefundAsk>,
) -> Result<Json<EntryView>, Problem> {
    if !ask.quantity.is_positive() || ask.quantity > QUANTITY_MAX {
        let invalid = Invalid::new("quantity_out_of_range", "a quantity is 0.001 to 99999.999");
        return Err(Problem::field("quantity", &invalid));
    }
    let (card, purchase) = id::open(&app, &asker, &ask.authorization_id)?;
    let _turn = app.table.turn(card.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let (found, authorization) = id::read(&app, &asker, &card, purchase).await?;
        if let Some(before) = app.table.refund_of(&card, ask.request_id).await? {
            if before.purchase != purchase || before.quantity != ask.quantity {
                return Err(Problem::conflict("request_id_reused", "this request_id was used with another body"));
            }
            return Ok(Json(EntryView::refund(&before, &app)));
        }
        let (now, catalogue) = (app.clock.now(), app.catalogue());
        let posting =
            found.refund(&authorization, ask.quantity, (ask.request_id, None), &catalogue, now).map_err(|refused| {
                match refused {
                    RefundRefused::NotCaptured => Problem::conflict("not_captured", "there is no purchase to return"),
                    RefundRefused::MoreThanCaptured => Problem::conflict(
                        "refund_exceeds_capture",
                        "all returns together would be more than was captured",
                    ),
                    RefundRefused::Nothing => {
                        Problem::field("quantity", &Invalid::new("quantity_out_of_range", "a quantity is above zero"))
                    }
                }
            })?;
        if app.table.refund(&found, &authorization, &posting).await? == Placement::Done {
            return Ok(Json(EntryView::refund(&posting.row, &app)));
        }
        oktan_shared::table::pause(attempt).await;
    }
    Err(Problem::unavailable())
}
