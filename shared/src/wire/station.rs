//! A station, for staff and for the public.

use crate::domain::text::{Hours, Place};
use crate::domain::{Kopecks, ProductCode, StationCode};
use crate::table::Station;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Number, json};
use std::collections::{BTreeMap, BTreeSet};

/// What else a station has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Amenity {
    /// A café.
    Cafe,
    /// A shop.
    Shop,
    /// A car wash.
    Wash,
    /// Wi-fi.
    Wifi,
    /// Open day and night.
    #[serde(rename = "24h")]
    AroundTheClock,
}

/// A station.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StationView {
    /// Its code.
    pub code: StationCode,
    /// Its name.
    pub name: Place,
    /// Its address.
    pub address: Place,
    /// Degrees north, −90 to 90.
    #[schema(value_type = f64)]
    pub latitude: Number,
    /// Degrees east, −180 to 180.
    #[schema(value_type = f64)]
    pub longitude: Number,
    /// What else is there.
    pub amenities: BTreeSet<Amenity>,
    /// When it is open, in words; may be empty.
    pub hours: Hours,
    /// Whether it is out of service.
    pub closed: bool,
    /// List price per unit, by product; of products that are sold.
    #[schema(value_type = BTreeMap<String, Kopecks>)]
    pub fuels: BTreeMap<ProductCode, Kopecks>,
    /// When a price changed last; `null` since its creation.
    #[schema(required)]
    pub priced_at: Option<DateTime<Utc>>,
}

impl StationView {
    /// A station; `None` where its row has no coordinates that are numbers.
    pub fn of(station: &Station, sold: impl Fn(&ProductCode) -> bool) -> Option<Self> {
        let fuels = station.fuels.iter().filter(|(code, _)| sold(code));
        Some(Self {
            code: station.code.clone(),
            name: station.name.clone(),
            address: station.address.clone(),
            latitude: station.latitude.parse().ok()?,
            longitude: station.longitude.parse().ok()?,
            amenities: station.amenities.iter().filter_map(|a| serde_json::from_value(json!(a)).ok()).collect(),
            hours: station.hours.clone(),
            closed: station.closed,
            fuels: fuels.map(|(code, price)| (code.clone(), *price)).collect(),
            priced_at: station.priced_at,
        })
    }
}
