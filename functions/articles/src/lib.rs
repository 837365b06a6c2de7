//! The information base: articles that explain, found by any form of their words.

mod edit;
mod history;
mod index;
mod listed;
mod names;
mod read;
mod shelf;
mod view;
mod words;

use axum::Extension;
use oktan_shared::{App, routes};
use shelf::Shelf;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(read::read))
        .routes(routes!(listed::list, edit::create))
        .routes(routes!(listed::read, edit::edit, edit::delete))
        .routes(routes!(history::list))
        .routes(routes!(history::read))
        .routes(routes!(history::restore))
        .layer(Extension(Arc::<Shelf>::default()))
}
