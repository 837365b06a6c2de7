//! A card's PIN: set, taken away, its tries forgiven.

use super::ATTEMPTS_MAX;
use crate::app::App;
use crate::domain::card::Card;
use crate::domain::people::Actor;
use crate::domain::pin::Pin;
use crate::domain::{CardNumber, CompanyId};
use crate::http::Problem;
use crate::journal::Act;
use crate::table::{CardEdit, Placement, RulesEdit};
use serde_json::json;

/// What becomes of a card's PIN.
#[derive(Debug, Clone, Copy)]
pub enum PinChange<'a> {
    /// This one, whatever it had; no wrong tries.
    Set(&'a Pin),
    /// None.
    Remove,
    /// The same with no wrong tries.
    Forgive,
}

impl PinChange<'_> {
    const fn action(self) -> &'static str {
        match self {
            Self::Set(_) => "card.pin",
            Self::Remove => "card.pin_removed",
            Self::Forgive => "card.pin_reset",
        }
    }

    /// The card as it shall be; `None` if it is so.
    fn applied(self, card: &Card) -> Option<Card> {
        match self {
            Self::Set(_) => Some(card.with_pin()),
            Self::Remove => card.without_pin(),
            Self::Forgive => card.with_tries_forgiven(),
        }
    }
}

/// Changes the PIN of a company's card; what changes nothing writes nothing. `active_only`: not while the company is
/// suspended.
///
/// # Errors
/// 404, 409 `card_closed`, `company_suspended`, 503.
pub async fn change_pin(
    app: &App,
    company: CompanyId,
    number: &CardNumber,
    change: PinChange<'_>,
    actor: Actor,
    active_only: bool,
) -> Result<(), Problem> {
    let _turn = app.table.turn(number.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let record = app.table.card(company, number).await?.ok_or_else(Problem::not_found)?;
        let card = &record.row.card;
        if card.closed {
            return Err(Problem::conflict("card_closed", "the card is closed for good"));
        }
        let Some(after) = change.applied(card) else { return Ok(()) };
        let act = Act {
            at: app.clock.now(),
            actor: actor.clone(),
            action: change.action().to_owned(),
            subject: format!("card {number}"),
            before: json!({ "pin": card.pin_state().name() }),
            after: json!({ "pin": after.pin_state().name() }),
            reason: String::new(),
        };
        let rules = match change {
            PinChange::Set(pin) => Some(RulesEdit::Pin(Some(app.keys.pin_hash(number, pin)))),
            PinChange::Remove => Some(RulesEdit::Pin(None)),
            PinChange::Forgive => None,
        };
        let edit = CardEdit { before: &record.row, after, note: None, rules, active_only };
        match app.table.edit_card(&edit, &act).await? {
            Placement::Done => return Ok(()),
            Placement::AccountRefused => return Err(Problem::company_suspended()),
            Placement::Moved => crate::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}
