//! Acts that a client's function and a staff's both offer.

mod pin;
pub mod shares;

pub use pin::{PinChange, change_pin};

use crate::app::App;
use crate::domain::card::{BlockRefused, Side};
use crate::domain::people::Actor;
use crate::domain::text::Note;
use crate::domain::{CardNumber, CompanyId};
use crate::http::Problem;
use crate::journal::Act;
use crate::table::{CardEdit, Placement};
use serde_json::json;

/// Writes that may lose a race with fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

/// Sets or lifts one side's block of a company's card; repeating changes nothing. When this has returned, the card's
/// version has moved, so no decision that was under way can approve any more.
///
/// # Errors
/// 404, 409 `card_closed`, `blocked_by_staff`, `company_suspended`, 503.
pub async fn set_block(
    app: &App,
    company: CompanyId,
    number: &CardNumber,
    by: Side,
    blocked: bool,
    actor: Actor,
    reason: Option<Note>,
) -> Result<(), Problem> {
    let _turn = app.table.turn(number.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let record = app.table.card(company, number).await?.ok_or_else(Problem::not_found)?;
        let card = &record.row.card;
        let next = if blocked { card.block(by) } else { card.unblock(by) };
        let next = next.map_err(|refused| match refused {
            BlockRefused::Closed => Problem::conflict("card_closed", "the card is closed for good"),
            BlockRefused::ByStaff => Problem::conflict("blocked_by_staff", "OKTAN blocked this card: call us"),
        })?;
        let Some(after) = next else { return Ok(()) };
        let now = app.clock.now();
        let mut note = record.note.clone();
        if blocked {
            (note.block_reason, note.blocked_at) = (reason.clone(), Some(now));
        } else if !after.blocked_by_client && !after.blocked_by_staff {
            (note.block_reason, note.blocked_at) = (None, None);
        }
        let flags =
            |c: &crate::domain::card::Card| json!({ "by_client": c.blocked_by_client, "by_staff": c.blocked_by_staff });
        let act = Act {
            at: now,
            actor: actor.clone(),
            action: if blocked { "card.block" } else { "card.unblock" }.to_owned(),
            subject: format!("card {number}"),
            before: flags(card),
            after: flags(&after),
            reason: reason.as_ref().map(ToString::to_string).unwrap_or_default(),
        };
        let active_only = by == Side::Client;
        let edit = CardEdit { before: &record.row, after, note: Some(note), rules: None, active_only };
        match app.table.edit_card(&edit, &act).await? {
            Placement::Done => return Ok(()),
            Placement::AccountRefused => return Err(Problem::company_suspended()),
            Placement::Moved => crate::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}
