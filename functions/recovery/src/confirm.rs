//! The page behind a link: two facts, then a new password.

use crate::facts::FactsAsk;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::auth::{Passwords, Secret, token_hash};
use oktan_shared::domain::facts::Said;
use oktan_shared::domain::ids::ClaimId;
use oktan_shared::domain::people::{Actor, Person};
use oktan_shared::http::{Json, Path, Problem};
use oktan_shared::journal::Act;
use oktan_shared::table::{Claim, ClaimKind, Intent, RECOVERY_TRIES_MAX, Recovery, Throttle, pause};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// Writes that may lose a race with other tries of the same link, each of which brings its end nearer.
const ATTEMPTS_MAX: u32 = 32;

/// Where a link stands.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct LinkView {
    state: LinkState,
}

/// What comes next.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// The facts.
    Confirm,
}

/// Facts, and the new password if one's own is wanted.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmAsk {
    confirm: FactsAsk,
    /// 12 to 256 characters, hard to guess; left out, a one-time one comes by mail.
    new_password: Option<Secret>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ConfirmView {
    outcome: Outcome,
}

/// How a recovery ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The new password works.
    PasswordSet,
    /// A one-time password is on its way to the registered address; it works for 24 hours.
    PasswordSent,
    /// The facts did not match for the last time: the reconciliation desk decides.
    SentToStaff,
}

/// Whether a link works.
#[utoipa::path(
    get, path = "/v1/recovery/{token}", tag = "recovery", operation_id = "recovery_state",
    params(("token" = String, Path)), responses((status = 200, body = LinkView)),
)]
pub async fn state(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Problem> {
    app.table.recovery(&token_hash(&token), app.clock.now()).await?.ok_or_else(expired)?;
    Ok(private(Json(LinkView { state: LinkState::Confirm })))
}

/// Confirms two facts on file and gets in again; every session ends.
///
/// The facts are compared at once, but what came of it is told only after the write that counts the try.
#[utoipa::path(
    post, path = "/v1/recovery/{token}", tag = "recovery", operation_id = "confirm_recovery",
    params(("token" = String, Path)), request_body = ConfirmAsk, responses((status = 200, body = ConfirmView)),
)]
pub async fn confirm(
    State(app): State<App>,
    Path(token): Path<String>,
    Json(ask): Json<ConfirmAsk>,
) -> Result<Response, Problem> {
    let (hash, said) = (token_hash(&token), Said::from(ask.confirm));
    let mut password = None;
    // Within a process a crowd at one link takes turns; between processes the link's tries decide.
    let _turn = app.table.turn(&hash).await;
    for attempt in 1..=ATTEMPTS_MAX {
        let recovery = app.table.recovery(&hash, app.clock.now()).await?.ok_or_else(expired)?;
        said.suffices(&recovery.typed).map_err(|invalid| Problem::from(vec![invalid]))?;
        if let (Some(new), None) = (&ask.new_password, &password) {
            strong(new, &recovery.person)?;
            // Before the facts are compared, so that the time tells nothing of them.
            password = Some(app.passwords.hash(new).await.ok_or_else(Problem::unavailable)?);
        }
        if let Some(answer) = once(&app, &recovery, &said, password.as_deref()).await? {
            return answer.map(|outcome| private(Json(ConfirmView { outcome })));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// One try and its one write; `None` if the link moved meanwhile.
async fn once(
    app: &App,
    recovery: &Recovery,
    said: &Said,
    password: Option<&str>,
) -> Result<Option<Result<Outcome, Problem>>, Problem> {
    let (on_file, now) = (recovery.on_file(), app.clock.now());
    let matches = on_file.differences(said).is_empty();
    if matches {
        return Ok(let_in(app, recovery, password).await?.map(Ok));
    }
    let left = RECOVERY_TRIES_MAX.saturating_sub(recovery.tries.saturating_add(1));
    // Where too little is on file no try can succeed.
    let desk = left == 0 || !on_file.suffices(&recovery.typed);
    let id = ClaimId::new(Uuid::new_v4());
    let claim = desk.then(|| Claim::new(id, ClaimKind::Tries, &recovery.person, said.clone(), now));
    if !app.table.fail_recovery(recovery, claim.as_ref(), now).await? {
        return Ok(None);
    }
    let differ = || Problem::conflict("facts_do_not_match", "this is not what is on file").with("tries_left", left);
    Ok(Some(if desk { Ok(Outcome::SentToStaff) } else { Err(differ()) }))
}

async fn let_in(app: &App, recovery: &Recovery, password: Option<&str>) -> Result<Option<Outcome>, Problem> {
    let before = &recovery.person;
    let user = before.id;
    let (after, letter, outcome) = match password {
        Some(hash) => (before.with_password(hash.to_owned()), Intent::Recovered { user }, Outcome::PasswordSet),
        None => {
            let after = before.without_password();
            let letter = Intent::OneTimePassword { user, epoch: after.epoch };
            (after, letter, Outcome::PasswordSent)
        }
    };
    let act = Act {
        at: app.clock.now(),
        actor: Actor { user, login: before.login.clone(), role: before.role },
        action: "password.recover".to_owned(),
        subject: format!("user {}", before.login),
        before: Value::Null,
        after: json!({ "outcome": outcome }),
        reason: String::new(),
    };
    if !app.table.recover(recovery, &after, &letter, &act).await? {
        return Ok(None);
    }
    // Whoever guessed at this login does not keep its person out.
    app.table.try_was_right(&[Throttle::Login(token_hash(before.login.as_str()))]).await?;
    Ok(Some(outcome))
}

fn strong(password: &Secret, who: &Person) -> Result<(), Problem> {
    let about = [who.login.as_str(), who.full_name.as_str(), "oktan", "октан"];
    Passwords::check(password, &about).map_err(|error| Problem::field("new_password", &error.as_invalid()))
}

fn expired() -> Problem {
    Problem::new(StatusCode::GONE, "link_expired", "this link was used or has run out: ask for another")
}

/// An answer at an address that is a secret.
fn private(answer: impl IntoResponse) -> Response {
    let mut answer = answer.into_response();
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}
