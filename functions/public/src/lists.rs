//! Products and stations, for the forms of whoever is signed in.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::text::{Place, ProductName};
use oktan_shared::domain::{Kopecks, ProductCode, StationCode};
use oktan_shared::http::{Json, List, Problem, Settled};
use oktan_shared::wire::UnitName;
use serde::Serialize;
use std::collections::BTreeMap;

/// A product on sale.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ProductView {
    code: ProductCode,
    name: ProductName,
    unit: UnitName,
}

/// A station in a form.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StationChoiceView {
    code: StationCode,
    name: Place,
    address: Place,
    /// List price per unit, by product.
    #[schema(value_type = BTreeMap<String, Kopecks>)]
    fuels: BTreeMap<ProductCode, Kopecks>,
}

/// The products on sale.
#[utoipa::path(
    get, path = "/v1/products", tag = "public", operation_id = "list_products",
    responses((status = 200, body = List<ProductView>)), security(("session" = ["SignedIn"])),
)]
pub async fn products(State(app): State<App>, _me: Settled) -> Result<Json<List<ProductView>>, Problem> {
    let catalogue = app.catalogue();
    let products = catalogue.on_sale().map(|product| ProductView {
        code: product.code.clone(),
        name: product.name.clone(),
        unit: product.unit.into(),
    });
    Ok(Json(List::whole(products.collect())))
}

/// The stations, by code.
#[utoipa::path(
    get, path = "/v1/stations", tag = "public", operation_id = "list_stations",
    responses((status = 200, body = List<StationChoiceView>)), security(("session" = ["SignedIn"])),
)]
pub async fn stations(State(app): State<App>, _me: Settled) -> Result<Json<List<StationChoiceView>>, Problem> {
    let stations = app.table.stations().await?.into_iter().map(|station| StationChoiceView {
        code: station.code,
        name: station.name,
        address: station.address,
        fuels: station.fuels,
    });
    Ok(Json(List::whole(stations.collect())))
}
