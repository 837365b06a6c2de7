//! A line of history and how it came to be.

use super::{EntryView, Reader};
use crate::app::App;
use crate::domain::authorization::{Authorization, State};
use crate::domain::text::{CompanyName, Title};
use crate::domain::window::Zone;
use crate::domain::{CompanyId, Inn, Kopecks, Millilitres, PromotionId};
use crate::table::{Entry, Payer, StoreError};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A moment of a fill's life.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MomentView {
    /// When.
    at: DateTime<Utc>,
    /// `requested` (by the terminal's clock), `approved`, `declined`, `captured`, `refunded`, `posted` or `reversed`.
    event: &'static str,
    /// How much, of a fill.
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Millilitres>,
    /// What it cost or brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Kopecks>,
}

/// What a promotion is called.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PromotionName {
    id: PromotionId,
    /// In Russian.
    title: Title,
    /// In English, if somebody wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    title_en: Option<Title>,
}

/// Who paid.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PayerView {
    #[schema(required)]
    inn: Option<Inn>,
    name: CompanyName,
}

/// A line of history and how it came to be.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct EntryDetails {
    #[serde(flatten)]
    entry: EntryView,
    /// The promotion that the discount is by.
    #[serde(skip_serializing_if = "Option::is_none")]
    promotion: Option<PromotionName>,
    /// Oldest first.
    life: Vec<MomentView>,
    /// Of a payment, told to staff: who paid, where the document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    payer: Option<PayerView>,
}

impl EntryDetails {
    /// The entry of a sealed id in words; `None` when there is none, or it is another company's.
    pub async fn read(
        app: &App,
        company: CompanyId,
        zone: Zone,
        id: &str,
        reader: Reader,
    ) -> Result<Option<Self>, StoreError> {
        let Some(key) = EntryView::open(id, app) else { return Ok(None) };
        let entry = app.table.entry(&key).await?.filter(|entry| entry.company() == company);
        let Some(entry) = entry else { return Ok(None) };
        let view = EntryView::of(&entry, zone, app);
        let promotion = match view.promotion_id {
            Some(id) => app.table.promotion(id).await?,
            None => None,
        };
        let promotion = promotion.map(|promotion| PromotionName {
            id: promotion.id(),
            title: promotion.title,
            title_en: promotion.english.map(|english| english.title),
        });
        let payer = payer_of(&entry).filter(|_| reader == Reader::Staff);
        Ok(Some(Self { entry: view, promotion, life: life_of(&entry), payer }))
    }
}

fn payer_of(entry: &Entry) -> Option<PayerView> {
    match entry {
        Entry::Payment { payer: Some(Payer { inn, name }), .. } => {
            Some(PayerView { inn: inn.clone(), name: name.clone() })
        }
        _ => None,
    }
}

fn life_of(entry: &Entry) -> Vec<MomentView> {
    match entry {
        Entry::Purchase(authorization) | Entry::Decline(authorization) => of_authorization(authorization),
        Entry::Refund(refund) => vec![
            MomentView {
                at: refund.hold.authorized_at,
                event: "approved",
                quantity: Some(refund.hold.quantity),
                amount: Some(refund.hold.amount),
            },
            MomentView {
                at: refund.at,
                event: "refunded",
                quantity: Some(refund.quantity),
                amount: Some(refund.amount),
            },
        ],
        Entry::Payment { at, amount, reversed_at, .. } => {
            let posted = MomentView { at: *at, event: "posted", quantity: None, amount: Some(*amount) };
            let back =
                |at: &_| MomentView { at: *at, event: "reversed", quantity: None, amount: Some(amount.negated()) };
            [posted].into_iter().chain(reversed_at.iter().map(back)).collect()
        }
        Entry::Adjustment(adjustment) => {
            let amount = Some(adjustment.amount);
            vec![MomentView { at: adjustment.at, event: "posted", quantity: None, amount }]
        }
        Entry::Transfer(transfer) => {
            vec![MomentView { at: transfer.at, event: "posted", quantity: None, amount: Some(transfer.moved) }]
        }
    }
}

fn of_authorization(authorization: &Authorization) -> Vec<MomentView> {
    let hold = &authorization.hold;
    let moment = |at, event, quantity, amount| MomentView { at, event, quantity: Some(quantity), amount };
    let asked = moment(hold.requested_at, "requested", hold.asked, None);
    match &authorization.state {
        State::Declined { at, .. } => vec![asked, moment(*at, "declined", hold.asked, None)],
        State::Captured(capture) => {
            let approved = moment(hold.authorized_at, "approved", hold.quantity, Some(hold.amount));
            vec![asked, approved, moment(capture.at, "captured", capture.quantity, Some(capture.amount))]
        }
        State::Held | State::Reversed { .. } | State::Expired { .. } => vec![asked],
    }
}
