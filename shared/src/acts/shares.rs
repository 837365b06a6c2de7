//! Shares of the budget, changed by people: a few in one write, many in chunks of it.
//!
//! Many are changed under a run: what they grow by in sum is set aside of the reserve first, then each card is changed once,
//! those whose share falls before those whose share grows, and in the end what is still set aside goes back. So the sums hold
//! after every write, one run at a time, and one that broke off is simply done again: a share that is as it should be is left.

mod refusals;

use self::refusals::{over_distributed, refusal, unplanned};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::budget::{Budget, CarryOver, Portion, Run, Sum};
use crate::domain::card::{Reshared, ShareRefused};
use crate::domain::people::Actor;
use crate::domain::rules::FieldInvalid;
use crate::domain::{CardNumber, CompanyId, Kopecks, Millilitres};
use crate::http::{IfMatch, Problem};
use crate::journal::Act;
use crate::table::{BudgetEdit, BudgetPlacement, SHARES_MAX, ShareRow, pause};
use serde_json::{Value, json};
use std::collections::VecDeque;
use uuid::Uuid;

/// Writes that may lose a race with fills or with other people before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 64;

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
}

/// A wish that holds.
struct Decided {
    plan: Portion,
    carry_over: Option<CarryOver>,
    shares: Vec<(Wanted, Reshared)>,
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
            return Ok(Changed { changed: 0, failed: Vec::new() });
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
        match app.table.edit_budget(&edit, &act).await? {
            BudgetPlacement::NotActive => return Err(Problem::company_suspended()),
            BudgetPlacement::Moved => pause(attempt).await,
            BudgetPlacement::Done if few => {
                return Ok(Changed { changed: decided.shares.len(), failed: Vec::new() });
            }
            BudgetPlacement::Done => return run(app, (company, actor), edit.after, decided.shares).await,
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
            Ok(Some(reshared)) => shares.push((wanted, reshared)),
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
fn grown(shares: &[(Wanted, Reshared)]) -> (Sum, Sum) {
    shares.iter().fold((Sum::ZERO, Sum::ZERO), |(more, absorbed), (_, reshared)| {
        (more.plus(reshared.more), absorbed.plus(reshared.absorbed))
    })
}

fn as_edit((wanted, reshared): &(Wanted, Reshared)) -> crate::table::AllowanceEdit {
    (wanted.row.row.clone(), reshared.card.clone(), reshared.allowance)
}

/// Changes the shares that a run was begun for, and ends it.
async fn run(
    app: &App,
    (company, actor): (CompanyId, Actor),
    begun: Budget,
    shares: Vec<(Wanted, Reshared)>,
) -> Result<Changed, Problem> {
    let (falling, growing): (Vec<_>, Vec<_>) =
        shares.into_iter().partition(|(_, reshared)| Sum::ZERO.less(reshared.more).is_sound());
    let mut waiting: VecDeque<Wanted> = falling.into_iter().chain(growing).map(|(wanted, _)| wanted).collect();
    let mut done = Changed { changed: 0, failed: Vec::new() };
    let mut stuck = 0;
    while !waiting.is_empty() {
        let chunk: Vec<Wanted> = waiting.drain(..waiting.len().min(SHARES_MAX)).collect();
        let size = chunk.len();
        let (changed, short, failed) = change_chunk(app, (company, &actor), &begun, chunk).await?;
        done.changed = done.changed.saturating_add(changed);
        done.failed.extend(failed);
        // What has to wait for others to fall comes last; what nobody makes room for any more is refused.
        stuck = if short.len() == size { stuck + 1 } else { 0 };
        if stuck > waiting.len() / SHARES_MAX + 1 {
            done.failed.extend(waiting.drain(..).chain(short).map(|one| (one.row.row.card.number, "over_distributed")));
            break;
        }
        waiting.extend(short);
    }
    app.table.end_run(company, begun.run).await?;
    Ok(done)
}

type Chunk = (usize, Vec<Wanted>, Vec<(CardNumber, &'static str)>);

async fn change_chunk(
    app: &App,
    (company, actor): (CompanyId, &Actor),
    begun: &Budget,
    chunk: Vec<Wanted>,
) -> Result<Chunk, Problem> {
    let numbers: Vec<CardNumber> = chunk.iter().map(|one| one.row.row.card.number.clone()).collect();
    for attempt in 1..=ATTEMPTS_MAX {
        let (budget, account) = app.table.budget(company).await?.ok_or_else(Problem::not_found)?;
        if budget.run.map(|run| run.id) != begun.run.map(|run| run.id) {
            return Err(Problem::conflict("distribution_running", "another change of shares took over"));
        }
        let rows = app.table.shares(company, &numbers).await?;
        let now = app.clock.now();
        let month = account.zone.windows(now).month();
        let (mut after, mut short, mut failed, mut shares) = (budget, Vec::new(), Vec::new(), Vec::new());
        for wanted in &chunk {
            let number = &wanted.row.row.card.number;
            let Some(row) = rows.iter().find(|row| row.row.card.number == *number) else { continue };
            let card = &row.row.card;
            match card.reshare(wanted.portion, &row.allowance, (&account, &app.catalogue()), now) {
                Ok(None) => {}
                Err(ShareRefused::Closed) => failed.push((number.clone(), "card_closed")),
                Err(ShareRefused::Purse) => failed.push((number.clone(), "card_is_a_purse")),
                Err(ShareRefused::BelowUse(_)) => failed.push((number.clone(), "share_below_use")),
                Ok(Some(reshared)) => match after.share_aside(reshared.more, reshared.absorbed, month) {
                    Some(next) => {
                        after = next;
                        shares.push((Wanted { row: row.clone(), ..wanted.clone() }, reshared));
                    }
                    None => short.push(wanted.clone()),
                },
            }
        }
        if shares.is_empty() {
            return Ok((0, short, failed));
        }
        after.run = after.run.map(|run| Run { since: now, ..run });
        let edit = BudgetEdit {
            company,
            before: budget,
            after: after.moved_on(false),
            carry_over: None,
            shares: shares.iter().map(as_edit).collect(),
        };
        let decided = Decided { plan: budget.plan, carry_over: None, shares };
        let act = act_of(app, actor, "budget.lines", &edit, &decided);
        match app.table.edit_budget(&edit, &act).await? {
            BudgetPlacement::Done => return Ok((decided.shares.len(), short, failed)),
            BudgetPlacement::NotActive => return Err(Problem::company_suspended()),
            BudgetPlacement::Moved => pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
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
    let lines = |which: &dyn Fn(&(Wanted, Reshared)) -> Portion| {
        decided.shares.iter().map(|share| line(&share.0.row.row.card.number, which(share))).collect::<Vec<_>>()
    };
    let carry = decided.carry_over;
    Act {
        at: app.clock.now(),
        actor: actor.clone(),
        action: action.to_owned(),
        subject: "budget".to_owned(),
        before: told(
            edit.before.plan,
            carry.map(|carry| !carry.on),
            lines(&|share| share.0.row.allowance.share.portion),
        ),
        after: told(edit.after.plan, carry.map(|carry| carry.on), lines(&|share| share.1.allowance.share.portion)),
        reason: String::new(),
    }
}
