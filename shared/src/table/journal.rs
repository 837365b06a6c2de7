//! The journal: one row for every act of a person, chained by keyed hashes.

use super::error::{StoreError, TransactionOutcome};
use super::item::{Item, Json, get};
use super::key;
use super::notices::Notice;
use super::read::{Query, peek};
use super::write::{Values, Write, pause};
use super::{Position, Table};
use crate::domain::ids::WriteId;
use crate::domain::text::PersonName;
use crate::domain::{CompanyId, UserId};
use crate::journal::{Act, Head, Link, chain_mac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};

/// Attempts of an act whose chain was taken ahead by another act.
const CHAIN_ATTEMPTS_MAX: u32 = 64;

/// The last place that a chain can have.
const SEQ_MAX: u64 = 999_999_999_999;

impl Table {
    /// Commits `write` with the journal's row of what was done, in the chain of `scope` (a company, or the staff's own).
    ///
    /// # Errors
    /// [`StoreError::Refused`] with the number of the item of `write` whose condition failed.
    pub(super) async fn commit_act(&self, scope: Option<CompanyId>, act: &Act, write: Write) -> Result<(), StoreError> {
        let own_items = write.len();
        let notice = scope.and_then(|company| Notice::of(company, act));
        let write = super::notices::with_notice(self, write, notice);
        for attempt in 1..=CHAIN_ATTEMPTS_MAX {
            let head = self.row(&key::chain(scope)).await?;
            let seq: u64 = peek(head.as_ref(), "seq")?.unwrap_or(0);
            let previous: String = peek(head.as_ref(), "mac")?.unwrap_or_default();
            let next = seq.saturating_add(1);
            let text = serde_json::to_string(act).map_err(|_| StoreError::Corrupt("act"))?;
            let mac = STANDARD.encode(chain_mac(&self.keys, scope, next, &previous, &text));
            let row = key::journal(scope, next)
                .build()
                .with("act", text)
                .with("previous", previous.clone())
                .with("mac", mac.clone())
                .item();
            let head = key::chain(scope).build().with("seq", next).with("mac", mac).item();
            let unmoved = if seq == 0 { "attribute_not_exists(#pk)" } else { "#mac = :previous" };
            let values = if seq == 0 { Values::none() } else { Values::none().with("previous", previous) };
            let whole = write.clone().create(self, row).replace_if(self, head, unmoved, values);
            match self.commit(whole, WriteId::new(uuid::Uuid::new_v4())).await {
                Ok(()) => return Ok(()),
                Err(TransactionOutcome::Refused(refused)) => match refused.iter().find(|(index, _)| *index < own_items)
                {
                    Some((index, _)) => return Err(StoreError::Refused { index: *index }),
                    None => pause(attempt).await,
                },
                Err(TransactionOutcome::Conflict) => pause(attempt).await,
                Err(TransactionOutcome::Failed(error)) => return Err(error),
            }
        }
        Err(StoreError::Busy)
    }

    /// The acts of a chain after the `after`-th, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the store does not answer or a row cannot be read.
    pub async fn acts(&self, scope: Option<CompanyId>, after: u64, limit: usize) -> Result<Vec<Link>, StoreError> {
        let (rows, _) = self.links(scope, after.saturating_add(1), SEQ_MAX, false, limit).await?;
        rows.iter().map(read_link).collect()
    }

    /// The acts of a chain before the `below`-th, newest first, at most `limit`.
    ///
    /// # Errors
    /// When the store does not answer or a row cannot be read.
    pub async fn acts_below(
        &self,
        scope: Option<CompanyId>,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Link>, StoreError> {
        if below <= 1 {
            return Ok(Vec::new());
        }
        let (rows, _) = self.links(scope, 1, below.saturating_sub(1).min(SEQ_MAX), true, limit).await?;
        rows.iter().map(read_link).collect()
    }

    /// The place of the first act at `instant` or later, or the one after the last act. A chain is in order of time but
    /// for what acts wait for each other, so whoever needs more than that allows for it. One read per bit of its length.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn act_at(&self, scope: Option<CompanyId>, instant: DateTime<Utc>) -> Result<u64, StoreError> {
        let last = self.chain_head(scope).await?.map_or(0, |head| head.seq);
        let (mut from, mut to) = (1, last.saturating_add(1));
        while from < to {
            let middle = from.midpoint(to);
            let row = self.row(&key::journal(scope, middle)).await?;
            let act: Option<Json<Act>> = peek(row.as_ref(), "act")?;
            if act.is_some_and(|Json(act)| act.at >= instant) {
                to = middle;
            } else {
                from = middle.saturating_add(1);
            }
        }
        Ok(from)
    }

    /// The head of a chain; `None` before its first act.
    ///
    /// # Errors
    /// When the store does not answer or the row cannot be read.
    pub async fn chain_head(&self, scope: Option<CompanyId>) -> Result<Option<Head>, StoreError> {
        let row = self.row(&key::chain(scope)).await?;
        row.map(|row| Ok(Head { seq: get(&row, "seq")?, mac: get(&row, "mac")? })).transpose()
    }

    /// The names of people, of those who are there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn names_of(&self, people: &BTreeSet<UserId>) -> Result<HashMap<UserId, PersonName>, StoreError> {
        let keys: Vec<_> = people.iter().map(|id| key::user(*id)).collect();
        let mut rows = self.batch(&keys).await?;
        let found = people.iter().zip(&keys).filter_map(|(id, key)| rows.take(key).map(|row| (*id, row)));
        found.map(|(id, row)| Ok((id, get(&row, "full_name")?))).collect()
    }

    async fn links(
        &self,
        scope: Option<CompanyId>,
        from: u64,
        to: u64,
        newest_first: bool,
        limit: usize,
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let (from, to) = (key::journal(scope, from), key::journal(scope, to));
        self.query(Query {
            index: None,
            condition: "#pk = :pk AND #sk BETWEEN :from AND :to",
            filter: None,
            values: Values::none().with("pk", from.pk).with("from", from.sk).with("to", to.sk),
            newest_first,
            limit,
            start: None,
        })
        .await
    }
}

impl Position {
    /// A page of a journal that ended with the `seq`-th act.
    pub fn of_act(scope: Option<CompanyId>, seq: u64) -> Self {
        Self::of(&key::journal(scope, seq).item(), &["pk", "sk"])
    }

    /// The place of the act that a page of a journal ended with.
    pub fn act(&self) -> Option<u64> {
        let sk: String = get(&self.start(), "sk").ok()?;
        sk.strip_prefix("JOURNAL#")?.parse().ok()
    }
}

fn read_link(row: &Item) -> Result<Link, StoreError> {
    let Json(act): Json<Act> = get(row, "act")?;
    let sk: String = get(row, "sk")?;
    let seq = sk.trim_start_matches("JOURNAL#").parse().map_err(|_| StoreError::Corrupt("sk"))?;
    Ok(Link { seq, act, text: get(row, "act")?, previous: get(row, "previous")?, mac: get(row, "mac")? })
}
