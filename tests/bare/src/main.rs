//! The least that a function over DynamoDB can be: one `GetItem` for each event. What the packaged functions are measured
//! against.

use aws_config::environment::credentials::EnvironmentVariableCredentialsProvider;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_dynamodb::{Client, Config};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-central-1"))
        .credentials_provider(EnvironmentVariableCredentialsProvider::new());
    let client = &Client::from_conf(config.build());
    lambda_runtime::run(service_fn(move |_: LambdaEvent<Value>| async move {
        let row = client.get_item().table_name("table").key("pk", AttributeValue::S("key".into())).send().await?;
        Ok::<_, Error>(json!({ "found": row.item.is_some() }))
    }))
    .await
}
