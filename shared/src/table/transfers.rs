//! Money between the account and purses, once each; and what a card spends from.

use super::Table;
use super::cards::{CardRecord, note_item};
use super::error::StoreError;
use super::item::{Build, Item, Json, get};
use super::key;
use super::once::KEY_KEPT;
use super::payments::PaymentPosted;
use super::rows::{CardRow, entry_index};
use super::schema::TTL_ATTRIBUTE;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::card::{Card, Funding, Switched};
use crate::domain::pocket::Pocket;
use crate::domain::window::WindowId;
use crate::domain::{CardNumber, CompanyId, Kopecks, UserId};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Money to move within a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransfer {
    /// Its entry's id.
    pub id: Uuid,
    /// Whose.
    pub company: CompanyId,
    /// Where it lies.
    pub from: Pocket,
    /// Where it goes.
    pub to: Pocket,
    /// How much, above zero.
    pub moved: Kopecks,
    /// When it is posted.
    pub at: DateTime<Utc>,
}

/// How a transfer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transferred {
    /// It is posted.
    Posted,
    /// It was posted before under this key, as this entry.
    Before(Uuid),
    /// The key was used with another body.
    KeyReused,
    /// A card moved meanwhile, or is no purse any more: read and decide again.
    Moved,
    /// The account's condition failed: not active, or not enough available.
    AccountRefused,
}

/// The rows of a transfer's entry: one, and for money from purse to purse another that stands in the second card's list.
pub(super) fn transfer_items(transfer: &NewTransfer) -> Vec<Item> {
    let id = transfer.id.to_string();
    let row = |key: key::Key| -> Build {
        key.build()
            .with("from", transfer.from.to_string())
            .with("to", transfer.to.to_string())
            .with("moved", transfer.moved)
            .with("at", transfer.at)
            .with("kind", "transfer".to_owned())
    };
    let cards = [transfer.from.card(), transfer.to.card()];
    let mut cards = cards.into_iter().flatten().map(CardNumber::as_str);
    let entry = row(key::entry(transfer.company, transfer.id));
    let mut items = vec![entry_index(entry, transfer.company, cards.next(), transfer.at, &id).item()];
    if let Some(card) = cards.next() {
        let other = row(key::entry_of_other_card(transfer.company, transfer.id));
        let mut other = entry_index(other, transfer.company, Some(card), transfer.at, &id).item();
        // Once in the company's list is enough.
        other.remove("gsi1pk");
        other.remove("gsi1sk");
        items.push(other);
    }
    items
}

pub(super) fn read_transfer(item: &Item) -> Result<NewTransfer, StoreError> {
    let (pk, sk): (String, String) = (get(item, "pk")?, get(item, "sk")?);
    let id = sk.trim_start_matches("ENTRY#").split('#').next().unwrap_or_default();
    let pocket = |name| {
        let text: String = get(item, name)?;
        Pocket::parse(&text).map_err(|_| StoreError::Corrupt(name))
    };
    Ok(NewTransfer {
        id: id.parse().map_err(|_| StoreError::Corrupt("sk"))?,
        company: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        from: pocket("from")?,
        to: pocket("to")?,
        moved: get(item, "moved")?,
        at: get(item, "at")?,
    })
}

