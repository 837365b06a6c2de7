//! What this process has read of the articles, kept as long as none of them changes.

use crate::index::Index;
use oktan_shared::App;
use oktan_shared::domain::article::ArticleId;
use oktan_shared::domain::news::Language;
use oktan_shared::table::{Article, StoreError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The articles of a language, and what finds them.
pub struct Kept {
    articles: BTreeMap<ArticleId, Article>,
    index: Index,
}

/// A language's articles, with how often articles had changed when they were read.
type Read = (u64, Arc<Kept>);

/// Every language's.
#[derive(Default)]
pub struct Shelf(Mutex<BTreeMap<Language, Read>>);

impl Shelf {
    /// The articles of a language as they are. One small read, unless one has changed.
    pub async fn of(&self, app: &App, language: Language) -> Result<Arc<Kept>, StoreError> {
        // Counted before they are read: a change in between makes them newer than they are taken for, never older.
        let changes = app.table.article_changes().await?;
        if let Some((_, kept)) = self.read().get(&language).filter(|(then, _)| *then == changes) {
            return Ok(kept.clone());
        }
        let articles = app.table.articles(language).await?;
        let index = Index::of(articles.iter());
        let articles = articles.into_iter().map(|article| (article.id.clone(), article)).collect();
        let kept = Arc::new(Kept { articles, index });
        self.read().insert(language, (changes, kept.clone()));
        Ok(kept)
    }

    fn read(&self) -> std::sync::MutexGuard<'_, BTreeMap<Language, Read>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// The articles among `those`: what `query` is about, the best first; without a query all, in the page's order.
    pub fn find(&self, query: Option<&str>, those: impl Fn(&Article) -> bool) -> Vec<&Article> {
        if let Some(query) = query {
            let found = self.index.find(query, |id| self.articles.get(id).is_some_and(&those));
            return found.iter().filter_map(|id| self.articles.get(id)).collect();
        }
        let mut all: Vec<_> = self.articles.values().filter(|article| those(article)).collect();
        all.sort_by_key(|article| (article.category, article.title.as_str().to_lowercase()));
        all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }
}
