//! Signing in, the session and its end, passwords.

use chrono::{DateTime, TimeDelta};
use oktan_tests::{ADMIN_LOGIN, Caller, PASSWORD, Role, Value, World, company_ask, json};
use reqwest::Method;

const OTHER_PASSWORD: &str = "walnut-harbour-41-cello";

fn instant(value: &Value) -> DateTime<chrono::Utc> {
    let text = value.as_str().expect("an instant");
    assert!(text.ends_with('Z'), "{text} is in UTC");
    text.parse().expect("RFC 3339")
}

#[tokio::test]
async fn the_first_admin_signs_in_with_the_password_of_the_environment() {
    let world = World::start().await;
    let answer = world.sign_in(" Admin ", PASSWORD).await;
    let cookie = answer.header("set-cookie").to_owned();
    let session = answer.expect(200);
    let token = session["token"].as_str().expect("a token");
    let expected = json!({
        "token": token, "expires_at": session["expires_at"], "must_change_password": false, "company": null,
        "totp": { "enabled": false, "required": false },
        "user": {
            "id": session["user"]["id"], "login": ADMIN_LOGIN, "full_name": session["user"]["full_name"],
            "kind": "staff", "role": "admin",
        },
    });
    assert_eq!(session, expected);
    let lasts = instant(&session["expires_at"]) - world.now();
    assert!((29..=30).contains(&lasts.num_minutes()), "{lasts}");
    let mut parts: Vec<_> = cookie.split("; ").collect();
    parts.sort_unstable();
    let own = format!("session={token}");
    let mut flags = vec!["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Strict", &own];
    flags.sort_unstable();
    assert_eq!(parts, flags, "not Secure on this machine only");
    world.sign_in(ADMIN_LOGIN, PASSWORD).await.expect(200);
    let people = world.dump().await.keys().filter(|key| key.ends_with(" USER")).count();
    assert_eq!(people, 1, "one admin, however often");
}

