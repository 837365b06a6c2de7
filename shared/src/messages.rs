//! A message of the public to the administration, from the form or from a program.

use crate::app::App;
use crate::domain::Invalid;
use crate::domain::ids::MessageId;
use crate::domain::text::{Email, MessageText, PersonName, Phone};
use crate::http::{Origin, Problem};
use crate::table::{AnswerBy, Message, Throttle};
use serde::Deserialize;
use uuid::Uuid;

/// Messages of one address in an hour.
const MESSAGES_MAX: u32 = 5;

/// How to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By mail.
    Email,
    /// By a call.
    Phone,
}

/// Where to answer: at least what `how` says.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTo {
    /// A mail address.
    pub email: Option<Email>,
    /// A telephone.
    pub phone: Option<Phone>,
}

/// A message to the administration.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageAsk {
    /// Who writes.
    pub name: PersonName,
    /// How to answer.
    pub how: How,
    /// Where to answer.
    pub reply_to: ReplyTo,
    /// What they write.
    pub body: MessageText,
    /// A field that people do not see and do not fill in; what has one is thanked for and dropped.
    #[serde(default)]
    pub website: String,
}

/// Takes a message: it is kept for the staff, and mailed to the administration where an address is configured. What a
/// machine filled in is answered the same and forgotten.
///
/// # Errors
/// 422 `reply_to_missing` on `reply_to.email` or `reply_to.phone`; 429 `too_many_messages`; 503.
pub async fn receive(app: &App, origin: &Origin, ask: MessageAsk) -> Result<(), Problem> {
    let missing = |field: &str| {
        Problem::field(field, &Invalid::new("reply_to_missing", "say where to answer, or choose the other way"))
    };
    let answer_by = match ask.how {
        How::Email => AnswerBy::Email(ask.reply_to.email.ok_or_else(|| missing("reply_to.email"))?),
        How::Phone => AnswerBy::Phone(ask.reply_to.phone.ok_or_else(|| missing("reply_to.phone"))?),
    };
    let now = app.clock.now();
    // Behind a gateway that tells no address nobody can be told apart by it.
    let throttle =
        (!origin.address.is_empty()).then(|| Throttle::Mail(format!("MESSAGE#{}", origin.address), MESSAGES_MAX));
    if let Err(until) = app.table.take_try(throttle.as_slice(), now).await? {
        return Err(Problem::too_many("too_many_messages", until - now));
    }
    if !ask.website.is_empty() {
        return Ok(());
    }
    let id = MessageId::new(Uuid::new_v4());
    let message = Message { id, at: now, name: ask.name, answer_by, body: ask.body, closed_at: None };
    Ok(app.table.keep_message(&message, app.config.administration_email.is_some()).await?)
}
