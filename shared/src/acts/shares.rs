//! Shares of the budget, changed by people: a few in one write, many in chunks of it, thousands by a job.
//!
//! Many are changed under a run: what they grow by in sum is set aside of the reserve first, then each card is changed once,
//! those whose share falls before those whose share grows, and in the end what is still set aside goes back. So the sums hold
//! after every write, one run at a time, and one that broke off is simply done again: a share that is as it should be is left.

mod chunks;
mod refusals;

pub use self::chunks::Chunk;

use self::chunks::run;
use self::refusals::{over_distributed, refusal, unplanned};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::budget::{Budget, CarryOver, Move, Portion, Run, Sum, order};
use crate::domain::card::Reshared;
use crate::domain::ids::JobId;
use crate::domain::people::Actor;
use crate::domain::rules::FieldInvalid;
use crate::domain::{CardNumber, CompanyId, Kopecks, Millilitres};
use crate::http::{IfMatch, Problem};
use crate::jobs::{Job, PlannedShare, Work};
use crate::journal::Act;
use crate::table::{BudgetEdit, BudgetPlacement, PLANNED_SHARES_MAX, SHARES_MAX, ShareRow, pause};
use serde_json::{Value, json};
use uuid::Uuid;

/// Writes that may lose a race with fills or with other people before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;
/// Shares that are changed before the answer; more are a job.
pub const AT_ONCE_MAX: usize = 500;

/// A share that a card shall have.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The card as it was read.
    pub row: ShareRow,
    /// Its share from now on.
    pub portion: Portion,
    /// Where it stands in what was asked, such as `lines[2]`.
    pub field: String,
}

/// What somebody wants of the budget, decided on the budget as it was read.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The plan.
    pub plan: Portion,
    /// Whether what is left is carried over.
    pub carry_over: bool,
    /// Shares that change.
    pub shares: Vec<Wanted>,
}

/// Somebody who wants something of a budget, asked again for every attempt.
pub trait Wishes: Sync {
    /// What they want of the budget as it was read.
    fn wish(&self, app: &App, budget: &Budget, account: &Account)
    -> impl Future<Output = Result<Wish, Problem>> + Send;
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Cards whose share is another now.
    pub changed: usize,
    /// Cards that were refused after the others were begun, and why.
    pub failed: Vec<(CardNumber, &'static str)>,
    /// The job that does it, where that is more than an answer waits for.
    pub job: Option<Box<Job>>,
}

impl Changed {
    fn at_once(changed: usize) -> Self {
        Self { changed, failed: Vec::new(), job: None }
    }
}

/// A wish that holds.
struct Decided {
    plan: Portion,
    carry_over: Option<CarryOver>,
    shares: Vec<(ShareRow, Reshared)>,
}

/// Changes the budget of a company as somebody wants it.
///
/// # Errors
/// What `wishes` refuses; 404, 412, 409 `company_suspended` and `distribution_running`; 422 by field.
pub async fn change(
    app: &App,
    (company, actor): (CompanyId, Actor),
    edition: Option<IfMatch>,
    action: &str,
    wishes: &impl Wishes,
) -> Result<Changed, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let (budget, account) = app.table.budget(company).await?.ok_or_else(Problem::not_found)?;
        edition.unwrap_or(IfMatch::ANY).meets(budget.edition)?;
        let now = app.clock.now();
        if budget.run.is_some_and(|run| run.is_on(now)) {
            return Err(Problem::conflict("distribution_running", "shares are being changed: wait until that is done"));
        }
        let month = account.zone.windows(now).month();
        let before = Budget { run: None, aside: Sum::ZERO, ..budget };
        let decided = decide(app, &before, &account, wishes.wish(app, &before, &account).await?)?;
        let few = decided.shares.len() <= SHARES_MAX;
        let (more, absorbed) = grown(&decided.shares);
        let planned = before.with_plan_unchecked(decided.plan).share(more, absorbed, month);
        let after = planned.map_err(|_| over_distributed(decided.plan != before.plan))?;
        if after == before && decided.shares.is_empty() && decided.carry_over.is_none() {
            return Ok(Changed::at_once(0));
        }
        let after = match few {
            true => after,
            false => {
                let aside = more.less(absorbed).or_zero();
                let run = Some(Run { id: Uuid::new_v4(), since: now });
                Budget { aside, run, ..before.with_plan_unchecked(decided.plan) }
            }
        };
        let edit = BudgetEdit {
            company,
            before: budget,
            after: after.moved_on(true),
            carry_over: decided.carry_over,
            shares: if few { decided.shares.iter().map(as_edit).collect() } else { Vec::new() },
        };
        let act = act_of(app, &actor, action, &edit, &decided);
        let (job, planned) =
            if decided.shares.len() > AT_ONCE_MAX { job(&edit, &actor, &decided)? } else { (None, Vec::new()) };
        let placed = match &job {
            Some(job) => app.table.start_shares(&edit, &planned, job, &act).await?,
            None => app.table.edit_budget(&edit, &act).await?,
        };
        match placed {
            BudgetPlacement::NotActive => return Err(Problem::company_suspended()),
            BudgetPlacement::Moved => pause(attempt).await,
            BudgetPlacement::Done if few => return Ok(Changed::at_once(decided.shares.len())),
            BudgetPlacement::Done if job.is_some() => return Ok(Changed { job, ..Changed::at_once(0) }),
            BudgetPlacement::Done => {
                let shares = planned_in_order(&edit, &decided);
                return run(app, (company, actor), edit.after, shares).await;
            }
        }
    }
    Err(Problem::unavailable())
}

