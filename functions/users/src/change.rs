//! People come, change and go.

use crate::ask::{Changes, Newcomer};
use crate::view::PersonView;
use crate::whose::{Whose, last_of, too_many_owners};
use oktan_shared::App;
use oktan_shared::auth::token_hash;
use oktan_shared::domain::people::{Actor, Person};
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::http::Problem;
use oktan_shared::journal::Act;
use oktan_shared::table::{Intent, NewPerson, PersonEdited, Throttle};
use serde_json::{Value, json};
use uuid::Uuid;

/// Reads of a person that somebody else keeps changing.
const ATTEMPTS_MAX: u32 = 16;
/// Activation mails to one address in an hour: an office may share one.
const ADDRESS_MAILS_MAX: u32 = 30;

/// Creates a person and mails them an activation link.
pub async fn add(
    app: &App,
    actor: Actor,
    company: Option<CompanyId>,
    newcomer: Newcomer,
) -> Result<PersonView, Problem> {
    let address = Throttle::Mail(token_hash(newcomer.email.as_str()), ADDRESS_MAILS_MAX);
    not_too_many_mails(app, address).await?;
    let id = UserId::new(Uuid::new_v4());
    let person = Person {
        email: Some(newcomer.email),
        phone: newcomer.phone,
        ..Person::new(id, company, newcomer.role, newcomer.login, newcomer.full_name)
    };
    let after = json!({
        "role": person.role, "full_name": person.full_name, "email": person.email, "phone": person.phone,
    });
    let act = act(app, actor, "user.create", &person, Value::Null, after);
    match app.table.invite_person(&person, &[Intent::Activation { user: id }], &act).await? {
        NewPerson::Created => Ok(PersonView::of(&person)),
        NewPerson::LoginTaken => Err(Problem::conflict("login_taken", "another person has this login")),
        NewPerson::TooManyOwners => Err(too_many_owners()),
    }
}

/// Changes a person; whoever is deactivated is signed out everywhere. Changing nothing writes nothing.
pub async fn edit(app: &App, actor: Actor, whose: Whose, id: UserId, changes: &Changes) -> Result<PersonView, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = whose.find(app, id).await?;
        let after = changed(&before, changes);
        if after == before {
            return Ok(PersonView::of(&before));
        }
        if id == actor.user && (after.role, after.active) != (before.role, before.active) {
            let alone = app.table.keepers(before.company).await?.len() < 2;
            let own = Problem::conflict("own_account", "somebody else changes your own role");
            return Err(if alone { last_of(&before) } else { own });
        }
        let action = match (before.active, after.active) {
            (true, false) => "user.deactivate",
            (false, true) => "user.reactivate",
            _ => "user.edit",
        };
        let act = act(app, actor.clone(), action, &before, shown(&before), shown(&after));
        match app.table.change_person(&before, &after, &[], &act).await? {
            PersonEdited::Done => return Ok(PersonView::of(&after)),
            PersonEdited::LastOwner => return Err(last_of(&before)),
            PersonEdited::TooManyOwners => return Err(too_many_owners()),
            PersonEdited::Moved | PersonEdited::Extra(_) => oktan_shared::table::pause(attempt).await,
        }
    }
    Err(Problem::unavailable())
}

fn changed(before: &Person, changes: &Changes) -> Person {
    let mut after = before.clone();
    if changes.active == Some(false) && before.active {
        // A link that is under way would let them in again.
        after = Person { active: false, activation: None, ..before.ended() };
    }
    after.active = changes.active.unwrap_or(after.active);
    after.role = changes.role.unwrap_or(after.role);
    after.full_name = changes.full_name.clone().unwrap_or(after.full_name);
    after.phone = changes.phone.clone().or(after.phone);
    after
}

fn shown(person: &Person) -> Value {
    json!({ "role": person.role, "full_name": person.full_name, "phone": person.phone, "active": person.active })
}

/// An act on a person.
pub fn act(app: &App, actor: Actor, action: &str, on: &Person, before: Value, after: Value) -> Act {
    Act {
        at: app.clock.now(),
        actor,
        action: action.to_owned(),
        subject: format!("user {}", on.login),
        before,
        after,
        reason: String::new(),
    }
}

/// 429 where a mailbox has had enough.
pub async fn not_too_many_mails(app: &App, throttle: Throttle) -> Result<(), Problem> {
    let now = app.clock.now();
    let taken = app.table.take_try(&[throttle], now).await?;
    taken.map_err(|until| Problem::too_many("too_many_mails", until - now))
}
