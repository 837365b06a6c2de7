//! Cards as people see and change them.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::rows::{CardRow, read_account};
use super::write::{Values, Write};
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::card::{Card, Funding};
use crate::domain::rules::Rules;
use crate::domain::text::{Group, Label, Note};
use crate::domain::{CardNumber, CompanyId};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// Cards issued in one write: each is two rows of a transaction's hundred.
pub const ISSUE_MAX: usize = 40;

/// Reads of a card whose rules kept being saved meanwhile.
const APART_MAX: u32 = 8;

/// What people call a card, and why it is blocked. Lies beside the hot row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardNote {
    /// A plate or a driver.
    pub label: Label,
    /// Its group.
    pub group: Group,
    /// Why it was blocked, as the last block said.
    pub block_reason: Option<Note>,
    /// When it was blocked last.
    pub blocked_at: Option<DateTime<Utc>>,
    /// Whether no limit holds it: said here too, so that a list need not read every card's rules.
    pub unlimited: bool,
    /// The card's edition when this was written last.
    pub edition: u32,
}

/// Of a new card: without a name, without limits.
impl Default for CardNote {
    fn default() -> Self {
        let (label, group) = (Label::default(), Group::default());
        Self { label, group, block_reason: None, blocked_at: None, unlimited: true, edition: 1 }
    }
}

/// A card with its note.
#[derive(Debug, Clone)]
pub struct CardSummary {
    /// The card's row.
    pub row: CardRow,
    /// What people call it.
    pub note: CardNote,
}

/// All that is known of a card.
#[derive(Debug, Clone)]
pub struct CardRecord {
    /// The card's row.
    pub row: CardRow,
    /// What people call it.
    pub note: CardNote,
    /// Its rules.
    pub rules: Rules,
    /// Its company's account.
    pub account: Account,
}

/// A change of a card by a person: the card as it was read, and as it shall be.
#[derive(Debug, Clone)]
pub struct CardEdit<'a> {
    /// As read; its version is the write's condition.
    pub before: &'a CardRow,
    /// As it shall be, its version one higher.
    pub after: Card,
    /// Its note as it shall be, if that changes too, as it must with a block; its `edition` is the one that was read.
    pub note: Option<CardNote>,
    /// Its rules, if they change too.
    pub rules: Option<RulesEdit>,
    /// Whether the company must be active: a client's acts on cards wait while it is suspended.
    pub active_only: bool,
}

/// A change of a card's rules.
#[derive(Debug, Clone)]
pub struct RulesEdit {
    /// As read.
    pub before: Rules,
    /// As they shall be.
    pub after: Rules,
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

/// The card in its company's list. What the list is filtered by stands here as on the card: whoever changes a block, the
/// end or the last day writes both rows at once.
pub(super) fn note_item(company: CompanyId, card: &Card, note: &CardNote) -> Item {
    let flag = |set: bool| set.then_some(true);
    key::card_ref(company, &card.number)
        .build()
        .with("label", note.label.clone())
        .with("card_group", note.group.clone())
        .with("funding", if card.funding == Funding::Purse { "purse" } else { "account" }.to_owned())
        .maybe("block_reason", note.block_reason.clone())
        .maybe("blocked_at", note.blocked_at)
        .with("unlimited", note.unlimited)
        .with("ed", card.edition)
        .with("until", card.valid_until)
        .maybe("bc", flag(card.blocked_by_client))
        .maybe("bs", flag(card.blocked_by_staff))
        .maybe("closed", flag(card.closed))
        .with("find", super::fleet::findable(card, note))
        .item()
}

/// Whether the card stands otherwise in its company's list.
fn listed_otherwise(before: &Card, after: &Card) -> bool {
    let listed =
        |card: &Card| (card.blocked_by_client, card.blocked_by_staff, card.closed, card.valid_until, card.funding);
    listed(before) != listed(after)
}

pub(super) fn read_note(item: &Item) -> Result<CardNote, StoreError> {
    Ok(CardNote {
        label: get(item, "label")?,
        group: get(item, "card_group")?,
        block_reason: find(item, "block_reason")?,
        blocked_at: find(item, "blocked_at")?,
        unlimited: get(item, "unlimited")?,
        edition: get(item, "ed")?,
    })
}

pub(super) fn read_rules(item: Option<&Item>) -> Result<Rules, StoreError> {
    let rules: Option<Json<Rules>> = super::read::peek(item, "rules")?;
    Ok(rules.map(|Json(rules)| rules).unwrap_or_default())
}

impl Table {
    /// Which of these numbers are taken.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn taken_numbers(&self, numbers: &[CardNumber]) -> Result<Vec<CardNumber>, StoreError> {
        let keys: Vec<_> = numbers.iter().map(key::card).collect();
        let mut rows = self.batch(&keys).await?;
        Ok(numbers.iter().zip(&keys).filter(|(_, key)| rows.take(key).is_some()).map(|(n, _)| n.clone()).collect())
    }

