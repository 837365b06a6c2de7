//! Refunds as rows.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::pump::Found;
use super::read::Query;
use super::rows::entry_index;
use super::write::Values;
use crate::domain::authorization::{Authorization, Hold, State};
use crate::domain::card::{RefundRefused, Refunded};
use crate::domain::ids::{DisputeId, RequestId};
use crate::domain::{CardNumber, Catalogue, CompanyId, Kopecks, Millilitres};
use chrono::{DateTime, Utc};

/// Refunds of a card read at once.
const PAGE: usize = 500;

/// A refund as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// The terminal's number of the refund.
    pub request: RequestId,
    /// The purchase's.
    pub purchase: RequestId,
    /// The card.
    pub card: CardNumber,
    /// Its company.
    pub company: CompanyId,
    /// What came back.
    pub quantity: Millilitres,
    /// What was given back for it.
    pub amount: Kopecks,
    /// Its part of the purchase's discount, which was not.
    pub discount: Kopecks,
    /// When it was posted.
    pub at: DateTime<Utc>,
    /// Of the purchase: what product, at which station, at what price and VAT rate.
    pub hold: Hold,
    /// The purchase's VAT rate, percent.
    pub vat_percent: u8,
    /// The dispute that it ended, if it was for one.
    pub dispute: Option<DisputeId>,
}

/// A purchase's return, to be written.
#[derive(Debug, Clone)]
pub struct RefundPosting {
    /// What it makes of the card, the purchase and the money.
    pub refunded: Refunded,
    /// The refund itself.
    pub row: RefundRow,
}

impl Found {
    /// What returning so much of a purchase of this card writes; what that means for the card in its place is passed on.
    ///
    /// # Errors
    /// [`RefundRefused`].
    pub fn refund(
        &self,
        purchase: &Authorization,
        quantity: Millilitres,
        (request, dispute): (RequestId, Option<DisputeId>),
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Result<RefundPosting, RefundRefused> {
        let State::Captured(capture) = &purchase.state else { return Err(RefundRefused::NotCaptured) };
        let vat_percent = capture.vat_percent;
        let refunded = self.row.card.refund(purchase, quantity, &self.sale(catalogue, vat_percent), now)?;
        let heir = self.heir.as_ref().map(|heir| heir.heir(&self.account, catalogue));
        let refunded = refunded.passed_on(&self.row.card, quantity, heir, now);
        let row = RefundRow {
            request,
            purchase: purchase.hold.request,
            card: purchase.card.clone(),
            company: purchase.company,
            quantity,
            amount: refunded.amount,
            discount: refunded.discount,
            at: now,
            hold: purchase.hold.clone(),
            vat_percent,
            dispute,
        };
        Ok(RefundPosting { refunded, row })
    }
}

impl Table {
    /// The refunds of a purchase, the first first. Reads all refunds of the card.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn refunds_of(&self, card: &CardNumber, purchase: RequestId) -> Result<Vec<RefundRow>, StoreError> {
        let (mut refunds, mut start) = (Vec::new(), None);
        loop {
            let (rows, last) = self
                .query(Query {
                    index: None,
                    condition: "#pk = :pk AND begins_with(#sk, :refunds)",
                    filter: Some("#purchase = :purchase"),
                    values: Values::none()
                        .with("pk", key::card(card).pk)
                        .with("refunds", "REFUND#".to_owned())
                        .with("purchase", purchase.to_string()),
                    newest_first: false,
                    limit: PAGE,
                    start,
                })
                .await?;
            for row in &rows {
                refunds.push(read_refund(row)?);
            }
            start = last;
            if start.is_none() {
                refunds.sort_by_key(|refund| refund.at);
                return Ok(refunds);
            }
        }
    }

    /// A refund by its own request, for its repeat.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn refund_of(&self, card: &CardNumber, request: RequestId) -> Result<Option<RefundRow>, StoreError> {
        self.row(&key::refund(card.as_str(), request)).await?.as_ref().map(read_refund).transpose()
    }
}

pub(super) fn refund_item(refund: &RefundRow) -> Item {
    let id = refund.request.to_string();
    let row = key::refund(refund.card.as_str(), refund.request)
        .build()
        .with("purchase", refund.purchase.to_string())
        .with("co", refund.company)
        .with("quantity", refund.quantity)
        .with("amount", refund.amount)
        .with("discount", refund.discount)
        .with("at", refund.at)
        .with("hold", Json(refund.hold.clone()))
        .with("vat", refund.vat_percent)
        .with("kind", "refund".to_owned())
        .with("product", refund.hold.product.get())
        .with("station", refund.hold.station.clone())
        .maybe("dispute", refund.dispute);
    entry_index(row, refund.company, Some(refund.card.as_str()), refund.at, &id).item()
}

pub(super) fn read_refund(item: &Item) -> Result<RefundRow, StoreError> {
    let (pk, sk, purchase): (String, String, String) = (get(item, "pk")?, get(item, "sk")?, get(item, "purchase")?);
    let Json(hold) = get(item, "hold")?;
    Ok(RefundRow {
        request: sk.trim_start_matches("REFUND#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
        purchase: purchase.parse().map_err(|_| StoreError::Corrupt("purchase"))?,
        card: pk.trim_start_matches("CARD#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        company: get(item, "co")?,
        quantity: get(item, "quantity")?,
        amount: get(item, "amount")?,
        discount: find(item, "discount")?.unwrap_or_default(),
        at: get(item, "at")?,
        hold,
        vat_percent: get(item, "vat")?,
        dispute: find(item, "dispute")?,
    })
}
