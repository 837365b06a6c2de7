//! The articles that explain the cabinet itself, in both languages. A deployed one is given them by hand:
//! `oktan-local articles` prints them as `POST /v1/staff/articles` takes them (docs/operations.md).

use serde_json::{Value, json};

use crate::Failure;
use crate::caller::Caller;

macro_rules! article {
    ($slug:literal, $category:literal) => {
        (
            $slug,
            $category,
            [
                ("ru", include_str!(concat!("articles/", $slug, ".ru.md"))),
                ("en", include_str!(concat!("articles/", $slug, ".en.md"))),
            ],
        )
    };
}
/// Slug, category, and the article in Russian and in English: its title is the first line.
type Article = (&'static str, &'static str, [(&'static str, &'static str); 2]);

/// All of them.
const ARTICLES: [Article; 7] = [
    article!("cards", "how_to"),
    article!("limits", "how_to"),
    article!("budget", "how_to"),
    article!("declines", "how_to"),
    article!("people", "how_to"),
    article!("recovery", "how_to"),
    article!("documents", "contract"),
];

/// What creates each of them.
pub fn asks() -> Vec<Value> {
    let both = ARTICLES.iter().flat_map(|(slug, category, texts)| {
        texts.iter().map(move |(language, text)| {
            let (title, body) = text.split_once('\n').unwrap_or((text, ""));
            json!({
                "slug": slug, "language": language, "category": category, "title": title.trim_start_matches("# "),
                "body": body.trim(),
            })
        })
    });
    both.collect()
}

/// Writes all of them.
pub async fn make(editor: &Caller) -> Result<usize, Failure> {
    let asks = asks();
    for ask in &asks {
        editor.post("/v1/staff/articles", ask).await?;
    }
    Ok(asks.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_title_and_as_many_headings_and_tables_in_both_languages() {
        for (slug, _, texts) in ARTICLES {
            let shape = texts.map(|(_, text)| {
                let starting = |mark: &str| text.lines().filter(|line| line.starts_with(mark)).count();
                (starting("# "), starting("## "), starting("|"), starting("- "), starting("1. "))
            });
            assert_eq!(shape[0], shape[1], "{slug}");
            assert_eq!(shape[0].0, 1, "{slug}");
        }
        assert_eq!(asks().len(), 2 * ARTICLES.len());
        assert!(
            asks().iter().all(|ask| ask["body"].as_str().is_some_and(|body| body.len() > 800 && body.len() < 20_000))
        );
    }
}
