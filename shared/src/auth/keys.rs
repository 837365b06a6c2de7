//! The house's keys: MACs over what it must recognise as its own, hashes of what it must not keep.

use super::secret::Secret;
use crate::config::{Config, JwtKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Signing, sealing and fingerprinting with the configured keys.
pub struct Keys {
    pub(super) jwt: Vec<JwtKey>,
    pub(super) issuer: String,
    mac_key: Secret,
}

/// Bytes of the MAC on a sealed identifier.
const SEAL_BYTES: usize = 12;

impl Keys {
    /// Takes the keys from the settings.
    pub fn new(config: &Config) -> Self {
        // Refused when it is in place already.
        let _ = super::hs256::PROVIDER.install_default();
        Self {
            jwt: config.jwt_keys.clone(),
            issuer: config.base_url.origin().ascii_serialization(),
            mac_key: config.mac_key.clone(),
        }
    }

    /// The key of the journal's chain alone: nothing can be signed with it.
    pub const fn for_audit(mac_key: Secret) -> Self {
        Self { jwt: Vec::new(), issuer: String::new(), mac_key }
    }

    /// HMAC-SHA-256 over `parts`, each prefixed by its length, under a key of its own for each `purpose`.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        #[allow(clippy::expect_used)] // HMAC takes a key of any length
        let mut mac = Hmac::<Sha256>::new_from_slice(self.mac_key.reveal().as_bytes()).expect("any key length");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// `content` and a MAC bound to `purpose` and `context`, as base64url: an id or a cursor that only the house makes.
    pub fn seal(&self, purpose: &str, context: &[&[u8]], content: &[u8]) -> String {
        let mut bytes = content.to_vec();
        bytes.extend_from_slice(&self.seal_mac(purpose, context, content));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What was sealed for the same `purpose` and `context`, or `None` for anything else.
    pub fn unseal(&self, purpose: &str, context: &[&[u8]], sealed: &str) -> Option<Vec<u8>> {
        if sealed.len() > 4096 {
            return None;
        }
        let mut bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let content_length = bytes.len().checked_sub(SEAL_BYTES)?;
        let mac = bytes.split_off(content_length);
        bool::from(mac.ct_eq(&self.seal_mac(purpose, context, &bytes))).then_some(bytes)
    }

    fn seal_mac(&self, purpose: &str, context: &[&[u8]], content: &[u8]) -> [u8; SEAL_BYTES] {
        let mut parts = context.to_vec();
        parts.push(content);
        let mac = self.mac(purpose, &parts);
        let mut short = [0; SEAL_BYTES];
        short.copy_from_slice(&mac[..SEAL_BYTES]);
        short
    }
}

/// SHA-256 in base64url: how the table keeps a token of 256 random bits.
pub fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// Whether two hashes are the same, in a time that does not tell where they differ.
pub fn same_hash(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
