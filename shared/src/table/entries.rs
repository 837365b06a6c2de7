//! History: entries and declines of a company or a card, newest first.

use super::Table;
use super::error::StoreError;
use super::item::{Item, get};
use super::key::{self, index};
use super::payments::{Payer, read_payment};
use super::read::Query;
use super::refunds::{RefundRow, read_refund};
use super::reversals::{AdjustmentRow, read_adjustment};
use super::rows::{Position, Recorded, posted, read_recorded};
use super::schema::{GSI1, GSI2};
use super::transfers::{NewTransfer, read_transfer};
use super::write::Values;
use crate::domain::authorization::{Authorization, State};
use crate::domain::ids::RequestId;
use crate::domain::text::{DocumentNumber, Purpose};
use crate::domain::{CardNumber, CompanyId, Kopecks, ProductIx, ProductSet, StationCode};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// Index pages read for one answer when a filter leaves little of each.
const PAGES_MAX: usize = 10;
/// Rows of such a page, at least.
const FILTERED_PAGE: usize = 100;

/// One line of history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A captured authorization.
    Purchase(Authorization),
    /// A declined one.
    Decline(Authorization),
    /// A purchase's return.
    Refund(RefundRow),
    /// Money in.
    Payment {
        /// Its id.
        id: Uuid,
        /// Whose.
        company: CompanyId,
        /// When it was posted.
        at: DateTime<Utc>,
        /// How much.
        amount: Kopecks,
        /// The document's date.
        date: NaiveDate,
        /// The document's number.
        document_number: DocumentNumber,
        /// What is said of it.
        comment: Purpose,
        /// Who paid; the staff's to know.
        payer: Option<Payer>,
        /// Whether a person posted it, not the bank's statement.
        by_hand: bool,
        /// When its money was taken back.
        reversed_at: Option<DateTime<Utc>>,
    },
    /// A payment's money taken back.
    Adjustment(AdjustmentRow),
    /// Money between the account and purses.
    Transfer(NewTransfer),
}

/// Where an entry lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKey {
    /// A purchase or a decline.
    Authorization(CardNumber, RequestId),
    /// A refund.
    Refund(CardNumber, RequestId),
    /// A payment, an adjustment or a transfer.
    Posted(CompanyId, Uuid),
}

impl EntryKey {
    /// As text, to be sealed into an id.
    pub fn to_text(&self) -> String {
        match self {
            Self::Authorization(card, request) => format!("A{card}.{request}"),
            Self::Refund(card, request) => format!("R{card}.{request}"),
            Self::Posted(company, id) => format!("P{company}.{id}"),
        }
    }

    /// Back from text.
    pub fn from_text(text: &str) -> Option<Self> {
        let (head, id) = text.split_once('.')?;
        let (kind, owner) = head.split_at_checked(1)?;
        match kind {
            "A" => Some(Self::Authorization(owner.parse().ok()?, id.parse().ok()?)),
            "R" => Some(Self::Refund(owner.parse().ok()?, id.parse().ok()?)),
            "P" => Some(Self::Posted(owner.parse().ok()?, id.parse().ok()?)),
            _ => None,
        }
    }
}

impl Entry {
    /// Every product that it names.
    pub(super) fn products(&self) -> ProductSet {
        match self {
            Self::Purchase(a) | Self::Decline(a) => a.products(),
            Self::Refund(refund) => ProductSet::EMPTY.with(refund.hold.product),
            Self::Payment { .. } | Self::Adjustment(_) | Self::Transfer(_) => ProductSet::EMPTY,
        }
    }

    /// Where it lies.
    pub fn key(&self) -> EntryKey {
        match self {
            Self::Purchase(a) | Self::Decline(a) => EntryKey::Authorization(a.card.clone(), a.hold.request),
            Self::Refund(refund) => EntryKey::Refund(refund.card.clone(), refund.request),
            Self::Payment { id, company, .. } => EntryKey::Posted(*company, *id),
            Self::Adjustment(adjustment) => EntryKey::Posted(adjustment.company, adjustment.id),
            Self::Transfer(transfer) => EntryKey::Posted(transfer.company, transfer.id),
        }
    }

    /// Whose it is.
    pub fn company(&self) -> CompanyId {
        match self {
            Self::Purchase(a) | Self::Decline(a) => a.company,
            Self::Refund(refund) => refund.company,
            Self::Payment { company, .. } => *company,
            Self::Adjustment(adjustment) => adjustment.company,
            Self::Transfer(transfer) => transfer.company,
        }
    }

    pub(super) fn read(item: &Item) -> Result<Self, StoreError> {
        let kind: String = get(item, "kind")?;
        match kind.as_str() {
            "purchase" | "decline" => match read_recorded(item)? {
                Recorded::OnCard(a) if matches!(a.state, State::Captured(_)) => Ok(Self::Purchase(a)),
                Recorded::OnCard(a) => Ok(Self::Decline(a)),
                Recorded::UnknownCard { .. } => Err(StoreError::Corrupt("kind")),
            },
            "refund" => read_refund(item).map(Self::Refund),
            "transfer" => read_transfer(item).map(Self::Transfer),
            "payment" => read_payment(item),
            "adjustment" => read_adjustment(item),
            _ => Err(StoreError::Corrupt("kind")),
        }
    }
}

/// Which list of history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryKind {
    /// What moved money.
    Entries,
    /// What was declined.
    Declines,
}

