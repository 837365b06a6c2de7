//! News: drafts and what is published, now or from an instant on.

use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key::{self, index};
use super::read::Query;
use super::rows::posted;
use super::schema::{GSI1, GSI2};
use super::stations::refused_is_false;
use super::write::{Values, Write};
use super::{Position, Table};
use crate::domain::news::{Language, NewsId};
use crate::domain::text::{Markdown, Title};
use crate::journal::Act;
use chrono::{DateTime, TimeDelta, Utc};

/// A piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Its id.
    pub id: NewsId,
    /// Its title.
    pub title: Title,
    /// What it says.
    pub body: Markdown,
    /// In which language.
    pub language: Language,
    /// From when on the public reads it; `None` for a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was written first.
    pub created_at: DateTime<Utc>,
    /// Moves by every change.
    pub edition: u32,
}

impl News {
    /// Whether the public reads it.
    pub fn is_public(&self, now: DateTime<Utc>) -> bool {
        self.published_at.is_some_and(|from| from <= now)
    }

    /// The end of its address.
    pub fn slug(&self) -> String {
        self.id.slug(&self.title)
    }
}

fn item(news: &News, edition: u32) -> Item {
    let row = key::news(&news.id)
        .build()
        .with("title", news.title.clone())
        .with("body", news.body.clone())
        .with("language", Json(news.language))
        .maybe("published_at", news.published_at)
        .with("created_at", news.created_at)
        .with("ed", edition)
        .with("gsi1pk", index::NEWS.to_owned())
        .with("gsi1sk", posted(news.created_at, news.id.as_str()));
    match news.published_at {
        Some(from) => {
            row.with("gsi2pk", index::news_of(news.language)).with("gsi2sk", posted(from, news.id.as_str())).item()
        }
        None => row.item(),
    }
}

fn read(item: &Item) -> Result<News, StoreError> {
    let pk: String = get(item, "pk")?;
    let Json(language) = get(item, "language")?;
    Ok(News {
        id: pk.trim_start_matches("NEWS#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        title: get(item, "title")?,
        body: get(item, "body")?,
        language,
        published_at: find(item, "published_at")?,
        created_at: get(item, "created_at")?,
        edition: get(item, "ed")?,
    })
}

impl Table {
    /// Writes a new piece; `false` if its id is taken.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_news(&self, news: &News, act: &Act) -> Result<bool, StoreError> {
        refused_is_false(self.commit_act(None, act, Write::default().create(self, item(news, 1))).await)
    }

    /// Writes a piece of `news`'s edition anew; `false` if it moved since it was read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_news(&self, news: &News, act: &Act) -> Result<bool, StoreError> {
        let (next, values) = (news.edition.saturating_add(1), Values::none().with("edition", news.edition));
        let write = Write::default().replace_if(self, item(news, next), "#ed = :edition", values);
        refused_is_false(self.commit_act(None, act, write).await)
    }

    /// Removes a piece as it was read; `false` if it moved since.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn delete_news(&self, news: &News, act: &Act) -> Result<bool, StoreError> {
        let values = Values::none().with("edition", news.edition);
        let write = Write::default().remove_if(self, &key::news(&news.id), "#ed = :edition", values);
        refused_is_false(self.commit_act(None, act, write).await)
    }

    /// A piece by its id, draft or not.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn news(&self, id: &NewsId) -> Result<Option<News>, StoreError> {
        let key = key::news(id);
        let row = self.batch(std::slice::from_ref(&key)).await?.take(&key);
        row.as_ref().map(read).transpose()
    }

    /// A piece that the public reads, by the end of its address; an earlier title's address finds it too.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn news_by_slug(&self, slug: &str, now: DateTime<Utc>) -> Result<Option<News>, StoreError> {
        let Some(id) = NewsId::of_slug(slug) else { return Ok(None) };
        Ok(self.news(&id).await?.filter(|news| news.is_public(now)))
    }

    /// A page of all pieces, drafts too, the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn news_for_staff(
        &self,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<News>, Option<Position>), StoreError> {
        let values = Values::none().with("pk", index::NEWS.to_owned());
        self.news_page(GSI1, "#gsi1pk = :pk", values, limit, after).await
    }

    /// A page of what the public reads in a language, the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn news_published(
        &self,
        language: Language,
        now: DateTime<Utc>,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<News>, Option<Position>), StoreError> {
        let values = Values::none().with("pk", index::news_of(language));
        let values = values.with("until", posted(now + TimeDelta::milliseconds(1), ""));
        let (news, next) = self.news_page(GSI2, "#gsi2pk = :pk AND #gsi2sk < :until", values, limit, after).await?;
        // The index may lag behind the row.
        let public = |one: &News| one.is_public(now) && one.language == language;
        Ok((news.into_iter().filter(public).collect(), next))
    }

    async fn news_page(
        &self,
        index: &'static str,
        condition: &str,
        values: Values,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<News>, Option<Position>), StoreError> {
        let start = after.map(Position::start);
        let query = Query { index: Some(index), condition, filter: None, values, newest_first: true, limit, start };
        let (rows, last) = self.query(query).await?;
        let news = self.follow(&rows).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let keys = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"];
        let own: Vec<&str> = keys.into_iter().filter(|key| !key.starts_with("gsi") || key.starts_with(index)).collect();
        Ok((news, last.map(|item| Position::of(&item, &own))))
    }
}
