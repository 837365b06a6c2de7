//! A sign-in from a device that was not seen before is told by mail.

use oktan_tests::{PASSWORD, World, json};
use reqwest::Method;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36";

async fn sign_in(world: &World, login: &str, device: &str) {
    let credentials = json!({ "login": login, "password": PASSWORD });
    let ask = world.stranger().ask(Method::POST, "/v1/session").header("user-agent", device);
    ask.json(&credentials).send().await.expect(200);
}

#[tokio::test]
async fn a_new_device_is_told_by_mail_once_and_the_first_one_never() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let told = async || {
        let letters = world.letters_to(&company.email).await;
        letters.iter().filter(|letter| letter.subject == "Вход с нового устройства").count()
    };
    sign_in(&world, &company.login, FIREFOX).await;
    assert_eq!(told().await, 0, "the first sign-in is theirs");
    sign_in(&world, &company.login, FIREFOX).await;
    sign_in(&world, &company.login, &FIREFOX.replace("140", "141")).await;
    assert_eq!(told().await, 0, "an update makes no new device");
    sign_in(&world, &company.login, CHROME).await;
    assert_eq!(told().await, 1);
    let letters = world.letters_to(&company.email).await;
    let letter = letters.last().unwrap();
    assert!(letter.text.contains("127.0.0.1") && letter.text.contains(&company.login), "{}", letter.text);
    sign_in(&world, &company.login, CHROME).await;
    sign_in(&world, &company.login, FIREFOX).await;
    assert_eq!(told().await, 1);
    // What a stranger's browser says of itself reaches no letter.
    sign_in(&world, &company.login, "Call +1 234 or visit https://evil.example now").await;
    assert_eq!(told().await, 2);
    assert!(world.letters_to(&company.email).await.iter().all(|letter| !letter.text.contains("evil.example")));
}

#[tokio::test]
async fn twenty_devices_are_remembered_by_fingerprint_and_no_more() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    for n in 0..23u8 {
        sign_in(&world, &company.login, &format!("browser-{}", char::from(b'a' + n))).await;
    }
    let login = oktan_shared::domain::text::Login::parse(&company.login).unwrap();
    let person = world.app().table.person_by_login(&login).await.unwrap().unwrap();
    assert_eq!(person.known_devices.len(), 20);
    let rows = serde_json::to_string(&person.known_devices).unwrap();
    assert!(!rows.contains("browser"));
    let before = world.letters_to(&company.email).await.len();
    sign_in(&world, &company.login, "browser-w").await;
    assert_eq!(world.letters_to(&company.email).await.len(), before, "the newest is known");
    sign_in(&world, &company.login, "browser-a").await;
    assert_eq!(world.letters_to(&company.email).await.len(), before + 1, "the oldest is forgotten");
}
