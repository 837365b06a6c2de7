//! Reading and saving the rules of a card.

use crate::wire::{RulesAsk, RulesView};
use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::rules::Rules;
use oktan_shared::domain::{CardNumber, StationCode};
use oktan_shared::http::{Client, IfMatch, Json, Path, Problem, Staff, grant, with_etag};
use oktan_shared::journal::Act;
use oktan_shared::table::{CardEdit, CardNote, CardRecord, Placement, RulesEdit};
use serde_json::json;
use std::collections::BTreeSet;

/// Writes that may lose a race with fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

/// The rules of a card with their use.
#[utoipa::path(
    get, path = "/v1/cards/{number}/limits", tag = "limits", operation_id = "read_limits",
    params(("number" = CardNumber, Path)), responses((status = 200, body = RulesView)), security(("session" = ["Read"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Read>,
    Path(number): Path<CardNumber>,
) -> Result<Response, Problem> {
    let record = app.table.card(who.company, &number).await?.ok_or_else(Problem::not_found)?;
    Ok(answer(&app, &record))
}

/// The rules of any company's card with their use, for staff.
#[utoipa::path(
    get, path = "/v1/staff/cards/{number}/limits", tag = "staff", operation_id = "staff_card_limits",
    params(("number" = CardNumber, Path)), responses((status = 200, body = RulesView)),
    security(("session" = ["StaffRead"])),
)]
pub async fn read_any(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(number): Path<CardNumber>,
) -> Result<Response, Problem> {
    let company = app.table.company_of_card(&number).await?.ok_or_else(Problem::not_found)?;
    let record = app.table.card(company, &number).await?.ok_or_else(Problem::not_found)?;
    Ok(answer(&app, &record))
}

/// Sets all rules of a card at once. Use is counted apart from rules, so saving again forgets nothing.
#[utoipa::path(
    put, path = "/v1/cards/{number}/limits", tag = "limits", operation_id = "save_limits",
    params(("number" = CardNumber, Path), ("If-Match" = String, Header)),
    request_body = RulesAsk, responses((status = 200, body = RulesView)), security(("session" = ["ManageLimits"])),
)]
pub async fn save(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Path(number): Path<CardNumber>,
    edition: IfMatch,
    Json(ask): Json<RulesAsk>,
) -> Result<Response, Problem> {
    let rules = ask.to_rules(&app, &station_codes(&app, &ask).await?)?;
    change(&app, &who, &number, edition, To::Rules(rules)).await
}

/// The codes of all stations, where the rules name any; and a product that they name is known from here on.
pub async fn station_codes(app: &App, ask: &RulesAsk) -> Result<BTreeSet<StationCode>, Problem> {
    app.table.catalogue_of(ask.products().collect::<Vec<_>>()).await?;
    Ok(match &ask.stations {
        Some(_) => app.table.stations().await?.into_iter().map(|station| station.code).collect(),
        None => BTreeSet::new(),
    })
}

/// What a card's rules become.
pub enum To {
    /// These.
    Rules(Rules),
    /// Those it had before they were changed last.
    Previous,
}

/// Gives a card other rules.
pub async fn change(
    app: &App,
    who: &Client<grant::ManageLimits>,
    number: &CardNumber,
    edition: IfMatch,
    to: To,
) -> Result<Response, Problem> {
    let _turn = app.table.turn(number.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let record = app.table.card(who.company, number).await?.ok_or_else(Problem::not_found)?;
        edition.meets(record.row.card.edition)?;
        if record.row.card.closed {
            return Err(Problem::conflict("card_closed", "the card is closed for good"));
        }
        let (action, rules) = match &to {
            To::Rules(rules) => ("card.rules", rules.clone()),
            To::Previous => {
                let nothing = || Problem::conflict("nothing_to_restore", "the rules of this card were never changed");
                let previous = app.table.previous_rules(number).await?;
                ("card.rules_restored", previous.ok_or_else(nothing)?)
            }
        };
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: action.to_owned(),
            subject: format!("card {number}"),
            before: json!(record.rules),
            after: json!(rules),
            reason: String::new(),
        };
        let after = record.row.card.edited();
        let note = CardNote { unlimited: rules.is_unlimited(), ..record.note.clone() };
        let rules = RulesEdit::Rules { before: record.rules.clone(), after: rules };
        let edit = CardEdit { before: &record.row, after, note: Some(note), rules: Some(rules), active_only: true };
        match app.table.edit_card(&edit, &act).await? {
            Placement::Done => {
                let saved = app.table.card(who.company, number).await?.ok_or_else(Problem::not_found)?;
                return Ok(answer(app, &saved));
            }
            Placement::AccountRefused => return Err(Problem::company_suspended()),
            Placement::Moved => oktan_shared::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

fn answer(app: &App, record: &CardRecord) -> Response {
    with_etag(record.row.card.edition, Json(RulesView::of(app, record)))
}
