//! What editors write on the public site, and what its readers write to the administration, without a script.

use oktan_tests::{Answer, Caller, Role, Value, World, json};
use reqwest::Method;

async fn page(caller: &Caller, path: &str) -> String {
    let answer = caller.get(path).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
    text(&answer)
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.bytes.clone()).expect("UTF-8")
}

async fn publish(editor: &Caller, title: &str, body: &str, language: &str) -> Value {
    let news = json!({ "title": title, "body": body, "language": language });
    editor.post("/v1/staff/news", news).await.expect(201)
}

#[tokio::test]
async fn news_stand_in_their_language_and_can_only_be_read() {
    let world = World::start().await;
    let (editor, stranger) = (world.staff(Role::StaffEditor).await, world.stranger());
    assert!(page(&stranger, "/news").await.contains("Новостей пока нет."));
    let body = "## Где\n\n**Южный** обход <script>alert(1)</script> [сюда](javascript:alert(1))";
    let written = publish(&editor, "Новая АЗС </title><script>", body, "ru").await;
    let draft = json!({ "title": "Черновик", "body": "х", "language": "ru", "published": false });
    let draft = editor.post("/v1/staff/news", draft).await.expect(201);
    publish(&editor, "In English", "Hello", "en").await;
    let slug = written["slug"].as_str().unwrap();
    for path in ["/", "/news"] {
        let html = page(&stranger, path).await;
        assert!(html.contains(&format!("href=\"/news/{slug}\"")) && !html.contains("Черновик"), "{path}");
        assert!(!html.contains("In English") && !html.contains("<script>"), "{path}");
    }
    assert!(page(&stranger, "/en/news").await.contains("In English"));
    let html = page(&stranger, &format!("/news/{slug}")).await;
    assert!(html.contains("<strong>Южный</strong>") && html.contains("<h2>Где</h2>"));
    assert!(!html.contains("<script>") && !html.contains("javascript:"), "{html}");
    assert!(html.contains("\"@type\":\"NewsArticle\"") && html.contains(" 20"), "a date stands by it");
    assert!(!html.contains("hreflang=\"x-default\""), "it is written in one language");
    let map = text(&stranger.get("/sitemap.xml").await);
    assert!(map.contains(&format!("/news/{slug}</loc>")) && !map.contains(draft["slug"].as_str().unwrap()));
    for absent in [format!("/news/{}", draft["slug"].as_str().unwrap()), "/news/none-000000000000".to_owned()] {
        assert_eq!(stranger.get(&absent).await.status, 404, "{absent}");
    }
    // The address of an earlier title, and of the other language, lead to the piece's own.
    let edit = editor.ask(Method::PATCH, &format!("/v1/staff/news/{}", written["id"].as_str().unwrap()));
    let edited = edit.header("if-match", "*").json(&json!({ "title": "Старая АЗС" })).send().await.expect(200);
    let own = format!("/news/{}\"", edited["slug"].as_str().unwrap());
    for old in [format!("/news/{slug}"), format!("/en/news/{slug}")] {
        assert!(
            page(&stranger, &old).await.contains(&format!("rel=\"canonical\" href=\"{}", world.stack().base_url)),
            "{old}"
        );
        assert!(page(&stranger, &old).await.contains(&own), "{old}");
    }
}

#[tokio::test]
async fn a_text_is_shown_to_its_writer_as_the_site_will_show_it() {
    let world = World::start().await;
    let (editor, stranger) = (world.staff(Role::StaffEditor).await, world.stranger());
    let body = "# Где\n\n**Южный** <b>обход</b> [сюда](javascript:x) [туда](/stations)\n\n|a|b|\n|:-:|-|\n|1|2|";
    let shown = editor.post("/v1/staff/markdown", json!({ "body": body })).await.expect(200);
    let shown = shown["html"].as_str().unwrap().trim();
    assert!(shown.starts_with("<h2>Где</h2>") && !shown.contains("<b>") && !shown.contains("style="), "{shown}");
    let written = publish(&editor, "Новая АЗС", body, "ru").await;
    let html = page(&stranger, &format!("/news/{}", written["slug"].as_str().unwrap())).await;
    assert!(html.contains(shown), "{html}");
}

#[tokio::test]
async fn news_go_on_for_pages() {
    let world = World::start().await;
    let (editor, stranger) = (world.staff(Role::StaffEditor).await, world.stranger());
    for n in 0..23 {
        publish(&editor, &format!("Новость {n}"), "х", "ru").await;
    }
    let first = page(&stranger, "/news").await;
    let older = first.split("href=\"/news?cursor=").nth(1).and_then(|rest| rest.split('"').next()).expect("older ones");
    let second = page(&stranger, &format!("/news?cursor={older}")).await;
    let count = |html: &str| html.matches("<time ").count();
    assert_eq!((count(&first), count(&second)), (20, 3));
    assert!(!second.contains("?cursor=") && second.contains("К самым новым"));
    assert_eq!(count(&page(&stranger, "/news?cursor=forged").await), 20, "a cursor of nowhere is the beginning");
}