impl Table {
    /// Posts a transfer unless its key was used: the key, the account, the entry and the purses in one write. The account
    /// and a purse that receives move by arithmetic; `giving` is the purse that gives, as it was read and as it shall be.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn post_transfer(
        &self,
        transfer: &NewTransfer,
        giving: Option<(&CardRow, Card)>,
        idempotency_key: &str,
        fingerprint: &[u8],
        act: &Act,
    ) -> Result<Transferred, StoreError> {
        let key = key::idempotency(&format!("TRANSFER#{}", act.actor.user), idempotency_key);
        if let Some(before) = self.used_key(&key, fingerprint).await? {
            return Ok(before.into());
        }
        let used = key
            .build()
            .with("fingerprint", fingerprint.to_vec())
            .with("entry", transfer.id.to_string())
            .with(TTL_ATTRIBUTE, (transfer.at + KEY_KEPT).timestamp())
            .item();
        let (account, moved) = (key::account(transfer.company), transfer.moved);
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let mut write = Write::default().create(self, used);
        write = match (&transfer.from, &transfer.to) {
            (Pocket::Account, _) => {
                let values = active.with("moved", moved).with("less", moved.negated());
                let enough = "#account_status = :active AND #available >= :moved";
                write.update(self, &account, "ADD #available :less, #moved :moved", enough, values)
            }
            (Pocket::Purse(_), Pocket::Account) => {
                let values = active.with("moved", moved).with("less", moved.negated());
                let update = "ADD #available :moved, #moved :less";
                write.update(self, &account, update, "#account_status = :active", values)
            }
            _ => write.require(self, &account, "#account_status = :active", active),
        };
        for item in transfer_items(transfer) {
            write = write.create(self, item);
        }
        if let Some((before, after)) = giving {
            let unmoved = Values::none().with("v", before.card.version);
            write = write.replace_if(self, before.after(after, None).item(), "#v = :v", unmoved);
        }
        if let Pocket::Purse(card) = &transfer.to {
            let values = Values::none()
                .with("company", transfer.company)
                .with("purse", Json(Funding::Purse))
                .with("moved", moved)
                .with("one", 1u64);
            let open = "#co = :company AND #fund = :purse AND attribute_not_exists(#closed)";
            write = write.update(self, &key::card(card), "ADD #purse :moved, #v :one", open, values);
        }
        match self.commit_act(Some(transfer.company), act, write).await {
            Ok(()) => Ok(Transferred::Posted),
            // A copy of the same call was quicker.
            Err(StoreError::Refused { index: 0 }) => {
                self.used_key(&key, fingerprint).await?.map(Transferred::from).ok_or(StoreError::Busy)
            }
            Err(StoreError::Refused { index: 1 }) => Ok(Transferred::AccountRefused),
            Err(StoreError::Refused { .. }) => Ok(Transferred::Moved),
            Err(error) => Err(error),
        }
    }

    /// What became of a transfer that was posted before under this key of a person; `None` if there is none.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn transfer_before(
        &self,
        user: &UserId,
        idempotency_key: &str,
        fingerprint: &[u8],
    ) -> Result<Option<Transferred>, StoreError> {
        let key = key::idempotency(&format!("TRANSFER#{user}"), idempotency_key);
        Ok(self.used_key(&key, fingerprint).await?.map(Transferred::from))
    }

    /// Switches what a card spends from: the card, its place in the list, the money of its purse back to the account with an
    /// entry of it, its share of the budget to the reserve, all together.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn switch_funding(
        &self,
        record: &CardRecord,
        switched: &Switched,
        month: WindowId,
        act: &Act,
    ) -> Result<Transferred, StoreError> {
        let (card, company) = (&switched.card, switched.card.company);
        let values = Values::none()
            .with("active", Json(CompanyStatus::Active))
            .with("back", switched.back)
            .with("less", switched.back.negated())
            .with("purses", true);
        let update = "SET #has_purses = :purses ADD #available :back, #moved :less";
        let mut row = record.row.after(card.clone(), None);
        row.rules_edition = card.edition;
        let unmoved = Values::none().with("v", record.row.card.version);
        let as_read = Values::none().with("ed", record.note.edition);
        let mut write = Write::default()
            .update(self, &key::account(company), update, "#account_status = :active", values)
            .replace_if(self, row.item(), "#v = :v", unmoved)
            .replace_if(self, note_item(company, card, &record.note), "#ed = :ed", as_read);
        write = self.free_share(write, card, &record.allowance, month);
        let purse = Pocket::Purse(card.number.clone());
        for item in money_moved(company, purse, Pocket::Account, switched.back, act.at).iter().flat_map(transfer_items)
        {
            write = write.create(self, item);
        }
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Transferred::Posted),
            Err(StoreError::Refused { index: 0 }) => Ok(Transferred::AccountRefused),
            Err(StoreError::Refused { .. }) => Ok(Transferred::Moved),
            Err(error) => Err(error),
        }
    }
}

/// The entry of all that a purse had, given elsewhere, or of what makes good what it owes; `None` if there was nothing on it.
pub(super) fn money_moved(
    company: CompanyId,
    purse: Pocket,
    other: Pocket,
    had: Kopecks,
    at: DateTime<Utc>,
) -> Option<NewTransfer> {
    let (from, to, moved) = match had.get() {
        0 => return None,
        1.. => (purse, other, had),
        _ => (other, purse, had.negated()),
    };
    Some(NewTransfer { id: Uuid::new_v4(), company, from, to, moved, at })
}

impl From<PaymentPosted> for Transferred {
    fn from(posted: PaymentPosted) -> Self {
        match posted {
            PaymentPosted::Posted => Self::Posted,
            PaymentPosted::Before(entry) => Self::Before(entry),
            PaymentPosted::KeyReused => Self::KeyReused,
            PaymentPosted::Known | PaymentPosted::NoCompany => Self::AccountRefused,
        }
    }
}
