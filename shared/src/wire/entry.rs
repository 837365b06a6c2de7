//! A line of history.

use super::ReasonView;
use crate::app::App;
use crate::domain::authorization::{Authorization, Capture, Flag, State};
use crate::domain::text::{DocumentNumber, Purpose};
use crate::domain::window::Zone;
use crate::domain::{CardNumber, Kopecks, Millilitres, ProductCode, PromotionId, StationCode};
use crate::table::{AdjustmentRow, Entry, EntryKey, RefundRow};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What kind of line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryType {
    /// Fuel or goods bought.
    Purchase,
    /// A purchase's return.
    Refund,
    /// Money in.
    Payment,
    /// Money between the account and a purse.
    Transfer,
    /// A correction.
    Adjustment,
    /// A refused fill; listed only when asked for.
    Decline,
}

impl EntryType {
    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Refund => "refund",
            Self::Payment => "payment",
            Self::Transfer => "transfer",
            Self::Adjustment => "adjustment",
            Self::Decline => "decline",
        }
    }
}

/// A line of history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct EntryView {
    /// Its id; opaque.
    pub id: String,
    /// When it was posted.
    pub at: DateTime<Utc>,
    /// When the fill was authorized.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized_at: Option<DateTime<Utc>>,
    /// What kind of line.
    pub r#type: EntryType,
    /// The card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_number: Option<CardNumber>,
    /// The station.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station_code: Option<StationCode>,
    /// The product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductCode>,
    /// In units of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Millilitres>,
    /// At the pump, per unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Kopecks>,
    /// Of the station's list, per unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Kopecks>,
    /// In total; of a refund, its part of the purchase's.
    pub discount: Kopecks,
    /// The promotion that the discount is by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promotion_id: Option<PromotionId>,
    /// Signed: plus is into the account.
    pub amount: Kopecks,
    /// Percent; `null` where no VAT is in it.
    #[schema(required)]
    pub vat_rate: Option<u8>,
    /// `price_mismatch`, `over_captured`, `late`; of a payment `reversed`: its money was taken back.
    pub flags: Vec<String>,
    /// The odometer's reading, kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odometer: Option<u32>,
    /// Of a payment, or of the payment that an adjustment takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_number: Option<DocumentNumber>,
    /// The same document's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_date: Option<NaiveDate>,
    /// Of a payment what it is for, of an adjustment why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Purpose>,
    /// Of a transfer: `account` or the number of a purse card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Of a transfer: `account` or the number of a purse card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Of a transfer: how much was moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Kopecks>,
    /// Of a refund: the purchase's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_id: Option<String>,
    /// Of an adjustment: the id of the payment that it takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    /// Of a decline: the first that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonView>,
    /// Of a decline: all that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<ReasonView>>,
}

impl EntryView {
    /// An entry for its company or its terminal; `zone` words the reasons of a decline.
    pub fn of(entry: &Entry, zone: Zone, app: &App) -> Self {
        match entry {
            Entry::Purchase(a) => match &a.state {
                State::Captured(capture) => Self::purchase(a, capture, app),
                _ => Self::of_hold(a, a.hold.authorized_at, EntryType::Purchase, app),
            },
            Entry::Decline(a) => Self::decline(a, zone, app),
            Entry::Refund(refund) => Self::refund(refund, app),
            Entry::Transfer(transfer) => Self {
                card_number: transfer.from.card().or(transfer.to.card()).cloned(),
                from: Some(transfer.from.to_string()),
                to: Some(transfer.to.to_string()),
                moved: Some(transfer.moved),
                ..Self::blank(Self::id(&entry.key(), app), transfer.at, EntryType::Transfer)
            },
            Entry::Payment { at, amount, date, document_number, comment, reversed_at, .. } => Self {
                flags: reversed_at.iter().map(|_| "reversed".to_owned()).collect(),
                document_number: Some(document_number.clone()),
                document_date: Some(*date),
                comment: Some(comment.clone()),
                amount: *amount,
                ..Self::blank(Self::id(&entry.key(), app), *at, EntryType::Payment)
            },
            Entry::Adjustment(adjustment) => Self::adjustment(adjustment, app),
        }
    }

