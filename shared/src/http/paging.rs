//! Lists: `?limit=` and an opaque `cursor` that only works where it was given.

use super::problem::Problem;
use crate::app::App;
use crate::domain::Invalid;
use crate::table::Position;
use serde::{Deserialize, Serialize};

/// Rows of a page unless asked otherwise.
const LIMIT: usize = 50;
/// The most rows of a page.
const LIMIT_MAX: usize = 100;

/// A page's size, 1 to 100, as the query has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page(usize);

impl Default for Page {
    fn default() -> Self {
        Self(LIMIT)
    }
}

impl Page {
    /// Rows wanted.
    pub fn limit(self) -> usize {
        self.0
    }
}

impl<'de> Deserialize<'de> for Page {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let limit = Some(&text).filter(|t| t.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse().ok());
        match limit {
            Some(limit) if (1..=LIMIT_MAX).contains(&limit) => Ok(Self(limit)),
            _ => Err(serde::de::Error::custom(Invalid::new("limit_out_of_range", "a page has 1 to 100 rows"))),
        }
    }
}

/// A cursor as the caller sent it.
#[derive(Debug, Clone, Deserialize)]
pub struct Cursor(String);

impl Cursor {
    /// Where the page starts, if the house gave this cursor for this list: the same tenant, the same filters.
    ///
    /// # Errors
    /// 422 for a forged or foreign one.
    pub fn open(&self, app: &App, list: &[&str]) -> Result<Position, Problem> {
        let context: Vec<&[u8]> = list.iter().map(|part| part.as_bytes()).collect();
        app.keys
            .unseal("cursor", &context, &self.0)
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| Problem::field("cursor", &Invalid::new("cursor_invalid", "this cursor is not of this list")))
    }

    /// The cursor of a page's end.
    pub fn seal(app: &App, list: &[&str], position: &Position) -> String {
        let context: Vec<&[u8]> = list.iter().map(|part| part.as_bytes()).collect();
        app.keys.seal("cursor", &context, &serde_json::to_vec(position).unwrap_or_default())
    }
}

/// Which page of a list that has no filters.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    pub limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
}

impl PageQuery {
    /// Where the page starts; `None` at the beginning.
    ///
    /// # Errors
    /// 422 for a cursor of another list.
    pub fn after(&self, app: &App, list: &[&str]) -> Result<Option<Position>, Problem> {
        self.cursor.as_ref().map(|cursor| cursor.open(app, list)).transpose()
    }
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct List<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts; `null` at the end.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl<T> List<T> {
    /// A page, and where it ended unless that is the end of the list.
    pub fn page(app: &App, list: &[&str], items: Vec<T>, end: Option<Position>) -> Self {
        Self { items, next_cursor: end.map(|position| Cursor::seal(app, list, &position)) }
    }

    /// A list that is whole.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }
}
