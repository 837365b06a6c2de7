//! Many cards, chunk by chunk: read, decide for each, write all that change at once.

use super::marks::Marks;
use crate::app::App;
use crate::domain::notice::Event;
use crate::domain::people::Actor;
use crate::domain::text::Note;
use crate::domain::{CardNumber, CompanyId};
use crate::http::Problem;
use crate::jobs::{ChangedCard, FailedCard, Step};
use crate::journal::Act;
use crate::table::{CHUNK_MAX, CardChange, CardSummary, Placement, StoreError};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Races with fills that a chunk may lose, each time half as long, before the caller is told to try again.
const RACES_MAX: u32 = 64;

/// What came of one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub number: CardNumber,
    /// Whether it changed, `false` if it was so already; or the code of why it could not be so.
    pub outcome: Result<bool, &'static str>,
}

/// What is to be done to a chunk of cards.
#[derive(Debug, Default)]
pub struct Plan {
    /// The cards that change.
    pub changes: Vec<CardChange>,
    /// What stood on them before, in the same order.
    pub before: Vec<Marks>,
    /// What comes of every card of the chunk.
    pub results: Vec<Changed>,
}

impl Plan {
    /// Adds a card that is to have these marks; `None` is a card that is not there.
    pub fn add(&mut self, number: &CardNumber, card: Option<CardSummary>, marks: &Marks) {
        let outcome = match card.map(|card| (marks.set_on(&card.row.card, &card.note), card)) {
            None => Err("not_found"),
            Some((Err(refused), _)) => Err(refused.as_str()),
            Some((Ok(None), _)) => Ok(false),
            Some((Ok(Some(marked)), card)) => {
                self.changes.push(CardChange { before: card, after: marked.card, note: marked.note });
                self.before.push(marked.before);
                Ok(true)
            }
        };
        self.results.push(Changed { number: number.clone(), outcome });
    }

    /// Adds a card that is to be again as it was before a job changed it. One that was changed since stays.
    pub fn take_back(&mut self, changed: &ChangedCard, card: Option<CardSummary>) {
        let since = card.as_ref().is_some_and(|card| {
            let (label, group) = (&card.note.label, &card.note.group);
            moved_on(label, &changed.was.label, &changed.now.label)
                || moved_on(group, &changed.was.group, &changed.now.group)
        });
        if since {
            let outcome = Err("changed_since");
            self.results.push(Changed { number: changed.number.clone(), outcome });
        } else {
            self.add(&changed.number, card, &changed.was);
        }
    }

    /// The plan as a step of a job that goes on at `cursor`.
    pub fn step(&self, cursor: Option<String>, is_last: bool) -> Step {
        let failed = self.results.iter().filter_map(|result| {
            let code = result.outcome.err()?.to_owned();
            Some(FailedCard { number: result.number.clone(), code })
        });
        let changed = self.changes.iter().zip(&self.before).map(|(change, was)| {
            let label = was.label.as_ref().map(|_| change.note.label.clone());
            let group = was.group.as_ref().map(|_| change.note.group.clone());
            let now = Marks { block: None, label, group };
            ChangedCard { number: change.after.number.clone(), was: was.clone(), now }
        });
        Step {
            cards: u32::try_from(self.results.len()).unwrap_or(u32::MAX),
            changed: changed.collect(),
            failed: failed.collect(),
            cursor,
            is_last,
        }
    }

    /// The chunk's row of the journal; `None` if nothing changes.
    pub fn act(&self, actor: &Actor, reason: Option<&Note>, at: DateTime<Utc>) -> Option<Act> {
        let (first, block) = (self.changes.first()?, self.before.first()?.block.as_ref());
        let numbers: Vec<_> = self.changes.iter().map(|change| change.after.number.as_str()).collect();
        let (action, before, after) = match block {
            Some(was) => (
                if was.on { "cards.unblock" } else { "cards.block" },
                json!({ "by_client": was.on }),
                json!({ "by_client": !was.on, "cards": numbers }),
            ),
            None => ("cards.rename", self.names(|change| &change.before.note), self.names(|change| &change.note)),
        };
        Some(Act {
            at,
            actor: actor.clone(),
            action: action.to_owned(),
            subject: format!("company {}", first.after.company),
            before,
            after,
            reason: reason.map(ToString::to_string).unwrap_or_default(),
        })
    }

