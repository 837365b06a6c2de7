//! The raw rows, for what must and must not lie in them.

use crate::world::World;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Every row of both tables, by `table pk sk`.
pub type Dump = BTreeMap<String, Map<String, Value>>;

impl World {
    /// Every row of both tables.
    pub async fn dump(&self) -> Dump {
        let mut dump = Dump::new();
        for table in [&self.app().config.cabinet_table, &self.app().config.outbox_table] {
            let client = self.stack().dynamodb();
            let mut start = None;
            loop {
                #[allow(clippy::disallowed_methods)] // a test looks at everything
                let call = client.scan().table_name(table).consistent_read(true).set_exclusive_start_key(start);
                let page = call.send().await.expect("a scan");
                for item in page.items() {
                    let row: Map<String, Value> = item.iter().map(|(k, v)| (k.clone(), plain(v))).collect();
                    let key = |name: &str| row[name].as_str().expect("a key").to_owned();
                    dump.insert(format!("{table} {} {}", key("pk"), key("sk")), row);
                }
                start = page.last_evaluated_key;
                if start.is_none() {
                    break;
                }
            }
        }
        dump
    }

    /// Takes rows of the cabinet away, by their keys, behind everybody's back.
    pub async fn forget(&self, which: impl Fn(&str) -> bool) {
        let (table, client) = (&self.app().config.cabinet_table, self.stack().dynamodb());
        for (_, row) in self.dump().await.into_iter().filter(|(key, _)| which(key)) {
            let key = |name: &str| AttributeValue::S(row[name].as_str().expect("a key").to_owned());
            let delete = client.delete_item().table_name(table).key("pk", key("pk")).key("sk", key("sk"));
            delete.send().await.expect("a row goes");
        }
    }

    /// Every row but those that any signed-in or failing call may touch: sessions' last use and throttles.
    pub async fn dump_of_effects(&self) -> Dump {
        let mut dump = self.dump().await;
        dump.retain(|key, _| !key.contains(" THROTTLE#") && !key.contains(" SESSION#"));
        dump
    }
}

fn plain(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!(text),
        AttributeValue::N(number) => serde_json::from_str(number).unwrap_or_else(|_| json!(number)),
        AttributeValue::Bool(yes) => json!(yes),
        AttributeValue::Null(_) => Value::Null,
        AttributeValue::L(list) => list.iter().map(plain).collect(),
        AttributeValue::M(map) => map.iter().map(|(k, v)| (k.clone(), plain(v))).collect::<Map<_, _>>().into(),
        AttributeValue::Ss(set) => json!(set),
        AttributeValue::Ns(set) => json!(set),
        other => json!(format!("{other:?}")),
    }
}
