//! What a promotion grants, as the wire has it.

use crate::domain::promotion::{Discount, Percent, PromotionState, Terms};
use crate::domain::{Catalogue, Day, Invalid, Kopecks, Millilitres, ProductCode, StationCode};
use serde::{Deserialize, Serialize};

/// What is taken off: so much per unit, or a part of the amount. One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PromotionDiscount)]
pub struct DiscountView {
    /// Roubles per unit, at most its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    per_unit: Option<Kopecks>,
    /// Of the amount, rounded to the kopeck, half a kopeck up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<Percent>,
}

impl DiscountView {
    /// The discount.
    ///
    /// # Errors
    /// `discount_ambiguous`, `amount_not_positive`.
    pub fn discount(&self) -> Result<Discount, Invalid> {
        match (self.per_unit, self.percent) {
            (Some(off), None) if off.is_positive() => Ok(Discount::PerUnit(off)),
            (Some(_), None) => Err(Invalid::new("amount_not_positive", "a discount is above zero")),
            (None, Some(percent)) => Ok(Discount::Percent(percent)),
            _ => Err(Invalid::new("discount_ambiguous", "a discount is either per_unit or percent")),
        }
    }
}

impl From<Discount> for DiscountView {
    fn from(discount: Discount) -> Self {
        match discount {
            Discount::PerUnit(off) => Self { per_unit: Some(off), percent: None },
            Discount::Percent(percent) => Self { per_unit: None, percent: Some(percent) },
        }
    }
}

/// What a promotion grants.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = PromotionTerms)]
pub struct TermsView {
    /// The first day, in Moscow time.
    from: Day,
    /// The last day, in Moscow time.
    to: Day,
    /// Of which products; of all if empty.
    products: Vec<ProductCode>,
    /// At which stations; at all if empty.
    stations: Vec<StationCode>,
    discount: DiscountView,
    /// From which quantity on, of what was dispensed.
    minimum_quantity: Millilitres,
}

impl TermsView {
    /// Terms, by the codes of products.
    pub fn of(terms: &Terms, catalogue: &Catalogue) -> Self {
        Self {
            from: terms.from.into(),
            to: terms.to.into(),
            products: catalogue.codes(terms.products),
            stations: terms.stations.clone(),
            discount: terms.discount.into(),
            minimum_quantity: terms.minimum,
        }
    }
}

/// Where a promotion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PromotionState)]
pub enum PromotionStateName {
    /// Only its editors read it.
    Draft,
    /// Published; its first day has not come.
    Upcoming,
    /// It is on.
    Running,
    /// Its last day is over.
    Over,
    /// The staff took it back.
    Withdrawn,
}

impl From<PromotionState> for PromotionStateName {
    fn from(state: PromotionState) -> Self {
        match state {
            PromotionState::Draft => Self::Draft,
            PromotionState::Upcoming => Self::Upcoming,
            PromotionState::Running => Self::Running,
            PromotionState::Over => Self::Over,
            PromotionState::Withdrawn => Self::Withdrawn,
        }
    }
}
