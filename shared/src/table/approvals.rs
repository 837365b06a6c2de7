//! What one person of the staff asks for and another decides: the ask, the decision, and the effect in the same write.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key::{self, index};
use super::read::Query;
use super::rows::{Position, posted};
use super::schema::GSI1;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::approval::{ApprovalState, Matter};
use crate::domain::ids::ApprovalId;
use crate::domain::text::{CompanyName, Login, Note, PersonName};
use crate::domain::{CompanyId, Kopecks, UserId};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A person of the staff as an approval names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who.
    pub id: UserId,
    /// Their login at the time.
    pub login: Login,
    /// Their name at the time.
    pub full_name: PersonName,
}

/// How an approval ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who ended it.
    pub by: Colleague,
    /// When.
    pub at: DateTime<Utc>,
    /// Why it was refused.
    pub reason: Note,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// The company it is about.
    pub company: CompanyId,
    /// The company's name when it was asked for.
    pub company_name: CompanyName,
    /// What is to change.
    pub matter: Matter,
    /// Why, as who asked said.
    pub reason: Note,
    /// Who asked.
    pub asked_by: Colleague,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Where it stands.
    pub state: ApprovalState,
    /// How it ended; `None` while it is open.
    pub decision: Option<Decision>,
}

/// What became of an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It waits for another person.
    Done,
    /// One of its kind waits already.
    Pending,
    /// The company is closed or absent.
    Closed,
    /// It was done before.
    Over,
}

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It is done.
    Done,
    /// It was decided before, or who decides is who asked.
    Before,
    /// What it is about is not as it was.
    Moved,
}

impl Approval {
    fn read(item: &Item) -> Result<Self, StoreError> {
        let pk: String = get(item, "pk")?;
        let Json(matter) = get(item, "matter")?;
        let Json(asked_by) = get(item, "asked_by")?;
        let Json(state) = get(item, "approval_state")?;
        let decision: Option<Json<Decision>> = find(item, "decision")?;
        Ok(Self {
            id: pk.trim_start_matches("APPROVAL#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
            company: get(item, "company")?,
            company_name: get(item, "company_name")?,
            matter,
            reason: get(item, "reason")?,
            asked_by,
            asked_at: get(item, "asked_at")?,
            state,
            decision: decision.map(|Json(decision)| decision),
        })
    }

    fn item(&self) -> Item {
        key::approval(self.id)
            .build()
            .with("company", self.company)
            .with("company_name", self.company_name.clone())
            .with("matter", Json(self.matter.clone()))
            .with("reason", self.reason.clone())
            .with("asked_by", Json(self.asked_by.clone()))
            .with("asker", self.asked_by.id)
            .with("asked_at", self.asked_at)
            .with("approval_state", Json(self.state))
            .with("gsi1pk", index::approvals(true).to_owned())
            .with("gsi1sk", posted(self.asked_at, &self.id.to_string()))
            .item()
    }
}

impl Table {
    /// The two rows of an ask: the approval, and the company's claim on its kind.
    pub(super) fn ask_rows(&self, write: Write, approval: &Approval) -> Write {
        let claim =
            key::pending(approval.company, &approval.matter.subject()).build().with("approval", approval.id).item();
        write.create(self, approval.item()).create(self, claim)
    }

    /// Asks for an approval.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ask_approval(&self, approval: &Approval, act: &Act) -> Result<Asked, StoreError> {
        let write = self.not_closed(self.ask_rows(Write::default(), approval), approval.company);
        match self.commit_act(Some(approval.company), act, write).await {
            Ok(()) => Ok(Asked::Done),
            Err(StoreError::Refused { index: 1 }) => Ok(Asked::Pending),
            Err(StoreError::Refused { .. }) => Ok(Asked::Closed),
            Err(error) => Err(error),
        }
    }

