//! Years of fuelling: a purchase again and again, at other times, put into the table behind everybody's back.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

type Item = HashMap<String, AttributeValue>;

const TABLE: &str = "cabinet";
/// Rows of one `BatchWriteItem`, and how many of these are under way at once.
const BATCH: usize = 25;
const BATCHES: usize = 2_000;
/// From the authorization to the posting.
const FILLING: TimeDelta = TimeDelta::minutes(4);

/// Puts a card's only purchase again at each of these times, as another one. The account does not know of them.
pub async fn repeat(client: &Client, card: &str, times: impl Iterator<Item = DateTime<Utc>>) {
    let bought = purchase(client, card).await;
    let mut times = times.peekable();
    while times.peek().is_some() {
        let rows: Vec<WriteRequest> = times.by_ref().take(BATCH * BATCHES).map(|at| again(&bought, at)).collect();
        for chunk in rows.chunks(BATCH) {
            let put = client.batch_write_item().request_items(TABLE, chunk.to_vec());
            let done = put.send().await.expect("a batch");
            assert!(done.unprocessed_items().is_none_or(HashMap::is_empty));
        }
    }
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

async fn purchase(client: &Client, card: &str) -> Item {
    let query = client.query().table_name(TABLE).consistent_read(true).key_condition_expression("pk = :pk");
    let query = query.expression_attribute_values(":pk", AttributeValue::S(format!("CARD#{card}")));
    let rows = query.send().await.expect("a query").items.unwrap_or_default();
    rows.into_iter().find(|row| text(row, "kind") == "purchase").expect("a purchase")
}

fn again(bought: &Item, at: DateTime<Utc>) -> WriteRequest {
    let request = text(bought, "sk").trim_start_matches("AUTH#").to_owned();
    let new = Uuid::new_v4().to_string();
    let mut row = bought.clone();
    let mut set = |name: &str, value: String| drop(row.insert(name.to_owned(), AttributeValue::S(value)));
    set("sk", text(bought, "sk").replace(&request, &new));
    let mut hold: Value = serde_json::from_str(&text(bought, "hold").replace(&request, &new)).expect("a hold");
    for name in ["w", "h"] {
        hold[name] = json!((at - FILLING).timestamp_millis());
    }
    set("hold", hold.to_string());
    let mut over: Value = serde_json::from_str(text(bought, "over")).expect("an end");
    over["captured"]["at"] = json!(at.timestamp_millis());
    set("over", over.to_string());
    let posted = format!("{}#{new}", at.to_rfc3339_opts(SecondsFormat::Millis, true));
    set("gsi1sk", posted.clone());
    set("gsi2sk", posted);
    let put = PutRequest::builder().set_item(Some(row)).build().expect("a row");
    WriteRequest::builder().put_request(put).build()
}
