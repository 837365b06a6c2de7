//! The deployed cabinet has one entrance: CloudFront vouches for each call, and for the address it comes from.

use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_tests::{Caller, World, json};

/// The sign-in function behind CloudFront that knows one of two secrets.
async fn behind_cloudfront(world: &World) -> Caller {
    let mut config = (*world.app().config).clone();
    config.origin_secrets = vec![Secret::new("the-old-secret"), Secret::new("the-new-secret")];
    let router = oktan_shared::http::finish(oktan_login::routes(), App::new(config, world.app().clock.clone()));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    world.stranger().at(&format!("http://{address}"))
}

#[tokio::test]
async fn a_call_past_the_entrance_is_refused() {
    let world = World::start().await;
    let functions = behind_cloudfront(&world).await;
    let token = world.admin().await.token().to_owned();
    let me = functions.with_token(Some(&token));
    me.get("/v1/session").await.problem(403, "wrong_entrance");
    let ask = |secret: &'static str| me.ask(reqwest::Method::GET, "/v1/session").header("x-origin-secret", secret);
    for wrong in ["", "the-new-secre", "the-new-secret-", "the-old-secret,the-new-secret"] {
        ask(wrong).send().await.problem(403, "wrong_entrance");
    }
    for right in ["the-old-secret", "the-new-secret"] {
        ask(right).send().await.expect(200);
    }
}

#[tokio::test]
async fn a_session_shows_the_address_that_cloudfront_saw() {
    let world = World::start().await;
    let functions = behind_cloudfront(&world).await;
    world.sign_in("admin", oktan_tests::PASSWORD).await.expect(200);
    let body = json!({ "login": "admin", "password": oktan_tests::PASSWORD });
    let ask = functions.ask(reqwest::Method::POST, "/v1/session").json(&body);
    let ask = ask.header("x-origin-secret", "the-new-secret").header("x-viewer-address", "203.0.113.7");
    let signed_in = ask.header("x-forwarded-for", "198.51.100.1").send().await.expect(200);
    let token = signed_in["token"].as_str().expect("a token");
    let sessions = world.stranger().with_token(Some(token)).get("/v1/sessions").await.expect(200);
    let sessions = sessions["items"].as_array().expect("a list").clone();
    let mine: Vec<_> = sessions.iter().filter(|session| session["current"] == true).collect();
    assert_eq!(mine[0]["address"], "203.0.113.7", "{sessions:?}");
}

#[tokio::test]
async fn without_cloudfront_nobody_can_name_an_address() {
    let world = World::start().await;
    let body = json!({ "login": "admin", "password": oktan_tests::PASSWORD });
    let ask = world.stranger().ask(reqwest::Method::POST, "/v1/session").json(&body);
    let signed_in = ask.header("x-viewer-address", "203.0.113.7").send().await.expect(200);
    let token = signed_in["token"].as_str().expect("a token");
    let sessions = world.stranger().with_token(Some(token)).get("/v1/sessions").await.expect(200);
    assert!(!sessions.to_string().contains("203.0.113.7"), "{sessions}");
}
