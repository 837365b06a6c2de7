//! Every operation of the contract, asked by everyone: who is let in is what its document says, and nothing else.

use crate::samples::Stage;
use crate::tokens::forged;
use oktan_shared::auth::Permission;
use oktan_tests::document::{Operation, operations};
use oktan_tests::{Answer, Caller, Role, World};
use reqwest::Method;

/// What anyone may call.
const PUBLIC: [&str; 6] = ["activate", "contacts", "health", "issue_terminal_token", "openapi", "sign_in"];

const CLIENTS: [Role; 4] = [Role::Owner, Role::Manager, Role::Accountant, Role::Viewer];
const STAFF: [Role; 4] = [Role::StaffAdmin, Role::StaffOperator, Role::StaffAccountant, Role::StaffEditor];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// 401: nobody is there.
    Stranger,
    /// 403: not this role.
    Forbidden,
    /// The call was heard, whatever it came to.
    Heard,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// No token, or none that holds.
    Nobody,
    Person(Role),
    Terminal,
}

fn permission(scope: &str) -> Permission {
    let all = [
        Permission::SignedIn,
        Permission::Read,
        Permission::Block,
        Permission::ManageCards,
        Permission::ManageLimits,
        Permission::StaffRead,
        Permission::Provision,
        Permission::PostPayments,
    ];
    *all.iter().find(|p| format!("{p:?}") == scope).unwrap_or_else(|| panic!("there is no permission {scope}"))
}

fn expected(operation: &Operation, who: Who) -> Outcome {
    let Some((scheme, scope)) = &operation.security else {
        assert!(PUBLIC.contains(&operation.id.as_str()), "{} lets anyone in and is not on the list", operation.id);
        return Outcome::Heard;
    };
    match (scheme.as_str(), who) {
        ("terminal", Who::Terminal) => Outcome::Heard,
        ("session", Who::Person(role)) => match scope {
            Some(scope) if !permission(scope).held_by(role) => Outcome::Forbidden,
            _ => Outcome::Heard,
        },
        ("session" | "terminal", _) => Outcome::Stranger,
        (other, _) => panic!("{} has the scheme {other}", operation.id),
    }
}

fn outcome(answer: &Answer) -> Outcome {
    match (answer.status, answer.code()) {
        (401, "not_signed_in") => Outcome::Stranger,
        (403, "forbidden") => Outcome::Forbidden,
        (403, _) => panic!("another refusal: {answer}"),
        _ => Outcome::Heard,
    }
}

/// Whether an operation ends the session that calls it, or its sisters.
fn ends_sessions(operation: &Operation) -> bool {
    matches!(operation.id.as_str(), "sign_out" | "change_password")
}

async fn person(world: &World, stage: &Stage, role: Role) -> Caller {
    if role.is_staff() { world.staff(role).await } else { stage.company.user(role).await }
}

#[test]
fn the_public_calls_are_a_short_list() {
    let open: Vec<_> = operations().into_iter().filter(|o| o.security.is_none()).map(|o| o.id).collect();
    let mut open = open;
    open.sort();
    assert_eq!(open, PUBLIC);
}

#[tokio::test]
async fn everyone_is_let_in_where_the_document_says_so_and_nowhere_else() {
    let world = World::start().await;
    let expired = world.admin().await;
    world.advance_minutes(31);
    let stage = Stage::set(&world).await;
    let forged = forged(&world, stage.company.owner().await.token());
    let ended = stage.company.owner().await;
    ended.ask(Method::DELETE, "/v1/session").send().await.expect(204);
    let revoked = world.terminal("12").await;
    let revoked_token = revoked.caller().await;
    let path = format!("/v1/staff/stations/12/terminals/{}", revoked.id);
    world.admin().await.delete(&path).await.expect(204);
    let stranger = world.stranger();
    let mut callers = vec![
        ("nobody", Who::Nobody, stranger.clone()),
        ("garbage", Who::Nobody, stranger.with_token(Some("garbage"))),
        ("a forged token", Who::Nobody, stranger.with_token(Some(&forged))),
        ("an ended session", Who::Nobody, ended),
        ("an expired session", Who::Nobody, expired),
        ("a revoked terminal", Who::Nobody, revoked_token),
        ("a terminal", Who::Terminal, stage.company.pump.caller().await),
    ];
    for role in CLIENTS.into_iter().chain(STAFF) {
        callers.push((role.name(), Who::Person(role), person(&world, &stage, role).await));
    }
    let operations = operations();
    assert!(operations.len() >= 47, "the contract shrank");
    let mut wrong = Vec::new();
    let mut tried = 0;
    // First everyone who is refused: nothing may come of it. Then everyone else.
    for heard in [false, true] {
        let before = world.dump_of_effects().await;
        for operation in &operations {
            for (name, who, caller) in &callers {
                let wanted = expected(operation, *who);
                if (wanted == Outcome::Heard) != heard {
                    continue;
                }
                let own = match who {
                    Who::Person(role) if ends_sessions(operation) => person(&world, &stage, *role).await,
                    _ => caller.clone(),
                };
                let answer = stage.call(&own, operation).send().await;
                tried += 1;
                if outcome(&answer) != wanted {
                    wrong.push(format!("{} by {name} ({who:?}): {wanted:?} was expected: {answer}", operation.id));
                }
            }
        }
        assert!(heard || world.dump_of_effects().await == before, "a refused call had an effect");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(tried, operations.len() * callers.len());
}

#[tokio::test]
async fn every_good_call_is_answered_as_the_document_says() {
    let world = World::start().await;
    for operation in operations() {
        let stage = Stage::set(&world).await;
        let caller = match operation.security.as_ref().map(|(scheme, scope)| (scheme.as_str(), scope.as_deref())) {
            None => world.stranger(),
            Some(("terminal", _)) => stage.company.pump.caller().await,
            Some((_, Some("StaffRead" | "Provision" | "PostPayments"))) => world.admin().await,
            Some(_) => stage.company.owner().await,
        };
        // A session that rested for a minute is touched by whichever function hears of it next.
        world.advance_minutes(2);
        let answer = match operation.id.as_str() {
            // Their good calls are journeys of their own.
            "activate" | "sign_in" | "change_password" | "issue_terminal_token" | "refund" => continue,
            _ => stage.call(&caller, &operation).send().await,
        };
        assert_eq!(answer.status, operation.success, "{}: {answer}", operation.id);
    }
}

#[tokio::test]
async fn another_companys_things_are_not_there() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let other = world.company().cards(1).create().await;
    let before = world.dump_of_effects().await;
    let mut seen = 0;
    for operation in operations() {
        let of_clients = operation.security.as_ref().is_some_and(|(scheme, scope)| {
            let staff = matches!(scope.as_deref(), Some("StaffRead" | "Provision" | "PostPayments"));
            scheme == "session" && !staff
        });
        if !of_clients || ends_sessions(&operation) {
            continue;
        }
        seen += 1;
        let answer = stage.call(&other.owner().await, &operation).send().await;
        if operation.path.contains('{') {
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{}: {answer}", operation.id);
        } else {
            assert_eq!(answer.status, operation.success, "{answer}");
            let text = String::from_utf8_lossy(&answer.bytes).into_owned();
            for own in [&stage.company.id, &stage.company.cards[0], &stage.company.login] {
                assert!(!text.contains(own.as_str()), "{} tells of {own}: {text}", operation.id);
            }
        }
    }
    assert!(seen >= 14, "{seen}");
    assert_eq!(world.dump_of_effects().await, before, "nothing of the company's changed");
}
