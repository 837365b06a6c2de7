//! Rules without a card, as people set them.

use crate::wire::{ChoiceMode, LimitAsk, ProductChoice, ScheduleView, StationChoice};
use oktan_shared::App;
use oktan_shared::domain::rules::{Choice, Rules};
use oktan_shared::wire::amount_text;
use serde::Serialize;

/// Rules as they are set.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RulesShown {
    /// All must pass.
    pub limits: Vec<LimitAsk>,
    /// What may be bought.
    #[schema(required)]
    pub products: Option<ProductChoice>,
    /// When.
    #[schema(required)]
    pub schedule: Option<ScheduleView>,
    /// Where.
    #[schema(required)]
    pub stations: Option<StationChoice>,
}

impl RulesShown {
    /// Stored rules on the wire.
    pub fn of(app: &App, rules: &Rules) -> Self {
        let catalogue = app.catalogue();
        let limits = rules.limits.iter().map(|limit| LimitAsk {
            measure: limit.cap.measure().into(),
            period: limit.period.into(),
            amount: amount_text(limit.cap),
            products: catalogue.codes(limit.products),
        });
        let products = rules.products.as_ref();
        let stations = rules.stations.as_ref();
        Self {
            limits: limits.collect(),
            products: products.map(|c| ProductChoice { mode: mode_of(c), codes: catalogue.codes(*c.listed()) }),
            schedule: rules.schedule.as_ref().map(|schedule| ScheduleView {
                weekdays: schedule.weekdays.iter().collect(),
                from: schedule.from.to_string(),
                to: schedule.to.to_string(),
            }),
            stations: stations.map(|c| StationChoice { mode: mode_of(c), codes: c.listed().iter().cloned().collect() }),
        }
    }
}

fn mode_of<T>(choice: &Choice<T>) -> ChoiceMode {
    match choice {
        Choice::Allow(_) => ChoiceMode::Allow,
        Choice::Deny(_) => ChoiceMode::Deny,
    }
}
