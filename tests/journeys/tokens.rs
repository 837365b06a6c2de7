//! Tokens that the house did not give, or gave for something else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use oktan_shared::App;
use oktan_shared::auth::Secret;
use oktan_shared::config::JwtKey;
use oktan_tests::{Caller, Value, World, json};
use sha2::Sha512;

/// What a token says, unverified.
fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("a JWT has three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

fn without(mut claims: Value, name: &str) -> Value {
    claims.as_object_mut().unwrap().remove(name);
    claims
}

struct Forge {
    kid: String,
    secret: Secret,
}

impl Forge {
    fn of(world: &World) -> Self {
        let key = world.app().config.jwt_keys[0].clone();
        Self { kid: key.kid, secret: key.secret }
    }

    fn sign(&self, header: Header, claims: &Value) -> String {
        let key = EncodingKey::from_secret(self.secret.reveal().as_bytes());
        jsonwebtoken::encode(&header, claims, &key).expect("a token")
    }

    /// A sound token of an algorithm that the house does not know.
    fn sign_hs512(&self, header: &Header, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&json!(header)), part(claims));
        let key = Hmac::<Sha512>::new_from_slice(self.secret.reveal().as_bytes()).expect("a key");
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(key.chain_update(&message).finalize().into_bytes()))
    }

    /// A token of any header and any claims, in whatever form, under the right MAC.
    fn seal(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let key = EncodingKey::from_secret(self.secret.reveal().as_bytes());
        let mac = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).expect("a MAC");
        format!("{message}.{mac}")
    }

    fn header(&self, typ: &str) -> Header {
        Header { typ: Some(typ.to_owned()), kid: Some(self.kid.clone()), ..Header::new(Algorithm::HS256) }
    }
}

/// What a token says, signed by somebody else.
pub fn forged(world: &World, token: &str) -> String {
    let forge = Forge { secret: Secret::new("another key of thirty-two bytes!"), ..Forge::of(world) };
    forge.sign(forge.header("session+jwt"), &claims(token))
}

#[tokio::test]
async fn a_token_of_another_make_opens_nothing() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let forge = Forge::of(&world);
    let real = claims(owner.token());
    let typ = "session+jwt";
    // The forge is good enough: what it makes of the same claims is taken.
    let twin = forge.sign(forge.header(typ), &real);
    owner.with_token(Some(&twin)).get("/v1/balance").await.expect(200);

    let now = world.now().timestamp();
    let other_key = Forge { kid: forge.kid.clone(), secret: Secret::new("another key of thirty-two bytes!") };
    let unsigned = |header: &Value, claims: &Value| {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(header), part(claims))
    };
    let none = |alg: &str| unsigned(&json!({ "alg": alg, "typ": typ, "kid": forge.kid }), &real);
    let (body, signature) = owner.token().rsplit_once('.').unwrap();
    let (head, _) = body.split_once('.').unwrap();
    let patched = URL_SAFE_NO_PAD.encode(with(real.clone(), "sub", json!(uuid::Uuid::new_v4())).to_string());
    let hs512 = Header { alg: Algorithm::HS512, ..forge.header(typ) };
    let forged = [
        ("alg none", none("none")),
        ("alg None", none("None")),
        ("no signature", format!("{body}.")),
        ("another payload", format!("{head}.{patched}.{signature}")),
        ("another key", other_key.sign(forge.header(typ), &real)),
        ("another algorithm", forge.sign_hs512(&hs512, &real)),
        ("no kid", forge.sign(Header { kid: None, ..forge.header(typ) }, &real)),
        ("unknown kid", forge.sign(Header { kid: Some("k".to_owned()), ..forge.header(typ) }, &real)),
        ("typ JWT", forge.sign(forge.header("JWT"), &real)),
        ("no typ", forge.sign(Header { typ: None, ..forge.header(typ) }, &real)),
        ("a terminal's typ", forge.sign(forge.header("terminal+jwt"), &real)),
        ("another audience", forge.sign(forge.header(typ), &with(real.clone(), "aud", json!("pump")))),
        ("another issuer", forge.sign(forge.header(typ), &with(real.clone(), "iss", json!("https://evil.example")))),
        ("expired", forge.sign(forge.header(typ), &with(real.clone(), "exp", json!(now - 6)))),
        ("not yet", forge.sign(forge.header(typ), &with(real.clone(), "nbf", json!(now + 60)))),
        ("no aud", forge.sign(forge.header(typ), &without(real.clone(), "aud"))),
        ("no iss", forge.sign(forge.header(typ), &without(real.clone(), "iss"))),
        ("no exp", forge.sign(forge.header(typ), &without(real.clone(), "exp"))),
        ("no nbf", forge.sign(forge.header(typ), &without(real.clone(), "nbf"))),
        ("no session", forge.sign(forge.header(typ), &with(real.clone(), "sid", json!(uuid::Uuid::new_v4())))),
        ("another person", forge.sign(forge.header(typ), &with(real.clone(), "sub", json!(uuid::Uuid::new_v4())))),
        ("a terminal's token", company.pump.caller().await.token().to_owned()),
        ("empty", String::new()),
        ("dots", "..".to_owned()),
        ("long", "a.".repeat(2_000)),
        ("another's key, which the header says where to find", {
            let jku = Some("https://evil.example/keys.json".to_owned());
            other_key.sign(Header { jku, ..forge.header(typ) }, &real)
        }),
    ];
    for (what, token) in forged {
        let answer = owner.with_token(Some(&token)).get("/v1/balance").await;
        assert_eq!((answer.status, answer.code()), (401, "not_signed_in"), "{what}: {answer}");
    }
    owner.get("/v1/balance").await.expect(200);
}

