//! The wire: who asks, what they send, what they are told.
//!
//! A handler takes extractors from here; its signature is its contract. [`finish`] puts the same edges around every
//! function: cross-site writes refused, unknown paths and methods told as problems, nothing cached.

mod body;
mod carried;
mod cross_site;
mod etag;
mod front;
mod gateway;
mod idempotency;
mod lambda;
mod objects;
mod paging;
mod path;
mod problem;
mod repeated;
mod routes;
mod schema;
mod told;
mod who;

pub use body::{Json, OptionalJson, Raw, Upload, given};
pub use etag::{Edition, IfMatch, stale, with_etag};
pub use idempotency::{IdempotencyKey, replayed};
pub use lambda::serve;
pub use paging::{Cursor, List, Page, PageQuery};
pub use path::{Path, Query};
pub use problem::{FieldProblem, Problem};
pub use routes::DOCUMENTED;
pub use schema::{FileBytes, documented};
pub use who::{Client, Enrolling, Grant, Origin, Person, SESSION_COOKIE, Settled, Staff, TerminalToken, grant};

use crate::app::App;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;

/// The routes of a function, or of several, with the edges that all of them have.
pub fn finish(routes: OpenApiRouter<App>, app: App) -> Router {
    edges(routes.split_for_parts().0.with_state(app.clone()), &app)
}

/// The edges alone, around routes that have their parts.
pub fn edges(router: Router, app: &App) -> Router {
    router
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this address knows no such method")
        })
        .fallback(|| async { Problem::not_found() })
        .layer(from_fn_with_state(app.clone(), cross_site::refuse_writes))
        .layer(from_fn_with_state(app.clone(), front::only_through))
        .layer(from_fn(repeated::join))
        .layer(from_fn(carried::within_limits))
        .layer(from_fn(never_cached))
}

/// Answers are a person's own and of this moment, unless a handler says otherwise.
async fn never_cached(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
