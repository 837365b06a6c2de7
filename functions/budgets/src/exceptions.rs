//! An exception answers a decline: one more fill on one card.

use crate::view::AmountsView;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use oktan_shared::App;
use oktan_shared::domain::card::{Grant, GrantRefused};
use oktan_shared::domain::quantity::QUANTITY_MAX;
use oktan_shared::domain::text::{Label, PersonName};
use oktan_shared::domain::{CardNumber, CompanyId, Invalid, Kopecks, Millilitres, Product, ProductCode, UserId};
use oktan_shared::http::{Client, Cursor, Json, List, PageQuery, Problem, Query, grant as may};
use oktan_shared::journal::Act;
use oktan_shared::table::{
    BudgetPlacement, Declined, Entry, EntryKey, ExceptionEnd, ExceptionRow, NewException, ShareRow,
};
use oktan_shared::wire::EntryView;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

/// Writes that may lose a race before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;
/// The longest exception: a day.
const MINUTES_MAX: u32 = 1_440;

/// One more fill.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptionAsk {
    /// The card.
    number: CardNumber,
    /// Of which product; of any when left out.
    product: Option<ProductCode>,
    /// How much at the most.
    litres: Millilitres,
    /// For how long, 1 to 1440 minutes.
    minutes: u32,
    /// The decline that it answers: an id of the history.
    decline_id: Option<String>,
}

/// How an exception stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionState {
    /// A fill may use it.
    Open,
    /// A fill that is under way uses it.
    InUse,
    /// A fill used it up.
    Used,
    /// Its time ran out.
    Ended,
}

/// An exception.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ExceptionView {
    /// The card and the exception's number.
    id: String,
    /// The card.
    number: CardNumber,
    /// A plate or a driver; may be empty.
    label: Label,
    /// Of which product; `null` for any.
    #[schema(required)]
    product: Option<ProductCode>,
    /// How much at the most.
    litres: Millilitres,
    /// When it was granted.
    granted_at: DateTime<Utc>,
    /// When it ends.
    until: DateTime<Utc>,
    /// How it stands.
    state: ExceptionState,
    /// What the reserve lent the card's share for it.
    lent: AmountsView,
    /// Who granted it.
    #[schema(required)]
    granted_by: Option<PersonName>,
    /// The decline that it answers.
    #[schema(required)]
    decline_id: Option<String>,
}

/// A page of a company's exceptions.
///
/// # Errors
/// 422 for a cursor of another list.
pub async fn page(app: &App, company: CompanyId, query: &PageQuery) -> Result<List<ExceptionView>, Problem> {
    let whose = company.to_string();
    let filters = [whose.as_str(), "exceptions"];
    let after = query.cursor.as_ref().map(|cursor| cursor.open(app, &filters)).transpose()?;
    let (rows, next) = app.table.exceptions(company, query.limit.limit(), after.as_ref()).await?;
    Ok(List {
        items: views(app, company, &rows).await?,
        next_cursor: next.map(|position| Cursor::seal(app, &filters, &position)),
    })
}

