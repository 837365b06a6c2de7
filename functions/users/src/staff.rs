//! The staff's own accounts.

use crate::ask::{Changes, StaffAsk, StaffPatch};
use crate::change;
use crate::credentials::{self, Means};
use crate::view::{Mailed, PersonView, page};
use crate::whose::Whose;
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::UserId;
use oktan_shared::http::{Json, List, OptionalJson, PageQuery, Path, Problem, Query, Staff, grant};
use oktan_shared::wire::NothingAsk;

/// The staff by login, the deactivated ones among them.
#[utoipa::path(
    get, path = "/v1/staff/staff-users", tag = "staff", operation_id = "list_staff",
    params(PageQuery), responses((status = 200, body = List<PersonView>)), security(("session" = ["StaffAccounts"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::StaffAccounts>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<PersonView>>, Problem> {
    page(&app, None, &query).await
}

/// Adds a person of the staff, who gets an activation link by mail.
#[utoipa::path(
    post, path = "/v1/staff/staff-users", tag = "staff", operation_id = "add_staff",
    request_body = StaffAsk, responses((status = 201, body = PersonView)), security(("session" = ["StaffAccounts"])),
)]
pub async fn add(
    State(app): State<App>,
    who: Staff<grant::StaffAccounts>,
    Json(ask): Json<StaffAsk>,
) -> Result<(StatusCode, Json<PersonView>), Problem> {
    let added = change::add(&app, who.actor(), None, ask.into()).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// Changes a person of the staff: role, name or telephone, deactivated or reactivated.
#[utoipa::path(
    patch, path = "/v1/staff/staff-users/{id}", tag = "staff", operation_id = "edit_staff",
    params(("id" = UserId, Path)), request_body = StaffPatch,
    responses((status = 200, body = PersonView)), security(("session" = ["StaffAccounts"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::StaffAccounts>,
    Path(id): Path<UserId>,
    Json(patch): Json<StaffPatch>,
) -> Result<Json<PersonView>, Problem> {
    change::edit(&app, who.actor(), Whose::Staff, id, &patch.into()).await.map(Json)
}

/// Deactivates a person of the staff: their sessions end at once. Repeating changes nothing.
#[utoipa::path(
    delete, path = "/v1/staff/staff-users/{id}", tag = "staff", operation_id = "deactivate_staff",
    params(("id" = UserId, Path)), responses((status = 204)), security(("session" = ["StaffAccounts"])),
)]
pub async fn deactivate(
    State(app): State<App>,
    who: Staff<grant::StaffAccounts>,
    Path(id): Path<UserId>,
) -> Result<StatusCode, Problem> {
    change::edit(&app, who.actor(), Whose::Staff, id, &Changes::deactivation()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mails a person of the staff a fresh activation link; the newest is the only one that works.
#[utoipa::path(
    post, path = "/v1/staff/staff-users/{id}/credentials", tag = "staff", operation_id = "reissue_staff_link",
    params(("id" = UserId, Path)), request_body = Option<NothingAsk>,
    responses((status = 202, body = Mailed)), security(("session" = ["StaffAccounts"])),
)]
pub async fn reissue(
    State(app): State<App>,
    who: Staff<grant::StaffAccounts>,
    Path(id): Path<UserId>,
    OptionalJson(_ask): OptionalJson<NothingAsk>,
) -> Result<(StatusCode, Json<Mailed>), Problem> {
    credentials::reissue(&app, who.actor(), Whose::Staff, id, Means::Link).await?;
    Ok((StatusCode::ACCEPTED, Json(Mailed {})))
}

/// Takes the second factor off a colleague who lost it; one's own goes with the password and a code.
#[utoipa::path(
    delete, path = "/v1/staff/staff-users/{id}/totp", tag = "staff", operation_id = "remove_staff_totp",
    params(("id" = UserId, Path)), responses((status = 204)), security(("session" = ["StaffAccounts"])),
)]
pub async fn remove_totp(
    State(app): State<App>,
    who: Staff<grant::StaffAccounts>,
    Path(id): Path<UserId>,
) -> Result<StatusCode, Problem> {
    credentials::remove_totp(&app, who.actor(), Whose::Staff, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
