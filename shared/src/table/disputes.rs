//! Disputes: the row with what was known of the purchase when it was disputed, and what was decided.

mod queue;
mod refund;

pub use refund::{RefundDecided, RefundOfDispute};

use super::Table;
use super::entries::EntryKey;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key::{self, index};
use super::notices::Notice;
use super::outbox::{self, Intent};
use super::rows::posted;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::dispute::{DisputeState, Due, Evidence, Progress};
use crate::domain::ids::{DisputeId, RequestId};
use crate::domain::notice::Event;
use crate::domain::text::Reason;
use crate::domain::{CardNumber, CompanyId, Kopecks, Millilitres, UserId};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A purchase that a company says is not right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// Whose.
    pub company: CompanyId,
    /// What people call it by; given in turn, from 1, and not every number is given.
    pub number: u32,
    /// What is not right, in the company's words.
    pub reason: Reason,
    /// When it was begun.
    pub opened_at: DateTime<Utc>,
    /// Who began it.
    pub opened_by: UserId,
    /// By when OKTAN decides.
    pub due: Due,
    /// What was known of the purchase then; never written again.
    pub evidence: Evidence,
    /// Where it stands.
    pub progress: Progress,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Moves by every write.
    pub version: u64,
}

/// How a dispute ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// When.
    pub at: DateTime<Utc>,
    /// Who ended it.
    pub by: UserId,
    /// Why nothing was given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What was given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundOutcome>,
}

/// What was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundOutcome {
    /// The refund's own number.
    pub request: RequestId,
    /// How much was returned.
    pub quantity: Millilitres,
    /// What was given back for it.
    pub amount: Kopecks,
}

/// How a beginning ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeOpened {
    /// It is there.
    Done,
    /// The purchase is or was the matter of another one.
    Before(DisputeId),
}

impl Dispute {
    /// The purchase.
    pub fn purchase(&self) -> EntryKey {
        EntryKey::Authorization(self.evidence.card.clone(), self.evidence.hold.request)
    }

    /// The entry of what was given back.
    pub fn refund(&self) -> Option<EntryKey> {
        let refund = self.outcome.as_ref()?.refund?;
        Some(EntryKey::Refund(self.evidence.card.clone(), refund.request))
    }
}

