//! The end of a card: closed for good, with another in its place or without.

use super::Table;
use super::accounts::move_account;
use super::budgets::{allowance_as_read, allowance_update};
use super::card_edit::Placement;
use super::cards::{CardNote, CardRecord, note_item, read_allowance};
use super::error::StoreError;
use super::item::Json;
use super::key;
use super::read::peek;
use super::rows::CardRow;
use super::transfers::{money_moved, transfer_items};
use super::write::{Values, Write};
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::budget::{Allowance, Share, Sum};
use crate::domain::card::{Closed, Heir, Replaced, Sale};
use crate::domain::pocket::Pocket;
use crate::domain::{CardNumber, Catalogue};
use crate::journal::Act;

/// Replacements of replacements that are followed; nobody loses a card more often while its purchases still count.
const HEIRS_MAX: usize = 16;

/// The row of the card in the place of a replaced one, with its share.
#[derive(Debug, Clone)]
pub struct HeirRow {
    /// The card's row.
    pub row: CardRow,
    /// Its share of the budget.
    pub share: Share,
}

impl HeirRow {
    /// As those see it who pass something on to it.
    pub fn heir<'a>(&'a self, account: &'a Account, catalogue: &'a Catalogue) -> Heir<'a> {
        Heir { card: &self.row.card, sale: Sale { share: &self.share, account, catalogue, vat_percent: 0 } }
    }
}

/// How the replacement of a card ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Succession {
    /// It is so.
    Done,
    /// The card moved meanwhile: read and decide again.
    Moved,
    /// The company is not active.
    NotActive,
    /// The new card's number is taken.
    Taken,
}

impl Table {
    /// Closes a card and makes the one that takes its place, with its rules, share and exception; the notes are as they
    /// shall be, the old one's `edition` as it was read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn replace_card(
        &self,
        record: &CardRecord,
        replaced: &Replaced,
        notes: [&CardNote; 2],
        act: &Act,
    ) -> Result<Succession, StoreError> {
        let Replaced { old, heir } = replaced;
        let company = old.company;
        let unmoved = Values::none().with("v", record.row.card.version);
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let as_read = Values::none().with("ed", notes[0].edition);
        let row = CardRow { rules_edition: heir.edition, ..CardRow::fresh(heir.clone()) };
        let rules = Values::none().with("rules", Json(record.rules.clone())).with("ed", heir.edition);
        let (allowed, rules) = allowance_update(&record.allowance, rules);
        let purse = record.row.card.purse.saturating_sub(old.purse);
        let mut write = Write::default()
            .replace_if(self, record.row.after(old.clone(), None).item(), "#v = :v", unmoved)
            .require(self, &key::account(company), "#account_status = :active", active)
            .replace_if(self, note_item(company, old, notes[0]), "#ed = :ed", as_read)
            .create(self, row.item())
            .create(self, note_item(company, heir, notes[1]))
            .set(self, &key::rules(&heir.number), &format!("SET #rules = :rules, #ed = :ed{allowed}"), rules);
        let (from, to) = (Pocket::Purse(old.number.clone()), Pocket::Purse(heir.number.clone()));
        for moved in money_moved(company, from, to, purse, act.at).iter().flat_map(transfer_items) {
            write = write.create(self, moved);
        }
        write = self.pass_allowance(write, replaced, &record.allowance).await?;
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Succession::Done),
            Err(StoreError::Refused { index: 1 }) => Ok(Succession::NotActive),
            Err(StoreError::Refused { index: 3 | 4 }) => Ok(Succession::Taken),
            Err(StoreError::Refused { .. }) => Ok(Succession::Moved),
            Err(error) => Err(error),
        }
    }

    /// Takes share and exception off a replaced card, and moves the exception's place in the list to the heir.
    async fn pass_allowance(
        &self,
        write: Write,
        replaced: &Replaced,
        allowance: &Allowance,
    ) -> Result<Write, StoreError> {
        if *allowance == Allowance::default() {
            return Ok(write);
        }
        let Replaced { old, heir } = replaced;
        let (as_read, values) = allowance_as_read(allowance, Values::none());
        let mut write = write.update(self, &key::rules(&old.number), "REMOVE #share, #ex", &as_read, values);
        if allowance.share.portion.sum() != Sum::ZERO || allowance.share.lent.sum != Sum::ZERO {
            // Whoever is changing shares meanwhile has to see the heir.
            let one = Values::none().with("one", 1u64);
            write = write.update(self, &key::budget(old.company), "ADD #v :one", "attribute_exists(#pk)", one);
        }
        match &allowance.exception {
            Some(exception) => self.pass_exception(write, (old, heir), exception).await,
            None => Ok(write),
        }
    }

    /// Closes a card, its share back to the reserve; the note is as it shall be, its `edition` as it was read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn close_card(
        &self,
        record: &CardRecord,
        closed: &Closed,
        note: &CardNote,
        act: &Act,
    ) -> Result<Placement, StoreError> {
        let company = closed.card.company;
        let unmoved = Values::none().with("v", record.row.card.version);
        let as_read = Values::none().with("ed", note.edition);
        let row = CardRow { rules_edition: closed.card.edition, ..record.row.after(closed.card.clone(), None) };
        let month = record.account.zone.windows(act.at).month();
        let back = record.row.card.purse.saturating_sub(closed.card.purse);
        let mut write = Write::default().replace_if(self, row.item(), "#v = :v", unmoved).replace_if(
            self,
            note_item(company, &closed.card, note),
            "#ed = :ed",
            as_read,
        );
        write = self.free_share(write, &closed.card, &record.allowance, month);
        let purse = Pocket::Purse(closed.card.number.clone());
        for moved in money_moved(company, purse, Pocket::Account, back, act.at).iter().flat_map(transfer_items) {
            write = write.create(self, moved);
        }
        if let Some(moved) = &closed.account {
            let today = record.account.zone.date(act.at);
            write = move_account(write, self, &record.account, moved, today, false);
        }
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Placement::Done),
            Err(StoreError::Refused { .. }) => Ok(Placement::Moved),
            Err(error) => Err(error),
        }
    }

    /// The card that stands in the place of a replaced one, however often it was replaced since; `None` where the last is
    /// closed.
    pub(super) async fn heir(&self, replaced_by: Option<&CardNumber>) -> Result<Option<HeirRow>, StoreError> {
        let mut next = replaced_by.cloned();
        for _ in 0..HEIRS_MAX {
            let Some(number) = next else { return Ok(None) };
            let keys = [key::card(&number), key::rules(&number)];
            let mut rows = self.batch(&keys).await?;
            let Some(item) = rows.take(&keys[0]) else { return Ok(None) };
            let (row, rules) = (CardRow::read(&item)?, rows.take(&keys[1]));
            // The batch is no snapshot: the share may be that of before or after the card that came with it.
            if row.rules_edition != peek(rules.as_ref(), "ed")?.unwrap_or(0) {
                next = Some(number);
                continue;
            }
            if !row.card.closed {
                return Ok(Some(HeirRow { row, share: read_allowance(rules.as_ref())?.share }));
            }
            next = row.card.replaced_by;
        }
        Err(StoreError::Busy)
    }

    /// Writes an heir with what a write on the card before it left to it.
    pub(super) fn inherit(
        &self,
        write: Write,
        heir: Option<&HeirRow>,
        next: Option<&crate::domain::card::Card>,
    ) -> Write {
        let Some((heir, next)) = heir.zip(next) else { return write };
        let unmoved = Values::none().with("v", heir.row.card.version);
        write.replace_if(self, heir.row.after(next.clone(), None).item(), "#v = :v", unmoved)
    }
}
