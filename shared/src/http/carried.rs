//! What Lambda and the gateway carry. They cut off what is larger or later without a word that helps; here it is said by
//! a problem, on every stack.

use super::problem::Problem;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt as _, Limited};
use std::time::Duration;

/// Lambda takes 6 MiB of JSON from a function; the rest is for the headers.
const ANSWER_MAX: usize = 6 * 1024 * 1024 - 64 * 1024;
/// The most that JSON makes of a byte: `\u0000`.
const ESCAPE_MAX: u64 = 6;
/// An HTTP API waits 30 s for a function.
const ANSWER_WITHIN: Duration = Duration::from_secs(28);

pub(super) async fn within_limits(request: Request, next: Next) -> Response {
    within(ANSWER_WITHIN, request, next).await
}

async fn within(limit: Duration, request: Request, next: Next) -> Response {
    let what = format!("{} {}", request.method(), request.uri().path());
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => bounded(&what, response).await,
        Err(_) => {
            tracing::error!(what, "no answer in time");
            Problem::timed_out().into_response()
        }
    }
}

/// The answer, or a problem if it is more than Lambda takes.
async fn bounded(what: &str, response: Response) -> Response {
    let most = response.body().size_hint().upper();
    if most.is_some_and(|most| most.saturating_mul(ESCAPE_MAX) <= ANSWER_MAX as u64) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let whole = Limited::new(body, ANSWER_MAX).collect().await.map(http_body_util::Collected::to_bytes);
    match whole {
        Ok(whole) if carried(&parts.headers, &whole) <= ANSWER_MAX => Response::from_parts(parts, Body::from(whole)),
        _ => {
            tracing::error!(what, "the answer is too large");
            let detail = "the answer is larger than can be sent: ask for less at once";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "answer_too_large", detail).into_response()
        }
    }
}

/// Bytes of a body within a function's answer: a text is escaped as JSON, anything else is base64.
fn carried(headers: &HeaderMap, body: &[u8]) -> usize {
    if !is_text(headers) {
        return body.len().div_ceil(3) * 4;
    }
    let escaped = body.iter().map(|byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 2,
        0x00..=0x1f => 6,
        _ => 1,
    });
    escaped.sum()
}

/// What `lambda_http` takes for a text.
pub(super) fn is_text(headers: &HeaderMap) -> bool {
    const PREFIXES: [&str; 5] =
        ["text", "application/json", "application/javascript", "application/xml", "application/yaml"];
    const SUFFIXES: [&str; 3] = ["+xml", "+yaml", "+json"];
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return !headers.contains_key(header::CONTENT_ENCODING) };
    let kind = kind.to_str().unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default();
    let is_text = PREFIXES.iter().any(|prefix| kind.starts_with(prefix))
        || SUFFIXES.iter().any(|suffix| essence.ends_with(suffix));
    is_text && !headers.contains_key(header::CONTENT_ENCODING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use lambda_http::{Adapter, Context, LambdaEvent};
    use serde_json::{Value, json};
    use tower::Service as _;

    /// What Lambda refuses: "Exceeded maximum allowed payload size (6291556 bytes)".
    const LAMBDA_MAX: usize = 6_291_556;

    /// A function's answer as Lambda is given it.
    async fn answer(kind: &'static str, body: Vec<u8>) -> Value {
        let router = Router::new()
            .route("/", get(async move || ([(header::CONTENT_TYPE, kind)], body)))
            .route("/slow", get(async || tokio::time::sleep(Duration::from_secs(5)).await))
            .layer(from_fn(async |request, next| within(Duration::from_millis(50), request, next).await));
        let event = json!({
            "rawPath": if kind == "slow" { "/slow" } else { "/" }, "headers": {},
            "requestContext": { "stage": "$default", "timeEpoch": 0, "http": { "method": "GET" } },
        });
        let event = LambdaEvent::new(serde_json::from_value(event).unwrap(), Context::default());
        let answer = serde_json::to_string(&Adapter::from(router).call(event).await.unwrap()).unwrap();
        assert!(answer.len() <= LAMBDA_MAX, "{kind}: {}", answer.len());
        serde_json::from_str(&answer).unwrap()
    }

    fn problem(answer: &Value) -> (u64, String) {
        let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        (answer["statusCode"].as_u64().unwrap(), body["code"].as_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn the_largest_answer_is_carried_and_a_byte_more_is_told() {
        let too_large = (500, "answer_too_large".to_owned());
        let kinds = [
            ("application/json", b'7', ANSWER_MAX),
            ("application/problem+json", b'"', ANSWER_MAX / 2),
            ("text/plain", 0x01, ANSWER_MAX / 6),
            ("image/png", 0x89, ANSWER_MAX / 4 * 3),
        ];
        for (kind, byte, most) in kinds {
            let carried = answer(kind, vec![byte; most]).await;
            assert_eq!(carried["statusCode"], 200, "{kind}");
            assert_eq!(carried["isBase64Encoded"], kind == "image/png");
            assert_eq!(problem(&answer(kind, vec![byte; most + 1]).await), too_large, "{kind}");
        }
        assert_eq!(problem(&answer("application/json", vec![b'7'; 20 << 20]).await), too_large);
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_is_told_in_time() {
        let answer = answer("slow", Vec::new()).await;
        assert_eq!(problem(&answer), (503, "timed_out".to_owned()));
        assert_eq!(answer["headers"]["retry-after"], "1");
    }
}
