//! A template given to cards.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::ids::{JobId, TemplateId};
use oktan_shared::domain::text::Group;
use oktan_shared::domain::{CardNumber, Invalid};
use oktan_shared::fleet::{Changed, Given, give};
use oktan_shared::http::{Client, Json, Path, Problem, grant};
use oktan_shared::jobs::{Job, Work};
use oktan_shared::table::{FleetFilter, RULES_CHUNK_MAX, Template};
use oktan_shared::wire::JobStarted;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use uuid::Uuid;

/// Cards of one call by name.
const CALL_MAX: usize = 500;

/// Which cards: named, of one group, or all of the company.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyAsk {
    /// 1 to 500, each once.
    numbers: Option<Vec<CardNumber>>,
    /// Those of this group; empty for those of none.
    group: Option<Group>,
    /// All that are not closed.
    #[serde(default)]
    all: bool,
}

/// What came of a card.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AppliedResult {
    number: CardNumber,
    /// Whether it has the template's rules now.
    ok: bool,
    /// Whether this call made it so; `false` also where it was so already.
    changed: bool,
    /// Why not: `not_found`, `card_closed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
}

/// What came of each card, in the order asked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AppliedResults {
    results: Vec<AppliedResult>,
}

impl From<Changed> for AppliedResult {
    fn from(Changed { number, outcome }: Changed) -> Self {
        Self { number, ok: outcome.is_ok(), changed: outcome == Ok(true), code: outcome.err() }
    }
}

/// Gives cards the rules of a template as it is now. Use is counted apart from rules and stays; each card's rules before can
/// be restored. More than 22 cards, a group and all are a job.
#[utoipa::path(
    post, path = "/v1/limit-templates/{id}/apply", tag = "limits", operation_id = "apply_template",
    params(("id" = TemplateId, Path)), request_body = ApplyAsk,
    responses((status = 200, body = AppliedResults), (status = 202, body = JobStarted)),
    security(("session" = ["ManageLimits"])),
)]
pub async fn apply(
    State(app): State<App>,
    who: Client<grant::ManageLimits>,
    Path(id): Path<TemplateId>,
    Json(ask): Json<ApplyAsk>,
) -> Result<Response, Problem> {
    ask.check()?;
    let templates = app.table.templates(who.company).await?;
    let Template { name, rules, .. } = templates.find(id).ok_or_else(Problem::not_found)?;
    if let Some(numbers) = ask.numbers.as_ref().filter(|numbers| numbers.len() <= RULES_CHUNK_MAX) {
        let results = give(&app, who.company, &who.actor(), Given { name, rules }, numbers).await?;
        let results = results.into_iter().map(AppliedResult::from).collect();
        return Ok(Json(AppliedResults { results }).into_response());
    }
    let filter = FleetFilter { group: ask.group, ..FleetFilter::default() };
    let total = match &ask.numbers {
        Some(numbers) => u32::try_from(numbers.len()).unwrap_or(u32::MAX),
        None => app.table.fleet_size(who.company, &filter, NaiveDate::MIN).await?,
    };
    let work = Work::Rules { name: name.clone(), rules: rules.clone(), numbers: ask.numbers, filter };
    let job = Job::new(JobId::new(Uuid::new_v4()), who.company, who.actor(), work, total, app.clock.now());
    if !app.table.start_job(&job).await? {
        return Err(Problem::company_suspended());
    }
    Ok((StatusCode::ACCEPTED, Json(JobStarted::of(&job))).into_response())
}

impl ApplyAsk {
    fn check(&self) -> Result<(), Problem> {
        let refuse = |field: &str, code, message: &str| Err(Problem::field(field, &Invalid::new(code, message)));
        let choices = [self.numbers.is_some(), self.group.is_some(), self.all];
        if choices.iter().filter(|is_so| **is_so).count() != 1 {
            return refuse("numbers", "cards_not_chosen", "choose cards by numbers, by their group, or all of them");
        }
        let Some(numbers) = &self.numbers else { return Ok(()) };
        if numbers.is_empty() || numbers.len() > CALL_MAX {
            return refuse("numbers", "cards_out_of_range", "1 to 500 cards at once");
        }
        let mut seen = BTreeSet::new();
        match numbers.iter().position(|number| !seen.insert(number)) {
            Some(at) => {
                refuse(&format!("numbers[{at}]"), "card_number_repeated", "this number stands twice in the call")
            }
            None => Ok(()),
        }
    }
}
