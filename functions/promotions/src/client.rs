//! Promotions, for the people of a company: what they may join, what they take part in, what they took part in.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::promotion::day_of;
use oktan_shared::domain::{Kopecks, PromotionId};
use oktan_shared::http::{Client, Json, Path, Problem, Query, grant};
use oktan_shared::table::{Participation, Promotion};
use oktan_shared::wire::LanguageName;
use serde::{Deserialize, Serialize};

use crate::view::{Part, PromotionView};

/// In which language.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PromotionLanguage {
    /// In Russian unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<LanguageName>)]
    pub language: LanguageName,
}

/// Promotions, and what the company saved with all that there ever were.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PromotionList {
    items: Vec<PromotionView>,
    /// `null`: the list is whole.
    #[schema(required)]
    next_cursor: Option<String>,
    /// Saved with promotions, what returns took back taken off.
    saved: Kopecks,
    /// The same in the company's month that is on.
    saved_this_month: Kopecks,
}

/// What the company may join, what it takes part in, and what it took part in, the newest hundred of these: those that are
/// open first, by their last day; then the others, the newest first.
#[utoipa::path(
    get, path = "/v1/promotions", tag = "promotions", operation_id = "list_promotions", params(PromotionLanguage),
    responses((status = 200, body = PromotionList)), security(("session" = ["Read"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::Read>,
    Query(wanted): Query<PromotionLanguage>,
) -> Result<Json<PromotionList>, Problem> {
    let now = app.clock.now();
    let savings = app.table.savings(who.company, now).await?;
    let parts = app.table.participations(who.company).await?;
    let (offers, _) = app.table.read_offers().await?;
    let open = offers.current(day_of(now)).filter(|terms| terms.is_for(who.company)).map(|terms| terms.promotion);
    let mut ids: Vec<PromotionId> = open.collect();
    ids.extend(parts.iter().map(|part| part.promotion));
    ids.sort_unstable();
    ids.dedup();
    let mut promotions = app.table.promotions(&ids).await?;
    promotions.retain(|promotion| promotion.published_at.is_some());
    promotions.sort_by_key(|promotion| {
        let id = i64::from(promotion.id().get());
        if promotion.state(now).is_open() { (false, Some(promotion.terms.to), id) } else { (true, None, -id) }
    });
    let (catalogue, account) = (app.catalogue(), &who.account);
    let items = promotions.iter().map(|promotion| {
        let participation = parts.iter().find(|part| part.promotion == promotion.id());
        let part = Part {
            company: who.company,
            joined: account.joined.promotions.contains(&promotion.id()),
            participation,
            saved: savings.by(promotion.id(), folded(participation)),
        };
        PromotionView::of(promotion, &part, wanted.language.into(), &catalogue, now)
    });
    Ok(Json(PromotionList {
        items: items.collect(),
        next_cursor: None,
        saved: savings.total,
        saved_this_month: savings.month,
    }))
}

/// A promotion that the company may join or took part in; 404 for what is meant for others.
#[utoipa::path(
    get, path = "/v1/promotions/{id}", tag = "promotions", operation_id = "read_promotion",
    params(("id" = PromotionId, Path), PromotionLanguage), responses((status = 200, body = PromotionView)),
    security(("session" = ["Read"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Client<grant::Read>,
    Path(id): Path<PromotionId>,
    Query(wanted): Query<PromotionLanguage>,
) -> Result<Json<PromotionView>, Problem> {
    let now = app.clock.now();
    let (promotion, participation) = visible(&app, &who, id).await?;
    let savings = app.table.savings(who.company, now).await?;
    let part = Part {
        company: who.company,
        joined: who.account.joined.promotions.contains(&id),
        participation: participation.as_ref(),
        saved: savings.by(id, folded(participation.as_ref())),
    };
    Ok(Json(PromotionView::of(&promotion, &part, wanted.language.into(), &app.catalogue(), now)))
}

/// A promotion that a company may know of, with its part in it.
///
/// # Errors
/// 404 for a draft, for what is meant for others, for what was withdrawn before the company took part.
pub async fn visible<G>(
    app: &App,
    who: &Client<G>,
    id: PromotionId,
) -> Result<(Promotion, Option<Participation>), Problem> {
    let promotion = app.table.promotion(id).await?.filter(|promotion| promotion.published_at.is_some());
    let promotion = promotion.ok_or_else(Problem::not_found)?;
    let participation = app.table.participation(who.company, id).await?;
    let is_for = promotion.terms.is_for(who.company) && promotion.withdrawn_at.is_none();
    if is_for || participation.is_some() { Ok((promotion, participation)) } else { Err(Problem::not_found()) }
}

/// What stands at a participation.
pub fn folded(participation: Option<&Participation>) -> Kopecks {
    participation.map_or(Kopecks::ZERO, |part| part.folded)
}