/// What of history to list.
#[derive(Debug, Clone)]
pub struct EntryFilter {
    /// Entries or declines.
    pub list: HistoryKind,
    /// Posted at or after.
    pub from: Option<DateTime<Utc>>,
    /// Posted before.
    pub until: Option<DateTime<Utc>>,
    /// Of this card.
    pub card: Option<CardNumber>,
    /// Of this kind (`purchase`, `refund`, `payment`, `transfer`, `adjustment`).
    pub kind: Option<&'static str>,
    /// Of this product.
    pub product: Option<ProductIx>,
    /// At this station.
    pub station: Option<StationCode>,
    /// Whether the caller refuses entries by what only their rows tell.
    pub searched: bool,
}

/// A page of history.
pub type EntryPage = (Vec<Entry>, Option<Position>);

impl Table {
    /// A page of a company's history that `wanted` also accepts, newest first. Two round trips unless filtered; a
    /// filtered page may be short.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn history(
        &self,
        company: CompanyId,
        filter: &EntryFilter,
        limit: usize,
        after: Option<&Position>,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Result<EntryPage, StoreError> {
        if filter.from.zip(filter.until).is_some_and(|(from, until)| from >= until)
            || filter.until.is_some_and(|until| until <= DateTime::UNIX_EPOCH)
        {
            // Nothing lies there, and the table refuses a span that ends before it begins.
            return Ok((Vec::new(), None));
        }
        let by_card = filter.list == HistoryKind::Entries && filter.card.is_some();
        let (name, prefix) = if by_card { (GSI2, "gsi2") } else { (GSI1, "gsi1") };
        let partition = match (&filter.card, filter.list) {
            (Some(card), HistoryKind::Entries) => index::card_entries(company, card.as_str()),
            (_, HistoryKind::Entries) => index::entries(company),
            (_, HistoryKind::Declines) => index::declines(company),
        };
        let conditions = filter.conditions(by_card);
        let keys = ["pk", "sk", &format!("{prefix}pk"), &format!("{prefix}sk")].map(str::to_owned);
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut start = after.map(Position::start);
        let mut found = Vec::with_capacity(limit);
        for _ in 0..PAGES_MAX {
            let (rows, last) = self
                .query(Query {
                    index: Some(name),
                    condition: &format!("#{prefix}pk = :pk AND #{prefix}sk BETWEEN :from AND :until"),
                    filter: (!conditions.is_empty()).then_some(&conditions.join(" AND ")),
                    values: filter.values(&partition, by_card),
                    newest_first: true,
                    limit: if conditions.is_empty() && !filter.searched { limit } else { limit.max(FILTERED_PAGE) },
                    start,
                })
                .await?;
            for row in self.follow(&rows).await? {
                let entry = Entry::read(&row)?;
                self.know(entry.products()).await?;
                if entry.company() != company || !wanted(&entry) {
                    continue;
                }
                found.push(entry);
                if found.len() == limit {
                    let more = last.is_some()
                        || rows
                            .last()
                            .is_some_and(|end| end.get("pk") != row.get("pk") || end.get("sk") != row.get("sk"));
                    return Ok((found, more.then(|| Position::of(&row, &keys))));
                }
            }
            match last {
                Some(item) => start = Some(item),
                None => return Ok((found, None)),
            }
        }
        Ok((found, start.map(|item| Position::of(&item, &keys))))
    }

    /// When a company's first entry was posted.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn first_entry_at(&self, company: CompanyId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let (rows, _) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::entries(company)),
                newest_first: false,
                limit: 1,
                start: None,
            })
            .await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let posted: String = get(row, "gsi1sk")?;
        let at = posted.split('#').next().unwrap_or_default();
        at.parse().map(Some).map_err(|_| StoreError::Corrupt("gsi1sk"))
    }

    /// An entry by where it lies.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn entry(&self, at: &EntryKey) -> Result<Option<Entry>, StoreError> {
        let key = match at {
            EntryKey::Authorization(card, request) => key::authorization(card.as_str(), *request),
            EntryKey::Refund(card, request) => key::refund(card.as_str(), *request),
            EntryKey::Posted(company, id) => key::entry(*company, *id),
        };
        let Some(row) = self.row(&key).await? else { return Ok(None) };
        if !row.contains_key("kind") {
            // Reversed or expired: nothing was posted.
            return Ok(None);
        }
        let entry = Entry::read(&row)?;
        self.know(entry.products()).await?;
        Ok(Some(entry))
    }
}

impl EntryFilter {
    fn conditions(&self, by_card: bool) -> Vec<&'static str> {
        [
            (self.card.is_some() && !by_card).then_some("#card = :card"),
            self.kind.map(|_| "#kind = :kind"),
            self.product.map(|_| "#product = :product"),
            self.station.as_ref().map(|_| "#station = :station"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn values(&self, partition: &str, by_card: bool) -> Values {
        let earliest = self.from.unwrap_or(DateTime::UNIX_EPOCH);
        // `posted` is a time and an id: a bare time stands before all entries of its millisecond.
        let until = self.until.map_or_else(|| "9999".to_owned(), |until| posted(until, ""));
        let mut values =
            Values::none().with("pk", partition.to_owned()).with("from", posted(earliest, "")).with("until", until);
        if let Some(card) = self.card.as_ref().filter(|_| !by_card) {
            values = values.with("card", card.clone());
        }
        if let Some(kind) = self.kind {
            values = values.with("kind", kind.to_owned());
        }
        if let Some(product) = self.product {
            values = values.with("product", product.get());
        }
        if let Some(station) = &self.station {
            values = values.with("station", station.clone());
        }
        values
    }
}
