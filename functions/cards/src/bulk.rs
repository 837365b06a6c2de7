//! Many cards at once, each with a result of its own.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::auth::Permission;
use oktan_shared::domain::ids::JobId;
use oktan_shared::domain::text::{Group, Label, Note};
use oktan_shared::domain::{CardNumber, Invalid};
use oktan_shared::fleet::{Block, Changed, Marks, change};
use oktan_shared::http::{Client, FieldProblem, Json, Problem, grant};
use oktan_shared::jobs::{Job, Work};
use oktan_shared::table::FleetFilter;
use oktan_shared::wire::{JobStarted, StatusName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Cards of one call.
const CALL_MAX: usize = 500;
const ONE_CHOICE: &str = "choose cards by numbers, by items, or all of them";

/// What is done to the cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    /// The company's own block.
    Block,
    /// That block lifted.
    Unblock,
    /// Each card its own label, and its own group if it says one.
    Label,
    /// One group for all, or each card its own, and its own label if it says one.
    Group,
}

/// Cards and what is done to them: named by `numbers`, by `items`, or all that a filter wants.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkAsk {
    action: BulkAction,
    /// 1 to 500, each once.
    numbers: Option<Vec<CardNumber>>,
    /// 1 to 500, each card once; for what differs from card to card.
    items: Option<Vec<BulkItem>>,
    /// All cards of the list that this leaves; they may be thousands, and are gone through after the answer.
    all: Option<BulkFilter>,
    /// The group of all `numbers`, or of `all`.
    group: Option<Group>,
    /// Kept in the journal, and with the cards as the reason of their block.
    reason: Option<Note>,
}

/// A card with what it is to be called.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkItem {
    number: CardNumber,
    label: Option<Label>,
    group: Option<Group>,
}

/// Which cards, as the list filters them.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkFilter {
    status: Option<StatusName>,
    group: Option<Group>,
    q: Option<String>,
}

/// What came of a card.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct BulkResult {
    number: CardNumber,
    /// Whether it is now as asked.
    ok: bool,
    /// Whether this call made it so; `false` also where it was so already.
    changed: bool,
    /// Why not: `not_found`, `card_closed`, `blocked_by_staff`; `company_suspended` and `unavailable` where the call ended
    /// half-way.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
}

/// What came of each card, in the order asked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct BulkResults {
    results: Vec<BulkResult>,
}

/// Blocks, unblocks, labels or groups many cards. Those that cannot be so do not keep the others; repeating changes
/// nothing. All but blocking takes the right to manage cards. With `all` it is a job.
#[utoipa::path(
    post, path = "/v1/cards/bulk", tag = "cards", operation_id = "change_cards", request_body = BulkAsk,
    responses((status = 200, body = BulkResults), (status = 202, body = JobStarted)), security(("session" = ["Block"])),
)]
pub async fn bulk(
    State(app): State<App>,
    who: Client<grant::Block>,
    Json(ask): Json<BulkAsk>,
) -> Result<Response, Problem> {
    if ask.action != BulkAction::Block && !Permission::ManageCards.held_by(who.who.role) {
        return Err(Problem::forbidden("forbidden", "your role may not do this"));
    }
    if ask.all.is_some() {
        return start(&app, &who, ask).await;
    }
    let reason = ask.reason.clone();
    let wanted = ask.marks(&app)?;
    let results = change(&app, who.company, &who.actor(), &wanted, reason.as_ref()).await?;
    Ok(Json(BulkResults { results: results.into_iter().map(BulkResult::from).collect() }).into_response())
}

/// Starts the job that goes through all cards that a filter wants.
async fn start(app: &App, who: &Client<grant::Block>, ask: BulkAsk) -> Result<Response, Problem> {
    let now = app.clock.now();
    let today = who.account.zone.date(now);
    let (filter, marks, reason) = ask.all_marks(now)?;
    let total = app.table.fleet_size(who.company, &filter, today).await?;
    let work = Work::Mark { filter, today, marks, reason };
    let job = Job::new(JobId::new(Uuid::new_v4()), who.company, who.actor(), work, total, now);
    if !app.table.start_job(&job).await? {
        return Err(Problem::company_suspended());
    }
    Ok((StatusCode::ACCEPTED, Json(JobStarted::of(&job))).into_response())
}

