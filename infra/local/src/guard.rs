//! Keeps `/_local` for the person at this machine. It hands out sessions and shows mail without asking who is there,
//! so a page of another site must reach it neither through a name that resolves to 127.0.0.1 (DNS rebinding) nor by
//! posting across sites.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Lets through what is addressed to a loopback name and, if it writes, does not come from another site.
pub async fn only_from_here(ask: Request, next: Next) -> Response {
    let refused = if !is_addressed_here(ask.headers()) {
        Some("This page is only for this machine: use http://127.0.0.1 as its address.")
    } else if !ask.method().is_safe() && !is_same_site(ask.headers()) {
        Some("Another site may not write here.")
    } else {
        None
    };
    match refused {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(ask).await,
    }
}

fn is_addressed_here(headers: &HeaderMap) -> bool {
    host(headers).is_some_and(|host| LOOPBACK.contains(&name(host)))
}

/// A browser names the page that writes (`Origin`, `Sec-Fetch-Site`); what is no browser names nothing.
fn is_same_site(headers: &HeaderMap) -> bool {
    let site = headers.get(FETCH_SITE).map(|site| site.as_bytes());
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or("null"));
    let own_origin = |origin: &str| host(headers).is_some_and(|host| origin == format!("http://{host}"));
    site.is_none_or(|site| site == b"same-origin") && origin.is_none_or(own_origin)
}

/// The one `Host` header; two of them are nobody's.
fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let first = hosts.next()?.to_str().ok()?;
    hosts.next().is_none().then_some(first)
}

/// A host without its port.
pub fn name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), axum::http::HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_loopback_names_are_here() {
        for here in ["127.0.0.1:8080", "localhost:8080", "localhost", "[::1]:8080", "[::1]"] {
            assert!(is_addressed_here(&headers(&[(header::HOST, here)])), "{here}");
        }
        for elsewhere in
            ["evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example:8080", "", "127.0.0.1:80:80"]
        {
            assert!(!is_addressed_here(&headers(&[(header::HOST, elsewhere)])), "{elsewhere}");
        }
        assert!(!is_addressed_here(&HeaderMap::new()));
    }

    #[test]
    fn another_sites_write_is_refused() {
        let host = (header::HOST, "127.0.0.1:8080");
        let own = (header::ORIGIN, "http://127.0.0.1:8080");
        assert!(is_same_site(&headers(std::slice::from_ref(&host))));
        assert!(is_same_site(&headers(&[host.clone(), own.clone(), (FETCH_SITE, "same-origin")])));
        for origin in ["null", "http://127.0.0.1:3000", "https://127.0.0.1:8080", "http://evil.example"] {
            assert!(!is_same_site(&headers(&[host.clone(), (header::ORIGIN, origin)])), "{origin}");
        }
        for site in ["cross-site", "same-site", "none"] {
            assert!(!is_same_site(&headers(&[host.clone(), own.clone(), (FETCH_SITE, site)])), "{site}");
        }
    }
}
