//! The reconciliation desk: claims of people who have no other way in.

use super::Table;
use super::companies::{self, Company};
use super::error::{StoreError, TransactionOutcome};
use super::item::{Item, Json, get};
use super::key::{self, index};
use super::people::{self, PersonEdited};
use super::read::Query;
use super::rows::Position;
use super::schema::GSI1;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::facts::{OnFile, Said};
use crate::domain::ids::{ClaimId, WriteId};
use crate::domain::people::{Actor, Person};
use crate::domain::text::{Email, Identifier, Note, Phone};
use crate::domain::{CompanyId, UserId};
use crate::journal::Act;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Open claims of one person; more are dropped without a word.
const OPEN_MAX: u32 = 3;

/// What somebody without a mailbox wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledClaim {
    /// A login, an address or an INN.
    pub identifier: Identifier,
    /// What they say is on file.
    pub said: Said,
    /// Where their mail should go from now on.
    pub new_email: Email,
    /// Where they are called back.
    pub phone: Phone,
}

/// How a claim came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Five tries of a link failed.
    Tries,
    /// Somebody has no mailbox.
    Claim,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// Nobody decided.
    Open,
    /// One person approved a changed address; another must.
    AwaitingSecond,
    /// The person was let in.
    Approved,
    /// They were not.
    Refused,
}

/// Who of the staff said what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimDecision {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: DateTime<Utc>,
    /// Why; may be empty.
    pub reason: Note,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// How it came about.
    pub kind: ClaimKind,
    /// When.
    pub filed_at: DateTime<Utc>,
    /// Whom it is about.
    pub user: UserId,
    /// Their company; `None` for staff.
    pub company: Option<CompanyId>,
    /// What was said.
    pub said: Said,
    /// Where they are called back.
    pub phone: Option<Phone>,
    /// Where their mail should go.
    pub new_email: Option<Email>,
    /// What became of it.
    pub state: ClaimState,
    /// The first approval of a changed address.
    pub first: Option<ClaimDecision>,
    /// The last word.
    pub closed: Option<ClaimDecision>,
    /// What was on file when it was closed: the address among it may have changed by that.
    pub was_on_file: Option<(OnFile, Option<Email>)>,
    /// Moves with every write.
    pub version: u64,
}

impl Claim {
    /// A claim that nobody has looked at.
    pub fn new(id: ClaimId, kind: ClaimKind, about: &Person, said: Said, now: DateTime<Utc>) -> Self {
        Self {
            id,
            kind,
            filed_at: now,
            user: about.id,
            company: about.company,
            said,
            phone: None,
            new_email: None,
            state: ClaimState::Open,
            first: None,
            closed: None,
            was_on_file: None,
            version: 0,
        }
    }

    /// Whether somebody still has to decide.
    pub fn is_open(&self) -> bool {
        matches!(self.state, ClaimState::Open | ClaimState::AwaitingSecond)
    }

    /// The address that approving it would register, if that is another than the person's.
    pub fn changed_email(&self, of: &Person) -> Option<&Email> {
        self.new_email.as_ref().filter(|email| of.email.as_ref() != Some(*email))
    }
}

fn row(claim: &Claim) -> Item {
    let filed_at = claim.filed_at.to_rfc3339_opts(SecondsFormat::Millis, true);
    key::claim(claim.id)
        .build()
        .with("claim", Json(claim.clone()))
        .with("version", claim.version)
        .with("gsi1pk", index::claims(claim.is_open()))
        .with("gsi1sk", format!("{filed_at}#{}", claim.id))
        .item()
}

fn read(item: &Item) -> Result<Claim, StoreError> {
    let Json(claim) = get(item, "claim")?;
    Ok(claim)
}

impl Table {
    /// A new claim, if its person has not too many open ones and, where it comes of a link, that is still the newest.
    pub(super) fn put_claim(&self, write: Write, claim: &Claim, link: Option<&str>) -> Write {
        let few = "(attribute_not_exists(#open_claims) OR #open_claims < :most)";
        let room = Values::none().with("one", 1u32).with("most", OPEN_MAX);
        let (condition, values) = match link {
            Some(hash) => (format!("{few} AND #link = :hash"), room.with("hash", hash.to_owned())),
            None => (few.to_owned(), room),
        };
        write.create(self, row(claim)).update(
            self,
            &key::recovery(claim.user),
            "ADD #open_claims :one",
            &condition,
            values,
        )
    }

