//! One card as the staff see and act on it: found by its number, whose ever it is.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::acts::{PinChange, change_pin, set_block};
use oktan_shared::domain::card::Side;
use oktan_shared::domain::text::CompanyName;
use oktan_shared::domain::{CardNumber, CompanyId};
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::wire::{CardDetails, CardView, CompanyStatusName, NothingAsk, ReasonAsk};
use serde::Serialize;

/// Whose a card is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CardCompany {
    id: CompanyId,
    name: CompanyName,
    status: CompanyStatusName,
}

/// A card as its client sees it, and whose it is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffCard {
    company: CardCompany,
    #[serde(flatten)]
    card: CardDetails,
}

/// A card by its number, whose ever it is.
#[utoipa::path(
    get, path = "/v1/staff/cards/{number}", tag = "staff", operation_id = "staff_card",
    params(("number" = CardNumber, Path)), responses((status = 200, body = StaffCard)),
    security(("session" = ["StaffRead"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(number): Path<CardNumber>,
) -> Result<Json<StaffCard>, Problem> {
    let company = app.table.company_of_card(&number).await?.ok_or_else(Problem::not_found)?;
    let record = app.table.card(company, &number).await?.ok_or_else(Problem::not_found)?;
    let stations = app.table.stations().await?;
    let (found, account) = app.table.company(company).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(StaffCard {
        company: CardCompany { id: company, name: found.name, status: account.status.into() },
        card: CardDetails::of(&app, &record, &stations),
    }))
}

/// Blocks a card as OKTAN; the client cannot lift it.
#[utoipa::path(
    post, path = "/v1/staff/cards/{number}/block", tag = "staff", operation_id = "staff_block_card",
    params(("number" = CardNumber, Path)), request_body = Option<ReasonAsk>,
    responses((status = 200, body = CardView)), security(("session" = ["Provision"])),
)]
pub async fn block(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(number): Path<CardNumber>,
    OptionalJson(ask): OptionalJson<ReasonAsk>,
) -> Result<Json<CardView>, Problem> {
    turn(&app, &who, &number, true, ask).await
}

/// Lifts OKTAN's own block.
#[utoipa::path(
    post, path = "/v1/staff/cards/{number}/unblock", tag = "staff", operation_id = "staff_unblock_card",
    params(("number" = CardNumber, Path)), request_body = Option<ReasonAsk>,
    responses((status = 200, body = CardView)), security(("session" = ["Provision"])),
)]
pub async fn unblock(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(number): Path<CardNumber>,
    OptionalJson(ask): OptionalJson<ReasonAsk>,
) -> Result<Json<CardView>, Problem> {
    turn(&app, &who, &number, false, ask).await
}

async fn turn(
    app: &App,
    who: &Staff<grant::Provision>,
    number: &CardNumber,
    blocked: bool,
    ask: ReasonAsk,
) -> Result<Json<CardView>, Problem> {
    let company = app.table.company_of_card(number).await?.ok_or_else(Problem::not_found)?;
    set_block(app, company, number, Side::Staff, blocked, who.actor(), ask.reason).await?;
    view(app, company, number).await
}

/// Forgives the wrong PINs of a card: a locked one is taken again.
#[utoipa::path(
    post, path = "/v1/staff/cards/{number}/pin/reset-tries", tag = "staff", operation_id = "staff_reset_pin_tries",
    params(("number" = CardNumber, Path)), request_body = Option<NothingAsk>,
    responses((status = 200, body = CardView)), security(("session" = ["Provision"])),
)]
pub async fn reset_tries(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(number): Path<CardNumber>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Json<CardView>, Problem> {
    let company = app.table.company_of_card(&number).await?.ok_or_else(Problem::not_found)?;
    change_pin(&app, company, &number, PinChange::Forgive, who.actor(), false).await?;
    view(&app, company, &number).await
}

async fn view(app: &App, company: CompanyId, number: &CardNumber) -> Result<Json<CardView>, Problem> {
    let record = app.table.card(company, number).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(CardView::of(&record.row.card, &record.note, record.account.zone, app.clock.now())))
}