#[tokio::test]
async fn a_stations_page_says_its_hours_what_was_written_and_that_it_is_closed() {
    let world = World::start().await;
    world.pump().await;
    let (editor, operator) = (world.staff(Role::StaffEditor).await, world.staff(Role::StaffOperator).await);
    let told = json!({ "description": { "ru": "Есть **детская** комната", "en": "A *room* for children" } });
    editor
        .ask(Method::PATCH, "/v1/staff/stations/12/page")
        .header("if-match", "*")
        .json(&told)
        .send()
        .await
        .expect(200);
    let stranger = world.stranger();
    assert!(page(&stranger, "/").await.contains("71,90\u{a0}₽"));
    let closed = json!({ "hours": "с 6 до 23", "closed": true });
    operator.ask(Method::PATCH, "/v1/staff/stations/12").header("if-match", "*").json(&closed).send().await.expect(200);
    let html = page(&stranger, "/stations/12").await;
    for words in ["с 6 до 23", "<strong>детская</strong>", "Временно не работает"] {
        assert!(html.contains(words), "{words}");
    }
    assert!(page(&stranger, "/en/stations/12").await.contains("<em>room</em>"));
    assert!(page(&stranger, "/stations").await.contains("Временно не работает"));
    assert!(!page(&stranger, "/").await.contains("71,90"), "nobody is called to a closed station by its price");
}

const FORM: [(&str, &str); 6] = [
    ("name", "Пётр Иванов"),
    ("how", "phone"),
    ("email", "not looked at"),
    ("phone", "+7 865 218-42-25"),
    ("body", "Когда откроется <b>АЗС</b>?"),
    ("website", ""),
];

async fn send(caller: &Caller, path: &str, changed: &[(&str, &str)]) -> Answer {
    let value = |name: &str, kept| changed.iter().find(|(field, _)| *field == name).map_or(kept, |(_, value)| *value);
    let form: Vec<_> = FORM.iter().map(|(name, kept)| (*name, value(name, *kept))).collect();
    caller.ask(Method::POST, path).form(&form).send().await
}

#[tokio::test]
async fn a_message_is_sent_without_a_script() {
    let world = World::start().await;
    let (stranger, admin) = (world.stranger(), world.admin().await);
    let thanked = send(&stranger, "/contacts", &[]).await;
    assert!(thanked.status == 200 && text(&thanked).contains("Сообщение отправлено"), "{thanked}");
    let by_mail = [("how", "email"), ("email", " anna@people.example "), ("phone", "")];
    let thanked = send(&stranger, "/en/contacts", &by_mail).await;
    assert!(text(&thanked).contains("The message is sent"), "{thanked}");
    let kept = admin.get("/v1/staff/messages").await.expect(200)["items"].clone();
    let told: Vec<_> =
        kept.as_array().unwrap().iter().map(|one| (one["email"].clone(), one["phone"].clone())).collect();
    assert!(told.contains(&(json!("anna@people.example"), Value::Null)), "{kept}");
    assert!(told.iter().any(|(email, phone)| email.is_null() && phone.is_string()), "{kept}");
}

#[tokio::test]
async fn a_message_that_is_wrong_comes_back_with_what_was_typed_and_what_to_correct() {
    let world = World::start().await;
    let (stranger, admin) = (world.stranger(), world.admin().await);
    for (changed, field) in [
        (vec![("name", " ")], "name"),
        (vec![("phone", "later")], "phone"),
        (vec![("how", "email"), ("email", "a@b.example\r\nBcc: x@evil.example")], "email"),
        (vec![("how", "email")], "email"),
        (vec![("body", "")], "body"),
    ] {
        let answer = send(&stranger, "/contacts", &changed).await;
        let html = text(&answer);
        assert_eq!(answer.status, 422, "{changed:?}");
        assert!(html.contains(&format!("id=\"{field}-wrong\"")) && html.contains("role=\"alert\""), "{changed:?}");
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{changed:?}");
        assert!(field == "body" || html.contains("Когда откроется &lt;b&gt;АЗС&lt;/b&gt;?"), "{changed:?}");
    }
    let cross =
        stranger.ask(Method::POST, "/contacts").header("origin", "https://elsewhere.example").form(&FORM).send().await;
    assert_eq!(cross.status, 403, "another site's form");
    let trapped = send(&stranger, "/contacts", &[("website", "https://spam.example")]).await;
    assert_eq!(trapped.status, 200, "a machine is thanked too");
    assert_eq!(admin.get("/v1/staff/messages").await.expect(200)["items"], json!([]));
    let huge = stranger.ask(Method::POST, "/contacts").form(&[("body", "x".repeat(70_000).as_str())]).send().await;
    assert_eq!(huge.status, 413);
}

#[tokio::test]
async fn who_writes_too_much_is_told_to_wait_and_keeps_what_was_typed() {
    let world = World::start().await;
    let stranger = world.stranger();
    for _ in 0..5 {
        assert_eq!(send(&stranger, "/contacts", &[]).await.status, 200);
    }
    let refused = send(&stranger, "/contacts", &[]).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 60));
    assert!(text(&refused).contains("Подождите час") && text(&refused).contains("+7 865 218-42-25"));
}
