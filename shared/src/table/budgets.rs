//! A company's budget and its cards' shares.
//!
//! A share lies in its card's row of rules; the budget's row has the sum of them. Whoever changes a share reads the
//! budget first and writes it too, so that a share read before another change of it is noticed by the budget's version.

use super::Table;
use super::accounts::read_account;
use super::cards::{CardNote, read_allowance, read_note, read_rules};
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::read::peek;
use super::rows::{CardRow, Position};
use super::write::{Values, Write, pause};
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::budget::{Allowance, Budget, CarryOver, Lent, Portion, Run, Share, Sum};
use crate::domain::card::Card;
use crate::domain::rules::Rules;
use crate::domain::window::WindowId;
use crate::domain::{CardNumber, CompanyId};
use crate::journal::Act;

/// Shares changed in one write: each is two rows of a transaction's hundred, four more are the budget's and the journal's.
pub const SHARES_MAX: usize = 40;

/// Reads of cards whose rules kept being saved meanwhile.
const APART_MAX: u32 = 8;

/// A card with its share.
#[derive(Debug, Clone)]
pub struct ShareRow {
    /// The card's row.
    pub row: CardRow,
    /// Its share and its exception.
    pub allowance: Allowance,
    /// What people call it.
    pub note: CardNote,
    /// Its rules.
    pub rules: Rules,
}

/// A page of cards with their shares.
pub type SharePage = (Vec<ShareRow>, Option<Position>);

/// A change of the budget by a person, with the shares that change with it, at most [`SHARES_MAX`].
#[derive(Debug, Clone)]
pub struct BudgetEdit {
    /// Whose.
    pub company: CompanyId,
    /// As read; its version is the write's condition.
    pub before: Budget,
    /// As it shall be, its version one higher.
    pub after: Budget,
    /// What is left of a month, if that changes too.
    pub carry_over: Option<CarryOver>,
    /// The shares.
    pub shares: Vec<AllowanceEdit>,
}

/// A card as it was read and as it shall be, and what lies beside it from now on.
pub type AllowanceEdit = (CardRow, Card, Allowance);

/// How a change of the budget ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BudgetPlacement {
    /// It is so.
    Done,
    /// The budget or a card moved meanwhile: read and decide again.
    Moved,
    /// The company is not active.
    NotActive,
}

impl BudgetPlacement {
    /// Of a write whose second item is the account.
    pub(super) fn of(written: Result<(), StoreError>) -> Result<Self, StoreError> {
        match written {
            Ok(()) => Ok(Self::Done),
            Err(StoreError::Refused { index: 1 }) => Ok(Self::NotActive),
            Err(StoreError::Refused { .. }) => Ok(Self::Moved),
            Err(error) => Err(error),
        }
    }
}

fn budget_item(company: CompanyId, budget: &Budget) -> Item {
    key::budget(company)
        .build()
        .maybe("plan_r", budget.plan.roubles)
        .maybe("plan_l", budget.plan.litres)
        .with("shared_r", budget.shared.roubles)
        .with("shared_l", budget.shared.litres)
        .with("lent_m", budget.lent.month.get())
        .with("lent_r", budget.lent.sum.roubles)
        .with("lent_l", budget.lent.sum.litres)
        .with("aside_r", budget.aside.roubles)
        .with("aside_l", budget.aside.litres)
        .maybe("run", budget.run.map(|run| run.id.to_string()))
        .maybe("run_at", budget.run.map(|run| run.since))
        .with("ed", budget.edition)
        .with("v", budget.version)
        .item()
}

fn read_budget(item: &Item) -> Result<Budget, StoreError> {
    Ok(Budget {
        plan: Portion { roubles: find(item, "plan_r")?, litres: find(item, "plan_l")? },
        shared: Sum { roubles: get(item, "shared_r")?, litres: get(item, "shared_l")? },
        lent: Lent {
            month: WindowId::new(get(item, "lent_m")?),
            sum: Sum { roubles: get(item, "lent_r")?, litres: get(item, "lent_l")? },
        },
        aside: Sum { roubles: get(item, "aside_r")?, litres: get(item, "aside_l")? },
        run: match find::<String>(item, "run")? {
            Some(id) => {
                Some(Run { id: id.parse().map_err(|_| StoreError::Corrupt("run"))?, since: get(item, "run_at")? })
            }
            None => None,
        },
        edition: get(item, "ed")?,
        version: get(item, "v")?,
    })
}

