//! The sheet that is handed over with the cards.

use crate::act::{self, Access, Facts, HandedCard, act};
use crate::page::{About, print};
use crate::requisites;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::{CardNumber, CompanyId, Invalid};
use oktan_shared::http::{FieldProblem, FileBytes, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::table::CardSummary;
use serde::Deserialize;
use std::collections::HashMap;

/// Cards of one sheet.
const CARDS_MAX: usize = 1_000;
/// Cards of a page of the table.
const PAGE: usize = 100;

/// What is handed over.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetAsk {
    /// The company's cards that are handed over, at most 1,000; all that are not closed when left out.
    numbers: Option<Vec<CardNumber>>,
    /// As it was given when the owner was created: it is kept nowhere, so only that answer has it.
    one_time_password: Option<Secret>,
}

/// The act of handing cards over, to be printed and signed: the parties, the cards, and the owner's way into the
/// cabinet. A one-time password that is not the owner's any more is refused, lest a sheet be printed that lets nobody in.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/hand-over-sheet", tag = "staff", operation_id = "hand_over_sheet",
    params(("id" = CompanyId, Path)), request_body = Option<SheetAsk>,
    responses((status = 200, body = FileBytes, content_type = "application/pdf")), security(("session" = ["Provision"])),
)]
pub async fn sheet(
    State(app): State<App>,
    _who: Staff<grant::Provision>,
    Path(id): Path<CompanyId>,
    OptionalJson(ask): OptionalJson<SheetAsk>,
) -> Result<impl IntoResponse, Problem> {
    let (company, account) = app.table.company(id).await?.ok_or_else(Problem::not_found)?;
    let now = app.clock.now();
    let today = account.zone.date(now);
    let owners = app.table.owners_of(id).await?;
    let cards = chosen(&app, id, ask.numbers).await?;
    let cards: Vec<HandedCard> = cards.into_iter().map(|card| handed(card, today)).collect();
    let owner = match &ask.one_time_password {
        Some(password) => Some(whose(&app, &owners, password).await?),
        None => owners.first(),
    };
    let mut entrance = app.config.base_url.clone();
    entrance.set_path("/login");
    let access = owner.map(|owner| Access {
        address: entrance.to_string(),
        login: owner.login.as_str(),
        one_time_password: ask.one_time_password.as_ref(),
    });
    let facts = Facts { today, company: &company, cards: &cards, access, duty_phone: &app.config.duty_phone };
    let about = About { title: act::title(&facts), author: requisites::NAME.to_owned(), at: now };
    let file = print(&act(&facts), &about).ok_or_else(Problem::unavailable)?;
    let name = format!("attachment; filename=\"hand-over-{id}.pdf\"");
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], file))
}

/// The owner whose one-time password this still is.
async fn whose<'a>(app: &App, owners: &'a [Person], password: &Secret) -> Result<&'a Person, Problem> {
    let now = app.clock.now();
    for owner in owners.iter().filter(|owner| owner.must_change_password) {
        if let Some(hash) = owner.password_at(now)
            && app.passwords.verify(password, Some(hash)).await
        {
            return Ok(owner);
        }
    }
    let detail = "this is no owner's one-time password any more: issue another one";
    Err(Problem::field("one_time_password", &Invalid::new("password_not_current", detail)))
}

/// The cards of these numbers in their order, or all that are not closed.
async fn chosen(app: &App, id: CompanyId, numbers: Option<Vec<CardNumber>>) -> Result<Vec<CardSummary>, Problem> {
    let too_many = || Problem::field("numbers", &Invalid::new("cards_out_of_range", "at most 1000 cards on one sheet"));
    if numbers.as_ref().is_some_and(|numbers| numbers.len() > CARDS_MAX) {
        return Err(too_many());
    }
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let (page, next) = app.table.cards(id, PAGE, after.as_ref()).await?;
        all.extend(page);
        match next {
            Some(position) => after = Some(position),
            None => break,
        }
    }
    let Some(numbers) = numbers else {
        all.retain(|card| !card.row.card.closed);
        return if all.len() > CARDS_MAX { Err(too_many()) } else { Ok(all) };
    };
    let mut all: HashMap<CardNumber, CardSummary> =
        all.into_iter().map(|card| (card.row.card.number.clone(), card)).collect();
    let mut errors = Vec::new();
    let mut found = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        match all.remove(number) {
            Some(card) => found.push(card),
            None => errors.push(FieldProblem {
                field: format!("numbers[{at}]"),
                code: "card_unknown".to_owned(),
                message: "the company has no such card, or it is named twice".to_owned(),
            }),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(Problem::fields(errors)) }
}

fn handed(card: CardSummary, today: chrono::NaiveDate) -> HandedCard {
    let status = card.row.card.status(today);
    let card_row = card.row.card;
    HandedCard {
        number: card_row.number,
        label: card.note.label.to_string(),
        valid_until: card_row.valid_until,
        status,
    }
}
