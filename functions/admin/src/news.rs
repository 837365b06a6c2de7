//! News, as the staff write them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::auth::random_bytes;
use oktan_shared::domain::news::{Language, NewsId};
use oktan_shared::domain::text::{Markdown, Title};
use oktan_shared::http::{IfMatch, Json, List, PageQuery, Path, Problem, Query, Staff, grant, with_etag};
use oktan_shared::journal::{Act, differences};
use oktan_shared::table::{News, pause};
use oktan_shared::wire::LanguageName;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::stations::ATTEMPTS_MAX;

/// A piece of news, draft or published.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NewsDetails {
    #[schema(value_type = String)]
    id: NewsId,
    /// The end of its address; follows the title.
    slug: String,
    title: Title,
    /// Markdown.
    body: Markdown,
    language: LanguageName,
    /// From when on the public reads it; `null` for a draft.
    #[schema(required)]
    published_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

/// A new piece. It is published at once, unless another instant or `published: false` is given.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewsAsk {
    title: Title,
    /// Markdown.
    body: Markdown,
    language: LanguageName,
    /// `false` for a draft.
    published: Option<bool>,
    /// From when on the public reads it; may lie ahead.
    published_at: Option<DateTime<Utc>>,
}

/// A change of a piece; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewsEditAsk {
    title: Option<Title>,
    /// Markdown.
    body: Option<Markdown>,
    language: Option<LanguageName>,
    /// `true`: from now on unless it is already or an instant is given; `false`: a draft again.
    published: Option<bool>,
    /// From when on the public reads it; may lie ahead.
    published_at: Option<DateTime<Utc>>,
}

/// All news, drafts too, the newest first.
#[utoipa::path(
    get, path = "/v1/staff/news", tag = "staff", operation_id = "list_staff_news", params(PageQuery),
    responses((status = 200, body = List<NewsDetails>)), security(("session" = ["Content"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Query(page): Query<PageQuery>,
) -> Result<Json<List<NewsDetails>>, Problem> {
    let list = ["staff news"];
    let after = page.after(&app, &list)?;
    let (news, end) = app.table.news_for_staff(page.limit.limit(), after.as_ref()).await?;
    Ok(Json(List::page(&app, &list, news.into_iter().map(NewsDetails::from).collect(), end)))
}

/// A piece of news.
#[utoipa::path(
    get, path = "/v1/staff/news/{id}", tag = "staff", operation_id = "read_staff_news",
    params(("id" = String, Path)), responses((status = 200, body = NewsDetails)), security(("session" = ["Content"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Path(id): Path<NewsId>,
) -> Result<Response, Problem> {
    Ok(answer(app.table.news(&id).await?.ok_or_else(Problem::not_found)?))
}

/// Writes a piece of news.
#[utoipa::path(
    post, path = "/v1/staff/news", tag = "staff", operation_id = "create_news", request_body = NewsAsk,
    responses((status = 201, body = NewsDetails)), security(("session" = ["Content"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Json(ask): Json<NewsAsk>,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    let news = News {
        id: NewsId::from_random(random_bytes()),
        title: ask.title,
        body: ask.body,
        language: ask.language.into(),
        published_at: ask.published.unwrap_or(true).then(|| ask.published_at.unwrap_or(now)),
        created_at: now,
        edition: 0,
    };
    let act = act(&app, &who, "news.create", &news, Value::Null, facts(&news));
    if !app.table.create_news(&news, &act).await? {
        return Err(Problem::unavailable());
    }
    let written = answer(News { edition: 1, ..news });
    Ok((StatusCode::CREATED, written).into_response())
}

/// Changes a piece of news.
#[utoipa::path(
    patch, path = "/v1/staff/news/{id}", tag = "staff", operation_id = "edit_news",
    params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = NewsEditAsk,
    responses((status = 200, body = NewsDetails)), security(("session" = ["Content"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path(id): Path<NewsId>,
    edition: Option<IfMatch>,
    Json(ask): Json<NewsEditAsk>,
) -> Result<Response, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = app.table.news(&id).await?.ok_or_else(Problem::not_found)?;
        edition.unwrap_or(IfMatch::ANY).meets(before.edition)?;
        let after = ask.on(&before, app.clock.now());
        let (was, is) = differences(&facts(&before), &facts(&after));
        if is.is_empty() {
            return Ok(answer(before));
        }
        let act = act(&app, &who, "news.edit", &after, Value::Object(was), Value::Object(is));
        if app.table.edit_news(&after, &act).await? {
            return Ok(answer(News { edition: before.edition.saturating_add(1), ..after }));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Removes a piece of news; the journal keeps what it said.
#[utoipa::path(
    delete, path = "/v1/staff/news/{id}", tag = "staff", operation_id = "delete_news",
    params(("id" = String, Path)), responses((status = 204)), security(("session" = ["Content"])),
)]
pub async fn delete(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path(id): Path<NewsId>,
) -> Result<StatusCode, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = app.table.news(&id).await?.ok_or_else(Problem::not_found)?;
        let act = act(&app, &who, "news.delete", &before, facts(&before), Value::Null);
        if app.table.delete_news(&before, &act).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

fn act(app: &App, who: &Staff<grant::Content>, action: &str, news: &News, before: Value, after: Value) -> Act {
    Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: action.to_owned(),
        subject: format!("news {}", news.id),
        before,
        after,
        reason: String::new(),
    }
}

fn facts(news: &News) -> Value {
    json!({
        "title": news.title, "body": news.body, "language": news.language, "published_at": news.published_at,
    })
}

fn answer(news: News) -> Response {
    with_etag(news.edition, Json(NewsDetails::from(news)))
}

impl NewsEditAsk {
    fn on(&self, before: &News, now: DateTime<Utc>) -> News {
        let published_at = match self.published {
            Some(false) => None,
            Some(true) => self.published_at.or(before.published_at).or(Some(now)),
            None => self.published_at.or(before.published_at),
        };
        News {
            title: self.title.clone().unwrap_or_else(|| before.title.clone()),
            body: self.body.clone().unwrap_or_else(|| before.body.clone()),
            language: self.language.map_or(before.language, Language::from),
            published_at,
            ..before.clone()
        }
    }
}

impl From<News> for NewsDetails {
    fn from(news: News) -> Self {
        Self {
            slug: news.slug(),
            id: news.id,
            title: news.title,
            body: news.body,
            language: news.language.into(),
            published_at: news.published_at,
            created_at: news.created_at,
        }
    }
}
