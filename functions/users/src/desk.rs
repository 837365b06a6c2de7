//! The people of any company, in the hands of the staff's admins.

use crate::ask::{UserAsk, UserPatch};
use crate::change;
use crate::credentials::{self, Means};
use crate::view::{Mailed, PersonView};
use crate::whose::Whose;
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::account::CompanyStatus;
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::http::{Json, OptionalJson, Path, Problem, Staff, grant};
use oktan_shared::wire::NothingAsk;

/// Adds a person to a company, who gets an activation link by mail.
#[utoipa::path(
    post, path = "/v1/staff/companies/{id}/users", tag = "staff", operation_id = "add_company_user",
    params(("id" = CompanyId, Path)), request_body = UserAsk,
    responses((status = 201, body = PersonView)), security(("session" = ["StaffUsers"])),
)]
pub async fn add(
    State(app): State<App>,
    who: Staff<grant::StaffUsers>,
    Path(id): Path<CompanyId>,
    Json(ask): Json<UserAsk>,
) -> Result<(StatusCode, Json<PersonView>), Problem> {
    let account = app.table.account(id).await?.ok_or_else(Problem::not_found)?;
    if account.status == CompanyStatus::Closed {
        return Err(Problem::conflict("company_closed", "the company is closed for good"));
    }
    let added = change::add(&app, who.actor(), Some(id), ask.into()).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// Changes a person of a company: role, name or telephone, deactivated or reactivated.
#[utoipa::path(
    patch, path = "/v1/staff/users/{id}", tag = "staff", operation_id = "edit_company_user",
    params(("id" = UserId, Path)), request_body = UserPatch,
    responses((status = 200, body = PersonView)), security(("session" = ["StaffUsers"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::StaffUsers>,
    Path(id): Path<UserId>,
    Json(patch): Json<UserPatch>,
) -> Result<Json<PersonView>, Problem> {
    change::edit(&app, who.actor(), Whose::Companies, id, &patch.into()).await.map(Json)
}

/// Mails a person of a company a one-time password; the old one stops and all sessions end at once.
#[utoipa::path(
    post, path = "/v1/staff/users/{id}/credentials", tag = "staff", operation_id = "reissue_password",
    params(("id" = UserId, Path)), request_body = Option<NothingAsk>,
    responses((status = 202, body = Mailed)), security(("session" = ["StaffUsers"])),
)]
pub async fn reissue(
    State(app): State<App>,
    who: Staff<grant::StaffUsers>,
    Path(id): Path<UserId>,
    OptionalJson(_ask): OptionalJson<NothingAsk>,
) -> Result<(StatusCode, Json<Mailed>), Problem> {
    credentials::reissue(&app, who.actor(), Whose::Companies, id, Means::OneTimePassword).await?;
    Ok((StatusCode::ACCEPTED, Json(Mailed {})))
}
