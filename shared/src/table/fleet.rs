//! A company's cards as a list: by number, by state, by group, by a part of what they are called.
//!
//! What a list is filtered by stands in its rows, so the store leaves out what is not asked for, and the cards themselves are
//! read for one page only (docs/adr/0012).

use super::Table;
use super::cards::{CardNote, CardSummary, read_note};
use super::error::StoreError;
use super::item::{Item, find, get};
use super::key;
use super::read::Query;
use super::rows::{CardRow, Position};
use super::write::Values;
use crate::domain::card::{Card, CardStatus};
use crate::domain::search::folded;
use crate::domain::text::{Group, Label};
use crate::domain::{CardNumber, CompanyId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Of a filtered list so many rows are looked at for one wanted, at first.
const LOOKED_AT_FIRST: usize = 20;
/// More rows than the store looks at for one answer, which is a megabyte of them.
const MEGABYTE: usize = 100_000;
/// Queries for one page: some 20,000 cards. What is left begins the next page.
const QUERIES_MAX: usize = 6;
/// Queries for the whole of a list.
const WHOLE_MAX: usize = 1_000;

/// A page of cards.
pub type CardPage = (Vec<CardSummary>, Option<Position>);

/// Which cards of a company; all unless it says something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FleetFilter {
    /// In this state.
    pub status: Option<CardStatus>,
    /// Of this group; the empty one is no group.
    pub group: Option<Group>,
    /// Whose number, label or group contains this, as [`folded`] compares.
    pub q: Option<String>,
}

/// What a card is found by.
pub(super) fn findable(card: &Card, note: &CardNote) -> String {
    // The line break keeps what is typed from being found across two fields: no needle has one.
    [card.number.as_str(), note.label.as_str(), note.group.as_str()].map(folded).join("\n")
}

impl FleetFilter {
    fn needle(&self) -> Option<String> {
        self.q.as_deref().map(folded).filter(|needle| !needle.is_empty())
    }

    /// Whether a card is one of those, on `today` of its company.
    pub fn wants(&self, card: &Card, note: &CardNote, today: NaiveDate) -> bool {
        self.status.is_none_or(|status| status == card.status(today))
            && self.group.as_ref().is_none_or(|group| *group == note.group)
            && self.needle().is_none_or(|needle| findable(card, note).contains(&needle))
    }

    /// The same in the store's words, over the rows of the list.
    fn expression(&self, today: NaiveDate, mut values: Values) -> (Option<String>, Values) {
        let mut parts = Vec::new();
        if let Some(status) = self.status {
            let open = "attribute_not_exists(#closed)";
            let here = format!("{open} AND #until >= :today");
            if status != CardStatus::Closed {
                values = values.with("today", today);
            }
            parts.push(match status {
                CardStatus::Closed => "attribute_exists(#closed)".to_owned(),
                CardStatus::Expired => format!("{open} AND #until < :today"),
                CardStatus::BlockedByStaff => format!("{here} AND attribute_exists(#bs)"),
                CardStatus::Blocked => format!("{here} AND attribute_not_exists(#bs) AND attribute_exists(#bc)"),
                CardStatus::Active => format!("{here} AND attribute_not_exists(#bs) AND attribute_not_exists(#bc)"),
            });
        }
        if let Some(group) = &self.group {
            parts.push("#card_group = :group".to_owned());
            values = values.with("group", group.clone());
        }
        if let Some(needle) = self.needle() {
            parts.push("contains(#find, :needle)".to_owned());
            values = values.with("needle", needle);
        }
        ((!parts.is_empty()).then(|| parts.join(" AND ")), values)
    }
}

/// The number of a row of the list.
pub(super) fn number_of(row: &Item) -> Result<CardNumber, StoreError> {
    let sk: String = get(row, "sk")?;
    sk.trim_start_matches("CARDREF#").parse().map_err(|_| StoreError::Corrupt("sk"))
}

fn place_of(row: &Item) -> Position {
    Position::of(row, &["pk", "sk"])
}

