//! What an auditor reads: every chain of the journal as it lies there.

use super::error::StoreError;
use super::item::{Item, find, get};
use super::key::{self, index};
use super::read::Query;
use super::write::Values;
use super::{Position, Table};
use crate::auth::Keys;
use crate::config::AuditConfig;
use crate::domain::CompanyId;
use crate::journal::RawLink;
use std::sync::Arc;

/// Links or companies read at once.
const PAGE: usize = 500;

impl Table {
    /// A client for an auditor, who reads the journal and nothing else.
    pub fn for_audit(config: &AuditConfig, keys: Arc<Keys>) -> Self {
        Self {
            client: super::client(&config.region, config.dynamodb_endpoint.as_deref(), false),
            cabinet: config.cabinet_table.as_str().into(),
            outbox: "".into(),
            keys,
            meter: Arc::default(),
            queue: super::queue::Queue::default(),
            shelf: Arc::default(),
        }
    }

    /// The companies that are listed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn company_ids(&self) -> Result<Vec<CompanyId>, StoreError> {
        let (mut ids, mut start) = (Vec::new(), None);
        loop {
            let (rows, last) = self
                .query(Query {
                    index: Some(super::schema::GSI1),
                    condition: "#gsi1pk = :pk",
                    filter: None,
                    values: Values::none().with("pk", index::COMPANIES.to_owned()),
                    newest_first: false,
                    limit: PAGE,
                    start,
                })
                .await?;
            for row in &rows {
                let pk: String = get(row, "pk")?;
                ids.push(pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?);
            }
            match last {
                Some(last) => start = Some(last),
                None => return Ok(ids),
            }
        }
    }

    /// A page of a chain as it lies there, readable or not, by its rows' keys, and where the next one starts.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn raw_links(
        &self,
        scope: Option<CompanyId>,
        after: Option<&Position>,
    ) -> Result<(Vec<RawLink>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: None,
                condition: "#pk = :pk AND begins_with(#sk, :prefix)",
                filter: None,
                values: Values::none().with("pk", key::chain(scope).pk).with("prefix", "JOURNAL#".to_owned()),
                newest_first: false,
                limit: PAGE,
                start: after.map(Position::start),
            })
            .await?;
        let text = |row: &Item, name| find(row, name).ok().flatten();
        let links = rows.iter().map(|row| {
            let sk: String = text(row, "sk").unwrap_or_default();
            RawLink {
                // A key of another form is no place, even where its digits read as one.
                seq: sk.trim_start_matches("JOURNAL#").parse().ok().filter(|seq| key::journal(scope, *seq).sk == sk),
                text: text(row, "act"),
                previous: text(row, "previous"),
                mac: text(row, "mac"),
            }
        });
        Ok((links.collect(), last.map(|item| Position::of(&item, &["pk", "sk"]))))
    }
}
