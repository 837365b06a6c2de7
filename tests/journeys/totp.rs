//! The second factor: set up, asked for, used once, taken away.

use crate::device::{Device, sign_in};
use chrono::TimeDelta;
use futures::future::join_all;
use oktan_local::Options;
use oktan_shared::auth::Authenticator;
use oktan_shared::domain::CompanyId;
use oktan_tests::document::operations;
use oktan_tests::{ADMIN_LOGIN, PASSWORD, Role, World, json};
use reqwest::Method;

const WRONG: &str = "wrong-password-entirely";

#[tokio::test]
async fn a_second_factor_has_no_effect_until_a_code_of_it_is_confirmed() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    owner.post("/v1/totp/confirm", json!({ "code": "123456" })).await.problem(409, "totp_not_offered");
    let first = Device::offered(&world, &owner).await;
    assert!(first.uri.starts_with("otpauth://totp/OKTAN:"), "{}", first.uri);
    assert!(first.uri.contains(&company.login) && first.uri.contains("issuer=OKTAN"), "{}", first.uri);
    assert_eq!(first.recovery.len(), 10);
    let second = Device::offered(&world, &owner).await;
    assert_ne!(first.uri, second.uri);
    world.sign_in(&company.login, PASSWORD).await.expect(200);
    assert_eq!(owner.get("/v1/session").await.expect(200)["totp"], json!({ "enabled": false, "required": false }));

    first.confirm(&owner, &first.code()).await.field("code", "totp_wrong");
    second.confirm(&owner, &second.recovery[0]).await.field("code", "totp_wrong");
    second.confirm(&owner, &second.code()).await.expect(204);
    assert_eq!(owner.get("/v1/session").await.expect(200)["totp"], json!({ "enabled": true, "required": false }));
    world.sign_in(&company.login, PASSWORD).await.problem(401, "totp_required");
    sign_in(&world, &company.login, PASSWORD, "").await.problem(401, "totp_required");
    sign_in(&world, &company.login, PASSWORD, first.recovery[0].as_str()).await.problem(401, "totp_wrong");
    owner.post_nothing("/v1/totp").await.problem(409, "totp_enabled");
    second.confirm(&owner, &second.code()).await.problem(409, "totp_enabled");
    second.rest();
    // Whoever has no password is told nothing of a second factor.
    sign_in(&world, &company.login, WRONG, second.code()).await.problem(401, "invalid_credentials");
    world.sign_in(&company.login, WRONG).await.problem(401, "invalid_credentials");
    sign_in(&world, &company.login, PASSWORD, second.code()).await.expect(200);
}

#[tokio::test]
async fn a_code_holds_one_step_to_either_side_and_is_used_once() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let device = Device::of(&world, &company.owner().await).await;
    let login = company.login.as_str();
    for (seconds, taken) in [(-60, false), (-30, true), (60, false), (30, true)] {
        let code = device.code_at(world.now() + TimeDelta::seconds(seconds));
        let answer = sign_in(&world, login, PASSWORD, code.as_str()).await;
        assert_eq!(answer.status == 200, taken, "{seconds}: {answer}");
        // Used or not, it does not work now.
        sign_in(&world, login, PASSWORD, code.as_str()).await.problem(401, "totp_wrong");
    }
    // The code of the step after this one was used: none before it is any more.
    sign_in(&world, login, PASSWORD, device.code()).await.problem(401, "totp_wrong");
    world.sign_in(login, PASSWORD).await.problem(401, "totp_required");
    device.rest();
    let code = format!(" {} {} ", &device.code()[..3], &device.code()[3..]);
    let answers = join_all((0..8).map(|_| sign_in(&world, login, PASSWORD, code.as_str()))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.status == 200 || answer.code() == "totp_wrong" || answer.status == 429));
}