#[tokio::test]
async fn a_token_under_the_right_key_opens_nothing_unless_it_is_just_as_the_house_makes_it() {
    let world = World::start().await;
    let owner = world.company().create().await.owner().await;
    let forge = Forge::of(&world);
    let real = claims(owner.token());
    let own = json!({ "alg": "HS256", "typ": "session+jwt", "kid": forge.kid });
    let raw = |header: &str, claims: &str| forge.seal(header, claims);
    let twin = raw(&own.to_string(), &real.to_string());
    owner.with_token(Some(&twin)).get("/v1/balance").await.expect(200);
    let header = |name: &str, value: Value| raw(&with(own.clone(), name, value).to_string(), &real.to_string());
    let claim = |name: &str, value: Value| raw(&own.to_string(), &with(real.clone(), name, value).to_string());
    let now = world.now().timestamp();
    let twice = |json: &Value, name: &str, first: &str| format!("{{\"{name}\":{first},{}", &json.to_string()[1..]);
    let jwk = json!({ "kty": "oct", "k": URL_SAFE_NO_PAD.encode("another key of thirty-two bytes!") });
    let (whole, signature) = twin.rsplit_once('.').unwrap();
    let forged = [
        ("alg RS256", header("alg", json!("RS256"))),
        ("alg PS256", header("alg", json!("PS256"))),
        ("alg ES256", header("alg", json!("ES256"))),
        ("alg HS384", header("alg", json!("HS384"))),
        ("alg HS512", header("alg", json!("HS512"))),
        ("alg none", header("alg", json!("none"))),
        ("alg nOnE", header("alg", json!("nOnE"))),
        ("alg hs256", header("alg", json!("hs256"))),
        ("alg of two", header("alg", json!(["HS256", "none"]))),
        ("no alg", raw(&without(own.clone(), "alg").to_string(), &real.to_string())),
        ("alg twice", raw(&twice(&own, "alg", "\"none\""), &real.to_string())),
        ("kid twice", raw(&twice(&own, "kid", "\"k\""), &real.to_string())),
        ("kid a path", header("kid", json!("../../dev/null"))),
        ("kid empty", header("kid", json!(""))),
        ("kid null", header("kid", Value::Null)),
        ("kid a number", header("kid", json!(1))),
        ("typ in capitals", header("typ", json!("SESSION+JWT"))),
        ("jku", header("jku", json!("https://evil.example/keys.json"))),
        ("jwk", header("jwk", jwk)),
        ("x5u", header("x5u", json!("https://evil.example/cert.pem"))),
        ("x5c", header("x5c", json!(["MIIB"]))),
        ("crit", header("crit", json!(["exp"]))),
        ("cty", header("cty", json!("JWT"))),
        ("sub twice", raw(&own.to_string(), &twice(&real, "sub", &json!(uuid::Uuid::new_v4()).to_string()))),
        ("exp twice", raw(&own.to_string(), &twice(&real, "exp", "1"))),
        ("exp a text", claim("exp", json!((now + 600).to_string()))),
        ("exp a fraction", claim("exp", json!(0.5))),
        ("exp past all", claim("exp", json!(1e300))),
        ("exp below all", claim("exp", json!(i64::MIN))),
        ("exp null", claim("exp", Value::Null)),
        ("nbf past all", claim("nbf", json!(i64::MAX))),
        ("nbf in twelve seconds", claim("nbf", json!(now + 12))),
        ("aud of another", claim("aud", json!(["pump"]))),
        ("aud none", claim("aud", json!([]))),
        ("aud in capitals", claim("aud", json!("CABINET"))),
        ("iss a prefix", claim("iss", json!(format!("{}.evil.example", real["iss"].as_str().unwrap())))),
        ("iss none", claim("iss", json!([]))),
        ("sub nobody", claim("sub", json!(uuid::Uuid::nil()))),
        ("sub a text", claim("sub", json!("owner1"))),
        ("no sub", raw(&own.to_string(), &without(real.clone(), "sub").to_string())),
        ("no sid", raw(&own.to_string(), &without(real.clone(), "sid").to_string())),
        ("claims null", raw(&own.to_string(), "null")),
        ("claims a list", raw(&own.to_string(), &json!([real]).to_string())),
        ("a fourth part", format!("{twin}.{signature}")),
        ("padding", format!("{twin}=")),
        ("standard base64", format!("{whole}.{}", signature.replace('-', "+").replace('_', "/") + "+")),
        ("half a signature", format!("{whole}.{}", &signature[..signature.len() / 2])),
        ("an empty header", format!(".{}", twin.split_once('.').unwrap().1)),
        ("huge", format!("{twin}{}", "A".repeat(30_000))),
    ];
    for (what, token) in forged {
        let answer = owner.with_token(Some(&token)).get("/v1/balance").await;
        assert_eq!((answer.status, answer.code()), (401, "not_signed_in"), "{what}: {answer}");
    }
    // A time that no clock reaches is no error of ours.
    owner.with_token(Some(&claim("exp", json!(i64::MAX)))).get("/v1/balance").await.expect(200);
    // Clocks may differ by five seconds.
    owner.with_token(Some(&claim("nbf", json!(now + 3)))).get("/v1/balance").await.expect(200);
    owner.with_token(Some(&claim("exp", json!(now - 2)))).get("/v1/balance").await.expect(200);
}

