//! Writing promotions. Published terms never change: an edit makes others, and what was approved keeps its own.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::PromotionId;
use oktan_shared::domain::promotion::{OFFERS_MAX, Offers, TermsId, day_of};
use oktan_shared::http::{IfMatch, Json, Path, Problem, Staff, grant, with_etag};
use oktan_shared::journal::{Act, differences};
use oktan_shared::table::{Promotion, pause};
use oktan_shared::wire::TermsView;
use serde_json::{Value, json};

use crate::ask::{PromotionAsk, PromotionEditAsk, not_over};
use crate::tell;
use crate::view::StaffPromotion;

/// Writes that may be in each other's way before the caller is told to try again.
pub const ATTEMPTS_MAX: u32 = 10;

/// Writes a promotion. Whoever may join a published one is told of it.
#[utoipa::path(
    post, path = "/v1/staff/promotions", tag = "staff", operation_id = "create_promotion", request_body = PromotionAsk,
    responses((status = 201, body = StaffPromotion)), security(("session" = ["Content"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Json(ask): Json<PromotionAsk>,
) -> Result<Response, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let now = app.clock.now();
        let (offers, edition) = app.table.read_offers().await?;
        let mut next = Offers::clone(&offers);
        let id = PromotionId::new(next.count()).ok_or_else(Problem::unavailable)?;
        let mut promotion = Promotion {
            title: ask.title.clone(),
            body: ask.body.clone(),
            english: ask.english.clone().map(Into::into),
            terms: ask.terms(&app, id).await?,
            published_at: None,
            withdrawn_at: None,
            created_at: now,
            participants: 0,
            edition: 1,
        };
        if ask.published.unwrap_or(true) {
            next = publish(&mut promotion, next, now)?;
        }
        let notice = tell::of(&promotion, None, now);
        let act = act(&who, now, "promotion.create", id, Value::Null, facts(&app, &promotion));
        if app.table.save_promotion(None, &promotion, Some((edition, &next)), notice.as_ref(), &act).await? {
            return Ok((StatusCode::CREATED, answer(&app, &promotion)).into_response());
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Changes a promotion, or publishes a draft. Other terms hold for what is approved from then on.
#[utoipa::path(
    patch, path = "/v1/staff/promotions/{id}", tag = "staff", operation_id = "edit_promotion",
    params(("id" = PromotionId, Path), ("If-Match" = Option<String>, Header)), request_body = PromotionEditAsk,
    responses((status = 200, body = StaffPromotion)), security(("session" = ["Content"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path(id): Path<PromotionId>,
    edition: Option<IfMatch>,
    Json(ask): Json<PromotionEditAsk>,
) -> Result<Response, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let now = app.clock.now();
        let before = app.table.promotion(id).await?.ok_or_else(Problem::not_found)?;
        edition.unwrap_or(IfMatch::ANY).meets(before.edition)?;
        if before.withdrawn_at.is_some() {
            return Err(Problem::conflict("promotion_withdrawn", "this promotion was withdrawn for good"));
        }
        let mut after = ask.on(&app, &before).await?;
        let was_published = before.published_at.is_some();
        if was_published && ask.published == Some(false) {
            let detail = "what was published is withdrawn, it is no draft again";
            return Err(Problem::conflict("promotion_published", detail));
        }
        let (offers, offers_edition) = app.table.read_offers().await?;
        let mut changed = None;
        let other_terms = was_published && !after.terms.same(&before.terms);
        if other_terms || (!was_published && ask.published == Some(true)) {
            changed = Some(publish(&mut after, Offers::clone(&offers), now)?);
        }
        let (was, is) = differences(&facts(&app, &before), &facts(&app, &after));
        if is.is_empty() {
            return Ok(answer(&app, &before));
        }
        after.edition = before.edition.saturating_add(1);
        let notice = changed.as_ref().and_then(|_| tell::of(&after, Some(&before), now));
        let act = act(&who, now, "promotion.edit", id, Value::Object(was), Value::Object(is));
        let changed = changed.as_ref().map(|offers| (offers_edition, offers));
        if app.table.save_promotion(Some(&before), &after, changed, notice.as_ref(), &act).await? {
            return Ok(answer(&app, &after));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Removes a draft, or withdraws what was published: nothing more is approved on its terms, what was approved keeps them.
#[utoipa::path(
    delete, path = "/v1/staff/promotions/{id}", tag = "staff", operation_id = "delete_promotion",
    params(("id" = PromotionId, Path)), responses((status = 204)), security(("session" = ["Content"])),
)]
pub async fn delete(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path(id): Path<PromotionId>,
) -> Result<StatusCode, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let now = app.clock.now();
        let before = app.table.promotion(id).await?.ok_or_else(Problem::not_found)?;
        let done = if before.published_at.is_none() {
            let act = act(&who, now, "promotion.delete", id, facts(&app, &before), Value::Null);
            app.table.delete_promotion(&before, &act).await?
        } else if before.withdrawn_at.is_some() {
            true
        } else {
            let (offers, edition) = app.table.read_offers().await?;
            let mut next = offers.without(id, now);
            // Whoever joined something later knows by the count that these are not the newest.
            next.count();
            let edited = before.edition.saturating_add(1);
            let after = Promotion { withdrawn_at: Some(now), edition: edited, ..before.clone() };
            let act = act(&who, now, "promotion.withdraw", id, facts(&app, &before), Value::Null);
            app.table.save_promotion(Some(&before), &after, Some((edition, &next)), None, &act).await?
        };
        if done {
            return Ok(StatusCode::NO_CONTENT);
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Puts a promotion's terms among the offers, under a new id.
fn publish(promotion: &mut Promotion, mut offers: Offers, now: DateTime<Utc>) -> Result<Offers, Problem> {
    let today = day_of(now);
    not_over(&promotion.terms, today)?;
    if offers.current(today).filter(|terms| terms.promotion != promotion.id()).count() >= OFFERS_MAX {
        return Err(Problem::conflict("promotions_full", "as many promotions are on as there may be at once"));
    }
    promotion.terms.id = TermsId::new(offers.count());
    promotion.published_at = promotion.published_at.or(Some(now));
    Ok(offers.with(promotion.terms.clone(), now))
}

fn act(
    who: &Staff<grant::Content>,
    at: DateTime<Utc>,
    action: &str,
    id: PromotionId,
    before: Value,
    after: Value,
) -> Act {
    let (actor, subject) = (who.actor(), format!("promotion {id}"));
    Act { at, actor, action: action.to_owned(), subject, before, after, reason: String::new() }
}

fn facts(app: &App, promotion: &Promotion) -> Value {
    let mut facts = json!(TermsView::of(&promotion.terms, &app.catalogue()));
    facts["title"] = json!(promotion.title);
    facts["body"] = json!(promotion.body);
    facts["english"] = json!(promotion.english);
    facts["companies"] = json!(promotion.terms.companies);
    facts["published"] = json!(promotion.published_at.is_some());
    facts
}

fn answer(app: &App, promotion: &Promotion) -> Response {
    let view = StaffPromotion::of(promotion, &app.catalogue(), app.clock.now());
    with_etag(promotion.edition, Json(view))
}
