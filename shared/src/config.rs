//! What a function must be told by its environment. The only place that reads it.

use crate::auth::Secret;
use crate::domain::text::Email;
use std::env;
use url::Url;

/// A signing key of the JWTs. The first of the list signs, all verify: two overlap while rotating.
#[derive(Clone, Debug)]
pub struct JwtKey {
    /// The header's `kid`.
    pub kid: String,
    /// At least 32 bytes.
    pub secret: Secret,
}

/// The first admin, created at its first sign-in. Its password is not one-time.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    /// The login.
    pub login: String,
    /// The password.
    pub password: Secret,
}

/// Settings of a function.
#[derive(Clone, Debug)]
pub struct Config {
    /// The table of everything but mail.
    pub cabinet_table: String,
    /// The table of mail to send.
    pub outbox_table: String,
    /// Where DynamoDB is, when not at the region's own address.
    pub dynamodb_endpoint: Option<String>,
    /// Where SES is, when not at the region's own address.
    pub ses_endpoint: Option<String>,
    /// The region's name.
    pub region: String,
    /// Whether to sign with fixed placeholder credentials (the embedded stack) and not with the function's role.
    pub static_credentials: bool,
    /// The cabinet's own address: links in mail, the cookie's `Secure`, the origin of a browser's writes.
    pub base_url: Url,
    /// Signing keys, the newest first.
    pub jwt_keys: Vec<JwtKey>,
    /// The key of the journal's chain, of cursors and of ids; at least 32 bytes.
    pub mac_key: Secret,
    /// The sender of mail.
    pub mail_from: String,
    /// The duty phone that stands on every page.
    pub duty_phone: String,
    /// Where what the public writes to the administration is mailed; `None` only keeps it for the staff.
    pub administration_email: Option<Email>,
    /// Who is told by mail of tickets that nobody answers; `None` tells nobody.
    pub on_call_email: Option<Email>,
    /// The first admin, if one is to be created.
    pub first_admin: Option<FirstAdmin>,
    /// Open holds a card may have, 1 to 10.
    pub holds_max: usize,
    /// What CloudFront adds to each call; others are refused. Empty where there is no CloudFront.
    pub origin_secrets: Vec<Secret>,
    /// Failed sign-ins of one address in 15 minutes after which it waits.
    pub address_failures_max: u32,
    /// Whether staff may do nothing before they have set up a second factor.
    pub staff_totp_required: bool,
}

/// Minutes that a hold stays open.
pub const HOLD_MINUTES: i64 = 30;

