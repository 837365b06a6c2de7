//! News: the list and a piece.

use super::address::{Language, Page};
use super::frame::{Ask, Head};
use super::icons::icon;
use chrono::{DateTime, Datelike, Utc};
use maud::{Markup, PreEscaped, html};
use oktan_shared::domain::news::Language as Tongue;
use oktan_shared::domain::window::Zone;
use oktan_shared::http::Cursor;
use oktan_shared::markdown;
use oktan_shared::table::{News, StoreError};
use serde_json::json;

/// Pieces of a page of the list.
const LISTED: usize = 20;
/// Characters of what a list says of a piece, and a search engine.
const SUMMARY: usize = 200;

/// The language of a page's news.
pub fn tongue(language: Language) -> Tongue {
    match language {
        Language::Russian => Tongue::Ru,
        Language::English => Tongue::En,
    }
}

/// The page that a piece has.
pub fn page_of(news: &News) -> (Language, Page) {
    let language = if news.language == Tongue::Ru { Language::Russian } else { Language::English };
    (language, Page::NewsItem(news.slug()))
}

/// The list, from where its query says; from the beginning if that is nowhere.
///
/// # Errors
/// When the store does not answer.
pub async fn list(ask: &Ask<'_>, query: &str) -> Result<Markup, StoreError> {
    let (app, words, of) = (ask.app, ask.words, ["pages of news", ask.language.code()]);
    let asked = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "cursor");
    let asked = asked.and_then(|(_, value)| serde_json::from_value::<Cursor>(json!(value)).ok());
    let after = asked.and_then(|cursor| cursor.open(app, &of).ok());
    let (news, next) = app.table.news_published(tongue(ask.language), app.clock.now(), LISTED, after.as_ref()).await?;
    let older = next.map(|position| format!("{}?cursor={}", ask.path(&Page::News), Cursor::seal(app, &of, &position)));
    let content = html! {
        div.wide {
            h1 { (words.news) }
            @if news.is_empty() { p.empty { (words.news_none) } } @else { (cards(ask, &news, 2)) }
            p.actions {
                @if after.is_some() { a href=(ask.path(&Page::News)) { (words.news_newest) } }
                @if let Some(older) = &older { a href=(older) { (words.news_older) (icon("arrow")) } }
            }
        }
    };
    let head = Head { title: words.news.to_owned(), description: words.news_description.to_owned(), ..Head::default() };
    Ok(ask.document(&head, &content))
}

/// Pieces side by side, under headings of this level, 2 or 3.
pub fn cards(ask: &Ask<'_>, news: &[News], level: u8) -> Markup {
    html! {
        ul.news {
            @for piece in news {
                @let title = html! { a href=(ask.path(&Page::NewsItem(piece.slug()))) { (piece.title) } };
                li {
                    (date(ask, piece.published_at))
                    @if level == 2 { h2 { (title) } } @else { h3 { (title) } }
                    p { (markdown::to_text(piece.body.as_str(), SUMMARY)) }
                }
            }
        }
    }
}

/// A piece.
pub fn piece(ask: &Ask<'_>, news: &News) -> Markup {
    let words = ask.words;
    let content = html! {
        div.wide {
            p.back { a href=(ask.path(&Page::News)) { (words.all_news) } }
            article.piece {
                h1 { (news.title) }
                (date(ask, news.published_at))
                div.prose { (PreEscaped(markdown::to_html(news.body.as_str()))) }
            }
        }
    };
    let head = Head {
        title: news.title.to_string(),
        description: markdown::to_text(news.body.as_str(), SUMMARY),
        facts: Some(json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": news.title.as_str(),
            "datePublished": news.published_at,
            "inLanguage": ask.language.code(),
            "publisher": { "@type": "Organization", "name": words.legal_name },
        })),
        has_script: false,
    };
    ask.document(&head, &content)
}

/// The day of publication, in Moscow.
fn date(ask: &Ask<'_>, at: Option<DateTime<Utc>>) -> Markup {
    let day = at.map(|at| Zone::default().date(at));
    html! {
        @if let Some(day) = day {
            @let month = ask.words.months.split(',').nth(day.month0() as usize).unwrap_or_default();
            p.date { time datetime=(day) { (day.day()) " " (month) " " (day.year()) } }
        }
    }
}
