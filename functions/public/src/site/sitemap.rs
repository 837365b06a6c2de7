//! What search engines are told.

use super::address::{Language, Page};
use super::news::page_of;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use oktan_shared::table::{News, Promotion, Station};
use url::Url;

/// Where the cabinet and the links in letters are: nobody's to find.
const CLOSED: [&str; 21] = [
    "/activation/",
    "/articles",
    "/budget",
    "/cards",
    "/company/",
    "/exceptions",
    "/history",
    "/journal",
    "/offers",
    "/overview",
    "/password",
    "/recovery/",
    "/reports/",
    "/second-factor",
    "/security",
    "/settings",
    "/staff/",
    "/tickets",
    "/unsubscribe/",
    "/users",
    "/v1/",
];

/// Every page in both languages, and what is published in one.
pub fn sitemap(base: &Url, stations: &[Station], promotions: &[Promotion], news: &[News]) -> Response {
    let stations = stations.iter().map(|station| Page::Station(station.code.to_string()));
    let promotions = promotions.iter().map(|promotion| Page::Promotion(promotion.slug()));
    let pages: Vec<Page> = Page::LASTING.into_iter().chain(stations).chain(promotions).collect();
    let body = html! {
        (PreEscaped(r#"<?xml version="1.0" encoding="UTF-8"?>"#))
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" {
            @for page in &pages { @for language in Language::ALL { (entry(base, page, language)) } }
            @for (language, page) in news.iter().map(page_of) { (entry(base, &page, language)) }
        }
    };
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], body.into_string()).into_response()
}

fn entry(base: &Url, page: &Page, language: Language) -> Markup {
    html! {
        url {
            loc { (whole(base, &page.path(language))) }
            @for other in page.languages(language) {
                // A void element of XML, which an element of HTML would not be.
                (PreEscaped(format!(
                    r#"<xhtml:link rel="alternate" hreflang="{}" href="{}"/>"#,
                    other.code(),
                    html! { (whole(base, &page.path(other))) }.into_string(),
                )))
            }
        }
    }
}

fn whole(base: &Url, path: &str) -> String {
    format!("{}{path}", base.as_str().trim_end_matches('/'))
}

/// What is no use to a search engine, and where the rest is listed.
pub fn robots(base: &Url) -> Response {
    let closed: String = CLOSED.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{closed}\nSitemap: {}\n", whole(base, "/sitemap.xml"));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
