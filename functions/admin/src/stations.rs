//! Stations: the list, one of them, a new one, changes of all but prices.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::text::{Hours, Place};
use oktan_shared::domain::{Catalogue, Kopecks, ProductCode, StationCode};
use oktan_shared::http::{FieldProblem, IfMatch, Json, List, Path, Problem, Staff, grant, with_etag};
use oktan_shared::journal::{Act, differences};
use oktan_shared::table::{Station, StationEdit, pause};
use oktan_shared::wire::{Amenity, StationView};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Number, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Changes of a station that may find it changed meanwhile before the caller is told to try again.
pub const ATTEMPTS_MAX: u32 = 10;

/// A new station.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StationAsk {
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
    /// When it is open, in words.
    #[serde(default)]
    hours: Hours,
    /// Whether it is out of service.
    #[serde(default)]
    closed: bool,
    /// List price per unit, by product.
    #[schema(value_type = BTreeMap<String, Kopecks>)]
    fuels: BTreeMap<ProductCode, Kopecks>,
}

/// A change of a station; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StationEditAsk {
    name: Option<Place>,
    address: Option<Place>,
    /// Degrees north, −90 to 90.
    #[serde(default, deserialize_with = "some_degrees")]
    #[schema(value_type = Option<f64>)]
    latitude: Option<Number>,
    /// Degrees east, −180 to 180.
    #[serde(default, deserialize_with = "some_degrees")]
    #[schema(value_type = Option<f64>)]
    longitude: Option<Number>,
    amenities: Option<BTreeSet<Amenity>>,
    /// When it is open, in words.
    hours: Option<Hours>,
    /// Whether it is out of service.
    closed: Option<bool>,
}

/// Degrees as a number, or as the same number in quotes.
fn degrees<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
    some_degrees(deserializer)?.ok_or_else(|| D::Error::custom("degrees_malformed: degrees are a number"))
}

fn some_degrees<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::Number(number) => Ok(Some(number)),
        Value::String(text) => {
            text.parse().map(Some).map_err(|_| D::Error::custom("degrees_malformed: degrees are a number"))
        }
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
    Ok(Json(List::whole(stations.iter().filter_map(|station| StationView::of(station, |_| true)).collect())))
}

/// A station.
#[utoipa::path(
    get, path = "/v1/staff/stations/{code}", tag = "staff", operation_id = "read_staff_station",
    params(("code" = StationCode, Path)), responses((status = 200, body = StationView)),
    security(("session" = ["StaffRead"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::StaffRead>,
    Path(code): Path<StationCode>,
) -> Result<Response, Problem> {
    answer(&app.table.station(&code).await?.ok_or_else(Problem::not_found)?)
}

/// Creates a station.
#[utoipa::path(
    post, path = "/v1/staff/stations", tag = "staff", operation_id = "create_station",
    request_body = StationAsk, responses((status = 201, body = StationView)), security(("session" = ["Provision"])),
)]
pub async fn create(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Json(ask): Json<StationAsk>,
) -> Result<(StatusCode, Json<StationView>), Problem> {
    let catalogue = app.table.catalogue_of(ask.fuels.keys()).await?;
    let mut errors = Vec::new();
    coordinates(Some(&ask.latitude), Some(&ask.longitude), &mut errors);
    for (code, price) in &ask.fuels {
        errors.extend(price_refused(&catalogue, code, Some(*price), || format!("fuels.{code}")));
    }
    if !errors.is_empty() {
        return Err(Problem::fields(errors));
    }
    let act = Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: "station.create".to_owned(),
        subject: format!("station {}", ask.code),
        before: Value::Null,
        after: json!(ask),
        reason: String::new(),
    };
    let station = ask.into_station();
    if !app.table.create_station(&station, &act).await? {
        return Err(Problem::conflict("station_code_taken", "another station has this code"));
    }
    let view = StationView::of(&station, |_| true).ok_or_else(Problem::unavailable)?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Changes a station; its prices change in the price list.
