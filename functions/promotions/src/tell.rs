//! Whom a promotion is told to: the people of the companies that may join and could not before.

use chrono::{DateTime, Utc};
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::notice::Event;
use oktan_shared::table::{Audience, Notice, Promotion};

/// The notice of a promotion that became `after` and was `before`; `None` where nobody is new to it, or it is a draft.
pub fn of(after: &Promotion, before: Option<&Promotion>, at: DateTime<Utc>) -> Option<Notice> {
    after.published_at?;
    let was_for = before.filter(|before| before.published_at.is_some()).map(|before| &before.terms.companies);
    let named = &after.terms.companies;
    let knows = |id: &CompanyId| was_for.is_some_and(|known| known.is_empty() || known.contains(id));
    let (only, but) = match (named.is_empty(), was_for) {
        (true, None) => (Vec::new(), Vec::new()),
        (true, Some(known)) if known.is_empty() => return None,
        (true, Some(known)) => (Vec::new(), known.clone()),
        (false, _) => (named.iter().copied().filter(|id| !knows(id)).collect(), Vec::new()),
    };
    if !named.is_empty() && only.is_empty() {
        return None;
    }
    let event = Event::PromotionOpened {
        promotion: after.id(),
        title: after.title.clone(),
        title_en: after.english.as_ref().map(|english| english.title.clone()),
    };
    Some(Notice { to: Audience::Companies { only, but, after: None }, event, at })
}
