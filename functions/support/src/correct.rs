//! Asking for a correction of what is on file of the company.

use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::text::{MessageText, Subject};
use oktan_shared::domain::ticket::Topic;
use oktan_shared::http::{Client, IdempotencyKey, Json, Problem, grant};
use serde::Deserialize;

use crate::begin::{Beginning, begin};
use crate::view::TicketDetails;

/// What is on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnFile {
    /// The company's name.
    Name,
    /// ИНН.
    Inn,
    /// КПП.
    Kpp,
    /// The contract's number or date.
    Contract,
    /// Whom OKTAN talks to.
    Contact,
    /// The time zone.
    TimeZone,
}

/// What is to be corrected.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionAsk {
    what: OnFile,
    /// How it should be, in plain text.
    body: MessageText,
}

/// Asks for a correction of what is on file of the company: a ticket. With an `Idempotency-Key` once, however often it is
/// sent.
#[utoipa::path(
    post, path = "/v1/company/corrections", tag = "support", operation_id = "ask_correction",
    params(("Idempotency-Key" = Option<String>, Header)), request_body = CorrectionAsk,
    responses((status = 201, body = TicketDetails)), security(("session" = ["Tickets"])),
)]
pub async fn ask(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    key: Option<IdempotencyKey>,
    Json(ask): Json<CorrectionAsk>,
) -> Result<Response, Problem> {
    let subject = Subject::parse(ask.what.subject()).map_err(|invalid| Problem::field("what", &invalid))?;
    let new = Beginning { topic: Topic::Correction, subject, body: ask.body, card: None, entry: None };
    begin(&app, &who, key, new).await
}

impl OnFile {
    const fn subject(self) -> &'static str {
        match self {
            Self::Name => "Исправить название компании",
            Self::Inn => "Исправить ИНН",
            Self::Kpp => "Исправить КПП",
            Self::Contract => "Исправить данные договора",
            Self::Contact => "Исправить контактное лицо",
            Self::TimeZone => "Исправить часовой пояс",
        }
    }
}
