//! The second factor of who is signed in: set up, confirmed, taken away.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::auth::{Authenticator, Code, Secret, recovery_codes, token_hash};
use oktan_shared::domain::Invalid;
use oktan_shared::http::{Enrolling, Json, OptionalJson, Problem};
use oktan_shared::second_factor;
use oktan_shared::table::{SecondFactor, Throttle};
use oktan_shared::wire::NothingAsk;
use serde::{Deserialize, Serialize};

/// A second factor to set up; it has no effect until a code of it is confirmed.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TotpOffer {
    /// What the authenticator reads from a QR code: `otpauth://totp/…`.
    otpauth_uri: Secret,
    /// Ten codes for who lost the device, each good for one use. Shown this once.
    recovery_codes: Vec<Secret>,
}

/// The proof that the authenticator works.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpConfirmAsk {
    /// Six digits of the authenticator.
    code: Secret,
}

/// What it takes to do without a second factor.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpDisableAsk {
    /// The password that works now.
    password: Secret,
    /// Six digits of the authenticator, or a recovery code.
    code: Secret,
}

/// Offers a second factor, in place of one offered before and not confirmed.
#[utoipa::path(
    post, path = "/v1/totp", tag = "session", operation_id = "start_totp",
    request_body = Option<NothingAsk>, responses((status = 200, body = TotpOffer)),
    security(("session" = ["SignedIn"])),
)]
pub async fn start(
    State(app): State<App>,
    me: Enrolling,
    OptionalJson(_nothing): OptionalJson<NothingAsk>,
) -> Result<Json<TotpOffer>, Problem> {
    let authenticator = Authenticator::random();
    let sealed = authenticator.sealed(&app.keys, me.who.id).ok_or_else(Problem::unavailable)?;
    let otpauth_uri = authenticator.uri(&me.who.login).ok_or_else(Problem::unavailable)?;
    let (recovery_codes, hashes) = recovery_codes(&app.keys, me.who.id);
    if !app.table.offer_second_factor(me.who.id, sealed, hashes).await? {
        return Err(enabled());
    }
    Ok(Json(TotpOffer { otpauth_uri, recovery_codes }))
}

/// Puts the offered second factor into effect.
#[utoipa::path(
    post, path = "/v1/totp/confirm", tag = "session", operation_id = "confirm_totp",
    request_body = TotpConfirmAsk, responses((status = 204)), security(("session" = ["SignedIn"])),
)]
pub async fn confirm(
    State(app): State<App>,
    me: Enrolling,
    Json(ask): Json<TotpConfirmAsk>,
) -> Result<StatusCode, Problem> {
    let offered = app.table.second_factor(me.who.id).await?;
    let not_offered = || Problem::conflict("totp_not_offered", "there is no second factor to confirm: begin again");
    let offered = match offered {
        Some(factor) if factor.confirmed => return Err(enabled()),
        Some(factor) => factor,
        None => return Err(not_offered()),
    };
    let throttle = [second_factor::throttle(me.who.id)];
    take_try(&app, &throttle).await?;
    let step = step_of(&app, &me, &offered, &ask.code).ok_or_else(wrong)?;
    app.table.try_was_right(&throttle).await?;
    let act = second_factor::act(&app, &me.who, "totp.enable");
    if !app.table.confirm_second_factor(&me.who, &offered, step, &act).await? {
        return Err(not_offered());
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the second factor away; where it is obligatory it stays.
#[utoipa::path(
    delete, path = "/v1/totp", tag = "session", operation_id = "disable_totp",
    request_body = TotpDisableAsk, responses((status = 204)), security(("session" = ["SignedIn"])),
)]
pub async fn disable(
    State(app): State<App>,
    me: Enrolling,
    Json(ask): Json<TotpDisableAsk>,
) -> Result<StatusCode, Problem> {
    if second_factor::is_due(&app, &me.who) {
        return Err(Problem::forbidden("totp_required_of_staff", "the second factor is obligatory for staff"));
    }
    let none = || Problem::conflict("totp_not_enabled", "there is no second factor");
    if !me.who.totp {
        return Err(none());
    }
    let password = Throttle::Login(token_hash(&format!("password of {}", me.who.id)));
    let throttles = [password, second_factor::throttle(me.who.id)];
    take_try(&app, &throttles).await?;
    if !app.passwords.verify(&ask.password, me.who.password_hash.as_deref()).await {
        let invalid = Invalid::new("current_password_wrong", "this is not the password that works now");
        return Err(Problem::field("password", &invalid));
    }
    if !second_factor::is_right(&app, &me.who, &ask.code).await? {
        return Err(wrong());
    }
    app.table.try_was_right(&throttles).await?;
    let act = second_factor::act(&app, &me.who, "totp.disable");
    match app.table.remove_second_factor(&me.who, &act).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::conflict("changed_meanwhile", "the account changed meanwhile: sign in again")),
    }
}

fn enabled() -> Problem {
    Problem::conflict("totp_enabled", "there is a second factor already: take it away first")
}

fn wrong() -> Problem {
    let invalid = Invalid::new("totp_wrong", "this code is wrong, past its time, or was used before");
    Problem::field("code", &invalid)
}

fn step_of(app: &App, me: &Enrolling, offered: &SecondFactor, typed: &Secret) -> Option<u64> {
    match Code::read(&app.keys, me.who.id, typed) {
        Code::Digits(digits) => second_factor::step_of(app, me.who.id, offered, &digits),
        // A recovery code proves nothing about the authenticator.
        Code::Recovery(_) => None,
    }
}

async fn take_try(app: &App, throttles: &[Throttle]) -> Result<(), Problem> {
    let now = app.clock.now();
    match app.table.take_try(throttles, now).await? {
        Ok(()) => Ok(()),
        Err(until) => Err(Problem::too_many("too_many_attempts", until - now)),
    }
}
