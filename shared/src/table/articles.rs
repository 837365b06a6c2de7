//! Articles: one row for each in its language, a row for each version that it ever had, and one that says whether any of
//! them has changed.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, get};
use super::key;
use super::read::{Query, peek};
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::article::{ArticleId, Audience, Category};
use crate::domain::news::Language;
use crate::domain::people::Actor;
use crate::domain::text::{Markdown, Title};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// Articles of a language read at once.
const PAGE: usize = 100;
/// Versions of an article that are listed, the newest.
const VERSIONS_MAX: usize = 100;

/// An article in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its slug and language.
    pub id: ArticleId,
    /// What it is about.
    pub category: Category,
    /// For whom it is.
    pub audience: Audience,
    /// Its title.
    pub title: Title,
    /// What it says.
    pub body: Markdown,
    /// Whether it is read by more than its editors.
    pub published: bool,
    /// When it was written first.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
    /// The number of this version; moves by every change.
    pub version: u32,
}

/// What an article was at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleVersion {
    /// The article as it was.
    pub article: Article,
    /// Who made it so.
    pub by: Actor,
}

fn fields(key: &key::Key, article: &Article) -> super::item::Build {
    key.build()
        .with("article", article.id.clone())
        .with("category", Json(article.category))
        .with("audience", Json(article.audience))
        .with("title", article.title.clone())
        .with("body", article.body.clone())
        .with("published", article.published)
        .with("created_at", article.created_at)
        .with("updated_at", article.updated_at)
        .with("ed", article.version)
}

fn read(item: &Item) -> Result<Article, StoreError> {
    let (Json(category), Json(audience)) = (get(item, "category")?, get(item, "audience")?);
    Ok(Article {
        id: get(item, "article")?,
        category,
        audience,
        title: get(item, "title")?,
        body: get(item, "body")?,
        published: get(item, "published")?,
        created_at: get(item, "created_at")?,
        updated_at: get(item, "updated_at")?,
        version: get(item, "ed")?,
    })
}

impl Table {
    /// Writes an article that is not there yet; its version follows those of an article of this id that was removed.
    /// `false`: it is there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_article(&self, article: &Article, act: &Act) -> Result<bool, StoreError> {
        let write = Write::default().create(self, fields(&key::article(&article.id), article).item());
        refused_is_false(self.commit_act(None, act, self.with_version(write, article, &act.actor)).await)
    }

    /// Writes an article anew as the version after `before`; `false` if it moved since it was read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_article(&self, before: u32, article: &Article, act: &Act) -> Result<bool, StoreError> {
        let unmoved = Values::none().with("was", before);
        let row = fields(&key::article(&article.id), article).item();
        let write = Write::default().replace_if(self, row, "#ed = :was", unmoved);
        refused_is_false(self.commit_act(None, act, self.with_version(write, article, &act.actor)).await)
    }

    /// Removes an article as it was read; its versions stay. `false` if it moved since.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn delete_article(&self, article: &Article, act: &Act) -> Result<bool, StoreError> {
        let unmoved = Values::none().with("was", article.version);
        let write = Write::default().remove_if(self, &key::article(&article.id), "#ed = :was", unmoved);
        refused_is_false(self.commit_act(None, act, self.with_change(write)).await)
    }

    fn with_version(&self, write: Write, article: &Article, by: &Actor) -> Write {
        let version = fields(&key::article_version(&article.id, article.version), article);
        self.with_change(write.create(self, version.with("by", Json(by.clone())).item()))
    }

    /// Every list of articles that somebody keeps is old now.
    fn with_change(&self, write: Write) -> Write {
        write.set(self, &key::articles_changed(), "ADD #changes :one", Values::none().with("one", 1u64))
    }

    /// An article, published or not.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn article(&self, id: &ArticleId) -> Result<Option<Article>, StoreError> {
        self.row(&key::article(id)).await?.as_ref().map(read).transpose()
    }

    /// How often articles have changed so far: what was read while this was so is current as long as it is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn article_changes(&self) -> Result<u64, StoreError> {
        Ok(peek(self.row(&key::articles_changed()).await?.as_ref(), "changes")?.unwrap_or(0))
    }

    /// Every article of a language, by slug.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn articles(&self, language: Language) -> Result<Vec<Article>, StoreError> {
        let (mut articles, mut start) = (Vec::new(), None);
        loop {
            let (rows, last) = self
                .query(Query {
                    index: None,
                    condition: "#pk = :pk",
                    filter: None,
                    values: Values::none().with("pk", key::articles_pk(language)),
                    newest_first: false,
                    limit: PAGE,
                    start,
                })
                .await?;
            articles.extend(rows.iter().map(read).collect::<Result<Vec<_>, _>>()?);
            start = last;
            if start.is_none() {
                return Ok(articles);
            }
        }
    }

    /// The newest versions of an article, at most a hundred, the newest first; also of one that was removed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn article_versions(&self, id: &ArticleId) -> Result<Vec<ArticleVersion>, StoreError> {
        let (mut versions, mut start) = (Vec::new(), None);
        while versions.len() < VERSIONS_MAX {
            let (rows, last) = self
                .query(Query {
                    index: None,
                    condition: "#pk = :pk",
                    filter: None,
                    values: Values::none().with("pk", key::article_versions_pk(id)),
                    newest_first: true,
                    limit: VERSIONS_MAX.saturating_sub(versions.len()),
                    start,
                })
                .await?;
            versions.extend(rows.iter().map(read_version).collect::<Result<Vec<_>, _>>()?);
            start = last;
            if start.is_none() {
                break;
            }
        }
        Ok(versions)
    }

    /// One version of an article.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn article_version(&self, id: &ArticleId, version: u32) -> Result<Option<ArticleVersion>, StoreError> {
        self.row(&key::article_version(id, version)).await?.as_ref().map(read_version).transpose()
    }
}

fn read_version(item: &Item) -> Result<ArticleVersion, StoreError> {
    let Json(by) = get(item, "by")?;
    Ok(ArticleVersion { article: read(item)?, by })
}
