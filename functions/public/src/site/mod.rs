//! The public site: HTML from the server, whole without a script.

mod address;
mod files;
mod frame;
mod goods;
mod home;
mod icons;
pub mod map;
mod near;
mod news;
mod promotions;
mod sitemap;
mod station;
mod stations;
mod texts;
mod words;
mod writing;

pub use address::{ADDRESSES, ENTRANCES, Language, is_ours};
pub use map::land;

use address::Page;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::any;
use frame::Ask;
use maud::Markup;
use oktan_shared::App;
use oktan_shared::domain::StationCode;
use oktan_shared::http::{Origin, Problem, Raw};
use oktan_shared::table::{News, Promotion, Station, StoreError};
use utoipa_axum::router::OpenApiRouter;

/// The newest news that a sitemap lists of each language, and those that the first page shows.
const NEWS_IN_SITEMAP: usize = 100;
const NEWS_AT_HOME: usize = 3;
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

async fn answer(State(app): State<App>, origin: Origin, request: Request) -> Result<Response, Problem> {
    let path = request.uri().path().to_owned();
    if !is_ours(&path) {
        return Err(Problem::not_found());
    }
    if let (&Method::POST, Some((language, Page::Contacts))) = (request.method(), Page::at(&path)) {
        let Raw(body) = Raw::from_request(request, &()).await?;
        return Ok(write(&app, language, &origin, &body).await);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let detail = "this address knows no such method";
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail));
    }
    let query = request.uri().query().unwrap_or_default();
    let mut answer = match file(&app, &path).await {
        Some(file) => file,
        None => page(&app, &path, query).await,
    };
    if answer.status().is_success() {
        answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(A_MINUTE);
    }
    Ok(answer)
}

/// What somebody wrote to the administration.
async fn write(app: &App, language: Language, origin: &Origin, body: &[u8]) -> Response {
    let page = Page::Contacts;
    let ask = Ask { app, language, words: language.words(), page: Some(&page) };
    let again = |typed: &_, marks: &_| texts::contacts(&ask, false, typed, marks);
    let taken = writing::take(&ask, origin, writing::Typed::of(body), again).await;
    taken.unwrap_or_else(|problem| failed(app, language, &problem))
}

/// What is no page.
async fn file(app: &App, path: &str) -> Option<Response> {
    match path {
        "/robots.txt" => Some(sitemap::robots(&app.config.base_url)),
        "/sitemap.xml" => Some(match everything(app).await {
            Ok((stations, promotions, news)) => sitemap::sitemap(&app.config.base_url, &stations, &promotions, &news),
            Err(error) => Problem::from(error).into_response(),
        }),
        _ => path.strip_prefix("/site/").and_then(files::answer),
    }
}

/// What a sitemap lists beside the lasting pages: the stations, the promotions, and the newest news of both languages.
async fn everything(app: &App) -> Result<(Vec<Station>, Vec<Promotion>, Vec<News>), StoreError> {
    let (mut news, now) = (Vec::new(), app.clock.now());
    for language in Language::ALL {
        news.extend(app.table.news_published(news::tongue(language), now, NEWS_IN_SITEMAP, None).await?.0);
    }
    Ok((app.table.stations().await?, app.table.promotions_for_all(now).await?, news))
}

async fn page(app: &App, path: &str, query: &str) -> Response {
    let Some((language, page)) = Page::at(path) else { return elsewhere(app, path) };
    let ask = Ask { app, language, words: language.words(), page: Some(&page) };
    match content(&ask, &page, query).await {
        Ok(Found::Content(content)) => shown(&page, content),
        Ok(Found::At(language, page)) => Redirect::permanent(&page.path(language)).into_response(),
        Ok(Found::Nothing) => missing(app, language),
        Err(error) => failed(app, language, &Problem::from(error)),
    }
}

/// What is at an address.
enum Found {
    Content(Markup),
    /// The same, but elsewhere.
    At(Language, Page),
    Nothing,
}

async fn content(ask: &Ask<'_>, page: &Page, query: &str) -> Result<Found, StoreError> {
    let (table, now) = (&ask.app.table, ask.app.clock.now());
    let content = match page {
        Page::Home => {
            let news = table.news_published(news::tongue(ask.language), now, NEWS_AT_HOME, None);
            let promotions = table.promotions_for_all(now);
            let (catalogue, stations, news, promotions) =
                tokio::join!(table.recent_catalogue(), table.stations(), news, promotions);
            let (catalogue, stations, (news, _), promotions) = (catalogue?, stations?, news?, promotions?);
            home::page(ask, &catalogue, &stations, &news, &promotions)
        }
        Page::Stations => {
            let catalogue = table.recent_catalogue().await?;
            stations::page(ask, &catalogue, &table.stations().await?, query)
        }
        Page::Station(code) => {
            let Ok(code) = StationCode::parse(code) else { return Ok(Found::Nothing) };
            match table.station_with_page(&code).await? {
                Some((station, told)) => {
                    let catalogue = table.recent_catalogue().await?;
                    station::page(ask, &catalogue, &station, &told)
                }
                None => return Ok(Found::Nothing),
            }
        }
        Page::Services => texts::services(ask, &table.stations().await?),
        Page::About => texts::about(ask, &table.stations().await?),
        Page::Become => texts::become_client(ask),
        Page::News => news::list(ask, query).await?,
        Page::NewsItem(slug) => match table.news_by_slug(slug, now).await? {
            Some(piece) if news::page_of(&piece) == (ask.language, page.clone()) => news::piece(ask, &piece),
            Some(piece) => {
                let (language, page) = news::page_of(&piece);
                return Ok(Found::At(language, page));
            }
            None => return Ok(Found::Nothing),
        },
        Page::Promotions => {
            let catalogue = table.recent_catalogue().await?;
            promotions::list(ask, &catalogue, &table.promotions_for_all(now).await?)
        }
        Page::Promotion(slug) => match table.promotion_by_slug(slug, now).await? {
            Some(promotion) if promotion.slug() == *slug => {
                let catalogue = table.recent_catalogue().await?;
                promotions::one(ask, &catalogue, &table.stations().await?, &promotion)
            }
            Some(promotion) => return Ok(Found::At(ask.language, Page::Promotion(promotion.slug()))),
            None => return Ok(Found::Nothing),
        },
        Page::Contacts => {
            let sent = url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "sent");
            texts::contacts(ask, sent, &writing::Typed::default(), &writing::Marks::default())
        }
    };
    Ok(Found::Content(content))
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

fn failed(app: &App, language: Language, problem: &Problem) -> Response {
    let ask = Ask { app, language, words: language.words(), page: None };
    (problem.status(), html(texts::failed(&ask))).into_response()
}

fn html(content: Markup) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], content.into_string()).into_response()
}
