//! The public site: HTML from the server, whole without a script.

mod address;
mod files;
mod frame;
mod goods;
mod home;
mod icons;
mod map;
mod near;
mod sitemap;
mod station;
mod stations;
mod texts;
mod words;

pub use address::{ADDRESSES, ENTRANCES, is_ours};
pub use map::land;

use address::{Language, Page};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::any;
use frame::Ask;
use maud::Markup;
use oktan_shared::App;
use oktan_shared::domain::StationCode;
use oktan_shared::http::Problem;
use oktan_shared::table::StoreError;
use utoipa_axum::router::OpenApiRouter;

/// Pages may be a minute old; `/site/` says for itself how long it is kept.
const A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
/// A page that looks for the nearest station may ask where its reader is; no other page of the house may.
const WITH_PLACE: HeaderValue =
    HeaderValue::from_static("camera=(), geolocation=(self), microphone=(), payment=(), usb=()");

/// Each sentence of the site: its name, the Russian, the English.
pub fn sentences() -> Vec<(&'static str, &'static str, &'static str)> {
    let (ru, en) = (words::RU.all(), words::EN.all());
    ru.into_iter().zip(en).map(|((name, ru), (_, en))| (name, ru, en)).collect()
}

/// Whatever no operation of the contract serves.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().route("/", any(answer)).route("/{*rest}", any(answer))
}

async fn answer(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let path = request.uri().path();
    if !is_ours(path) {
        return Err(Problem::not_found());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let detail = "this address knows no such method";
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail));
    }
    let query = request.uri().query().unwrap_or_default();
    let mut answer = match file(&app, path).await {
        Some(file) => file,
        None => page(&app, path, query).await,
    };
    if answer.status().is_success() {
        answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(A_MINUTE);
    }
    Ok(answer)
}

/// What is no page.
async fn file(app: &App, path: &str) -> Option<Response> {
    match path {
        "/robots.txt" => Some(sitemap::robots(&app.config.base_url)),
        "/sitemap.xml" => Some(match app.table.stations().await {
            Ok(stations) => sitemap::sitemap(&app.config.base_url, &stations),
            Err(error) => Problem::from(error).into_response(),
        }),
        _ => path.strip_prefix("/site/").and_then(files::answer),
    }
}

async fn page(app: &App, path: &str, query: &str) -> Response {
    let Some((language, page)) = Page::at(path) else { return elsewhere(app, path) };
    let ask = Ask { app, language, words: language.words(), page: Some(&page) };
    match content(&ask, &page, query).await {
        Ok(Some(content)) => shown(&page, content),
        Ok(None) => missing(app, language),
        Err(error) => {
            let status = Problem::from(error).status();
            (status, html(texts::failed(&Ask { page: None, ..ask }))).into_response()
        }
    }
}

/// The page's content; none if there is nothing at its address.
async fn content(ask: &Ask<'_>, page: &Page, query: &str) -> Result<Option<Markup>, StoreError> {
    let app = ask.app;
    Ok(Some(match page {
        Page::Home => home::page(ask, &app.catalogue(), &app.table.stations().await?),
        Page::Stations => stations::page(ask, &app.catalogue(), &app.table.stations().await?, query),
        Page::Station(code) => match StationCode::parse(code) {
            Ok(code) => match app.table.station(&code).await? {
                Some(station) => station::page(ask, &app.catalogue(), &station),
                None => return Ok(None),
            },
            Err(_) => return Ok(None),
        },
        Page::Services => texts::services(ask, &app.table.stations().await?),
        Page::About => texts::about(ask, &app.table.stations().await?),
        Page::Become => texts::become_client(ask),
        Page::Contacts => texts::contacts(ask),
    }))
}

fn shown(page: &Page, content: Markup) -> Response {
    let mut answer = html(content);
    if matches!(page, Page::Home | Page::Stations) {
        answer.headers_mut().insert(PERMISSIONS, WITH_PLACE);
    }
    answer
}

/// An address that a page would have without the slash at its end leads to it; any other is none.
fn elsewhere(app: &App, path: &str) -> Response {
    let bare = path.trim_end_matches('/');
    match Page::at(bare) {
        Some((language, page)) if bare.starts_with('/') => Redirect::permanent(&page.path(language)).into_response(),
        _ => missing(app, if path.starts_with("/en/") { Language::English } else { Language::Russian }),
    }
}

fn missing(app: &App, language: Language) -> Response {
    let ask = Ask { app, language, words: language.words(), page: None };
    (StatusCode::NOT_FOUND, html(texts::missing(&ask))).into_response()
}

fn html(content: Markup) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], content.into_string()).into_response()
}
