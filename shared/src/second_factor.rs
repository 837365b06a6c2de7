//! The second factor where it is asked for: at sign-in, and again before what two people decide.

use crate::app::App;
use crate::auth::{Authenticator, Code, Secret, token_hash};
use crate::domain::UserId;
use crate::domain::people::{Actor, Person};
use crate::http::Problem;
use crate::journal::Act;
use crate::table::{SecondFactor, Throttle};
use axum::http::StatusCode;
use serde_json::json;

/// Looks at a factor that changed while a recovery code of it was used.
const ATTEMPTS_MAX: u32 = 10;

/// Whether `who` may do nothing before they have one.
pub fn is_due(app: &App, who: &Person) -> bool {
    app.config.staff_totp_required && who.role.is_staff()
}

/// # Errors
/// 403 `totp_setup_required` for who lacks a second factor that is due.
pub fn set_up_if_due(app: &App, who: &Person) -> Result<(), Problem> {
    if is_due(app, who) && !who.totp {
        return Err(Problem::forbidden("totp_setup_required", "set up the second factor first"));
    }
    Ok(())
}

/// Asks a signed-in person once more. Who has a second factor gives a code that was not used before, which this uses
/// up; who has none passes, unless one is due.
///
/// # Errors
/// 403 `totp_required`, `totp_wrong`, `totp_setup_required`; 429 after wrong codes.
pub async fn demand(app: &App, who: &Person, code: Option<&Secret>) -> Result<(), Problem> {
    set_up_if_due(app, who)?;
    if !who.totp {
        return Ok(());
    }
    let code = given(code).ok_or_else(|| required(StatusCode::FORBIDDEN))?;
    let now = app.clock.now();
    let throttle = [throttle(who.id)];
    if let Err(until) = app.table.take_try(&throttle, now).await? {
        return Err(Problem::too_many("too_many_attempts", until - now));
    }
    if !is_right(app, who, code).await? {
        return Err(wrong(StatusCode::FORBIDDEN));
    }
    app.table.try_was_right(&throttle).await?;
    Ok(())
}

/// A code, unless the field was left empty.
pub fn given(code: Option<&Secret>) -> Option<&Secret> {
    code.filter(|code| !code.reveal().trim().is_empty())
}

/// `totp_required`.
pub fn required(status: StatusCode) -> Problem {
    Problem::new(status, "totp_required", "the code of the authenticator is needed")
}

/// `totp_wrong`.
pub fn wrong(status: StatusCode) -> Problem {
    Problem::new(status, "totp_wrong", "this code is wrong, past its time, or was used before")
}

/// Whose wrong codes are counted, other than at sign-in.
pub fn throttle(user: UserId) -> Throttle {
    Throttle::Login(token_hash(&format!("totp of {user}")))
}

/// Whether a code is right, and now used up: six digits of a step after the last that was used, or a recovery code.
///
/// # Errors
/// 503 when the store does not answer.
pub async fn is_right(app: &App, who: &Person, typed: &Secret) -> Result<bool, Problem> {
    let code = Code::read(&app.keys, who.id, typed);
    for attempt in 1..=ATTEMPTS_MAX {
        let factor = app.table.second_factor(who.id).await?.filter(|factor| factor.confirmed);
        let Some(factor) = factor else { return Ok(false) };
        match &code {
            Code::Digits(digits) => {
                return match step_of(app, who.id, &factor, digits) {
                    Some(step) => Ok(app.table.use_totp_step(who.id, &factor, step).await?),
                    None => Ok(false),
                };
            }
            Code::Recovery(hash) if !factor.has(hash) => return Ok(false),
            Code::Recovery(hash) => {
                let left = factor.recovery.len().saturating_sub(1);
                let act = Act { after: json!({ "codes_left": left }), ..act(app, who, "totp.recovery_code") };
                if app.table.use_recovery_code(who, &factor, hash, &act).await? {
                    return Ok(true);
                }
                // Another code was used meanwhile, or this one.
                crate::table::pause(attempt).await;
            }
        }
    }
    Err(Problem::unavailable())
}

/// The step that six digits belong to; `None` if they are wrong now.
pub fn step_of(app: &App, user: UserId, factor: &SecondFactor, digits: &str) -> Option<u64> {
    Authenticator::open(&app.keys, user, &factor.sealed)?.step_of(digits, app.clock.now())
}

/// What a person did to their own second factor.
pub fn act(app: &App, who: &Person, action: &str) -> Act {
    Act {
        at: app.clock.now(),
        actor: Actor { user: who.id, login: who.login.clone(), role: who.role },
        action: action.to_owned(),
        subject: format!("user {}", who.login),
        before: serde_json::Value::Null,
        after: serde_json::Value::Null,
        reason: String::new(),
    }
}
