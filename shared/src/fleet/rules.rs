//! Rules given to many cards: those of a template, chunk by chunk.

use super::chunks::Changed;
use crate::app::App;
use crate::domain::people::Actor;
use crate::domain::rules::Rules;
use crate::domain::text::TemplateName;
use crate::domain::{CardNumber, CompanyId};
use crate::http::Problem;
use crate::jobs::{ChangedCard, FailedCard, Step};
use crate::journal::Act;
use crate::table::{Placement, ShareRow, StoreError};
use serde_json::{Map, json};

/// Races with fills that a chunk may lose before the caller is told to try again.
const RACES_MAX: u32 = 64;

/// What is given: a template as it was when it was asked.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// What it is called.
    pub name: &'a TemplateName,
    /// What it gives.
    pub rules: &'a Rules,
}

/// What is to be done to a chunk of cards.
#[derive(Debug, Default)]
pub struct RulesPlan {
    /// The cards that get other rules.
    pub cards: Vec<ShareRow>,
    /// What comes of every card of the chunk.
    pub results: Vec<Changed>,
}

impl RulesPlan {
    /// Reads cards and decides about each: one that is closed keeps its rules, one that has these already is left.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(
        app: &App,
        company: CompanyId,
        numbers: &[CardNumber],
        given: Given<'_>,
    ) -> Result<Self, StoreError> {
        let mut rows = app.table.shares(company, numbers).await?;
        let mut plan = Self::default();
        for number in numbers {
            let at = rows.iter().position(|row| row.row.card.number == *number);
            let outcome = match at.map(|at| rows.swap_remove(at)) {
                None => Err("not_found"),
                Some(row) if row.row.card.closed => Err("card_closed"),
                Some(row) if row.rules == *given.rules => Ok(false),
                Some(row) => {
                    plan.cards.push(row);
                    Ok(true)
                }
            };
            plan.results.push(Changed { number: number.clone(), outcome });
        }
        Ok(plan)
    }

    /// The chunk's row of the journal; `None` if nothing changes.
    pub fn act(&self, app: &App, actor: &Actor, given: Given<'_>) -> Option<Act> {
        let first = self.cards.first()?;
        let numbers: Vec<_> = self.cards.iter().map(|card| &card.row.card.number).collect();
        let were: Map<_, _> =
            self.cards.iter().map(|card| (card.row.card.number.to_string(), json!(card.rules))).collect();
        Some(Act {
            at: app.clock.now(),
            actor: actor.clone(),
            action: "cards.rules".to_owned(),
            subject: format!("company {}", first.row.card.company),
            before: json!({ "were": were }),
            after: json!({ "rules": given.rules, "name": given.name, "cards": numbers }),
            reason: String::new(),
        })
    }

    /// The plan as a step of a job that goes on at `cursor`.
    pub fn step(&self, cursor: Option<String>, is_last: bool) -> Step {
        let failed = self.results.iter().filter_map(|result| {
            let code = result.outcome.err()?.to_owned();
            Some(FailedCard { number: result.number.clone(), code })
        });
        Step {
            cards: u32::try_from(self.results.len()).unwrap_or(u32::MAX),
            changed: self.cards.iter().map(|card| ChangedCard::unmarked(card.row.card.number.clone())).collect(),
            failed: failed.collect(),
            cursor,
            is_last,
        }
    }
}

/// Gives cards rules as a person of the company: as many as one write takes, at most
/// [`RULES_CHUNK_MAX`](crate::table::RULES_CHUNK_MAX).
///
/// # Errors
/// 409 `company_suspended`, 503.
pub async fn give(
    app: &App,
    company: CompanyId,
    actor: &Actor,
    given: Given<'_>,
    numbers: &[CardNumber],
) -> Result<Vec<Changed>, Problem> {
    for race in 1..=RACES_MAX {
        let plan = RulesPlan::read(app, company, numbers, given).await?;
        let Some(act) = plan.act(app, actor, given) else { return Ok(plan.results) };
        match app.table.give_rules(company, &plan.cards, given.rules, &act).await? {
            Placement::Done => return Ok(plan.results),
            Placement::AccountRefused => return Err(Problem::company_suspended()),
            Placement::Moved => crate::table::pause(race).await,
        }
    }
    Err(Problem::unavailable())
}