impl Table {
    /// A company's budget and account; the budget of a company that never made one is the default. One round trip.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn budget(&self, company: CompanyId) -> Result<Option<(Budget, Account)>, StoreError> {
        let keys = [key::budget(company), key::account(company)];
        let mut rows = self.batch(&keys).await?;
        let budget = rows.take(&keys[0]).as_ref().map(read_budget).transpose()?.unwrap_or_default();
        let account = rows.take(&keys[1]).as_ref().map(read_account).transpose()?;
        Ok(account.map(|account| (budget, account)))
    }

    /// A company's cards of these numbers, in their order; those that it does not have are left out. To be read after the
    /// budget.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn shares(&self, company: CompanyId, numbers: &[CardNumber]) -> Result<Vec<ShareRow>, StoreError> {
        let mut found = Vec::with_capacity(numbers.len());
        // A card is three rows of a batch's hundred.
        for numbers in numbers.chunks(33) {
            found.extend(self.shares_at_once(company, numbers).await?);
        }
        Ok(found)
    }

    async fn shares_at_once(&self, company: CompanyId, numbers: &[CardNumber]) -> Result<Vec<ShareRow>, StoreError> {
        let of = |number: &CardNumber| [key::card(number), key::rules(number), key::card_ref(company, number)];
        let keys: Vec<_> = numbers.iter().flat_map(of).collect();
        'read: for attempt in 1..=APART_MAX {
            let mut rows = self.batch(&keys).await?;
            let mut found = Vec::with_capacity(numbers.len());
            for number in numbers {
                let [card, rules, note] = of(number).map(|key| rows.take(&key));
                let (Some(card), Some(note)) = (card, note) else { continue };
                let row = CardRow::read(&card)?;
                if row.card.company != company {
                    continue;
                }
                // The batch is no snapshot: the share may be that of before or after the card that came with it.
                if row.rules_edition != peek(rules.as_ref(), "ed")?.unwrap_or(0) {
                    pause(attempt).await;
                    continue 'read;
                }
                let (allowance, note) = (read_allowance(rules.as_ref())?, read_note(&note)?);
                found.push(ShareRow { row, allowance, note, rules: read_rules(rules.as_ref())? });
            }
            return Ok(found);
        }
        Err(StoreError::Busy)
    }

    /// A page of a company's cards with their shares, by number.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn share_page(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<SharePage, StoreError> {
        let (cards, next) = self.cards(company, limit, after).await?;
        let numbers: Vec<_> = cards.into_iter().map(|card| card.row.card.number).collect();
        Ok((self.shares(company, &numbers).await?, next))
    }

    /// Writes a person's change of the budget and of shares with its journal row, if neither moved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_budget(&self, edit: &BudgetEdit, act: &Act) -> Result<BudgetPlacement, StoreError> {
        BudgetPlacement::of(self.commit_act(Some(edit.company), act, self.budget_write(edit)).await)
    }

    /// The budget, the account (active, or what is left of a month), the cards.
    pub(super) fn budget_write(&self, edit: &BudgetEdit) -> Write {
        let account = key::account(edit.company);
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let mut write = self.put_budget(Write::default(), edit.company, &edit.before, &edit.after);
        write = match edit.carry_over {
            None => write.require(self, &account, "#account_status = :active", active),
            Some(carry) => {
                let values = active.with("carry_over", Json(carry));
                write.update(self, &account, "SET #carry_over = :carry_over", "#account_status = :active", values)
            }
        };
        for (before, after, allowance) in &edit.shares {
            write = self.put_allowance(write, before, after, allowance);
        }
        write
    }

    /// Ends a run, if it is the one that is on: what it had set aside goes back to the reserve.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn end_run(&self, company: CompanyId, run: Option<Run>) -> Result<(), StoreError> {
        let Some(run) = run else { return Ok(()) };
        let values = Values::none().with("run", run.id.to_string()).with("none", 0i64).with("one", 1u64);
        let update = "SET #aside_r = :none, #aside_l = :none ADD #v :one REMOVE #run, #run_at";
        self.update_in(&self.cabinet, &key::budget(company), update, "#run = :run", values).await.map(|_| ())
    }

    /// Puts the budget, on condition that it has not moved.
    pub(super) fn put_budget(&self, write: Write, company: CompanyId, before: &Budget, after: &Budget) -> Write {
        if before.version == 0 {
            return write.create(self, budget_item(company, after));
        }
        let unmoved = Values::none().with("v", before.version);
        write.replace_if(self, budget_item(company, after), "#v = :v", unmoved)
    }

    /// Puts a card, on condition that it has not moved, and its share and exception beside it.
    pub(super) fn put_allowance(&self, write: Write, before: &CardRow, after: &Card, allowance: &Allowance) -> Write {
        let mut row = before.after(after.clone(), None);
        row.rules_edition = after.edition;
        let unmoved = Values::none().with("v", before.card.version);
        let write = write.replace_if(self, row.item(), "#v = :v", unmoved);
        let (update, values) = allowance_update(allowance, Values::none().with("ed", after.edition));
        write.set(self, &key::rules(&after.number), &format!("SET #ed = :ed{update}"), values)
    }

    /// Takes a card's share and exception away, and the share out of the budget's sums: for a card that is closed or spends
    /// from a purse from now on; its row says `rules_edition` of this edition. By arithmetic, so that nothing has to be read.
    pub(super) fn free_share(&self, write: Write, card: &Card, allowance: &Allowance, month: WindowId) -> Write {
        let edition = Values::none().with("ed", card.edition);
        let (as_read, values) = allowance_as_read(allowance, edition);
        let update = "SET #ed = :ed REMOVE #share, #ex";
        let write = write.update(self, &key::rules(&card.number), update, &as_read, values);
        let (portion, lent) = (allowance.share.portion.sum(), allowance.share.lent.of(month));
        if portion == Sum::ZERO && lent == Sum::ZERO {
            return write;
        }
        let (portion, values) = (portion.negated(), Values::none().with("one", 1u64));
        let values = values.with("r", portion.roubles).with("l", portion.litres);
        let budget = key::budget(card.company);
        if lent == Sum::ZERO {
            return write.update(
                self,
                &budget,
                "ADD #shared_r :r, #shared_l :l, #v :one",
                "attribute_exists(#pk)",
                values,
            );
        }
        let lent = lent.negated();
        let values = values.with("m", month.get()).with("xr", lent.roubles).with("xl", lent.litres);
        let update = "ADD #shared_r :r, #shared_l :l, #lent_r :xr, #lent_l :xl, #v :one";
        write.update(self, &budget, update, "#lent_m = :m", values)
    }
}