#[tokio::test]
async fn a_session_says_who_is_there_by_header_and_by_cookie() {
    let world = World::start().await;
    let company = world.company().create().await;
    let signed = world.sign_in(&company.login, PASSWORD).await.expect(200);
    let token = signed["token"].as_str().unwrap();
    assert_eq!(signed["user"]["kind"], "client");
    assert_eq!((&signed["user"]["role"], &signed["company"]["id"]), (&json!("owner"), &json!(company.id)));
    let by_header = world.stranger().with_token(Some(token)).get("/v1/session").await.expect(200);
    let cookies = format!("theme=dark; session={token}; other=1");
    let by_cookie =
        world.stranger().ask(Method::GET, "/v1/session").header("cookie", &cookies).send().await.expect(200);
    assert_eq!(by_header, by_cookie);
    assert_eq!(by_header.get("token"), None, "the token is given once");
    for name in ["user", "company", "must_change_password"] {
        assert_eq!(by_header[name], signed[name], "{name}");
    }
    // A header, even a wrong one, is what counts.
    let both = world.stranger().with_token(Some("garbage")).ask(Method::GET, "/v1/session").header("cookie", &cookies);
    both.send().await.problem(401, "not_signed_in");
    let basic = world.stranger().ask(Method::GET, "/v1/session").header("authorization", "Basic YTpi");
    basic.send().await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn a_wrong_password_is_refused_alike_for_known_and_unknown() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let mut answers = Vec::new();
    for login in [company.login.as_str(), "nobody-here", "не логин", "", "a b"] {
        let answer = world.sign_in(login, "wrong-password-entirely").await;
        answers.push((answer.bytes.clone(), answer.header("set-cookie").to_owned()));
        answer.problem(401, "invalid_credentials");
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "nothing tells who exists");
    world.sign_in(&company.login, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn five_failures_delay_a_login_whether_it_exists_or_not() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let mut delays = Vec::new();
    for login in [company.login.as_str(), "nobody-here"] {
        for _ in 0..5 {
            world.sign_in(login, "wrong-password-entirely").await.problem(401, "invalid_credentials");
        }
        // Not even the right password is heard, in any case of the login.
        let answer = world.sign_in(&login.to_uppercase(), PASSWORD).await;
        let wait: i64 = answer.header("retry-after").parse().expect("seconds");
        delays.push((answer.status, answer.code().to_owned(), wait / 3));
    }
    assert_eq!(delays[0], delays[1]);
    assert_eq!((delays[0].0, delays[0].1.as_str()), (429, "too_many_attempts"));
    assert!((8..=10).contains(&delays[0].2), "half a minute: {delays:?}");
    world.advance(TimeDelta::seconds(31));
    world.sign_in(&company.login, "wrong-password-entirely").await.problem(401, "invalid_credentials");
    world.advance(TimeDelta::seconds(31));
    world.sign_in(&company.login, PASSWORD).await.problem(429, "too_many_attempts");
    world.advance(TimeDelta::seconds(31));
    world.sign_in(&company.login, PASSWORD).await.expect(200);
    // Success forgets the failures.
    world.sign_in(&company.login, "wrong-password-entirely").await.problem(401, "invalid_credentials");
    world.sign_in(&company.login, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_one_time_password_opens_nothing_but_its_change() {
    let world = World::start().await;
    let created = world.admin().await.post("/v1/staff/companies", company_ask(1, "hand_over")).await.expect(201);
    let once = created["owner"]["one_time_password"].as_str().unwrap();
    let token = world.sign_in("owner1", once).await.expect(200)["token"].clone();
    let owner = world.stranger().with_token(token.as_str());
    assert_eq!(owner.get("/v1/session").await.expect(200)["must_change_password"], true);
    for operation in oktan_tests::document::operations() {
        let own = matches!(operation.id.as_str(), "who_am_i" | "sign_out" | "change_password");
        if operation.security.as_ref().is_none_or(|(scheme, _)| scheme != "session") || own {
            continue;
        }
        let path = operation.path.replace("{number}", "7826100000010000019").replace("{code}", "12");
        let path = path.replace("{id}", &uuid::Uuid::nil().to_string());
        let answer = owner.ask(operation.method, &path).send().await;
        answer.problem(403, "password_change_required");
    }
    let same = json!({ "current_password": once, "new_password": once });
    owner.post("/v1/password", same).await.field("new_password", "password_unchanged");
    let change = json!({ "current_password": once, "new_password": PASSWORD });
    owner.post("/v1/password", change).await.expect(204);
    owner.get("/v1/balance").await.expect(200);
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions_and_tells_by_mail() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let told = world.letters_to(&company.email).await.len();
    let (here, there) = (company.owner().await, company.owner().await);
    let change = json!({ "current_password": PASSWORD, "new_password": OTHER_PASSWORD });
    let wrong = json!({ "current_password": "not-this-one-at-all", "new_password": OTHER_PASSWORD });
    here.post("/v1/password", wrong).await.field("current_password", "current_password_wrong");
    there.get("/v1/session").await.expect(200);
    here.post("/v1/password", change.clone()).await.expect(204);
    here.get("/v1/balance").await.expect(200);
    there.get("/v1/session").await.problem(401, "not_signed_in");
    world.sign_in(&company.login, PASSWORD).await.problem(401, "invalid_credentials");
    world.sign_in(&company.login, OTHER_PASSWORD).await.expect(200);
    let letters = world.letters_to(&company.email).await;
    assert_eq!(letters.len(), told + 1);
    assert!(letters[told].text.contains(&company.login) && !letters[told].text.contains(OTHER_PASSWORD));
}

#[tokio::test]
async fn guessing_the_current_password_is_slowed_down() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let wrong = json!({ "current_password": "not-this-one-at-all", "new_password": OTHER_PASSWORD });
    for _ in 0..5 {
        owner.post("/v1/password", wrong.clone()).await.field("current_password", "current_password_wrong");
    }
    let right = json!({ "current_password": PASSWORD, "new_password": OTHER_PASSWORD });
    owner.post("/v1/password", right.clone()).await.problem(429, "too_many_attempts");
    world.advance_minutes(1);
    owner.post("/v1/password", right).await.expect(204);
}

#[tokio::test]
async fn a_weak_password_is_refused() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let owner = company.owner().await;
    let long = "б".repeat(257);
    let login_twice = format!("{0}{0}{0}", company.login);
    let weak = [
        ("elevenchars", "password_too_short"),
        (long.as_str(), "password_too_long"),
        ("passwordpassword", "password_too_weak"),
        ("qwertyuiop12", "password_too_weak"),
        ("aaaaaaaaaaaaaaaa", "password_too_weak"),
        (login_twice.as_str(), "password_too_weak"),
    ];
    for (password, code) in weak {
        let change = json!({ "current_password": PASSWORD, "new_password": password });
        owner.post("/v1/password", change).await.field("new_password", code);
    }
    let longest = "бык-и-7-коров-".repeat(19)[..].chars().take(256).collect::<String>();
    let change = json!({ "current_password": PASSWORD, "new_password": longest });
    owner.post("/v1/password", change).await.expect(204);
    world.sign_in(&company.login, &longest).await.expect(200);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (first, second) = (company.owner().await, company.owner().await);
    let list = |caller: Caller| async move { caller.get("/v1/sessions").await.expect(200)["items"].clone() };
    let listed = list(first.clone()).await;
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed.iter().filter(|session| session["current"] == true).count(), 1);
    for name in ["id", "created_at", "last_used_at", "address", "device"] {
        assert!(listed[0][name].is_string(), "{name}");
    }
    let other = listed.iter().find(|session| session["current"] == false).unwrap()["id"].as_str().unwrap();
    // Nobody else's.
    let stranger = world.company().cards(0).without_payment().create().await.owner().await;
    stranger.delete(&format!("/v1/sessions/{other}")).await.problem(404, "not_found");
    second.get("/v1/session").await.expect(200);
    first.delete(&format!("/v1/sessions/{other}")).await.expect(204);
    second.get("/v1/session").await.problem(401, "not_signed_in");
    first.delete(&format!("/v1/sessions/{other}")).await.problem(404, "not_found");
    first.delete("/v1/sessions/nonsense").await.problem(404, "not_found");
    let out = first.ask(Method::DELETE, "/v1/session").send().await;
    assert!(out.header("set-cookie").starts_with("session=; ") && out.header("set-cookie").contains("Max-Age=0"));
    out.expect(204);
    first.get("/v1/session").await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn a_session_ends_idle_after_thirty_minutes_and_in_any_case_after_twelve_hours() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let (used, idle) = (company.owner().await, company.owner().await);
    let began = world.now();
    world.advance_minutes(29);
    let seen = used.get("/v1/session").await.expect(200);
    assert!(instant(&seen["expires_at"]) >= began + TimeDelta::minutes(30));
    world.advance_minutes(2);
    idle.get("/v1/session").await.problem(401, "not_signed_in");
    idle.get("/v1/balance").await.problem(401, "not_signed_in");
    while world.now() < began + TimeDelta::minutes(12 * 60 - 15) {
        let seen = used.get("/v1/session").await.expect(200);
        assert!(instant(&seen["expires_at"]) <= began + TimeDelta::hours(12) + TimeDelta::seconds(5));
        world.advance_minutes(14);
    }
    used.get("/v1/session").await.expect(200);
    world.advance_to(began + TimeDelta::hours(12) + TimeDelta::seconds(6));
    used.get("/v1/session").await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn another_sites_write_is_refused_and_its_own_is_not() {
    let world = World::start().await;
    let company = world.company().cards(1).create().await;
    let path = format!("/v1/cards/{}/block", company.card());
    let own = world.stack().base_url.origin().ascii_serialization();
    let owner = company.owner().await;
    let cookie = format!("session={}", owner.token());
    let evil = [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ];
    for (name, value) in evil {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let ask = world.stranger().ask(method.clone(), &path).header("cookie", &cookie);
            let answer = ask.header(name, value).send().await;
            if method == Method::POST {
                answer.problem(403, "cross_site");
            } else {
                answer.unrouted(403, "cross_site");
            }
        }
        let sign_in = world.stranger().ask(Method::POST, "/v1/session").header(name, value);
        let credentials = json!({ "login": company.login, "password": PASSWORD });
        sign_in.json(&credentials).send().await.problem(403, "cross_site");
        let read = world.stranger().ask(Method::GET, "/v1/balance").header("cookie", &cookie);
        read.header(name, value).send().await.expect(200);
    }
    assert_eq!(company.card_details(company.card()).await["status"], "active");
    let good: [&[(&str, &str)]; 3] =
        [&[("origin", &own), ("sec-fetch-site", "same-origin")], &[("sec-fetch-site", "none")], &[]];
    for headers in good {
        let ask = world.stranger().ask(Method::POST, &path).header("cookie", &cookie);
        headers.iter().fold(ask, |ask, (name, value)| ask.header(name, value)).send().await.expect(200);
    }
    assert_eq!(company.card_details(company.card()).await["status"], "blocked");
}

