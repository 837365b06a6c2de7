//! Who asks. Taking one of these extractors makes a stranger 401 and the wrong role 403 before a handler runs.

use super::problem::Problem;
use crate::app::App;
use crate::auth::{Permission, SessionClaims, TerminalClaims, TokenKind};
use crate::domain::account::Account;
use crate::domain::people::{Actor, Person as Who};
use crate::domain::{CompanyId, StationCode, TerminalId};
use crate::second_factor;
use crate::table::{Session, SignedIn};
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use std::marker::PhantomData;

/// The cookie that carries a person's token.
pub const SESSION_COOKIE: &str = "session";

/// A permission as a type, for a handler's signature.
pub trait Grant: Send + Sync {
    /// Which.
    const PERMISSION: Permission;
}

/// Permissions as types.
pub mod grant {
    use super::{Grant, Permission};

    macro_rules! grants {
        ($($name:ident),+ $(,)?) => {$(
            #[doc = concat!("[`Permission::", stringify!($name), "`].")]
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Grant for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+};
    }
    grants!(
        Read,
        Block,
        ManageCards,
        ManageLimits,
        Transfer,
        JoinPromotions,
        Papers,
        Settings,
        Tickets,
        ManageUsers,
        StaffRead,
        Provision,
        Catalogue,
        Content,
        Answer,
        PostPayments,
        Requisites,
        StaffUsers,
        StaffAccounts,
        Desk,
        Ask,
        Approve,
    );
}

/// A signed-in person, whatever their role, even before a one-time password is changed.
#[derive(Debug, Clone)]
pub struct Person {
    /// The session.
    pub session: Session,
    /// The person.
    pub who: Who,
    /// Their company's account as it was read with the session; `None` for staff.
    pub account: Option<Account>,
}

/// A signed-in person who has changed a one-time password, even before a second factor that is due is set up.
#[derive(Debug, Clone)]
pub struct Enrolling {
    /// The session.
    pub session: Session,
    /// The person.
    pub who: Who,
    /// Their company's account as it was read with the session; `None` for staff.
    pub account: Option<Account>,
}

/// A signed-in person who has changed a one-time password and set up a second factor if one is due: all but signing in
/// and out and doing just that.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The session.
    pub session: Session,
    /// The person.
    pub who: Who,
    /// Their company's account as it was read with the session; `None` for staff.
    pub account: Option<Account>,
}

/// A person of a company who holds a permission.
#[derive(Debug, Clone)]
pub struct Client<G> {
    /// Their company.
    pub company: CompanyId,
    /// Its account as it was read with the session: for the zone and for showing, never to decide by.
    pub account: Account,
    /// The person.
    pub who: Who,
    grant: PhantomData<G>,
}

/// A person of the staff who holds a permission.
#[derive(Debug, Clone)]
pub struct Staff<G> {
    /// The person.
    pub who: Who,
    grant: PhantomData<G>,
}

/// A station's terminal, by its token. Whether it is revoked is read with the decision.
#[derive(Debug, Clone)]
pub struct TerminalToken {
    /// The terminal.
    pub terminal: TerminalId,
    /// Its station.
    pub station: StationCode,
}

/// Where a request comes from, for sessions and throttling.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The caller's address as CloudFront, else the gateway saw it; empty if unknown.
    pub address: String,
    /// The browser's own words.
    pub device: String,
}

/// The actor of the journal.
fn actor(who: &Who) -> Actor {
    Actor { user: who.id, login: who.login.clone(), role: who.role }
}

impl Person {
    /// As the journal names them.
    pub fn actor(&self) -> Actor {
        actor(&self.who)
    }
}

impl<G> Client<G> {
    /// As the journal names them.
    pub fn actor(&self) -> Actor {
        actor(&self.who)
    }
}

impl<G> Staff<G> {
    /// As the journal names them.
    pub fn actor(&self) -> Actor {
        actor(&self.who)
    }
}

impl FromRequestParts<App> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token_of(parts).ok_or_else(Problem::unauthorized)?;
        let now = app.clock.now();
        let claims: SessionClaims =
            app.keys.verify(TokenKind::Session, &token, now).ok_or_else(Problem::unauthorized)?;
        let found = app.table.signed_in(claims.sub, claims.sid, claims.co, now).await?;
        let SignedIn { session, person, account } = found.ok_or_else(Problem::unauthorized)?;
        Ok(Self { session, who: person, account })
    }
}

impl FromRequestParts<App> for Enrolling {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Person { session, who, account } = Person::from_request_parts(parts, app).await?;
        if who.must_change_password {
            return Err(Problem::forbidden("password_change_required", "change the one-time password first"));
        }
        Ok(Self { session, who, account })
    }
}

impl FromRequestParts<App> for Settled {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Enrolling { session, who, account } = Enrolling::from_request_parts(parts, app).await?;
        second_factor::set_up_if_due(app, &who)?;
        Ok(Self { session, who, account })
    }
}

async fn permitted(parts: &mut Parts, app: &App, permission: Permission) -> Result<Settled, Problem> {
    let settled = Settled::from_request_parts(parts, app).await?;
    if !permission.held_by(settled.who.role) {
        return Err(Problem::forbidden("forbidden", "your role may not do this"));
    }
    Ok(settled)
}

impl<G: Grant> FromRequestParts<App> for Client<G> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Settled { who, account, .. } = permitted(parts, app, G::PERMISSION).await?;
        let account = account.ok_or_else(|| Problem::forbidden("forbidden", "your role may not do this"))?;
        Ok(Self { company: account.company, account, who, grant: PhantomData })
    }
}

impl<G: Grant> FromRequestParts<App> for Staff<G> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Settled { who, .. } = permitted(parts, app, G::PERMISSION).await?;
        if !who.role.is_staff() {
            return Err(Problem::forbidden("forbidden", "your role may not do this"));
        }
        Ok(Self { who, grant: PhantomData })
    }
}

impl FromRequestParts<App> for TerminalToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(Problem::unauthorized)?;
        let claims: TerminalClaims =
            app.keys.verify(TokenKind::Terminal, &token, app.clock.now()).ok_or_else(Problem::unauthorized)?;
        Ok(Self { terminal: claims.sub, station: claims.station })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        use lambda_http::request::RequestContext;
        let gateway = parts.extensions.get::<RequestContext>().and_then(|context| match context {
            RequestContext::ApiGatewayV2(v2) => v2.http.source_ip.clone(),
            #[allow(unreachable_patterns)] // other gateways are other features of lambda_http
            _ => None,
        });
        let peer = || {
            let connected = parts.extensions.get::<axum::extract::ConnectInfo<std::net::SocketAddr>>();
            connected.map(|info| info.0.ip().to_string())
        };
        let viewer = parts.extensions.get::<super::front::Viewer>().map(|viewer| viewer.0.clone());
        let device = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            address: viewer.or(gateway).or_else(peer).unwrap_or_default(),
            device: crate::table::bounded(device),
        })
    }
}

/// The token of the `Authorization` header, or else of the cookie. A header of another scheme is no token.
fn token_of(parts: &Parts) -> Option<String> {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return bearer(parts);
    }
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, token)| token.to_owned())
}

fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}