/// The condition that share and exception are as they were read: an exception's end takes back what was lent without moving
/// the card.
pub(super) fn allowance_as_read(allowance: &Allowance, values: Values) -> (String, Values) {
    let (share, values) = match allowance.share == Share::default() {
        true => ("attribute_not_exists(#share)", values),
        false => ("#share = :share_was", values.with("share_was", Json(allowance.share))),
    };
    let (exception, values) = match allowance.exception {
        None => ("attribute_not_exists(#ex)", values),
        Some(exception) => ("#ex = :ex_was", values.with("ex_was", Json(exception))),
    };
    (format!("{share} AND {exception}"), values)
}

/// What sets or removes a share and an exception, after another `SET`.
pub(super) fn allowance_update(allowance: &Allowance, values: Values) -> (String, Values) {
    let (mut set, mut remove, mut values) = (String::new(), Vec::new(), values);
    if allowance.share == Share::default() {
        remove.push("#share");
    } else {
        set.push_str(", #share = :share");
        values = values.with("share", Json(allowance.share));
    }
    match allowance.exception {
        None => remove.push("#ex"),
        Some(exception) => {
            set.push_str(", #ex = :ex");
            values = values.with("ex", Json(exception));
        }
    }
    let remove = if remove.is_empty() { String::new() } else { format!(" REMOVE {}", remove.join(", ")) };
    (format!("{set}{remove}"), values)
}
