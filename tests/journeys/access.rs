//! Every operation of the contract, asked by everyone: who is let in is what its document says, and nothing else.

use crate::samples::{Stage, papers::OF_ANY_MONTH, permission};
use crate::tokens::forged;
use oktan_shared::auth::Permission;
use oktan_shared::domain::CompanyId;
use oktan_tests::document::{Operation, operations};
use oktan_tests::{Answer, Company, Dump, Role, Value, World, company_ask, json};
use reqwest::Method;

const STAFF_USERS: &str = "/v1/staff/staff-users";

/// What anyone may call.
const PUBLIC: [&str; 19] = [
    "activate",
    "confirm_recovery",
    "contacts",
    "file_claim",
    "health",
    "issue_terminal_token",
    "list_news",
    "list_public_promotions",
    "list_public_stations",
    "openapi",
    "read_news",
    "read_public_promotion",
    "read_public_station",
    "read_unsubscribe",
    "recovery_state",
    "request_recovery",
    "send_message",
    "sign_in",
    "unsubscribe",
];

/// Calls about the caller's own account, whose samples are wrong on purpose; their good ones are journeys of their own.
const OWN_ACCOUNT: [&str; 3] = ["change_password", "confirm_totp", "disable_totp"];

/// Calls whose good sample needs what only a journey of its own has: a password, a purchase, an authenticator, a closed month.
/// So does every call by a link that works.
const ELSEWHERE: [&str; 6] =
    ["hand_over_sheet", "issue_terminal_token", "read_company_document", "read_document", "refund", "sign_in"];

/// What is the same for every company.
const EVERYBODYS: [&str; 1] = ["read_article"];

/// Calls whose answer names the cards that the caller named, each with what came of it.
const NAMES_WHAT_WAS_NAMED: [&str; 1] = ["change_cards"];

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
    for role in Role::ALL {
        callers.push((role.name(), Who::Person(role), stage.person_as(role).await));
    }
    let operations = operations();
    assert!(operations.len() >= 80, "the contract shrank");
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
                    Who::Person(role) if ends_sessions(operation) => stage.person_as(*role).await,
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
        let caller = stage.caller(&operation).await;
        // A session that rested for a minute is touched by whichever function hears of it next.
        world.advance_minutes(2);
        let answer = stage.call(&caller, &operation).send().await;
        let by_link = operation.path.contains("{token}");
        if by_link || ELSEWHERE.iter().chain(&OWN_ACCOUNT).any(|id| *id == operation.id) {
            assert!(answer.status >= 400, "{} is good: test it here", operation.id);
            continue;
        }
        assert_eq!(answer.status, operation.success, "{}: {answer}", operation.id);
    }
}

#[test]
fn the_lists_of_exceptions_name_calls_that_are_there() {
    let all: Vec<_> = operations().into_iter().map(|operation| operation.id).collect();
    for id in OWN_ACCOUNT.iter().chain(&ELSEWHERE).chain(&EVERYBODYS) {
        assert!(all.contains(&(*id).to_owned()), "{id}");
    }
    for permission in Permission::ALL {
        let used = operations().into_iter().filter_map(|operation| operation.security);
        let used = used.filter_map(|(_, scope)| scope).any(|scope| scope == format!("{permission:?}"));
        assert!(used || *permission == Permission::SignedIn, "{permission:?} is asked for nowhere");
    }
}

/// The operations whose body names a card, and what another company's card is to them.
const REFUSES_WHAT_IS_NAMED: [(&str, u16, &str); 6] = [
    ("save_budget", 422, "card_unknown"),
    ("edit_budget_lines", 422, "card_unknown"),
    ("distribute_budget", 422, "card_unknown"),
    ("create_ticket", 404, "not_found"),
    ("grant_exception", 404, "not_found"),
    ("transfer", 404, "not_found"),
];

/// The rows that are a company's: that are kept under its id or its card, or speak of one of them.
async fn rows_of(world: &World, company: &Company) -> Dump {
    let mut rows = world.dump_of_effects().await;
    rows.retain(|key, row| {
        let text = format!("{key} {}", Value::Object(row.clone()));
        [&company.id, &company.cards[0], &company.login].iter().any(|own| text.contains(own.as_str()))
    });
    assert!(rows.len() > 10, "{}", rows.len());
    rows
}

