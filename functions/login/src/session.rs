//! The session: beginning it, what it says, ending it.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::auth::{Passwords, Secret, SessionClaims, TokenKind, token_hash};
use oktan_shared::domain::people::{Person as Who, Role};
use oktan_shared::domain::text::{CompanyName, Login, PersonName};
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{CompanyId, SessionId, UserId};
use oktan_shared::http::{Json, Origin, Person, Problem, SESSION_COOKIE};
use oktan_shared::second_factor;
use oktan_shared::table::{SESSION_ABSOLUTE, Session, Throttle};
use oktan_shared::wire::CompanyStatusName;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// What a wrong password takes at least: several times the hash and the reads before it.
const FAILURE: Duration = Duration::from_millis(100);

/// A sign-in.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInAsk {
    /// The login, in any case.
    login: String,
    /// The password.
    password: Secret,
    /// Six digits of the authenticator, where the account asks for them; a recovery code does as well.
    #[serde(default)]
    totp: Option<Secret>,
}

/// Client or staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Of a company.
    Client,
    /// Of OKTAN.
    Staff,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct UserView {
    id: UserId,
    login: Login,
    full_name: PersonName,
    kind: Kind,
    /// `owner`, `manager`, `accountant`, `viewer`; of staff `admin`, `operator`, `accountant`, `editor`.
    role: &'static str,
}

/// The company of who is signed in.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CompanyOfSession {
    id: CompanyId,
    name: CompanyName,
    status: CompanyStatusName,
    /// The zone of its days, months and other windows.
    time_zone: Zone,
}

/// The second factor of who is signed in.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TotpOfSession {
    /// Whether it is asked for at sign-in.
    enabled: bool,
    /// Whether all else waits until it is enabled, and it stays.
    required: bool,
}

/// A session as its person sees it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SessionView {
    /// For programs; a browser has it in its cookie. Only at sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// When it ends if it is not used again.
    expires_at: DateTime<Utc>,
    /// Whether all else waits for a new password.
    must_change_password: bool,
    totp: TotpOfSession,
    user: UserView,
    /// `null` for staff.
    #[schema(required)]
    company: Option<CompanyOfSession>,
}

/// Signs in.
#[utoipa::path(
    post, path = "/v1/session", tag = "session", operation_id = "sign_in",
    request_body = SignInAsk, responses((status = 200, body = SessionView)),
)]
pub async fn sign_in(State(app): State<App>, origin: Origin, Json(ask): Json<SignInAsk>) -> Result<Response, Problem> {
    let (began, now) = (Instant::now(), app.clock.now());
    let typed = ask.login.trim().to_lowercase();
    let by_login = Throttle::Login(token_hash(&typed));
    let most = app.config.address_failures_max;
    // Behind a gateway that tells no address nobody can be told apart by it.
    let by_address = (!origin.address.is_empty()).then(|| Throttle::Address(origin.address.clone(), most));
    let throttles: Vec<_> = by_address.into_iter().chain([by_login]).collect();
    if let Err(until) = app.table.take_try(&throttles, now).await? {
        return Err(Problem::too_many("too_many_attempts", until - now));
    }
    let login = Login::parse(&typed).ok();
    let person = match &login {
        Some(login) => find(&app, login).await?,
        None => None,
    };
    let hash = person.as_ref().and_then(|person| person.password_at(now));
    if !app.passwords.verify(&ask.password, hash).await {
        // Reading a person takes longer than finding none: a failure takes as long as any other.
        tokio::time::sleep_until(began + FAILURE).await;
        return Err(invalid_credentials());
    }
    let person = person.ok_or_else(invalid_credentials)?;
    if person.totp {
        let Some(code) = second_factor::given(ask.totp.as_ref()) else {
            // The password alone neither counts as a failure nor forgives those before.
            app.table.try_was_none(&throttles).await?;
            return Err(second_factor::required(StatusCode::UNAUTHORIZED));
        };
        if !second_factor::is_right(&app, &person, code).await? {
            return Err(second_factor::wrong(StatusCode::UNAUTHORIZED));
        }
    }
    app.table.try_was_right(&throttles).await?;
    let device = crate::device::fingerprint(&app.keys, person.id, &origin);
    let session = Session {
        id: SessionId::new(Uuid::new_v4()),
        user: person.id,
        epoch: person.epoch,
        created_at: now,
        last_used_at: now,
        address: oktan_shared::table::bounded(Some(&origin.address)),
        device: origin.device,
    };
    app.table.sign_in(&person, &session, &device).await.map_err(|error| match error {
        // The person changed between the password and the session: the password may be another by now.
        oktan_shared::table::StoreError::Refused { .. } => invalid_credentials(),
        other => other.into(),
    })?;
    let claims = SessionClaims { sid: session.id, sub: person.id, co: person.company };
    let token = app.keys.sign(TokenKind::Session, claims, now, now + SESSION_ABSOLUTE);
    let token = token.ok_or_else(Problem::unavailable)?;
    let cookie = cookie(&app, &token, SESSION_ABSOLUTE.num_seconds());
    let mut answer = Json(view(&app, &session, &person, Some(token)).await?).into_response();
    answer.headers_mut().insert(header::SET_COOKIE, cookie?);
    Ok(answer)
}

