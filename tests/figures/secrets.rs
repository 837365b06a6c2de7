//! No secret lies in any row.

use crate::raw;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use oktan_tests::{ADMIN_LOGIN, PASSWORD, Role, World, company_ask, json};
use totp_rs::Totp;

const CHOSEN: &str = "kanareika-posle-aktivatsii-7";
const SECOND: &str = "kanareika-vmesto-odnorazovogo-9";
const WRONG: &str = "kanareika-nevernyj-parol-3";

#[tokio::test]
async fn no_password_token_or_secret_lies_in_any_row() {
    let world = World::start().await;
    let mut canaries = vec![("password", PASSWORD.to_owned()), ("wrong password", WRONG.to_owned())];
    let admin = world.sign_in(ADMIN_LOGIN, PASSWORD).await.expect(200);
    canaries.push(("session", admin["token"].as_str().expect("a token").to_owned()));
    world.sign_in(ADMIN_LOGIN, WRONG).await.expect(401);
    // Someone types the password where the login goes.
    world.sign_in(WRONG, WRONG).await.expect(401);

    let staff = world.admin().await;
    let handed = staff.post("/v1/staff/companies", company_ask(world.number(), "hand_over")).await.expect(201);
    let one_time = handed["owner"]["one_time_password"].as_str().expect("a password").to_owned();
    let login = handed["owner"]["login"].as_str().expect("a login").to_owned();
    // On paper only.
    let path = format!("/v1/staff/companies/{}/hand-over-sheet", handed["company"]["id"].as_str().expect("an id"));
    let sheet = staff.post(&path, json!({ "one_time_password": one_time })).await;
    assert_eq!(sheet.status, 200, "{sheet}");
    let first = world.sign_in(&login, &one_time).await.expect(200);
    let first = first["token"].as_str().expect("a token").to_owned();
    let owner = world.stranger().with_token(Some(&first));
    let change = json!({ "current_password": one_time, "new_password": SECOND });
    owner.post("/v1/password", change).await.expect(204);
    canaries.extend([("one-time password", one_time), ("session", first), ("password", SECOND.to_owned())]);

    let ask = company_ask(world.number(), "mail");
    staff.post("/v1/staff/companies", ask.clone()).await.expect(201);
    let letters = world.letters_to(ask["owner"]["email"].as_str().expect("an address")).await;
    let text = &letters.last().expect("a letter").text;
    let link = text.split_whitespace().find(|word| word.contains("/activation/")).expect("a link");
    let token = link.rsplit('/').next().expect("a token").to_owned();
    world.stranger().post(&format!("/v1/activation/{token}"), json!({ "new_password": CHOSEN })).await.expect(204);
    canaries.extend([("link", token), ("password", CHOSEN.to_owned())]);

    let company = world.company().create().await;
    let mut fill = company.pump.fill(company.card(), "1.000");
    fill["pin"] = json!("8317");
    company.pump.decide(&fill).await;
    company.pump.exchange(&company.pump.id, WRONG).await;
    let pump = company.pump.caller().await;
    canaries
        .extend([("terminal's secret", company.pump.secret.clone()), ("terminal's token", pump.token().to_owned())]);
    let config = &world.app().config;
    canaries.extend(config.jwt_keys.iter().map(|key| ("signing key", key.secret.reveal().to_owned())));
    canaries.push(("sealing key", config.mac_key.reveal().to_owned()));
    // A token's signature alone is as good as the token.
    let signatures: Vec<_> = canaries.iter().filter(|(_, text)| text.starts_with("eyJ")).collect();
    let signatures: Vec<_> =
        signatures.iter().map(|(_, text)| ("signature", text.rsplit('.').next().unwrap().to_owned())).collect();
    canaries.extend(signatures);

    lies_nowhere(&world, &canaries, &login).await;
}

