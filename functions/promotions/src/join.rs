//! Joining and leaving. What is approved from then on goes by it; what was approved before keeps what it was approved on.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::PromotionId;
use oktan_shared::domain::account::CompanyStatus;
use oktan_shared::domain::promotion::{JOINED_MAX, Joined, day_of};
use oktan_shared::http::{Client, Json, OptionalJson, Path, Problem, Query, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{ParticipationEdit, PromotionSaved, pause};
use oktan_shared::wire::NothingAsk;
use serde_json::{Value, json};

use crate::client::{PromotionLanguage, folded, visible};
use crate::view::{Part, PromotionView};
use crate::write::ATTEMPTS_MAX;

/// Joins a promotion; joining what was joined changes nothing.
#[utoipa::path(
    post, path = "/v1/promotions/{id}/participation", tag = "promotions", operation_id = "join_promotion",
    params(("id" = PromotionId, Path), PromotionLanguage), request_body = Option<NothingAsk>,
    responses((status = 200, body = PromotionView)), security(("session" = ["JoinPromotions"])),
)]
pub async fn join(
    State(app): State<App>,
    who: Client<grant::JoinPromotions>,
    Path(id): Path<PromotionId>,
    Query(wanted): Query<PromotionLanguage>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<Json<PromotionView>, Problem> {
    change(&app, &who, id, wanted, true).await
}

/// Leaves a promotion; leaving what was not joined changes nothing.
#[utoipa::path(
    delete, path = "/v1/promotions/{id}/participation", tag = "promotions", operation_id = "leave_promotion",
    params(("id" = PromotionId, Path), PromotionLanguage), responses((status = 200, body = PromotionView)),
    security(("session" = ["JoinPromotions"])),
)]
pub async fn leave(
    State(app): State<App>,
    who: Client<grant::JoinPromotions>,
    Path(id): Path<PromotionId>,
    Query(wanted): Query<PromotionLanguage>,
) -> Result<Json<PromotionView>, Problem> {
    change(&app, &who, id, wanted, false).await
}

async fn change(
    app: &App,
    who: &Client<grant::JoinPromotions>,
    id: PromotionId,
    wanted: PromotionLanguage,
    joins: bool,
) -> Result<Json<PromotionView>, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let now = app.clock.now();
        let (promotion, participation) = visible(app, who, id).await?;
        let account = app.table.account(who.company).await?.ok_or_else(Problem::not_found)?;
        let savings = app.table.savings(who.company, now).await?;
        let view = |joined: bool, participation: Option<&_>| {
            let saved = savings.by(id, folded(participation));
            let part = Part { company: who.company, joined, participation, saved };
            PromotionView::of(&promotion, &part, wanted.language.into(), &app.catalogue(), now)
        };
        if account.joined.promotions.contains(&id) == joins {
            return Ok(Json(view(joins, participation.as_ref())));
        }
        if account.status != CompanyStatus::Active {
            return Err(Problem::company_suspended());
        }
        let is_open = promotion.state(now).is_open() && promotion.terms.is_for(who.company);
        if joins && !is_open {
            return Err(Problem::conflict("promotion_over", "this promotion is over"));
        }
        let (offers, _) = app.table.read_offers().await?;
        // What is over no longer counts among those that are joined.
        let open = |one: &PromotionId| offers.current(day_of(now)).any(|terms| terms.promotion == *one);
        let mut promotions = account.joined.promotions.clone();
        promotions.retain(|one| *one != id && open(one));
        if joins {
            if promotions.len() >= JOINED_MAX {
                let detail =
                    format!("a company takes part in at most {JOINED_MAX} promotions at once: leave one first");
                return Err(Problem::conflict("promotions_full", &detail));
            }
            promotions.push(id);
        }
        let joined = Joined { promotions, as_of: offers.last() };
        let act = Act {
            at: now,
            actor: who.actor(),
            action: if joins { "promotion.join" } else { "promotion.leave" }.to_owned(),
            subject: format!("promotion {id}"),
            before: Value::Null,
            after: json!({ "title": promotion.title }),
            reason: String::new(),
        };
        let edit =
            ParticipationEdit { account: &account, joined: &joined, promotion: &promotion, savings: &savings, at: now };
        if app.table.save_participation(&edit, &act).await? == PromotionSaved::Done {
            let participation = app.table.participation(who.company, id).await?;
            return Ok(Json(view(joins, participation.as_ref())));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}
