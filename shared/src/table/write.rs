//! One conditional write: a row, or several together.

use super::Table;
use super::error::{StoreError, TransactionOutcome, failed, transaction_failed};
use super::item::{Attr, Item};
use super::key::Key;
use crate::domain::ids::WriteId;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem, Update,
};
use std::collections::HashMap;
use std::time::Duration;

/// Attempts of a transaction that met another one.
const CONFLICT_ATTEMPTS_MAX: u32 = 8;

/// A write under construction. Items are numbered in the order they are added; a refusal names the number.
#[derive(Default, Clone)]
pub(super) struct Write {
    items: Vec<TransactWriteItem>,
}

/// An expression's values; its names are found in its text (`#status` names `status`).
pub(super) struct Values(HashMap<String, AttributeValue>);

impl Values {
    pub fn none() -> Self {
        Self(HashMap::new())
    }

    pub fn with(mut self, name: &str, value: impl Attr) -> Self {
        self.0.insert(format!(":{name}"), value.to_attr());
        self
    }

    pub fn map(self) -> Option<HashMap<String, AttributeValue>> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

/// The `#names` that expressions mention.
pub(super) fn names(expressions: &[&str]) -> Option<HashMap<String, String>> {
    let found: HashMap<String, String> = expressions
        .iter()
        .flat_map(|text| text.split('#').skip(1))
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default())
        .map(|name| (format!("#{name}"), name.to_owned()))
        .collect();
    (!found.is_empty()).then_some(found)
}

impl Write {
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Puts a row that must not exist yet.
    pub fn create(self, table: &Table, item: Item) -> Self {
        self.put(&table.cabinet, item, Some("attribute_not_exists(#pk)"), Values::none())
    }

    /// Puts a row whatever stands there.
    pub fn replace(self, table: &Table, item: Item) -> Self {
        self.put(&table.cabinet, item, None, Values::none())
    }

    /// Puts a row if the one that stands there meets `condition`.
    pub fn replace_if(self, table: &Table, item: Item, condition: &str, values: Values) -> Self {
        self.put(&table.cabinet, item, Some(condition), values)
    }

    /// Puts a mail to send, with what caused it.
    pub fn mail(self, table: &Table, item: Item) -> Self {
        self.put(&table.outbox, item, Some("attribute_not_exists(#pk)"), Values::none())
    }

    fn put(mut self, table: &str, item: Item, condition: Option<&str>, values: Values) -> Self {
        let put = Put::builder()
            .table_name(table)
            .set_item(Some(item))
            .set_condition_expression(condition.map(str::to_owned))
            .set_expression_attribute_names(condition.and_then(|c| names(&[c])))
            .set_expression_attribute_values(values.map())
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.items.extend(put.ok().map(|put| TransactWriteItem::builder().put(put).build()));
        self
    }

    /// Updates a row if it meets `condition`.
    pub fn update(self, table: &Table, key: &Key, update: &str, condition: &str, values: Values) -> Self {
        self.update_of(&table.cabinet, key, update, Some(condition), values)
    }

    /// Updates a row whatever stands there, or makes it.
    pub fn set(self, table: &Table, key: &Key, update: &str, values: Values) -> Self {
        self.update_of(&table.cabinet, key, update, None, values)
    }

    /// Updates a mail's row if it meets `condition`.
    pub fn update_mail(self, table: &Table, key: &Key, update: &str, condition: &str, values: Values) -> Self {
        self.update_of(&table.outbox, key, update, Some(condition), values)
    }

    fn update_of(mut self, table: &str, key: &Key, update: &str, condition: Option<&str>, values: Values) -> Self {
        let update = Update::builder()
            .table_name(table)
            .set_key(Some(key.item()))
            .update_expression(update)
            .set_condition_expression(condition.map(str::to_owned))
            .set_expression_attribute_names(names(&[update, condition.unwrap_or_default()]))
            .set_expression_attribute_values(values.map())
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.items.extend(update.ok().map(|update| TransactWriteItem::builder().update(update).build()));
        self
    }

    /// Removes a row, whether it is there or not.
    pub fn remove(self, table: &Table, key: &Key) -> Self {
        self.remove_of(&table.cabinet, key)
    }

    /// Removes a row of the outbox, whether it is there or not.
    pub fn remove_mail(self, table: &Table, key: &Key) -> Self {
        self.remove_of(&table.outbox, key)
    }

    fn remove_of(mut self, table: &str, key: &Key) -> Self {
        let delete = Delete::builder().table_name(table).set_key(Some(key.item())).build();
        self.items.extend(delete.ok().map(|delete| TransactWriteItem::builder().delete(delete).build()));
        self
    }

