//! How accounts, cards, holds and authorizations stand in the table. The card row is hot: short names, packed use.

use super::error::StoreError;
use super::item::{Attr, Build, Item, Json, find, get};
use super::key;
use crate::domain::authorization::{
    Authorization, Hold, State, pack_holds, pack_reasons, unpack_holds, unpack_reasons,
};
use crate::domain::budget::Turn;
use crate::domain::card::{Card, Funding};
use crate::domain::ids::{RequestId, WriteId};
use crate::domain::usage::Usage;
use crate::domain::{CardNumber, CompanyId, ProductIx};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A card with what only the table needs.
#[derive(Debug, Clone)]
pub struct CardRow {
    /// The card.
    pub card: Card,
    /// The write that made the row what it is.
    pub write: WriteId,
    /// The requests decided against, settled or expired last, newest first: a batch that read the request's own row before it
    /// was written can tell from the card that it has to read again.
    pub recent: Vec<RequestId>,
    /// The edition in which its rules were saved last, zero before: a batch that read older rules can tell.
    pub rules_edition: u32,
    /// The turn of its company's status that a suspension left on a purse card, zero before: a batch that read the
    /// account as it was before the suspension can tell.
    pub turn: u32,
}

/// How many requests that are over a card row remembers: more than can end while one batch is read.
const RECENT_MAX: usize = 8;

impl CardRow {
    /// The row after a write after which `over` are decided against, settled or expired.
    pub fn after(&self, card: Card, over: impl IntoIterator<Item = RequestId>) -> Self {
        let recent = over.into_iter().chain(self.recent.iter().copied()).take(RECENT_MAX).collect();
        Self { card, write: WriteId::new(uuid::Uuid::new_v4()), recent, ..*self }
    }

    /// A fresh card's row.
    pub fn fresh(card: Card) -> Self {
        let write = WriteId::new(uuid::Uuid::new_v4());
        Self { card, write, recent: Vec::new(), rules_edition: 0, turn: 0 }
    }

    pub(super) fn item(&self) -> Item {
        let card = &self.card;
        let flag = |set: bool| set.then_some(true);
        let recent: Vec<u8> = self.recent.iter().flat_map(|id| id.get().into_bytes()).collect();
        key::card(&card.number)
            .build()
            .with("co", card.company)
            .with("until", card.valid_until)
            .with("fund", Json(card.funding))
            .with("purse", card.purse)
            .maybe("bc", flag(card.blocked_by_client))
            .maybe("bs", flag(card.blocked_by_staff))
            .maybe("closed", flag(card.closed))
            .maybe("next", card.replaced_by.clone())
            .with("used", card.usage.to_bytes())
            .maybe("holds", (!card.holds.is_empty()).then(|| pack_holds(&card.holds)))
            .maybe("pin", card.pin_tries)
            .maybe("month", card.turned.as_ref().map(Turn::to_bytes))
            .maybe("ex", Some(card.excepted).filter(|number| *number != 0))
            .maybe("told", card.told_at.map(|at| at.timestamp()))
            .maybe("last", card.last_product.map(ProductIx::get))
            .with("ed", card.edition)
            .with("v", card.version)
            .with("w", self.write.get().into_bytes().to_vec())
            .maybe("done", (!recent.is_empty()).then_some(recent))
            .maybe("re", Some(self.rules_edition).filter(|edition| *edition != 0))
            .maybe("turn", Some(self.turn).filter(|turn| *turn != 0))
            .item()
    }

    pub(super) fn read(item: &Item) -> Result<Self, StoreError> {
        let pk: String = get(item, "pk")?;
        let Json(funding): Json<Funding> = get(item, "fund")?;
        let used: Vec<u8> = get(item, "used")?;
        let write: Vec<u8> = get(item, "w")?;
        let recent: Vec<u8> = find(item, "done")?.unwrap_or_default();
        let holds: Option<Vec<u8>> = find(item, "holds")?;
        Ok(Self {
            card: Card {
                number: card_number(&pk)?,
                company: get(item, "co")?,
                valid_until: get(item, "until")?,
                funding,
                purse: get(item, "purse")?,
                blocked_by_client: find(item, "bc")?.unwrap_or(false),
                blocked_by_staff: find(item, "bs")?.unwrap_or(false),
                closed: find(item, "closed")?.unwrap_or(false),
                replaced_by: find(item, "next")?,
                usage: Usage::from_bytes(&used).map_err(|_| StoreError::Corrupt("used"))?,
                holds: match holds {
                    Some(bytes) => unpack_holds(&bytes).map_err(|_| StoreError::Corrupt("holds"))?,
                    None => Vec::new(),
                },
                pin_tries: find(item, "pin")?,
                turned: match find::<Vec<u8>>(item, "month")? {
                    Some(bytes) => Some(Turn::from_bytes(&bytes).ok_or(StoreError::Corrupt("month"))?),
                    None => None,
                },
                excepted: find(item, "ex")?.unwrap_or(0),
                told_at: find(item, "told")?.and_then(|at| DateTime::from_timestamp(at, 0)),
                last_product: product(find(item, "last")?)?,
                edition: get(item, "ed")?,
                version: get(item, "v")?,
            },
            write: WriteId::new(uuid_of(&write)?),
            recent: recent.chunks(16).map(|id| uuid_of(id).map(RequestId::new)).collect::<Result<_, _>>()?,
            rules_edition: find(item, "re")?.unwrap_or(0),
            turn: find(item, "turn")?.unwrap_or(0),
        })
    }
}