    /// An approval.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn approval(&self, id: ApprovalId) -> Result<Option<Approval>, StoreError> {
        self.row(&key::approval(id)).await?.as_ref().map(Approval::read).transpose()
    }

    /// A page of the approvals that are open, or of those that are over, newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn approvals(
        &self,
        open: bool,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Approval>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::approvals(open).to_owned()),
                newest_first: true,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let mut approvals = self.follow(&rows).await?.iter().map(Approval::read).collect::<Result<Vec<_>, _>>()?;
        // An index lags behind its rows.
        approvals.retain(|approval| (approval.state == ApprovalState::Open) == open);
        Ok((approvals, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// Approves: the decision and what was asked for, in one write. After a closing nothing of the company is approved
    /// at a pump any more, as after a suspension.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn approve(&self, approval: &Approval, decision: &Decision, act: &Act) -> Result<Decided, StoreError> {
        let write = self.ending(approval, ApprovalState::Approved, decision);
        let write = self.effect(write, approval, decision.at).await?;
        let decided = self.decided(approval.company, act, write).await?;
        if decided == Decided::Done && matches!(approval.matter, Matter::CloseCompany { .. }) {
            self.stop_purses(approval.company, &act.actor, act.at).await?;
        }
        Ok(decided)
    }

    /// Ends an approval without doing what was asked for.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn end_approval(
        &self,
        approval: &Approval,
        to: ApprovalState,
        decision: &Decision,
        act: &Act,
    ) -> Result<Decided, StoreError> {
        let write = self.ending(approval, to, decision);
        let write = match &approval.matter {
            Matter::RefundDispute(refund) => self.give_up_refund(write, approval.id, refund.dispute),
            _ => write,
        };
        self.decided(approval.company, act, write).await
    }

    async fn decided(&self, company: CompanyId, act: &Act, write: Write) -> Result<Decided, StoreError> {
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(Decided::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(Decided::Before),
            Err(StoreError::Refused { .. }) => Ok(Decided::Moved),
            Err(error) => Err(error),
        }
    }

    /// The approval over, its kind free to be asked for again. Its first item refuses one that is over, or whom it is not to.
    pub(super) fn ending(&self, approval: &Approval, to: ApprovalState, decision: &Decision) -> Write {
        let values = Values::none()
            .with("to", Json(to))
            .with("open", Json(ApprovalState::Open))
            .with("decision", Json(decision.clone()))
            .with("by", decision.by.id)
            .with("list", index::approvals(false).to_owned())
            .with("place", posted(decision.at, &approval.id.to_string()));
        let update = "SET #approval_state = :to, #decision = :decision, #gsi1pk = :list, #gsi1sk = :place";
        let open = "#approval_state = :open AND #asker <> :by";
        Write::default()
            .update(self, &key::approval(approval.id), update, open, values)
            .remove(self, &key::pending(approval.company, &approval.matter.subject()))
    }

    /// What was asked for, on condition that what it is about is as it was.
    async fn effect(&self, write: Write, approval: &Approval, at: DateTime<Utc>) -> Result<Write, StoreError> {
        let (company, account) = (key::company(approval.company), key::account(approval.company));
        let closed = Values::none().with("closed", Json(CompanyStatus::Closed));
        Ok(match &approval.matter {
            Matter::CreditLimit { before, after } => {
                let more = after.checked_sub(*before).ok_or(StoreError::Corrupt("credit_limit"))?;
                let values = closed.with("before", *before).with("after", *after).with("more", more);
                let unmoved = "#credit_limit = :before AND #account_status <> :closed";
                let update = "SET #credit_limit = :after ADD #available :more";
                if more < Kopecks::ZERO {
                    // Only fuel that is gone takes what is available below zero.
                    let enough = format!("{unmoved} AND #available >= :less");
                    write.update(self, &account, update, &enough, values.with("less", more.negated()))
                } else {
                    write.update(self, &account, update, unmoved, values)
                }
            }
            Matter::ContactEmail { before, after } => {
                let values = Values::none().with("before", before.clone()).with("after", after.clone());
                let update = "SET #contact_email = :after";
                self.not_closed(
                    write.update(self, &company, update, "#contact_email = :before", values),
                    approval.company,
                )
            }
            Matter::ReversePayment(reversal) => self.reversal_rows(write, approval, reversal, at).await?,
            // It needs the card as it is: `Table::approve_refund`.
            Matter::RefundDispute(_) => return Err(StoreError::Corrupt("matter")),
            Matter::CloseCompany { .. } => {
                let update = "SET #account_status = :closed ADD #turn :one";
                let open = "attribute_exists(#pk) AND #account_status <> :closed";
                write.update(self, &account, update, open, closed.with("one", 1u32))
            }
        })
    }

    /// Requires a company that is there and not closed.
    pub(super) fn not_closed(&self, write: Write, company: CompanyId) -> Write {
        let values = Values::none().with("closed", Json(CompanyStatus::Closed));
        let open = "attribute_exists(#pk) AND #account_status <> :closed";
        write.require(self, &key::account(company), open, values)
    }
}
