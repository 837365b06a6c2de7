//! Promotions as the wire has them.

use chrono::{DateTime, Utc};
use oktan_shared::domain::news::Language;
use oktan_shared::domain::text::{Markdown, Title};
use oktan_shared::domain::{Catalogue, CompanyId, Kopecks, PromotionId};
use oktan_shared::markdown;
use oktan_shared::table::{Participation, Promotion};
use oktan_shared::wire::{LanguageName, PromotionStateName, TermsView};
use serde::Serialize;

use crate::ask::PromotionEnglish;

/// A promotion, as its company's people read it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PromotionView {
    id: PromotionId,
    title: Title,
    /// Markdown.
    body: Markdown,
    /// The same as HTML without anything that acts.
    html: String,
    /// The language of title and text: the one that was asked for, or Russian where there is no other.
    language: LanguageName,
    #[serde(flatten)]
    terms: TermsView,
    /// `upcoming`, `running`, `over` or `withdrawn`.
    state: PromotionStateName,
    /// Whether the company takes part: fills that are approved get the discount on the days of the promotion.
    joined: bool,
    /// Whether the company may join now.
    can_join: bool,
    /// When it joined last.
    #[schema(required)]
    joined_at: Option<DateTime<Utc>>,
    /// When it left, if it did since.
    #[schema(required)]
    left_at: Option<DateTime<Utc>>,
    /// What it saved the company, what returns took back taken off.
    saved: Kopecks,
}

/// What a company has to do with a promotion.
pub struct Part<'a> {
    /// Which company.
    pub company: CompanyId,
    /// Whether its account says that it takes part.
    pub joined: bool,
    /// Its participation, if it ever took part.
    pub participation: Option<&'a Participation>,
    /// What it saved.
    pub saved: Kopecks,
}

impl PromotionView {
    /// A promotion to a company.
    pub fn of(
        promotion: &Promotion,
        part: &Part<'_>,
        language: Language,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Self {
        let (title, body, written_in) = promotion.text(language);
        let state = promotion.state(now);
        let is_for = promotion.terms.is_for(part.company);
        let joined = part.joined && is_for && state.is_open();
        Self {
            id: promotion.id(),
            title: title.clone(),
            html: markdown::to_html(body.as_str()),
            body: body.clone(),
            language: written_in.into(),
            terms: TermsView::of(&promotion.terms, catalogue),
            state: state.into(),
            joined,
            can_join: !joined && is_for && state.is_open(),
            joined_at: part.participation.map(|part| part.joined_at),
            left_at: part.participation.and_then(|part| part.left_at),
            saved: part.saved,
        }
    }
}

/// A promotion in the editors' list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffPromotionItem {
    id: PromotionId,
    /// In Russian.
    title: Title,
    #[serde(flatten)]
    terms: TermsView,
    /// For which companies; for all if empty.
    companies: Vec<CompanyId>,
    state: PromotionStateName,
    /// `null` for a draft.
    #[schema(required)]
    published_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    /// Companies that take part.
    participants: i64,
}

/// A promotion, draft or published.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StaffPromotion {
    #[serde(flatten)]
    promotion: StaffPromotionItem,
    /// In Russian; Markdown.
    body: Markdown,
    /// The same as HTML without anything that acts.
    html: String,
    /// What it is to whoever reads English.
    #[schema(required)]
    english: Option<PromotionEnglish>,
}

impl StaffPromotionItem {
    /// A promotion in a list.
    pub fn of(promotion: &Promotion, catalogue: &Catalogue, now: DateTime<Utc>) -> Self {
        Self {
            id: promotion.id(),
            title: promotion.title.clone(),
            terms: TermsView::of(&promotion.terms, catalogue),
            companies: promotion.terms.companies.clone(),
            state: promotion.state(now).into(),
            published_at: promotion.published_at,
            created_at: promotion.created_at,
            participants: promotion.participants,
        }
    }
}

impl StaffPromotion {
    /// A promotion.
    pub fn of(promotion: &Promotion, catalogue: &Catalogue, now: DateTime<Utc>) -> Self {
        Self {
            promotion: StaffPromotionItem::of(promotion, catalogue, now),
            body: promotion.body.clone(),
            html: markdown::to_html(promotion.body.as_str()),
            english: promotion.english.as_ref().map(PromotionEnglish::from),
        }
    }
}
