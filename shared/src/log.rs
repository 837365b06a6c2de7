//! What a deployed function writes down, as its logging is configured in Lambda.

use tracing_subscriber::filter::LevelFilter;

/// Writes events to the standard output: as JSON where `AWS_LAMBDA_LOG_FORMAT` asks for it, from the level that
/// `AWS_LAMBDA_LOG_LEVEL` names, else from `INFO`. A filter by target is not taken: it would bring regular expressions
/// along.
#[allow(clippy::disallowed_methods)] // these two are Lambda's own, not the function's
pub fn init() {
    let level = std::env::var("AWS_LAMBDA_LOG_LEVEL").ok().and_then(|level| level.parse().ok());
    let log =
        tracing_subscriber::fmt().with_max_level(level.unwrap_or(LevelFilter::INFO)).with_target(false).without_time();
    if std::env::var("AWS_LAMBDA_LOG_FORMAT").is_ok_and(|format| format.eq_ignore_ascii_case("json")) {
        log.json().init();
    } else {
        log.with_ansi(false).init();
    }
}
