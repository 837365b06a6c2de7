//! Who calls, how, and what they are told.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

/// Someone who speaks HTTP: a stranger, a person's session, a terminal.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    base: String,
    gateway: bool,
    token: Option<String>,
}

/// A call that is being put together.
pub struct Ask {
    request: RequestBuilder,
    what: String,
    gateway: bool,
    problem_on_failure: bool,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The body as JSON; `null` if it is none.
    pub json: Value,
    gateway: bool,
    what: String,
}

impl Caller {
    /// Nobody yet; `gateway` if a gateway with routes of its own stands before the functions.
    pub(crate) fn new(http: reqwest::Client, base: &str, gateway: bool) -> Self {
        Self { http, base: base.trim_end_matches('/').to_owned(), gateway, token: None }
    }

    /// The same client, which does not go where an answer sends it.
    pub fn staying(&self) -> Self {
        let http = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { http, ..self.clone() }
    }

    /// The same client with another token, or none.
    pub fn with_token(&self, token: Option<&str>) -> Self {
        Self { token: token.map(str::to_owned), ..self.clone() }
    }

    /// The same caller at another address: another instance of a function.
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), gateway: false, ..self.clone() }
    }

    /// The bearer token, of who has one.
    pub fn token(&self) -> &str {
        self.token.as_deref().expect("a stranger has no token")
    }

    /// Any call; `path` begins with `/v1`, or is a page's.
    pub fn ask(&self, method: Method, path: &str) -> Ask {
        let request = self.http.request(method.clone(), format!("{}{path}", self.base));
        let request = match &self.token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        // OAuth has errors of its own, and the public site says in HTML what went wrong.
        let problem_on_failure = path.starts_with("/v1/") && path != "/v1/pump/token";
        let what = format!("{method} {path}");
        Ask { request, what, gateway: self.gateway, problem_on_failure }
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).send().await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: impl Into<Value>) -> Answer {
        self.ask(Method::POST, path).json(&body.into()).send().await
    }

    /// `POST` without a body.
    pub async fn post_nothing(&self, path: &str) -> Answer {
        self.ask(Method::POST, path).send().await
    }

    /// `PUT` of a JSON body, based on the version that `GET` of the same path gives.
    pub async fn put(&self, path: &str, body: impl Into<Value>) -> Answer {
        let etag = self.get(path).await.etag();
        self.ask(Method::PUT, path).header("if-match", &etag).json(&body.into()).send().await
    }

    /// `PATCH` of a JSON body, based on the version that `GET` of the same path gives.
    pub async fn patch(&self, path: &str, body: impl Into<Value>) -> Answer {
        let etag = self.get(path).await.etag();
        self.ask(Method::PATCH, path).header("if-match", &etag).json(&body.into()).send().await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path).send().await
    }

    /// Every item of a list, page by page of `limit`; `path` may carry filters.
    pub async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let glue = if path.contains('?') { '&' } else { '?' };
        let (mut items, mut cursor) = (Vec::new(), String::new());
        for _ in 0..10_000 {
            let page = self.get(&format!("{path}{glue}limit={limit}{cursor}")).await.expect(200);
            let rows = page["items"].as_array().expect("a list has items");
            assert!(rows.len() <= limit, "{path}: a page of {} where {limit} were asked for", rows.len());
            items.extend(rows.iter().cloned());
            match &page["next_cursor"] {
                Value::Null => return items,
                Value::String(next) => cursor = format!("&cursor={next}"),
                other => panic!("{path}: next_cursor is {other}"),
            }
        }
        panic!("{path} never ends");
    }
}

