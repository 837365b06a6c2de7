//! The cards' shares of the budget.

use crate::view::{LineView, may_share};
use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::acts::shares::{self, Wanted, Wish, Wishes};
use oktan_shared::domain::account::Account;
use oktan_shared::domain::budget::{Budget, Portion};
use oktan_shared::domain::rules::FieldInvalid;
use oktan_shared::domain::{CardNumber, CompanyId, Kopecks, Millilitres};
use oktan_shared::http::{Client, Cursor, IfMatch, Json, List, Page, Problem, Query, given, grant, with_etag};
use oktan_shared::table::ShareRow;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The most lines of one call.
pub const LINES_MAX: usize = 500;

/// Which cards.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LinesQuery {
    /// Rows of a page, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u32>)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// Also the account cards without a share.
    #[serde(default)]
    all: bool,
    /// Only this card.
    number: Option<CardNumber>,
}

impl LinesQuery {
    /// A page of a company's shares.
    ///
    /// # Errors
    /// 404 for a company that there is not; 422 for a cursor of another list.
    pub async fn page(&self, app: &App, company: CompanyId) -> Result<Response, Problem> {
        let whose = company.to_string();
        let filters = filters(&whose, self.all);
        let after = self.cursor.as_ref().map(|cursor| cursor.open(app, &filters)).transpose()?;
        let (budget, account) = app.table.budget(company).await?.ok_or_else(Problem::not_found)?;
        let (rows, next) = match &self.number {
            Some(number) => (app.table.shares(company, std::slice::from_ref(number)).await?, None),
            None => app.table.share_page(company, self.limit.limit(), after.as_ref()).await?,
        };
        let shown = rows.iter().filter(|row| may_share(row) && (self.all || !row.allowance.share.portion.is_none()));
        let list = List {
            items: shown.map(|row| LineView::of(app, row, &account)).collect(),
            next_cursor: next.map(|position| Cursor::seal(app, &filters, &position)),
        };
        Ok(with_etag(budget.edition, Json(list)))
    }
}

/// What a cursor of a company's shares is bound to.
pub const fn filters(company: &str, all: bool) -> [&str; 3] {
    [company, "budget_lines", if all { "all" } else { "shared" }]
}

/// A card's share as it changes: a measure that is left out stays as it is, `null` takes it away.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinePatch {
    /// The card.
    number: CardNumber,
    /// Its share in roubles.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Kopecks>)]
    roubles: Option<Option<Kopecks>>,
    /// Its share in litres.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Millilitres>)]
    litres: Option<Option<Millilitres>>,
}

/// Shares to change, at most 500.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinesPatch {
    lines: Vec<LinePatch>,
}

/// The shares of the budget with their use, by the cards' numbers. A page may be short.
#[utoipa::path(
    get, path = "/v1/budget/lines", tag = "budgets", operation_id = "list_budget_lines", params(LinesQuery),
    responses((status = 200, body = List<LineView>)), security(("session" = ["Read"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Read>,
    Query(query): Query<LinesQuery>,
) -> Result<Response, Problem> {
    query.page(&app, who.company).await
}

/// Changes shares, all of them or none.
#[utoipa::path(
    patch, path = "/v1/budget/lines", tag = "budgets", operation_id = "edit_budget_lines",
    params(("If-Match" = String, Header)), request_body = LinesPatch,
    responses((status = 200, body = List<LineView>)), security(("session" = ["ManageLimits"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    edition: IfMatch,
    Json(ask): Json<LinesPatch>,
) -> Result<Response, Problem> {
    let numbers = numbers(ask.lines.iter().map(|line| &line.number))?;
    shares::change(&app, (who.company, who.actor()), Some(edition), "budget.lines", &ask).await?;
    let (budget, account) = app.table.budget(who.company).await?.ok_or_else(Problem::not_found)?;
    let rows = app.table.shares(who.company, &numbers).await?;
    let items = rows.iter().map(|row| LineView::of(&app, row, &account)).collect();
    Ok(with_etag(budget.edition, Json(List::whole(items))))
}

impl Wishes for LinesPatch {
    async fn wish(&self, app: &App, budget: &Budget, account: &Account) -> Result<Wish, Problem> {
        let numbers: Vec<CardNumber> = self.lines.iter().map(|line| line.number.clone()).collect();
        let rows = cards(app, account.company, &numbers).await?;
        let shares = self.lines.iter().zip(rows).enumerate().map(|(at, (line, row))| {
            let had = row.allowance.share.portion;
            let portion =
                Portion { roubles: line.roubles.unwrap_or(had.roubles), litres: line.litres.unwrap_or(had.litres) };
            Wanted { row, portion, field: format!("lines[{at}]") }
        });
        Ok(Wish { plan: budget.plan, carry_over: account.carry_over.on, shares: shares.collect() })
    }
}

/// The numbers of lines, each once.
///
/// # Errors
/// 422 `lines_too_many`, `line_repeated`.
pub fn numbers<'a>(lines: impl Iterator<Item = &'a CardNumber>) -> Result<Vec<CardNumber>, Problem> {
    let numbers: Vec<CardNumber> = lines.cloned().collect();
    let refuse = |field: String, code, message: &str| {
        Problem::from(vec![FieldInvalid { field, code, message: message.to_owned() }])
    };
    if numbers.len() > LINES_MAX {
        return Err(refuse("lines".to_owned(), "lines_too_many", "at most 500 lines at once"));
    }
    let mut seen = HashSet::new();
    match numbers.iter().position(|number| !seen.insert(number)) {
        Some(at) => Err(refuse(format!("lines[{at}].number"), "line_repeated", "this card has a line already")),
        None => Ok(numbers),
    }
}

/// The company's cards of these numbers, every one of them, in their order.
///
/// # Errors
/// 422 `card_unknown` by line.
pub async fn cards(app: &App, company: CompanyId, numbers: &[CardNumber]) -> Result<Vec<ShareRow>, Problem> {
    let rows = app.table.shares(company, numbers).await?;
    let mut found: HashMap<CardNumber, ShareRow> =
        rows.into_iter().map(|row| (row.row.card.number.clone(), row)).collect();
    let mut unknown = Vec::new();
    let mut all = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        match found.remove(number) {
            Some(row) => all.push(row),
            None => unknown.push(FieldInvalid {
                field: format!("lines[{at}].number"),
                code: "card_unknown",
                message: "the company has no such card".to_owned(),
            }),
        }
    }
    if unknown.is_empty() { Ok(all) } else { Err(unknown.into()) }
}

/// All cards of a company with their shares.
///
/// # Errors
/// When the store does not answer.
pub async fn all_cards(app: &App, company: CompanyId) -> Result<Vec<ShareRow>, Problem> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = app.table.share_page(company, 99, after.as_ref()).await?;
        rows.extend(page);
        match next {
            Some(position) => after = Some(position),
            None => return Ok(rows),
        }
    }
}
