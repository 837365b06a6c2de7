//! A function's life in Lambda.

use super::{Problem, finish, gateway, told};
use crate::app::App;
use axum::Router;
use axum::http::StatusCode;
use lambda_http::{Adapter, Error};
use tower::ServiceBuilder;
use utoipa_axum::router::OpenApiRouter;

/// Serves the routes until Lambda ends the process. A function whose settings are missing still starts, and answers
/// every call by saying so.
///
/// # Errors
/// When the runtime ends.
pub async fn serve(routes: OpenApiRouter<App>) -> Result<(), Error> {
    crate::log::init();
    let router = match App::deployed() {
        Ok(app) => finish(routes, app),
        Err(error) => {
            tracing::error!(%error, "this function is not configured");
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_configured", &error.to_string());
            Router::new().fallback(move || std::future::ready(problem.clone()))
        }
    };
    let service = ServiceBuilder::new().map_request(gateway::unaddressed).layer_fn(Adapter::from);
    lambda_http::lambda_runtime::run(service.map_request(gateway::addressed).map_response(told::Told).service(router))
        .await
}
