//! The outbox's stream: each new row is a letter to write and send.
//!
//! The row carries what is meant; links are minted here, and only their hashes stay. Ways to fail: SES refuses for good
//! (parked), SES cannot now (given back, later and later), the crash between SES's acceptance and the mark (sent twice).

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use aws_lambda_events::event::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use chrono::TimeDelta;
use oktan_shared::App;
use oktan_shared::auth::{Secret, token_hash};
use oktan_shared::mail::{Letter, MailError};
use oktan_shared::table::{Intent, MAIL_ATTEMPTS_MAX, MailRow, StoreError};
use uuid::Uuid;

/// How long an activation link works.
const ACTIVATION_HOURS: i64 = 72;

/// Sends what a batch of the stream asks for. Records that failed are named, so that only they come again.
pub async fn handle(app: &App, event: Event) -> DynamoDbEventResponse {
    let mut failures = Vec::new();
    for record in &event.records {
        let Some(id) = mail_of(record) else { continue };
        if let Err(error) = send(app, id).await {
            tracing::warn!(%error, mail = %id, "a mail could not be handled");
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = record.change.sequence_number.clone();
            failures.push(failure);
        }
    }
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures = failures;
    response
}

/// The mail that an INSERT of the outbox names.
fn mail_of(record: &EventRecord) -> Option<Uuid> {
    if record.event_name != "INSERT" {
        return None;
    }
    let keys: std::collections::HashMap<String, String> = string_keys(&serde_json::to_value(&record.change.keys).ok()?);
    keys.get("pk")?.strip_prefix("MAIL#")?.parse().ok()
}

/// The string attributes of a stream record's keys.
fn string_keys(keys: &serde_json::Value) -> std::collections::HashMap<String, String> {
    let attributes = keys.as_object().into_iter().flatten();
    attributes
        .filter_map(|(name, value)| Some((name.clone(), value.get("S").unwrap_or(value).as_str()?.to_owned())))
        .collect()
}

/// Sends one mail unless it is sent, parked or being sent.
///
/// # Errors
/// When the store does not answer; the lease then runs out and the scheduler takes it up.
pub async fn send(app: &App, id: Uuid) -> Result<(), StoreError> {
    let Some(mail) = app.table.take_mail(id, app.clock.now()).await? else { return Ok(()) };
    let person = app.table.person(mail.intent.user()).await?;
    if mail.attempts > MAIL_ATTEMPTS_MAX {
        // Every attempt ended without a word: whatever kills them, it is not this mail's turn again.
        return app.table.park_mail(id, app.clock.now()).await;
    }
    let Some((person, email)) = person.and_then(|person| person.email.clone().map(|email| (person, email))) else {
        return app.table.park_mail(id, app.clock.now()).await;
    };
    let phone = &app.config.duty_phone;
    let letter = match &mail.intent {
        Intent::Activation { user } => {
            let token = Secret::random();
            let expires_at = app.clock.now() + TimeDelta::hours(ACTIVATION_HOURS);
            app.table.put_activation(*user, &token_hash(token.reveal()), expires_at).await?;
            let mut link = app.config.base_url.clone();
            link.set_path(&format!("/activation/{}", token.reveal()));
            Letter::activation(&person.full_name, person.login.as_str(), &link, ACTIVATION_HOURS, phone)
        }
        Intent::PasswordChanged { .. } => {
            let zone = oktan_shared::domain::window::Zone::default();
            let when = zone.local(app.clock.now()).format("%d.%m.%Y в %H:%M (МСК)").to_string();
            Letter::password_changed(&person.full_name, person.login.as_str(), &when, phone)
        }
    };
    match app.ses.send(&email, &letter).await {
        Ok(()) => app.table.mark_sent(id, app.clock.now()).await,
        Err(error) => not_sent(app, &mail, error).await,
    }
}

async fn not_sent(app: &App, mail: &MailRow, error: MailError) -> Result<(), StoreError> {
    let now = app.clock.now();
    tracing::warn!(%error, mail = %mail.id, attempts = mail.attempts, "SES did not take a mail");
    match error {
        MailError::Later(_) if mail.attempts < MAIL_ATTEMPTS_MAX => {
            // A minute, two, four …; the scheduler takes it up then.
            let wait = TimeDelta::minutes(1 << mail.attempts.saturating_sub(1).min(6));
            app.table.return_mail(mail.id, now + wait).await
        }
        _ => app.table.park_mail(mail.id, now).await,
    }
}
