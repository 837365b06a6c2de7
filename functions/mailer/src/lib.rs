//! The outbox's stream: each new row is a letter to write and send.
//!
//! The row carries what is meant; links are minted here, and only their hashes stay. Ways to fail: SES refuses for good
//! (parked), SES cannot now (given back, later and later), the crash between SES's acceptance and the mark (sent twice).

mod declines;
mod link;
mod notices;
mod people;
mod promotions;
mod reconcile;
mod tickets;
mod weeks;

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use aws_lambda_events::event::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use chrono::{DateTime, TimeDelta, Utc};
use oktan_shared::App;
use oktan_shared::auth::{Secret, token_hash};
use oktan_shared::domain::news::Language;
use oktan_shared::domain::text::Email;
use oktan_shared::domain::window::Zone;
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

/// Handles one row unless that is done, parked or under way: a request is reconciled, a mail is sent.
///
/// # Errors
/// When the store does not answer; the lease then runs out and the scheduler takes it up.
pub async fn send(app: &App, id: Uuid) -> Result<(), StoreError> {
    let Some(mail) = app.table.take_mail(id, app.clock.now()).await? else { return Ok(()) };
    if mail.attempts > MAIL_ATTEMPTS_MAX {
        // Every attempt ended without a word: whatever kills them, it is not this mail's turn again.
        return app.table.park_mail(id, app.clock.now()).await;
    }
    match &mail.intent {
        Intent::RecoveryAsked { identifier } => return reconcile::request(app, id, identifier).await,
        Intent::ClaimFiled(claim) => return reconcile::claim(app, id, claim).await,
        Intent::DeclineNotice(declined) => return declines::notice(app, id, declined).await,
        Intent::Notice(notice) => return notices::settle(app, id, notice).await,
        _ => {}
    }
    let Some((to, letter)) = compose(app, &mail.intent).await? else {
        // What one can do without nobody misses.
        return match mail.intent {
            Intent::Notify { .. } | Intent::TicketWaits { .. } | Intent::DisputeDue { .. } => {
                app.table.drop_mail(id, app.clock.now()).await
            }
            _ => app.table.park_mail(id, app.clock.now()).await,
        };
    };
    match app.ses.send(&to, &letter).await {
        Ok(()) => app.table.mark_sent(id, app.clock.now()).await,
        Err(error) => not_sent(app, &mail, error).await,
    }
}

/// Whom to write, and what; `None` if there is nobody to write to any more.
async fn compose(app: &App, intent: &Intent) -> Result<Option<(Email, Letter)>, StoreError> {
    if let Intent::RecoveryLink { to, links } = intent {
        return link::compose(app, to, links).await;
    }
    if let Intent::Message { message } = intent {
        let message = app.table.message(*message).await?;
        return Ok(app.config.administration_email.clone().zip(message).map(|(to, message)| {
            let letter = Letter::message(&message, &moment(Language::Ru, message.at));
            (to, letter)
        }));
    }
    if let Intent::TicketWaits { ticket, since } = intent {
        return tickets::waits(app, *ticket, *since).await;
    }
    if let Intent::DisputeDue { dispute } = intent {
        return tickets::due(app, *dispute).await;
    }
    let Some(user) = intent.user() else { return Ok(None) };
    let Some(person) = app.table.person(user).await? else { return Ok(None) };
    let Some(email) = person.email.clone() else { return Ok(None) };
    let wanted = app.table.preferences(&[user]).await?.pop().unwrap_or_default();
    let (language, now) = (wanted.mail_language(), app.clock.now());
    let (name, login, phone) = (&person.full_name, person.login.as_str(), &app.config.duty_phone);
    let letter = match intent {
        Intent::Activation { .. } if !person.active => return Ok(None),
        Intent::Activation { user } => {
            let token = Secret::random();
            let expires_at = now + TimeDelta::hours(ACTIVATION_HOURS);
            app.table.put_activation(*user, &token_hash(token.reveal()), expires_at).await?;
            Letter::activation(language, name, login, &link::to(app, "activation", &token), ACTIVATION_HOURS, phone)
        }
        Intent::PasswordChanged { .. } => {
            Letter::password_changed(language, name, login, &moment(language, now), phone)
        }
        Intent::Recovered { .. } => Letter::recovered(language, name, login, &moment(language, now), phone),
        Intent::EmailChanged { old, .. } => {
            let letter = Letter::email_changed(language, name, login, &moment(language, now), phone);
            return Ok(Some((old.clone(), letter)));
        }
        Intent::Notify { event, at, .. } => match notices::letter(app, &person, &wanted, event, *at).await? {
            Some(letter) => letter,
            None => return Ok(None),
        },
        _ => match people::letter(app, &person, language, intent).await? {
            Some(letter) => letter,
            None => return Ok(None),
        },
    };
    Ok(Some((email, letter)))
}

/// An instant, as a letter says it.
fn moment(language: Language, at: DateTime<Utc>) -> String {
    let format = match language {
        Language::Ru => "%d.%m.%Y в %H:%M (МСК)",
        Language::En => "%-d %B %Y at %H:%M (Moscow time)",
    };
    Zone::default().local(at).format(format).to_string()
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
