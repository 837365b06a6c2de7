//! A person's second factor, in a row of its own: the secret sealed, the last step used, hashes of recovery codes.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::auth::same_hash;
use crate::domain::UserId;
use crate::domain::people::Person;
use crate::journal::Act;

/// A second factor as it is kept.
#[derive(Debug, Clone)]
pub struct SecondFactor {
    /// The authenticator's secret under the house's key.
    pub sealed: Vec<u8>,
    /// Whether its person has shown that the authenticator works; before that it has no effect.
    pub confirmed: bool,
    /// The last step whose code was used.
    pub step: u64,
    /// Hashes of the recovery codes that are left.
    pub recovery: Vec<String>,
}

impl SecondFactor {
    /// Whether a recovery code with this hash is left.
    pub fn has(&self, hash: &str) -> bool {
        self.recovery.iter().fold(false, |found, kept| found | same_hash(kept, hash))
    }

    fn read(item: &Item) -> Result<Self, StoreError> {
        let Json(recovery) = get(item, "recovery")?;
        Ok(Self {
            sealed: get(item, "sealed")?,
            confirmed: find(item, "confirmed")?.unwrap_or(false),
            step: get(item, "step")?,
            recovery,
        })
    }
}

impl Table {
    /// A person's second factor, confirmed or not.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn second_factor(&self, user: UserId) -> Result<Option<SecondFactor>, StoreError> {
        self.row(&key::totp(user)).await?.as_ref().map(SecondFactor::read).transpose()
    }

    /// Keeps a new second factor that has no effect yet, in place of another such; `false` if one is in effect.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn offer_second_factor(
        &self,
        user: UserId,
        sealed: Vec<u8>,
        recovery: Vec<String>,
    ) -> Result<bool, StoreError> {
        let row = key::totp(user).build().with("sealed", sealed).with("step", 0u64).with("recovery", Json(recovery));
        Ok(self.put_if(row.item(), "attribute_not_exists(#confirmed)", Values::none()).await?.is_ok())
    }

    /// Puts the offered one into effect; `step` is that of the code that proved it. `false` if it, or the person, is
    /// another by now.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn confirm_second_factor(
        &self,
        person: &Person,
        offered: &SecondFactor,
        step: u64,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let values = Values::none().with("yes", true).with("step", step).with("sealed", offered.sealed.clone());
        let offer = "#sealed = :sealed AND attribute_not_exists(#confirmed)";
        let write = self.turn_factor(Write::default(), person, true).update(
            self,
            &key::totp(person.id),
            "SET #confirmed = :yes, #step = :step",
            offer,
            values,
        );
        refused_is_false(self.commit_act(person.company, act, write).await)
    }

    /// Uses a step's code up; `false` if it, or a later one, was used before.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn use_totp_step(&self, user: UserId, factor: &SecondFactor, step: u64) -> Result<bool, StoreError> {
        let values = Values::none().with("step", step).with("sealed", factor.sealed.clone());
        let fresh = "#step < :step AND #sealed = :sealed";
        self.update_in(&self.cabinet, &key::totp(user), "SET #step = :step", fresh, values).await
    }

    /// Uses a recovery code up; `false` if any was used meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn use_recovery_code(
        &self,
        person: &Person,
        factor: &SecondFactor,
        hash: &str,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let left: Vec<String> = factor.recovery.iter().filter(|kept| *kept != hash).cloned().collect();
        let values = Values::none()
            .with("left", Json(left))
            .with("before", Json(factor.recovery.clone()))
            .with("sealed", factor.sealed.clone());
        let unmoved = "#recovery = :before AND #sealed = :sealed";
        let write = Write::default().update(self, &key::totp(person.id), "SET #recovery = :left", unmoved, values);
        refused_is_false(self.commit_act(person.company, act, write).await)
    }

    /// Takes the second factor away, secret and codes too. `false` if there is none or the person moved meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remove_second_factor(&self, person: &Person, act: &Act) -> Result<bool, StoreError> {
        let write = self.turn_factor(Write::default(), person, false).remove(self, &key::totp(person.id));
        refused_is_false(self.commit_act(person.company, act, write).await)
    }

    /// Says on the person's row whether a code is asked for: the version moves, so that a sign-in under way, which read
    /// it otherwise, is refused.
    fn turn_factor(&self, write: Write, person: &Person, on: bool) -> Write {
        let values = Values::none().with("version", person.version).with("next", person.version.saturating_add(1));
        let (update, unmoved, values) = match on {
            true => ("SET #version = :next, #totp = :yes", "#version = :version", values.with("yes", true)),
            false => ("SET #version = :next REMOVE #totp", "#version = :version AND attribute_exists(#totp)", values),
        };
        write.update(self, &key::user(person.id), update, unmoved, values)
    }
}
