//! Bad input, generated over every operation with a JSON body: a 4xx that names the field, and nothing changed.

use crate::samples::Stage;
use oktan_tests::document::{Operation, operations};
use oktan_tests::{Answer, Caller, PASSWORD, Value, World, json};

/// What a field holds, as its schema says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    Quantity,
    /// Text of a form: a number, a date, a code, a word of a list.
    Formed,
    /// `YYYY-MM-DD`.
    Date,
    /// Any one line.
    Line,
    /// Any text at all.
    Free,
    Number,
    Bool,
    List,
    Object,
}

/// A field of a good body.
#[derive(Debug, Clone)]
struct Field {
    /// Where it stands, as a JSON pointer.
    pointer: String,
    kind: Kind,
    required: bool,
    nullable: bool,
}

impl Field {
    /// Where it stands, as a problem names it.
    fn path(&self) -> String {
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
        ("sign_in", _) | ("change_password", "/current_password") => Some(Kind::Free),
        ("authorize", "/card_number") | ("refund", "/authorization_id") => Some(Kind::Free),
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
fn fields(operation: &str, schema: &Value, sample: &Value, pointer: &str, found: &mut Vec<Field>) {
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
fn poison(field: &Field) -> Vec<Value> {
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
    let mut values: Vec<Value> = values.into_iter().map(Value::from).collect();
    let text = || json!("text");
    values.extend(match field.kind {
        Kind::Number => vec![text(), json!("1"), json!(1e18), json!(-1e18), json!(true), json!([1]), json!({})],
        Kind::Bool => vec![text(), json!("true"), json!(1), json!([]), json!({})],
        Kind::List => vec![text(), json!(1), json!(true), json!({ "0": 1 })],
        Kind::Object => vec![text(), json!(1), json!(true), json!([])],
        _ => vec![json!(1), json!(1.5), json!(-1), json!(true), json!(["1"]), json!({ "a": 1 })],
    });
    if !field.nullable {
        values.push(Value::Null);
    }
    values
}

/// The operations with a JSON body, each with who may call it.
async fn writers(world: &World, stage: &Stage) -> Vec<(Operation, Caller)> {
    let mut writers = Vec::new();
    for operation in operations().into_iter().filter(|operation| operation.body.is_some()) {
        let caller = match operation.security.as_ref().map(|(scheme, scope)| (scheme.as_str(), scope.as_deref())) {
            None => world.stranger(),
            Some(("terminal", _)) => stage.company.pump.caller().await,
            Some((_, Some("Provision" | "PostPayments"))) => world.admin().await,
            Some(_) => stage.company.owner().await,
        };
        writers.push((operation, caller));
    }
    assert!(writers.len() >= 20, "the contract shrank");
    writers
}

/// Whether a refusal is one, and names this field.
fn names(answer: &Answer, path: &str, code: Option<&str>) -> bool {
    let errors = answer.json["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = |error: &Value| {
        let field = error["field"].as_str().unwrap_or_default();
        // A member of the field may be what is wrong with it.
        let within = field == path || field.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']));
        within && code.is_none_or(|code| error["code"] == code)
    };
    answer.status == 422 && errors.iter().any(named)
}

#[tokio::test]
async fn a_bad_value_in_any_field_of_any_call_is_named_and_changes_nothing() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let before = world.dump_of_effects().await;
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (operation, caller) in writers(&world, &stage).await {
        let (schema, mut good) = (operation.body.clone().unwrap(), stage.body(&operation).unwrap());
        if operation.id == "change_password" {
            // A wrong one would be told before anything else.
            good["current_password"] = json!(PASSWORD);
        }
        let mut all = Vec::new();
        fields(&operation.id, &schema, &good, "", &mut all);
        for field in &all {
            for value in poison(field) {
                let mut body = good.clone();
                *body.pointer_mut(&field.pointer).unwrap() = value.clone();
                let answer = stage.ask(&caller, &operation).json(&body).send().await;
                tried += 1;
                if !names(&answer, &field.path(), None) {
                    wrong.push(format!(
                        "{} with {} = {:.60}: {answer:.300}",
                        operation.id,
                        field.path(),
                        value.to_string()
                    ));
                }
            }
            let (parent, name) = field.pointer.rsplit_once('/').unwrap();
            if field.required && name.parse::<usize>().is_err() {
                let mut body = good.clone();
                body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
                let answer = stage.ask(&caller, &operation).json(&body).send().await;
                if !names(&answer, &field.path(), Some("required")) {
                    wrong.push(format!("{} without {}: {answer}", operation.id, field.path()));
                }
            }
        }
        // A field that nobody knows, at the top and in every object.
        let objects = all.iter().filter(|field| field.kind == Kind::Object && field.pointer != "/fuels");
        for pointer in std::iter::once(String::new()).chain(objects.map(|field| field.pointer.clone())) {
            let mut body = good.clone();
            body.pointer_mut(&pointer).unwrap()["is_admin"] = json!(true);
            let strange =
                Field { pointer: format!("{pointer}/is_admin"), kind: Kind::Free, required: false, nullable: false };
            let answer = stage.ask(&caller, &operation).json(&body).send().await;
            if !names(&answer, &strange.path(), Some("unknown_field")) {
                wrong.push(format!("{} with an unknown {}: {answer}", operation.id, strange.path()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 1_000, "{tried} is too few");
    assert_eq!(world.dump_of_effects().await, before, "something changed");
}

#[tokio::test]
async fn a_body_that_is_not_the_object_asked_for_is_refused() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let before = world.dump_of_effects().await;
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let deep_member = format!("{{\"a\":{}1{}}}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    let shapes: [(&[u8], u16); 18] = [
        (b"{", 400),
        (b"}", 400),
        (b"{\"a\":}", 400),
        (b"{'a':1}", 400),
        (b"nonsense", 400),
        (b"{} {}", 400),
        (b"{}x", 400),
        (b"\xff\xfe{}", 400),
        (b"{\"a\xff\":1}", 400),
        (b" ", 400),
        (b"{\"a\":1e999}", 400),
        (b"[]", 422),
        (b"[{}]", 422),
        (b"null", 422),
        (b"1", 422),
        (b"\"{}\"", 422),
        (b"true", 422),
        (b"{\"\":1}", 422),
    ];
    let mut wrong = Vec::new();
    for (operation, caller) in writers(&world, &stage).await {
        let good = stage.body(&operation).unwrap().to_string();
        let send = |body: Vec<u8>, kind: &'static str| {
            let ask = stage.ask(&caller, &operation);
            async move { ask.body(body, kind).send().await }
        };
        let mut expect = |what: &str, answer: Answer, statuses: &[u16]| {
            if !statuses.contains(&answer.status) {
                wrong.push(format!("{} with {what}: {statuses:?} was expected: {answer:.300}", operation.id));
            }
        };
        for (shape, status) in &shapes {
            // Where a later byte is wrong, what stands before it may be refused first.
            let statuses = if *status == 400 && shape.len() > 2 { &[400, 422][..] } else { &[*status][..] };
            expect(&String::from_utf8_lossy(shape), send(shape.to_vec(), "application/json").await, statuses);
        }
        for deep in [&deep, &deep_member] {
            expect("a deep body", send(deep.clone().into_bytes(), "application/json").await, &[400, 422]);
        }
        let exact = format!("{good}{}", " ".repeat(64 * 1024 - good.len() + 1));
        expect("64 KiB + 1", send(exact.into_bytes(), "application/json").await, &[413]);
        expect("a megabyte", send(vec![b' '; 1 << 20], "application/json").await, &[413]);
        for kind in
            ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart/form-data", "json"]
        {
            expect(kind, send(good.clone().into_bytes(), kind).await, &[415]);
        }
        let ask = stage.ask(&caller, &operation);
        if !operation.body_optional {
            expect("no body", ask.send().await, &[400, 415, 422]);
            expect("an empty body", send(Vec::new(), "application/json").await, &[400, 422]);
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(world.dump_of_effects().await, before, "something changed");
}

#[tokio::test]
async fn a_body_of_exactly_sixty_four_kibibytes_is_read_in_any_case_of_its_type() {
    let world = World::start().await;
    let company = world.company().create().await;
    let caller = company.pump.caller().await;
    for kind in ["application/json", "Application/JSON", "application/json; charset=utf-8"] {
        let body = company.pump.fill(company.card(), "1").to_string();
        let whole = format!("{body}{}", " ".repeat(64 * 1024 - body.len()));
        let ask = caller.ask(reqwest::Method::POST, "/v1/pump/authorizations").body(whole, kind);
        assert_eq!(ask.send().await.expect(200)["decision"], "approved", "{kind}");
    }
}

#[tokio::test]
async fn calls_whose_fields_are_all_optional_take_an_empty_object_or_nothing() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let mut seen = Vec::new();
    for (operation, caller) in writers(&world, &stage).await.into_iter().filter(|(o, _)| o.body_optional) {
        for ask in [stage.ask(&caller, &operation), stage.ask(&caller, &operation).json(&json!({}))] {
            let answer = ask.send().await;
            assert_eq!(answer.status, operation.success, "{}: {answer}", operation.id);
        }
        seen.push(operation.id);
    }
    seen.sort();
    let optional = [
        "block_card",
        "create_terminal",
        "resume_company",
        "reverse",
        "staff_block_card",
        "staff_unblock_card",
        "suspend_company",
        "unblock_card",
    ];
    assert_eq!(seen, optional);
}
