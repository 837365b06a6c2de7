//! The price list: what each station asks for each product, changed for many stations at once.

use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::text::{Place, ProductName};
use oktan_shared::domain::{Catalogue, Invalid, Kopecks, ProductCode, StationCode};
use oktan_shared::http::{Edition, FieldProblem, IfMatch, Json, Problem, Staff, grant, with_etag};
use oktan_shared::journal::Act;
use oktan_shared::table::{Station, StationEdit, pause};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use crate::stations::{ATTEMPTS_MAX, price_refused};

/// Stations whose prices change together: all of them or none.
const STATIONS_MAX: usize = 40;

/// A product of the list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PricedProduct {
    code: ProductCode,
    name: ProductName,
}

/// A station's prices.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StationPrices {
    code: StationCode,
    name: Place,
    /// Per unit, by product; a product that is not sold there is not there.
    #[schema(value_type = BTreeMap<String, Kopecks>)]
    prices: BTreeMap<ProductCode, Kopecks>,
}

/// All prices.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PriceListView {
    /// The products that are sold, in order.
    products: Vec<PricedProduct>,
    /// The stations, by code.
    stations: Vec<StationPrices>,
}

/// A price that changes.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceAsk {
    station_code: StationCode,
    product: ProductCode,
    /// Per unit; `null`: the product is not sold there.
    #[serde(deserialize_with = "present")]
    #[schema(required)]
    price: Option<Kopecks>,
}

/// `null` is a word here, and nothing said is none.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Kopecks>, D::Error> {
    Option::deserialize(deserializer)
}

/// The prices that change; those that are not named stay.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PricesAsk {
    /// At most 40 stations, every product of each at most once.
    prices: Vec<PriceAsk>,
}

/// The price list.
#[utoipa::path(
    get, path = "/v1/staff/prices", tag = "staff", operation_id = "read_prices",
    responses((status = 200, body = PriceListView)), security(("session" = ["StaffRead"])),
)]
pub async fn read(State(app): State<App>, _who: Staff<grant::StaffRead>) -> Result<Response, Problem> {
    Ok(answer(&app.catalogue(), &app.table.stations().await?))
}

/// Changes prices, all that are named or none. The next fill that a terminal asks for is compared with them.
#[utoipa::path(
    put, path = "/v1/staff/prices", tag = "staff", operation_id = "set_prices",
    params(("If-Match" = Option<String>, Header)), request_body = PricesAsk,
    responses((status = 200, body = PriceListView)), security(("session" = ["Catalogue"])),
)]
pub async fn set(
    State(app): State<App>,
    who: Staff<grant::Catalogue>,
    edition: Option<IfMatch>,
    Json(ask): Json<PricesAsk>,
) -> Result<Response, Problem> {
    let named: Vec<_> = ask.prices.iter().map(|price| &price.product).collect();
    let catalogue = app.table.catalogue_of(named).await?;
    for attempt in 1..=ATTEMPTS_MAX {
        let stations = app.table.stations().await?;
        ask.check(&catalogue, &stations)?;
        edition.unwrap_or(IfMatch::ANY).meets(edition_of(&stations))?;
        let at = app.clock.now();
        let edits: Vec<StationEdit> = stations.iter().filter_map(|station| ask.on(station, at)).collect();
        if edits.is_empty() {
            return Ok(answer(&catalogue, &stations));
        }
        let (before, after) = edits.iter().map(changed).unzip();
        let act = Act {
            at,
            actor: who.actor(),
            action: "prices.set".to_owned(),
            subject: "prices".to_owned(),
            before: json!({ "prices": Value::Object(before) }),
            after: json!({ "prices": Value::Object(after) }),
            reason: String::new(),
        };
        if app.table.edit_stations(&edits, &act).await? {
            return Ok(answer(&catalogue, &app.table.stations().await?));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Moves with every change of every station: each has an edition that only grows.
fn edition_of(stations: &[Station]) -> Edition {
    stations.iter().fold(0, |sum, station| sum.saturating_add(station.edition))
}

fn answer(catalogue: &Catalogue, stations: &[Station]) -> Response {
    let products = catalogue.on_sale().map(|p| PricedProduct { code: p.code.clone(), name: p.name.clone() });
    let priced = stations.iter().map(|station| StationPrices {
        code: station.code.clone(),
        name: station.name.clone(),
        prices: station.fuels.clone(),
    });
    let view = PriceListView { products: products.collect(), stations: priced.collect() };
    with_etag(edition_of(stations), Json(view))
}

/// A station's prices that differ, before and after, as the journal has them.
fn changed(edit: &StationEdit) -> ((String, Value), (String, Value)) {
    let codes: BTreeSet<_> = edit.before.fuels.keys().chain(edit.after.fuels.keys()).collect();
    let differs = |code: &&&ProductCode| edit.before.fuels.get(**code) != edit.after.fuels.get(**code);
    let of = |station: &Station| {
        let prices = codes.iter().filter(differs).map(|code| (code.to_string(), json!(station.fuels.get(*code))));
        (station.code.to_string(), Value::Object(prices.collect()))
    };
    (of(&edit.before), of(&edit.after))
}

impl PricesAsk {
    fn check(&self, catalogue: &Catalogue, stations: &[Station]) -> Result<(), Problem> {
        let mut errors = Vec::new();
        let mut seen = BTreeSet::new();
        for (at, ask) in self.prices.iter().enumerate() {
            let refuse = |name: &str, code: &str, message: &str| FieldProblem {
                field: format!("prices[{at}].{name}"),
                code: code.to_owned(),
                message: message.to_owned(),
            };
            if !stations.iter().any(|station| station.code == ask.station_code) {
                errors.push(refuse("station_code", "station_unknown", "there is no such station"));
            }
            if !seen.insert((&ask.station_code, &ask.product)) {
                errors.push(refuse("product", "price_repeated", "this product of this station was named before"));
            }
            let name = if ask.price.is_some_and(|price| !price.is_positive()) { "price" } else { "product" };
            errors.extend(price_refused(catalogue, &ask.product, ask.price, || format!("prices[{at}].{name}")));
        }
        if !errors.is_empty() {
            return Err(Problem::fields(errors));
        }
        let named: BTreeSet<_> = self.prices.iter().map(|price| &price.station_code).collect();
        if named.len() > STATIONS_MAX {
            let message = format!("the prices of at most {STATIONS_MAX} stations change together");
            return Err(Problem::field("prices", &Invalid::new("stations_too_many", message)));
        }
        Ok(())
    }

    /// The station with its new prices; `None` if none of them is another.
    fn on(&self, before: &Station, at: chrono::DateTime<chrono::Utc>) -> Option<StationEdit> {
        let mut after = Station { priced_at: Some(at), ..before.clone() };
        for ask in self.prices.iter().filter(|ask| ask.station_code == before.code) {
            match ask.price {
                Some(price) => after.fuels.insert(ask.product.clone(), price),
                None => after.fuels.remove(&ask.product),
            };
        }
        (after.fuels != before.fuels).then(|| StationEdit { before: before.clone(), after })
    }
}