fn card_number(pk: &str) -> Result<CardNumber, StoreError> {
    pk.trim_start_matches("CARD#").parse().map_err(|_| StoreError::Corrupt("pk"))
}

fn uuid_of(bytes: &[u8]) -> Result<uuid::Uuid, StoreError> {
    uuid::Uuid::from_slice(bytes).map_err(|_| StoreError::Corrupt("uuid"))
}

fn product(index: Option<u8>) -> Result<Option<ProductIx>, StoreError> {
    index.map(|i| ProductIx::new(i).ok_or(StoreError::Corrupt("product"))).transpose()
}

/// What is kept of a request for good, under what the terminal typed as the card's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// A request on a card of a company.
    OnCard(Authorization),
    /// A request on a number that was no card's: declined.
    UnknownCard {
        /// What was typed.
        card: String,
        /// The ask, with nothing set aside.
        hold: Hold,
    },
}

impl Recorded {
    /// The ask.
    pub fn hold(&self) -> &Hold {
        match self {
            Self::OnCard(authorization) => &authorization.hold,
            Self::UnknownCard { hold, .. } => hold,
        }
    }
}

pub(super) fn unknown_card_item(card: &str, hold: &Hold) -> Item {
    key::authorization(card, hold.request).build().with("hold", Json(hold.clone())).item()
}

/// The row of an authorization that is over. Purchases stand in the lists of entries, declines in their own.
pub(super) fn authorization_item(authorization: &Authorization) -> Item {
    let Authorization { card, company, hold, state } = authorization;
    let (card, company) = (card.as_str(), *company);
    let id = hold.request.to_string();
    let row = key::authorization(card, hold.request).build().with("hold", Json(hold.clone())).with("co", company);
    let row = match state {
        State::Declined { at, reasons } => row
            .with("over", Json(State::Declined { at: *at, reasons: Vec::new() }))
            .with("why", pack_reasons(reasons, hold.authorized_at)),
        state => row.with("over", Json(state.clone())),
    };
    let listed = |row: Build, kind: &str| {
        row.with("kind", kind.to_owned()).with("product", hold.product.get()).with("station", hold.station.clone())
    };
    match state {
        State::Captured(capture) => listed(entry_index(row, company, Some(card), capture.at, &id), "purchase").item(),
        State::Declined { at, .. } => listed(row, "decline")
            .with("gsi1pk", key::index::declines(company))
            .with("gsi1sk", posted(*at, &id))
            .with("card", card.to_owned())
            .item(),
        State::Held | State::Reversed { .. } | State::Expired { .. } => row.item(),
    }
}

/// Places a row in the lists of entries: its company's, and its card's if it has one.
pub(super) fn entry_index(row: Build, company: CompanyId, card: Option<&str>, at: DateTime<Utc>, id: &str) -> Build {
    let row = row.with("gsi1pk", key::index::entries(company)).with("gsi1sk", posted(at, id));
    match card {
        Some(card) => row
            .with("card", card.to_owned())
            .with("gsi2pk", key::index::card_entries(company, card))
            .with("gsi2sk", posted(at, id)),
        None => row,
    }
}

/// A sort key by the time of posting, to the millisecond, then by id.
pub(super) fn posted(at: DateTime<Utc>, id: &str) -> String {
    format!("{}#{id}", at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

pub(super) fn read_recorded(item: &Item) -> Result<Recorded, StoreError> {
    let pk: String = get(item, "pk")?;
    let Json(hold): Json<Hold> = get(item, "hold")?;
    match find::<CompanyId>(item, "co")? {
        Some(company) => {
            let Json(mut state) = get(item, "over")?;
            if let State::Declined { reasons, .. } = &mut state {
                let why: Vec<u8> = get(item, "why")?;
                *reasons = unpack_reasons(&why, hold.authorized_at).map_err(|_| StoreError::Corrupt("why"))?;
            }
            Ok(Recorded::OnCard(Authorization { card: card_number(&pk)?, company, hold, state }))
        }
        None => Ok(Recorded::UnknownCard { card: pk.trim_start_matches("CARD#").to_owned(), hold }),
    }
}

/// Where a page ended: the keys of its last row. Opaque to callers, who seal it into a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position(BTreeMap<String, String>);

impl Position {
    /// The position of an index or table row, by the key attributes it has among `names`.
    pub(super) fn of(item: &Item, names: &[&str]) -> Self {
        let keys = names.iter().filter_map(|name| {
            let value = item.get(*name)?.as_s().ok()?;
            Some(((*name).to_owned(), value.clone()))
        });
        Self(keys.collect())
    }

    pub(super) fn start(&self) -> Item {
        self.0.iter().map(|(name, value)| (name.clone(), value.clone().to_attr())).collect()
    }
}
