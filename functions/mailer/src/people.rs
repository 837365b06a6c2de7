//! Letters about a person's way in. A one-time password is drawn here, and only its hash stays.

use crate::moment;
use chrono::TimeDelta;
use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_shared::domain::news::Language;
use oktan_shared::domain::people::Person;
use oktan_shared::mail::Letter;
use oktan_shared::table::{Intent, StoreError};

/// How long a one-time password works.
const ONE_TIME_HOURS: i64 = 24;

/// What an intent says to `person`; `None` if it is not to be said any more.
pub async fn letter(
    app: &App,
    person: &Person,
    language: Language,
    intent: &Intent,
) -> Result<Option<Letter>, StoreError> {
    let phone = &app.config.duty_phone;
    Ok(match intent {
        Intent::OneTimePassword { epoch, .. } => one_time_password(app, person, language, *epoch).await?,
        Intent::CredentialsReissued { about, .. } => app.table.person(*about).await?.map(|about| {
            let when = moment(language, app.clock.now());
            Letter::credentials_reissued(language, &about.full_name, about.login.as_str(), &when, phone)
        }),
        _ => None,
    })
}

async fn one_time_password(
    app: &App,
    person: &Person,
    language: Language,
    epoch: u32,
) -> Result<Option<Letter>, StoreError> {
    let password = Secret::one_time_password();
    let Some(hash) = app.passwords.hash(&password).await else {
        return Err(StoreError::Unavailable("a password could not be hashed".to_owned()));
    };
    let expires_at = app.clock.now() + TimeDelta::hours(ONE_TIME_HOURS);
    if !app.table.put_one_time_password(person.id, epoch, hash, expires_at).await? {
        return Ok(None);
    }
    let mut entrance = app.config.base_url.clone();
    entrance.set_path("/login");
    let (name, login, phone) = (&person.full_name, person.login.as_str(), &app.config.duty_phone);
    Ok(Some(Letter::one_time_password(language, name, login, &password, &entrance, ONE_TIME_HOURS, phone)))
}