#[tokio::test]
async fn no_second_factor_recovery_link_or_mailed_password_lies_in_any_row() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let mut canaries = Vec::new();
    // One that is offered, one that is confirmed, and what was used of it.
    for confirmed in [false, true] {
        let offer = owner.post_nothing("/v1/totp").await.expect(200);
        let uri = offer["otpauth_uri"].as_str().expect("an address").to_owned();
        let shown = uri.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).expect("a secret");
        canaries.push(("authenticator's secret", shown.to_owned()));
        let codes = offer["recovery_codes"].as_array().expect("codes").iter();
        let codes: Vec<_> = codes.map(|code| code.as_str().expect("a code").to_owned()).collect();
        canaries.extend(codes.iter().map(|code| ("recovery code", code.clone())));
        let bare = |code: &String| code.chars().filter(char::is_ascii_alphanumeric).collect();
        canaries.extend(codes.iter().map(|code| ("recovery code", bare(code))));
        if confirmed {
            let totp = Totp::from_url(&uri).expect("an authenticator reads it");
            let code = totp.generate(u64::try_from(world.now().timestamp()).expect("an instant of ours")).to_string();
            owner.post("/v1/totp/confirm", json!({ "code": code })).await.expect(204);
            let sign_in = json!({ "login": company.login, "password": PASSWORD, "totp": codes[0] });
            world.stranger().post("/v1/session", sign_in).await.expect(200);
        }
        let secret = Totp::from_url(&uri).expect("an authenticator reads it").secret().as_bytes().to_vec();
        raw_secrets(&world, &secret).await;
    }

    // A link, a try that fails, and one that brings a one-time password by mail.
    let ask = async |identifier: &str| {
        world.stranger().post("/v1/recovery", json!({ "identifier": identifier })).await.expect(202);
        let letters = world.letters_to(&company.email).await;
        let text = &letters.last().expect("a letter").text;
        let link = text.split_whitespace().find(|word| word.contains("/recovery/")).expect("a link");
        link.rsplit('/').next().expect("a token").to_owned()
    };
    let (older, newer) = (ask(&company.login).await, ask(&company.inn).await);
    let confirm = async |contract: &str| {
        let facts = json!({ "confirm": { "contract_number": contract, "phone": "8 8652 184225" } });
        world.stranger().post(&format!("/v1/recovery/{newer}"), facts).await
    };
    confirm(WRONG).await.problem(409, "facts_do_not_match");
    let contract = format!("{}/26-Т", company.login.trim_start_matches("owner"));
    assert_eq!(confirm(&contract).await.expect(200)["outcome"], "password_sent");
    let mailed = mailed_password(&world, &company.email).await;
    world.sign_in(&company.login, &mailed).await.problem(401, "totp_required");
    canaries.extend([("link", older), ("link", newer), ("mailed password", mailed)]);

    let viewer = company.newcomer(Role::Viewer).await;
    let address = viewer.email.as_ref().expect("an address").to_string();
    let path = format!("/v1/staff/users/{}/credentials", viewer.id);
    world.admin().await.post_nothing(&path).await.expect(202);
    canaries.push(("mailed password", mailed_password(&world, &address).await));
    lies_nowhere(&world, &canaries, &company.login).await;
}

/// The newest one-time password that an address got.
async fn mailed_password(world: &World, address: &str) -> String {
    let letters = world.letters_to(address).await;
    let text = letters.iter().rev().find_map(|letter| letter.text.split("Одноразовый пароль: ").nth(1));
    text.expect("a one-time password").split_whitespace().next().expect("a word").to_owned()
}

/// What lies in the rows of both tables, by table, key and attribute.
async fn everything(world: &World) -> Vec<(String, Vec<u8>)> {
    let client = world.stack().dynamodb();
    let mut values = Vec::new();
    for table in [raw::CABINET, raw::OUTBOX] {
        for item in raw::scan(&client, table).await {
            let key = format!("{table} {} {}", raw::text(&item, "pk"), raw::text(&item, "sk"));
            values.extend(item.into_iter().map(|(name, value)| (format!("{key} {name}"), to_bytes(&value))));
        }
    }
    values
}

async fn lies_nowhere(world: &World, canaries: &[(&str, String)], there: &str) {
    let values = everything(world).await;
    assert!(values.iter().any(|(_, bytes)| holds(bytes, there.as_bytes())), "what is there is found");
    for (what, secret) in canaries {
        assert!(secret.len() >= 16, "{what} is no canary");
        for form in [secret.clone(), STANDARD.encode(secret), URL_SAFE_NO_PAD.encode(secret)] {
            let found = values.iter().find(|(_, bytes)| holds(bytes, form.as_bytes()));
            assert!(found.is_none(), "a {what} lies in {}", found.unwrap().0);
        }
    }
}

/// The bytes of a secret, as they are and as text has them.
async fn raw_secrets(world: &World, secret: &[u8]) {
    assert!(secret.len() >= 20);
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let forms = [secret.to_vec(), hex.into_bytes(), STANDARD.encode(secret).into_bytes()];
    for (key, bytes) in everything(world).await {
        assert!(forms.iter().all(|form| !holds(&bytes, form)), "an authenticator's secret lies in {key}");
    }
}

fn to_bytes(value: &AttributeValue) -> Vec<u8> {
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => text.clone().into_bytes(),
        AttributeValue::B(blob) => blob.as_ref().to_vec(),
        other => format!("{other:?}").into_bytes(),
    }
}

fn holds(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}
