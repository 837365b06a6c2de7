//! Writes down which calls of DynamoDB and SES each function makes, in IAM's words. The template's rights are compared
//! with it: none missing, none unused.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use oktan_shared::App;
use serde_json::Value;

/// A right that a call needs: the action and the table, the index (`cabinet/index/gsi1`) or SES's `identity`.
pub type Right = (String, String);

/// The calls of all functions. Cheap to clone; clones share one list.
#[derive(Clone, Debug)]
pub struct Calls {
    file: Option<PathBuf>,
    seen: Arc<Mutex<BTreeSet<(&'static str, Right)>>>,
}

/// One function's ear.
#[derive(Clone, Debug)]
struct Ear {
    function: &'static str,
    calls: Calls,
}

impl Calls {
    /// Keeps a file of its own in `dir`, a line for each right: function, action and resource, separated by tabs.
    pub fn open(dir: Option<PathBuf>) -> Self {
        let file = dir.map(|dir| dir.join(format!("{}.tsv", uuid::Uuid::new_v4())));
        Self { file, seen: Arc::default() }
    }

    /// The parts as a function is given them, listened to.
    pub fn of(&self, function: &'static str, app: &App) -> App {
        match self.file {
            Some(_) => app.observed(Ear { function, calls: self.clone() }),
            None => app.clone(),
        }
    }

    fn note(&self, function: &'static str, right: Right) -> std::io::Result<()> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let line = format!("{function}\t{}\t{}\n", right.0, right.1);
        let Some(file) = &self.file else { return Ok(()) };
        if seen.insert((function, right)) {
            if let Some(dir) = file.parent() {
                std::fs::create_dir_all(dir)?;
            }
            OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())?;
        }
        Ok(())
    }
}

#[dyn_dispatch_hint]
impl Intercept for Ear {
    fn name(&self) -> &'static str {
        "Ear"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.request().body().bytes().unwrap_or_default();
        let rights = match context.request().headers().get("x-amz-target") {
            Some(target) => dynamodb(target.rsplit('.').next().unwrap_or(target), &serde_json::from_slice(body)?),
            None => ses(body),
        };
        for right in rights {
            self.calls.note(self.function, right)?;
        }
        Ok(())
    }
}

/// What IAM asks for a call of DynamoDB. A transaction needs the rights of its parts.
fn dynamodb(operation: &str, body: &Value) -> Vec<Right> {
    let action = |name: &str| format!("dynamodb:{name}");
    let table = |part: &Value| part["TableName"].as_str().unwrap_or_default().to_owned();
    let parts = |of: &str| body[of].as_array().into_iter().flatten().filter_map(Value::as_object).flatten();
    match operation {
        "TransactWriteItems" => parts("TransactItems")
            .map(|(kind, part)| match kind.as_str() {
                "ConditionCheck" => (action("ConditionCheckItem"), table(part)),
                kind => (action(&format!("{kind}Item")), table(part)),
            })
            .collect(),
        "TransactGetItems" => parts("TransactItems").map(|(_, part)| (action("GetItem"), table(part))).collect(),
        "BatchGetItem" | "BatchWriteItem" => {
            let tables = body["RequestItems"].as_object().into_iter().flatten();
            tables.map(|(table, _)| (action(operation), table.clone())).collect()
        }
        _ => match body["IndexName"].as_str() {
            Some(index) => vec![(action(operation), format!("{}/index/{index}", table(body)))],
            None => vec![(action(operation), table(body))],
        },
    }
}

/// What IAM asks for a call of SES, whose body is a form.
fn ses(body: &[u8]) -> Vec<Right> {
    let fields = url::form_urlencoded::parse(body);
    fields
        .filter(|(name, _)| name == "Action")
        .map(|(_, action)| (format!("ses:{action}"), "identity".to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn right(action: &str, resource: &str) -> Right {
        (action.to_owned(), resource.to_owned())
    }

    #[test]
    fn a_transaction_needs_the_rights_of_its_parts() {
        let body = json!({ "TransactItems": [
            { "Put": { "TableName": "outbox" } },
            { "ConditionCheck": { "TableName": "cabinet" } },
            { "Update": { "TableName": "cabinet" } },
        ] });
        let needed = [
            right("dynamodb:PutItem", "outbox"),
            right("dynamodb:ConditionCheckItem", "cabinet"),
            right("dynamodb:UpdateItem", "cabinet"),
        ];
        assert_eq!(dynamodb("TransactWriteItems", &body), needed);
    }

    #[test]
    fn an_index_is_a_resource_of_its_own() {
        let body = json!({ "TableName": "cabinet", "IndexName": "gsi1" });
        assert_eq!(dynamodb("Query", &body), [right("dynamodb:Query", "cabinet/index/gsi1")]);
        let body = json!({ "RequestItems": { "cabinet": {}, "outbox": {} } });
        let needed = [right("dynamodb:BatchGetItem", "cabinet"), right("dynamodb:BatchGetItem", "outbox")];
        assert_eq!(dynamodb("BatchGetItem", &body), needed);
    }

    #[test]
    fn a_mail_is_a_form() {
        assert_eq!(ses(b"Action=SendEmail&Version=2010-12-01"), [right("ses:SendEmail", "identity")]);
    }
}
