//! Refunds as rows.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::rows::entry_index;
use crate::domain::authorization::Hold;
use crate::domain::ids::RequestId;
use crate::domain::{CardNumber, CompanyId, Kopecks, Millilitres};
use chrono::{DateTime, Utc};

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
}

impl Table {
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
        .with("station", refund.hold.station.clone());
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
    })
}
