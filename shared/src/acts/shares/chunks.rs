//! Shares chunk by chunk, under a run that set aside of the reserve what they grow by.

use super::{ATTEMPTS_MAX, Changed, Decided, act_of, as_edit};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::budget::{Budget, Run};
use crate::domain::card::ShareRefused;
use crate::domain::people::Actor;
use crate::domain::{CardNumber, CompanyId};
use crate::http::Problem;
use crate::jobs::PlannedShare;
use crate::journal::Act;
use crate::table::{BudgetEdit, BudgetPlacement, SHARES_MAX, StoreError, pause};

/// What a chunk of shares writes.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The budget and the cards.
    pub edit: BudgetEdit,
    /// For the journal; `None` if no share is another one.
    pub act: Option<Act>,
    /// Cards that were refused, and why.
    pub failed: Vec<(CardNumber, &'static str)>,
}

impl Chunk {
    /// Decides about the first of `planned`, at most `size` and each card once, on the budget as it was read: how many, and
    /// what they write.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn decide(
        app: &App,
        actor: &Actor,
        (budget, account): (&Budget, &Account),
        planned: &[PlannedShare],
        size: usize,
    ) -> Result<(usize, Self), StoreError> {
        let once = |at: &usize| {
            let before = planned.get(..*at).unwrap_or_default();
            planned.get(*at).is_some_and(|one| before.iter().all(|other| other.number != one.number))
        };
        let count = (0..planned.len().min(size).min(SHARES_MAX)).take_while(once).count();
        let chunk = planned.get(..count).unwrap_or_default();
        let numbers: Vec<CardNumber> = chunk.iter().map(|one| one.number.clone()).collect();
        let rows = app.table.shares(account.company, &numbers).await?;
        let (now, catalogue) = (app.clock.now(), app.catalogue());
        let month = account.zone.windows(now).month();
        let (mut after, mut failed, mut shares) = (*budget, Vec::new(), Vec::new());
        for one in chunk {
            let mut fail = |code| failed.push((one.number.clone(), code));
            let Some(row) = rows.iter().find(|row| row.row.card.number == one.number) else {
                fail("not_found");
                continue;
            };
            match row.row.card.reshare(one.portion, &row.allowance, (account, &catalogue), now) {
                Ok(None) => {}
                Err(ShareRefused::Closed) => fail("card_closed"),
                Err(ShareRefused::Purse) => fail("card_is_a_purse"),
                Err(ShareRefused::BelowUse(_)) => fail("share_below_use"),
                Ok(Some(reshared)) => match after.share_aside(reshared.more, reshared.absorbed, month) {
                    Some(next) => {
                        after = next;
                        shares.push((row.clone(), reshared));
                    }
                    // One that was to fall before it was refused.
                    None => fail("over_distributed"),
                },
            }
        }
        after.run = after.run.map(|run| Run { since: now, ..run });
        let edit = BudgetEdit {
            company: account.company,
            before: *budget,
            after: after.moved_on(false),
            carry_over: None,
            shares: shares.iter().map(as_edit).collect(),
        };
        let decided = Decided { plan: budget.plan, carry_over: None, shares };
        let act = (!decided.shares.is_empty()).then(|| act_of(app, actor, "budget.lines", &edit, &decided));
        Ok((count, Self { edit, act, failed }))
    }
}

/// Changes the shares that a run was begun for, and ends it.
pub(super) async fn run(
    app: &App,
    (company, actor): (CompanyId, Actor),
    begun: Budget,
    planned: Vec<PlannedShare>,
) -> Result<Changed, Problem> {
    let mut done = Changed::at_once(0);
    let mut left = planned.as_slice();
    while !left.is_empty() {
        let (count, chunk) = written(app, (company, &actor), &begun, left).await?;
        done.changed = done.changed.saturating_add(chunk.edit.shares.len());
        done.failed.extend(chunk.failed);
        left = left.get(count..).unwrap_or_default();
    }
    app.table.end_run(company, begun.run).await?;
    Ok(done)
}

async fn written(
    app: &App,
    (company, actor): (CompanyId, &Actor),
    begun: &Budget,
    left: &[PlannedShare],
) -> Result<(usize, Chunk), Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let (budget, account) = app.table.budget(company).await?.ok_or_else(Problem::not_found)?;
        if budget.run.map(|run| run.id) != begun.run.map(|run| run.id) {
            return Err(Problem::conflict("distribution_running", "another change of shares took over"));
        }
        let (count, chunk) = Chunk::decide(app, actor, (&budget, &account), left, SHARES_MAX).await?;
        let Some(act) = &chunk.act else { return Ok((count, chunk)) };
        match app.table.edit_budget(&chunk.edit, act).await? {
            BudgetPlacement::Done => return Ok((count, chunk)),
            BudgetPlacement::NotActive => return Err(Problem::company_suspended()),
            BudgetPlacement::Moved => pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}