    /// Ends a request with the claim that came of it, or with nothing where there is a claim too many.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn settle_claim(&self, request: Uuid, claim: &Claim, now: DateTime<Utc>) -> Result<(), StoreError> {
        let write = self.put_claim(self.end_request(Write::default(), request, now), claim, None);
        match self.commit(write, WriteId::new(Uuid::new_v4())).await {
            Ok(()) => Ok(()),
            Err(TransactionOutcome::Refused(_)) => self.settle_request(request, &[], now).await.map(|_| ()),
            Err(outcome) => Err(outcome.into_error()),
        }
    }

    /// A claim.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim(&self, id: ClaimId) -> Result<Option<Claim>, StoreError> {
        self.row(&key::claim(id)).await?.as_ref().map(read).transpose()
    }

    /// A page of claims: the open ones, who waits longest first, or the closed ones, the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claims(
        &self,
        open: bool,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Claim>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::claims(open)),
                newest_first: !open,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let claims = self.follow(&rows).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        // The index may lag behind: what was decided meanwhile is in the other list.
        let claims = claims.into_iter().filter(|claim| claim.is_open() == open).collect();
        Ok((claims, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// Whom these claims are about, with their company, in their order and in one round trip for a hundred rows.
    ///
    /// # Errors
    /// When the store does not answer, or a person is not there.
    pub async fn claimants(&self, claims: &[Claim]) -> Result<Vec<(Person, Option<Company>)>, StoreError> {
        let person = |claim: &Claim| key::user(claim.user);
        let mut keys: Vec<_> = claims.iter().map(person).chain(claims.iter().filter_map(company_key)).collect();
        keys.sort_by(|one, other| (&one.pk, &one.sk).cmp(&(&other.pk, &other.sk)));
        keys.dedup();
        let mut rows = self.batch(&keys).await?;
        let found: std::collections::HashMap<_, _> =
            keys.into_iter().filter_map(|key| rows.take(&key).map(|row| (key, row))).collect();
        let both = claims.iter().map(|claim| {
            let person = found.get(&person(claim)).ok_or(StoreError::Corrupt("claim"))?;
            let company = company_key(claim).and_then(|key| found.get(&key));
            Ok((people::read(person)?, company.map(companies::read).transpose()?))
        });
        both.collect()
    }

    /// Writes what somebody of the staff said about a claim, which changes nothing else. `false`: it moved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn move_claim(&self, before: &Claim, after: &Claim, act: &Act) -> Result<bool, StoreError> {
        let write = self.replace_claim(before, after);
        refused_is_false(self.commit_act(before.company, act, write).await)
    }

    /// Closes a claim by letting its person in: the claim, the person and the mails in one write. `false`: the claim or
    /// the person moved.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn approve_claim(
        &self,
        claims: (&Claim, &Claim),
        people: (&Person, &Person),
        mails: &[super::Intent],
        act: &Act,
    ) -> Result<bool, StoreError> {
        let write = self.replace_claim(claims.0, claims.1);
        let write = mails.iter().fold(write, |write, mail| write.mail(self, super::outbox::row(mail, act.at)));
        Ok(matches!(self.edit_person(people.0, people.1, write, act).await?, PersonEdited::Done))
    }

    fn replace_claim(&self, before: &Claim, after: &Claim) -> Write {
        let next = Claim { version: before.version.saturating_add(1), ..after.clone() };
        let unmoved = Values::none().with("was", before.version);
        let write = Write::default().replace_if(self, row(&next), "#version = :was", unmoved);
        if next.is_open() {
            return write;
        }
        let values = Values::none().with("less", -1i64).with("none", 0u32);
        write.update(self, &key::recovery(before.user), "ADD #open_claims :less", "#open_claims > :none", values)
    }
}

fn company_key(claim: &Claim) -> Option<key::Key> {
    claim.company.map(key::company)
}
