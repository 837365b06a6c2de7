//! Articles, for those who write them.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::article::ArticleId;
use oktan_shared::http::{Json, List, Path, Problem, Query, Staff, grant, with_etag};
use oktan_shared::wire::LanguageName;
use serde::Deserialize;
use std::sync::Arc;

use crate::shelf::Shelf;
use crate::view::{StaffArticle, StaffArticleItem};

/// Which articles.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StaffArticleFilter {
    /// About these words, in any of their forms, the best first.
    q: Option<String>,
    /// In this language; in Russian unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<LanguageName>)]
    language: LanguageName,
}

/// All articles of a language, drafts too.
#[utoipa::path(
    get, path = "/v1/staff/articles", tag = "staff", operation_id = "list_staff_articles", params(StaffArticleFilter),
    responses((status = 200, body = List<StaffArticleItem>)), security(("session" = ["Content"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Query(filter): Query<StaffArticleFilter>,
) -> Result<Json<List<StaffArticleItem>>, Problem> {
    let kept = shelf.of(&app, filter.language.into()).await?;
    let query = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    Ok(Json(List::whole(kept.find(query, |_| true).into_iter().map(StaffArticleItem::from).collect())))
}

/// An article, draft or not.
#[utoipa::path(
    get, path = "/v1/staff/articles/{id}", tag = "staff", operation_id = "read_staff_article",
    params(("id" = String, Path)), responses((status = 200, body = StaffArticle)), security(("session" = ["Content"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Path(id): Path<ArticleId>,
) -> Result<Response, Problem> {
    let article = app.table.article(&id).await?.ok_or_else(Problem::not_found)?;
    Ok(with_etag(article.version, Json(StaffArticle::from(article))))
}
