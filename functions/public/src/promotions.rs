//! Promotions, for anyone: those that are for every company.

use crate::stations::kept;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use oktan_shared::domain::text::{Markdown, Title};
use oktan_shared::domain::{Catalogue, PromotionId};
use oktan_shared::http::{List, Path, Problem, Query};
use oktan_shared::table::Promotion;
use oktan_shared::wire::{LanguageName, PromotionStateName, TermsView};
use oktan_shared::{App, markdown};
use serde::{Deserialize, Serialize};

/// Characters of what a list says of a promotion.
const SUMMARY_MAX: usize = 240;

/// In which language.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PublicPromotionLanguage {
    /// In Russian unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<LanguageName>)]
    language: LanguageName,
}

/// A promotion in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PublicPromotionItem {
    id: PromotionId,
    /// The end of its address.
    slug: String,
    title: Title,
    /// Its first words, without Markdown.
    summary: String,
    /// The language of title and text: the one that was asked for, or Russian where there is no other.
    language: LanguageName,
    #[serde(flatten)]
    terms: TermsView,
    /// `upcoming` or `running`.
    state: PromotionStateName,
}

/// A promotion.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PublicPromotion {
    #[serde(flatten)]
    promotion: PublicPromotionItem,
    /// Markdown.
    body: Markdown,
}

/// Promotions for every company that are on or to come, those that end first first.
#[utoipa::path(
    get, path = "/v1/public/promotions", tag = "public", operation_id = "list_public_promotions",
    params(PublicPromotionLanguage), responses((status = 200, body = List<PublicPromotionItem>)),
)]
pub async fn list(
    State(app): State<App>,
    headers: HeaderMap,
    Query(wanted): Query<PublicPromotionLanguage>,
) -> Result<Response, Problem> {
    let promotions = app.table.promotions_for_all(app.clock.now()).await?;
    let catalogue = app.catalogue();
    let items = promotions.iter().map(|promotion| item(&app, promotion, wanted.language, &catalogue));
    kept(&app, &headers, List::whole(items.collect()))
}

/// A promotion for every company, by its address; an address of an earlier title finds it too.
#[utoipa::path(
    get, path = "/v1/public/promotions/{slug}", tag = "public", operation_id = "read_public_promotion",
    params(("slug" = String, Path), PublicPromotionLanguage), responses((status = 200, body = PublicPromotion)),
)]
pub async fn read(
    State(app): State<App>,
    headers: HeaderMap,
    Path(slug): Path<String>,
    Query(wanted): Query<PublicPromotionLanguage>,
) -> Result<Response, Problem> {
    let promotion = app.table.promotion_by_slug(&slug, app.clock.now()).await?.ok_or_else(Problem::not_found)?;
    let body = promotion.text(wanted.language.into()).1.clone();
    kept(&app, &headers, PublicPromotion { promotion: item(&app, &promotion, wanted.language, &app.catalogue()), body })
}

fn item(app: &App, promotion: &Promotion, wanted: LanguageName, catalogue: &Catalogue) -> PublicPromotionItem {
    let (title, body, written_in) = promotion.text(wanted.into());
    PublicPromotionItem {
        id: promotion.id(),
        slug: promotion.slug(),
        title: title.clone(),
        summary: markdown::to_text(body.as_str(), SUMMARY_MAX),
        language: written_in.into(),
        terms: TermsView::of(&promotion.terms, catalogue),
        state: promotion.state(app.clock.now()).into(),
    }
}
