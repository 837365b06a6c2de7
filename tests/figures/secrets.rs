//! No secret lies in any row.

use crate::raw;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use oktan_tests::{ADMIN_LOGIN, PASSWORD, World, company_ask, json};

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

    let client = world.stack().dynamodb();
    let mut values = Vec::new();
    for table in [raw::CABINET, raw::OUTBOX] {
        for item in raw::scan(&client, table).await {
            let key = format!("{table} {} {}", raw::text(&item, "pk"), raw::text(&item, "sk"));
            values.extend(item.into_iter().map(|(name, value)| (format!("{key} {name}"), to_bytes(&value))));
        }
    }
    assert!(values.iter().any(|(_, bytes)| holds(bytes, login.as_bytes())), "what is there is found");
    for (what, secret) in &canaries {
        assert!(secret.len() >= 16, "{what} is no canary");
        for form in [secret.clone(), STANDARD.encode(secret), URL_SAFE_NO_PAD.encode(secret)] {
            let found = values.iter().find(|(_, bytes)| holds(bytes, form.as_bytes()));
            assert!(found.is_none(), "a {what} lies in {}", found.unwrap().0);
        }
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
