//! A company's people, in the hands of its owners.

use crate::ask::{Changes, UserAsk, UserPatch};
use crate::change;
use crate::credentials::{self, Means};
use crate::view::{Mailed, PersonView, page};
use crate::whose::Whose;
use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::UserId;
use oktan_shared::http::{Client, Json, List, OptionalJson, PageQuery, Path, Problem, Query, grant};
use oktan_shared::wire::NothingAsk;

/// The company's people by login, the deactivated ones among them.
#[utoipa::path(
    get, path = "/v1/users", tag = "users", operation_id = "list_users",
    params(PageQuery), responses((status = 200, body = List<PersonView>)), security(("session" = ["ManageUsers"])),
)]
pub async fn list(
    State(app): State<App>,
    who: Client<grant::ManageUsers>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<PersonView>>, Problem> {
    page(&app, Some(who.company), &query).await
}

/// Adds a person, who gets an activation link by mail.
#[utoipa::path(
    post, path = "/v1/users", tag = "users", operation_id = "add_user",
    request_body = UserAsk, responses((status = 201, body = PersonView)), security(("session" = ["ManageUsers"])),
)]
pub async fn add(
    State(app): State<App>,
    who: Client<grant::ManageUsers>,
    Json(ask): Json<UserAsk>,
) -> Result<(StatusCode, Json<PersonView>), Problem> {
    let added = change::add(&app, who.actor(), Some(who.company), ask.into()).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// Changes a person's role, name or telephone, deactivates or reactivates them.
#[utoipa::path(
    patch, path = "/v1/users/{id}", tag = "users", operation_id = "edit_user",
    params(("id" = UserId, Path)), request_body = UserPatch,
    responses((status = 200, body = PersonView)), security(("session" = ["ManageUsers"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Client<grant::ManageUsers>,
    Path(id): Path<UserId>,
    Json(patch): Json<UserPatch>,
) -> Result<Json<PersonView>, Problem> {
    change::edit(&app, who.actor(), Whose::Company(who.company), id, &patch.into()).await.map(Json)
}

/// Deactivates a person: their sessions end at once. Repeating changes nothing.
#[utoipa::path(
    delete, path = "/v1/users/{id}", tag = "users", operation_id = "deactivate_user",
    params(("id" = UserId, Path)), responses((status = 204)), security(("session" = ["ManageUsers"])),
)]
pub async fn deactivate(
    State(app): State<App>,
    who: Client<grant::ManageUsers>,
    Path(id): Path<UserId>,
) -> Result<StatusCode, Problem> {
    change::edit(&app, who.actor(), Whose::Company(who.company), id, &Changes::deactivation()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mails a person a fresh activation link; the newest is the only one that works.
#[utoipa::path(
    post, path = "/v1/users/{id}/credentials", tag = "users", operation_id = "reissue_link",
    params(("id" = UserId, Path)), request_body = Option<NothingAsk>,
    responses((status = 202, body = Mailed)), security(("session" = ["ManageUsers"])),
)]
pub async fn reissue(
    State(app): State<App>,
    who: Client<grant::ManageUsers>,
    Path(id): Path<UserId>,
    OptionalJson(_ask): OptionalJson<NothingAsk>,
) -> Result<(StatusCode, Json<Mailed>), Problem> {
    credentials::reissue(&app, who.actor(), Whose::Company(who.company), id, Means::Link).await?;
    Ok((StatusCode::ACCEPTED, Json(Mailed {})))
}
