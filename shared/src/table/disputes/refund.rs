//! A disputed purchase returned: asked for by one person, done by another, once.

use super::{Dispute, Outcome};
use crate::domain::approval::ApprovalState;
use crate::domain::authorization::Authorization;
use crate::domain::dispute::Progress;
use crate::domain::ids::{ApprovalId, DisputeId};
use crate::journal::Act;
use crate::table::approvals::{Approval, Asked, Decision};
use crate::table::error::StoreError;
use crate::table::outbox;
use crate::table::refunds::RefundPosting;
use crate::table::write::{Values, Write};
use crate::table::{Found, Table, key};

/// A disputed purchase's return, to be written.
#[derive(Debug, Clone)]
pub struct RefundOfDispute<'a> {
    /// The dispute as it was read.
    pub dispute: &'a Dispute,
    /// What becomes of it.
    pub after: Progress,
    /// How it ends.
    pub outcome: Outcome,
    /// The card as it was read.
    pub found: &'a Found,
    /// The purchase as it was read.
    pub purchase: &'a Authorization,
    /// What is written of the return.
    pub posting: RefundPosting,
}

/// How an approval of a refund ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundDecided {
    /// It is done.
    Done,
    /// It was decided before, or who decides is who asked.
    Before,
    /// Something was done with the dispute meanwhile.
    Moved,
    /// The card moved meanwhile: read again.
    Raced,
}

impl Table {
    /// Asks for a disputed purchase to be returned. Also of a company that is closed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ask_refund(
        &self,
        approval: &Approval,
        dispute: &Dispute,
        after: Progress,
        act: &Act,
    ) -> Result<Asked, StoreError> {
        let write = self.step(self.ask_rows(Write::default(), approval), dispute, after, None);
        match self.commit_act(Some(approval.company), act, write).await {
            Ok(()) => Ok(Asked::Done),
            Err(StoreError::Refused { index: 1 }) => Ok(Asked::Pending),
            Err(StoreError::Refused { .. }) => Ok(Asked::Over),
            Err(error) => Err(error),
        }
    }

    /// Returns a disputed purchase: the decision, the dispute's end and the refund, in one write.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn approve_refund(
        &self,
        approval: &Approval,
        decision: &Decision,
        refund: &RefundOfDispute<'_>,
        act: &Act,
    ) -> Result<RefundDecided, StoreError> {
        let write = self.ending(approval, ApprovalState::Approved, decision);
        let dispute_at = write.len();
        let write = self.step(write, refund.dispute, refund.after, Some(&refund.outcome));
        let told = self.decision_told(refund.dispute, &refund.outcome).await?;
        let write = write.mail(self, outbox::row(&told, decision.at));
        let (write, _) = self.refund_rows(write, refund.found, refund.purchase, &refund.posting)?;
        match self.commit_act(Some(approval.company), act, write).await {
            Ok(()) => Ok(RefundDecided::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(RefundDecided::Before),
            Err(StoreError::Refused { index }) if index == dispute_at => Ok(RefundDecided::Moved),
            Err(StoreError::Refused { .. }) => Ok(RefundDecided::Raced),
            Err(error) => Err(error),
        }
    }

    /// The dispute free again of a refund that is not approved.
    pub(in crate::table) fn give_up_refund(&self, write: Write, approval: ApprovalId, dispute: DisputeId) -> Write {
        let values = Values::none().with("approval", approval).with("one", 1u64);
        let update = "ADD #version :one REMOVE #refund";
        write.update(self, &key::dispute(dispute), update, "#refund = :approval", values)
    }
}
