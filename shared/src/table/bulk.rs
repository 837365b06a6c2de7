//! A person's change of many cards: chunks, each one write with one row of the journal.

use super::Table;
use super::budgets::ShareRow;
use super::card_edit::{Placement, RulesEdit};
use super::cards::{CardNote, CardSummary, note_item, read_note};
use super::error::StoreError;
use super::item::Json;
use super::jobs::{Leased, Stepped};
use super::key;
use super::notices::{Notice, with_notice};
use super::rows::CardRow;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::card::Card;
use crate::domain::notice::Event;
use crate::domain::rules::Rules;
use crate::domain::{CardNumber, CompanyId};
use crate::jobs::Step;
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// Cards of one write: each is two rows of a transaction's hundred, the rest is the account's condition, the journal, and
/// what a job keeps of itself.
pub const CHUNK_MAX: usize = 45;

/// Cards of one write that changes their rules too: each is four rows.
pub const RULES_CHUNK_MAX: usize = 22;

/// A card as it was read, and as it shall be.
#[derive(Debug, Clone)]
pub struct CardChange {
    /// As read; its version and its note's edition are the write's conditions.
    pub before: CardSummary,
    /// As it shall be, its version one higher.
    pub after: Card,
    /// Its note as it shall be.
    pub note: CardNote,
}

impl Table {
    /// Cards of a company by number, at most [`CHUNK_MAX`] in one round trip; `None` also for another company's.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn cards_by_number(
        &self,
        company: CompanyId,
        numbers: &[CardNumber],
    ) -> Result<Vec<Option<CardSummary>>, StoreError> {
        let keys: Vec<_> =
            numbers.iter().flat_map(|number| [key::card(number), key::card_ref(company, number)]).collect();
        let mut rows = self.batch(&keys).await?;
        keys.chunks(2)
            .map(|pair| match (rows.take(&pair[0]), rows.take(&pair[1])) {
                (Some(card), Some(note)) => {
                    let row = CardRow::read(&card)?;
                    let own = row.card.company == company;
                    Ok(own.then_some(CardSummary { row, note: read_note(&note)? }))
                }
                _ => Ok(None),
            })
            .collect()
    }

    /// Writes a client's change of cards, at most [`CHUNK_MAX`], with its journal row and what people are told of it: all,
    /// if none of them moved and the company is active, or nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_cards(
        &self,
        company: CompanyId,
        changes: &[CardChange],
        act: &Act,
        told: Option<Event>,
    ) -> Result<Placement, StoreError> {
        let notice = told.map(|event| Notice::to_others(company, act, event));
        let write = with_notice(self, self.cards_write(company, changes), notice);
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Placement::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(Placement::AccountRefused),
            Err(StoreError::Refused { .. }) => Ok(Placement::Moved),
            Err(error) => Err(error),
        }
    }

    /// The same as a step of a job. Item 0 of what may be refused is the company, which is not active.
    ///
    /// # Errors
    /// When the store does not answer; the step may have been written.
    pub async fn edit_cards_in_step(
        &self,
        changes: &[CardChange],
        (act, told): (Option<&Act>, Option<Event>),
        leased: &Leased,
        step: &Step,
        now: DateTime<Utc>,
    ) -> Result<Stepped, StoreError> {
        let company = leased.job.company()?;
        let notice = act.zip(told).map(|(act, event)| Notice::to_others(company, act, event));
        let write = with_notice(self, self.cards_write(company, changes), notice);
        self.commit_step(leased, step, act, write, now).await
    }

    /// Gives a client's cards, at most [`RULES_CHUNK_MAX`], other rules with one journal row: all, if none of them moved and
    /// the company is active, or nothing. What they were can be restored.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn give_rules(
        &self,
        company: CompanyId,
        cards: &[ShareRow],
        rules: &Rules,
        act: &Act,
    ) -> Result<Placement, StoreError> {
        match self.commit_act(Some(company), act, self.rules_write(company, cards, rules)).await {
            Ok(()) => Ok(Placement::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(Placement::AccountRefused),
            Err(StoreError::Refused { .. }) => Ok(Placement::Moved),
            Err(error) => Err(error),
        }
    }

    /// The same as a step of a job. Item 0 of what may be refused is the company, which is not active.
    ///
    /// # Errors
    /// When the store does not answer; the step may have been written.
    pub async fn give_rules_in_step(
        &self,
        (cards, rules): (&[ShareRow], &Rules),
        act: Option<&Act>,
        leased: &Leased,
        step: &Step,
        now: DateTime<Utc>,
    ) -> Result<Stepped, StoreError> {
        self.commit_step(leased, step, act, self.rules_write(leased.job.company()?, cards, rules), now).await
    }

    fn rules_write(&self, company: CompanyId, cards: &[ShareRow], rules: &Rules) -> Write {
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let mut write = Write::default().require(self, &key::account(company), "#account_status = :active", active);
        for card in cards {
            let after = card.row.card.edited();
            let row = CardRow { rules_edition: after.edition, ..card.row.after(after.clone(), None) };
            let note = CardNote { unlimited: rules.is_unlimited(), ..card.note.clone() };
            let unmoved = Values::none().with("v", card.row.card.version);
            let as_read = Values::none().with("ed", card.note.edition);
            let item = note_item(company, &after, &note);
            write = write.replace_if(self, row.item(), "#v = :v", unmoved).replace_if(self, item, "#ed = :ed", as_read);
            write =
                self.edit_rules(write, &after, &RulesEdit::Rules { before: card.rules.clone(), after: rules.clone() });
        }
        write
    }

    fn cards_write(&self, company: CompanyId, changes: &[CardChange]) -> Write {
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let mut write = Write::default().require(self, &key::account(company), "#account_status = :active", active);
        for CardChange { before, after, note } in changes {
            let row = before.row.after(after.clone(), None);
            let unmoved = Values::none().with("v", before.row.card.version);
            let as_read = Values::none().with("ed", before.note.edition);
            write = write.replace_if(self, row.item(), "#v = :v", unmoved).replace_if(
                self,
                note_item(company, after, note),
                "#ed = :ed",
                as_read,
            );
        }
        write
    }
}
