//! The terminals at stations.

use super::Table;
use super::error::StoreError;
use super::item::{Item, find, get};
use super::key::{self, index};
use super::read::Query;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::{StationCode, TerminalId};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// A device at a station that authorizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// Its id.
    pub id: TerminalId,
    /// Where it stands.
    pub station: StationCode,
    /// SHA-256 of its secret, base64url.
    pub secret_hash: String,
    /// When it was revoked, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
}

pub(super) fn read_terminal(item: &Item) -> Result<Terminal, StoreError> {
    let pk: String = get(item, "pk")?;
    Ok(Terminal {
        id: pk.trim_start_matches("TERMINAL#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        station: get(item, "station_code")?,
        secret_hash: get(item, "secret_hash")?,
        revoked_at: find(item, "revoked_at")?,
        created_at: get(item, "created_at")?,
    })
}

impl Table {
    /// Adds a terminal to a station; `false` if there is no such station.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_terminal(&self, terminal: &Terminal, act: &Act) -> Result<bool, StoreError> {
        let row = key::terminal(&terminal.id)
            .build()
            .with("station_code", terminal.station.clone())
            .with("secret_hash", terminal.secret_hash.clone())
            .with("created_at", terminal.created_at)
            .with("gsi1pk", index::terminals(&terminal.station))
            .with("gsi1sk", terminal.id.clone())
            .item();
        let write = Write::default().create(self, row).require(
            self,
            &key::station(&terminal.station),
            "attribute_exists(#pk)",
            Values::none(),
        );
        refused_is_false(self.commit_act(None, act, write).await)
    }

    /// A terminal by its id.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn terminal(&self, id: &TerminalId) -> Result<Option<Terminal>, StoreError> {
        self.row(&key::terminal(id)).await?.as_ref().map(read_terminal).transpose()
    }

    /// The terminals of a station, at most 100.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn terminals(&self, station: &StationCode) -> Result<Vec<Terminal>, StoreError> {
        let (rows, _) = self
            .query(Query {
                index: Some(super::schema::GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::terminals(station)),
                newest_first: false,
                limit: 100,
                start: None,
            })
            .await?;
        self.follow(&rows).await?.iter().map(read_terminal).collect()
    }

    /// Revokes a station's terminal; `false` if there is no such, or it is revoked already.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn revoke_terminal(&self, station: &StationCode, id: &TerminalId, act: &Act) -> Result<bool, StoreError> {
        let write = Write::default().update(
            self,
            &key::terminal(id),
            "SET #revoked_at = :now",
            "#station_code = :station AND attribute_not_exists(#revoked_at)",
            Values::none().with("now", act.at).with("station", station.clone()),
        );
        refused_is_false(self.commit_act(None, act, write).await)
    }
}