#[tokio::test]
async fn another_companys_things_are_not_there() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let other = world.company().cards(1).create().await;
    let (before, mut seen) = (rows_of(&world, &stage.company).await, 0);
    for operation in operations() {
        let of_clients = operation.security.as_ref().is_some_and(|(scheme, scope)| {
            let held = scope.as_ref().is_none_or(|scope| permission(scope).held_by(Role::Owner));
            scheme == "session" && held
        });
        if !of_clients || operation.id == "sign_out" || EVERYBODYS.contains(&operation.id.as_str()) {
            continue;
        }
        seen += 1;
        let answer = stage.call(&other.owner().await, &operation).send().await;
        if operation.path.contains('{') && !OF_ANY_MONTH.contains(&operation.id.as_str()) {
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{}: {answer}", operation.id);
            continue;
        }
        if let Some((_, status, code)) = REFUSES_WHAT_IS_NAMED.iter().find(|(id, ..)| *id == operation.id) {
            assert_eq!((answer.status, answer.code()), (*status, *code), "{}: {answer}", operation.id);
        } else if !OWN_ACCOUNT.contains(&operation.id.as_str()) {
            assert_eq!(answer.status, operation.success, "{answer}");
        }
        let mut text = String::from_utf8_lossy(&answer.bytes).into_owned();
        if NAMES_WHAT_WAS_NAMED.contains(&operation.id.as_str()) {
            assert_eq!(answer.json["results"][0]["code"], "not_found", "{answer}");
            text = text.replace(stage.company.card(), "");
        }
        for own in [&stage.company.id, &stage.company.cards[0], &stage.company.login, &stage.company.email] {
            assert!(!text.contains(own.as_str()), "{} tells of {own}: {text}", operation.id);
        }
    }
    assert!(seen >= 27, "{seen}");
    assert_eq!(rows_of(&world, &stage.company).await, before, "something of the company's changed");
}

/// The operations that a person of this role may call, but those that end their session.
fn calls_of(role: Role) -> Vec<Operation> {
    let open = |operation: &Operation| expected(operation, Who::Person(role)) == Outcome::Heard;
    let calls = operations().into_iter().filter(|o| o.security.is_some() && open(o) && !ends_sessions(o));
    calls.filter(|operation| operation.security.as_ref().is_some_and(|(scheme, _)| scheme == "session")).collect()
}

#[tokio::test]
async fn whoever_is_deactivated_is_a_stranger_from_the_next_request_on_for_every_call() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let (owner, admin) = (stage.company.owner().await, world.admin().await);
    let company = CompanyId::parse(&stage.company.id).ok();
    let people = [(Role::Manager, company, &owner, "/v1/users"), (Role::StaffAdmin, None, &admin, STAFF_USERS)];
    for (role, company, by, path) in people {
        let person = world.newcomer(company, role).await;
        let session = world.session(&person).await;
        session.get("/v1/session").await.expect(200);
        by.delete(&format!("{path}/{}", person.id)).await.expect(204);
        let calls = calls_of(role);
        assert!(calls.len() >= 15, "{}", calls.len());
        let before = world.dump_of_effects().await;
        for operation in calls {
            let answer = stage.call(&session, &operation).send().await;
            assert_eq!((answer.status, answer.code()), (401, "not_signed_in"), "{}: {answer}", operation.id);
        }
        assert_eq!(world.dump_of_effects().await, before, "a refused call had an effect");
    }
}

#[tokio::test]
async fn another_role_is_met_by_the_next_request_for_every_call() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let (owner, admin) = (stage.company.owner().await, world.admin().await);
    let company = CompanyId::parse(&stage.company.id).ok();
    let people = [
        (Role::Manager, Role::Viewer, company, &owner, "/v1/users"),
        (Role::StaffAdmin, Role::StaffEditor, None, &admin, STAFF_USERS),
    ];
    for (from, to, company, by, path) in people {
        let person = world.newcomer(company, from).await;
        let session = world.session(&person).await;
        let change = json!({ "role": to.name() });
        by.ask(Method::PATCH, &format!("{path}/{}", person.id)).json(&change).send().await.expect(200);
        let lost: Vec<_> =
            calls_of(from).into_iter().filter(|o| expected(o, Who::Person(to)) == Outcome::Forbidden).collect();
        assert!(lost.len() >= 5, "{}", lost.len());
        for operation in lost {
            let answer = stage.call(&session, &operation).send().await;
            // A session may have ended with the role; with it or without, the old role is gone.
            assert!(matches!(answer.status, 401 | 403), "{}: {answer}", operation.id);
            assert_ne!(outcome(&answer), Outcome::Heard);
        }
    }
}

#[tokio::test]
async fn until_a_one_time_password_is_changed_every_call_but_those_about_it_is_refused() {
    let world = World::start().await;
    let stage = Stage::set(&world).await;
    let created = world.admin().await.post("/v1/staff/companies", company_ask(world.number(), "hand_over")).await;
    let owner = created.expect(201)["owner"].clone();
    let (login, password) = (owner["login"].as_str().unwrap(), owner["one_time_password"].as_str().unwrap());
    let signed = world.sign_in(login, password).await.expect(200);
    assert_eq!(signed["must_change_password"], true);
    let session = world.stranger().with_token(signed["token"].as_str());
    let mut heard = Vec::new();
    for operation in calls_of(Role::Owner) {
        let answer = stage.call(&session, &operation).send().await;
        if answer.code() != "password_change_required" {
            assert_ne!(answer.status, 401, "{answer}");
            heard.push(operation.id);
            continue;
        }
        assert_eq!(answer.status, 403, "{answer}");
    }
    assert_eq!(heard, ["who_am_i"]);
}
