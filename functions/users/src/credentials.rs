//! A way in made anew: always by mail to the address on file, and every owner is told.

use crate::change::{act, not_too_many_mails};
use crate::whose::Whose;
use oktan_shared::App;
use oktan_shared::domain::UserId;
use oktan_shared::domain::people::{Actor, Person};
use oktan_shared::http::Problem;
use oktan_shared::table::{Intent, PersonEdited, Throttle};
use serde_json::{Value, json};

/// Reads of a person that somebody else keeps changing.
const ATTEMPTS_MAX: u32 = 16;

/// How the person gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// By a fresh activation link; a password that works goes on working until the link is used.
    Link,
    /// By a one-time password; the old password stops at once and all sessions end.
    OneTimePassword,
}

/// Mails a person a new way in.
pub async fn reissue(app: &App, actor: Actor, whose: Whose, id: UserId, means: Means) -> Result<(), Problem> {
    reachable(&whose.find(app, id).await?)?;
    not_too_many_mails(app, Throttle::mail_to(id)).await?;
    for attempt in 1..=ATTEMPTS_MAX {
        let before = whose.find(app, id).await?;
        reachable(&before)?;
        let (after, mail, by) = match means {
            Means::Link => (before.clone(), Intent::Activation { user: id }, "link"),
            Means::OneTimePassword => {
                let after = before.without_password();
                let mail = Intent::OneTimePassword { user: id, epoch: after.epoch };
                (after, mail, "one_time_password")
            }
        };
        let mut mails = vec![mail];
        let owners = app.table.keepers(before.company).await?;
        mails.extend(owners.iter().map(|owner| Intent::CredentialsReissued { user: owner.id, about: id }));
        let act = act(app, actor.clone(), "user.credentials", &before, Value::Null, json!({ "by": by }));
        match app.table.change_person(&before, &after, &mails, &act).await? {
            PersonEdited::Done => return Ok(()),
            _ => oktan_shared::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

fn reachable(person: &Person) -> Result<(), Problem> {
    if !person.active {
        return Err(Problem::conflict("user_inactive", "this person is deactivated"));
    }
    if person.email.is_none() {
        return Err(Problem::conflict("no_email", "this person has no address on file"));
    }
    Ok(())
}

/// Takes a person's second factor away; one's own is not taken here, where only a session is asked for.
pub async fn remove_totp(app: &App, actor: Actor, whose: Whose, id: UserId) -> Result<(), Problem> {
    if id == actor.user {
        return Err(Problem::conflict("own_account", "one's own second factor goes with the password and a code"));
    }
    for attempt in 1..=ATTEMPTS_MAX {
        let person = whose.find(app, id).await?;
        if !person.totp {
            return Err(Problem::conflict("totp_not_enabled", "this person has no second factor"));
        }
        let act = act(app, actor.clone(), "totp.remove", &person, json!({ "totp": true }), json!({ "totp": false }));
        if app.table.remove_second_factor(&person, &act).await? {
            return Ok(());
        }
        oktan_shared::table::pause(attempt).await;
    }
    Err(Problem::unavailable())
}
