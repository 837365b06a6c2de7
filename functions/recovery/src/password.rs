//! A new password: by the old one, or by an activation link.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::auth::{Passwords, Secret, token_hash};
use oktan_shared::domain::Invalid;
use oktan_shared::domain::people::{Actor, Person as Who};
use oktan_shared::http::{Json, Path, Person, Problem};
use oktan_shared::journal::Act;
use oktan_shared::table::Throttle;
use serde::Deserialize;
use serde_json::Value;

/// A change of password.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordAsk {
    /// The one that works now.
    current_password: Secret,
    /// 12 to 256 characters, hard to guess.
    new_password: Secret,
}

/// A first password.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivationAsk {
    /// 12 to 256 characters, hard to guess.
    new_password: Secret,
}

/// Changes the password; every other session ends.
#[utoipa::path(
    post, path = "/v1/password", tag = "session", operation_id = "change_password",
    request_body = PasswordAsk, responses((status = 204)), security(("session" = [])),
)]
pub async fn change(State(app): State<App>, me: Person, Json(ask): Json<PasswordAsk>) -> Result<Response, Problem> {
    let now = app.clock.now();
    let throttle = [Throttle::Login(token_hash(&format!("password of {}", me.who.id)))];
    if let Err(until) = app.table.take_try(&throttle, now).await? {
        return Err(Problem::too_many("too_many_attempts", until - now));
    }
    if !app.passwords.verify(&ask.current_password, me.who.password_hash.as_deref()).await {
        let invalid = Invalid::new("current_password_wrong", "this is not the password that works now");
        return Err(Problem::field("current_password", &invalid));
    }
    app.table.try_was_right(&throttle).await?;
    if ask.current_password == ask.new_password {
        let invalid = Invalid::new("password_unchanged", "the new password is the old one");
        return Err(Problem::field("new_password", &invalid));
    }
    strong(&ask.new_password, &me.who)?;
    let hash = app.passwords.hash(&ask.new_password).await.ok_or_else(Problem::unavailable)?;
    let act = act(&app, &me.who, "password.change");
    if !app.table.set_password(&me.who, hash, None, Some(me.session.id), &act).await? {
        return Err(Problem::conflict("changed_meanwhile", "the account changed meanwhile: sign in again"));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Sets the first password by a link that works once.
#[utoipa::path(
    post, path = "/v1/activation/{token}", tag = "session", operation_id = "activate",
    params(("token" = String, Path)), request_body = ActivationAsk, responses((status = 204)),
)]
pub async fn activate(
    State(app): State<App>,
    Path(token): Path<String>,
    Json(ask): Json<ActivationAsk>,
) -> Result<Response, Problem> {
    let expired =
        || Problem::new(StatusCode::GONE, "link_expired", "this link was used or has run out: ask for another");
    let hash = token_hash(&token);
    let person = app.table.activation(&hash, app.clock.now()).await?.ok_or_else(expired)?;
    strong(&ask.new_password, &person)?;
    let password = app.passwords.hash(&ask.new_password).await.ok_or_else(Problem::unavailable)?;
    let act = act(&app, &person, "password.activate");
    if !app.table.set_password(&person, password, Some(&hash), None, &act).await? {
        return Err(expired());
    }
    let mut answer = StatusCode::NO_CONTENT.into_response();
    answer.headers_mut().insert(header::REFERRER_POLICY, axum::http::HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

fn strong(password: &Secret, who: &Who) -> Result<(), Problem> {
    let about = [who.login.as_str(), who.full_name.as_str(), "oktan", "октан"];
    Passwords::check(password, &about).map_err(|error| Problem::field("new_password", &error.as_invalid()))
}

fn act(app: &App, who: &Who, action: &str) -> Act {
    Act {
        at: app.clock.now(),
        actor: Actor { user: who.id, login: who.login.clone(), role: who.role },
        action: action.to_owned(),
        subject: format!("user {}", who.login),
        before: Value::Null,
        after: Value::Null,
        reason: String::new(),
    }
}
