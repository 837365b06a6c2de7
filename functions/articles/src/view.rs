//! Articles as the wire has them.

use chrono::{DateTime, Utc};
use oktan_shared::domain::article::{ArticleId, Slug};
use oktan_shared::domain::text::{Markdown, Title};
use oktan_shared::markdown;
use oktan_shared::table::Article;
use oktan_shared::wire::LanguageName;
use serde::Serialize;

use crate::names::{AudienceName, CategoryName};

/// Characters of what a list says of an article.
const SUMMARY_MAX: usize = 240;

/// An article in a reader's list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ArticleItem {
    /// The end of its address.
    slug: Slug,
    language: LanguageName,
    category: CategoryName,
    title: Title,
    /// Its first words, without Markdown.
    summary: String,
    updated_at: DateTime<Utc>,
}

/// An article to read.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ArticleView {
    slug: Slug,
    /// The one that was asked for, or the other where there is no other.
    language: LanguageName,
    /// In which it can be read.
    languages: Vec<LanguageName>,
    category: CategoryName,
    title: Title,
    /// Markdown.
    body: Markdown,
    /// The same as HTML without anything that acts.
    html: String,
    updated_at: DateTime<Utc>,
}

/// An article in the editors' list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffArticleItem {
    #[schema(value_type = String)]
    id: ArticleId,
    slug: Slug,
    language: LanguageName,
    category: CategoryName,
    audience: AudienceName,
    title: Title,
    /// `false` for a draft.
    published: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// Its number, which is the `ETag`; moves by every change.
    version: u32,
}

/// An article, draft or published.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffArticle {
    #[serde(flatten)]
    article: StaffArticleItem,
    /// Markdown.
    body: Markdown,
    /// The same as HTML without anything that acts.
    html: String,
}

impl From<&Article> for ArticleItem {
    fn from(article: &Article) -> Self {
        Self {
            slug: article.id.slug.clone(),
            language: article.id.language.into(),
            category: article.category.into(),
            title: article.title.clone(),
            summary: markdown::to_text(article.body.as_str(), SUMMARY_MAX),
            updated_at: article.updated_at,
        }
    }
}

impl ArticleView {
    pub fn of(article: Article, languages: Vec<LanguageName>) -> Self {
        Self {
            language: article.id.language.into(),
            slug: article.id.slug,
            languages,
            category: article.category.into(),
            title: article.title,
            html: markdown::to_html(article.body.as_str()),
            body: article.body,
            updated_at: article.updated_at,
        }
    }
}

impl From<&Article> for StaffArticleItem {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            slug: article.id.slug.clone(),
            language: article.id.language.into(),
            category: article.category.into(),
            audience: article.audience.into(),
            title: article.title.clone(),
            published: article.published,
            created_at: article.created_at,
            updated_at: article.updated_at,
            version: article.version,
        }
    }
}

impl From<Article> for StaffArticle {
    fn from(article: Article) -> Self {
        let html = markdown::to_html(article.body.as_str());
        Self { article: StaffArticleItem::from(&article), body: article.body, html }
    }
}
