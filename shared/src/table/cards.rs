//! Cards as people see and change them.

use super::Table;
use super::accounts::read_account;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::rows::CardRow;
use super::write::{Values, Write};
use crate::auth::PinHash;
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::budget::{Allowance, Exception, Share};
use crate::domain::card::{Card, Funding};
use crate::domain::rules::Rules;
use crate::domain::text::{Group, Label, Note};
use crate::domain::{CardNumber, CompanyId, ProductSet};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// Cards issued in one write: each is three rows of a transaction's hundred.
pub const ISSUE_MAX: usize = 30;

/// Reads of a card whose rules kept being saved meanwhile.
const APART_MAX: u32 = 8;

/// What people call a card, and why it is blocked. Lies beside the hot row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardNote {
    /// A plate or a driver.
    pub label: Label,
    /// Its group.
    pub group: Group,
    /// Why it was blocked, as the last block said, or closed.
    pub block_reason: Option<Note>,
    /// When it was blocked last, or closed.
    pub blocked_at: Option<DateTime<Utc>>,
    /// Whether no limit holds it: said here too, so that a list need not read every card's rules.
    pub unlimited: bool,
    /// The lost card in whose place it stands.
    pub replaces: Option<CardNumber>,
    /// The card's edition when this was written last.
    pub edition: u32,
}

/// Of a new card: without a name, without limits.
impl Default for CardNote {
    fn default() -> Self {
        let (label, group) = (Label::default(), Group::default());
        Self { label, group, block_reason: None, blocked_at: None, unlimited: true, replaces: None, edition: 1 }
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
    /// Its share of the budget and its exception.
    pub allowance: Allowance,
    /// What is kept of its PIN.
    pub pin: Option<PinHash>,
    /// Its company's account.
    pub account: Account,
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
        .maybe("replaces", note.replaces.clone())
        .with("ed", card.edition)
        .with("until", card.valid_until)
        .maybe("bc", flag(card.blocked_by_client))
        .maybe("bs", flag(card.blocked_by_staff))
        .maybe("closed", flag(card.closed))
        .with("find", super::fleet::findable(card, note))
        .item()
}

pub(super) fn read_note(item: &Item) -> Result<CardNote, StoreError> {
    Ok(CardNote {
        label: get(item, "label")?,
        group: get(item, "card_group")?,
        block_reason: find(item, "block_reason")?,
        blocked_at: find(item, "blocked_at")?,
        unlimited: get(item, "unlimited")?,
        replaces: find(item, "replaces")?,
        edition: get(item, "ed")?,
    })
}

pub(super) fn read_rules(item: Option<&Item>) -> Result<Rules, StoreError> {
    let rules: Option<Json<Rules>> = super::read::peek(item, "rules")?;
    Ok(rules.map(|Json(rules)| rules).unwrap_or_default())
}

pub(super) fn read_allowance(rules: Option<&Item>) -> Result<Allowance, StoreError> {
    let share: Option<Json<Share>> = super::read::peek(rules, "share")?;
    let exception: Option<Json<Exception>> = super::read::peek(rules, "ex")?;
    Ok(Allowance {
        share: share.map_or_else(Share::default, |Json(share)| share),
        exception: exception.map(|Json(one)| one),
    })
}

pub(super) fn read_pin(rules: Option<&Item>) -> Result<Option<PinHash>, StoreError> {
    Ok(super::read::peek(rules, "pin")?.map(PinHash::from_bytes))
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

    /// Issues cards under the same rules, at most [`ISSUE_MAX`], all or none. `None`: a number is taken; `Some(false)`: the company is not
    /// active.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn issue_cards(
        &self,
        company: CompanyId,
        cards: &[(Card, CardNote)],
        rules: &Rules,
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
        match self.commit_act(Some(company), act, write.and(self.fresh_cards(company, cards, rules))).await {
            Ok(()) => Ok(Some(true)),
            Err(StoreError::Refused { index: 0 }) => Ok(Some(false)),
            Err(StoreError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The rows of new cards.
    pub(super) fn fresh_cards(&self, company: CompanyId, cards: &[(Card, CardNote)], rules: &Rules) -> Write {
        cards.iter().fold(Write::default(), |write, (card, note)| {
            let note = CardNote { unlimited: rules.is_unlimited(), ..note.clone() };
            let row = CardRow { rules_edition: card.edition, ..CardRow::fresh(card.clone()) };
            let given = key::rules(&card.number).build().with("rules", Json(rules.clone())).with("ed", card.edition);
            write.create(self, row.item()).create(self, note_item(company, card, &note)).create(self, given.item())
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
            let (allowance, pin) = (read_allowance(rules.as_ref())?, read_pin(rules.as_ref())?);
            let rules = read_rules(rules.as_ref())?;
            self.know(row.card.products().fold(rules.named_products(), ProductSet::with)).await?;
            let (note, account) = (read_note(&note)?, read_account(&account)?);
            return Ok(Some(CardRecord { row, note, rules, allowance, pin, account }));
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
}
