//! An answer as an event's JSON carries it.

use super::carried;
use axum::response::Response;
use http_body_util::BodyExt as _;
use lambda_http::{Body, IntoResponse};
use std::pin::Pin;

/// An answer whose body goes as a text where it is one and as base64 else. `lambda_http` does the same for every charset
/// there is, with tables that are a twentieth of a function; here all text is UTF-8.
pub(super) struct Told(pub Response);

impl IntoResponse for Told {
    fn into_response(self) -> Pin<Box<dyn Future<Output = lambda_http::Response<Body>> + Send>> {
        Box::pin(async {
            let (parts, body) = self.0.into_parts();
            let bytes = body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
            let body = match carried::is_text(&parts.headers) {
                true => String::from_utf8(bytes).map_or_else(|bytes| Body::Binary(bytes.into_bytes()), Body::Text),
                false => Body::Binary(bytes),
            };
            lambda_http::Response::from_parts(parts, body)
        })
    }
}
