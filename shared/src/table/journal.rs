//! The journal: one row for every act of a person, chained by keyed hashes.

use super::Table;
use super::error::{StoreError, TransactionOutcome};
use super::item::{Json, get};
use super::key;
use super::read::peek;
use super::write::{Values, Write, pause};
use crate::domain::CompanyId;
use crate::domain::ids::WriteId;
use crate::journal::{Act, chain_mac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Attempts of an act whose chain was taken ahead by another act.
const CHAIN_ATTEMPTS_MAX: u32 = 12;

impl Table {
    /// Commits `write` with the journal's row of what was done, in the chain of `scope` (a company, or the staff's own).
    ///
    /// # Errors
    /// [`StoreError::Refused`] with the number of the item of `write` whose condition failed.
    pub(super) async fn commit_act(&self, scope: Option<CompanyId>, act: &Act, write: Write) -> Result<(), StoreError> {
        let own_items = write.len();
        for attempt in 1..=CHAIN_ATTEMPTS_MAX {
            let head = self.row(&key::chain(scope)).await?;
            let seq: u64 = peek(head.as_ref(), "seq")?.unwrap_or(0);
            let previous: String = peek(head.as_ref(), "mac")?.unwrap_or_default();
            let next = seq.saturating_add(1);
            let text = serde_json::to_string(act).map_err(|_| StoreError::Corrupt("act"))?;
            let mac = STANDARD.encode(chain_mac(&self.keys, scope, next, &previous, &text));
            let row = key::journal(scope, next)
                .build()
                .with("act", text)
                .with("previous", previous.clone())
                .with("mac", mac.clone())
                .item();
            let head = key::chain(scope).build().with("seq", next).with("mac", mac).item();
            let unmoved = if seq == 0 { "attribute_not_exists(#pk)" } else { "#mac = :previous" };
            let values = if seq == 0 { Values::none() } else { Values::none().with("previous", previous) };
            let whole = write.clone().create(self, row).replace_if(self, head, unmoved, values);
            match self.commit(whole, WriteId::new(uuid::Uuid::new_v4())).await {
                Ok(()) => return Ok(()),
                Err(TransactionOutcome::Refused(refused)) => match refused.iter().find(|(index, _)| *index < own_items)
                {
                    Some((index, _)) => return Err(StoreError::Refused { index: *index }),
                    None => pause(attempt).await,
                },
                Err(TransactionOutcome::Conflict) => pause(attempt).await,
                Err(TransactionOutcome::Failed(error)) => return Err(error),
            }
        }
        Err(StoreError::Busy)
    }

    /// The acts of a chain after the `after`-th, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the store does not answer or a row cannot be read.
    pub async fn acts(
        &self,
        scope: Option<CompanyId>,
        after: u64,
        limit: usize,
    ) -> Result<Vec<crate::journal::Link>, StoreError> {
        let from = key::journal(scope, after.saturating_add(1));
        let to = key::journal(scope, 999_999_999_999);
        let (rows, _) = self
            .query(super::read::Query {
                index: None,
                condition: "#pk = :pk AND #sk BETWEEN :from AND :to",
                filter: None,
                values: Values::none().with("pk", from.pk).with("from", from.sk).with("to", to.sk),
                newest_first: false,
                limit,
                start: None,
            })
            .await?;
        rows.iter()
            .map(|row| {
                let Json(act): Json<Act> = get(row, "act")?;
                let sk: String = get(row, "sk")?;
                let seq = sk.trim_start_matches("JOURNAL#").parse().map_err(|_| StoreError::Corrupt("sk"))?;
                Ok(crate::journal::Link {
                    seq,
                    act,
                    text: get(row, "act")?,
                    previous: get(row, "previous")?,
                    mac: get(row, "mac")?,
                })
            })
            .collect()
    }
}
