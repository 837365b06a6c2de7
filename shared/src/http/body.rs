//! JSON bodies, read strictly: a refusal names the field.

use super::problem::{FieldProblem, Problem};
use super::repeated;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

/// The largest body of JSON.
pub const BODY_MAX: usize = 64 * 1024;

/// The largest upload.
pub const UPLOAD_MAX: usize = 4 * 1024 * 1024;

/// A JSON body that must be there; also a JSON answer.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// A JSON body all of whose fields are optional: `{}` and no body are the same.
#[derive(Debug, Clone)]
pub struct OptionalJson<T>(pub T);

/// A body as it came, of at most 64 KiB.
#[derive(Debug, Clone)]
pub struct Raw(pub Bytes);

/// For a field of a patch that `null` empties: left out is `None`, `null` is `Some(None)`. It goes with `default`.
///
/// # Errors
/// When what is given is not a `T`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A file as it came, of at most 4 MiB, sent as `application/octet-stream` or `text/*`.
#[derive(Debug, Clone)]
pub struct Upload(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        read(request.into_body(), BODY_MAX).await.map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read(body, UPLOAD_MAX).await?;
        let kind = kind(&parts.headers)?;
        if kind == "application/octet-stream" || kind.starts_with("text/") {
            return Ok(Self(bytes));
        }
        let detail = "a file is sent as application/octet-stream or text/*";
        Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_a_file", detail))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read(body, BODY_MAX).await?;
        json_only(&parts.headers)?;
        parse(&bytes).map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for OptionalJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read(body, BODY_MAX).await?;
        if bytes.is_empty() {
            return parse(b"{}").map(Self);
        }
        json_only(&parts.headers)?;
        parse(&bytes).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Reads a body of at most so many bytes.
async fn read(body: axum::body::Body, most: usize) -> Result<Bytes, Problem> {
    match Limited::new(body, most).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            let detail = format!("a body has at most {} KiB here", most / 1024);
            Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", &detail))
        }
        Err(_) => Err(Problem::malformed("body_broken", "the body could not be read")),
    }
}

/// What a body says it is, in lower case and without parameters.
fn kind(headers: &HeaderMap) -> Result<String, Problem> {
    let kind = repeated::only(headers, &header::CONTENT_TYPE)?.unwrap_or_default();
    Ok(kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

fn json_only(headers: &HeaderMap) -> Result<(), Problem> {
    if kind(headers)? == "application/json" {
        return Ok(());
    }
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", "the body must be application/json"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // Told here with a better sentence than serde's.
    if bytes.iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| *b == b'[') {
        return Err(Problem::fields(vec![FieldProblem {
            field: String::new(),
            code: "invalid_type".to_owned(),
            message: "the body must be an object".to_owned(),
        }]));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        refused(&path, error.inner(), bytes)
    })?;
    json.end().map_err(|error| refused("", &error, bytes))?;
    super::objects::check::<T>(bytes).map_err(|(path, text)| Problem::fields(vec![explain(&path, &text)]))?;
    Ok(value)
}

fn refused(path: &str, error: &serde_json::Error, bytes: &[u8]) -> Problem {
    if !error.is_data() {
        // Where a word of a list is due, serde_json takes any other kind of value for broken JSON.
        return match serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
            Ok(_) => Problem::fields(vec![explain(path, "invalid type: another kind of value is due here")]),
            Err(_) => Problem::malformed("json_malformed", "the body is not JSON"),
        };
    }
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    Problem::fields(vec![explain(path, text)])
}

/// Reads serde's sentence: what is missing, unknown or refused, and where.
pub(super) fn explain(path: &str, text: &str) -> FieldProblem {
    let path = if path == "." { "" } else { path };
    let quoted = || text.split('`').nth(1).unwrap_or_default();
    let joined = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let (field, code, message) = if text.starts_with("missing field") {
        (joined(quoted()), "required", "this field is required".to_owned())
    } else if text.starts_with("unknown field") {
        // serde_path_to_error already stands at the unknown name.
        let at = if path.ends_with(quoted()) { path.to_owned() } else { joined(quoted()) };
        (at, "unknown_field", "there is no such field".to_owned())
    } else if text.starts_with("unknown variant") {
        (path.to_owned(), "unknown_value", text.to_owned())
    } else if text.starts_with("invalid type") {
        (path.to_owned(), "invalid_type", text.to_owned())
    } else {
        match text.split_once(": ") {
            Some((code, message)) if code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
                return FieldProblem { field: path.to_owned(), code: code.to_owned(), message: message.to_owned() };
            }
            _ => (path.to_owned(), "invalid", text.to_owned()),
        }
    };
    FieldProblem { field, code: code.to_owned(), message }
}
