//! Whether a card's rules make sense together.

use super::{Cap, Choice, LIMITS_MAX, Limit, Measure, Rules, STATIONS_MAX, Schedule, TimeOfDay};
use crate::domain::Catalogue;
use crate::domain::money::AMOUNT_MAX;
use crate::domain::product::ProductSet;
use crate::domain::quantity::CAP_MAX;
use std::fmt;

/// A field that was refused: where it stands in the wire's form, a stable code, a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldInvalid {
    /// Such as `limits[2].amount`.
    pub field: String,
    /// Stable, `snake_case`.
    pub code: &'static str,
    /// One English sentence.
    pub message: String,
}

impl fmt::Display for FieldInvalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.field, self.code, self.message)
    }
}

/// Reports everything wrong with `rules`, in the order of the fields.
pub(super) fn check(rules: &Rules, catalogue: &Catalogue) -> Result<(), Vec<FieldInvalid>> {
    let mut problems = Problems(Vec::new());
    if rules.limits.len() > LIMITS_MAX {
        problems.add("limits".to_owned(), "limits_too_many", format!("a card has at most {LIMITS_MAX} limits"));
    }
    for (at, limit) in rules.limits.iter().enumerate() {
        let before = rules.limits.get(..at).unwrap_or_default();
        problems.amount(at, limit, &rules.limits);
        problems.limit_products(at, limit, catalogue);
        if before.iter().any(|other| same_kind(limit, other) && other.period == limit.period) {
            problems.add(format!("limits[{at}]"), "limit_repeated", "this measure, period and products have a limit");
        }
    }
    if let Some(choice) = &rules.products {
        problems.product_choice(choice, catalogue);
    }
    if let Some(schedule) = &rules.schedule {
        problems.schedule(schedule);
    }
    if let Some(choice) = &rules.stations {
        if choice.listed().is_empty() {
            problems.add("stations.codes".to_owned(), "choice_empty", "name a station, or leave the rule out");
        }
        if choice.listed().len() > STATIONS_MAX {
            let message = format!("at most {STATIONS_MAX} stations");
            problems.add("stations.codes".to_owned(), "stations_too_many", message);
        }
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems.0) }
}

/// Whether two limits cap the same thing, if per different periods.
fn same_kind(one: &Limit, other: &Limit) -> bool {
    one.cap.measure() == other.cap.measure() && one.products == other.products
}

struct Problems(Vec<FieldInvalid>);

impl Problems {
    fn add(&mut self, field: String, code: &'static str, message: impl Into<String>) {
        self.0.push(FieldInvalid { field, code, message: message.into() });
    }

    fn amount(&mut self, at: usize, limit: &Limit, limits: &[Limit]) {
        let field = || format!("limits[{at}].amount");
        let most = match limit.cap {
            Cap::Litres(_) => CAP_MAX.get(),
            Cap::Roubles(_) => AMOUNT_MAX.get(),
            Cap::Fills(_) => i64::from(u32::MAX),
        };
        if limit.cap.size() <= 0 {
            self.add(field(), "amount_zero", "a limit is above zero; block the card to let nothing through");
        }
        if limit.cap.size() > most {
            self.add(field(), "amount_too_large", "a limit this large is not accepted");
        }
        let shorter = limits.iter().find(|other| {
            same_kind(limit, other) && other.period < limit.period && other.cap.size() > limit.cap.size()
        });
        if let Some(shorter) = shorter {
            let message = format!("a longer period's limit is below the {:?} limit", shorter.period).to_lowercase();
            self.add(field(), "longer_below_shorter", message);
        }
    }

    fn limit_products(&mut self, at: usize, limit: &Limit, catalogue: &Catalogue) {
        let field = || format!("limits[{at}].products");
        if !known(limit.products, catalogue) {
            self.add(field(), "product_unknown", "there is no such product");
        }
        let mut sold = limit.products.iter().filter_map(|ix| catalogue.by_ix(ix));
        if limit.cap.measure() == Measure::Litres
            && let Some(other) = sold.find(|product| !product.in_litres())
        {
            self.add(field(), "not_in_litres", format!("{} is not measured in litres", other.code));
        }
    }

    fn product_choice(&mut self, choice: &Choice<ProductSet>, catalogue: &Catalogue) {
        if choice.listed().is_empty() {
            self.add("products.codes".to_owned(), "choice_empty", "name a product, or leave the rule out");
        }
        if !known(*choice.listed(), catalogue) {
            self.add("products.codes".to_owned(), "product_unknown", "there is no such product");
        }
    }

    fn schedule(&mut self, schedule: &Schedule) {
        if schedule.weekdays.is_empty() {
            self.add("schedule.weekdays".to_owned(), "weekdays_empty", "name a weekday, or leave the rule out");
        }
        if schedule.from >= TimeOfDay::END {
            self.add("schedule.from".to_owned(), "time_out_of_range", "a span starts at 23:59 at the latest");
        }
    }
}

fn known(set: ProductSet, catalogue: &Catalogue) -> bool {
    set.iter().all(|ix| catalogue.by_ix(ix).is_some())
}
