//! All about one card.

use super::CardView;
use super::fuel_now::{FuelNow, fuel_now};
use crate::app::App;
use crate::domain::pin::PIN_TRIES_MAX;
use crate::domain::text::Note;
use crate::domain::{CardNumber, Kopecks, Millilitres, ProductCode, StationCode};
use crate::table::{CardRecord, Station};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A fill that is under way.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct HoldView {
    /// The terminal's number of it.
    request_id: String,
    /// The product.
    #[schema(required)]
    product: Option<ProductCode>,
    /// What is set aside.
    quantity: Millilitres,
    /// The money set aside.
    amount: Kopecks,
    /// Where.
    station_code: StationCode,
    /// Since when.
    authorized_at: DateTime<Utc>,
    /// Until when.
    expires_at: DateTime<Utc>,
}

/// All about a card.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CardDetails {
    #[serde(flatten)]
    card: CardView,
    /// Whether the client's own block is on.
    blocked_by_client: bool,
    /// Whether the staff's block is on.
    blocked_by_staff: bool,
    /// Why it was blocked, as the last block said, or closed.
    #[schema(required)]
    block_reason: Option<Note>,
    /// When it was blocked last, or closed.
    #[schema(required)]
    blocked_at: Option<DateTime<Utc>>,
    /// The card in its place, if it was lost and replaced.
    #[schema(required)]
    replaced_by: Option<CardNumber>,
    /// The lost card in whose place it stands.
    #[schema(required)]
    replaces: Option<CardNumber>,
    /// Wrong PINs in a row that are left before it is locked; `null` without one.
    #[schema(required)]
    pin_tries_left: Option<u8>,
    /// What it can fuel at this moment.
    #[schema(required)]
    can_fuel_now: Option<FuelNow>,
    /// Fills under way.
    holds: Vec<HoldView>,
}

impl CardDetails {
    /// A card as it stands now; the stations tell what fuel costs.
    pub fn of(app: &App, record: &CardRecord, stations: &[Station]) -> Self {
        let (card, now) = (&record.row.card, app.clock.now());
        Self {
            card: CardView::of(card, &record.note, record.account.zone, now),
            blocked_by_client: card.blocked_by_client,
            blocked_by_staff: card.blocked_by_staff,
            block_reason: record.note.block_reason.clone(),
            blocked_at: record.note.blocked_at,
            replaced_by: card.replaced_by.clone(),
            replaces: record.note.replaces.clone(),
            pin_tries_left: card.pin_tries.map(|tries| PIN_TRIES_MAX.saturating_sub(tries)),
            can_fuel_now: fuel_now(app, record, stations),
            holds: card
                .open_holds(now)
                .map(|hold| HoldView {
                    request_id: hold.request.to_string(),
                    product: app.catalogue().by_ix(hold.product).map(|product| product.code.clone()),
                    quantity: hold.quantity,
                    amount: hold.amount,
                    station_code: hold.station.clone(),
                    authorized_at: hold.authorized_at,
                    expires_at: hold.expires_at,
                })
                .collect(),
        }
    }
}
