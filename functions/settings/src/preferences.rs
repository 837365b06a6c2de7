//! What a person chose for themselves.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::notice::{NoticeKind, Preferences};
use oktan_shared::domain::people::Person;
use oktan_shared::domain::text::Email;
use oktan_shared::http::{IfMatch, Json, OptionalJson, Problem, Settled, with_etag};
use oktan_shared::table::pause;
use oktan_shared::wire::{LanguageName, NothingAsk, NoticeKindName};
use serde::{Deserialize, Serialize};

/// Writes of one person's choice that may be in each other's way before they are told to try again.
const ATTEMPTS_MAX: u32 = 8;

/// Whether a kind is wanted.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NotificationChoice {
    kind: NoticeKindName,
    /// By mail.
    mail: bool,
    /// In the app.
    app: bool,
}

/// What a person chose.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PreferencesView {
    /// The language of the app and of their mail, once they chose one; mail is Russian until then.
    #[schema(required)]
    language: Option<LanguageName>,
    /// The kinds that people of their role are told of.
    notifications: Vec<NotificationChoice>,
    /// Where their mail goes.
    #[schema(required)]
    email: Option<Email>,
    /// Whether mail came back from there, so that only what lets somebody in is sent.
    mail_returned: bool,
}

/// Whether a kind is wanted; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationAsk {
    kind: NoticeKindName,
    /// By mail.
    mail: Option<bool>,
    /// In the app.
    app: Option<bool>,
}

/// What a person chooses; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferencesAsk {
    /// The language of the app and of their mail.
    language: Option<LanguageName>,
    /// The kinds that change.
    notifications: Option<Vec<NotificationAsk>>,
}

/// What the caller chose; everything is wanted until they say otherwise.
#[utoipa::path(
    get, path = "/v1/preferences", tag = "settings", operation_id = "read_preferences",
    responses((status = 200, body = PreferencesView)), security(("session" = ["SignedIn"])),
)]
pub async fn read(State(app): State<App>, me: Settled) -> Result<Response, Problem> {
    let own = own(&app, &me.who).await?;
    answer(&app, &me.who, own).await
}

/// Changes what the caller chose.
#[utoipa::path(
    patch, path = "/v1/preferences", tag = "settings", operation_id = "edit_preferences",
    params(("If-Match" = Option<String>, Header)), request_body = PreferencesAsk,
    responses((status = 200, body = PreferencesView)), security(("session" = ["SignedIn"])),
)]
pub async fn edit(
    State(app): State<App>,
    me: Settled,
    edition: Option<IfMatch>,
    Json(ask): Json<PreferencesAsk>,
) -> Result<Response, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = own(&app, &me.who).await?;
        edition.unwrap_or(IfMatch::ANY).meets(before.edition)?;
        let chosen = Preferences { language: ask.language.map(Into::into).or(before.language), ..before.clone() };
        let after = ask
            .notifications
            .iter()
            .flatten()
            .fold(chosen, |chosen, one| chosen.with(one.kind.into(), one.mail, one.app));
        if after == before {
            return answer(&app, &me.who, before).await;
        }
        if app.table.save_preferences(me.who.id, &after).await? {
            let edition = before.edition.saturating_add(1);
            return answer(&app, &me.who, Preferences { edition, ..after }).await;
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

/// Says that mail reaches the caller again, after some came back.
#[utoipa::path(
    post, path = "/v1/preferences/mail-works", tag = "settings", operation_id = "trust_mail",
    request_body = Option<NothingAsk>, responses((status = 204)), security(("session" = ["SignedIn"])),
)]
pub async fn mail_works(
    State(app): State<App>,
    me: Settled,
    _nothing: OptionalJson<NothingAsk>,
) -> Result<StatusCode, Problem> {
    if let Some(email) = &me.who.email {
        app.table.trust_address(email, app.clock.now()).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn own(app: &App, person: &Person) -> Result<Preferences, Problem> {
    Ok(app.table.preferences(&[person.id]).await?.pop().unwrap_or_default())
}

async fn answer(app: &App, person: &Person, own: Preferences) -> Result<Response, Problem> {
    let mail_returned = match &person.email {
        Some(email) => app.table.is_quiet(email, app.clock.now()).await?,
        None => false,
    };
    let kinds = NoticeKind::ALL.into_iter().filter(|kind| kind.is_for(person.role));
    let view = PreferencesView {
        language: own.language.map(Into::into),
        notifications: kinds
            .map(|kind| NotificationChoice {
                kind: kind.into(),
                mail: !own.no_mail.contains(&kind),
                app: !own.no_bell.contains(&kind),
            })
            .collect(),
        email: person.email.clone(),
        mail_returned,
    };
    Ok(with_etag(own.edition, Json(view)))
}
