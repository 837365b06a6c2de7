//! The end of a card: closed for good, with another in its place or without.

use super::Table;
use super::accounts::move_account;
use super::card_edit::Placement;
use super::cards::{CardNote, CardRecord, note_item};
use super::error::StoreError;
use super::item::Json;
use super::key;
use super::rows::CardRow;
use super::write::{Values, Write};
use crate::domain::CardNumber;
use crate::domain::account::CompanyStatus;
use crate::domain::card::{Closed, Replaced};
use crate::journal::Act;

/// Replacements of replacements that are followed; nobody loses a card more often while its purchases still count.
const HEIRS_MAX: usize = 16;

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
    /// Closes a card and makes the one that takes its place, with its rules; the notes are as they shall be, the old
    /// one's `edition` as it was read.
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
        let write = Write::default()
            .replace_if(self, record.row.after(old.clone(), None).item(), "#v = :v", unmoved)
            .require(self, &key::account(company), "#account_status = :active", active)
            .replace_if(self, note_item(company, old, notes[0]), "#ed = :ed", as_read)
            .create(self, row.item())
            .create(self, note_item(company, heir, notes[1]))
            .set(self, &key::rules(&heir.number), "SET #rules = :rules, #ed = :ed", rules);
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Succession::Done),
            Err(StoreError::Refused { index: 1 }) => Ok(Succession::NotActive),
            Err(StoreError::Refused { index: 3 | 4 }) => Ok(Succession::Taken),
            Err(StoreError::Refused { .. }) => Ok(Succession::Moved),
            Err(error) => Err(error),
        }
    }

    /// Closes a card; the note is as it shall be, its `edition` as it was read.
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
        let mut write = Write::default()
            .replace_if(self, record.row.after(closed.card.clone(), None).item(), "#v = :v", unmoved)
            .replace_if(self, note_item(company, &closed.card, note), "#ed = :ed", as_read);
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
    pub(super) async fn heir(&self, replaced_by: Option<&CardNumber>) -> Result<Option<CardRow>, StoreError> {
        let mut next = replaced_by.cloned();
        for _ in 0..HEIRS_MAX {
            let Some(number) = next else { return Ok(None) };
            let Some(item) = self.row(&key::card(&number)).await? else { return Ok(None) };
            let row = CardRow::read(&item)?;
            if !row.card.closed {
                return Ok(Some(row));
            }
            next = row.card.replaced_by;
        }
        Ok(None)
    }

    /// Writes an heir with what a write on the card before it left to it.
    pub(super) fn inherit(
        &self,
        write: Write,
        heir: Option<&CardRow>,
        next: Option<&crate::domain::card::Card>,
    ) -> Write {
        let Some((row, next)) = heir.zip(next) else { return write };
        let unmoved = Values::none().with("v", row.card.version);
        write.replace_if(self, row.after(next.clone(), None).item(), "#v = :v", unmoved)
    }
}
