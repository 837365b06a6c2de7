//! The keys of promotions.

use super::Key;
use crate::domain::promotion::TermsId;
use crate::domain::{CompanyId, PromotionId};

/// A promotion.
pub(in crate::table) fn promotion(id: PromotionId) -> Key {
    Key::new(format!("PROMOTION#{id}"), "PROMOTION")
}

/// Terms, as they were when they were published.
pub(in crate::table) fn terms(id: TermsId) -> Key {
    Key::new(format!("TERMS#{}", id.get()), "TERMS")
}

/// All terms that may be fixed now.
pub(in crate::table) fn offers() -> Key {
    Key::new("OFFERS".to_owned(), "OFFERS")
}

/// That a company takes part in a promotion, or did.
pub(in crate::table) fn participation(company: CompanyId, id: PromotionId) -> Key {
    Key::new(format!("COMPANY#{company}"), format!("PROMOTION#{:010}", id.get()))
}