impl BulkAsk {
    /// Which cards a job goes through and what each is to be.
    fn all_marks(self, now: DateTime<Utc>) -> Result<(FleetFilter, Marks, Option<Note>), Problem> {
        if self.numbers.is_some() || self.items.is_some() {
            return Err(refused("numbers", "cards_not_chosen", ONE_CHOICE));
        }
        match (self.action, &self.group) {
            (BulkAction::Label, _) => return Err(refused("all", "not_of_action", "a label is a card's own")),
            (BulkAction::Group, None) => return Err(refused("group", "required", "this action needs it")),
            (BulkAction::Block | BulkAction::Unblock, Some(_)) => {
                return Err(refused("group", "not_of_action", "this action does not take it"));
            }
            _ => {}
        }
        let filter = self.all.map(|all| FleetFilter { status: all.status.map(Into::into), group: all.group, q: all.q });
        let marks = Marks { block: block(self.action, self.reason.as_ref(), now), label: None, group: self.group };
        Ok((filter.unwrap_or_default(), marks, self.reason))
    }

    /// What each card is to be.
    fn marks(self, app: &App) -> Result<Vec<(CardNumber, Marks)>, Problem> {
        let (list, items) = match (self.numbers, self.items) {
            (Some(numbers), None) => {
                let item = |number| BulkItem { number, label: None, group: self.group.clone() };
                ("numbers", numbers.into_iter().map(item).collect::<Vec<_>>())
            }
            (None, Some(items)) => ("items", items),
            _ => return Err(refused("numbers", "cards_not_chosen", ONE_CHOICE)),
        };
        if items.is_empty() || items.len() > CALL_MAX {
            return Err(refused(list, "cards_out_of_range", "1 to 500 cards at once"));
        }
        let field = |at: usize, name: &str| match list {
            "items" => format!("items[{at}].{name}"),
            _ if name == "number" => format!("numbers[{at}]"),
            _ => name.to_owned(),
        };
        let (action, at) = (self.action, app.clock.now());
        let (mut problems, mut seen) = (Vec::new(), BTreeSet::new());
        for (place, item) in items.iter().enumerate() {
            if !seen.insert(&item.number) {
                problems.push((field(place, "number"), "card_number_repeated", "this number stands twice in the call"));
            }
            let names = [
                ("label", item.label.is_some(), BulkAction::Label),
                ("group", item.group.is_some(), BulkAction::Group),
            ];
            for (name, is_there, of) in names {
                if action == of && !is_there {
                    problems.push((field(place, name), "required", "this action needs it"));
                } else if is_there && matches!(action, BulkAction::Block | BulkAction::Unblock) {
                    problems.push((field(place, name), "not_of_action", "this action does not take it"));
                }
            }
        }
        if self.group.is_some() && list == "items" {
            problems.push(("group".to_owned(), "not_of_action", "items have groups of their own"));
        }
        // What all numbers share is said once.
        problems.dedup();
        if !problems.is_empty() {
            return Err(Problem::fields(problems.into_iter().map(problem).collect()));
        }
        let block = block(action, self.reason.as_ref(), at);
        let marks = |item: BulkItem| {
            let BulkItem { number, label, group } = item;
            (number, Marks { block: block.clone(), label, group })
        };
        Ok(items.into_iter().map(marks).collect())
    }
}

/// The block that an action sets, if any.
fn block(action: BulkAction, reason: Option<&Note>, at: DateTime<Utc>) -> Option<Block> {
    match action {
        BulkAction::Block => Some(Block { on: true, reason: reason.cloned(), at: Some(at) }),
        BulkAction::Unblock => Some(Block { on: false, reason: None, at: None }),
        BulkAction::Label | BulkAction::Group => None,
    }
}

fn refused(field: &str, code: &'static str, message: &str) -> Problem {
    Problem::field(field, &Invalid::new(code, message))
}

fn problem((field, code, message): (String, &str, &str)) -> FieldProblem {
    FieldProblem { field, code: code.to_owned(), message: message.to_owned() }
}

impl From<Changed> for BulkResult {
    fn from(Changed { number, outcome }: Changed) -> Self {
        Self { number, ok: outcome.is_ok(), changed: outcome == Ok(true), code: outcome.err() }
    }
}
