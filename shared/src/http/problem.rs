//! Errors as the wire has them: `application/problem+json` (RFC 9457).

use crate::domain::Invalid;
use crate::domain::rules::FieldInvalid;
use crate::table::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use serde::Serialize;

/// What was wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// The field's path, such as `limits[2].amount`.
    pub field: String,
    /// Stable.
    pub code: String,
    /// For people.
    pub message: String,
}

/// The one error type that faces the wire.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: String,
    detail: String,
    errors: Vec<FieldProblem>,
    retry_after_s: Option<u64>,
    more: serde_json::Map<String, serde_json::Value>,
}

/// The body of a problem.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemBody {
    /// A URI that names the kind of problem.
    r#type: String,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened, for people.
    detail: String,
    /// Stable, for programs.
    code: String,
    /// Fields that were refused.
    errors: Vec<FieldProblem>,
    #[serde(flatten)]
    more: serde_json::Map<String, serde_json::Value>,
}

impl Problem {
    /// A problem with its stable code and a sentence.
    pub fn new(status: StatusCode, code: &str, detail: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
            detail: detail.to_owned(),
            errors: Vec::new(),
            retry_after_s: None,
            more: serde_json::Map::new(),
        }
    }

    /// 400.
    pub fn malformed(code: &str, detail: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 401.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in", "sign in first")
    }

    /// 403.
    pub fn forbidden(code: &str, detail: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// 404: absent, or another company's.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is nothing at this address")
    }

    /// 409.
    pub fn conflict(code: &str, detail: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 409 for a key that remembers another call.
    pub fn key_reused() -> Self {
        Self::conflict("idempotency_key_reused", "this key was used with another body")
    }

    /// 409 for a client's change while its company is suspended or closed.
    pub fn company_suspended() -> Self {
        Self::conflict("company_suspended", "the company is suspended: cards, limits and transfers do not change")
    }

    /// 422 for one field.
    pub fn field(field: &str, invalid: &Invalid) -> Self {
        Self::fields(vec![FieldProblem {
            field: field.to_owned(),
            code: invalid.code.to_owned(),
            message: invalid.message.clone(),
        }])
    }

    /// 422 for several fields.
    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "some fields are not acceptable");
        if let [only] = errors.as_slice() {
            only.code.clone_into(&mut problem.code);
            only.message.clone_into(&mut problem.detail);
        }
        problem.errors = errors;
        problem
    }

    /// 429, with `Retry-After` in whole seconds, rounded up: a call that waits so long is heard.
    pub fn too_many(code: &str, wait: TimeDelta) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, code, "too many attempts: wait before the next one");
        let seconds = wait.num_milliseconds().max(1).unsigned_abs().div_ceil(1_000);
        Self { retry_after_s: Some(seconds), ..problem }
    }

    /// 503: the same call may succeed in a moment.
    pub fn unavailable() -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "try again in a moment");
        Self { retry_after_s: Some(1), ..problem }
    }

    /// 503: no answer in time. What was asked may still have been done.
    pub fn timed_out() -> Self {
        let detail = "this took too long: look whether it was done, or ask again as before";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "timed_out", detail);
        Self { retry_after_s: Some(1), ..problem }
    }

    /// The problem with one more member, such as `tries_left`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemBody {
            r#type: format!("urn:oktan:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or_default().to_owned(),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code,
            errors: self.errors,
            more: self.more,
        };
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.status, json).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What went wrong inside is logged here, once, and not told.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy | StoreError::Unavailable(_) => {
                tracing::warn!(%error, "the store did not take a call");
                Self::unavailable()
            }
            StoreError::Refused { .. } | StoreError::Corrupt(_) | StoreError::Rejected(_) => {
                tracing::error!(%error, "a store call failed");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something went wrong on our side")
            }
        }
    }
}

impl From<Vec<FieldInvalid>> for Problem {
    fn from(errors: Vec<FieldInvalid>) -> Self {
        Self::fields(
            errors
                .into_iter()
                .map(|e| FieldProblem { field: e.field, code: e.code.to_owned(), message: e.message })
                .collect(),
        )
    }
}
