//! Exceptions: what decides lies beside the card; here is the list of them, for people and for the sweep.

use super::Table;
use super::budgets::{BudgetPlacement, ShareRow};
use super::error::{StoreError, TransactionOutcome};
use super::item::{Item, Json, find, get};
use super::key::{self, Key, index};
use super::outbox::Declined;
use super::read::Query;
use super::rows::{Position, posted};
use super::schema::GSI1;
use super::write::{Values, Write};
use crate::domain::account::CompanyStatus;
use crate::domain::budget::{Budget, Exception, Sum};
use crate::domain::card::{Card, Granted};
use crate::domain::ids::WriteId;
use crate::domain::{CardNumber, Catalogue, CompanyId, UserId};
use crate::journal::Act;
use chrono::{DateTime, Utc};

/// Exceptions that one sweep ends.
const SWEEP_MAX: usize = 200;
/// Tries of an exception whose budget moves while it is ended; the next sweep comes anyway.
const ATTEMPTS_MAX: usize = 3;

/// How an exception ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionEnd {
    /// A fill used it up.
    Used,
    /// Its time ran out.
    Unused,
}

/// An exception in its company's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionRow {
    /// Whose.
    pub company: CompanyId,
    /// On which card.
    pub card: CardNumber,
    /// As it was granted.
    pub exception: Exception,
    /// By whom.
    pub by: UserId,
    /// The decline that it answers.
    pub decline: Option<Declined>,
    /// How it ended, once that is written down.
    pub end: Option<ExceptionEnd>,
}

impl ExceptionRow {
    fn key(&self) -> Key {
        key::exception(self.company, &posted(self.exception.granted_at, self.card.as_str()))
    }

    fn item(&self) -> Item {
        self.key()
            .build()
            .with("card", self.card.clone())
            .with("exception", Json(self.exception))
            .with("by_user", self.by)
            .maybe("decline", self.decline.clone().map(Json))
            .with("gsi1pk", index::EXCEPTIONS.to_owned())
            .with("gsi1sk", posted(self.exception.until, &format!("{}#{}", self.company, self.card)))
            .item()
    }

    fn read(item: &Item) -> Result<Self, StoreError> {
        let pk: String = get(item, "pk")?;
        let Json(exception) = get(item, "exception")?;
        Ok(Self {
            company: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
            card: get(item, "card")?,
            exception,
            by: get(item, "by_user")?,
            decline: find(item, "decline")?.map(|Json(declined)| declined),
            end: find::<String>(item, "end_as")?.map(|end| match end.as_str() {
                "used" => ExceptionEnd::Used,
                _ => ExceptionEnd::Unused,
            }),
        })
    }

    /// How it ended as the card says it: used up, or else its time ran out.
    pub fn end_of(&self, card: &Card) -> ExceptionEnd {
        if card.excepted == self.exception.number { ExceptionEnd::Used } else { ExceptionEnd::Unused }
    }
}

/// An exception to grant, decided on what was read.
#[derive(Debug, Clone)]
pub struct NewException<'a> {
    /// The card as it was read.
    pub row: &'a ShareRow,
    /// The budget as it was read.
    pub budget: &'a Budget,
    /// What is granted.
    pub granted: &'a Granted,
    /// By whom.
    pub by: UserId,
    /// The decline that it answers.
    pub decline: Option<Declined>,
}

