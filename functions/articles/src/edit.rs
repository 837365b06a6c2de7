//! Writing articles.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::article::{ArticleId, Audience, Category, Slug};
use oktan_shared::domain::text::{Markdown, Title};
use oktan_shared::http::{IfMatch, Json, Path, Problem, Staff, grant, with_etag};
use oktan_shared::journal::Act;
use oktan_shared::table::{Article, pause};
use oktan_shared::wire::LanguageName;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::names::{AudienceName, CategoryName};
use crate::shelf::Shelf;
use crate::view::StaffArticle;

/// Articles of a language: what is read at once and kept by each process.
const ARTICLES_MAX: usize = 300;
/// Writes of one article that may be in each other's way before the caller is told to try again.
pub const ATTEMPTS_MAX: u32 = 8;

/// A new article.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleAsk {
    /// The end of its address, the same in both languages: small Latin letters, digits, hyphens.
    slug: Slug,
    title: Title,
    /// Markdown.
    body: Markdown,
    language: LanguageName,
    /// `how_to` unless said.
    category: Option<CategoryName>,
    /// `clients` unless said.
    audience: Option<AudienceName>,
    /// `false` for a draft; published unless said.
    published: Option<bool>,
}

/// A change of an article; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleEditAsk {
    title: Option<Title>,
    /// Markdown.
    body: Option<Markdown>,
    category: Option<CategoryName>,
    audience: Option<AudienceName>,
    /// `false` for a draft.
    published: Option<bool>,
}

/// Writes an article. One of this slug and language that was removed goes on with its versions.
#[utoipa::path(
    post, path = "/v1/staff/articles", tag = "staff", operation_id = "create_article", request_body = ArticleAsk,
    responses((status = 201, body = StaffArticle)), security(("session" = ["Content"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Json(ask): Json<ArticleAsk>,
) -> Result<Response, Problem> {
    let id = ArticleId { slug: ask.slug, language: ask.language.into() };
    if shelf.of(&app, id.language).await?.len() >= ARTICLES_MAX {
        return Err(Problem::conflict("articles_full", "there are as many articles as there may be"));
    }
    let last = app.table.article_versions(&id).await?.first().map_or(0, |last| last.article.version);
    let now = app.clock.now();
    let article = Article {
        id,
        category: ask.category.map_or(Category::HowTo, Category::from),
        audience: ask.audience.map_or(Audience::Clients, Audience::from),
        title: ask.title,
        body: ask.body,
        published: ask.published.unwrap_or(true),
        created_at: now,
        updated_at: now,
        version: last.saturating_add(1),
    };
    let act = act(&who, now, "article.create", &article.id, Value::Null, facts(&article));
    if !app.table.create_article(&article, &act).await? {
        return Err(Problem::conflict("article_taken", "there is an article of this slug in this language"));
    }
    Ok((StatusCode::CREATED, answer(article)).into_response())
}

/// Changes an article; what it was stays among its versions.
#[utoipa::path(
    patch, path = "/v1/staff/articles/{id}", tag = "staff", operation_id = "edit_article",
    params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = ArticleEditAsk,
    responses((status = 200, body = StaffArticle)), security(("session" = ["Content"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path(id): Path<ArticleId>,
    edition: Option<IfMatch>,
    Json(ask): Json<ArticleEditAsk>,
) -> Result<Response, Problem> {
    let edition = edition.unwrap_or(IfMatch::ANY);
    change(&app, &who, &id, edition, "article.edit", |before| ask.on(before)).await
}

/// Removes an article; its versions stay.
#[utoipa::path(
    delete, path = "/v1/staff/articles/{id}", tag = "staff", operation_id = "delete_article",
    params(("id" = String, Path)), responses((status = 204)), security(("session" = ["Content"])),
)]
pub async fn delete(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path(id): Path<ArticleId>,
) -> Result<StatusCode, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = app.table.article(&id).await?.ok_or_else(Problem::not_found)?;
        let act = act(&who, app.clock.now(), "article.delete", &id, facts(&before), Value::Null);
        if app.table.delete_article(&before, &act).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Makes an article what `after` says of it as it is, as its next version.
pub async fn change(
    app: &App,
    who: &Staff<grant::Content>,
    id: &ArticleId,
    edition: IfMatch,
    action: &str,
    after: impl Fn(&Article) -> Article,
) -> Result<Response, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = app.table.article(id).await?.ok_or_else(Problem::not_found)?;
        edition.meets(before.version)?;
        let after = after(&before);
        if after == before {
            return Ok(answer(before));
        }
        let now = app.clock.now();
        let next = Article { version: before.version.saturating_add(1), updated_at: now, ..after };
        let act = act(who, now, action, id, facts(&before), facts(&next));
        if app.table.edit_article(before.version, &next, &act).await? {
            return Ok(answer(next));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

fn act(
    who: &Staff<grant::Content>,
    at: DateTime<Utc>,
    action: &str,
    id: &ArticleId,
    before: Value,
    after: Value,
) -> Act {
    let (actor, subject) = (who.actor(), format!("article {id}"));
    Act { at, actor, action: action.to_owned(), subject, before, after, reason: String::new() }
}

/// What the journal says of an article. Its text is among its versions.
fn facts(article: &Article) -> Value {
    json!({
        "title": article.title, "category": article.category, "audience": article.audience,
        "published": article.published, "version": article.version,
    })
}

fn answer(article: Article) -> Response {
    with_etag(article.version, Json(StaffArticle::from(article)))
}

impl ArticleEditAsk {
    fn on(&self, before: &Article) -> Article {
        Article {
            title: self.title.clone().unwrap_or_else(|| before.title.clone()),
            body: self.body.clone().unwrap_or_else(|| before.body.clone()),
            category: self.category.map_or(before.category, Category::from),
            audience: self.audience.map_or(before.audience, Audience::from),
            published: self.published.unwrap_or(before.published),
            ..before.clone()
        }
    }
}
