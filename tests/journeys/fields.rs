//! The fields of a good body by its schema, and what no field of their kind takes.

use oktan_tests::{Value, json};

/// What a field holds, as its schema says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Money,
    Quantity,
    /// Text of a form: a number, a date, a code, a word of a list.
    Formed,
    /// `YYYY-MM-DD`.
    Date,
    /// Any one line.
    Line,
    /// Text of several lines.
    Prose,
    /// Any text at all.
    Free,
    Number,
    Bool,
    List,
    Object,
}

/// A field of a good body.
#[derive(Debug, Clone)]
pub struct Field {
    /// Where it stands, as a JSON pointer.
    pub pointer: String,
    pub kind: Kind,
    pub required: bool,
    pub nullable: bool,
}

impl Field {
    /// Where it stands, as a problem names it.
    pub fn path(&self) -> String {
        self.pointer.split('/').skip(1).fold(String::new(), |path, part| match part.parse::<usize>() {
            Ok(at) => format!("{path}[{at}]"),
            Err(_) if path.is_empty() => part.to_owned(),
            Err(_) => format!("{path}.{part}"),
        })
    }
}

/// Fields whose every text is heard: credentials, links, what was read from a card; and texts with a form of their own.
fn special(operation: &str, pointer: &str) -> Option<Kind> {
    match (operation, pointer) {
        ("sign_in" | "confirm_totp" | "disable_totp", _) | ("change_password", "/current_password") => Some(Kind::Free),
        ("approve" | "approve_claim", "/totp") | ("confirm_recovery", "/new_password") => Some(Kind::Free),
        ("authorize", "/card_number") | ("refund", "/authorization_id") => Some(Kind::Free),
        ("edit_station_page", "/description/ru" | "/description/en") => Some(Kind::Prose),
        ("create_news" | "edit_news" | "preview_markdown" | "send_message", "/body") => Some(Kind::Prose),
        ("create_ticket" | "write_ticket" | "answer_ticket" | "ask_correction", "/body") => Some(Kind::Prose),
        ("create_article" | "edit_article", "/body") => Some(Kind::Prose),
        ("create_promotion" | "edit_promotion", "/body" | "/english/body") => Some(Kind::Prose),
        ("create_ticket", "/entry_id") => Some(Kind::Free),
        ("send_message", "/website") => Some(Kind::Free),
        ("save_limits", "/limits/0/amount") => Some(Kind::Quantity),
        ("save_limits", "/schedule/from" | "/schedule/to") | ("authorize", "/pin") => Some(Kind::Formed),
        _ => None,
    }
}

fn kind(schema: &Value, sample: &Value) -> Kind {
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    match sample {
        Value::Object(_) => Kind::Object,
        Value::Array(_) => Kind::List,
        Value::Number(_) => Kind::Number,
        Value::Bool(_) => Kind::Bool,
        _ if pattern.contains("[0-9]{1,2})?") => Kind::Money,
        _ if pattern.contains("[0-9]{1,3})?") => Kind::Quantity,
        _ if schema["format"] == "date" => Kind::Date,
        _ if !pattern.is_empty() || schema["format"].is_string() || schema["enum"].is_array() => Kind::Formed,
        _ if schema["description"].as_str().is_some_and(|d| d.contains("e-mail") || d.contains("10 to 15 digits")) => {
            Kind::Formed
        }
        _ => Kind::Line,
    }
}

/// Every field of a sample with what its schema says of it.
pub fn fields(operation: &str, schema: &Value, sample: &Value, pointer: &str, found: &mut Vec<Field>) {
    match sample {
        Value::Object(members) => {
            for (name, value) in members {
                let of = if schema["properties"][name].is_null() {
                    &schema["additionalProperties"]
                } else {
                    &schema["properties"][name]
                };
                assert!(!of.is_null(), "{operation}: the document knows no {pointer}/{name}");
                let pointer = format!("{pointer}/{name}");
                let required = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
                let nullable =
                    of["nullable"] == true || of["type"].as_array().is_some_and(|t| t.contains(&json!("null")));
                let kind = special(operation, &pointer).unwrap_or_else(|| kind(of, value));
                found.push(Field { pointer: pointer.clone(), kind, required, nullable });
                fields(operation, of, value, &pointer, found);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate().take(1) {
                let (of, pointer) = (&schema["items"], format!("{pointer}/{at}"));
                let kind = special(operation, &pointer).unwrap_or_else(|| kind(of, value));
                found.push(Field { pointer: pointer.clone(), kind, required: true, nullable: false });
                fields(operation, of, value, &pointer, found);
            }
        }
        _ => {}
    }
}

/// Values that no field of this kind takes.
pub fn poison(field: &Field) -> Vec<Value> {
    let long = "ж".repeat(5_000);
    let mut values = match field.kind {
        Kind::Money => vec!["1.001", "1.0000000000001"],
        Kind::Quantity => vec!["1.0001", "1.00000000000001"],
        Kind::Date => {
            vec!["", "☃", "2026-1-5", "2026-02-30", "20261120", "20.11.2026", "2026-11-20T00:00:00Z", "+12026-11-20"]
        }
        Kind::Formed => vec!["", " ", "☃"],
        _ => vec![],
    };
    if matches!(field.kind, Kind::Money | Kind::Quantity) {
        values.extend([
            "", " ", "-1", "+1", "1e3", "1E3", "0x10", "NaN", "inf", "1,5", "1 000", ".5", "5.", "1.2.3", "１２", " 1",
            "01",
        ]);
        values.extend(["99999999999999999999", "9999999999999999999999999999999999999999999", "1000000000000000"]);
    }
    if matches!(field.kind, Kind::Line | Kind::Formed | Kind::Money | Kind::Quantity) {
        values.extend(["a\nb", "a\u{0}b", "a\u{202e}b", &long]);
    }
    let endless = long.repeat(3);
    if field.kind == Kind::Prose {
        values.extend(["a\u{0}b", "a\u{202e}b", &endless]);
    }
    let mut values: Vec<Value> = values.into_iter().map(Value::from).collect();
    let text = || json!("text");
    values.extend(match field.kind {
        Kind::Number => vec![text(), json!("1"), json!(1e18), json!(-1e18), json!(true), json!([1]), json!({})],
        Kind::Bool => vec![text(), json!("true"), json!(1), json!([]), json!({})],
        Kind::List => vec![text(), json!(1), json!(true), json!({ "0": 1 })],
        Kind::Object => vec![text(), json!(1), json!(true), json!([])],
        _ => vec![json!(1), json!(1.5), json!(-1), json!(true), json!(["1"]), json!({ "a": 1 })],
    });
    if field.pointer.ends_with("itude") {
        // The desk's own leniency: degrees may stand in quotes.
        values.retain(|value| *value != json!("1"));
    }
    if !field.nullable {
        values.push(Value::Null);
    }
    values
}
