//! A function's life in Lambda.

use super::{Problem, finish};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use axum::Router;
use axum::http::StatusCode;
use lambda_http::Error;
use utoipa_axum::router::OpenApiRouter;

/// Serves the routes until Lambda ends the process. A function whose settings are missing still starts, and answers
/// every call by saying so.
///
/// # Errors
/// When the runtime ends.
pub async fn serve(routes: OpenApiRouter<App>) -> Result<(), Error> {
    lambda_http::tracing::init_default_subscriber();
    let router = match Config::from_env() {
        Ok(config) => finish(routes, App::new(config, Clock::system())),
        Err(error) => {
            lambda_http::tracing::error!(%error, "this function is not configured");
            Router::new().fallback(|| async {
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_configured", "this function is not configured")
            })
        }
    };
    lambda_http::run(router).await
}