impl Table {
    /// A number that no other dispute has; one that is not used after all is nobody's.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take_dispute_number(&self) -> Result<u32, StoreError> {
        self.take_number(&key::dispute_number()).await
    }

    /// Begins a dispute; a purchase has one, unless the company took it back.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn open_dispute(&self, dispute: &Dispute, act: &Act) -> Result<DisputeOpened, StoreError> {
        let (card, purchase) = (&dispute.evidence.card, dispute.evidence.hold.request);
        let claim = key::disputed(card, purchase).build().with("dispute", dispute.id).item();
        let write = Write::default().create(self, claim).create(self, self.dispute_item(dispute)?);
        match self.commit_act(Some(dispute.company), act, write).await {
            Ok(()) => Ok(DisputeOpened::Done),
            Err(StoreError::Refused { .. }) => match self.dispute_of(card, purchase).await? {
                Some(before) => Ok(DisputeOpened::Before(before)),
                // It was taken back at this moment.
                None => Err(StoreError::Busy),
            },
            Err(error) => Err(error),
        }
    }

    /// A dispute.
    ///
    /// # Errors
    /// When the store does not answer, or what was known of the purchase is not what was written.
    pub async fn dispute(&self, id: DisputeId) -> Result<Option<Dispute>, StoreError> {
        let Some(row) = self.row(&key::dispute(id)).await? else { return Ok(None) };
        let dispute = self.read_dispute(&row)?;
        self.know(dispute.evidence.products()).await?;
        Ok(Some(dispute))
    }

    /// Which dispute a purchase is or was the matter of.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn dispute_of(&self, card: &CardNumber, purchase: RequestId) -> Result<Option<DisputeId>, StoreError> {
        let row = self.row(&key::disputed(card, purchase)).await?;
        row.map(|row| get(&row, "dispute")).transpose()
    }

    /// Ends a dispute without a refund: refused, which is told, or taken back, after which the purchase may be disputed again.
    /// `false` if something was done meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn end_dispute(
        &self,
        before: &Dispute,
        after: Progress,
        outcome: &Outcome,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let write = self.step(Write::default(), before, after, Some(outcome));
        let write = match after.state {
            DisputeState::Withdrawn => {
                write.remove(self, &key::disputed(&before.evidence.card, before.evidence.hold.request))
            }
            _ => write.mail(self, outbox::row(&self.decision_told(before, outcome).await?, outcome.at)),
        };
        refused_is_false(self.commit_act(Some(before.company), act, write).await)
    }

    /// What the company is told of a decision: whoever began the dispute, and the owners.
    async fn decision_told(&self, dispute: &Dispute, outcome: &Outcome) -> Result<Intent, StoreError> {
        let mut people = vec![dispute.opened_by];
        let owners = self.owners_of(dispute.company).await?;
        people.extend(owners.iter().map(|owner| owner.id).filter(|id| *id != dispute.opened_by));
        let refunded = outcome.refund.map(|refund| refund.amount);
        let event = Event::DisputeDecided { dispute: dispute.id, number: dispute.number, refunded };
        Ok(Intent::Notice(Notice::to_people(people, event, outcome.at)))
    }

    /// The dispute's row a step on, on condition that it is as it was read.
    fn step(&self, write: Write, before: &Dispute, after: Progress, outcome: Option<&Outcome>) -> Write {
        let mut values = Values::none().with("was", before.version).with("one", 1u64).with("to", Json(after.state));
        let mut update = "ADD #version :one SET #dispute_state = :to".to_owned();
        if let Some(outcome) = outcome {
            update.push_str(", #outcome = :outcome, #gsi2pk = :list, #gsi2sk = :place");
            values = values
                .with("outcome", Json(outcome.clone()))
                .with("list", index::disputes(false).to_owned())
                .with("place", posted(outcome.at, &before.id.to_string()));
        }
        match after.refund {
            Some(refund) => {
                update.push_str(", #refund = :refund");
                values = values.with("refund", refund);
            }
            None => update.push_str(" REMOVE #refund"),
        }
        write.update(self, &key::dispute(before.id), &update, "#version = :was", values)
    }

    fn dispute_item(&self, dispute: &Dispute) -> Result<Item, StoreError> {
        let id = dispute.id.to_string();
        let evidence = serde_json::to_string(&dispute.evidence).map_err(|_| StoreError::Corrupt("evidence"))?;
        let due = format!("{}#{}", dispute.due.on, posted(dispute.opened_at, &id));
        Ok(key::dispute(dispute.id)
            .build()
            .with("company", dispute.company)
            .with("dispute_number", dispute.number)
            .with("reason", dispute.reason.clone())
            .with("opened_at", dispute.opened_at)
            .with("opened_by", dispute.opened_by)
            .with("due_on", dispute.due.on)
            .with("due_by", dispute.due.by)
            .with("evidence_seal", self.evidence_seal(dispute.id, &evidence))
            .with("evidence", evidence)
            .with("dispute_state", Json(dispute.progress.state))
            .maybe("refund", dispute.progress.refund)
            .with("version", dispute.version)
            .with("gsi1pk", index::disputes_of(dispute.company))
            .with("gsi1sk", posted(dispute.opened_at, &id))
            .with("gsi2pk", index::disputes(true).to_owned())
            .with("gsi2sk", due)
            .item())
    }

    fn read_dispute(&self, item: &Item) -> Result<Dispute, StoreError> {
        let pk: String = get(item, "pk")?;
        let id = pk.trim_start_matches("DISPUTE#").parse().map_err(|_| StoreError::Corrupt("pk"))?;
        let (evidence, seal): (String, Vec<u8>) = (get(item, "evidence")?, get(item, "evidence_seal")?);
        if seal != self.evidence_seal(id, &evidence) {
            return Err(StoreError::Corrupt("evidence"));
        }
        let Json(state) = get(item, "dispute_state")?;
        let outcome: Option<Json<Outcome>> = find(item, "outcome")?;
        Ok(Dispute {
            id,
            company: get(item, "company")?,
            number: get(item, "dispute_number")?,
            reason: get(item, "reason")?,
            opened_at: get(item, "opened_at")?,
            opened_by: get(item, "opened_by")?,
            due: Due { on: get(item, "due_on")?, by: get(item, "due_by")? },
            evidence: serde_json::from_str(&evidence).map_err(|_| StoreError::Corrupt("evidence"))?,
            progress: Progress { state, refund: find(item, "refund")? },
            outcome: outcome.map(|Json(outcome)| outcome),
            version: get(item, "version")?,
        })
    }

    /// Shows whether somebody changed what was known.
    fn evidence_seal(&self, id: DisputeId, evidence: &str) -> Vec<u8> {
        self.keys.mac("evidence", &[id.to_string().as_bytes(), evidence.as_bytes()]).to_vec()
    }
}
