//! The plan divided among cards, to the kopeck and the millilitre.

mod preview;

use self::preview::{DistributionView, Preview};
use crate::lines::all_cards;
use crate::view::may_share;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::acts::shares::{self, Wanted, Wish, Wishes};
use oktan_shared::domain::account::Account;
use oktan_shared::domain::budget::{Budget, Portion, Sum, split};
use oktan_shared::domain::rules::FieldInvalid;
use oktan_shared::domain::{CardNumber, Kopecks, Millilitres};
use oktan_shared::http::{Client, Json, Problem, Query, grant};
use oktan_shared::table::ShareRow;
use oktan_shared::wire::JobStarted;
use serde::Deserialize;
use std::collections::HashMap;

/// The most cards of a call that names them.
const NUMBERS_MAX: usize = 500;

/// In proportion to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The same to each.
    Equal,
    /// To `weights`, or to the shares of now.
    Proportional,
    /// To what each bought last month.
    ByUse,
}

impl Method {
    const fn action(self) -> &'static str {
        match self {
            Self::Equal => "budget.equal",
            Self::Proportional => "budget.proportional",
            Self::ByUse => "budget.by_use",
        }
    }
}

/// What to divide, among whom and how.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DistributeAsk {
    method: Method,
    /// The cards, at most 500; every account card that is not closed when left out.
    numbers: Option<Vec<CardNumber>>,
    /// A weight for each of `numbers`, whole numbers.
    weights: Option<Vec<u32>>,
    /// How many roubles; all that other cards do not have when left out.
    roubles: Option<Kopecks>,
    /// How many litres; all that other cards do not have when left out.
    litres: Option<Millilitres>,
}

/// Whether to show only.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DistributeQuery {
    /// Show what would come of it; nothing changes.
    #[serde(default)]
    dry_run: bool,
}

/// Divides the plan among cards; the parts sum to what is divided exactly. More than 500 shares that change are a job.
#[utoipa::path(
    post, path = "/v1/budget/distribute", tag = "budgets", operation_id = "distribute_budget",
    params(DistributeQuery), request_body = DistributeAsk,
    responses((status = 200, body = DistributionView), (status = 202, body = JobStarted)),
    security(("session" = ["ManageLimits"])),
)]
pub async fn distribute(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Query(query): Query<DistributeQuery>,
    Json(ask): Json<DistributeAsk>,
) -> Result<Response, Problem> {
    ask.check()?;
    let (budget, account) = app.table.budget(who.company).await?.ok_or_else(Problem::not_found)?;
    let cards = all_cards(&app, who.company).await?;
    let (shares, total) = ask.parts(&app, &budget, &account, cards)?;
    let preview = Preview { app: &app, budget: &budget, account: &account };
    let mut view = preview.of(shares, total);
    if !query.dry_run {
        let done = shares::change(&app, (who.company, who.actor()), None, ask.method.action(), &ask).await?;
        if let Some(job) = done.job {
            return Ok((StatusCode::ACCEPTED, Json(JobStarted::of(&job))).into_response());
        }
        view.become_real(&app, &who, done).await?;
    }
    Ok(Json(view).into_response())
}

fn refuse(field: &str, code: &'static str, message: &str) -> Problem {
    vec![FieldInvalid { field: field.to_owned(), code, message: message.to_owned() }].into()
}

impl Wishes for DistributeAsk {
    async fn wish(&self, app: &App, budget: &Budget, account: &Account) -> Result<Wish, Problem> {
        let cards = all_cards(app, account.company).await?;
        let (shares, _) = self.parts(app, budget, account, cards)?;
        Ok(Wish { plan: budget.plan, carry_over: account.carry_over.on, shares })
    }
}

impl DistributeAsk {
    fn check(&self) -> Result<(), Problem> {
        let numbers = self.numbers.as_deref().unwrap_or_default();
        if self.numbers.as_ref().is_some_and(Vec::is_empty) {
            return Err(refuse("numbers", "numbers_empty", "name a card, or leave it out for all of them"));
        }
        if numbers.len() > NUMBERS_MAX {
            return Err(refuse("numbers", "numbers_too_many", "at most 500 cards by name"));
        }
        let repeated =
            numbers.iter().enumerate().find(|(at, number)| numbers.iter().take(*at).any(|one| one == *number));
        if let Some((at, _)) = repeated {
            return Err(refuse(&format!("numbers[{at}]"), "line_repeated", "this card is named already"));
        }
        match &self.weights {
            Some(_) if self.method != Method::Proportional => {
                Err(refuse("weights", "weights_unused", "only a distribution in proportion has weights"))
            }
            Some(weights) if weights.len() != numbers.len() => {
                Err(refuse("weights", "weights_mismatch", "a weight for each of `numbers`"))
            }
            _ => Ok(()),
        }
    }

