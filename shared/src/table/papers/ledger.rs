//! A company's entries in the order of their posting, for the books.

use crate::domain::CompanyId;
use crate::domain::authorization::State;
use crate::domain::papers::{Goods, Movement, What};
use crate::table::entries::Entry;
use crate::table::error::StoreError;
use crate::table::key::index;
use crate::table::read::Query;
use crate::table::rows::{Position, posted};
use crate::table::schema::GSI1;
use crate::table::write::Values;
use crate::table::{RefundRow, Table};
use chrono::{DateTime, Utc};

/// Rows of the index read at once, and of them those of few kinds.
const PAGE: usize = 500;
const SIFTED_PAGE: usize = 5_000;

/// What keeps the lines of the register out.
const NO_FILLS: &str = "#kind <> :purchase AND #kind <> :refund AND #kind <> :transfer";

impl Entry {
    /// What it is in the books; `None` for a decline, which moves nothing.
    pub fn movement(&self) -> Option<Movement> {
        match self {
            Self::Purchase(fill) => {
                let State::Captured(capture) = &fill.state else { return None };
                let goods =
                    Goods { product: fill.hold.product, vat_percent: capture.vat_percent, quantity: capture.quantity };
                let key = (fill.card.clone(), fill.hold.request);
                let returned = capture.refunded_quantity.is_positive() || capture.refunded_amount.is_positive();
                Some(Movement { amount: capture.amount.negated(), what: What::Purchase { key, goods, returned } })
            }
            Self::Decline(_) => None,
            Self::Refund(RefundRow { purchase, card, quantity, amount, hold, vat_percent, .. }) => {
                let goods = Goods { product: hold.product, vat_percent: *vat_percent, quantity: *quantity };
                Some(Movement { amount: *amount, what: What::Refund { of: (card.clone(), *purchase), goods } })
            }
            Self::Payment { amount, .. } => Some(Movement { amount: *amount, what: What::Payment }),
            Self::Adjustment(adjustment) => Some(Movement { amount: adjustment.amount, what: What::Adjustment }),
            Self::Transfer(_) => Some(Movement { amount: crate::domain::Kopecks::ZERO, what: What::Transfer }),
        }
    }

    /// When it was posted.
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Purchase(fill) | Self::Decline(fill) => match &fill.state {
                State::Captured(capture) => capture.at,
                State::Declined { at, .. } | State::Reversed { at } | State::Expired { at } => *at,
                State::Held => fill.hold.authorized_at,
            },
            Self::Refund(refund) => refund.at,
            Self::Payment { at, .. } => *at,
            Self::Adjustment(adjustment) => adjustment.at,
            Self::Transfer(transfer) => transfer.at,
        }
    }
}

impl Table {
    /// A page of the entries posted from an instant on until another, oldest first. Without fills: only what is neither a
    /// purchase nor a refund nor a transfer.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ledger(
        &self,
        company: CompanyId,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        with_fills: bool,
        after: Option<&Position>,
    ) -> Result<(Vec<Entry>, Option<Position>), StoreError> {
        if from >= until {
            return Ok((Vec::new(), None));
        }
        let values = Values::none()
            .with("pk", index::entries(company))
            .with("from", posted(from, ""))
            .with("until", posted(until, ""));
        let kinds = ["purchase", "refund", "transfer"];
        let (filter, values, limit) = match with_fills {
            true => (None, values, PAGE),
            false => {
                let values = kinds.into_iter().fold(values, |values, kind| values.with(kind, kind.to_owned()));
                (Some(NO_FILLS), values, SIFTED_PAGE)
            }
        };
        let condition = "#gsi1pk = :pk AND #gsi1sk BETWEEN :from AND :until";
        let start = after.map(Position::start);
        let query = Query { index: Some(GSI1), condition, filter, values, newest_first: false, limit, start };
        let (rows, last) = self.query(query).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in self.follow(&rows).await? {
            let entry = Entry::read(&row)?;
            self.know(entry.products()).await?;
            entries.push(entry);
        }
        Ok((entries, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }
}
