//! Links that only a letter carries: minted as it is written, kept as hashes.

use chrono::TimeDelta;
use oktan_shared::App;
use oktan_shared::auth::{Secret, token_hash};
use oktan_shared::domain::news::Language;
use oktan_shared::domain::text::Email;
use oktan_shared::mail::Letter;
use oktan_shared::table::{LinkTo, NewLink, StoreError};
use url::Url;

/// How long a link to get in again works.
const RECOVERY_MINUTES: i64 = 30;

/// The cabinet's page that `token` opens. The address is the settings', whatever a request said.
pub fn to(app: &App, page: &str, token: &Secret) -> Url {
    let mut link = app.config.base_url.clone();
    link.set_path(&format!("/{page}/{}", token.reveal()));
    link
}

/// A letter with a fresh link for each person who may still be written to at this address.
pub async fn compose(app: &App, address: &Email, links: &[LinkTo]) -> Result<Option<(Email, Letter)>, StoreError> {
    let (mut minted, mut lines) = (Vec::new(), Vec::new());
    for link in links {
        let person = app.table.person(link.user).await?;
        let Some(person) = person.filter(|person| person.active && person.email.as_ref() == Some(address)) else {
            continue;
        };
        let token = Secret::random();
        minted.push(NewLink { token_hash: token_hash(token.reveal()), to: link.clone(), epoch: person.epoch });
        lines.push((person.login, to(app, "recovery", &token)));
    }
    if minted.is_empty() {
        return Ok(None);
    }
    app.table.put_recovery_links(&minted, app.clock.now() + TimeDelta::minutes(RECOVERY_MINUTES)).await?;
    let users: Vec<_> = minted.iter().map(|link| link.to.user).collect();
    // One letter for all: in English if each of them reads that.
    let wanted = app.table.preferences(&users).await?;
    let english = wanted.iter().all(|one| one.mail_language() == Language::En);
    let language = if english { Language::En } else { Language::Ru };
    let letter = Letter::recovery(language, &lines, RECOVERY_MINUTES, &app.config.duty_phone);
    Ok(Some((address.clone(), letter)))
}
