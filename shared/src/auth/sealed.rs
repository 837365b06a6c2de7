//! What must be read again and must not be read in a row: sealed by an AEAD under a key of its own.

use super::keys::Keys;
use super::secret::random_bytes;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

/// The version of the form: the algorithm, and how its key is derived.
const FORM: u8 = 1;
/// Bytes of the nonce, enough to be drawn at random (draft-irtf-cfrg-xchacha §3.1).
const NONCE_BYTES: usize = 24;

impl Keys {
    /// `plain` encrypted for one `purpose` and one `context`: a version, a random nonce, XChaCha20-Poly1305.
    pub fn encrypt(&self, purpose: &str, context: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let nonce = random_bytes::<NONCE_BYTES>();
        let sealed = self.cipher(purpose).encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context }).ok()?;
        Some([&[FORM], nonce.as_slice(), &sealed].concat())
    }

    /// What [`Keys::encrypt`] was given for the same `purpose` and `context`; `None` for anything else.
    pub fn decrypt(&self, purpose: &str, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.strip_prefix(&[FORM])?.split_first_chunk::<NONCE_BYTES>()?;
        self.cipher(purpose).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context }).ok()
    }

    fn cipher(&self, purpose: &str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.mac("encrypt", &[purpose.as_bytes()]).into())
    }
}
