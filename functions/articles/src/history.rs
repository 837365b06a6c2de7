//! What an article was before.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::article::ArticleId;
use oktan_shared::domain::text::{Login, Markdown, Title};
use oktan_shared::http::{Json, List, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::markdown;
use oktan_shared::table::{Article, ArticleVersion};
use oktan_shared::wire::NothingAsk;
use serde::Serialize;

use crate::edit::change;
use crate::names::{AudienceName, CategoryName};
use crate::view::StaffArticle;

/// A version of an article.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ArticleVersionItem {
    version: u32,
    at: DateTime<Utc>,
    /// Who made it so, by their login then.
    by: Login,
    title: Title,
    category: CategoryName,
    audience: AudienceName,
    published: bool,
}

/// A version of an article with its text.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ArticleVersionView {
    #[serde(flatten)]
    version: ArticleVersionItem,
    /// Markdown.
    body: Markdown,
    /// The same as HTML without anything that acts.
    html: String,
}

impl From<&ArticleVersion> for ArticleVersionItem {
    fn from(version: &ArticleVersion) -> Self {
        let article = &version.article;
        Self {
            version: article.version,
            at: article.updated_at,
            by: version.by.login.clone(),
            title: article.title.clone(),
            category: article.category.into(),
            audience: article.audience.into(),
            published: article.published,
        }
    }
}

/// The newest hundred versions of an article, the newest first; of one that was removed too.
#[utoipa::path(
    get, path = "/v1/staff/articles/{id}/versions", tag = "staff", operation_id = "list_article_versions",
    params(("id" = String, Path)), responses((status = 200, body = List<ArticleVersionItem>)),
    security(("session" = ["Content"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Path(id): Path<ArticleId>,
) -> Result<Json<List<ArticleVersionItem>>, Problem> {
    let versions = app.table.article_versions(&id).await?;
    if versions.is_empty() {
        return Err(Problem::not_found());
    }
    Ok(Json(List::whole(versions.iter().map(ArticleVersionItem::from).collect())))
}

/// A version of an article.
#[utoipa::path(
    get, path = "/v1/staff/articles/{id}/versions/{version}", tag = "staff", operation_id = "read_article_version",
    params(("id" = String, Path), ("version" = u32, Path)), responses((status = 200, body = ArticleVersionView)),
    security(("session" = ["Content"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Path((id, version)): Path<(ArticleId, u32)>,
) -> Result<Json<ArticleVersionView>, Problem> {
    let found = app.table.article_version(&id, version).await?.ok_or_else(Problem::not_found)?;
    let html = markdown::to_html(found.article.body.as_str());
    Ok(Json(ArticleVersionView { version: (&found).into(), body: found.article.body, html }))
}

/// Makes an article say what it said in a version, as its next one; for whom it is, and whether it is published, stays.
#[utoipa::path(
    post, path = "/v1/staff/articles/{id}/versions/{version}/restore", tag = "staff",
    operation_id = "restore_article_version", params(("id" = String, Path), ("version" = u32, Path)),
    request_body = Option<NothingAsk>, responses((status = 200, body = StaffArticle)),
    security(("session" = ["Content"])),
)]
pub async fn restore(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path((id, version)): Path<(ArticleId, u32)>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Response, Problem> {
    let was = app.table.article_version(&id, version).await?.ok_or_else(Problem::not_found)?.article;
    let any = oktan_shared::http::IfMatch::ANY;
    change(&app, &who, &id, any, "article.restore", |before| Article {
        title: was.title.clone(),
        body: was.body.clone(),
        category: was.category,
        ..before.clone()
    })
    .await
}