/// A setting that is missing or makes no sense; names the variable, never its value.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the setting {0} is missing or malformed")]
pub struct ConfigError(pub &'static str);

impl Config {
    /// Reads the environment.
    ///
    /// `CABINET_TABLE`, `OUTBOX_TABLE`, `BASE_URL`, `HOUSE_KEYS` (`mac:secret`, then `kid:secret` of each key that tokens may
    /// be signed with, the one in use first; comma-separated), `MAIL_FROM`, `AWS_REGION`; optional `DUTY_PHONE`, `DYNAMODB_ENDPOINT`, `SES_ENDPOINT`, `STAFF_LOGIN` with `STAFF_PASSWORD`,
    /// `HOLDS_MAX`, `ADDRESS_FAILURES_MAX`, `ORIGIN_SECRET` (several, comma-separated, while it changes),
    /// `STAFF_TOTP_REQUIRED` (`true` or `1`; `false` or `0`, which it is unless set), `ADMINISTRATION_EMAIL`,
    /// `ON_CALL_EMAIL`.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    #[allow(clippy::disallowed_methods)] // the home of the environment
    pub fn from_env() -> Result<Self, ConfigError> {
        let optional = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let required = |name: &'static str| optional(name).ok_or(ConfigError(name));
        let (mac_key, jwt_keys) = house_keys(&required("HOUSE_KEYS")?).ok_or(ConfigError("HOUSE_KEYS"))?;
        let holds_max = match optional("HOLDS_MAX") {
            None => HOLDS_MAX,
            Some(text) => text.parse().ok().filter(|n| (1..=10).contains(n)).ok_or(ConfigError("HOLDS_MAX"))?,
        };
        let address_failures_max = match optional("ADDRESS_FAILURES_MAX") {
            None => ADDRESS_FAILURES_MAX,
            Some(text) => text.parse().ok().filter(|n| *n > 0).ok_or(ConfigError("ADDRESS_FAILURES_MAX"))?,
        };
        let staff_totp_required = match optional("STAFF_TOTP_REQUIRED").as_deref() {
            None | Some("false" | "0") => false,
            Some("true" | "1") => true,
            Some(_) => return Err(ConfigError("STAFF_TOTP_REQUIRED")),
        };
        let administration_email = optional("ADMINISTRATION_EMAIL").map(|text| Email::parse(&text)).transpose();
        let on_call_email = optional("ON_CALL_EMAIL").map(|text| Email::parse(&text)).transpose();
        let origin_secrets = optional("ORIGIN_SECRET").unwrap_or_default();
        let origin_secrets = origin_secrets.split(',').filter(|secret| !secret.is_empty()).map(Secret::new).collect();
        Ok(Self {
            cabinet_table: required("CABINET_TABLE")?,
            outbox_table: required("OUTBOX_TABLE")?,
            dynamodb_endpoint: optional("DYNAMODB_ENDPOINT"),
            ses_endpoint: optional("SES_ENDPOINT"),
            region: required("AWS_REGION")?,
            static_credentials: false,
            base_url: required("BASE_URL")?.parse().map_err(|_| ConfigError("BASE_URL"))?,
            jwt_keys,
            mac_key,
            mail_from: required("MAIL_FROM")?,
            duty_phone: optional("DUTY_PHONE").unwrap_or_else(|| DUTY_PHONE.to_owned()),
            administration_email: administration_email.map_err(|_| ConfigError("ADMINISTRATION_EMAIL"))?,
            on_call_email: on_call_email.map_err(|_| ConfigError("ON_CALL_EMAIL"))?,
            first_admin: optional("STAFF_LOGIN")
                .zip(optional("STAFF_PASSWORD"))
                .map(|(login, password)| FirstAdmin { login, password: Secret::new(&password) }),
            holds_max,
            origin_secrets,
            address_failures_max,
            staff_totp_required,
        })
    }
}

/// `mac:secret`, then at least one `kid:secret`.
fn house_keys(text: &str) -> Option<(Secret, Vec<JwtKey>)> {
    let mut pairs = text.split(',').map(|pair| match pair.trim().split_once(':') {
        Some((kid, secret)) if !kid.is_empty() && secret.len() >= KEY_BYTES_MIN => {
            Some(JwtKey { kid: kid.to_owned(), secret: Secret::new(secret) })
        }
        _ => None,
    });
    let mac = pairs.next()?.filter(|key| key.kid == "mac")?;
    let jwt_keys = pairs.collect::<Option<Vec<_>>>()?;
    (!jwt_keys.is_empty()).then_some((mac.secret, jwt_keys))
}

/// Settings of an auditor's command.
#[derive(Clone, Debug)]
pub struct AuditConfig {
    /// The table of everything but mail.
    pub cabinet_table: String,
    /// Where DynamoDB is, when not at the region's own address.
    pub dynamodb_endpoint: Option<String>,
    /// The region's name.
    pub region: String,
    /// The key of the journal's chain.
    pub mac_key: Secret,
}

impl AuditConfig {
    /// Reads the environment: `CABINET_TABLE`, `MAC_KEY`, `AWS_REGION`; optional `DYNAMODB_ENDPOINT`.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    #[allow(clippy::disallowed_methods)] // the home of the environment
    pub fn from_env() -> Result<Self, ConfigError> {
        let optional = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let required = |name: &'static str| optional(name).ok_or(ConfigError(name));
        let mac_key = required("MAC_KEY")?;
        if mac_key.len() < KEY_BYTES_MIN {
            return Err(ConfigError("MAC_KEY"));
        }
        Ok(Self {
            cabinet_table: required("CABINET_TABLE")?,
            dynamodb_endpoint: optional("DYNAMODB_ENDPOINT"),
            region: required("AWS_REGION")?,
            mac_key: Secret::new(&mac_key),
        })
    }
}

/// Open holds a card may have, unless configured.
pub const HOLDS_MAX: usize = 3;

/// Failed sign-ins of one address in 15 minutes after which it waits, unless configured.
pub const ADDRESS_FAILURES_MAX: u32 = 100;

/// The shortest key that is accepted.
const KEY_BYTES_MIN: usize = 32;

/// OKTAN's reception, the duty phone unless configured.
pub const DUTY_PHONE: &str = "8-865-228-09-47";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_the_house_are_the_one_of_macs_and_then_those_that_sign() {
        let key = "0123456789abcdef0123456789abcdef";
        let (mac, signing) = house_keys(&format!("mac:{key}, a1:{key}x,b1:{key}y")).unwrap();
        let names: Vec<_> = signing.iter().map(|key| key.kid.as_str()).collect();
        assert_eq!((mac.reveal(), names, signing[0].secret.reveal()), (key, vec!["a1", "b1"], &*format!("{key}x")));
        for bad in ["", key, &format!("mac:{key}"), &format!("a1:{key},mac:{key}"), &format!("mac:{key},a1:short")] {
            assert!(house_keys(bad).is_none(), "{bad}");
        }
    }
}