    /// A captured authorization.
    pub fn purchase(authorization: &Authorization, capture: &Capture, app: &App) -> Self {
        Self {
            quantity: Some(capture.quantity),
            discount: capture.discount,
            promotion_id: capture.promotion.map(|won| won.promotion),
            amount: capture.amount.negated(),
            vat_rate: Some(capture.vat_percent),
            flags: capture.flags.iter().map(|flag| flag_name(*flag).to_owned()).collect(),
            ..Self::of_hold(authorization, capture.at, EntryType::Purchase, app)
        }
    }

    fn decline(authorization: &Authorization, zone: Zone, app: &App) -> Self {
        let State::Declined { at, reasons } = &authorization.state else {
            return Self::of_hold(authorization, authorization.hold.authorized_at, EntryType::Decline, app);
        };
        let asked = authorization.hold.asked;
        let views: Vec<_> = reasons.iter().map(|reason| ReasonView::of(reason, asked, zone, app)).collect();
        Self {
            quantity: Some(asked),
            reason: views.first().cloned(),
            reasons: Some(views),
            ..Self::of_hold(authorization, *at, EntryType::Decline, app)
        }
    }

    /// A purchase's return.
    pub fn refund(refund: &RefundRow, app: &App) -> Self {
        let hold = &refund.hold;
        let purchase = EntryKey::Authorization(refund.card.clone(), refund.purchase);
        let id = Self::id(&EntryKey::Refund(refund.card.clone(), refund.request), app);
        Self {
            authorized_at: Some(hold.authorized_at),
            card_number: Some(refund.card.clone()),
            station_code: Some(hold.station.clone()),
            product: app.catalogue().by_ix(hold.product).map(|p| p.code.clone()),
            quantity: Some(refund.quantity),
            price: Some(hold.price),
            list_price: hold.list_price,
            amount: refund.amount,
            discount: refund.discount,
            vat_rate: Some(refund.vat_percent),
            purchase_id: Some(Self::id(&purchase, app)),
            ..Self::blank(id, refund.at, EntryType::Refund)
        }
    }

    /// A payment's money taken back.
    fn adjustment(adjustment: &AdjustmentRow, app: &App) -> Self {
        let AdjustmentRow { id, company, at, amount, payment, document_number, date, reason } = adjustment;
        Self {
            document_number: Some(document_number.clone()),
            document_date: Some(*date),
            comment: Purpose::parse(reason.as_str()).ok(),
            amount: *amount,
            payment_id: Some(Self::id(&EntryKey::Posted(*company, *payment), app)),
            ..Self::blank(Self::id(&EntryKey::Posted(*company, *id), app), *at, EntryType::Adjustment)
        }
    }

    fn of_hold(authorization: &Authorization, at: DateTime<Utc>, r#type: EntryType, app: &App) -> Self {
        let hold = &authorization.hold;
        let id = Self::id(&EntryKey::Authorization(authorization.card.clone(), hold.request), app);
        Self {
            authorized_at: Some(hold.authorized_at),
            card_number: Some(authorization.card.clone()),
            station_code: Some(hold.station.clone()),
            product: app.catalogue().by_ix(hold.product).map(|p| p.code.clone()),
            price: Some(hold.price),
            list_price: hold.list_price,
            odometer: hold.odometer,
            ..Self::blank(id, at, r#type)
        }
    }

    fn blank(id: String, at: DateTime<Utc>, r#type: EntryType) -> Self {
        Self {
            id,
            at,
            authorized_at: None,
            r#type,
            card_number: None,
            station_code: None,
            product: None,
            quantity: None,
            price: None,
            list_price: None,
            discount: Kopecks::ZERO,
            promotion_id: None,
            amount: Kopecks::ZERO,
            vat_rate: None,
            flags: Vec::new(),
            odometer: None,
            document_number: None,
            document_date: None,
            comment: None,
            from: None,
            to: None,
            moved: None,
            purchase_id: None,
            payment_id: None,
            reason: None,
            reasons: None,
        }
    }

    /// The id of the entry that lies there.
    pub fn id(key: &EntryKey, app: &App) -> String {
        app.keys.seal("entry", &[], key.to_text().as_bytes())
    }

    /// Where the entry of a sealed id lies.
    pub fn open(id: &str, app: &App) -> Option<EntryKey> {
        let text = String::from_utf8(app.keys.unseal("entry", &[], id)?).ok()?;
        EntryKey::from_text(&text)
    }
}

fn flag_name(flag: Flag) -> &'static str {
    match flag {
        Flag::PriceMismatch => "price_mismatch",
        Flag::OverCaptured => "over_captured",
        Flag::Late => "late",
    }
}
