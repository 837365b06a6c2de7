//! News, for anyone.

use crate::stations::kept;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Utc};
use oktan_shared::domain::text::{Markdown, Title};
use oktan_shared::http::{Cursor, List, Page, Path, Problem, Query};
use oktan_shared::table::News;
use oktan_shared::wire::LanguageName;
use oktan_shared::{App, markdown};
use serde::{Deserialize, Serialize};

/// Characters of what a list says of a piece.
const SUMMARY_MAX: usize = 240;

/// Which news, and how many.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewsFilter {
    /// In this language; in Russian unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<LanguageName>)]
    language: LanguageName,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// A piece of news in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NewsItem {
    /// The end of its address.
    slug: String,
    title: Title,
    /// Its first words, without Markdown.
    summary: String,
    language: LanguageName,
    #[schema(value_type = DateTime<Utc>)]
    published_at: Option<DateTime<Utc>>,
}

/// A piece of news.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NewsView {
    /// The end of its address, as it is now.
    slug: String,
    title: Title,
    /// Markdown.
    body: Markdown,
    language: LanguageName,
    #[schema(value_type = DateTime<Utc>)]
    published_at: Option<DateTime<Utc>>,
}

/// What is published, the newest first.
#[utoipa::path(
    get, path = "/v1/public/news", tag = "public", operation_id = "list_news", params(NewsFilter),
    responses((status = 200, body = List<NewsItem>)),
)]
pub async fn list(
    State(app): State<App>,
    headers: HeaderMap,
    Query(filter): Query<NewsFilter>,
) -> Result<Response, Problem> {
    let list = ["news", filter.language.as_str()];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let (now, limit) = (app.clock.now(), filter.limit.limit());
    let (news, next) = app.table.news_published(filter.language.into(), now, limit, after.as_ref()).await?;
    let next_cursor = next.map(|position| Cursor::seal(&app, &list, &position));
    kept(&app, &headers, List { items: news.into_iter().map(NewsItem::from).collect(), next_cursor })
}

/// A piece of news, by its address; an address of an earlier title finds it too.
#[utoipa::path(
    get, path = "/v1/public/news/{slug}", tag = "public", operation_id = "read_news",
    params(("slug" = String, Path)), responses((status = 200, body = NewsView)),
)]
pub async fn read(State(app): State<App>, headers: HeaderMap, Path(slug): Path<String>) -> Result<Response, Problem> {
    let news = app.table.news_by_slug(&slug, app.clock.now()).await?.ok_or_else(Problem::not_found)?;
    let view = NewsView {
        slug: news.slug(),
        title: news.title,
        body: news.body,
        language: news.language.into(),
        published_at: news.published_at,
    };
    kept(&app, &headers, view)
}

impl From<News> for NewsItem {
    fn from(news: News) -> Self {
        Self {
            slug: news.slug(),
            title: news.title,
            summary: markdown::to_text(news.body.as_str(), SUMMARY_MAX),
            language: news.language.into(),
            published_at: news.published_at,
        }
    }
}
