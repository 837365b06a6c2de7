//! Serves the built browser app as CloudFront will: hashed files for ever, the page for every address of the app,
//! compressed, and nothing that a strict content security policy would not allow.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// What every page may do: only what the house itself serves.
const POLICY: &str = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
    form-action 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'";
/// Vite puts a hash into the name of what it writes here.
const HASHED: &str = "/assets/";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: with it a browser sends `Origin: null` with our own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// The app in `dir`; a page that says how to build it where there is none.
pub fn router(dir: PathBuf) -> Router {
    compressed(Router::new().fallback(serve).with_state(dir))
}

/// With answers as small as CloudFront sends them.
pub fn compressed(router: Router) -> Router {
    router.layer(CompressionLayer::new().gzip(true))
}

/// Adds the security headers to every answer that has not set its own.
pub fn with_security_headers(router: Router) -> Router {
    router.layer(middleware::from_fn(async |ask: Request, next: Next| {
        let mut answer = next.run(ask).await;
        for (name, value) in HEADERS {
            answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
        }
        answer
    }))
}

async fn serve(State(dir): State<PathBuf>, ask: Request) -> Response {
    if !matches!(*ask.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let path = ask.uri().path().to_owned();
    let found = file(&dir, ask).await;
    if found.status() != StatusCode::NOT_FOUND {
        let keep = if path.starts_with(HASHED) && found.status().is_success() { FOR_EVER } else { ASK_EACH_TIME };
        return keeping(keep, found);
    }
    // Addresses of the app have no dot; what has one was a file, and an absent file is not a page.
    if path.starts_with(HASHED) || path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return keeping(ASK_EACH_TIME, StatusCode::NOT_FOUND.into_response());
    }
    let index = Request::builder().uri("/index.html").body(axum::body::Body::empty());
    let page = match index {
        Ok(index) => file(&dir, index).await,
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    };
    let page = if page.status().is_success() { page } else { unbuilt() };
    keeping(ASK_EACH_TIME, page)
}

async fn file(dir: &Path, ask: Request) -> Response {
    let files = ServeDir::new(dir).append_index_html_on_directories(false);
    match files.oneshot(ask).await {
        Ok(answer) => answer.into_response(),
        Err(never) => match never {},
    }
}

fn keeping(how: HeaderValue, mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, how);
    answer
}

fn unbuilt() -> Response {
    let page = "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>ОКТАН</title>\
        <h1>Сайт ещё не собран</h1><p>API работает. Соберите сайт и обновите страницу: <code>make run</code> \
        или <code>npm ci && npm run build</code> в папке <code>web</code>. \
        <a href=\"/_local\">Страница стенда</a> работает и без него.</p>\
        <h1 lang=\"en\">The site is not built yet</h1><p lang=\"en\">The API works. Build the site and reload: \
        <code>make run</code>, or <code>npm ci && npm run build</code> in <code>web</code>. \
        The <a href=\"/_local\">page of this stand</a> works without it.</p></html>";
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    async fn get(dir: &Path, path: &str) -> Result<(StatusCode, String, String, String), Box<dyn std::error::Error>> {
        let ask = Request::builder().uri(path).body(Body::empty())?;
        let answer = with_security_headers(router(dir.to_path_buf())).oneshot(ask).await?;
        let header =
            |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(header(header::CONTENT_SECURITY_POLICY), POLICY);
        let (status, kind, keep) = (answer.status(), header(header::CONTENT_TYPE), header(header::CACHE_CONTROL));
        let body = to_bytes(answer.into_body(), 1_000_000).await?;
        Ok((status, kind, keep, String::from_utf8_lossy(&body).into_owned()))
    }

    #[tokio::test]
    async fn files_are_files_and_addresses_are_the_app() -> Outcome {
        let dir = std::env::temp_dir().join(format!("dist-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(dir.join("assets"))?;
        std::fs::write(dir.join("index.html"), "<p>app</p>")?;
        std::fs::write(dir.join("favicon.svg"), "<svg/>")?;
        std::fs::write(dir.join("assets/app-1a2b.js"), "1")?;

        for address in ["/index.html", "/login", "/cards/7826482103770000018/rules", "/assets.x/../login"] {
            let (status, kind, keep, body) = get(&dir, address).await?;
            assert_eq!((status, kind.as_str(), keep.as_str()), (StatusCode::OK, "text/html", "no-cache"), "{address}");
            assert_eq!(body, "<p>app</p>");
        }
        let (status, kind, keep, _) = get(&dir, "/assets/app-1a2b.js").await?;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/javascript"));
        assert_eq!(keep, "public, max-age=31536000, immutable");
        assert_eq!(get(&dir, "/favicon.svg").await?.1, "image/svg+xml");
        for absent in ["/assets/app-old.js", "/robots.txt", "/assets/../../secret.txt"] {
            assert_eq!(get(&dir, absent).await?.0, StatusCode::NOT_FOUND, "{absent}");
        }
        std::fs::remove_dir_all(&dir)?;
        Ok(())
    }

    #[tokio::test]
    async fn an_app_that_is_not_built_says_so() -> Outcome {
        let (status, _, _, body) = get(Path::new("/nowhere"), "/login").await?;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(body.contains("make run"));
        Ok(())
    }
}