#[tokio::test]
async fn two_keys_overlap_while_one_takes_over_from_the_other() {
    let world = World::start().await;
    let owner = world.company().create().await.owner().await;
    let old = world.app().config.jwt_keys[0].clone();
    let new = JwtKey { kid: "new".to_owned(), secret: Secret::random() };
    let instance = async |keys: &[&JwtKey]| {
        let mut config = (*world.app().config).clone();
        config.jwt_keys = keys.iter().map(|key| (*key).clone()).collect();
        let app = App::new(config, world.app().clock.clone());
        let router = oktan_shared::http::finish(oktan_login::routes(), app);
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        world.stranger().at(&format!("http://{address}"))
    };
    let sign_in = async |at: &Caller| {
        let ask = json!({ "login": oktan_tests::ADMIN_LOGIN, "password": oktan_tests::PASSWORD });
        at.post("/v1/session", ask).await.expect(200)["token"].as_str().expect("a token").to_owned()
    };
    let kid = |token: &str| jsonwebtoken::decode_header(token).expect("a header").kid;
    let (before, next, both, after) = (
        instance(&[&old]).await,
        // First every function learns to verify with the new key, then it signs.
        instance(&[&old, &new]).await,
        instance(&[&new, &old]).await,
        instance(&[&new]).await,
    );
    let (of_old, of_next, of_both) = (owner.token().to_owned(), sign_in(&next).await, sign_in(&both).await);
    assert_eq!((kid(&of_next), kid(&of_both)), (Some(old.kid.clone()), Some(new.kid.clone())));
    let ask = async |at: &Caller, token: &str| at.with_token(Some(token)).get("/v1/session").await.status;
    for token in [&of_old, &of_next] {
        let statuses = [ask(&before, token).await, ask(&next, token).await, ask(&both, token).await];
        assert_eq!(statuses, [200, 200, 200]);
        assert_eq!(ask(&after, token).await, 401, "the old key is gone");
    }
    let statuses = [ask(&next, &of_both).await, ask(&both, &of_both).await, ask(&after, &of_both).await];
    assert_eq!(statuses, [200, 200, 200]);
    assert_eq!(ask(&before, &of_both).await, 401, "the new key is not there yet");
    // The name of one key with the signature of the other.
    let crossed = Forge { kid: old.kid.clone(), secret: new.secret.clone() };
    let crossed = crossed.sign(crossed.header("session+jwt"), &claims(&of_both));
    assert_eq!(ask(&both, &crossed).await, 401);
}

