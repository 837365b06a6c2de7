//! JWTs of people's sessions and of terminals.

use super::keys::Keys;
use crate::domain::{CompanyId, SessionId, StationCode, TerminalId, UserId};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// One algorithm, whatever a token's header says.
const ALGORITHM: Algorithm = Algorithm::HS256;

/// Seconds that clocks may differ.
const LEEWAY_S: i64 = 5;

/// What a token is for: its header's `typ` and its `aud`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A person's session.
    Session,
    /// A station's terminal.
    Terminal,
}

impl TokenKind {
    fn typ(self) -> &'static str {
        match self {
            Self::Session => "session+jwt",
            Self::Terminal => "terminal+jwt",
        }
    }

    fn audience(self) -> &'static str {
        match self {
            Self::Session => "cabinet",
            Self::Terminal => "pump",
        }
    }
}

/// What a session's token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClaims {
    /// The session.
    pub sid: SessionId,
    /// The person.
    pub sub: UserId,
    /// Their company: a hint what else to read with the session; the person's row decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub co: Option<CompanyId>,
}

/// What a terminal's token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalClaims {
    /// The terminal.
    pub sub: TerminalId,
    /// The station it stands at.
    pub station: StationCode,
}

/// A token's own claims with the registered ones around them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claims<T> {
    iss: String,
    aud: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(flatten)]
    own: T,
}

impl Keys {
    /// Signs a token valid from `now` until `expires_at`; `None` only if no key is configured.
    pub fn sign<T: Serialize>(
        &self,
        kind: TokenKind,
        own: T,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Option<String> {
        let key = self.jwt.first()?;
        let header = header_of(kind, &key.kid);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: kind.audience().to_owned(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: expires_at.timestamp(),
            own,
        };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(key.secret.reveal().as_bytes())).ok()
    }

    /// What a token of this kind says, if a configured key signed it and it is valid at `now`.
    pub fn verify<T: DeserializeOwned>(&self, kind: TokenKind, token: &str, now: DateTime<Utc>) -> Option<T> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        let kid = header.kid.clone()?;
        // A header that says anything else, such as where to look for a key, is not the house's.
        if header != header_of(kind, &kid) {
            return None;
        }
        let key = self.jwt.iter().find(|key| key.kid == kid)?;
        let mut validation = Validation::new(ALGORITHM);
        validation.set_audience(&[kind.audience()]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "nbf", "exp"]);
        // Times are compared below, with the house's clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let secret = DecodingKey::from_secret(key.secret.reveal().as_bytes());
        let claims = jsonwebtoken::decode::<Claims<T>>(token, &secret, &validation).ok()?.claims;
        let now = now.timestamp();
        let begun = claims.nbf <= now.saturating_add(LEEWAY_S);
        (begun && now < claims.exp.saturating_add(LEEWAY_S)).then_some(claims.own)
    }
}

/// The only header that a token of this kind has.
fn header_of(kind: TokenKind, kid: &str) -> Header {
    Header { typ: Some(kind.typ().to_owned()), kid: Some(kid.to_owned()), ..Header::new(ALGORITHM) }
}