#[tokio::test]
async fn anybody_reads_the_contacts_and_whoever_is_signed_in_the_forms_lists() {
    let world = World::start().await;
    let stranger = world.stranger();
    assert_eq!(stranger.get("/v1/health").await.expect(200), json!({ "status": "ok" }));
    let contacts = stranger.get("/v1/public/contacts").await.expect(200);
    let telephones = json!({
        "duty_phone": "8-865-228-09-47", "reception": "8-865-228-09-47", "accounting": "8-865-228-09-48",
        "legal": "8-865-229-81-83", "administration_email": null,
    });
    assert_eq!(contacts, telephones);
    let company = world.company().cards(0).without_payment().create().await;
    let viewer = company.user(Role::Viewer).await;
    let products = viewer.get("/v1/products").await.expect(200)["items"].clone();
    let codes: Vec<_> = products.as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["AI92", "AI95", "AI98", "DT", "DTZ", "LPG", "CNG", "WASH", "GOODS"]);
    let unit = |at: usize| products[at]["unit"].as_str().unwrap();
    assert_eq!((unit(0), unit(5), unit(6), unit(7)), ("litre", "litre", "cubic_metre", "piece"));
    assert_eq!(viewer.get("/v1/stations").await.expect(200)["items"][0]["code"], "12");
    stranger.get("/v1/nowhere").await.unrouted(404, "not_found");
    stranger.ask(Method::PUT, "/v1/health").send().await.unrouted(405, "method_not_allowed");
    let private = viewer.get("/v1/balance").await;
    assert_eq!((private.header("cache-control"), private.header("x-content-type-options")), ("no-store", "nosniff"));
}