/// Whether every share may be, and what each writes. All that is wrong is told at once.
fn decide(app: &App, budget: &Budget, account: &Account, wish: Wish) -> Result<Decided, Problem> {
    let now = app.clock.now();
    let month = account.zone.windows(now).month();
    let carry = account.carry_over.set(wish.carry_over, month);
    let (mut errors, mut shares) = (Vec::new(), Vec::new());
    for wanted in wish.shares {
        let unplanned = unplanned(&wish.plan, &wanted);
        if !unplanned.is_empty() {
            errors.extend(unplanned);
            continue;
        }
        match wanted.row.row.card.reshare(wanted.portion, &wanted.row.allowance, (account, &app.catalogue()), now) {
            Ok(None) => {}
            Ok(Some(reshared)) => shares.push((wanted.row, reshared)),
            Err(refused) => errors.extend(refusal(&wanted, refused)),
        }
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    // A measure that is no longer planned must not be shared any more.
    let rest = grown(&shares).0.plus(budget.shared);
    let gone = [
        ("roubles", wish.plan.roubles.is_none() && rest.roubles != Kopecks::ZERO),
        ("litres", wish.plan.litres.is_none() && rest.litres != Millilitres::ZERO),
    ];
    if let Some((field, _)) = gone.iter().find(|(_, is_so)| *is_so) {
        let message = "cards have shares in this measure: free them first".to_owned();
        return Err(vec![FieldInvalid { field: (*field).to_owned(), code: "over_distributed", message }].into());
    }
    let carry_over = (carry != account.carry_over).then_some(carry);
    Ok(Decided { plan: wish.plan, carry_over, shares })
}

/// What shares grow by in sum, and what of it was lent to them before.
fn grown(shares: &[(ShareRow, Reshared)]) -> (Sum, Sum) {
    shares.iter().fold((Sum::ZERO, Sum::ZERO), |(more, absorbed), (_, reshared)| {
        (more.plus(reshared.more), absorbed.plus(reshared.absorbed))
    })
}

fn as_edit((row, reshared): &(ShareRow, Reshared)) -> crate::table::AllowanceEdit {
    (row.row.clone(), reshared.card.clone(), reshared.allowance)
}

/// What a run that was begun writes, in an order in which the sums hold.
fn planned_in_order(edit: &BudgetEdit, decided: &Decided) -> Vec<PlannedShare> {
    let moves = decided.shares.iter().map(|(row, reshared)| {
        let (share, portion) = (row.allowance.share, reshared.allowance.share.portion);
        Move { card: row.row.card.number.clone(), taken: share.portion.plus(reshared.absorbed), portion }
    });
    let writes = order(moves.collect(), edit.after.aside);
    writes.into_iter().map(|(number, portion)| PlannedShare { number, portion }).collect()
}

/// The job for a run that is begun with this edit.
fn job(edit: &BudgetEdit, actor: &Actor, decided: &Decided) -> Result<(Option<Box<Job>>, Vec<PlannedShare>), Problem> {
    let planned = planned_in_order(edit, decided);
    let many = u32::try_from(planned.len()).ok().filter(|_| planned.len() <= PLANNED_SHARES_MAX);
    let too_many = || {
        let message = format!("at most {PLANNED_SHARES_MAX} shares at once");
        vec![FieldInvalid { field: "numbers".to_owned(), code: "numbers_too_many", message }]
    };
    let shares = many.ok_or_else(too_many)?;
    let run = edit.after.run.ok_or_else(Problem::unavailable)?;
    let work = Work::Shares { shares };
    let job = Job::new(JobId::new(run.id), edit.company, actor.clone(), work, shares, run.since);
    Ok((Some(Box::new(job)), planned))
}

fn act_of(app: &App, actor: &Actor, action: &str, edit: &BudgetEdit, decided: &Decided) -> Act {
    let line = |number: &CardNumber, portion: Portion| json!({ "number": number, "roubles": portion.roubles, "litres": portion.litres });
    let few = decided.shares.len() <= SHARES_MAX;
    let told = |plan: Portion, carry: Option<bool>, lines: Vec<Value>| {
        let mut fields = serde_json::Map::new();
        if edit.before.plan != edit.after.plan {
            fields.insert("roubles".to_owned(), json!(plan.roubles));
            fields.insert("litres".to_owned(), json!(plan.litres));
        }
        if let Some(carry) = carry {
            fields.insert("carry_over".to_owned(), json!(carry));
        }
        if few && !lines.is_empty() {
            fields.insert("lines".to_owned(), Value::Array(lines));
        }
        if !few {
            fields.insert("count".to_owned(), json!(decided.shares.len()));
        }
        Value::Object(fields)
    };
    let lines = |which: &dyn Fn(&(ShareRow, Reshared)) -> Portion| {
        decided.shares.iter().map(|share| line(&share.0.row.card.number, which(share))).collect::<Vec<_>>()
    };
    let carry = decided.carry_over;
    Act {
        at: app.clock.now(),
        actor: actor.clone(),
        action: action.to_owned(),
        subject: "budget".to_owned(),
        before: told(edit.before.plan, carry.map(|carry| !carry.on), lines(&|share| share.0.allowance.share.portion)),
        after: told(edit.after.plan, carry.map(|carry| carry.on), lines(&|share| share.1.allowance.share.portion)),
        reason: String::new(),
    }
}
