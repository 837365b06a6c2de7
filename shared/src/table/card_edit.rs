//! A person's change of a card: its row, what lies beside it, and the journal's row, together.

use super::Table;
use super::cards::{CardNote, note_item};
use super::error::StoreError;
use super::item::Json;
use super::key;
use super::rows::CardRow;
use super::write::{Values, Write};
use crate::auth::PinHash;
use crate::domain::account::CompanyStatus;
use crate::domain::card::Card;
use crate::domain::rules::Rules;
use crate::journal::Act;

/// A change of a card by a person: the card as it was read, and as it shall be.
#[derive(Debug, Clone)]
pub struct CardEdit<'a> {
    /// As read; its version is the write's condition.
    pub before: &'a CardRow,
    /// As it shall be, its version one higher.
    pub after: Card,
    /// Its note as it shall be, if that changes too, as it must with a block; its `edition` is the one that was read.
    pub note: Option<CardNote>,
    /// What changes in its row of rules, if anything does.
    pub rules: Option<RulesEdit>,
    /// Whether the company must be active: a client's acts on cards wait while it is suspended.
    pub active_only: bool,
}

/// A change of a card's row of rules. Each changes its own attributes and leaves the others.
#[derive(Debug, Clone)]
pub enum RulesEdit {
    /// The rules themselves. What they were can be restored.
    Rules {
        /// As read.
        before: Rules,
        /// As they shall be.
        after: Rules,
    },
    /// The PIN; `None` takes it away.
    Pin(Option<PinHash>),
}

/// How a conditional write of a card ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// It is so.
    Done,
    /// The card moved meanwhile: read and decide again.
    Moved,
    /// The account's condition failed: not active, or not enough available.
    AccountRefused,
}

/// Whether the card stands otherwise in its company's list.
fn listed_otherwise(before: &Card, after: &Card) -> bool {
    let listed =
        |card: &Card| (card.blocked_by_client, card.blocked_by_staff, card.closed, card.valid_until, card.funding);
    listed(before) != listed(after)
}

impl Table {
    /// Writes a person's change of a card with its journal row, if the card did not move.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_card(&self, edit: &CardEdit<'_>, act: &Act) -> Result<Placement, StoreError> {
        if edit.note.is_none() && listed_otherwise(&edit.before.card, &edit.after) {
            return Err(StoreError::Rejected("the card's list must change with it".to_owned()));
        }
        let mut row = edit.before.after(edit.after.clone(), None);
        if edit.rules.is_some() {
            row.rules_edition = edit.after.edition;
        }
        let company = edit.after.company;
        let unmoved = Values::none().with("v", edit.before.card.version);
        let mut write = Write::default().replace_if(self, row.item(), "#v = :v", unmoved);
        if edit.active_only {
            let active = Values::none().with("active", Json(CompanyStatus::Active));
            write = write.require(self, &key::account(company), "#account_status = :active", active);
        }
        if let Some(note) = &edit.note {
            // The batch is no snapshot: a note older than the card must not come back.
            let as_read = Values::none().with("ed", note.edition);
            write = write.replace_if(self, note_item(company, &edit.after, note), "#ed = :ed", as_read);
        }
        if let Some(rules) = &edit.rules {
            write = self.edit_rules(write, &edit.after, rules);
        }
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Placement::Done),
            Err(StoreError::Refused { index: 1 }) if edit.active_only => Ok(Placement::AccountRefused),
            Err(StoreError::Refused { .. }) => Ok(Placement::Moved),
            Err(error) => Err(error),
        }
    }

    pub(super) fn edit_rules(&self, write: Write, card: &Card, edit: &RulesEdit) -> Write {
        let key = key::rules(&card.number);
        let values = Values::none().with("ed", card.edition);
        match edit {
            RulesEdit::Rules { before, after } => {
                let values = values.with("rules", Json(after.clone()));
                let write = write.set(self, &key, "SET #rules = :rules, #ed = :ed", values);
                if before == after {
                    return write;
                }
                let previous = key::previous_rules(&card.number).build();
                write.replace(self, previous.with("rules", Json(before.clone())).item())
            }
            RulesEdit::Pin(Some(pin)) => {
                let values = values.with("pin", pin.as_bytes().to_vec());
                write.set(self, &key, "SET #pin = :pin, #ed = :ed", values)
            }
            RulesEdit::Pin(None) => write.set(self, &key, "SET #ed = :ed REMOVE #pin", values),
        }
    }
}