#[utoipa::path(
    patch, path = "/v1/staff/stations/{code}", tag = "staff", operation_id = "edit_station",
    params(("code" = StationCode, Path), ("If-Match" = Option<String>, Header)),
    request_body = StationEditAsk, responses((status = 200, body = StationView)), security(("session" = ["Provision"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::Provision>,
    Path(code): Path<StationCode>,
    edition: Option<IfMatch>,
    Json(ask): Json<StationEditAsk>,
) -> Result<Response, Problem> {
    let mut errors = Vec::new();
    coordinates(ask.latitude.as_ref(), ask.longitude.as_ref(), &mut errors);
    if !errors.is_empty() {
        return Err(Problem::fields(errors));
    }
    for attempt in 1..=ATTEMPTS_MAX {
        let before = app.table.station(&code).await?.ok_or_else(Problem::not_found)?;
        edition.unwrap_or(IfMatch::ANY).meets(before.edition)?;
        let after = ask.on(&before);
        let (was, is) = differences(&facts(&before), &facts(&after));
        if is.is_empty() {
            return answer(&before);
        }
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: "station.edit".to_owned(),
            subject: format!("station {code}"),
            before: Value::Object(was),
            after: Value::Object(is),
            reason: String::new(),
        };
        let saved = Station { edition: before.edition.saturating_add(1), ..after.clone() };
        if app.table.edit_stations(&[StationEdit { before, after }], &act).await? {
            return answer(&saved);
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

fn answer(station: &Station) -> Result<Response, Problem> {
    let view = StationView::of(station, |_| true).ok_or_else(Problem::unavailable)?;
    Ok(with_etag(station.edition, Json(view)))
}

fn coordinates(latitude: Option<&Number>, longitude: Option<&Number>, errors: &mut Vec<FieldProblem>) {
    let both = [("latitude", latitude, -90.0..=90.0), ("longitude", longitude, -180.0..=180.0)];
    for (field, degrees, range) in both {
        if degrees.is_some_and(|degrees| !degrees.as_f64().is_some_and(|degrees| range.contains(&degrees))) {
            errors.push(FieldProblem {
                field: field.to_owned(),
                code: "degrees_out_of_range".to_owned(),
                message: "degrees are -90 to 90 north, -180 to 180 east".to_owned(),
            });
        }
    }
}

/// Why a product cannot have this price; `None` takes the price away, which any product can have.
pub fn price_refused(
    catalogue: &Catalogue,
    code: &ProductCode,
    price: Option<Kopecks>,
    field: impl Fn() -> String,
) -> Option<FieldProblem> {
    let refuse = |code: &str, message: &str| {
        Some(FieldProblem { field: field(), code: code.to_owned(), message: message.to_owned() })
    };
    match (catalogue.by_code(code), price) {
        (None, _) => refuse("product_unknown", "there is no such product"),
        (Some(product), Some(_)) if product.retired => refuse("product_retired", "this product is sold no more"),
        (_, Some(price)) if !price.is_positive() => refuse("amount_not_positive", "a price is above zero"),
        _ => None,
    }
}

fn facts(station: &Station) -> Value {
    json!({
        "name": station.name, "address": station.address, "latitude": station.latitude, "longitude": station.longitude,
        "amenities": station.amenities, "hours": station.hours, "closed": station.closed,
    })
}

fn names(amenities: &BTreeSet<Amenity>) -> Vec<String> {
    amenities.iter().filter_map(|amenity| Some(json!(amenity).as_str()?.to_owned())).collect()
}

impl StationAsk {
    fn into_station(self) -> Station {
        Station {
            code: self.code,
            name: self.name,
            address: self.address,
            latitude: self.latitude.to_string(),
            longitude: self.longitude.to_string(),
            amenities: names(&self.amenities),
            fuels: self.fuels,
            hours: self.hours,
            closed: self.closed,
            priced_at: None,
            edition: 0,
        }
    }
}

impl StationEditAsk {
    fn on(&self, before: &Station) -> Station {
        let number = |number: &Option<Number>, before: &String| {
            number.as_ref().map_or_else(|| before.clone(), ToString::to_string)
        };
        Station {
            name: self.name.clone().unwrap_or_else(|| before.name.clone()),
            address: self.address.clone().unwrap_or_else(|| before.address.clone()),
            latitude: number(&self.latitude, &before.latitude),
            longitude: number(&self.longitude, &before.longitude),
            amenities: self.amenities.as_ref().map_or_else(|| before.amenities.clone(), names),
            hours: self.hours.clone().unwrap_or_else(|| before.hours.clone()),
            closed: self.closed.unwrap_or(before.closed),
            ..before.clone()
        }
    }
}
