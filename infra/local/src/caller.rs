//! Calls the functions as anyone else would, only without a socket: what the stand does for its visitor goes through
//! the same routes, rights and rules as the browser and the terminals.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use serde_json::Value;

use crate::{Failure, server};

/// Answers of the API are bounded by pages; this bounds them once more.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Someone who calls, signed in or not.
#[derive(Clone)]
pub struct Caller {
    api: Router,
    token: Option<String>,
}

/// What was answered.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; `null` if it is not JSON.
    pub body: Value,
}

impl Caller {
    /// A stranger.
    pub fn stranger(api: Router) -> Self {
        Self { api, token: None }
    }

    /// Who has signed in with this login and password.
    pub async fn signed_in(api: &Router, login: &str, password: &str) -> Result<Self, Failure> {
        let answer = Self::stranger(api.clone()).sign_in(login, password).await?;
        let body = answer.expect(&format!("signing in as {login}"))?;
        Ok(Self { api: api.clone(), token: Some(text(&body, "/token")?) })
    }

    /// The terminal with this id and secret (RFC 6749 §4.4).
    pub async fn terminal(api: &Router, id: &str, secret: &str) -> Result<Self, Failure> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)])
            .finish();
        let stranger = Self::stranger(api.clone());
        let ask = stranger.ask(Method::POST, "/v1/pump/token").header(header::CONTENT_TYPE, FORM).body(form.into());
        let body = stranger.answer(ask).await?.expect("a terminal's token")?;
        Ok(Self { api: api.clone(), token: Some(text(&body, "/access_token")?) })
    }

    /// `POST /v1/session`, whatever comes of it.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<Answer, Failure> {
        self.send(Method::POST, "/v1/session", &[], &serde_json::json!({ "login": login, "password": password })).await
    }

    /// A GET that must succeed.
    pub async fn get(&self, path: &str) -> Result<Value, Failure> {
        let ask = self.ask(Method::GET, path).body(Body::empty());
        self.answer(ask).await?.expect(path)
    }

    /// The version of what is at `path`, for a change of it.
    pub async fn etag(&self, path: &str) -> Result<String, Failure> {
        let answer = self.answer(self.ask(Method::GET, path).body(Body::empty())).await?;
        let etag = answer.headers.get(header::ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        answer.expect(path)?;
        etag.ok_or_else(|| Failure::new(path, "it has no version"))
    }

    /// A POST that must succeed.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.send(Method::POST, path, &[], body).await?.expect(path)
    }

    /// Any call with a JSON body, whatever comes of it.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Result<Answer, Failure> {
        let mut ask = self.ask(method, path).header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            ask = ask.header(*name, *value);
        }
        self.answer(ask.body(body.to_string().into())).await
    }

    fn ask(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let here = SocketAddr::from(([127, 0, 0, 1], 0));
        let ask = Request::builder().method(method).uri(path).extension(ConnectInfo(here));
        match &self.token {
            Some(token) => ask.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => ask,
        }
    }

    async fn answer(&self, ask: axum::http::Result<Request>) -> Result<Answer, Failure> {
        let ask = ask.map_err(|cause| Failure::new("a call of the stand", cause))?;
        let answer = server::answer(self.api.clone(), ask).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body(), ANSWER_BYTES_MAX).await;
        let bytes = bytes.map_err(|cause| Failure::new("an answer to the stand", cause))?;
        Ok(Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() })
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

impl Answer {
    /// The body of a success; a failure names `what` and the problem.
    pub fn expect(self, what: &str) -> Result<Value, Failure> {
        if self.status.is_success() {
            return Ok(self.body);
        }
        Err(Failure::new(what, self.problem()))
    }

    /// The problem in words: its code, its detail and its first field.
    pub fn problem(&self) -> String {
        let part = |pointer: &str| self.body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let words =
            [part("/code"), part("/error"), part("/detail"), part("/errors/0/field"), part("/errors/0/message")];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        format!("{} {}", self.status.as_u16(), words.join(": "))
    }
}

/// The text at `pointer`.
pub fn text(body: &Value, pointer: &str) -> Result<String, Failure> {
    let found = body.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| Failure::new("an answer to the stand", format!("no {pointer} in it")))
}
