//! Headers that come twice. An HTTP API joins their values with commas before a function sees them, and of an answer's
//! two `lambda_http` sends the first; here both are joined for everybody, so that no stack goes by the first and another
//! by all. Cookies cannot be joined, and are read and sent one by one everywhere.

use super::problem::Problem;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::HashSet;

pub(super) async fn join(mut request: Request, next: Next) -> Response {
    join_in(request.headers_mut());
    let mut response = next.run(request).await;
    join_in(response.headers_mut());
    response
}

/// Makes one header of those with the same name.
fn join_in(headers: &mut HeaderMap) {
    for name in repeated(headers) {
        let values: Vec<&[u8]> = headers.get_all(&name).iter().map(HeaderValue::as_bytes).collect();
        if let Ok(joined) = HeaderValue::from_bytes(&values.join(&b',')) {
            headers.insert(name, joined);
        }
    }
}

fn repeated(headers: &HeaderMap) -> HashSet<HeaderName> {
    let mut seen = HashSet::new();
    let names = headers.iter().map(|(name, _)| name);
    let names = names.filter(|name| !matches!(**name, header::COOKIE | header::SET_COOKIE) && !seen.insert(*name));
    names.cloned().collect()
}

/// The value of a header that may come once only. Two joined ones are told by their comma, which no such value has.
///
/// # Errors
/// 400 if it came twice.
pub(super) fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Problem> {
    match headers.get(name).map(|value| value.to_str().unwrap_or_default().trim()) {
        Some(value) if value.contains(',') => {
            Err(Problem::malformed("header_repeated", &format!("send {name} once, without a comma")))
        }
        value => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::response::AppendHeaders;
    use axum::routing::get;
    use lambda_http::{Adapter, Context, LambdaEvent};
    use serde_json::{Value, json};
    use tower::Service as _;

    #[tokio::test]
    async fn what_comes_and_what_leaves_is_joined_and_cookies_are_not() {
        let echo = async |headers: HeaderMap| {
            let came = headers.get_all("x-a").iter().count();
            assert_eq!((came, headers["x-a"].as_bytes()), (1, &b"1,2,1"[..]));
            let cookies = [(header::SET_COOKIE, "a=1; Path=/"), (header::SET_COOKIE, "b=2")];
            (AppendHeaders([(header::VARY, "a"), (header::VARY, "b")]), AppendHeaders(cookies))
        };
        let router = Router::new().route("/", get(echo)).layer(from_fn(join));
        let event = json!({
            "rawPath": "/", "headers": { "x-a": ["1", "2", "1"] },
            "requestContext": { "stage": "$default", "timeEpoch": 0, "http": { "method": "GET" } },
        });
        let event = LambdaEvent::new(serde_json::from_value(event).unwrap(), Context::default());
        let answer: Value = serde_json::to_value(Adapter::from(router).call(event).await.unwrap()).unwrap();
        assert_eq!((&answer["statusCode"], &answer["headers"]["vary"]), (&json!(200), &json!("a,b")));
        assert_eq!(answer["cookies"], json!(["a=1; Path=/", "b=2"]));
    }
}
