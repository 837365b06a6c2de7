//! What a card spends from: the account, or only money moved onto it.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::CardNumber;
use oktan_shared::domain::card::{Funding, SwitchRefused};
use oktan_shared::http::{Json, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::Transferred;
use oktan_shared::wire::{CardView, FundingName};
use serde::Deserialize;
use serde_json::json;

/// Writes that may lose a race with fills before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

/// What the card shall spend from.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FundingAsk {
    funding: FundingName,
}

/// Switches what a card spends from; the money on its purse goes back to the account, its share of the budget to the
/// reserve. Refused while a fill is under way; repeating changes nothing.
#[utoipa::path(
    post, path = "/v1/staff/cards/{number}/funding", tag = "staff", operation_id = "switch_funding",
    params(("number" = CardNumber, Path)), request_body = FundingAsk,
    responses((status = 200, body = CardView)), security(("session" = ["Provision"])),
)]
pub async fn switch(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(number): Path<CardNumber>,
    Json(ask): Json<FundingAsk>,
) -> Result<Json<CardView>, Problem> {
    let company = app.table.company_of_card(&number).await?.ok_or_else(Problem::not_found)?;
    let _turn = app.table.turn(number.as_str()).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let record = app.table.card(company, &number).await?.ok_or_else(Problem::not_found)?;
        let (card, zone, now) = (&record.row.card, record.account.zone, app.clock.now());
        let switched = card.switch(Funding::from(ask.funding), now).map_err(|refused| match refused {
            SwitchRefused::Closed => Problem::conflict("card_closed", "the card is closed for good"),
            SwitchRefused::HoldOpen => Problem::conflict("hold_open", "a fill is under way: wait until it is over"),
        })?;
        let Some(switched) = switched else { return Ok(Json(CardView::of(card, &record.note, zone, now))) };
        let act = Act {
            at: now,
            actor: who.actor(),
            action: "card.funding".to_owned(),
            subject: format!("card {number}"),
            before: json!({ "funding": FundingName::from(card.funding) }),
            after: json!({ "funding": ask.funding, "amount": switched.back }),
            reason: String::new(),
        };
        match app.table.switch_funding(&record, &switched, zone.windows(now).month(), &act).await? {
            Transferred::Posted => return Ok(Json(CardView::of(&switched.card, &record.note, zone, now))),
            Transferred::AccountRefused => return Err(Problem::company_suspended()),
            _ => oktan_shared::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}
