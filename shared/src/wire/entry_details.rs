//! A line of history and how it came to be.

use super::EntryView;
use crate::app::App;
use crate::domain::authorization::{Authorization, State};
use crate::domain::text::Title;
use crate::domain::window::Zone;
use crate::domain::{CompanyId, Kopecks, Millilitres, PromotionId};
use crate::table::{Entry, StoreError};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A moment of a fill's life.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MomentView {
    /// When.
    at: DateTime<Utc>,
    /// `requested` (by the terminal's clock), `approved`, `declined`, `captured`, `refunded` or `posted`.
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
}

impl EntryDetails {
    /// The entry of a sealed id in words; `None` when there is none, or it is another company's.
    pub async fn read(app: &App, company: CompanyId, zone: Zone, id: &str) -> Result<Option<Self>, StoreError> {
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
        Ok(Some(Self { entry: view, promotion, life: life_of(&entry) }))
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
        Entry::Payment { at, amount, .. } => {
            vec![MomentView { at: *at, event: "posted", quantity: None, amount: Some(*amount) }]
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
