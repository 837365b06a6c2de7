//! Values that must not be printed.

use std::fmt;

/// A secret text: prints as `***`, gives itself up only by [`Secret::reveal`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

impl Secret {
    /// Wraps a text.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// 256 random bits as 43 characters of base64url: a link's token, a terminal's secret.
    pub fn random() -> Self {
        use base64::Engine as _;
        Self(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random_bytes::<32>()).into())
    }

    /// A password to hand over: four groups of four characters that cannot be mistaken for each other, 77 bits.
    pub fn one_time_password() -> Self {
        const LETTERS: &[u8; 28] = b"abcdefghjkmnpqrstuvwxyz34679";
        let text: Vec<String> = (0..4).map(|_| (0..4).map(|_| char::from(LETTERS[draw_below(28)])).collect()).collect();
        Self(text.join("-").into())
    }
}

/// A uniform draw below `n`, at most 256: bytes past the largest multiple of `n` are drawn again.
fn draw_below(n: usize) -> usize {
    loop {
        let byte = usize::from(random_bytes::<1>()[0]);
        if byte < 256 / n * n {
            return byte % n;
        }
    }
}

/// Bytes from the system's generator. Nothing in the house can go on without it, so its absence ends the process.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[allow(clippy::expect_used)] // there is no answer to give without randomness
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<'de> serde::Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

/// Only answers that hand a secret over once serialize one.
impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
