//! The contract as its document has it: what the generated tests walk over.

use serde_json::Value;

/// An operation of the contract.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `GET`, `POST`, …
    pub method: reqwest::Method,
    /// The path with its `{parameters}`.
    pub path: String,
    /// Its stable name.
    pub id: String,
    /// Who is let in: the scheme's name and its scope; `None` for anyone.
    pub security: Option<(String, Option<String>)>,
    /// The schema of its JSON body, references resolved.
    pub body: Option<Value>,
    /// Whether the body may be left out.
    pub body_optional: bool,
    /// The status of its success.
    pub success: u16,
}

/// Every operation, from the code.
pub fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&oktan_local::document().expect("the document")).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let calls = paths.iter().flat_map(|(path, calls)| {
        let calls = calls.as_object().expect("calls").iter();
        calls.filter(|(name, _)| *name != "parameters").map(move |(name, call)| (path, name, call))
    });
    calls.map(|(path, name, call)| operation(&document, path, name, call)).collect()
}

fn operation(document: &Value, path: &str, method: &str, call: &Value) -> Operation {
    let statuses = call["responses"].as_object().expect("responses").keys();
    let body = &call["requestBody"];
    Operation {
        method: method.to_uppercase().parse().expect("a method"),
        path: path.to_owned(),
        id: call["operationId"].as_str().expect("an operationId").to_owned(),
        security: call["security"].as_array().and_then(|schemes| schemes.first()).map(|scheme| {
            let (name, scopes) = scheme.as_object().and_then(|s| s.iter().next()).expect("a scheme");
            (name.clone(), scopes[0].as_str().map(str::to_owned))
        }),
        body: body.pointer("/content/application~1json/schema").map(|schema| resolve(document, schema)),
        body_optional: !body.is_null() && body["required"] != true,
        success: statuses.filter_map(|s| s.parse().ok()).find(|s| (200..300).contains(s)).expect("a success"),
    }
}

/// A schema with every reference replaced by what it names; a `null` alternative becomes `nullable`.
fn resolve(document: &Value, schema: &Value) -> Value {
    if let Some(target) = schema["$ref"].as_str() {
        let found = document.pointer(target.trim_start_matches('#')).unwrap_or_else(|| panic!("{target}"));
        return resolve(document, found);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(options) = schema[choice].as_array() {
            let real: Vec<_> = options.iter().filter(|option| option["type"] != "null").collect();
            assert_eq!(real.len(), 1, "a body has one shape: {schema}");
            let mut resolved = resolve(document, real[0]);
            resolved["nullable"] = (real.len() < options.len()).into();
            return resolved;
        }
    }
    match schema {
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), resolve(document, v))).collect(),
        Value::Array(list) => list.iter().map(|v| resolve(document, v)).collect(),
        other => other.clone(),
    }
}
