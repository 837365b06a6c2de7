//! The frame of the stand's pages, and the language they are in.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// The cookie that remembers the language of the stand's pages.
const COOKIE: &str = "stand_language";

/// The language of a page: Russian unless English was chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Русский.
    Russian,
    /// English.
    English,
}

impl Language {
    /// One of two texts.
    pub fn pick<'a>(self, russian: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Russian => russian,
            Self::English => english,
        }
    }
}

/// `?lang=en` decides, then the cookie.
impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let asked = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
        let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let remembered = pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value);
        let chosen = asked.as_ref().map(|(_, value)| value.as_ref()).or(remembered);
        Ok(if chosen == Some("en") { Self::English } else { Self::Russian })
    }
}

/// Text as HTML: every character that could be markup is written out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A whole page at `path`; `main` is HTML already. Remembers the language.
pub fn page(language: Language, path: &str, title: &str, main: &str) -> Response {
    let t = |russian, english| language.pick(russian, english);
    let tabs = [
        ("/_local", t("Начало", "Start")),
        ("/_local/pump", t("Колонка", "Pump")),
        ("/_local/outbox", t("Почта", "Mail")),
    ];
    let tabs: String = tabs
        .iter()
        .map(|(to, name)| {
            let here = if *to == path { " aria-current=\"page\"" } else { "" };
            format!("<a href=\"{to}\"{here}>{name}</a>")
        })
        .collect();
    let (code, other, other_name) = match language {
        Language::Russian => ("ru", "en", "English"),
        Language::English => ("en", "ru", "Русский"),
    };
    let stand = t("учебный стенд", "local stand");
    let site = t("Сайт и кабинет ↗", "Site and cabinet ↗");
    let html = format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · ОКТАН</title>\
         <link rel=\"icon\" href=\"/_local/assets/local.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"/_local/assets/local.css\">\
         <script src=\"/_local/assets/local.js\" defer></script></head><body>\
         <header><a class=\"brand\" href=\"/_local\"><span class=\"drop\" aria-hidden=\"true\"></span>ОКТАН <small>{stand}</small></a>\
         <nav>{tabs}</nav><p class=\"aside\"><a href=\"/\" target=\"cabinet\">{site}</a> \
         <a href=\"{path}?lang={other}\" lang=\"{other}\">{other_name}</a></p></header>\
         <main>{main}</main></body></html>",
        title = escape(title),
    );
    let cookie = format!("{COOKIE}={code}; Path=/_local; SameSite=Strict; HttpOnly; Max-Age=31536000");
    ([(header::SET_COOKIE, cookie)], Html(html)).into_response()
}

/// A page that says what went wrong and what to do.
pub fn trouble(language: Language, status: StatusCode, what: &str, why: &str) -> Response {
    let back = language.pick("На страницу стенда", "To the stand's page");
    let main = format!(
        "<section class=\"card narrow\"><h1>{}</h1><p>{}</p><p><a class=\"button\" href=\"/_local\">{back}</a></p></section>",
        escape(what),
        escape(why)
    );
    (status, page(language, "", what, &main)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_data() {
        assert_eq!(escape("<a href='x'>\"&"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
