//! Rules on the wire, and back into the domain.

use crate::shown::RulesShown;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::rules::{Cap, Choice, FieldInvalid, Limit, Rules, Schedule, TimeOfDay, Weekdays};
use oktan_shared::domain::{Invalid, Kopecks, Millilitres, ProductCode, StationCode};
use oktan_shared::table::CardRecord;
use oktan_shared::wire::{MeasureName, PeriodName, amount_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The rules of a card as a client sets them. What is left out does not hold the card.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesAsk {
    /// At most 20; all must pass.
    pub limits: Vec<LimitAsk>,
    /// What may be bought.
    pub products: Option<ProductChoice>,
    /// When.
    pub schedule: Option<ScheduleView>,
    /// Where.
    pub stations: Option<StationChoice>,
}

/// A cap per period.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitAsk {
    /// What is counted.
    pub measure: MeasureName,
    /// Per what.
    pub period: PeriodName,
    /// Litres with at most three decimals, roubles with at most two, fills as a whole number.
    #[schema(example = "100.000")]
    pub amount: String,
    /// Of which products; empty for all.
    #[serde(default)]
    pub products: Vec<ProductCode>,
}

/// Whether a list is what is allowed or what is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceMode {
    /// Only these.
    Allow,
    /// All but these.
    Deny,
}

/// Products allowed or denied.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductChoice {
    pub mode: ChoiceMode,
    pub codes: Vec<ProductCode>,
}

/// Stations allowed or denied.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StationChoice {
    pub mode: ChoiceMode,
    pub codes: Vec<StationCode>,
}

/// Weekdays and hours; a span over midnight belongs to the day it starts.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleView {
    /// 1 is Monday, 7 Sunday.
    pub weekdays: Vec<u8>,
    /// `HH:MM`.
    #[schema(example = "06:00")]
    pub from: String,
    /// `HH:MM`, up to `24:00`.
    #[schema(example = "22:00")]
    pub to: String,
}

/// The rules of a card with their use.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RulesView {
    limits: Vec<LimitView>,
    #[schema(required)]
    products: Option<ProductChoice>,
    #[schema(required)]
    schedule: Option<ScheduleView>,
    #[schema(required)]
    stations: Option<StationChoice>,
}

/// A cap with its use.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct LimitView {
    measure: MeasureName,
    period: PeriodName,
    /// The cap, in the measure.
    amount: String,
    /// Empty for all.
    products: Vec<ProductCode>,
    /// Captured and on open holds in the current window; `0` per transaction.
    used: String,
    /// What is left.
    remaining: String,
    /// When the window ends; `null` per transaction.
    #[schema(required)]
    resets_at: Option<DateTime<Utc>>,
}

impl RulesAsk {
    /// Every product that is named.
    pub fn products(&self) -> impl Iterator<Item = &ProductCode> {
        let chosen = self.products.iter().flat_map(|choice| &choice.codes);
        self.limits.iter().flat_map(|limit| &limit.products).chain(chosen)
    }

    /// The rules, or everything that is wrong with them, by field. `stations` are the codes that exist.
    pub fn to_rules(&self, app: &App, stations: &BTreeSet<StationCode>) -> Result<Rules, Vec<FieldInvalid>> {
        let mut errors = Vec::new();
        let mut note = |field: String, invalid: Invalid| {
            errors.push(FieldInvalid { field, code: invalid.code, message: invalid.message });
        };
        let limits = self.limits.iter().enumerate().filter_map(|(at, limit)| {
            let cap = limit.cap().map_err(|e| note(format!("limits[{at}].amount"), e)).ok()?;
            let set =
                app.catalogue().set(&limit.products).map_err(|e| note(format!("limits[{at}].products"), e)).ok()?;
            Some(Limit { cap, period: limit.period.into(), products: set })
        });
        let limits: Vec<Limit> = limits.collect();
        let products = self.products.as_ref().and_then(|choice| {
            let set = app.catalogue().set(&choice.codes).map_err(|e| note("products.codes".to_owned(), e)).ok()?;
            Some(choice_of(choice.mode, set))
        });
        let stations_chosen = self.stations.as_ref().and_then(|choice| {
            if let Some(unknown) = choice.codes.iter().find(|code| !stations.contains(code)) {
                let invalid = Invalid::new("station_unknown", format!("there is no station {unknown}"));
                note("stations.codes".to_owned(), invalid);
                return None;
            }
            Some(choice_of(choice.mode, choice.codes.iter().cloned().collect()))
        });
        let schedule = self.schedule.as_ref().and_then(|schedule| {
            let weekdays =
                Weekdays::from_iso(&schedule.weekdays).map_err(|e| note("schedule.weekdays".to_owned(), e)).ok();
            let from = TimeOfDay::parse(&schedule.from).map_err(|e| note("schedule.from".to_owned(), e)).ok();
            let to = TimeOfDay::parse(&schedule.to).map_err(|e| note("schedule.to".to_owned(), e)).ok();
            Some(Schedule { weekdays: weekdays?, from: from?, to: to? })
        });
        let rules = Rules { limits, products, schedule, stations: stations_chosen };
        // The rules of rules speak of the limits by their place, which only a complete list keeps.
        if errors.is_empty() {
            rules.check(&app.catalogue())?;
            return Ok(rules);
        }
        Err(errors)
    }
}

fn choice_of<T>(mode: ChoiceMode, listed: T) -> Choice<T> {
    match mode {
        ChoiceMode::Allow => Choice::Allow(listed),
        ChoiceMode::Deny => Choice::Deny(listed),
    }
}

impl LimitAsk {
    fn cap(&self) -> Result<Cap, Invalid> {
        match self.measure {
            MeasureName::Litres => Millilitres::parse(&self.amount).map(Cap::Litres),
            MeasureName::Roubles => Kopecks::parse(&self.amount).map(Cap::Roubles),
            MeasureName::Fills => {
                let digits = (1..=6).contains(&self.amount.len()) && self.amount.bytes().all(|b| b.is_ascii_digit());
                let fills = digits.then(|| self.amount.parse().ok()).flatten();
                fills.map(Cap::Fills).ok_or_else(|| {
                    Invalid::new("fills_malformed", "an amount of fills is a whole number of at most six digits")
                })
            }
        }
    }
}

impl RulesView {
    /// A card's rules and how far they are used up.
    pub fn of(app: &App, record: &CardRecord) -> Self {
        let now = app.clock.now();
        let catalogue = app.catalogue();
        let RulesShown { products, schedule, stations, .. } = RulesShown::of(app, &record.rules);
        let limits = record.row.card.limit_use(&record.rules, &catalogue, record.account.zone, now);
        Self {
            limits: limits
                .iter()
                .map(|used| LimitView {
                    measure: used.limit.cap.measure().into(),
                    period: used.limit.period.into(),
                    amount: amount_text(used.limit.cap),
                    products: catalogue.codes(used.limit.products),
                    used: amount_text(used.used),
                    remaining: amount_text(used.remaining),
                    resets_at: used.resets_at,
                })
                .collect(),
            products,
            schedule,
            stations,
        }
    }
}
