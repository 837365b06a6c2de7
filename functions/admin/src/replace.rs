//! The end of a card: a lost one is replaced, one that nobody needs is closed.

use crate::cards::taken;
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::auth::random_bytes;
use oktan_shared::domain::card::{Card, Sale};
use oktan_shared::domain::card_number::SERIAL_MAX;
use oktan_shared::domain::text::Note;
use oktan_shared::domain::{CardNumber, Kopecks};
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{CardNote, CardRecord, Placement, Succession};
use oktan_shared::wire::{CardView, ReasonAsk};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

/// Writes that may lose a race with fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

/// How a lost card is replaced.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceAsk {
    /// The new card's; drawn when left out.
    number: Option<CardNumber>,
    /// Whether the new card is blocked by OKTAN until it is handed over.
    #[serde(default)]
    blocked: bool,
    /// Why; may be left out.
    reason: Option<Note>,
}

/// A card and the one in its place.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ReplacedView {
    /// Closed for good.
    old: CardView,
    /// With its rules, share, label, group and purse, what it used, and no PIN.
    card: CardView,
}

/// Closes a lost card for good and issues another with its rules, share, label, group, purse and use. The PIN is not carried over.
/// Fills that are under way can still be captured.
#[utoipa::path(
    post, path = "/v1/staff/cards/{number}/replace", tag = "staff", operation_id = "replace_card",
    params(("number" = CardNumber, Path)), request_body = Option<ReplaceAsk>,
    responses((status = 201, body = ReplacedView)), security(("session" = ["Provision"])),
)]
pub async fn replace(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(number): Path<CardNumber>,
    OptionalJson(ask): OptionalJson<ReplaceAsk>,
) -> Result<(StatusCode, Json<ReplacedView>), Problem> {
    let company = app.table.company_of_card(&number).await?.ok_or_else(Problem::not_found)?;
    if ask.number.as_ref() == Some(&number) {
        return Err(taken(&number));
    }
    let _turn = app.table.turn(number.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let record = app.table.card(company, &number).await?.ok_or_else(Problem::not_found)?;
        let now = app.clock.now();
        let drawn = || CardNumber::issue(company, u32::from_be_bytes(random_bytes()) % (SERIAL_MAX + 1));
        let next = ask.number.clone().unwrap_or_else(drawn);
        let valid_until = Card::valid_until_of(record.account.zone.date(now));
        let catalogue = app.catalogue();
        let (share, account) = (&record.allowance.share, &record.account);
        let sale = Sale { share, account, catalogue: &catalogue, vat_percent: 0 };
        let exception = record.allowance.exception.as_ref();
        let replaced = record.row.card.replace(next, valid_until, exception, &sale, now);
        let mut replaced = replaced.map_err(|_| closed())?;
        replaced.heir.blocked_by_staff = ask.blocked;
        let old_note = ended(&record, ask.reason.as_ref(), now);
        let handed_over = crate::cards::until_handed_over().filter(|_| ask.blocked);
        let new_note = CardNote {
            label: record.note.label.clone(),
            group: record.note.group.clone(),
            block_reason: handed_over,
            blocked_at: ask.blocked.then_some(now),
            unlimited: record.note.unlimited,
            replaces: Some(number.clone()),
            ..CardNote::default()
        };
        let mut after = told(record.row.card.purse.saturating_sub(replaced.old.purse));
        after.insert("replaced_by".to_owned(), json!(replaced.heir.number));
        let act = act(&who, "card.replace", &number, after, ask.reason.as_ref(), now);
        match app.table.replace_card(&record, &replaced, [&old_note, &new_note], &act).await? {
            Succession::Done => {
                let view = |card: &Card, note: &CardNote| CardView::of(card, note, record.account.zone, now);
                let (old, card) = (view(&replaced.old, &old_note), view(&replaced.heir, &new_note));
                return Ok((StatusCode::CREATED, Json(ReplacedView { old, card })));
            }
            Succession::NotActive => return Err(Problem::company_suspended()),
            Succession::Taken => {
                if let Some(number) = &ask.number {
                    return Err(taken(number));
                }
            }
            Succession::Moved => oktan_shared::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

/// Closes a card for good; a purse's money returns to the account, its share to the reserve. Fills that are under way can still be captured.
#[utoipa::path(
    post, path = "/v1/staff/cards/{number}/close", tag = "staff", operation_id = "close_card",
    params(("number" = CardNumber, Path)), request_body = Option<ReasonAsk>,
    responses((status = 200, body = CardView)), security(("session" = ["Provision"])),
)]
pub async fn close(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(number): Path<CardNumber>,
    OptionalJson(ask): OptionalJson<ReasonAsk>,
) -> Result<Json<CardView>, Problem> {
    let company = app.table.company_of_card(&number).await?.ok_or_else(Problem::not_found)?;
    let _turn = app.table.turn(number.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let record = app.table.card(company, &number).await?.ok_or_else(Problem::not_found)?;
        let now = app.clock.now();
        let done = record.row.card.close().map_err(|_| closed())?;
        let note = ended(&record, ask.reason.as_ref(), now);
        let after = told(record.row.card.purse.saturating_sub(done.card.purse));
        let act = act(&who, "card.close", &number, after, ask.reason.as_ref(), now);
        match app.table.close_card(&record, &done, &note, &act).await? {
            Placement::Done => return Ok(Json(CardView::of(&done.card, &note, record.account.zone, now))),
            Placement::Moved | Placement::AccountRefused => oktan_shared::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

fn closed() -> Problem {
    Problem::conflict("card_closed", "the card is closed for good")
}

/// The note of a card that is closed, with why.
fn ended(record: &CardRecord, reason: Option<&Note>, now: chrono::DateTime<chrono::Utc>) -> CardNote {
    CardNote { block_reason: reason.cloned(), blocked_at: Some(now), ..record.note.clone() }
}

/// What the journal says of the end of a card whose purse gave `moved` away.
fn told(moved: Kopecks) -> Map<String, serde_json::Value> {
    let mut after = Map::new();
    if moved != Kopecks::ZERO {
        after.insert("amount".to_owned(), json!(moved));
    }
    after
}

fn act(
    who: &Staff<grant::Provision>,
    action: &str,
    number: &CardNumber,
    after: Map<String, serde_json::Value>,
    reason: Option<&Note>,
    now: chrono::DateTime<chrono::Utc>,
) -> Act {
    Act {
        at: now,
        actor: who.actor(),
        action: action.to_owned(),
        subject: format!("card {number}"),
        before: serde_json::Value::Null,
        after: after.into(),
        reason: reason.map(ToString::to_string).unwrap_or_default(),
    }
}
