//! Puts the functions, the stand's own pages and the browser app behind one address.

use std::future::ready;
use std::path::PathBuf;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use oktan_shared::App;
use tower::ServiceExt;
use url::Url;
use utoipa::openapi::Info;
use utoipa_axum::router::OpenApiRouter;

use crate::calls::Calls;
use crate::{Failure, web};

/// The routes of every function that answers over HTTP.
fn functions() -> Vec<(&'static str, OpenApiRouter<App>)> {
    vec![
        ("login", oktan_login::routes()),
        ("admin", oktan_admin::routes()),
        ("cards", oktan_cards::routes()),
        ("budgets", oktan_budgets::routes()),
        ("limits", oktan_limits::routes()),
        ("documents", oktan_documents::routes()),
        ("history", oktan_history::routes()),
        ("imports", oktan_imports::routes()),
        ("articles", oktan_articles::routes()),
        ("promotions", oktan_promotions::routes()),
        ("balance", oktan_balance::routes()),
        ("pump", oktan_pump::routes()),
        ("public", oktan_public::routes()),
        ("recovery", oktan_recovery::routes()),
        ("settings", oktan_settings::routes()),
        ("support", oktan_support::routes()),
        ("users", oktan_users::routes()),
    ]
}

/// The functions as the wire sees them.
pub fn api(app: &App, calls: &Calls) -> Router {
    let served =
        functions().into_iter().map(|(name, routes)| routes.split_for_parts().0.with_state(calls.of(name, app)));
    dated(oktan_shared::http::edges(served.fold(Router::new(), Router::merge), app), app)
}

/// With the `Date` of the stack's clock, by which the pages go.
fn dated(router: Router, app: &App) -> Router {
    let clock = app.clock.clone();
    router.layer(middleware::map_response(move |mut answer: Response| {
        let now = clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(now) = HeaderValue::from_str(&now) {
            answer.headers_mut().insert(header::DATE, now);
        }
        ready(answer)
    }))
}

/// `api` under `/v1`, `local` under `/_local`, the public pages where they are, the app of `web_dir` everywhere else.
pub fn whole(api: Router, local: Router, web_dir: PathBuf, base_url: &Url) -> Router {
    let app = web::router(web_dir);
    let pages = web::compressed(api.clone());
    let base_url = base_url.clone();
    web::with_security_headers(Router::new().fallback(async move |ask: Request| {
        let path = ask.uri().path();
        let part = match path.split('/').nth(1) {
            Some("v1") => api,
            Some("_local") => local,
            _ if oktan_public::site::is_ours(path) => pages,
            _ => app,
        };
        match canonical(&ask, &base_url) {
            Some(redirect) => redirect.into_response(),
            None => answer(part, ask).await,
        }
    }))
}

/// The pages live at one origin: `localhost`, which a person may type, is sent to the address that the functions
/// know as their own, for a write from another origin would be refused.
fn canonical(ask: &Request, base_url: &Url) -> Option<Redirect> {
    let host = ask.headers().get(header::HOST)?.to_str().ok()?;
    let typed = host.strip_prefix("localhost").or_else(|| host.strip_prefix("[::1]"))?;
    let own_port = base_url.port_or_known_default()?;
    if ask.method() != Method::GET || typed != format!(":{own_port}") || ask.uri().path().starts_with("/v1") {
        return None;
    }
    let target = ask.uri().path_and_query()?.as_str();
    Some(Redirect::temporary(&format!("{}{target}", base_url.origin().ascii_serialization())))
}

/// The answer of a router, called without a socket.
pub async fn answer(router: Router, ask: Request) -> Response {
    match router.oneshot(ask).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// The contract of all functions, from their code, as JSON, indented and always in the same order. Starts nothing.
pub fn document() -> Result<String, Failure> {
    let all = functions().into_iter().fold(OpenApiRouter::new(), |all, (_, routes)| all.merge(routes));
    let (_, routes) = all.split_for_parts();
    let mut document = oktan_shared::http::documented(routes);
    document.info = Info::new("OKTAN cabinet", "1");
    document.to_pretty_json().map_err(|cause| Failure::new("the OpenAPI document", cause))
}

/// Methods that a function may serve.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// What the public site answers and not the browser app, a line for each: a path, or with `*` all that begins so.
pub fn entrances() -> String {
    oktan_public::site::ENTRANCES.iter().map(|entrance| format!("{entrance}\n")).collect()
}

/// Which function serves what, a line for each operation: function, method and path, separated by tabs.
pub fn routes() -> Result<String, Failure> {
    let mut lines = Vec::new();
    for (name, routes) in functions() {
        let (_, document) = routes.split_for_parts();
        let paths = serde_json::to_value(&document.paths).map_err(|cause| Failure::new("the routes", cause))?;
        for (path, operations) in paths.as_object().into_iter().flatten() {
            // What stands beside the methods (a summary, common parameters) is no method.
            let words = operations.as_object().into_iter().flatten().map(|(word, _)| word.to_uppercase());
            let methods = words.filter(|word| METHODS.contains(&word.as_str()));
            lines.extend(methods.map(|method| format!("{name}\t{method}\t{path}\n")));
        }
    }
    for (path, methods) in oktan_public::site::ADDRESSES {
        lines.extend(methods.iter().map(|method| format!("public\t{method}\t{path}\n")));
    }
    lines.sort();
    Ok(lines.concat())
}
