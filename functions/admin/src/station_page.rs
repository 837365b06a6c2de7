//! What the page of a station says.

use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::StationCode;
use oktan_shared::domain::text::Markdown;
use oktan_shared::http::{IfMatch, Json, Path, Problem, Staff, grant, with_etag};
use oktan_shared::journal::{Act, differences};
use oktan_shared::table::{StationPage, pause};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::stations::ATTEMPTS_MAX;

/// What a station's page says, by language, in Markdown; may be empty.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DescriptionView {
    ru: Markdown,
    en: Markdown,
}

/// A station's page.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StationPageView {
    description: DescriptionView,
}

/// A change of what the page says; a language that is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DescriptionAsk {
    ru: Option<Markdown>,
    en: Option<Markdown>,
}

/// A change of a station's page.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StationPageAsk {
    description: DescriptionAsk,
}

/// What the page of a station says.
#[utoipa::path(
    get, path = "/v1/staff/stations/{code}/page", tag = "staff", operation_id = "read_station_page",
    params(("code" = StationCode, Path)), responses((status = 200, body = StationPageView)),
    security(("session" = ["Content"])),
)]
pub async fn read(
    State(app): State<App>,
    _who: Staff<grant::Content>,
    Path(code): Path<StationCode>,
) -> Result<Response, Problem> {
    let (_, page) = app.table.station_with_page(&code).await?.ok_or_else(Problem::not_found)?;
    Ok(answer(page))
}

/// Changes what the page of a station says.
#[utoipa::path(
    patch, path = "/v1/staff/stations/{code}/page", tag = "staff", operation_id = "edit_station_page",
    params(("code" = StationCode, Path), ("If-Match" = Option<String>, Header)), request_body = StationPageAsk,
    responses((status = 200, body = StationPageView)), security(("session" = ["Content"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Staff<grant::Content>,
    Path(code): Path<StationCode>,
    edition: Option<IfMatch>,
    Json(ask): Json<StationPageAsk>,
) -> Result<Response, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let (_, before) = app.table.station_with_page(&code).await?.ok_or_else(Problem::not_found)?;
        edition.unwrap_or(IfMatch::ANY).meets(before.edition)?;
        let DescriptionAsk { ru, en } = ask.description.clone();
        let after = StationPage {
            ru: ru.unwrap_or_else(|| before.ru.clone()),
            en: en.unwrap_or_else(|| before.en.clone()),
            edition: before.edition,
        };
        let (was, is) = differences(&facts(&before), &facts(&after));
        if is.is_empty() {
            return Ok(answer(before));
        }
        let act = Act {
            at: app.clock.now(),
            actor: who.actor(),
            action: "station.page".to_owned(),
            subject: format!("station {code}"),
            before: Value::Object(was),
            after: Value::Object(is),
            reason: String::new(),
        };
        if app.table.save_station_page(&code, &after, &act).await? {
            return Ok(answer(StationPage { edition: before.edition.saturating_add(1), ..after }));
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

fn facts(page: &StationPage) -> Value {
    json!({ "ru": page.ru, "en": page.en })
}

fn answer(page: StationPage) -> Response {
    with_etag(page.edition, Json(StationPageView { description: DescriptionView { ru: page.ru, en: page.en } }))
}
