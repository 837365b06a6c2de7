//! What anyone may read: the public site, contacts, health, the contract itself; and the lists that forms offer once
//! signed in.

mod lists;
mod messages;
mod news;
mod promotions;
pub mod site;
mod stations;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use oktan_shared::domain::text::Email;
use oktan_shared::http::Json;
use oktan_shared::{App, routes};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;

/// The contract, generated from the code; a test holds that it is current.
const OPENAPI: &str = include_str!("../../../docs/openapi.json");

/// OKTAN's telephones, as they are printed.
const RECEPTION: &str = "8-865-228-09-47";
const ACCOUNTING: &str = "8-865-228-09-48";
const LEGAL: &str = "8-865-229-81-83";

/// The routes of this function.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(openapi))
        .routes(routes!(contacts))
        .routes(routes!(messages::send))
        .routes(routes!(news::list))
        .routes(routes!(news::read))
        .routes(routes!(promotions::list))
        .routes(routes!(promotions::read))
        .routes(routes!(stations::list))
        .routes(routes!(stations::read))
        .routes(routes!(lists::products))
        .routes(routes!(lists::stations))
        .merge(site::routes())
}

/// Whether the function answers.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
struct HealthView {
    /// `ok`.
    status: &'static str,
}

/// Whom to call.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
struct ContactsView {
    /// Day and night.
    duty_phone: String,
    /// Приёмная.
    reception: &'static str,
    /// Бухгалтерия.
    accounting: &'static str,
    /// Юридический отдел.
    legal: &'static str,
    /// The administration's address; `null` where none is configured.
    #[schema(required)]
    administration_email: Option<Email>,
}

/// Whether the function answers.
#[utoipa::path(get, path = "/v1/health", tag = "public", operation_id = "health", responses((status = 200, body = HealthView)))]
async fn health() -> Json<HealthView> {
    Json(HealthView { status: "ok" })
}

/// This contract.
#[utoipa::path(get, path = "/v1/openapi.json", tag = "public", operation_id = "openapi", responses((status = 200, body = Object)))]
async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")], OPENAPI)
        .into_response()
}

/// OKTAN's telephones.
#[utoipa::path(get, path = "/v1/public/contacts", tag = "public", operation_id = "contacts", responses((status = 200, body = ContactsView)))]
async fn contacts(State(app): State<App>) -> Json<ContactsView> {
    Json(ContactsView {
        duty_phone: app.config.duty_phone.clone(),
        reception: RECEPTION,
        accounting: ACCOUNTING,
        legal: LEGAL,
        administration_email: app.config.administration_email.clone(),
    })
}
