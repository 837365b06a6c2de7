//! OAuth 2 client credentials (RFC 6749 §4.4): a terminal's id and secret for a short token.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use chrono::TimeDelta;
use oktan_shared::App;
use oktan_shared::auth::{TerminalClaims, TokenKind, same_hash, token_hash};
use oktan_shared::domain::TerminalId;
use oktan_shared::http::{Json, Problem, Raw};
use serde::Serialize;

/// How long a token works.
const TOKEN_MINUTES: i64 = 15;

/// A terminal's token.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenView {
    /// For the `Authorization` header.
    access_token: String,
    /// `Bearer`.
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

/// A refusal in the form of RFC 6749 §5.2.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenRefusal {
    /// `invalid_request`, `invalid_client` or `unsupported_grant_type`.
    error: &'static str,
}

/// The form of a token request, as the document describes it.
#[derive(utoipa::ToSchema)]
#[allow(dead_code)] // read by hand: a body may be absent of the credentials that a Basic header carries
struct TokenAsk {
    /// `client_credentials`.
    grant_type: String,
    /// The terminal's id, unless in a Basic header.
    client_id: Option<String>,
    /// The terminal's secret, unless in a Basic header.
    client_secret: Option<String>,
}

/// Exchanges a terminal's credentials for a token.
#[utoipa::path(
    post, path = "/v1/pump/token", tag = "pump", operation_id = "issue_terminal_token",
    request_body(content = TokenAsk, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenView), (status = 400, body = TokenRefusal), (status = 401, body = TokenRefusal)),
)]
pub async fn issue(State(app): State<App>, headers: HeaderMap, Raw(body): Raw) -> Result<Response, Problem> {
    let form: Vec<(String, String)> =
        url::form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let of = |name: &str| form.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    match of("grant_type").as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Ok(refused(StatusCode::BAD_REQUEST, "unsupported_grant_type")),
        None => return Ok(refused(StatusCode::BAD_REQUEST, "invalid_request")),
    }
    let Some((id, secret)) = basic(&headers).or_else(|| of("client_id").zip(of("client_secret"))) else {
        return Ok(refused(StatusCode::UNAUTHORIZED, "invalid_client"));
    };
    let terminal = match TerminalId::parse(&id) {
        Ok(id) => app.table.terminal(&id).await?,
        Err(_) => None,
    };
    let known = terminal.filter(|t| t.revoked_at.is_none() && same_hash(&t.secret_hash, &token_hash(&secret)));
    let Some(terminal) = known else { return Ok(refused(StatusCode::UNAUTHORIZED, "invalid_client")) };
    let now = app.clock.now();
    let claims = TerminalClaims { sub: terminal.id, station: terminal.station };
    let token = app.keys.sign(TokenKind::Terminal, claims, now, now + TimeDelta::minutes(TOKEN_MINUTES));
    let access_token = token.ok_or_else(Problem::unavailable)?;
    Ok(Json(TokenView { access_token, token_type: "Bearer", expires_in: TOKEN_MINUTES * 60 }).into_response())
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(credentials.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| (id.to_owned(), secret.to_owned()))
}

fn refused(status: StatusCode, error: &'static str) -> Response {
    let mut response = (status, Json(TokenRefusal { error })).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, axum::http::HeaderValue::from_static("Basic realm=\"pump\""));
    }
    response
}
