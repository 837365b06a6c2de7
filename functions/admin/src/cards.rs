//! Issuing cards.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::auth::random_bytes;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::card::{Card, Funding};
use oktan_shared::domain::card_number::SERIAL_MAX;
use oktan_shared::domain::rules::Rules;
use oktan_shared::domain::text::{Group, Label, Note};
use oktan_shared::domain::{CardNumber, CompanyId, Invalid};
use oktan_shared::http::{FieldProblem, Json, Path, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::provision::rules_of_new_cards;
use oktan_shared::table::{CardNote, ISSUE_MAX};
use oktan_shared::wire::{CardView, FundingName};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// Cards of one call.
const CALL_MAX: usize = 200;
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
    /// Blocked by OKTAN until it is handed over.
    #[serde(default)]
    blocked: bool,
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
    let rules = rules_of_new_cards(&app, id).await?;
    let today = account.zone.date(app.clock.now());
    let mut issued = Vec::with_capacity(ask.cards.len());
    for chunk in ask.cards.chunks(ISSUE_MAX) {
        let cards = issue_chunk(&app, &who, &account, chunk, &rules, Card::valid_until_of(today)).await?;
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

pub fn taken(number: &CardNumber) -> Problem {
    Problem::conflict("card_number_taken", &format!("the card {number} exists already"))
}

async fn issue_chunk(
    app: &App,
    who: &Staff<grant::Provision>,
    account: &Account,
    chunk: &[CardAsk],
    rules: &Rules,
    valid_until: NaiveDate,
) -> Result<Vec<(Card, CardNote)>, Problem> {
    let mut drawn: Vec<Option<CardNumber>> = vec![None; chunk.len()];
    for _ in 0..DRAWS_MAX {
        draw(account.company, chunk, &mut drawn);
        let cards: Vec<(Card, CardNote)> = chunk
            .iter()
            .zip(&drawn)
            .filter_map(|(ask, number)| {
                Some((
                    new_card(account.company, number.clone()?, ask, valid_until),
                    new_note(ask, rules, app.clock.now()),
                ))
            })
            .collect();
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: "cards.issue".to_owned(),
            subject: format!("company {}", account.company),
            before: serde_json::Value::Null,
            after: issued(&cards),
            reason: String::new(),
        };
        match app.table.issue_cards(account.company, &cards, rules, &act).await? {
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

/// What the journal says: the cards, and which of them are blocked until they are handed over.
fn issued(cards: &[(Card, CardNote)]) -> serde_json::Value {
    let numbers = |wanted: &dyn Fn(&Card) -> bool| -> Vec<String> {
        cards.iter().filter(|(card, _)| wanted(card)).map(|(card, _)| card.number.to_string()).collect()
    };
    let blocked = numbers(&|card| card.blocked_by_staff);
    if blocked.is_empty() {
        return json!(numbers(&|_| true));
    }
    json!({ "cards": numbers(&|_| true), "blocked": blocked })
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
        funding: ask.funding.map_or(Funding::Account, Funding::from),
        blocked_by_staff: ask.blocked,
        ..Card::fresh(number, company, valid_until)
    }
}

fn new_note(ask: &CardAsk, rules: &Rules, now: DateTime<Utc>) -> CardNote {
    CardNote {
        unlimited: rules.is_unlimited(),
        label: ask.label.clone().unwrap_or_default(),
        group: ask.group.clone().unwrap_or_default(),
        block_reason: until_handed_over().filter(|_| ask.blocked),
        blocked_at: ask.blocked.then_some(now),
        ..CardNote::default()
    }
}

/// Why a card starts blocked, in the words of the company's people.
pub fn until_handed_over() -> Option<Note> {
    Note::parse("До передачи карты").ok()
}
