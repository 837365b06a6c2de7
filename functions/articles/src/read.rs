//! Articles, for whoever is signed in.

use axum::Extension;
use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::article::{ArticleId, Slug};
use oktan_shared::domain::news::Language;
use oktan_shared::http::{Json, List, Path, Problem, Query, Settled};
use oktan_shared::table::Article;
use oktan_shared::wire::LanguageName;
use serde::Deserialize;
use std::sync::Arc;

use crate::names::CategoryName;
use crate::shelf::Shelf;
use crate::view::{ArticleItem, ArticleView};

/// Which articles.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArticleFilter {
    /// About these words, in any of their forms, the best first.
    q: Option<String>,
    /// Of this category.
    #[param(inline, value_type = Option<CategoryName>)]
    category: Option<CategoryName>,
    /// In this language; in Russian unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<LanguageName>)]
    language: LanguageName,
}

/// In which language.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArticleLanguage {
    /// In Russian unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<LanguageName>)]
    language: LanguageName,
}

/// Published articles that are for the caller: all by category and title, or those that a search finds, the best first.
#[utoipa::path(
    get, path = "/v1/articles", tag = "articles", operation_id = "list_articles", params(ArticleFilter),
    responses((status = 200, body = List<ArticleItem>)), security(("session" = ["SignedIn"])),
)]
pub async fn list(
    State(app): State<App>,
    me: Settled,
    Extension(shelf): Extension<Arc<Shelf>>,
    Query(filter): Query<ArticleFilter>,
) -> Result<Json<List<ArticleItem>>, Problem> {
    let kept = shelf.of(&app, filter.language.into()).await?;
    let query = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let found = kept.find(query, |article| {
        let of_category = filter.category.is_none_or(|category| article.category == category.into());
        of_category && is_for(article, &me)
    });
    Ok(Json(List::whole(found.into_iter().map(ArticleItem::from).collect())))
}

/// A published article that is for the caller, in the language that is asked for if it is there, else in the other.
#[utoipa::path(
    get, path = "/v1/articles/{slug}", tag = "articles", operation_id = "read_article",
    params(("slug" = String, Path), ArticleLanguage), responses((status = 200, body = ArticleView)),
    security(("session" = ["SignedIn"])),
)]
pub async fn read(
    State(app): State<App>,
    me: Settled,
    Path(slug): Path<Slug>,
    Query(wanted): Query<ArticleLanguage>,
) -> Result<Json<ArticleView>, Problem> {
    let mut found: Vec<Article> = Vec::new();
    for language in [Language::Ru, Language::En] {
        let article = app.table.article(&ArticleId { slug: slug.clone(), language }).await?;
        found.extend(article.filter(|article| is_for(article, &me)));
    }
    let languages = found.iter().map(|article| article.id.language.into()).collect();
    let own = found.iter().position(|article| article.id.language == wanted.language.into());
    let article = found.into_iter().nth(own.unwrap_or_default()).ok_or_else(Problem::not_found)?;
    Ok(Json(ArticleView::of(article, languages)))
}

fn is_for(article: &Article, me: &Settled) -> bool {
    article.published && article.audience.includes(me.who.role.is_staff())
}
