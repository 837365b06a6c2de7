//! A line of history and how it came to be.

use super::{DisputeOfEntry, EntryView, MomentView, Reader};
use crate::app::App;
use crate::domain::authorization::State;
use crate::domain::text::{CompanyName, Title};
use crate::domain::window::Zone;
use crate::domain::{CompanyId, Inn, PromotionId};
use crate::table::{Entry, Payer, RefundRow, StoreError};
use serde::Serialize;

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
    /// Of a purchase the dispute that it is the matter of, of a refund the one that gave it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispute: Option<DisputeOfEntry>,
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
        let life = MomentView::life_of(&entry, &refunds_of(app, &entry).await?);
        let dispute = dispute_of(app, &entry).await?;
        Ok(Some(Self { entry: view, promotion, life, payer, dispute }))
    }
}

/// The refunds of a purchase that has any.
async fn refunds_of(app: &App, entry: &Entry) -> Result<Vec<RefundRow>, StoreError> {
    match entry {
        Entry::Purchase(a) if matches!(&a.state, State::Captured(done) if done.refunded_quantity.is_positive()) => {
            app.table.refunds_of(&a.card, a.hold.request).await
        }
        _ => Ok(Vec::new()),
    }
}

async fn dispute_of(app: &App, entry: &Entry) -> Result<Option<DisputeOfEntry>, StoreError> {
    let id = match entry {
        Entry::Purchase(a) => app.table.dispute_of(&a.card, a.hold.request).await?,
        Entry::Refund(refund) => refund.dispute,
        _ => None,
    };
    let Some(id) = id else { return Ok(None) };
    Ok(app.table.dispute(id).await?.as_ref().map(DisputeOfEntry::from))
}

fn payer_of(entry: &Entry) -> Option<PayerView> {
    match entry {
        Entry::Payment { payer: Some(Payer { inn, name }), .. } => {
            Some(PayerView { inn: inn.clone(), name: name.clone() })
        }
        _ => None,
    }
}