#[tokio::test]
async fn a_recovery_code_works_once_however_many_use_it() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let device = Device::of(&world, &owner).await;
    let login = company.login.as_str();
    let one = device.recovery[0].to_uppercase();
    let answers = join_all((0..6).map(|_| sign_in(&world, login, PASSWORD, one.as_str()))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    world.advance_minutes(61);
    sign_in(&world, login, PASSWORD, one.as_str()).await.problem(401, "totp_wrong");
    world.advance_minutes(61);
    // Several at once, each its own: all of them work, and each once.
    let bare: Vec<String> = device.recovery[1..5].iter().map(|code| code.replace('-', "")).collect();
    let answers = join_all(bare.iter().map(|code| sign_in(&world, login, PASSWORD, code.as_str()))).await;
    for answer in answers {
        answer.expect(200);
    }
    for code in &bare {
        sign_in(&world, login, PASSWORD, code.as_str()).await.problem(401, "totp_wrong");
    }
    let links = world.app().table.acts(CompanyId::parse(&company.id).ok(), 0, 100).await.unwrap();
    let used: Vec<_> = links.iter().filter(|link| link.act.action == "totp.recovery_code").collect();
    let left: Vec<_> = used.iter().map(|link| link.act.after["codes_left"].clone()).collect();
    assert_eq!(left, [9, 8, 7, 6, 5].map(|left| json!(left)));
    assert_eq!(used[0].act.actor.login.as_str(), login);
}

#[tokio::test]
async fn wrong_codes_delay_the_login_and_the_password_alone_forgives_none() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let device = Device::of(&world, &company.owner().await).await;
    let login = company.login.as_str();
    for _ in 0..20 {
        world.sign_in(login, PASSWORD).await.problem(401, "totp_required");
    }
    for _ in 0..5 {
        sign_in(&world, login, PASSWORD, device.wrong()).await.problem(401, "totp_wrong");
        if world.sign_in(login, PASSWORD).await.status == 429 {
            break;
        }
    }
    sign_in(&world, login, PASSWORD, device.code()).await.problem(429, "too_many_attempts");
    device.rest();
    sign_in(&world, login, PASSWORD, device.code()).await.expect(200);
}

#[tokio::test]
async fn it_is_taken_away_with_the_password_and_a_code_only() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let remove = async |password: &str, code: &str| {
        let body = json!({ "password": password, "code": code });
        owner.ask(Method::DELETE, "/v1/totp").json(&body).send().await
    };
    remove(PASSWORD, "123456").await.problem(409, "totp_not_enabled");
    let device = Device::of(&world, &owner).await;
    let code = device.code();
    remove(WRONG, &code).await.field("password", "current_password_wrong");
    remove(PASSWORD, &device.wrong()).await.field("code", "totp_wrong");
    world.sign_in(&company.login, PASSWORD).await.problem(401, "totp_required");
    remove(PASSWORD, &code).await.expect(204);
    remove(PASSWORD, &device.recovery[0]).await.problem(409, "totp_not_enabled");
    world.sign_in(&company.login, PASSWORD).await.expect(200);
    assert!(world.dump().await.keys().all(|key| !key.ends_with(" TOTP")), "nothing of it is left");
    // A new one is another one, and goes by a recovery code too.
    let again = Device::of(&world, &owner).await;
    sign_in(&world, &company.login, PASSWORD, device.code()).await.problem(401, "totp_wrong");
    for _ in 0..5 {
        remove(WRONG, "123456").await;
    }
    remove(PASSWORD, &again.recovery[9]).await.problem(429, "too_many_attempts");
    world.advance(TimeDelta::seconds(31));
    remove(PASSWORD, &again.recovery[9]).await.expect(204);
    let links = world.app().table.acts(CompanyId::parse(&company.id).ok(), 0, 100).await.unwrap();
    let acts: Vec<_> = links.iter().map(|link| link.act.action.as_str()).filter(|a| a.starts_with("totp")).collect();
    assert_eq!(acts, ["totp.enable", "totp.disable", "totp.enable", "totp.recovery_code", "totp.disable"]);
}

