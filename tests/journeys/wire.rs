//! What stands at the edges of a call, and is the same on both stacks: `make test` sends it to the local server, `make parity`
//! to `cargo lambda watch` and as hand-made events of the gateway. docs/parity.md tells what cannot be the same.

use axum::Router;
use axum::http::header;
use axum::routing::get;
use oktan_tests::{ADMIN_LOGIN, Caller, PASSWORD, Wire, World, json};
use reqwest::Method;

/// A company's owner and the staff's admin, by their tokens.
struct Scene {
    world: World,
    card: String,
    company: String,
    owner: String,
    admin: String,
}

impl Scene {
    async fn set() -> Self {
        let world = World::start().await;
        let company = world.company().create().await;
        let owner = company.owner().await.token().to_owned();
        let admin = world.admin().await.token().to_owned();
        Self { card: company.card().to_owned(), company: company.id.clone(), owner, admin, world }
    }

    fn owner(&self, function: &'static str, method: &str, address: &str) -> Wire {
        Wire::new(function, method, address).header("authorization", &format!("Bearer {}", self.owner))
    }

    /// The same for a header that comes twice, of which `cargo lambda watch` passes on one only.
    async fn twice(&self, what: &str, call: Wire, status: u16, code: &str) {
        self.all(what, &Wire { watchable: false, ..call }, status, code).await;
    }

    /// Every form of the call has this outcome.
    async fn all(&self, what: &str, call: &Wire, status: u16, code: &str) {
        let outcomes = call.outcomes(&self.world).await;
        assert!(!outcomes.is_empty(), "{what} was not sent");
        for (form, got, said) in outcomes {
            assert_eq!((got, said.as_str()), (status, code), "{what}, {form}: {} {}", call.method, call.address);
        }
    }
}

