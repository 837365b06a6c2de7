//! One line of history with its whole life.

use axum::extract::State;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::authorization::{Authorization, State as Life};
use oktan_shared::domain::{Kopecks, Millilitres};
use oktan_shared::http::{Client, Json, Path, Problem, grant};
use oktan_shared::table::Entry;
use oktan_shared::wire::EntryView;
use serde::Serialize;

/// A moment of a fill's life.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MomentView {
    /// When.
    at: DateTime<Utc>,
    /// `requested` (by the terminal's clock), `approved`, `declined`, `captured`, `refunded` or `posted`.
    event: &'static str,
    /// How much, of a fill.
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Millilitres>,
    /// What it cost or brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Kopecks>,
}

/// A line of history and how it came to be.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct EntryDetails {
    #[serde(flatten)]
    entry: EntryView,
    /// Oldest first.
    life: Vec<MomentView>,
}

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
    let key = EntryView::open(&id, &app).ok_or_else(Problem::not_found)?;
    let entry = app.table.entry(&key).await?.filter(|entry| entry.company() == who.company);
    let entry = entry.ok_or_else(Problem::not_found)?;
    let life = match &entry {
        Entry::Purchase(authorization) | Entry::Decline(authorization) => of_authorization(authorization),
        Entry::Refund(refund) => vec![
            MomentView {
                at: refund.hold.authorized_at,
                event: "approved",
                quantity: Some(refund.hold.quantity),
                amount: Some(refund.hold.amount),
            },
            MomentView {
                at: refund.at,
                event: "refunded",
                quantity: Some(refund.quantity),
                amount: Some(refund.amount),
            },
        ],
        Entry::Payment { at, amount, .. } => {
            vec![MomentView { at: *at, event: "posted", quantity: None, amount: Some(*amount) }]
        }
    };
    Ok(Json(EntryDetails { entry: EntryView::of(&entry, who.account.zone, &app), life }))
}

fn of_authorization(authorization: &Authorization) -> Vec<MomentView> {
    let hold = &authorization.hold;
    let moment = |at, event, quantity, amount| MomentView { at, event, quantity: Some(quantity), amount };
    let asked = moment(hold.requested_at, "requested", hold.asked, None);
    match &authorization.state {
        Life::Declined { at, .. } => vec![asked, moment(*at, "declined", hold.asked, None)],
        Life::Captured(capture) => {
            let approved = moment(hold.authorized_at, "approved", hold.quantity, Some(hold.amount));
            vec![asked, approved, moment(capture.at, "captured", capture.quantity, Some(capture.amount))]
        }
        Life::Held | Life::Reversed { .. } | Life::Expired { .. } => vec![asked],
    }
}
