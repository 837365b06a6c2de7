//! What the public wrote to the administration.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::ids::MessageId;
use oktan_shared::domain::text::{Email, MessageText, PersonName, Phone};
use oktan_shared::http::{Cursor, Json, List, OptionalJson, Page, Path, Problem, Query, Staff, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{AnswerBy, Message};
use oktan_shared::wire::NothingAsk;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::claims::Which;

/// A message.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MessageView {
    id: MessageId,
    at: DateTime<Utc>,
    /// As they say.
    name: PersonName,
    /// Where to write; `null` if they want a call.
    #[schema(required)]
    email: Option<Email>,
    /// Where to call; `null` if they want a letter.
    #[schema(required)]
    phone: Option<Phone>,
    body: MessageText,
    /// When it was put aside; `null` while it waits.
    #[schema(required)]
    closed_at: Option<DateTime<Utc>>,
}

/// Which messages, and how many.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageFilter {
    /// Open unless said.
    #[serde(default)]
    #[param(inline, value_type = Option<Which>)]
    state: Which,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// Messages of the public: those that wait, the oldest first, or those put aside.
#[utoipa::path(
    get, path = "/v1/staff/messages", tag = "staff", operation_id = "list_messages", params(MessageFilter),
    responses((status = 200, body = List<MessageView>)), security(("session" = ["Answer"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::Answer>,
    Query(filter): Query<MessageFilter>,
) -> Result<Json<List<MessageView>>, Problem> {
    let open = filter.state == Which::Open;
    let list = ["messages", if open { "open" } else { "closed" }];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let (messages, next) = app.table.messages(open, filter.limit.limit(), after.as_ref()).await?;
    let next_cursor = next.map(|position| Cursor::seal(&app, &list, &position));
    Ok(Json(List { items: messages.into_iter().map(MessageView::from).collect(), next_cursor }))
}

/// Puts a message aside that was answered; repeating changes nothing.
#[utoipa::path(
    post, path = "/v1/staff/messages/{id}/close", tag = "staff", operation_id = "close_message",
    params(("id" = MessageId, Path)), request_body = Option<NothingAsk>, responses((status = 204)),
    security(("session" = ["Answer"])),
)]
pub async fn close(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<MessageId>,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<StatusCode, Problem> {
    app.table.message(id).await?.ok_or_else(Problem::not_found)?;
    let act = Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: "message.close".to_owned(),
        subject: format!("message {id}"),
        before: json!({ "state": "open" }),
        after: json!({ "state": "closed" }),
        reason: String::new(),
    };
    app.table.close_message(id, &act).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<Message> for MessageView {
    fn from(message: Message) -> Self {
        let (email, phone) = match message.answer_by {
            AnswerBy::Email(email) => (Some(email), None),
            AnswerBy::Phone(phone) => (None, Some(phone)),
        };
        let Message { id, at, name, body, closed_at, .. } = message;
        Self { id, at, name, email, phone, body, closed_at }
    }
}
