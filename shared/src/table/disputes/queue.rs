//! Lists of disputes: a company's, the staff's, and those whose last day has come.

use super::Dispute;
use crate::domain::dispute::DisputeState;
use crate::domain::ids::WriteId;
use crate::domain::window::Zone;
use crate::domain::{CompanyId, ProductSet};
use crate::table::error::{StoreError, TransactionOutcome};
use crate::table::item::Json;
use crate::table::item::{Item, find};
use crate::table::key::{self, index};
use crate::table::outbox::{self, Intent};
use crate::table::read::Query;
use crate::table::schema::{GSI1, GSI2};
use crate::table::write::{Values, Write};
use crate::table::{Position, Table};
use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

/// Disputes read at once for the one on call.
const PAGE: usize = 100;

impl Table {
    /// A page of a company's disputes, newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn disputes_of(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Dispute>, Option<Position>), StoreError> {
        let values = Values::none().with("pk", index::disputes_of(company));
        let (condition, start) = ("#gsi1pk = :pk", after.map(Position::start));
        let query = Query { index: Some(GSI1), condition, filter: None, values, newest_first: true, limit, start };
        let (rows, last) = self.query(query).await?;
        let disputes = self.disputes_in(&self.follow(&rows).await?).await?;
        Ok((disputes, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// A page of all disputes: of those that are open the one that is due first, of those that are over the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn dispute_queue(
        &self,
        open: bool,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Dispute>, Option<Position>), StoreError> {
        let values = Values::none().with("pk", index::disputes(open).to_owned());
        let (condition, start) = ("#gsi2pk = :pk", after.map(Position::start));
        let query = Query { index: Some(GSI2), condition, filter: None, values, newest_first: !open, limit, start };
        let (rows, last) = self.query(query).await?;
        let mut disputes = self.disputes_in(&self.follow(&rows).await?).await?;
        // An index lags behind its rows.
        disputes.retain(|dispute| (dispute.progress.state == DisputeState::Open) == open);
        Ok((disputes, last.map(|item| Position::of(&item, &["pk", "sk", "gsi2pk", "gsi2sk"]))))
    }

    /// Writes a mail to the one on call for each open dispute whose last day has come, once; how many.
    ///
    /// # Errors
    /// The last thing that failed; the others were told of.
    pub async fn tell_of_due_disputes(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let Some(tomorrow) = Zone::default().date(now).checked_add_days(Days::new(1)) else { return Ok(0) };
        let (mut told, mut failed, mut start) = (0, None, None);
        loop {
            let values = Values::none().with("pk", index::disputes(true).to_owned()).with("until", tomorrow);
            let condition = "#gsi2pk = :pk AND #gsi2sk < :until";
            let query =
                Query { index: Some(GSI2), condition, filter: None, values, newest_first: false, limit: PAGE, start };
            let (rows, last) = self.query(query).await?;
            for row in self.follow(&rows).await? {
                match self.tell_of_due(&row, now).await {
                    Ok(done) => told += usize::from(done),
                    Err(error) => {
                        tracing::warn!(%error, "nobody was told of a dispute");
                        failed = Some(error);
                    }
                }
            }
            start = last;
            if start.is_none() {
                return failed.map_or(Ok(told), Err);
            }
        }
    }

    /// Whether this call told of it: somebody may have before, or it is over meanwhile.
    async fn tell_of_due(&self, row: &Item, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if find::<bool>(row, "told")?.unwrap_or(false) {
            return Ok(false);
        }
        let dispute = self.read_dispute(row)?.id;
        let values = Values::none().with("told", true).with("open", Json(DisputeState::Open));
        let unmoved = "attribute_not_exists(#told) AND #dispute_state = :open";
        let write = Write::default().update(self, &key::dispute(dispute), "SET #told = :told", unmoved, values);
        let write = write.mail(self, outbox::row(&Intent::DisputeDue { dispute }, now));
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(true),
            Err(TransactionOutcome::Refused(_) | TransactionOutcome::Conflict) => Ok(false),
            Err(TransactionOutcome::Failed(error)) => Err(error),
        }
    }

    async fn disputes_in(&self, rows: &[Item]) -> Result<Vec<Dispute>, StoreError> {
        let disputes = rows.iter().map(|row| self.read_dispute(row)).collect::<Result<Vec<_>, _>>()?;
        let named = disputes.iter().flat_map(|one| one.evidence.products().iter().collect::<Vec<_>>());
        self.know(named.fold(ProductSet::EMPTY, ProductSet::with)).await?;
        Ok(disputes)
    }
}
