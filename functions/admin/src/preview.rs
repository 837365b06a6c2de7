//! Markdown as the site will show it, for whoever is still writing it.

use oktan_shared::domain::text::Markdown;
use oktan_shared::http::{Json, Staff, grant};
use oktan_shared::markdown::to_html;
use serde::{Deserialize, Serialize};

/// A text that is being written.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewAsk {
    body: Markdown,
}

/// A text as its readers will see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PreviewView {
    /// What the site makes of it: its own tags alone, nothing that the writer could have brought in.
    html: String,
}

/// Shows a text in Markdown as the site would. Nothing is kept.
#[utoipa::path(
    post, path = "/v1/staff/markdown", tag = "staff", operation_id = "preview_markdown", request_body = PreviewAsk,
    responses((status = 200, body = PreviewView)), security(("session" = ["Content"])),
)]
pub async fn preview(_who: Staff<grant::Content>, Json(ask): Json<PreviewAsk>) -> Json<PreviewView> {
    Json(PreviewView { html: to_html(ask.body.as_str()) })
}
