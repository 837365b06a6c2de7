//! The terms that may be fixed now, all together: small enough for every process to keep a copy.

use super::{Joined, PromotionId, Terms, TermsId, day_of};
use crate::domain::ids::{CompanyId, StationCode};
use crate::domain::product::ProductIx;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Published promotions that are not over, at once.
pub const OFFERS_MAX: usize = 30;
/// Promotions that a company takes part in at once: a hold names all of them that its fill may get, and with three holds the
/// card's row stays within a kilobyte.
pub const JOINED_MAX: usize = 6;
/// How long terms that were replaced or are over stay, for the captures of what was approved on them. Later captures
/// read them by themselves.
const KEPT: TimeDelta = TimeDelta::days(2);

/// Terms among the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Offer {
    #[serde(flatten)]
    terms: Terms,
    /// When others took their place, or the promotion was withdrawn.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none", with = "chrono::serde::ts_seconds_option")]
    ended_at: Option<DateTime<Utc>>,
}

/// Every promotion's terms that may be fixed now or soon, and those of lately. Serde's form is the stored one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Offers {
    /// The count of promotions and terms so far.
    last: u32,
    terms: Vec<Offer>,
}

impl Offers {
    /// The count of promotions and terms so far.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// The next place of the count.
    pub fn count(&mut self) -> u32 {
        self.last = self.last.saturating_add(1);
        self.last
    }

    /// Terms by what holds name them by, replaced or not.
    pub fn find(&self, id: TermsId) -> Option<&Terms> {
        self.terms.iter().map(|offer| &offer.terms).find(|terms| terms.id == id)
    }

    /// The terms of the published promotions on `day` and later.
    pub fn current(&self, day: NaiveDate) -> impl Iterator<Item = &Terms> {
        let current = self.terms.iter().filter(|offer| offer.ended_at.is_none()).map(|offer| &offer.terms);
        current.filter(move |terms| day <= terms.to)
    }

    /// The same with these terms instead of the promotion's earlier ones, from `now` on.
    #[must_use]
    pub fn with(&self, terms: Terms, now: DateTime<Utc>) -> Self {
        let mut next = self.without(terms.promotion, now);
        next.terms.push(Offer { terms, ended_at: None });
        next
    }

    /// The same without a promotion, from `now` on; what lately was one stays to be found.
    #[must_use]
    pub fn without(&self, promotion: PromotionId, now: DateTime<Utc>) -> Self {
        let mut next = self.clone();
        for offer in next.terms.iter_mut().filter(|offer| offer.terms.promotion == promotion) {
            offer.ended_at = offer.ended_at.or(Some(now));
        }
        let day = day_of(now - KEPT);
        next.terms.retain(|offer| day <= offer.terms.to && offer.ended_at.is_none_or(|at| now - KEPT < at));
        next
    }

    /// The terms that a fill decided `now` may get: of what its company takes part in, for this product and station.
    pub fn fix(
        &self,
        joined: &Joined,
        company: CompanyId,
        product: ProductIx,
        station: &StationCode,
        now: DateTime<Utc>,
    ) -> Vec<TermsId> {
        if joined.promotions.is_empty() {
            return Vec::new();
        }
        let day = day_of(now);
        let own = self.current(day).filter(|terms| joined.promotions.contains(&terms.promotion));
        let fixed = own.filter(|terms| terms.is_for(company) && terms.apply(product, station, day));
        let mut fixed: Vec<TermsId> = fixed.map(|terms| terms.id).take(JOINED_MAX).collect();
        fixed.sort_unstable();
        fixed
    }
}
