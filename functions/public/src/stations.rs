//! The stations, for anyone: where they are, what they sell at which price, what else is there.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::text::Markdown;
use oktan_shared::domain::{ProductCode, StationCode};
use oktan_shared::http::{Json, List, Path, Problem, Query};
use oktan_shared::wire::{Amenity, StationView};
use serde::{Deserialize, Serialize};

/// How long anybody may keep an answer.
const KEPT: &str = "public, max-age=60";

/// Which stations.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StationFilter {
    /// Where this product is sold.
    fuel: Option<ProductCode>,
    /// Where this is.
    #[param(inline)]
    amenity: Option<Amenity>,
    /// Whose code, name or address contains this.
    q: Option<String>,
}

/// What a station's page says, in Markdown; may be empty.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = PublicDescription)]
pub struct Description {
    /// In Russian.
    ru: Markdown,
    /// In English.
    en: Markdown,
}

/// A station with what its page says.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PublicStation {
    #[serde(flatten)]
    station: StationView,
    description: Description,
}

impl StationFilter {
    fn passes(&self, station: &StationView) -> bool {
        let needle = self.q.as_deref().unwrap_or_default().trim().to_lowercase();
        let texts = [station.code.as_str(), station.name.as_str(), station.address.as_str()];
        self.fuel.as_ref().is_none_or(|fuel| station.fuels.contains_key(fuel))
            && self.amenity.is_none_or(|amenity| station.amenities.contains(&amenity))
            && texts.iter().any(|text| text.to_lowercase().contains(&needle))
    }
}

/// The stations, by code.
#[utoipa::path(
    get, path = "/v1/public/stations", tag = "public", operation_id = "list_public_stations",
    params(StationFilter), responses((status = 200, body = List<StationView>)),
)]
pub async fn list(
    State(app): State<App>,
    headers: HeaderMap,
    Query(filter): Query<StationFilter>,
) -> Result<Response, Problem> {
    let catalogue = app.table.recent_catalogue().await?;
    let sold = |code: &ProductCode| catalogue.by_code(code).is_some_and(|product| !product.retired);
    let stations = app.table.stations().await?;
    let views = stations.iter().filter_map(|station| StationView::of(station, sold));
    kept(&app, &headers, List::whole(views.filter(|station| filter.passes(station)).collect()))
}

/// A station.
#[utoipa::path(
    get, path = "/v1/public/stations/{code}", tag = "public", operation_id = "read_public_station",
    params(("code" = StationCode, Path)), responses((status = 200, body = PublicStation)),
)]
pub async fn read(
    State(app): State<App>,
    headers: HeaderMap,
    Path(code): Path<StationCode>,
) -> Result<Response, Problem> {
    let (station, page) = app.table.station_with_page(&code).await?.ok_or_else(Problem::not_found)?;
    let catalogue = app.catalogue();
    let sold = |code: &ProductCode| catalogue.by_code(code).is_some_and(|product| !product.retired);
    let station = StationView::of(&station, sold).ok_or_else(Problem::not_found)?;
    kept(&app, &headers, PublicStation { station, description: Description { ru: page.ru, en: page.en } })
}

/// An answer that may be kept, with a tag of what it says; 304 to who has it already.
pub fn kept<T: Serialize>(app: &App, headers: &HeaderMap, answer: T) -> Result<Response, Problem> {
    let body = serde_json::to_vec(&answer).map_err(|_| Problem::unavailable())?;
    let mac = app.keys.mac("public", &[&body]);
    let tag = format!("\"{}\"", mac.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>());
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|value| value.split(',')).any(|one| one.trim().trim_start_matches("W/") == tag);
    let tags = [(header::CACHE_CONTROL, KEPT.to_owned()), (header::ETAG, tag)];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, tags).into_response());
    }
    Ok((tags, Json(answer)).into_response())
}