/// Who am I?
#[utoipa::path(
    get, path = "/v1/session", tag = "session", operation_id = "who_am_i",
    responses((status = 200, body = SessionView)), security(("session" = [])),
)]
pub async fn who_am_i(State(app): State<App>, me: Person) -> Result<Json<SessionView>, Problem> {
    view(&app, &me.session, &me.who, None).await.map(Json)
}

/// Signs out.
#[utoipa::path(
    delete, path = "/v1/session", tag = "session", operation_id = "sign_out",
    responses((status = 204)), security(("session" = [])),
)]
pub async fn sign_out(State(app): State<App>, me: Person) -> Result<Response, Problem> {
    app.table.end_session(me.who.id, me.session.id).await?;
    let mut answer = StatusCode::NO_CONTENT.into_response();
    answer.headers_mut().insert(header::SET_COOKIE, cookie(&app, "", 0)?);
    Ok(answer)
}

fn invalid_credentials() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "invalid_credentials", "the login or the password is wrong")
}

/// The person of a login; the first admin comes into being when first asked for.
async fn find(app: &App, login: &Login) -> Result<Option<Who>, Problem> {
    if let Some(person) = app.table.person_by_login(login).await? {
        return Ok(Some(person));
    }
    let Some(first) = &app.config.first_admin else { return Ok(None) };
    if Login::parse(&first.login).ok().as_ref() != Some(login) {
        return Ok(None);
    }
    let Ok(full_name) = PersonName::parse("Администратор") else { return Ok(None) };
    let id = UserId::new(Uuid::new_v4());
    let admin = Who {
        password_hash: Passwords.hash(&first.password).await,
        ..Who::new(id, None, Role::StaffAdmin, login.clone(), full_name)
    };
    app.table.create_staff(&admin, app.clock.now()).await?;
    // Whoever was first to create it.
    Ok(app.table.person_by_login(login).await?)
}

fn cookie(app: &App, token: &str, seconds: i64) -> Result<HeaderValue, Problem> {
    let secure = if app.config.base_url.scheme() == "https" { "; Secure" } else { "" };
    let text = format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).map_err(|_| Problem::unavailable())
}

async fn view(app: &App, session: &Session, who: &Who, token: Option<String>) -> Result<SessionView, Problem> {
    let company = match who.company {
        Some(id) => app.table.company(id).await?,
        None => None,
    };
    Ok(SessionView {
        token,
        expires_at: session.ends_at(),
        must_change_password: who.must_change_password,
        totp: TotpOfSession { enabled: who.totp, required: second_factor::is_due(app, who) },
        user: UserView {
            id: who.id,
            login: who.login.clone(),
            full_name: who.full_name.clone(),
            kind: if who.role.is_staff() { Kind::Staff } else { Kind::Client },
            role: who.role.name(),
        },
        company: company.map(|(company, account)| CompanyOfSession {
            id: company.id,
            name: company.name,
            status: account.status.into(),
            time_zone: account.zone,
        }),
    })
}