#[tokio::test]
async fn a_terminals_token_is_bound_to_its_station_and_its_quarter_of_an_hour() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (pump, forge) = (company.pump.clone(), Forge::of(&world));
    let answer = pump.exchange(&pump.id, &pump.secret).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let token = answer.expect(200);
    assert_eq!((&token["token_type"], &token["expires_in"]), (&json!("Bearer"), &json!(900)));
    let terminal = world.stranger().with_token(token["access_token"].as_str());
    let real = claims(terminal.token());
    let ask = pump.fill(company.card(), "1");
    let call = |token: String| {
        let caller = world.stranger().with_token(Some(&token));
        let ask = ask.clone();
        async move { caller.post("/v1/pump/authorizations", ask).await }
    };
    let session = company.owner().await.token().to_owned();
    let of_session = forge.sign(forge.header("terminal+jwt"), &claims(&session));
    let as_session = forge.sign(forge.header("session+jwt"), &real);
    let nobody = with(real.clone(), "sub", json!("t000000000000"));
    let unknown = forge.sign(forge.header("terminal+jwt"), &nobody);
    let wrong = [session, of_session, as_session, unknown, "garbage".to_owned()];
    for token in wrong {
        call(token).await.problem(401, "not_signed_in");
    }
    assert_eq!(company.balance().await["held"], "0.00");
    world.advance_minutes(14);
    assert_eq!(call(terminal.token().to_owned()).await.expect(200)["decision"], "approved");
    world.advance_minutes(2);
    call(terminal.token().to_owned()).await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn a_terminal_asks_for_its_token_by_form_or_by_basic_header() {
    let world = World::start().await;
    let pump = world.pump().await;
    let path = "/v1/pump/token";
    let basic = |id: &str, secret: &str| {
        let credentials = base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}"));
        let ask = world.stranger().ask(reqwest::Method::POST, path).form(&[("grant_type", "client_credentials")]);
        ask.header("authorization", &format!("Basic {credentials}"))
    };
    let token = basic(&pump.id, &pump.secret).send().await.expect(200);
    assert_eq!(token["expires_in"], 900);
    for (id, secret) in [(pump.id.as_str(), "wrong"), ("t000000000000", &pump.secret), ("nonsense", "x"), ("", "")] {
        for answer in [basic(id, secret).send().await, pump.exchange(id, secret).await] {
            assert!(answer.header("www-authenticate").starts_with("Basic"), "{answer}");
            assert_eq!(answer.expect(401), json!({ "error": "invalid_client" }));
        }
    }
    let post = |form: &'static [(&'static str, &'static str)]| {
        let ask = world.stranger().ask(reqwest::Method::POST, path).form(form);
        async move { ask.send().await }
    };
    assert_eq!(post(&[]).await.expect(400), json!({ "error": "invalid_request" }));
    let password = post(&[("grant_type", "password")]).await.expect(400);
    assert_eq!(password, json!({ "error": "unsupported_grant_type" }));
    assert_eq!(post(&[("grant_type", "client_credentials")]).await.expect(401), json!({ "error": "invalid_client" }));
}