/// The company's exceptions, newest first.
#[utoipa::path(
    get, path = "/v1/exceptions", tag = "budgets", operation_id = "list_exceptions", params(PageQuery),
    responses((status = 200, body = List<ExceptionView>)), security(("session" = ["Read"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<may::Read>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<ExceptionView>>, Problem> {
    page(&app, who.company, &query).await.map(Json)
}

/// Grants one more fill. It lifts limits; what the card's share lacks comes from the reserve; it lifts nothing else.
#[utoipa::path(
    post, path = "/v1/exceptions", tag = "budgets", operation_id = "grant_exception", request_body = ExceptionAsk,
    responses((status = 201, body = ExceptionView)), security(("session" = ["ManageLimits"])),
)]
pub async fn grant(
    State(app): State<App>,
    who: Client<may::ManageLimits>,
    Json(ask): Json<ExceptionAsk>,
) -> Result<(StatusCode, Json<ExceptionView>), Problem> {
    let product = ask.check(&app)?;
    if app.table.company_of_card(&ask.number).await? != Some(who.company) {
        return Err(Problem::not_found());
    }
    let decline = decline(&app, who.company, &ask).await?;
    for attempt in 1..=ATTEMPTS_MAX {
        let (budget, account) = app.table.budget(who.company).await?.ok_or_else(Problem::not_found)?;
        let found = app.table.shares(who.company, std::slice::from_ref(&ask.number)).await?;
        let row = found.into_iter().next().ok_or_else(Problem::not_found)?;
        if row.row.card.closed {
            return Err(Problem::conflict("card_closed", "the card is closed for good"));
        }
        let now = app.clock.now();
        let wanted = Grant {
            product: product.as_ref().map(|product| product.ix),
            quantity: ask.litres,
            price: price(&app, product.as_ref(), decline.as_ref().map(|(_, price)| *price)).await?,
            in_litres: product.as_ref().is_none_or(Product::in_litres),
            until: now + TimeDelta::minutes(i64::from(ask.minutes)),
        };
        let granted = row.row.card.grant(&wanted, &row.allowance, &budget, (&account, &app.catalogue()), now);
        let granted = granted.map_err(|refused| match refused {
            GrantRefused::Open => Problem::conflict("exception_open", "the card has an exception that is not over"),
            GrantRefused::NoReserve(short) => {
                let detail = "the card's share lacks more than the reserve has";
                let short = AmountsView::from(short.by);
                Problem::conflict("no_reserve", detail).with("short", json!(short))
            }
        })?;
        let by = who.actor();
        let act = Act {
            at: now,
            actor: by.clone(),
            action: "exception.grant".to_owned(),
            subject: format!("card {}", ask.number),
            before: serde_json::Value::Null,
            after: json!({
                "product": ask.product, "litres": ask.litres, "minutes": ask.minutes,
                "lent": granted.allowance.exception.map(|one| AmountsView::from(one.lent.sum)),
            }),
            reason: String::new(),
        };
        let new = NewException {
            row: &row,
            budget: &budget,
            granted: &granted,
            by: by.user,
            decline: decline.as_ref().map(|(declined, _)| declined.clone()),
        };
        match app.table.grant_exception(&new, &act).await? {
            BudgetPlacement::NotActive => return Err(Problem::company_suspended()),
            BudgetPlacement::Moved => oktan_shared::table::pause(attempt).await,
            BudgetPlacement::Done => {
                let exception = granted.allowance.exception.ok_or_else(Problem::unavailable)?;
                let (card, decline) = (ask.number.clone(), new.decline.clone());
                let row = ExceptionRow { company: who.company, card, exception, by: by.user, decline, end: None };
                let view = views(&app, who.company, &[row]).await?.pop().ok_or_else(Problem::unavailable)?;
                return Ok((StatusCode::CREATED, Json(view)));
            }
        }
    }
    Err(Problem::unavailable())
}

impl ExceptionAsk {
    fn check(&self, app: &App) -> Result<Option<Product>, Problem> {
        let refuse = |field, code, message: &str| Err(Problem::field(field, &Invalid::new(code, message)));
        if !self.litres.is_positive() || self.litres > QUANTITY_MAX {
            return refuse("litres", "quantity_out_of_range", "a quantity is 0.001 to 99999.999");
        }
        if !(1..=MINUTES_MAX).contains(&self.minutes) {
            return refuse("minutes", "minutes_out_of_range", "an exception lasts 1 to 1440 minutes");
        }
        let Some(code) = &self.product else { return Ok(None) };
        match app.catalogue().by_code(code) {
            Some(product) => Ok(Some(product.clone())),
            None => refuse("product", "product_unknown", "there is no such product"),
        }
    }
}

/// The decline that is answered, and its price.
async fn decline(app: &App, company: CompanyId, ask: &ExceptionAsk) -> Result<Option<(Declined, Kopecks)>, Problem> {
    let Some(id) = &ask.decline_id else { return Ok(None) };
    let unknown = || Problem::field("decline_id", &Invalid::new("decline_unknown", "the card has no such decline"));
    let key =
        EntryView::open(id, app).filter(|key| matches!(key, EntryKey::Authorization(card, _) if *card == ask.number));
    match app.table.entry(&key.ok_or_else(unknown)?).await? {
        Some(Entry::Decline(decline)) if decline.company == company => {
            let declined = Declined { card: decline.card.clone(), request: decline.hold.request };
            Ok(Some((declined, decline.hold.price)))
        }
        _ => Err(unknown()),
    }
}

/// What a fill may cost at the most: the price that was declined, the highest list price of the product, or of all on sale
/// that are measured in litres where none is named.
async fn price(app: &App, product: Option<&Product>, declined: Option<Kopecks>) -> Result<Kopecks, Problem> {
    let stations = app.table.stations().await?;
    let catalogue = app.catalogue();
    let litres: Vec<_> = catalogue.on_sale().filter(|one| one.in_litres()).map(|one| &one.code).collect();
    let may_be = |code: &ProductCode| match product {
        Some(product) => product.code == *code,
        None => litres.contains(&code),
    };
    let listed = stations.iter().flat_map(|station| &station.fuels).filter(|(code, _)| may_be(code));
    Ok(listed.map(|(_, price)| *price).chain(declined).max().unwrap_or_default())
}

async fn views(app: &App, company: CompanyId, rows: &[ExceptionRow]) -> Result<Vec<ExceptionView>, Problem> {
    let numbers: BTreeSet<CardNumber> = rows.iter().map(|row| row.card.clone()).collect();
    let cards = app.table.shares(company, &numbers.into_iter().collect::<Vec<_>>()).await?;
    let cards: HashMap<&CardNumber, &ShareRow> = cards.iter().map(|row| (&row.row.card.number, row)).collect();
    let people: BTreeSet<UserId> = rows.iter().map(|row| row.by).collect();
    let names = app.table.names_of(&people).await?;
    let (now, catalogue) = (app.clock.now(), app.catalogue());
    let view = |row: &ExceptionRow| {
        let exception = &row.exception;
        let card = cards.get(&row.card);
        let in_use = card.is_some_and(|card| card.row.card.open_holds(now).any(|hold| hold.uses(exception)));
        let end = row.end.or_else(|| card.map(|card| row.end_of(&card.row.card)));
        let decline = row.decline.clone().map(|declined| EntryKey::Authorization(declined.card, declined.request));
        ExceptionView {
            id: format!("{}-{}", row.card, exception.number),
            number: row.card.clone(),
            label: card.map(|card| card.note.label.clone()).unwrap_or_default(),
            product: exception.product.and_then(|ix| catalogue.by_ix(ix)).map(|product| product.code.clone()),
            litres: exception.quantity,
            granted_at: exception.granted_at,
            until: exception.until,
            state: match end {
                Some(ExceptionEnd::Used) => ExceptionState::Used,
                _ if in_use => ExceptionState::InUse,
                _ if row.end.is_none() && now < exception.until => ExceptionState::Open,
                _ => ExceptionState::Ended,
            },
            lent: exception.lent.sum.into(),
            granted_by: names.get(&row.by).cloned(),
            decline_id: decline.map(|key| EntryView::id(&key, app)),
        }
    };
    Ok(rows.iter().map(view).collect())
}
