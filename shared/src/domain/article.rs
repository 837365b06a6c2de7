//! Articles of the information base: how they are named, sorted and for whom they are.

use super::invalid::{Invalid, wire_string};
use super::news::Language;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters of a slug.
const SLUG_MAX: usize = 60;

/// What an article is called in an address, in every language the same: 1 to 60 small Latin letters, digits and single
/// hyphens between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Parses a slug.
    ///
    /// # Errors
    /// `slug_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let words = text.len() <= SLUG_MAX && text.split('-').all(|word| !word.is_empty() && word.bytes().all(known));
        words.then(|| Self(text.to_owned())).ok_or_else(|| {
            Invalid::new("slug_malformed", "1 to 60 small Latin letters, digits and single hyphens between them")
        })
    }

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

wire_string!(Slug, "an article's slug");

/// An article in one language: `limits.ru`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its language.
    pub language: Language,
}

impl ArticleId {
    /// Parses a slug, a point and two letters of a language.
    ///
    /// # Errors
    /// `article_id_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let parts = text.rsplit_once('.').and_then(|(slug, language)| {
            let language = [Language::Ru, Language::En].into_iter().find(|one| one.as_str() == language)?;
            Some(Self { slug: Slug::parse(slug).ok()?, language })
        });
        parts.ok_or_else(|| Invalid::new("article_id_malformed", "an article's id is its slug, a point and ru or en"))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.slug, self.language.as_str())
    }
}

wire_string!(ArticleId, "an article's id");

/// What an article is about, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// How to do something in the cabinet.
    HowTo,
    /// The contract and what follows from it.
    Contract,
    /// What things cost.
    Tariffs,
    /// Forms to fill in.
    Forms,
}

/// For whom an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Companies' people, and so the staff too.
    Clients,
    /// The staff alone.
    Staff,
}

impl Audience {
    /// Whether a person of the staff, or of a company, belongs to it.
    pub const fn includes(self, is_staff: bool) -> bool {
        matches!(self, Self::Clients) || is_staff
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slug_needs_no_escaping_and_an_id_says_the_language() {
        for good in ["limits", "card-pin", "2026", "a-1-b"] {
            let id = ArticleId::parse(&format!("{good}.en")).unwrap();
            assert_eq!((id.slug.as_str(), id.language, id.to_string()), (good, Language::En, format!("{good}.en")));
        }
        for bad in ["", "-a", "a-", "a--b", "A", "лимиты", "a b", "a.b", "a/b", &"a".repeat(61)] {
            assert_eq!(Slug::parse(bad).unwrap_err().code, "slug_malformed", "{bad}");
        }
        for bad in ["limits", "limits.", "limits.fr", ".ru", "Limits.ru", "a..ru"] {
            assert_eq!(ArticleId::parse(bad).unwrap_err().code, "article_id_malformed", "{bad}");
        }
    }

    #[test]
    fn what_is_for_the_staff_is_for_nobody_else() {
        assert!(Audience::Clients.includes(false) && Audience::Clients.includes(true));
        assert!(!Audience::Staff.includes(false) && Audience::Staff.includes(true));
    }

    proptest! {
        #[test]
        fn an_id_is_read_back_as_it_was_written(slug in "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", english in any::<bool>()) {
            let language = if english { Language::En } else { Language::Ru };
            let id = ArticleId { slug: Slug::parse(&slug).unwrap(), language };
            prop_assert_eq!(ArticleId::parse(&id.to_string()).unwrap(), id);
        }
    }
}