#[tokio::test]
async fn a_header_that_comes_twice_is_refused_and_never_half_read() {
    let scene = Scene::set().await;
    let bearer = format!("Bearer {}", scene.owner);
    let balance = scene.owner("balance", "GET", "/v1/balance");
    scene.all("one Authorization", &balance, 200, "").await;
    scene.twice("two Authorizations", balance.clone().header("authorization", &bearer), 401, "not_signed_in").await;
    let stale = balance.clone().header("authorization", "Bearer x");
    scene.twice("a good and a bad Authorization", stale, 401, "not_signed_in").await;
    let forwarded = balance.clone().header("x-forwarded-for", "203.0.113.7").header("x-forwarded-for", "198.51.100.1");
    scene.all("two X-Forwarded-For", &forwarded, 200, "").await;

    let card = format!("/v1/cards/{}", scene.card);
    let edit = |kind: &str| scene.owner("cards", "PATCH", &card).body(kind, r#"{"label":"А"}"#);
    let once = edit("application/json").header("if-match", "*");
    scene.twice("two If-Match", once.clone().header("if-match", "\"0\""), 400, "header_repeated").await;
    scene.twice("two Content-Types", once.clone().header("content-type", "text/plain"), 400, "header_repeated").await;
    for origin in ["http://evil.example", "null"] {
        let own = scene.world.stack().base_url.origin().ascii_serialization();
        let two = once.clone().header("origin", &own).header("origin", origin);
        scene.twice("two Origins", two, 403, "cross_site").await;
    }
    scene.all("one of each", &once, 200, "").await;

    let payment = json!({ "amount": "1", "date": "2026-01-15", "document_number": "7" }).to_string();
    let pay = Wire::new("admin", "POST", &format!("/v1/staff/companies/{}/payments", scene.company))
        .header("authorization", &format!("Bearer {}", scene.admin))
        .body("application/json", payment)
        .header("idempotency-key", "k-1");
    scene.twice("two Idempotency-Keys", pay.clone().header("idempotency-key", "k-1"), 400, "header_repeated").await;
}

#[tokio::test]
async fn a_session_is_found_among_other_cookies() {
    let scene = Scene::set().await;
    let ask = |cookies: &[&str]| {
        cookies.iter().fold(Wire::new("balance", "GET", "/v1/balance"), |ask, cookie| ask.header("cookie", cookie))
    };
    let session = format!("session={}", scene.owner);
    let among = format!("a=1; {session}; b=\"2\"; c");
    scene.all("among others", &ask(&[&among]), 200, "").await;
    scene.all("the first of two headers", &ask(&[&session, "a=1"]), 200, "").await;
    // `cargo lambda watch` reads the first Cookie header only; a gateway reads all.
    let second = Wire { watchable: false, ..ask(&["a=1", &session]) };
    scene.all("the second of two headers", &second, 200, "").await;
    scene.all("another name", &ask(&[&format!("xsession={}", scene.owner)]), 401, "not_signed_in").await;
    scene.all("two sessions", &ask(&["session=x", &session]), 401, "not_signed_in").await;
}

#[tokio::test]
async fn the_cookie_is_set_and_taken_away_with_its_attributes() {
    let world = World::start().await;
    let signed_in = world.sign_in(ADMIN_LOGIN, PASSWORD).await;
    let cookies = |answer: &oktan_tests::Answer| {
        answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let set = cookies(&signed_in);
    let token = signed_in.json["token"].as_str().unwrap().to_owned();
    assert_eq!(set.len(), 1, "{set:?}");
    assert!(set[0].starts_with(&format!("session={token};")), "{set:?}");
    for attribute in ["HttpOnly", "SameSite=", "Path=/"] {
        assert!(set[0].contains(attribute), "{set:?}");
    }
    let out = world.stranger().with_token(Some(&token)).delete("/v1/session").await;
    let taken = cookies(&out);
    assert!(taken.len() == 1 && taken[0].starts_with("session=;") && taken[0].contains("Max-Age=0"), "{taken:?}");
}

#[tokio::test]
async fn a_body_is_the_same_in_every_wrapping() {
    let scene = Scene::set().await;
    let check = |kind: &str, body: Vec<u8>| {
        scene.owner("limits", "POST", &format!("/v1/cards/{}/check", scene.card)).body(kind, body)
    };
    let good = json!({ "product": "DT", "quantity": "1" }).to_string();
    let json = "application/json";
    scene.all("a good one", &check(json, good.clone().into_bytes()), 200, "").await;
    scene.all("with a charset", &check("application/json; charset=utf-8", good.clone().into_bytes()), 200, "").await;
    scene.all("as bytes", &check("application/octet-stream", good.clone().into_bytes()), 415, "not_json").await;
    let exact = format!("{good}{}", " ".repeat(64 * 1024 - good.len()));
    scene.all("64 KiB", &check(json, exact.clone().into_bytes()), 200, "").await;
    scene.all("64 KiB and a byte", &check(json, format!("{exact} ").into_bytes()), 413, "body_too_large").await;
    scene.all("5 MB", &check(json, vec![b' '; 5_000_000]), 413, "body_too_large").await;
    let gzip =
        [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 0x05, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0].to_vec();
    // `cargo lambda watch` takes JSON for text and fails on bytes that are none.
    let gzipped = Wire { watchable: false, ..check(json, gzip).header("content-encoding", "gzip") };
    scene.all("gzip", &gzipped, 400, "json_malformed").await;
    let torn = Wire { watchable: false, ..check(json, b"\xff\xfe{}".to_vec()) };
    scene.all("no UTF-8", &torn, 400, "json_malformed").await;
}

#[tokio::test]
async fn a_raw_body_is_read_to_the_byte_and_no_further() {
    let scene = Scene::set().await;
    let token = |kind: &str, body: &[u8]| Wire::new("pump", "POST", "/v1/pump/token").body(kind, body.to_vec());
    let form = "application/x-www-form-urlencoded";
    scene.all("bytes", &token("application/octet-stream", &[0, 0xff, 0x80, b'&']), 400, "invalid_request").await;
    scene.all("a stranger", &token(form, b"grant_type=client_credentials"), 401, "invalid_client").await;
    scene.all("plus and %20", &token(form, b"grant_type=client+cred%20"), 400, "unsupported_grant_type").await;
    let upload = vec![0x89; 4 * 1024 * 1024 + 1];
    scene.all("4 MiB and a byte", &token("application/octet-stream", &upload), 413, "body_too_large").await;
}

#[tokio::test]
async fn an_address_is_read_as_it_was_sent() {
    let scene = Scene::set().await;
    let cards = |query: &str| scene.owner("cards", "GET", &format!("/v1/cards{query}"));
    for (query, status, code) in [
        ("?", 200, ""),
        ("?q=&group=", 200, ""),
        ("?q=a+b%2B%20%D0%90", 200, ""),
        ("?limit=%35", 200, ""),
        ("?limit=", 422, "limit_out_of_range"),
        ("?limit=5+", 422, "limit_out_of_range"),
        ("?limit=5&limit=6", 422, "invalid"),
        ("?li+mit=5", 422, "unknown_field"),
        ("?a", 422, "unknown_field"),
        ("?q=%", 200, ""),
    ] {
        scene.all("a query", &cards(query), status, code).await;
    }
    for (card, status, code) in [
        ("%D0%90", 422, "card_number_malformed"),
        ("a%20b", 422, "card_number_malformed"),
        ("100%25", 422, "card_number_malformed"),
        ("a%3Fb%23c", 422, "card_number_malformed"),
        ("%0A", 422, "card_number_malformed"),
        ("7826482103770000018", 422, "card_number_check_digit"),
        (&scene.card, 200, ""),
    ] {
        scene.all("a card", &scene.owner("cards", "GET", &format!("/v1/cards/{card}")), status, code).await;
    }
}

#[tokio::test]
async fn what_no_route_serves_is_refused() {
    let scene = Scene::set().await;
    let caller: Caller = scene.world.stranger().with_token(Some(&scene.owner));
    for path in ["/v1", "/v1/", "/v1/nowhere", "/v1/cards/", "/v1//cards", "/v1/balance/x"] {
        caller.get(path).await.unrouted(404, "not_found");
    }
    for method in [Method::OPTIONS, Method::PUT, Method::TRACE, Method::from_bytes(b"BREW").unwrap()] {
        caller.ask(method, "/v1/balance").send().await.unrouted(405, "method_not_allowed");
    }
    let head = caller.ask(Method::HEAD, "/v1/balance").send().await;
    assert_eq!(head.status, if scene.world.is_parity() { 404 } else { 200 });
    assert!(head.bytes.is_empty());
}

#[tokio::test]
async fn an_answer_that_lambda_does_not_carry_is_told_by_every_function() {
    let world = World::start().await;
    let big = || async { ([(header::CONTENT_TYPE, "application/json")], vec![b'7'; 6 * 1024 * 1024]) };
    let router = oktan_shared::http::edges(Router::new().route("/v1/big", get(big)), world.app());
    let request = axum::http::Request::get("/v1/big").body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
    assert_eq!(answer.status(), 500);
    let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
    let problem: oktan_tests::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem["code"], "answer_too_large");
}
