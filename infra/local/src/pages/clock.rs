//! The clock: read it, move it ahead.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::Stand;
use super::layout::{Language, trouble};
use crate::Failure;
use crate::clock::MovableClock;

/// How far to move.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// Seconds to go ahead.
    advance_s: i64,
}

/// What the clock shows.
#[derive(Serialize)]
pub struct Reading {
    /// The time it shows.
    now: String,
    /// How far ahead of the machine it is, in seconds.
    ahead_s: i64,
}

/// `GET /_local/clock`.
pub async fn show(State(stand): State<Stand>) -> Json<Reading> {
    Json(read(&stand.clock))
}

/// `POST /_local/clock {"advance_s": n}`; 422 for a step back.
pub async fn advance(State(stand): State<Stand>, Json(ask): Json<Advance>) -> Response {
    match move_ahead(stand.clock.clone(), ask.advance_s).await {
        Ok(true) => Json(read(&stand.clock)).into_response(),
        Ok(false) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "The clock goes ahead only, ten years at most.").into_response()
        }
        Err(failure) => (StatusCode::INTERNAL_SERVER_ERROR, failure.to_string()).into_response(),
    }
}

/// The same from a form, back to the page it was on.
pub async fn advance_by_form(State(stand): State<Stand>, language: Language, Form(ask): Form<Advance>) -> Response {
    let failed = language.pick("Часы не сдвинулись", "The clock did not move");
    match move_ahead(stand.clock, ask.advance_s).await {
        Ok(true) => Redirect::to("/_local#clock").into_response(),
        Ok(false) => {
            let why = language
                .pick("Они ходят только вперёд, не дальше десяти лет.", "It goes ahead only, ten years at most.");
            trouble(language, StatusCode::UNPROCESSABLE_ENTITY, failed, why)
        }
        Err(failure) => trouble(language, StatusCode::INTERNAL_SERVER_ERROR, failed, &failure.to_string()),
    }
}

async fn move_ahead(clock: MovableClock, seconds: i64) -> Result<bool, Failure> {
    let moved = tokio::task::spawn_blocking(move || clock.advance(seconds)).await;
    Ok(moved.map_err(|cause| Failure::new("moving the clock", cause))??.is_some())
}

fn read(clock: &MovableClock) -> Reading {
    Reading { now: written(clock.now()), ahead_s: clock.ahead_s() }
}

/// RFC 3339 to the second.
pub fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