impl Table {
    /// Grants an exception: the card, what lies beside it, what the reserve lends, its row and the journal's, together. An
    /// older exception of the card that is over is written down as such.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn grant_exception(&self, new: &NewException<'_>, act: &Act) -> Result<BudgetPlacement, StoreError> {
        let card = &new.row.row.card;
        let company = card.company;
        let active = Values::none().with("active", Json(CompanyStatus::Active));
        let mut write = Write::default().require(self, &key::account(company), "#account_status = :active", active);
        write = self.put_allowance(write, &new.row.row, &new.granted.card, &new.granted.allowance);
        if let Some(after) = &new.granted.budget {
            write = self.put_budget(write, company, new.budget, &after.moved_on(false));
        }
        if let Some(exception) = new.granted.allowance.exception {
            let row = ExceptionRow {
                company,
                card: card.number.clone(),
                exception,
                by: new.by,
                decline: new.decline.clone(),
                end: None,
            };
            write = write.create(self, row.item());
        }
        if let Some(exception) = new.row.allowance.exception {
            let older =
                ExceptionRow { company, card: card.number.clone(), exception, by: new.by, decline: None, end: None };
            write = self.write_down(write, &older, older.end_of(card));
        }
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(BudgetPlacement::Done),
            Err(StoreError::Refused { index: 0 }) => Ok(BudgetPlacement::NotActive),
            Err(StoreError::Refused { .. }) => Ok(BudgetPlacement::Moved),
            Err(error) => Err(error),
        }
    }

    /// A page of a company's exceptions, newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn exceptions(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<ExceptionRow>, Option<Position>), StoreError> {
        let prefix = key::exception(company, "");
        let (rows, last) = self
            .query(Query {
                index: None,
                condition: "#pk = :pk AND begins_with(#sk, :prefix)",
                filter: None,
                values: Values::none().with("pk", prefix.pk).with("prefix", prefix.sk),
                newest_first: true,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let rows = rows.iter().map(ExceptionRow::read).collect::<Result<_, _>>()?;
        Ok((rows, last.map(|item| Position::of(&item, &["pk", "sk"]))))
    }

    /// Writes down what exceptions have ended, and gives back what the reserve lent for them and they did not need.
    ///
    /// # Errors
    /// The last that failed; every other one was ended.
    pub async fn sweep_exceptions(&self, catalogue: &Catalogue, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let (found, _) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk AND #gsi1sk < :now",
                filter: None,
                values: Values::none().with("pk", index::EXCEPTIONS.to_owned()).with("now", posted(now, "")),
                newest_first: false,
                limit: SWEEP_MAX,
                start: None,
            })
            .await?;
        let (mut ended, mut failed) = (0, None);
        for item in self.follow(&found).await? {
            let row = ExceptionRow::read(&item)?;
            match self.end_exception(&row, catalogue, now).await {
                Ok(true) => ended += 1,
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(%error, card = %row.card, "an exception was not ended");
                    failed = Some(error);
                }
            }
        }
        failed.map_or(Ok(ended), Err)
    }

    /// Ends one exception if it is over; not while a hold is using it.
    async fn end_exception(
        &self,
        row: &ExceptionRow,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        for _ in 0..ATTEMPTS_MAX {
            // The budget first: a change of the share that this does not see moves its version.
            let Some((budget, account)) = self.budget(row.company).await? else { return Ok(false) };
            let cards = self.shares(row.company, std::slice::from_ref(&row.card)).await?;
            let Some(share) = cards.first() else { return Ok(false) };
            let (card, allowance) = (&share.row.card, &share.allowance);
            let mut write = self.write_down(Write::default(), row, row.end_of(card));
            // Another one has taken its place beside the card: only the list is left to be told.
            if let Some(exception) = allowance.exception.filter(|one| one.number == row.exception.number) {
                let Some((_, back)) = card.ended_exception(allowance, &account, catalogue, now) else {
                    return Ok(false);
                };
                let after = allowance.without_exception(back);
                let values = Values::none().with("was", Json(exception));
                let (update, values) = match after.share == allowance.share {
                    true => ("REMOVE #ex", values),
                    false => ("SET #share = :share REMOVE #ex", values.with("share", Json(after.share))),
                };
                write = write.update(self, &key::rules(&row.card), update, "#ex = :was", values);
                if back != Sum::ZERO {
                    let month = account.zone.windows(now).month();
                    let Ok(less) = budget.lend(back.negated(), month) else { return Err(StoreError::Corrupt("lent")) };
                    write = self.put_budget(write, row.company, &budget, &less.moved_on(false));
                }
            }
            match self.commit(write, WriteId::new(uuid::Uuid::new_v4())).await {
                Ok(()) => return Ok(true),
                Err(TransactionOutcome::Failed(error)) => return Err(error),
                Err(TransactionOutcome::Refused(_) | TransactionOutcome::Conflict) => {}
            }
        }
        Ok(false)
    }

    /// Moves an exception's place in the list to the card that took the other's place.
    pub(super) async fn pass_exception(
        &self,
        write: Write,
        (old, heir): (&Card, &Card),
        exception: &Exception,
    ) -> Result<Write, StoreError> {
        let place = key::exception(old.company, &posted(exception.granted_at, old.number.as_str()));
        let Some(item) = self.row(&place).await? else { return Ok(write) };
        let row = ExceptionRow { card: heir.number.clone(), ..ExceptionRow::read(&item)? };
        Ok(write.remove(self, &place).create(self, row.item()))
    }

    fn write_down(&self, write: Write, row: &ExceptionRow, end: ExceptionEnd) -> Write {
        let end = if end == ExceptionEnd::Used { "used" } else { "unused" };
        let values = Values::none().with("end", end.to_owned());
        let update = "SET #end_as = if_not_exists(#end_as, :end) REMOVE #gsi1pk, #gsi1sk";
        write.update(self, &row.key(), update, "attribute_exists(#pk)", values)
    }
}
