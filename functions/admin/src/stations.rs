//! Stations, their prices and their amenities.

use axum::extract::State;
use axum::http::StatusCode;
use oktan_shared::App;
use oktan_shared::domain::text::Place;
use oktan_shared::domain::{Kopecks, ProductCode, StationCode};
use oktan_shared::http::{FieldProblem, Json, List, Problem, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::Station;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Number, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What else a station has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Amenity {
    Cafe,
    Shop,
    Wash,
    Wifi,
    /// Open day and night.
    #[serde(rename = "24h")]
    AroundTheClock,
}

/// A station.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StationView {
    code: StationCode,
    name: Place,
    address: Place,
    /// Degrees north, −90 to 90.
    #[serde(deserialize_with = "degrees")]
    #[schema(value_type = f64)]
    latitude: Number,
    /// Degrees east, −180 to 180.
    #[serde(deserialize_with = "degrees")]
    #[schema(value_type = f64)]
    longitude: Number,
    #[serde(default)]
    amenities: BTreeSet<Amenity>,
    /// List price per unit, by product.
    #[schema(value_type = BTreeMap<String, Kopecks>)]
    fuels: BTreeMap<ProductCode, Kopecks>,
}

/// Degrees as a number, or as the same number in quotes.
fn degrees<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Number(number) => Ok(number),
        Value::String(text) => text.parse().map_err(|_| D::Error::custom("degrees_malformed: degrees are a number")),
        _ => Err(D::Error::custom("degrees_malformed: degrees are a number")),
    }
}

/// Stations by code.
#[utoipa::path(
    get, path = "/v1/staff/stations", tag = "staff", operation_id = "list_staff_stations",
    responses((status = 200, body = List<StationView>)), security(("session" = ["StaffRead"])),
)]
pub async fn list(State(app): State<App>, _who: Staff<grant::StaffRead>) -> Result<Json<List<StationView>>, Problem> {
    let stations = app.table.stations().await?;
    Ok(Json(List::whole(stations.into_iter().filter_map(StationView::of).collect())))
}

/// Creates a station.
#[utoipa::path(
    post, path = "/v1/staff/stations", tag = "staff", operation_id = "create_station",
    request_body = StationView, responses((status = 201, body = StationView)), security(("session" = ["Provision"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Json(ask): Json<StationView>,
) -> Result<(StatusCode, Json<StationView>), Problem> {
    ask.check(&app)?;
    let act = Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: "station.create".to_owned(),
        subject: format!("station {}", ask.code),
        before: Value::Null,
        after: json!(ask),
        reason: String::new(),
    };
    if !app.table.create_station(&ask.to_station(), &act).await? {
        return Err(Problem::conflict("station_code_taken", "another station has this code"));
    }
    Ok((StatusCode::CREATED, Json(ask)))
}

impl StationView {
    fn check(&self, app: &App) -> Result<(), Problem> {
        let mut errors = Vec::new();
        let mut refuse = |field: String, code: &str, message: &str| {
            errors.push(FieldProblem { field, code: code.to_owned(), message: message.to_owned() });
        };
        let both = [("latitude", &self.latitude, -90.0..=90.0), ("longitude", &self.longitude, -180.0..=180.0)];
        for (field, degrees, range) in both {
            if !degrees.as_f64().is_some_and(|degrees| range.contains(&degrees)) {
                refuse(field.to_owned(), "degrees_out_of_range", "degrees are -90 to 90 north, -180 to 180 east");
            }
        }
        for (code, price) in &self.fuels {
            if app.catalogue.by_code(code).is_none() {
                refuse(format!("fuels.{code}"), "product_unknown", "there is no such product");
            } else if !price.is_positive() {
                refuse(format!("fuels.{code}"), "amount_not_positive", "a price is above zero");
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
    }

    fn to_station(&self) -> Station {
        Station {
            code: self.code.clone(),
            name: self.name.clone(),
            address: self.address.clone(),
            latitude: self.latitude.to_string(),
            longitude: self.longitude.to_string(),
            amenities: self.amenities.iter().filter_map(|a| Some(json!(a).as_str()?.to_owned())).collect(),
            fuels: self.fuels.clone(),
        }
    }

    fn of(station: Station) -> Option<Self> {
        Some(Self {
            code: station.code,
            name: station.name,
            address: station.address,
            latitude: station.latitude.parse().ok()?,
            longitude: station.longitude.parse().ok()?,
            amenities: station.amenities.iter().filter_map(|a| serde_json::from_value(json!(a)).ok()).collect(),
            fuels: station.fuels,
        })
    }
}
