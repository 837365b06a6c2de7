//! The information base: what is written is found by any form of its words, and read by whom it is for.

use oktan_tests::{Answer, Caller, Role, Value, World, json};

const DESK: &str = "/v1/staff/articles";

async fn article(by: &Caller, slug: &str, language: &str, title: &str, body: &str) -> Value {
    let ask = json!({ "slug": slug, "title": title, "body": body, "language": language });
    by.post(DESK, ask).await.expect(201)
}

async fn slugs(by: &Caller, query: &str) -> Vec<String> {
    let found = by.get(&format!("/v1/articles{query}")).await.expect(200);
    found["items"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect()
}

async fn edit(by: &Caller, id: &str, change: Value) -> Answer {
    by.ask(reqwest::Method::PATCH, &format!("{DESK}/{id}")).json(&change).send().await
}

#[tokio::test]
async fn an_article_is_found_by_any_form_of_its_words_the_title_first() {
    let world = World::start().await;
    let (editor, company) = (world.staff(Role::StaffEditor).await, world.company().create().await);
    article(&editor, "limits", "ru", "Лимиты карты", "Потолок литров и рублей за сутки.").await;
    article(&editor, "budget", "ru", "Бюджет", "Доли карт; лимит — потолок.").await;
    article(&editor, "limits", "en", "Card limits", "A cap on litres and roubles a day.").await;
    let viewer = company.user(Role::Viewer).await;
    for query in ["лимит", "ЛИМИТОВ", "лимитами", "лим"] {
        assert_eq!(slugs(&viewer, &format!("?q={query}")).await, ["limits", "budget"], "{query}");
    }
    assert_eq!(slugs(&viewer, "?q=бюджетом").await, ["budget"]);
    assert_eq!(slugs(&viewer, "?q=вертолёт").await, Vec::<String>::new());
    assert_eq!(slugs(&viewer, "?q=limit&language=en").await, ["limits"]);
    assert_eq!(slugs(&viewer, "?q=%20").await, ["budget", "limits"], "no words: all of them");
    assert_eq!(slugs(&viewer, "?category=forms").await, Vec::<String>::new());
    edit(&editor, "budget.ru", json!({ "category": "forms" })).await.expect(200);
    assert_eq!(slugs(&viewer, "?category=forms").await, ["budget"], "a change is seen at once");
    assert_eq!(slugs(&viewer, "").await, ["limits", "budget"], "by category");
    viewer.get("/v1/articles?language=fr").await.field("language", "unknown_value");
}

#[tokio::test]
async fn an_article_is_read_in_the_language_that_there_is_and_can_do_nothing_but_be_read() {
    let world = World::start().await;
    let (editor, company) = (world.staff(Role::StaffEditor).await, world.company().create().await);
    let evil = "**Текст**\n\n<script>alert(1)</script> [x](javascript:alert(1))";
    article(&editor, "limits", "ru", "Лимиты <b>", evil).await;
    let owner = company.owner().await;
    let read = owner.get("/v1/articles/limits?language=en").await.expect(200);
    assert_eq!((&read["language"], &read["languages"]), (&json!("ru"), &json!(["ru"])));
    assert_eq!((&read["title"], &read["body"]), (&json!("Лимиты <b>"), &json!(evil)));
    let html = read["html"].as_str().unwrap();
    assert!(
        html.starts_with("<p><strong>Текст</strong></p>") && !html.contains("<script") && !html.contains("href"),
        "{html}"
    );
    article(&editor, "limits", "en", "Limits", "Text").await;
    let read = owner.get("/v1/articles/limits?language=en").await.expect(200);
    assert_eq!((&read["title"], &read["languages"]), (&json!("Limits"), &json!(["ru", "en"])));
    assert_eq!(owner.get("/v1/articles/limits").await.expect(200)["title"], "Лимиты <b>");
    for absent in ["budget", "Limits", "limits.ru", "%00"] {
        owner.get(&format!("/v1/articles/{absent}")).await.problem(404, "not_found");
    }
    world.stranger().get("/v1/articles").await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn a_draft_or_what_is_for_the_staff_is_not_there_for_anybody_else() {
    let world = World::start().await;
    let (editor, company) = (world.staff(Role::StaffEditor).await, world.company().create().await);
    for (slug, change) in [("draft", json!({ "published": false })), ("inside", json!({ "audience": "staff" }))] {
        let mut ask = json!({ "slug": slug, "title": "Секретный регламент", "body": "Внутри", "language": "ru" });
        ask.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        editor.post(DESK, ask).await.expect(201);
    }
    let (owner, operator) = (company.owner().await, world.staff(Role::StaffOperator).await);
    for slug in ["draft", "inside"] {
        owner.get(&format!("/v1/articles/{slug}")).await.problem(404, "not_found");
        owner.get(&format!("{DESK}/{slug}.ru")).await.problem(403, "forbidden");
    }
    for query in ["", "?q=регламента"] {
        assert_eq!(slugs(&owner, query).await, Vec::<String>::new());
        assert_eq!(slugs(&operator, query).await, ["inside"]);
    }
    operator.get("/v1/articles/inside").await.expect(200);
    operator.get("/v1/articles/draft").await.problem(404, "not_found");
    operator.get(DESK).await.problem(403, "forbidden");
    edit(&editor, "draft.ru", json!({ "published": true })).await.expect(200);
    owner.get("/v1/articles/draft").await.expect(200);
    edit(&editor, "draft.ru", json!({ "published": false })).await.expect(200);
    owner.get("/v1/articles/draft").await.problem(404, "not_found");
    assert_eq!(slugs(&owner, "").await, Vec::<String>::new());
}

#[tokio::test]
async fn every_version_is_kept_and_any_of_them_comes_back() {
    let world = World::start().await;
    let editor = world.staff(Role::StaffEditor).await;
    let first = article(&editor, "limits", "ru", "Лимиты", "Первый").await;
    assert_eq!((&first["id"], &first["version"]), (&json!("limits.ru"), &json!(1)));
    let taken = json!({ "slug": "limits", "title": "х", "body": "х", "language": "ru" });
    editor.post(DESK, taken.clone()).await.problem(409, "article_taken");
    let path = format!("{DESK}/limits.ru");
    let read = editor.get(&path).await;
    let tag = read.etag();
    let saved = editor.ask(reqwest::Method::PATCH, &path).header("if-match", &tag).json(&json!({ "body": "Второй" }));
    assert_eq!(saved.send().await.expect(200)["version"], 2);
    let stale = editor.ask(reqwest::Method::PATCH, &path).header("if-match", &tag).json(&json!({ "body": "Третий" }));
    stale.send().await.problem(412, "stale");
    assert_eq!(
        edit(&editor, "limits.ru", json!({ "body": "Второй" })).await.expect(200)["version"],
        2,
        "nothing changed"
    );

    let versions = editor.get(&format!("{path}/versions")).await.expect(200);
    let numbers: Vec<_> = versions["items"].as_array().unwrap().iter().map(|one| one["version"].clone()).collect();
    assert_eq!((numbers, &versions["items"][0]["by"]), (vec![json!(2), json!(1)], &json!("staff-editor")));
    assert_eq!(editor.get(&format!("{path}/versions/1")).await.expect(200)["body"], "Первый");
    for absent in ["0", "3", "x"] {
        editor.get(&format!("{path}/versions/{absent}")).await.problem(404, "not_found");
    }
    let restored = editor.post_nothing(&format!("{path}/versions/1/restore")).await.expect(200);
    assert_eq!((&restored["body"], &restored["version"]), (&json!("Первый"), &json!(3)));
    editor.delete(&path).await.expect(204);
    editor.get(&path).await.problem(404, "not_found");
    assert_eq!(editor.get(&format!("{path}/versions")).await.expect(200)["items"].as_array().unwrap().len(), 3);
    assert_eq!(editor.post(DESK, taken).await.expect(201)["version"], 4, "it goes on with its versions");
    editor.get(&format!("{DESK}/other.ru/versions")).await.problem(404, "not_found");
    let acts = world.admin().await.all("/v1/staff/journal?q=article.", 100).await;
    let acts: Vec<_> = acts.iter().map(|act| act["action"].as_str().unwrap().to_owned()).collect();
    assert_eq!(acts, ["article.create", "article.delete", "article.restore", "article.edit", "article.create"]);
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let world = World::start().await;
    let editor = world.staff(Role::StaffEditor).await;
    for slug in ["", "Лимиты", "a--b", "A"] {
        let ask = json!({ "slug": slug, "title": "х", "body": "х", "language": "ru" });
        editor.post(DESK, ask).await.field("slug", "slug_malformed");
    }
    let ask = json!({ "slug": "a", "title": "х", "body": "х", "language": "ru" });
    world.staff(Role::StaffOperator).await.post(DESK, ask).await.problem(403, "forbidden");
    edit(&editor, "none.ru", json!({ "title": "х" })).await.problem(404, "not_found");
    editor.delete(&format!("{DESK}/none.ru")).await.problem(404, "not_found");
}
