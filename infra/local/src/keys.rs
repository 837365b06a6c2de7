//! The keys of this one stack: made on the first start, kept beside its data, never in the tree.

use oktan_shared::auth::Secret;
use oktan_shared::config::JwtKey;
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::home::Home;

const FILE: &str = "keys.json";

/// What the functions sign and seal with.
pub struct StackKeys {
    /// Signing keys of the JWTs, the newest first.
    pub jwt: Vec<JwtKey>,
    /// The key of the chain, the cursors and the ids.
    pub mac: Secret,
}

#[derive(Serialize, Deserialize)]
struct Saved {
    jwt: Vec<SavedKey>,
    mac: Secret,
}

#[derive(Serialize, Deserialize)]
struct SavedKey {
    kid: String,
    secret: Secret,
}

impl StackKeys {
    /// Those that were saved, or new ones, saved.
    pub fn open(home: &Home) -> Result<Self, Failure> {
        let saved = match home.load::<Saved>(FILE)? {
            Some(saved) => saved,
            None => {
                let jwt = vec![SavedKey { kid: "local-1".to_owned(), secret: Secret::random() }];
                let made = Saved { jwt, mac: Secret::random() };
                home.save(FILE, &made)?;
                made
            }
        };
        let jwt = saved.jwt.into_iter().map(|key| JwtKey { kid: key.kid, secret: key.secret });
        Ok(Self { jwt: jwt.collect(), mac: saved.mac })
    }
}