impl Ask {
    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.body(body.to_string(), "application/json")
    }

    /// With any body.
    #[must_use]
    pub fn body(mut self, body: impl Into<reqwest::Body>, content_type: &str) -> Self {
        self.request = self.request.header(CONTENT_TYPE, content_type).body(body);
        self
    }

    /// With a body whose type is one of the headers, or nothing.
    #[must_use]
    pub fn bytes(mut self, body: Vec<u8>) -> Self {
        if !body.is_empty() {
            self.request = self.request.body(body);
        }
        self
    }

    /// With a form.
    #[must_use]
    pub fn form(mut self, fields: &[(&str, &str)]) -> Self {
        self.request = self.request.form(fields);
        self
    }

    /// Sends it. Whatever is asked, the answer is never a 500, and every refusal is a problem (RFC 9457).
    pub async fn send(self) -> Answer {
        let Self { request, what, gateway, problem_on_failure } = self;
        let again = request.try_clone();
        let mut answer = answered(request, gateway, &what).await;
        if let Some(again) = again.filter(|_| answer.is_lost() && what.starts_with("GET ")) {
            answer = answered(again, gateway, &what).await;
        }
        assert!(answer.status != 500, "{answer}");
        if answer.status >= 400 && problem_on_failure && !answer.is_unrouted() {
            answer.check_problem();
        }
        answer
    }
}

async fn answered(request: RequestBuilder, gateway: bool, what: &str) -> Answer {
    let response = request.send().await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap_or_else(|error| panic!("{what}: {error:?}")).to_vec();
    let json = serde_json::from_slice(&bytes).unwrap_or_default();
    Answer { status, headers, bytes, json, gateway, what: what.to_owned() }
}

impl Answer {
    /// The body, if the status is this.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self}");
        self.json
    }

    /// The problem's body, if the status and the code are these.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.code()), (status, code), "{self}");
        self.json
    }

    /// The same for what no route of the contract serves: a gateway, where there is one, says 404 in its own words.
    #[track_caller]
    pub fn unrouted(self, status: u16, code: &str) {
        if self.gateway {
            assert!(self.is_unrouted(), "{self}");
        } else {
            self.problem(status, code);
        }
    }

    fn is_unrouted(&self) -> bool {
        let said = self.json["title"] == "Default function disabled" || self.what.starts_with("HEAD ");
        self.gateway && self.status == 404 && said
    }

    /// Whether the gateway lost what the function answered (docs/parity.md): it says so in words of its own, which no function
    /// has.
    fn is_lost(&self) -> bool {
        self.gateway && self.status == 500 && self.json["type"] == "https://httpstatuses.com/500"
    }

    /// The problem's body, if it is a 422 that names exactly this field with this code.
    #[track_caller]
    pub fn field(self, field: &str, code: &str) -> Value {
        assert_eq!(self.status, 422, "{self}");
        let named = self.json["errors"].as_array().expect("errors").iter();
        let named: Vec<_> = named.map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        assert_eq!(named, [(field, code)], "{self}");
        self.json
    }

    /// The problem's code, or nothing.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The version of what was read.
    #[track_caller]
    pub fn etag(&self) -> String {
        let etag = self.header("etag");
        assert!(etag.len() > 2 && etag.starts_with('"') && etag.ends_with('"'), "no ETag: {self}");
        etag.to_owned()
    }

    #[track_caller]
    fn check_problem(&self) {
        let text = |name: &str| self.json[name].as_str().unwrap_or_default();
        assert_eq!(self.header("content-type"), "application/problem+json", "{self}");
        for name in ["type", "title", "detail", "code"] {
            assert!(!text(name).is_empty(), "a problem has a {name}: {self}");
        }
        assert_eq!(self.json["status"], self.status, "{self}");
        assert!(text("code").bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{self}");
        let errors = self.json["errors"].as_array().unwrap_or_else(|| panic!("a problem has errors: {self}"));
        assert!(self.status != 422 || !errors.is_empty(), "a 422 names what is wrong: {self}");
        for error in errors {
            for name in ["field", "code", "message"] {
                assert!(error[name].is_string(), "an error has a {name}: {self}");
            }
        }
        let waits = matches!(self.status, 429 | 503);
        assert!(!waits || self.header("retry-after").parse::<u64>().is_ok_and(|s| s >= 1), "{self}");
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} -> {} {}", self.what, self.status, String::from_utf8_lossy(&self.bytes))
    }
}
