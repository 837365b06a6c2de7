//! Reads: rows by key, in one round trip, and pages of a partition or an index.

use super::Table;
use super::error::{StoreError, failed};
use super::item::{Attr, Item, find, get};
use super::key::Key;
use super::write::{Values, names, pause};
use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnConsumedCapacity};
use futures::stream::{self, StreamExt as _};
use std::collections::HashMap;

/// Keys of one `BatchGetItem`.
const BATCH_MAX: usize = 100;
/// Batches that are under way at once.
const AT_ONCE: usize = 8;
/// Rounds for keys that a batch left unprocessed.
const UNPROCESSED_ROUNDS_MAX: u32 = 8;

/// Rows found by key.
pub(super) struct Rows {
    found: HashMap<(String, String), Item>,
    /// Whether they took more than one round, so that time passed between some and others.
    pub split: bool,
}

impl Rows {
    /// None.
    pub fn none() -> Self {
        Self { found: HashMap::new(), split: false }
    }

    pub fn take(&mut self, key: &Key) -> Option<Item> {
        self.found.remove(&(key.pk.clone(), key.sk.clone()))
    }

    /// These rows together with those of an earlier read.
    pub fn after(mut self, earlier: Self) -> Self {
        self.found.extend(earlier.found);
        self.split = true;
        self
    }
}

/// What a query asks.
pub(super) struct Query<'a> {
    pub index: Option<&'static str>,
    pub condition: &'a str,
    pub filter: Option<&'a str>,
    pub values: Values,
    pub newest_first: bool,
    pub limit: usize,
    pub start: Option<Item>,
}

impl Table {
    /// Reads rows, consistently, in one round trip for each hundred. What this process keeps copies of comes along when it
    /// is due, if it makes no round trip more.
    pub(super) async fn batch(&self, keys: &[Key]) -> Result<Rows, StoreError> {
        let mut due = self.shelf.due();
        due.retain(|due| !keys.contains(due));
        due.truncate(BATCH_MAX.saturating_sub(keys.len() % BATCH_MAX) % BATCH_MAX);
        if due.is_empty() {
            return self.fetch(keys).await;
        }
        let mut rows = self.fetch(&[keys, due.as_slice()].concat()).await?;
        self.shelf.take(&due, &mut rows)?;
        Ok(rows)
    }

    /// Reads rows, and nothing along with them; some hundreds of keys at the same time.
    pub(super) async fn fetch(&self, keys: &[Key]) -> Result<Rows, StoreError> {
        let mut found = HashMap::with_capacity(keys.len());
        let mut rounds = 0;
        let hundreds = keys.chunks(BATCH_MAX).map(|keys| self.fetch_hundred(keys));
        let mut answers = stream::iter(hundreds).buffer_unordered(AT_ONCE).boxed();
        while let Some(answer) = answers.next().await {
            let (rows, of_these) = answer?;
            rounds += of_these;
            for item in rows {
                found.insert((get(&item, "pk")?, get(&item, "sk")?), item);
            }
        }
        Ok(Rows { found, split: rounds > 1 })
    }

    /// At most a hundred rows, and in how many round trips.
    async fn fetch_hundred(&self, keys: &[Key]) -> Result<(Vec<Item>, u32), StoreError> {
        let (mut found, mut rounds) = (Vec::with_capacity(keys.len()), 0);
        let mut wanted: Vec<Item> = keys.iter().map(Key::item).collect();
        while !wanted.is_empty() {
            if rounds == UNPROCESSED_ROUNDS_MAX {
                return Err(StoreError::Unavailable("keys stayed unprocessed".to_owned()));
            }
            if rounds > 0 {
                pause(rounds).await;
            }
            rounds += 1;
            let request = KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build();
            let request = request.map_err(|e| StoreError::Rejected(e.to_string()))?;
            let answer = self
                .client
                .batch_get_item()
                .request_items(&*self.cabinet, request)
                .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                .send()
                .await
                .map_err(failed)?;
            self.meter.read(answer.consumed_capacity());
            found.extend(answer.responses.unwrap_or_default().into_values().flatten());
            wanted = answer.unprocessed_keys.unwrap_or_default().into_values().flat_map(|left| left.keys).collect();
        }
        Ok((found, rounds))
    }

    /// Reads one row, consistently.
    pub(super) async fn row(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        self.row_in(&self.cabinet, key).await
    }

    pub(super) async fn row_in(&self, table: &str, key: &Key) -> Result<Option<Item>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(table)
            .set_key(Some(key.item()))
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(failed)?;
        self.meter.read(answer.consumed_capacity());
        Ok(answer.item)
    }

    /// One page of a partition or an index, and where the next one starts.
    pub(super) async fn query(&self, query: Query<'_>) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        self.query_only(query, None).await
    }

    /// The same, but only these attributes of each row.
    pub(super) async fn query_only(
        &self,
        query: Query<'_>,
        only: Option<&str>,
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let expressions: Vec<&str> = [Some(query.condition), query.filter, only].into_iter().flatten().collect();
        let answer = self
            .client
            .query()
            .table_name(&*self.cabinet)
            .set_index_name(query.index.map(str::to_owned))
            .key_condition_expression(query.condition)
            .set_filter_expression(query.filter.map(str::to_owned))
            .set_projection_expression(only.map(str::to_owned))
            .set_expression_attribute_names(names(&expressions))
            .set_expression_attribute_values(query.values.map())
            .scan_index_forward(!query.newest_first)
            .set_consistent_read(query.index.is_none().then_some(true))
            .limit(i32::try_from(query.limit).unwrap_or(100))
            .set_exclusive_start_key(query.start)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(failed)?;
        self.meter.read(answer.consumed_capacity());
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key))
    }

    /// The rows that index rows point at, in the index's order.
    pub(super) async fn follow(&self, index_rows: &[Item]) -> Result<Vec<Item>, StoreError> {
        let keys = index_rows
            .iter()
            .map(|row| Ok(Key { pk: get(row, "pk")?, sk: get(row, "sk")? }))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let mut rows = self.batch(&keys).await?;
        Ok(keys.iter().filter_map(|key| rows.take(key)).collect())
    }
}

/// An optional attribute of an optional row.
pub(super) fn peek<T: Attr>(row: Option<&Item>, name: &'static str) -> Result<Option<T>, StoreError> {
    row.map_or(Ok(None), |item| find(item, name))
}
