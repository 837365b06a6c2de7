//! Issuing cards, and the staff's own block.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{Datelike, NaiveDate};
use oktan_shared::App;
use oktan_shared::acts::set_block;
use oktan_shared::auth::random_bytes;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::card::{Card, Funding, Side};
use oktan_shared::domain::card_number::SERIAL_MAX;
use oktan_shared::domain::text::{Group, Label};
use oktan_shared::domain::usage::Usage;
use oktan_shared::domain::{CardNumber, CompanyId, Invalid, Kopecks};
use oktan_shared::http::{FieldProblem, Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{CardNote, ISSUE_MAX};
use oktan_shared::wire::{CardView, FundingName, ReasonAsk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// Cards of one call.
const CALL_MAX: usize = 200;
/// Years that a card is valid, to the end of the month.
const VALID_YEARS: i32 = 3;
/// Tries of a chunk whose drawn numbers were taken.
const DRAWS_MAX: usize = 16;

/// Cards to issue.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueAsk {
    /// 1 to 200.
    cards: Vec<CardAsk>,
}

/// A card to issue.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardAsk {
    /// Drawn when left out.
    number: Option<CardNumber>,
    /// A plate or a driver.
    label: Option<Label>,
    group: Option<Group>,
    /// The account when left out.
    funding: Option<FundingName>,
}

/// The cards that were issued.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Issued {
    cards: Vec<CardView>,
}

/// Issues cards to a company, in the order asked. Named numbers that are taken are refused before anything is issued.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/cards", tag = "staff", operation_id = "issue_cards",
    params(("id" = CompanyId, Path)), request_body = IssueAsk, responses((status = 201, body = Issued)),
    security(("session" = ["Provision"])),
)]
pub async fn issue(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(id): Path<CompanyId>,
    Json(ask): Json<IssueAsk>,
) -> Result<(StatusCode, Json<Issued>), Problem> {
    if ask.cards.is_empty() || ask.cards.len() > CALL_MAX {
        let invalid = Invalid::new("cards_out_of_range", "1 to 200 cards at once");
        return Err(Problem::field("cards", &invalid));
    }
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    check_numbers(&app, &ask).await?;
    let today = account.zone.date(app.clock.now());
    let mut issued = Vec::with_capacity(ask.cards.len());
    for chunk in ask.cards.chunks(ISSUE_MAX) {
        let cards = issue_chunk(&app, &who, &account, chunk, valid_until(today)).await?;
        issued.extend(cards.iter().map(|(card, note)| CardView::of(card, note, account.zone, app.clock.now())));
    }
    Ok((StatusCode::CREATED, Json(Issued { cards: issued })))
}

/// Refuses numbers named twice or taken before anything is issued.
async fn check_numbers(app: &App, ask: &IssueAsk) -> Result<(), Problem> {
    let named: Vec<(usize, &CardNumber)> =
        ask.cards.iter().enumerate().filter_map(|(at, card)| card.number.as_ref().map(|number| (at, number))).collect();
    let mut seen = BTreeSet::new();
    let repeated: Vec<FieldProblem> = named
        .iter()
        .filter(|(_, number)| !seen.insert(*number))
        .map(|(at, _)| FieldProblem {
            field: format!("cards[{at}].number"),
            code: "card_number_repeated".to_owned(),
            message: "this number stands twice in the call".to_owned(),
        })
        .collect();
    if !repeated.is_empty() {
        return Err(Problem::fields(repeated));
    }
    let numbers: Vec<CardNumber> = named.iter().map(|(_, number)| (*number).clone()).collect();
    match app.table.taken_numbers(&numbers).await?.first() {
        Some(number) => Err(taken(number)),
        None => Ok(()),
    }
}

fn taken(number: &CardNumber) -> Problem {
    Problem::conflict("card_number_taken", &format!("the card {number} exists already"))
}

async fn issue_chunk(
    app: &App,
    who: &Staff<grant::Provision>,
    account: &Account,
    chunk: &[CardAsk],
    valid_until: NaiveDate,
) -> Result<Vec<(Card, CardNote)>, Problem> {
    let mut drawn: Vec<Option<CardNumber>> = vec![None; chunk.len()];
    for _ in 0..DRAWS_MAX {
        draw(account.company, chunk, &mut drawn);
        let cards: Vec<(Card, CardNote)> = chunk
            .iter()
            .zip(&drawn)
            .filter_map(|(ask, number)| {
                Some((new_card(account.company, number.clone()?, ask, valid_until), new_note(ask)))
            })
            .collect();
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: "cards.issue".to_owned(),
            subject: format!("company {}", account.company),
            before: serde_json::Value::Null,
            after: json!(cards.iter().map(|(card, _)| card.number.as_str()).collect::<Vec<_>>()),
            reason: String::new(),
        };
        match app.table.issue_cards(account.company, &cards, &act).await? {
            Some(true) => return Ok(cards),
            Some(false) => return Err(Problem::conflict("company_suspended", "the company is not active")),
            // Drawn ones that are taken are drawn again; a named one was taken meanwhile.
            None => {
                let numbers: Vec<CardNumber> = cards.into_iter().map(|(card, _)| card.number).collect();
                let gone: BTreeSet<CardNumber> = app.table.taken_numbers(&numbers).await?.into_iter().collect();
                if let Some(named) = chunk.iter().filter_map(|ask| ask.number.as_ref()).find(|n| gone.contains(*n)) {
                    return Err(taken(named));
                }
                drawn
                    .iter_mut()
                    .filter(|number| number.as_ref().is_some_and(|n| gone.contains(n)))
                    .for_each(|n| *n = None);
            }
        }
    }
    Err(Problem::unavailable())
}

/// Gives every card a number: the one it was asked with, or one drawn that no other of the chunk has.
fn draw(company: CompanyId, chunk: &[CardAsk], drawn: &mut [Option<CardNumber>]) {
    let mut used: BTreeSet<CardNumber> = chunk.iter().filter_map(|ask| ask.number.clone()).collect();
    used.extend(drawn.iter().flatten().cloned());
    for (ask, number) in chunk.iter().zip(drawn.iter_mut()).filter(|(_, number)| number.is_none()) {
        *number = ask.number.clone().or_else(|| {
            std::iter::repeat_with(|| CardNumber::issue(company, u32::from_be_bytes(random_bytes()) % (SERIAL_MAX + 1)))
                .find(|drawn| used.insert(drawn.clone()))
        });
    }
}

fn new_card(company: CompanyId, number: CardNumber, ask: &CardAsk, valid_until: NaiveDate) -> Card {
    Card {
        number,
        company,
        valid_until,
        funding: ask.funding.map_or(Funding::Account, Funding::from),
        purse: Kopecks::ZERO,
        blocked_by_client: false,
        blocked_by_staff: false,
        closed: false,
        usage: Usage::default(),
        holds: Vec::new(),
        last_product: None,
        edition: 1,
        version: 1,
    }
}

fn new_note(ask: &CardAsk) -> CardNote {
    CardNote {
        label: ask.label.clone().unwrap_or_default(),
        group: ask.group.clone().unwrap_or_default(),
        block_reason: None,
        blocked_at: None,
        unlimited: true,
        edition: 1,
    }
}

/// The last day of the month, [`VALID_YEARS`] on.
fn valid_until(today: NaiveDate) -> NaiveDate {
    let (year, month) = (today.year() + VALID_YEARS, today.month());
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(next.0, next.1, 1).and_then(|first| first.pred_opt()).unwrap_or(today)
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
    let record = app.table.card(company, number).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(CardView::of(&record.row.card, &record.note, record.account.zone, app.clock.now())))
}
