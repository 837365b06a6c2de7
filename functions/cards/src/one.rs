//! One card: its details, its label.

use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::text::{Group, Label};
use oktan_shared::domain::{CardNumber, CompanyId};
use oktan_shared::http::{Client, IfMatch, Json, Path, Problem, grant, with_etag};
use oktan_shared::journal::Act;
use oktan_shared::table::{CardEdit, CardNote, Placement};
use oktan_shared::wire::CardDetails;
use serde::Deserialize;
use serde_json::json;

/// Writes that may lose a race with fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

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
    Ok(with_etag(record.row.card.edition, Json(CardDetails::of(app, &record, &stations))))
}
