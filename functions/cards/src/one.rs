//! One card: its details, its label.

use crate::fuel_now::{FuelNow, fuel_now};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::text::{Group, Label, Note};
use oktan_shared::domain::{CardNumber, CompanyId, Kopecks, Millilitres, ProductCode, StationCode};
use oktan_shared::http::{Client, IfMatch, Json, Path, Problem, grant, with_etag};
use oktan_shared::journal::Act;
use oktan_shared::table::{CardEdit, CardNote, CardRecord, Placement};
use oktan_shared::wire::CardView;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Writes that may lose a race with fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

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
    /// Why it was blocked, as the last block said.
    #[schema(required)]
    block_reason: Option<Note>,
    /// When it was blocked last.
    #[schema(required)]
    blocked_at: Option<DateTime<Utc>>,
    /// What it can fuel at this moment.
    #[schema(required)]
    can_fuel_now: Option<FuelNow>,
    /// Fills under way.
    holds: Vec<HoldView>,
}

/// What of a card people may rename.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardPatch {
    /// A plate or a driver.
    label: Option<Label>,
    /// Its group.
    group: Option<Group>,
}

/// A card in detail.
#[utoipa::path(
    get, path = "/v1/cards/{number}", tag = "cards", operation_id = "read_card",
    params(("number" = CardNumber, Path)), responses((status = 200, body = CardDetails)), security(("session" = ["Read"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Read>,
    Path(number): Path<CardNumber>,
) -> Result<Response, Problem> {
    answer(&app, who.company, &number).await
}

/// Changes a card's label or group.
#[utoipa::path(
    patch, path = "/v1/cards/{number}", tag = "cards", operation_id = "edit_card",
    params(("number" = CardNumber, Path), ("If-Match" = String, Header)),
    request_body = CardPatch, responses((status = 200, body = CardDetails)), security(("session" = ["ManageCards"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Client<grant::ManageCards>,
    Path(number): Path<CardNumber>,
    edition: IfMatch,
    Json(patch): Json<CardPatch>,
) -> Result<Response, Problem> {
    let _turn = app.table.turn(number.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let record = app.table.card(who.company, &number).await?.ok_or_else(Problem::not_found)?;
        edition.meets(record.row.card.edition)?;
        let note = CardNote {
            label: patch.label.clone().unwrap_or_else(|| record.note.label.clone()),
            group: patch.group.clone().unwrap_or_else(|| record.note.group.clone()),
            ..record.note.clone()
        };
        if note == record.note {
            return answer(&app, who.company, &number).await;
        }
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: "card.rename".to_owned(),
            subject: format!("card {number}"),
            before: json!({ "label": record.note.label, "group": record.note.group }),
            after: json!({ "label": note.label, "group": note.group }),
            reason: String::new(),
        };
        let after = record.row.card.edited();
        let edit = CardEdit { before: &record.row, after, note: Some(note), rules: None, active_only: true };
        match app.table.edit_card(&edit, &act).await? {
            Placement::Done => return answer(&app, who.company, &number).await,
            Placement::AccountRefused => return Err(Problem::company_suspended()),
            // A fill moved the card meanwhile; the edition tells whether a person did.
            Placement::Moved => oktan_shared::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

/// The card as it stands, with its edition.
///
/// # Errors
/// 404 where the company has no such card.
pub async fn answer(app: &App, company: CompanyId, number: &CardNumber) -> Result<Response, Problem> {
    let record = app.table.card(company, number).await?.ok_or_else(Problem::not_found)?;
    let stations = app.table.stations().await?;
    Ok(with_etag(record.row.card.edition, Json(details(app, &record, fuel_now(app, &record, &stations)))))
}

fn details(app: &App, record: &CardRecord, can_fuel_now: Option<FuelNow>) -> CardDetails {
    let (card, now) = (&record.row.card, app.clock.now());
    CardDetails {
        card: CardView::of(card, &record.note, record.account.zone, now),
        blocked_by_client: card.blocked_by_client,
        blocked_by_staff: card.blocked_by_staff,
        block_reason: record.note.block_reason.clone(),
        blocked_at: record.note.blocked_at,
        can_fuel_now,
        holds: card
            .open_holds(now)
            .map(|hold| HoldView {
                request_id: hold.request.to_string(),
                product: app.catalogue.by_ix(hold.product).map(|product| product.code.clone()),
                quantity: hold.quantity,
                amount: hold.amount,
                station_code: hold.station.clone(),
                authorized_at: hold.authorized_at,
                expires_at: hold.expires_at,
            })
            .collect(),
    }
}
