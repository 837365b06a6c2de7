//! News, from a draft to the public; and what the public writes back.

use chrono::TimeDelta;
use oktan_local::Options;
use oktan_shared::domain::text::Email;
use oktan_tests::{Role, Value, World, json};
use reqwest::Method;

#[tokio::test]
async fn news_is_public_from_its_instant_on_and_a_draft_is_not() {
    let world = World::start().await;
    let (editor, stranger) = (world.staff(Role::StaffEditor).await, world.stranger());
    let write = async |ask: Value| editor.post("/v1/staff/news", ask).await.expect(201);
    let titles = async |query: &str| -> Vec<Value> {
        let news = stranger.get(&format!("/v1/public/news{query}")).await.expect(200);
        news["items"].as_array().unwrap().iter().map(|one| one["title"].clone()).collect()
    };
    let first =
        write(json!({ "title": "Новая АЗС", "body": "# Да\n\n**Открылась** <b>тут</b>.", "language": "ru" })).await;
    let slug = first["slug"].as_str().unwrap().to_owned();
    assert!(slug.starts_with("novaya-azs-"), "{slug}");
    let draft = json!({ "title": "Черновик", "body": "х", "language": "ru", "published": false });
    let draft = write(draft).await;
    assert_eq!(draft["published_at"], Value::Null);
    let ahead = world.now() + TimeDelta::hours(2);
    write(json!({ "title": "Завтра", "body": "х", "language": "ru", "published_at": ahead })).await;
    write(json!({ "title": "In English", "body": "x", "language": "en" })).await;
    assert_eq!(titles("").await, [json!("Новая АЗС")]);
    assert_eq!(titles("?language=en").await, [json!("In English")]);
    let listed = stranger.get("/v1/public/news").await.expect(200);
    assert_eq!(listed["items"][0]["summary"], "Да Открылась тут.");
    stranger.get(&format!("/v1/public/news/{}", draft["slug"].as_str().unwrap())).await.expect(404);
    world.advance_minutes(121);
    let editor = world.staff(Role::StaffEditor).await;
    assert_eq!(titles("").await, [json!("Завтра"), json!("Новая АЗС")]);

    let path = format!("/v1/staff/news/{}", first["id"].as_str().unwrap());
    let tag = editor.get(&path).await.header("etag").to_owned();
    let edit = |tag: &str| editor.ask(Method::PATCH, &path).header("if-match", tag);
    let changed = edit(&tag).json(&json!({ "title": "Старая АЗС" })).send().await.expect(200);
    assert_ne!(changed["slug"], slug.as_str());
    assert_eq!(edit(&tag).json(&json!({ "title": "Х" })).send().await.expect(412)["code"], "stale");
    let found = stranger.get(&format!("/v1/public/news/{slug}")).await;
    assert_eq!(found.header("cache-control"), "public, max-age=60");
    assert_eq!(found.expect(200)["slug"], changed["slug"], "the earlier address finds it");
    edit("*").json(&json!({ "published": false })).send().await.expect(200);
    assert_eq!(titles("").await, [json!("Завтра")]);
    assert_eq!(editor.all("/v1/staff/news", 2).await.len(), 4);
    let admin = world.admin().await;
    editor.delete(&path).await.expect(204);
    editor.delete(&path).await.expect(404);
    assert_eq!(editor.all("/v1/staff/news", 100).await.len(), 3);
    let act = &admin.get("/v1/staff/journal").await.expect(200)["items"][0];
    assert_eq!((&act["action"], &act["before"]["title"]), (&json!("news.delete"), &json!("Старая АЗС")));
    assert_eq!(world.staff(Role::StaffOperator).await.get("/v1/staff/news").await.status, 403);
}

fn message() -> Value {
    json!({
        "name": "Пётр Иванов", "how": "email", "reply_to": { "email": "petr@people.example" },
        "body": "Здравствуйте!\r\nКогда откроется <b>АЗС</b>?",
    })
}

#[tokio::test]
async fn a_message_is_kept_for_the_staff_and_mailed_to_the_administration() {
    let administration_email = Some(Email::parse("office@oktan.example").unwrap());
    let world = World::with(Options { administration_email, ..Options::for_tests() }).await;
    let stranger = world.stranger();
    stranger.post("/v1/public/messages", message()).await.expect(202);
    let letters = world.letters().await;
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!((letter.to.as_str(), letter.reply_to.as_str()), ("office@oktan.example", "petr@people.example"));
    assert!(
        letter.subject.ends_with("Пётр Иванов") && letter.text.contains("Когда откроется <b>АЗС</b>?"),
        "{letter:?}"
    );
    assert!(letter.html.contains("&lt;b&gt;"), "{letter:?}");
    let contacts = stranger.get("/v1/public/contacts").await.expect(200);
    assert_eq!(contacts["administration_email"], "office@oktan.example");

    let operator = world.staff(Role::StaffOperator).await;
    let kept = operator.get("/v1/staff/messages").await.expect(200)["items"][0].clone();
    assert_eq!((&kept["email"], &kept["phone"]), (&json!("petr@people.example"), &Value::Null));
    let close = format!("/v1/staff/messages/{}/close", kept["id"].as_str().unwrap());
    for _ in 0..2 {
        operator.post_nothing(&close).await.expect(204);
    }
    assert_eq!(operator.get("/v1/staff/messages").await.expect(200)["items"], json!([]));
    assert_eq!(operator.all("/v1/staff/messages?state=closed", 10).await.len(), 1);
    assert_eq!(world.staff(Role::StaffEditor).await.get("/v1/staff/messages").await.status, 403);
}

#[tokio::test]
async fn a_message_without_an_answers_address_or_with_a_trick_goes_nowhere() {
    let world = World::start().await;
    let stranger = world.stranger();
    let send = async |pointer: &str, value: Value| {
        let mut ask = message();
        *ask.pointer_mut(pointer).unwrap() = value;
        stranger.post("/v1/public/messages", ask).await
    };
    send("/how", json!("phone")).await.field("reply_to.phone", "reply_to_missing");
    send("/name", json!("Пётр\r\nBcc: x@evil.example")).await.field("name", "text_control_character");
    send("/reply_to/email", json!("a@b.example\r\nBcc: x@evil.example"))
        .await
        .field("reply_to.email", "email_malformed");
    send("/body", json!("а".repeat(4_001))).await.field("body", "text_too_long");
    send("/body", json!(" \n ")).await.field("body", "text_too_short");
    let mut filled_in = message();
    filled_in["website"] = json!("https://spam.example");
    stranger.post("/v1/public/messages", filled_in).await.expect(202);
    let admin = world.admin().await;
    assert_eq!(admin.get("/v1/staff/messages").await.expect(200)["items"], json!([]));
    for _ in 0..4 {
        stranger.post("/v1/public/messages", message()).await.expect(202);
    }
    let refused = stranger.post("/v1/public/messages", message()).await;
    assert_eq!(refused.expect(429)["code"], "too_many_messages");
    assert_eq!(admin.get("/v1/staff/messages").await.expect(200)["items"].as_array().map(Vec::len), Some(4));
    assert!(world.letters().await.is_empty(), "no address is configured");
    world.advance_minutes(61);
    stranger.post("/v1/public/messages", message()).await.expect(202);
}
