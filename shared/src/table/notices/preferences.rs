//! What each person wants to hear.

use crate::domain::UserId;
use crate::domain::news::Language;
use crate::domain::notice::{NoticeKind, Preferences};
use crate::table::error::StoreError;
use crate::table::item::{Item, Json, find, get};
use crate::table::write::Values;
use crate::table::{Table, key};

fn read(item: &Item) -> Result<Preferences, StoreError> {
    let language: Option<Json<Language>> = find(item, "language")?;
    let (Json(no_mail), Json(no_bell)) = (get(item, "no_mail")?, get(item, "no_bell")?);
    Ok(Preferences { language: language.map(|Json(one)| one), no_mail, no_bell, edition: get(item, "ed")? })
}

impl Table {
    /// What people want, in their order.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn preferences(&self, people: &[UserId]) -> Result<Vec<Preferences>, StoreError> {
        let keys: Vec<_> = people.iter().map(|id| key::preferences(*id)).collect();
        let mut rows = self.batch(&keys).await?;
        keys.iter().map(|key| rows.take(key).map_or_else(|| Ok(Preferences::default()), |row| read(&row))).collect()
    }

    /// Keeps what a person wants, over the edition that was read; `false` if it moved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_preferences(&self, user: UserId, wanted: &Preferences) -> Result<bool, StoreError> {
        let row = key::preferences(user)
            .build()
            .maybe("language", wanted.language.map(Json))
            .with("no_mail", Json(wanted.no_mail.clone()))
            .with("no_bell", Json(wanted.no_bell.clone()))
            .with("ed", wanted.edition.saturating_add(1))
            .item();
        let (unmoved, values) = match wanted.edition {
            0 => ("attribute_not_exists(#pk)", Values::none()),
            edition => ("#ed = :ed", Values::none().with("ed", edition)),
        };
        Ok(self.put_if(row, unmoved, values).await?.is_ok())
    }

    /// Whether a person wants mail of a kind.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn wants_mail(&self, user: UserId, kind: NoticeKind) -> Result<bool, StoreError> {
        let preferences = self.preferences(&[user]).await?;
        Ok(preferences.first().is_none_or(|wanted| !wanted.no_mail.contains(&kind)))
    }
}