    /// Each card's part, and what is divided.
    fn parts(
        &self,
        app: &App,
        budget: &Budget,
        account: &Account,
        cards: Vec<ShareRow>,
    ) -> Result<(Vec<Wanted>, Sum), Problem> {
        let chosen = self.chosen(cards)?;
        let month = account.zone.windows(app.clock.now()).month();
        let own = chosen.iter().fold(Sum::ZERO, |sum, (_, row)| sum.plus(row.allowance.share.taken(month)));
        let all = budget.reserve(month).plus(own);
        if budget.plan.is_none() {
            return Err(refuse("method", "no_plan", "make a plan first"));
        }
        let roubles = self.amount("roubles", self.roubles, budget.plan.roubles, all.roubles)?;
        let litres = self.amount("litres", self.litres, budget.plan.litres, all.litres)?;
        let weights = self.weights(app, account, &chosen);
        let split_by = |total: Option<i64>, weights: &[u64]| match total {
            None => Ok(None),
            Some(total) => split(total, weights)
                .map(Some)
                .ok_or_else(|| refuse("weights", "weights_zero", "nothing says who gets how much")),
        };
        let of = |which: &dyn Fn(&(u64, u64)) -> u64| weights.iter().map(which).collect::<Vec<u64>>();
        let roubles = split_by(roubles.map(Kopecks::get), &of(&|weight| weight.0))?;
        let litres = split_by(litres.map(Millilitres::get), &of(&|weight| weight.1))?;
        let total = Sum {
            roubles: Kopecks::new(roubles.iter().flatten().sum()),
            litres: Millilitres::new(litres.iter().flatten().sum()),
        };
        let part = |parts: &Option<Vec<i64>>, at: usize| parts.as_ref().and_then(|parts| parts.get(at)).copied();
        let wanted = chosen.into_iter().enumerate().map(|(at, (field, row))| {
            let portion = Portion {
                roubles: part(&roubles, at).map(Kopecks::new),
                litres: part(&litres, at).map(Millilitres::new),
            };
            Wanted { row, portion, field }
        });
        Ok((wanted.collect(), total))
    }

    /// The cards, and where each stands in what was asked.
    fn chosen(&self, cards: Vec<ShareRow>) -> Result<Vec<(String, ShareRow)>, Problem> {
        let Some(numbers) = &self.numbers else {
            let cards: Vec<_> = cards.into_iter().filter(may_share).map(|row| ("numbers".to_owned(), row)).collect();
            return if cards.is_empty() {
                Err(refuse("numbers", "numbers_empty", "no card could have a share"))
            } else {
                Ok(cards)
            };
        };
        let mut cards: HashMap<_, _> = cards.into_iter().map(|row| (row.row.card.number.clone(), row)).collect();
        let mut unknown = Vec::new();
        let chosen = numbers.iter().enumerate().filter_map(|(at, number)| {
            let field = format!("numbers[{at}]");
            match cards.remove(number) {
                Some(row) => Some((field, row)),
                None => {
                    let message = "the company has no such card".to_owned();
                    unknown.push(FieldInvalid { field, code: "card_unknown", message });
                    None
                }
            }
        });
        let chosen: Vec<_> = chosen.collect();
        if unknown.is_empty() { Ok(chosen) } else { Err(unknown.into()) }
    }

    /// How much of a measure is divided; `None` if it is not planned.
    fn amount<T: Copy + PartialOrd>(
        &self,
        field: &str,
        asked: Option<T>,
        plan: Option<T>,
        all: T,
    ) -> Result<Option<T>, Problem> {
        match (asked, plan) {
            (Some(_), None) => Err(refuse(field, "measure_not_planned", "the budget has no plan in this measure")),
            (Some(asked), Some(_)) if asked > all => {
                Err(refuse(field, "over_distributed", "the plan has less than this for these cards"))
            }
            (Some(asked), Some(_)) => Ok(Some(asked)),
            (None, Some(_)) => Ok(Some(all)),
            (None, None) => Ok(None),
        }
    }

    /// The weight of each card in roubles and in litres.
    fn weights(&self, app: &App, account: &Account, chosen: &[(String, ShareRow)]) -> Vec<(u64, u64)> {
        let of = |sum: Sum| {
            let positive = |number: i64| u64::try_from(number).unwrap_or(0);
            (positive(sum.roubles.get()), positive(sum.litres.get()))
        };
        let now = app.clock.now();
        let cards = chosen.iter().map(|(_, row)| row);
        match (self.method, &self.weights) {
            (Method::Equal, _) => chosen.iter().map(|_| (1, 1)).collect(),
            (Method::Proportional, Some(weights)) => {
                weights.iter().map(|weight| (u64::from(*weight), u64::from(*weight))).collect()
            }
            (Method::Proportional, None) => cards.map(|row| of(row.allowance.share.portion.sum())).collect(),
            (Method::ByUse, _) => {
                let used =
                    |row: &ShareRow| row.row.card.used_before(&row.allowance.share, account, &app.catalogue(), now);
                cards.map(|row| of(used(row))).collect()
            }
        }
    }
}
