//! A person's authenticator, as a test holds it.

use chrono::{DateTime, TimeDelta, Utc};
use oktan_tests::{Answer, Caller, Value, World, json};
use totp_rs::Totp;

/// What scanned the QR code, and the sheet with the recovery codes.
pub struct Device {
    totp: Totp,
    world: World,
    /// As they were shown.
    pub recovery: Vec<String>,
    /// What the QR code said.
    pub uri: String,
}

impl Device {
    /// Asks for a second factor and keeps what is shown; it is not confirmed.
    pub async fn offered(world: &World, caller: &Caller) -> Self {
        let offer = caller.post_nothing("/v1/totp").await.expect(200);
        let uri = offer["otpauth_uri"].as_str().expect("an address").to_owned();
        let codes = offer["recovery_codes"].as_array().expect("codes").iter();
        Self {
            totp: Totp::from_url(&uri).expect("an authenticator reads it"),
            world: world.clone(),
            recovery: codes.map(|code| code.as_str().expect("a code").to_owned()).collect(),
            uri,
        }
    }

    /// A second factor in effect, none of whose codes of now on was used.
    pub async fn of(world: &World, caller: &Caller) -> Self {
        let device = Self::offered(world, caller).await;
        device.confirm(caller, &device.code()).await.expect(204);
        device.rest();
        device
    }

    /// Confirms it.
    pub async fn confirm(&self, caller: &Caller, code: &str) -> Answer {
        caller.post("/v1/totp/confirm", json!({ "code": code })).await
    }

    /// What it shows now.
    pub fn code(&self) -> String {
        self.code_at(self.world.now())
    }

    /// What it showed or will show.
    pub fn code_at(&self, at: DateTime<Utc>) -> String {
        self.totp.generate(u64::try_from(at.timestamp()).expect("an instant of ours")).to_string()
    }

    /// Six digits that are wrong for many steps around now.
    pub fn wrong(&self) -> String {
        let near: Vec<String> =
            (-9..=9).map(|step| self.code_at(self.world.now() + TimeDelta::seconds(30 * step))).collect();
        let wrong = (0..100).map(|n| format!("{n:06}")).find(|code| !near.contains(code));
        wrong.expect("most codes are wrong")
    }

    /// The secret itself.
    pub fn secret(&self) -> Vec<u8> {
        self.totp.secret().as_bytes().to_vec()
    }

    /// Moves the clock past every code that may have been used, to the first second of a step.
    pub fn rest(&self) {
        let into = self.world.now().timestamp().rem_euclid(30);
        self.world.advance(TimeDelta::seconds(90 - into));
    }
}

/// `POST /v1/session` with a code.
pub async fn sign_in(world: &World, login: &str, password: &str, code: impl Into<Value>) -> Answer {
    world.stranger().post("/v1/session", json!({ "login": login, "password": password, "totp": code.into() })).await
}