impl Table {
    /// What cards of a company are called, in their order; empty for what is not its card. A round trip for each hundred.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn labels(&self, company: CompanyId, numbers: &[CardNumber]) -> Result<Vec<Label>, StoreError> {
        let keys: Vec<_> = numbers.iter().map(|number| key::card_ref(company, number)).collect();
        let mut rows = self.batch(&keys).await?;
        let label = |row: &Item| read_note(row).map(|note| note.label);
        keys.iter().map(|key| rows.take(key).as_ref().map_or_else(|| Ok(Label::default()), label)).collect()
    }

    /// A page of a company's cards by number. Two round trips.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn cards(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<CardPage, StoreError> {
        self.fleet(company, &FleetFilter::default(), NaiveDate::MIN, limit, after).await
    }

    /// A page of those cards of a company that a filter wants, by number. Two round trips; where few of the list's first
    /// rows are wanted one more for each megabyte of it. The page may be short, and then the list goes on.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fleet(
        &self,
        company: CompanyId,
        filter: &FleetFilter,
        today: NaiveDate,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<CardPage, StoreError> {
        let looked_at = limit.saturating_mul(LOOKED_AT_FIRST);
        self.fleet_from(company, filter, today, (limit, looked_at), after).await
    }

    /// The same for a job, which goes through all of them: it looks at no more rows at first than it can use.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fleet_chunk(
        &self,
        company: CompanyId,
        filter: &FleetFilter,
        today: NaiveDate,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<CardPage, StoreError> {
        self.fleet_from(company, filter, today, (limit, limit), after).await
    }

    async fn fleet_from(
        &self,
        company: CompanyId,
        filter: &FleetFilter,
        today: NaiveDate,
        (limit, looked_at_first): (usize, usize),
        after: Option<&Position>,
    ) -> Result<CardPage, StoreError> {
        let (mut rows, mut next) = (Vec::new(), after.cloned());
        for query in 0..QUERIES_MAX {
            let (expression, values) = filter.expression(today, of_list(company));
            let looked_at = match (&expression, query) {
                (None, _) => limit.saturating_sub(rows.len()),
                (Some(_), 0) => looked_at_first,
                (Some(_), 1) => limit.saturating_mul(LOOKED_AT_FIRST).saturating_mul(LOOKED_AT_FIRST),
                (Some(_), _) => MEGABYTE,
            };
            let (found, last) = self.list(values, expression.as_deref(), None, looked_at, next.as_ref()).await?;
            rows.extend(found);
            next = last;
            if rows.len() > limit {
                rows.truncate(limit);
                next = rows.last().map(place_of);
            }
            if rows.len() == limit || next.is_none() {
                break;
            }
        }
        Ok((self.cards_of(&rows, |card, note| filter.wants(card, note, today)).await?, next))
    }

    /// How many cards of a company a filter wants. One round trip for each megabyte of the list.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fleet_size(
        &self,
        company: CompanyId,
        filter: &FleetFilter,
        today: NaiveDate,
    ) -> Result<u32, StoreError> {
        let expression = || filter.expression(today, of_list(company));
        let rows = self.whole_list(expression, "#sk").await?;
        Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
    }

    /// How many purse cards a company has.
    pub(super) async fn purses_size(&self, company: CompanyId) -> Result<u32, StoreError> {
        let purses = || (Some("#funding = :funding".to_owned()), of_list(company).with("funding", "purse".to_owned()));
        let rows = self.whole_list(purses, "#sk").await?;
        Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
    }

    /// The groups of a company with how many cards are in each, the empty one too. One round trip for each megabyte of
    /// the list.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn card_groups(&self, company: CompanyId) -> Result<BTreeMap<Group, u32>, StoreError> {
        let mut groups = BTreeMap::new();
        for row in self.whole_list(|| (None, of_list(company)), "#card_group").await? {
            let cards: &mut u32 = groups.entry(find(&row, "card_group")?.unwrap_or_default()).or_default();
            *cards = cards.saturating_add(1);
        }
        Ok(groups)
    }

    /// The rows of a company's list that have `funding`, such as `purse`.
    pub(super) async fn card_refs(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
        funding: &str,
    ) -> Result<(Vec<Item>, Option<Position>), StoreError> {
        let values = of_list(company).with("funding", funding.to_owned());
        self.list(values, Some("#funding = :funding"), Some("#pk, #sk"), limit, after).await
    }

    async fn whole_list(
        &self,
        expression: impl Fn() -> (Option<String>, Values),
        only: &str,
    ) -> Result<Vec<Item>, StoreError> {
        let (mut rows, mut after) = (Vec::new(), None);
        for _ in 0..WHOLE_MAX {
            let (filter, values) = expression();
            let (found, next) = self.list(values, filter.as_deref(), Some(only), MEGABYTE, after.as_ref()).await?;
            rows.extend(found);
            after = next;
            if after.is_none() {
                return Ok(rows);
            }
        }
        Err(StoreError::Rejected("a list without an end".to_owned()))
    }

    async fn list(
        &self,
        values: Values,
        filter: Option<&str>,
        only: Option<&str>,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Item>, Option<Position>), StoreError> {
        let query = Query {
            index: None,
            condition: "#pk = :pk AND begins_with(#sk, :prefix)",
            filter,
            values,
            newest_first: false,
            limit,
            start: after.map(Position::start),
        };
        let (rows, last) = self.query_only(query, only).await?;
        Ok((rows, last.as_ref().map(place_of)))
    }

    /// The cards of these rows that are wanted: a card may have moved since its row was read.
    async fn cards_of(
        &self,
        rows: &[Item],
        wanted: impl Fn(&Card, &CardNote) -> bool,
    ) -> Result<Vec<CardSummary>, StoreError> {
        let numbers = rows.iter().map(number_of).collect::<Result<Vec<_>, _>>()?;
        let keys: Vec<_> = numbers.iter().map(key::card).collect();
        let mut cards = self.batch(&keys).await?;
        let mut found = Vec::with_capacity(rows.len());
        for (row, key) in rows.iter().zip(&keys) {
            let Some(card) = cards.take(key) else { continue };
            let summary = CardSummary { row: CardRow::read(&card)?, note: read_note(row)? };
            if wanted(&summary.row.card, &summary.note) {
                found.push(summary);
            }
        }
        Ok(found)
    }
}

/// The rows of a company's list.
fn of_list(company: CompanyId) -> Values {
    Values::none().with("pk", key::company(company).pk).with("prefix", "CARDREF#".to_owned())
}