    /// Removes a row that meets `condition`.
    pub fn remove_if(mut self, table: &Table, key: &Key, condition: &str, values: Values) -> Self {
        let delete = Delete::builder()
            .table_name(&*table.cabinet)
            .set_key(Some(key.item()))
            .condition_expression(condition)
            .set_expression_attribute_names(names(&[condition]))
            .set_expression_attribute_values(values.map())
            .build();
        self.items.extend(delete.ok().map(|delete| TransactWriteItem::builder().delete(delete).build()));
        self
    }

    /// These items and, after them, those of another write.
    pub fn and(mut self, other: Self) -> Self {
        self.items.extend(other.items);
        self
    }

    /// Requires a row that is not written to meet `condition`.
    pub fn require(mut self, table: &Table, key: &Key, condition: &str, values: Values) -> Self {
        let check = ConditionCheck::builder()
            .table_name(&*table.cabinet)
            .set_key(Some(key.item()))
            .condition_expression(condition)
            .set_expression_attribute_names(names(&[condition]))
            .set_expression_attribute_values(values.map())
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.items.extend(check.ok().map(|check| TransactWriteItem::builder().condition_check(check).build()));
        self
    }
}

impl Table {
    /// Commits all items or none. A conflict with another transaction is tried again, with full jitter.
    pub(super) async fn commit(&self, write: Write, id: WriteId) -> Result<(), TransactionOutcome> {
        let mut attempt = 0;
        loop {
            let answer = self
                .client
                .transact_write_items()
                .set_transact_items(Some(write.items.clone()))
                .client_request_token(id.to_string())
                .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                .send()
                .await;
            let outcome = match answer {
                Ok(done) => {
                    self.meter.wrote(done.consumed_capacity());
                    return Ok(());
                }
                Err(error) => {
                    self.meter.wrote([]);
                    transaction_failed(error)
                }
            };
            attempt += 1;
            if !matches!(outcome, TransactionOutcome::Conflict) || attempt >= CONFLICT_ATTEMPTS_MAX {
                return Err(outcome);
            }
            pause(attempt).await;
        }
    }

    /// Commits all items or none.
    pub(super) async fn commit_write(&self, write: Write) -> Result<(), StoreError> {
        self.commit(write, WriteId::new(uuid::Uuid::new_v4())).await.map_err(TransactionOutcome::into_error)
    }

    /// Puts one row if the one that stands there meets `condition`; the row as it stood, if it does not.
    pub(super) async fn put_if(
        &self,
        item: Item,
        condition: &str,
        values: Values,
    ) -> Result<Result<(), Option<Item>>, StoreError> {
        let answer = self
            .client
            .put_item()
            .table_name(&*self.cabinet)
            .set_item(Some(item))
            .condition_expression(condition)
            .set_expression_attribute_names(names(&[condition]))
            .set_expression_attribute_values(values.map())
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        match answer {
            Ok(done) => {
                self.meter.wrote(done.consumed_capacity());
                Ok(Ok(()))
            }
            Err(error) => {
                self.meter.wrote([]);
                match error.as_service_error() {
                    Some(aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(
                        refused,
                    )) => Ok(Err(refused.item().cloned())),
                    _ => Err(failed(error)),
                }
            }
        }
    }

    /// Updates one row if it meets `condition`; says whether it did. `table` is the cabinet or the outbox.
    pub(super) async fn update_in(
        &self,
        table: &str,
        key: &Key,
        update: &str,
        condition: &str,
        values: Values,
    ) -> Result<bool, StoreError> {
        let answer = self
            .client
            .update_item()
            .table_name(table)
            .set_key(Some(key.item()))
            .update_expression(update)
            .condition_expression(condition)
            .set_expression_attribute_names(names(&[update, condition]))
            .set_expression_attribute_values(values.map())
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        match answer {
            Ok(done) => {
                self.meter.wrote(done.consumed_capacity());
                Ok(true)
            }
            Err(error) => match error.as_service_error() {
                Some(refused) if refused.is_conditional_check_failed_exception() => Ok(false),
                _ => Err(failed(error)),
            },
        }
    }
}

/// Waits a random time that may grow with the attempt: at most 10 ms, 20, 40 … 320.
pub async fn pause(attempt: u32) {
    let most_us = 10_000u64 << attempt.min(5);
    let random = u64::from(u32::from_be_bytes(crate::auth::random_bytes()));
    tokio::time::sleep(Duration::from_micros(random % most_us)).await;
}
