//! Editions: what `ETag` and `If-Match` carry. Only people's acts move them.

use super::problem::Problem;
use super::repeated;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A version that only people's acts move.
pub type Edition = u32;

/// The edition that a change is based on. 428 where it is missing.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(Option<Edition>);

impl IfMatch {
    /// Whatever edition is current.
    pub const ANY: Self = Self(None);

    /// # Errors
    /// 412 if the thing has moved on from the edition that was read.
    pub fn meets(self, edition: Edition) -> Result<(), Problem> {
        match self.0 {
            Some(expected) if expected != edition => Err(stale()),
            _ => Ok(()),
        }
    }
}

/// 412: what a change is over has moved.
pub fn stale() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, "stale", "somebody changed this meanwhile: read it again")
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(text) = repeated::only(&parts.headers, &header::IF_MATCH)? else {
            return Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if_match_required",
                "send If-Match with the ETag that was read",
            ));
        };
        if text == "*" {
            return Ok(Self(None));
        }
        // A tag that the house never gave cannot be the current one.
        let tag = text
            .strip_prefix('"')
            .and_then(|t| t.strip_suffix('"'))
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|t| t.parse().ok());
        tag.map(|edition| Self(Some(edition))).ok_or_else(stale)
    }
}

/// Where a change may be based on whatever is current, unless the caller says otherwise.
impl<S: Send + Sync> OptionalFromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Problem> {
        if !parts.headers.contains_key(header::IF_MATCH) {
            return Ok(None);
        }
        <Self as FromRequestParts<S>>::from_request_parts(parts, state).await.map(Some)
    }
}

/// The answer with its edition as `ETag`.
pub fn with_etag(edition: Edition, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{edition}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