#[tokio::test]
async fn neither_the_secret_nor_a_recovery_code_lies_in_any_row() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let pending = Device::offered(&world, &world.admin().await).await;
    let device = Device::of(&world, &owner).await;
    sign_in(&world, &company.login, PASSWORD, device.recovery[0].as_str()).await.expect(200);
    let client = world.stack().dynamodb();
    #[allow(clippy::disallowed_methods)] // a test looks at everything
    let rows = client.scan().table_name("cabinet").send().await.expect("a scan").items.unwrap_or_default();
    let sealed: Vec<Vec<u8>> = rows
        .iter()
        .filter(|row| row["sk"].as_s().is_ok_and(|sk| sk == "TOTP"))
        .map(|row| row["sealed"].as_b().expect("bytes").as_ref().to_vec())
        .collect();
    assert_eq!(sealed.len(), 2);
    let text = format!("{:?}", world.dump().await);
    for device in [&pending, &device] {
        let secret = device.secret();
        assert!(sealed.iter().all(|bytes| !bytes.windows(secret.len()).any(|window| window == secret)));
        let base32 = device.uri.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).expect("a secret");
        assert_eq!(base32.len(), 32);
        assert!(!text.contains(base32), "the secret as the QR code has it");
        for code in &device.recovery {
            assert!(!text.contains(code.as_str()) && !text.contains(&code.replace('-', "")), "a recovery code");
        }
    }
    // What is sealed for one person opens for nobody else, nor changed, nor under another key.
    let person = world.reread(&world.newcomer(None, Role::StaffEditor).await).await;
    let keys = &world.app().keys;
    let own = Authenticator::random().sealed(keys, person.id).expect("sealed");
    assert!(Authenticator::open(keys, person.id, &own).is_some());
    assert!(sealed.iter().all(|other| Authenticator::open(keys, person.id, other).is_none()));
    for at in 0..own.len() {
        let mut changed = own.clone();
        changed[at] ^= 1;
        assert!(Authenticator::open(keys, person.id, &changed).is_none(), "byte {at}");
    }
    let elsewhere = World::start().await;
    assert!(Authenticator::open(&elsewhere.app().keys, person.id, &own).is_none());
}

/// What staff may call before they have a second factor that is due.
const OPEN: [&str; 7] =
    ["who_am_i", "sign_out", "sign_in", "change_password", "start_totp", "confirm_totp", "disable_totp"];

#[tokio::test]
async fn staff_do_nothing_else_before_they_have_one_where_it_is_obligatory() {
    let world = World::with(Options { staff_totp_required: true, ..Options::for_tests() }).await;
    let signed = world.sign_in(ADMIN_LOGIN, PASSWORD).await.expect(200);
    assert_eq!(signed["totp"], json!({ "enabled": false, "required": true }));
    let mut refused = 0;
    for role in [Role::StaffAdmin, Role::StaffOperator, Role::StaffAccountant, Role::StaffEditor] {
        let caller = world.staff(role).await;
        for operation in operations() {
            let of_people = operation.security.as_ref().is_some_and(|(scheme, _)| scheme == "session");
            if !of_people || OPEN.contains(&operation.id.as_str()) {
                continue;
            }
            let path = operation.path.replace("{number}", "7826482103770000018").replace("{code}", "12");
            let path = path.replace("{id}", "10000000").replace("{token}", "none");
            let answer = caller.ask(operation.method.clone(), &path).send().await;
            assert_eq!((answer.status, answer.code()), (403, "totp_setup_required"), "{}: {answer}", operation.id);
            refused += 1;
        }
    }
    assert!(refused >= 4 * 40, "{refused}");
    assert!(OPEN.iter().all(|open| operations().iter().any(|operation| operation.id == *open)));

    let admin = world.stranger().with_token(signed["token"].as_str());
    let device = Device::of(&world, &admin).await;
    admin.get("/v1/staff/companies").await.expect(200);
    let gone = json!({ "password": PASSWORD, "code": device.code() });
    let gone = admin.ask(Method::DELETE, "/v1/totp").json(&gone).send().await;
    gone.problem(403, "totp_required_of_staff");
    world.sign_in(ADMIN_LOGIN, PASSWORD).await.problem(401, "totp_required");
    // Clients are not asked.
    let company = world.newcomer(None, Role::StaffOperator).await;
    world.session(&company).await.get("/v1/staff/companies").await.problem(403, "totp_setup_required");
    let ask = oktan_tests::company_ask(1, "hand_over");
    let once = admin.post("/v1/staff/companies", ask).await.expect(201)["owner"]["one_time_password"].clone();
    let owner = world.sign_in("owner1", once.as_str().expect("a password")).await.expect(200);
    assert_eq!(owner["totp"], json!({ "enabled": false, "required": false }));
    // A one-time password comes before the second factor.
    let owner = world.stranger().with_token(owner["token"].as_str());
    owner.post_nothing("/v1/totp").await.problem(403, "password_change_required");
    let change = json!({ "current_password": once, "new_password": "walnut-harbour-41-cello" });
    owner.post("/v1/password", change).await.expect(204);
    owner.get("/v1/cards").await.expect(200);
}
