//! Rows as the database has them.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// A row.
pub type Item = HashMap<String, AttributeValue>;

/// The table of everything but mail.
pub const CABINET: &str = "cabinet";
/// The table of mail.
pub const OUTBOX: &str = "outbox";

/// A client of the database at an address.
pub fn client(endpoint: &str) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "figures"))
        .endpoint_url(endpoint);
    Client::from_conf(config.build())
}

/// Every row of a table.
pub async fn scan(client: &Client, table: &str) -> Vec<Item> {
    let (mut items, mut start) = (Vec::new(), None);
    loop {
        #[allow(clippy::disallowed_methods)] // a test looks at everything
        let call = client.scan().table_name(table).consistent_read(true).set_exclusive_start_key(start);
        let page = call.send().await.expect("a scan");
        items.extend(page.items.unwrap_or_default());
        start = page.last_evaluated_key;
        if start.is_none() {
            return items;
        }
    }
}

/// One row, as it stands.
pub async fn row(client: &Client, pk: &str, sk: &str) -> Option<Item> {
    let read = client.get_item().table_name(CABINET).consistent_read(true);
    let (pk, sk) = (AttributeValue::S(pk.to_owned()), AttributeValue::S(sk.to_owned()));
    read.key("pk", pk).key("sk", sk).send().await.expect("a read").item
}

/// Every row of a partition, page by page.
pub async fn partition(client: &Client, pk: &str) -> Vec<Item> {
    let (mut items, mut start) = (Vec::new(), None);
    loop {
        let query = client.query().table_name(CABINET).consistent_read(true).key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()));
        let page = query.set_exclusive_start_key(start).send().await.expect("a query");
        items.extend(page.items.unwrap_or_default());
        start = page.last_evaluated_key;
        if start.is_none() {
            return items;
        }
    }
}

/// Moves money from a company's account onto a purse card, as a transfer will: while nothing else writes to them.
pub async fn put_on_purse(client: &Client, company: &str, card: &str, kopecks: i64) {
    let number = |n: i64| AttributeValue::N(n.to_string());
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let update = |pk: String, sk: &str| {
        client.update_item().table_name(CABINET).key("pk", AttributeValue::S(pk)).key("sk", text(sk))
    };
    let purse = update(format!("CARD#{card}"), "CARD").update_expression("ADD purse :a, v :one");
    let purse = purse.expression_attribute_values(":a", number(kopecks)).expression_attribute_values(":one", number(1));
    purse.send().await.expect("a purse");
    let account = update(format!("COMPANY#{company}"), "ACCOUNT").update_expression("ADD moved :a, available :minus");
    let account = account.expression_attribute_values(":a", number(kopecks));
    account.expression_attribute_values(":minus", number(-kopecks)).send().await.expect("an account");
}

/// Puts a row, whatever stands there.
pub async fn put(client: &Client, item: Item) {
    client.put_item().table_name(CABINET).set_item(Some(item)).send().await.expect("a write");
}

/// A text attribute; empty where there is none.
pub fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

/// A number that must be there.
pub fn number(item: &Item, name: &str) -> i64 {
    let found = item.get(name).and_then(|value| value.as_n().ok()).and_then(|n| n.parse().ok());
    found.unwrap_or_else(|| panic!("no {name} in {item:?}"))
}

/// A binary attribute; empty where there is none.
pub fn bytes<'a>(item: &'a Item, name: &str) -> &'a [u8] {
    item.get(name).and_then(|value| value.as_b().ok()).map_or(&[], AsRef::as_ref)
}

/// The size of a row by DynamoDB's own measure: names and values, numbers at two digits a byte and one more.
pub fn size(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value_size(value)).sum()
}

fn value_size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => {
            let digits = number.trim_start_matches('-').trim_matches('0').len().max(1);
            digits.div_ceil(2) + 1 + usize::from(number.starts_with('-'))
        }
        AttributeValue::B(blob) => blob.as_ref().len(),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => 1,
        other => panic!("no row keeps {other:?}"),
    }
}