    /// Issues cards, at most [`ISSUE_MAX`], all or none. `None`: a number is taken; `Some(false)`: the company is not
    /// active.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn issue_cards(
        &self,
        company: CompanyId,
        cards: &[(Card, CardNote)],
        act: &Act,
    ) -> Result<Option<bool>, StoreError> {
        let purses = cards.iter().any(|(card, _)| card.funding == Funding::Purse);
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let mut write = Write::default();
        write = if purses {
            let values = active.with("yes", true);
            write.update(self, &key::account(company), "SET #has_purses = :yes", "#account_status = :active", values)
        } else {
            write.require(self, &key::account(company), "#account_status = :active", active)
        };
        match self.commit_act(Some(company), act, write.and(self.fresh_cards(company, cards))).await {
            Ok(()) => Ok(Some(true)),
            Err(StoreError::Refused { index: 0 }) => Ok(Some(false)),
            Err(StoreError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The rows of new cards.
    pub(super) fn fresh_cards(&self, company: CompanyId, cards: &[(Card, CardNote)]) -> Write {
        cards.iter().fold(Write::default(), |write, (card, note)| {
            write.create(self, CardRow::fresh(card.clone()).item()).create(self, note_item(company, card, note))
        })
    }

    /// All that is known of a company's card; `None` also for another company's. One round trip.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn card(&self, company: CompanyId, number: &CardNumber) -> Result<Option<CardRecord>, StoreError> {
        let keys = [key::card(number), key::rules(number), key::card_ref(company, number), key::account(company)];
        for attempt in 1..=APART_MAX {
            let mut rows = self.batch(&keys).await?;
            let (card, rules, note, account) =
                (rows.take(&keys[0]), rows.take(&keys[1]), rows.take(&keys[2]), rows.take(&keys[3]));
            let (Some(card), Some(note), Some(account)) = (card, note, account) else { return Ok(None) };
            let row = CardRow::read(&card)?;
            if row.card.company != company {
                return Ok(None);
            }
            // The batch is no snapshot: the rules may be those of before or after the card that came with them.
            if row.rules_edition != super::read::peek(rules.as_ref(), "ed")?.unwrap_or(0) {
                super::write::pause(attempt).await;
                continue;
            }
            return Ok(Some(CardRecord {
                row,
                note: read_note(&note)?,
                rules: read_rules(rules.as_ref())?,
                account: read_account(&account)?,
            }));
        }
        Err(StoreError::Busy)
    }

    /// The rules that a card had before they were changed last. Read after the card: a change meanwhile moves the card.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn previous_rules(&self, number: &CardNumber) -> Result<Option<Rules>, StoreError> {
        let row = self.row(&key::previous_rules(number)).await?;
        let rules: Option<Json<Rules>> = super::read::peek(row.as_ref(), "rules")?;
        Ok(rules.map(|Json(rules)| rules))
    }

    /// The company of a card, for staff who have only its number.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn company_of_card(&self, number: &CardNumber) -> Result<Option<CompanyId>, StoreError> {
        self.row(&key::card(number)).await?.map(|item| get(&item, "co")).transpose()
    }

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
        if let Some(RulesEdit { before, after }) = &edit.rules {
            let rules = key::rules(&edit.after.number).build().with("rules", Json(after.clone()));
            write = write.replace(self, rules.with("ed", edit.after.edition).item());
            if before != after {
                let previous = key::previous_rules(&edit.after.number).build();
                write = write.replace(self, previous.with("rules", Json(before.clone())).item());
            }
        }
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Placement::Done),
            Err(StoreError::Refused { index: 1 }) if edit.active_only => Ok(Placement::AccountRefused),
            Err(StoreError::Refused { .. }) => Ok(Placement::Moved),
            Err(error) => Err(error),
        }
    }
}