    /// What people are told of the first chunk of an act that changes anything, if it blocks; the only chunk may be one card.
    pub fn told(&self, actor: &Actor, is_only: bool) -> Option<Event> {
        let was_on = self.before.first()?.block.as_ref()?.on;
        let by_staff = actor.role.is_staff();
        let event = match self.changes.as_slice() {
            [one] if is_only => Event::CardBlocked { card: one.after.number.clone(), by_staff },
            _ => Event::CardsBlocked { by_staff },
        };
        (!was_on).then_some(event)
    }

    fn names<'a>(&'a self, note: impl Fn(&'a CardChange) -> &'a crate::table::CardNote) -> Value {
        let name = |change| {
            let note = note(change);
            let card: &CardChange = change;
            format!("{}: {} ({})", card.after.number, note.label, note.group)
        };
        json!({ "names": self.changes.iter().map(name).collect::<Vec<_>>() })
    }
}

/// Whether a name is neither what it was before a job nor what the job made of it.
fn moved_on<T: PartialEq + Clone>(is: &T, was: &Option<T>, now: &Option<T>) -> bool {
    was.is_some() && ![was, now].contains(&&Some(is.clone()))
}

/// Why the cards that are left were not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Suspended,
    Unavailable,
}

impl End {
    fn code(self) -> &'static str {
        match self {
            Self::Suspended => "company_suspended",
            Self::Unavailable => "unavailable",
        }
    }

    fn problem(self) -> Problem {
        match self {
            Self::Suspended => Problem::company_suspended(),
            Self::Unavailable => Problem::unavailable(),
        }
    }
}

/// Sets marks on a company's cards, each named once, as a person of the company. What was written stays: after a first
/// chunk the cards that could not be reached any more are told `company_suspended` or `unavailable`.
///
/// # Errors
/// 409 `company_suspended` or 503 while nothing was done.
pub async fn change(
    app: &App,
    company: CompanyId,
    actor: &Actor,
    wanted: &[(CardNumber, Marks)],
    reason: Option<&Note>,
) -> Result<Vec<Changed>, Problem> {
    let mut results = Vec::with_capacity(wanted.len());
    let (mut size, mut races) = (CHUNK_MAX, 0);
    let end = loop {
        let rest = wanted.get(results.len()..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(results);
        }
        let chunk = rest.get(..size).unwrap_or(rest);
        let is_first = !results.iter().any(|result: &Changed| result.outcome == Ok(true));
        let told = |plan: &Plan| if is_first { plan.told(actor, chunk.len() == wanted.len()) } else { None };
        match written(app, company, actor, chunk, reason, told).await {
            Ok((Placement::Done, done)) => {
                results.extend(done);
                (size, races) = (CHUNK_MAX, 0);
            }
            Ok((Placement::AccountRefused, _)) => break End::Suspended,
            Ok((Placement::Moved, _)) if races < RACES_MAX => {
                races += 1;
                size = (size / 2).max(1);
                crate::table::pause(races).await;
            }
            Ok((Placement::Moved, _)) => break End::Unavailable,
            Err(error) if results.is_empty() => return Err(error.into()),
            Err(error) => {
                tracing::warn!(%error, %company, "a change of cards ended half-way");
                break End::Unavailable;
            }
        }
    };
    if results.is_empty() {
        return Err(end.problem());
    }
    let left = wanted.get(results.len()..).unwrap_or_default();
    results.extend(left.iter().map(|(number, _)| Changed { number: number.clone(), outcome: Err(end.code()) }));
    Ok(results)
}

async fn written(
    app: &App,
    company: CompanyId,
    actor: &Actor,
    chunk: &[(CardNumber, Marks)],
    reason: Option<&Note>,
    told: impl Fn(&Plan) -> Option<Event>,
) -> Result<(Placement, Vec<Changed>), StoreError> {
    let numbers: Vec<CardNumber> = chunk.iter().map(|(number, _)| number.clone()).collect();
    let cards = app.table.cards_by_number(company, &numbers).await?;
    let mut plan = Plan::default();
    for ((number, marks), card) in chunk.iter().zip(cards) {
        plan.add(number, card, marks);
    }
    let placed = match plan.act(actor, reason, app.clock.now()) {
        Some(act) => app.table.edit_cards(company, &plan.changes, &act, told(&plan)).await?,
        None => Placement::Done,
    };
    Ok((placed, plan.results))
}
