//! `Idempotency-Key`, where a person moves money; where they write to us or ask for an invoice it may be left out.

use super::problem::Problem;
use super::repeated;
use crate::app::App;
use crate::table::Once;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

const NAME: HeaderName = HeaderName::from_static("idempotency-key");

/// The caller's key of one operation: 1 to 100 visible ASCII characters, no comma.
#[derive(Debug, Clone)]
pub struct IdempotencyKey(pub String);

impl IdempotencyKey {
    /// The key with what is said under it: which call it is, and its body.
    pub fn once(self, app: &App, what: &str, said: &serde_json::Value) -> Once {
        let fingerprint = app.keys.mac("idempotency", &[what.as_bytes(), said.to_string().as_bytes()]).to_vec();
        Once { key: self.0, fingerprint }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match repeated::only(&parts.headers, &NAME)? {
            None | Some("") => {
                Err(Problem::malformed("idempotency_key_required", "send an Idempotency-Key: it makes a repeat safe"))
            }
            Some(key) if key.len() <= 100 && key.bytes().all(|b| b.is_ascii_graphic()) => Ok(Self(key.to_owned())),
            Some(_) => Err(Problem::malformed("idempotency_key_malformed", "at most 100 visible ASCII characters")),
        }
    }
}

/// Where a call without a key is simply another one.
impl<S: Send + Sync> OptionalFromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Problem> {
        if !parts.headers.contains_key(NAME) {
            return Ok(None);
        }
        <Self as FromRequestParts<S>>::from_request_parts(parts, state).await.map(Some)
    }
}

/// Marks an answer as that of an earlier call.
pub fn replayed(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    response
}
