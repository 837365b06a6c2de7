//! The two tables, as the template creates them in AWS and as [`create`] does on the embedded stack.

use super::error::{StoreError, failed};
use crate::app::App;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, StreamSpecification, StreamViewType, TimeToLiveSpecification,
};

/// The attribute that TTL reads, in seconds. TTL only tidies: code checks expiry itself.
pub const TTL_ATTRIBUTE: &str = "ttl";

/// The index of lists: entries and declines by company, users, terminals, companies.
pub(super) const GSI1: &str = "gsi1";
/// The index of a card's entries.
pub(super) const GSI2: &str = "gsi2";

/// What the indexes carry besides keys: enough to filter a page before its rows are read.
const PROJECTED: [&str; 4] = ["kind", "product", "station", "card"];

/// Creates both tables unless they exist.
///
/// # Errors
/// When the store refuses.
pub async fn create(app: &App) -> Result<(), StoreError> {
    let table = &app.table;
    let existing = table.client.list_tables().send().await.map_err(failed)?.table_names.unwrap_or_default();
    if !existing.iter().any(|name| **name == *table.cabinet) {
        let index = |name: &str, projection: Projection| {
            GlobalSecondaryIndex::builder()
                .index_name(name)
                .set_key_schema(Some(keys(&format!("{name}pk"), &format!("{name}sk"))))
                .projection(projection)
                .build()
                .map_err(|e| StoreError::Rejected(e.to_string()))
        };
        let few = || {
            Projection::builder()
                .projection_type(ProjectionType::Include)
                .set_non_key_attributes(Some(PROJECTED.map(str::to_owned).to_vec()))
                .build()
        };
        table
            .client
            .create_table()
            .table_name(&*table.cabinet)
            .set_attribute_definitions(Some(strings(&["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"])))
            .set_key_schema(Some(keys("pk", "sk")))
            .global_secondary_indexes(index(GSI1, few())?)
            .global_secondary_indexes(index(GSI2, few())?)
            .billing_mode(BillingMode::PayPerRequest)
            .send()
            .await
            .map_err(failed)?;
        expire(app, &table.cabinet).await?;
    }
    if !existing.iter().any(|name| **name == *table.outbox) {
        table
            .client
            .create_table()
            .table_name(&*table.outbox)
            .set_attribute_definitions(Some(strings(&["pk", "sk"])))
            .set_key_schema(Some(keys("pk", "sk")))
            .billing_mode(BillingMode::PayPerRequest)
            .stream_specification(
                StreamSpecification::builder()
                    .stream_enabled(true)
                    .stream_view_type(StreamViewType::KeysOnly)
                    .build()
                    .map_err(|e| StoreError::Rejected(e.to_string()))?,
            )
            .send()
            .await
            .map_err(failed)?;
        expire(app, &table.outbox).await?;
    }
    Ok(())
}

async fn expire(app: &App, name: &str) -> Result<(), StoreError> {
    let ttl = TimeToLiveSpecification::builder()
        .attribute_name(TTL_ATTRIBUTE)
        .enabled(true)
        .build()
        .map_err(|e| StoreError::Rejected(e.to_string()))?;
    let call = app.table.client.update_time_to_live().table_name(name).time_to_live_specification(ttl);
    call.send().await.map_err(failed)?;
    Ok(())
}

fn strings(names: &[&str]) -> Vec<AttributeDefinition> {
    names
        .iter()
        .filter_map(|name| {
            let definition = AttributeDefinition::builder().attribute_name(*name);
            definition.attribute_type(ScalarAttributeType::S).build().ok()
        })
        .collect()
}

fn keys(hash: &str, range: &str) -> Vec<KeySchemaElement> {
    [(hash, KeyType::Hash), (range, KeyType::Range)]
        .into_iter()
        .filter_map(|(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().ok())
        .collect()
}
