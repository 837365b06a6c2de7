//! What a company chose for itself.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::{CompanyId, Kopecks, UserId};
use crate::journal::Act;

/// What a company chose; the default is a company that never chose anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Who is told of declines by mail.
    pub decline_mail: Vec<UserId>,
    /// Its people are told when less than this is available; `None` until the company says how much.
    pub low_balance: Option<Kopecks>,
    /// Moves by every change: the wire's ETag.
    pub edition: u32,
}

/// How a change of settings ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsSaved {
    /// It is so.
    Done,
    /// Somebody changed them meanwhile.
    Moved,
    /// The company's contract is over.
    Closed,
}

fn read_settings(item: &Item) -> Result<Settings, StoreError> {
    let Json(decline_mail) = get(item, "decline_mail")?;
    Ok(Settings { decline_mail, low_balance: find(item, "low_balance")?, edition: get(item, "ed")? })
}

impl Table {
    /// What a company chose.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn settings(&self, company: CompanyId) -> Result<Settings, StoreError> {
        let row = self.row(&key::settings(company)).await?;
        row.as_ref().map(read_settings).transpose().map(Option::unwrap_or_default)
    }

    /// Saves what a company chose over the edition that was read; the account says whether anybody is told of declines,
    /// and from when on of a low balance.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_settings(
        &self,
        company: CompanyId,
        settings: &Settings,
        act: &Act,
    ) -> Result<SettingsSaved, StoreError> {
        let row = key::settings(company)
            .build()
            .with("decline_mail", Json(settings.decline_mail.clone()))
            .maybe("low_balance", settings.low_balance)
            .with("ed", settings.edition.saturating_add(1))
            .item();
        let values =
            Values::none().with("tells", !settings.decline_mail.is_empty()).with("closed", Json(CompanyStatus::Closed));
        let (update, values) = match settings.low_balance {
            Some(low) => ("SET #tells_declines = :tells, #low_at = :low", values.with("low", low)),
            None => ("SET #tells_declines = :tells REMOVE #low_at, #low_told", values),
        };
        let account = key::account(company);
        let mut write = Write::default().update(self, &account, update, "#account_status <> :closed", values);
        write = match settings.edition {
            0 => write.create(self, row),
            edition => write.replace_if(self, row, "#ed = :ed", Values::none().with("ed", edition)),
        };
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(SettingsSaved::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(SettingsSaved::Closed),
            Err(StoreError::Refused { .. }) => Ok(SettingsSaved::Moved),
            Err(error) => Err(error),
        }
    }
}
