//! One call in every form in which it reaches a function: over HTTP, and as events of an HTTP API.

use crate::world::World;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Map, Value, json};

/// A call to the last byte.
#[derive(Clone)]
pub struct Wire {
    /// Which function serves it.
    pub function: &'static str,
    /// The method.
    pub method: Method,
    /// The address, percent-encoded, with its query.
    pub address: String,
    /// The headers, in order; a name may come twice.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether `cargo lambda watch` can make an event of it; a gateway always can.
    pub watchable: bool,
}

/// What came of it: how it was sent, the status, and the problem's code or the refusal of RFC 6749.
pub type Outcome = (&'static str, u16, String);

impl Wire {
    /// A call without a body.
    pub fn new(function: &'static str, method: &str, address: &str) -> Self {
        let method = method.parse().expect("a method");
        Self { function, method, address: address.to_owned(), headers: Vec::new(), body: Vec::new(), watchable: true }
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// With a body.
    #[must_use]
    pub fn body(self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }.header("content-type", kind)
    }

    /// Sent in every form that there is on this stack.
    pub async fn outcomes(&self, world: &World) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        if self.watchable || !world.is_parity() {
            let mut ask = world.stranger().ask(self.method.clone(), &self.address);
            for (name, value) in &self.headers {
                ask = ask.header(name, value);
            }
            let answer = ask.bytes(self.body.clone()).send().await;
            outcomes.push(("HTTP", answer.status, code(&answer.json)));
        }
        let forms =
            [("an event", None), ("an event with base64", Some(true)), ("an event without base64", Some(false))];
        for (name, base64) in forms {
            if base64 == Some(false) && std::str::from_utf8(&self.body).is_err() {
                continue;
            }
            if let Some(answer) = world.invoke(self.function, &self.event(base64)).await {
                let answer = answer.unwrap_or_else(|cause| panic!("{name} of {}: {cause}", self.address));
                let body = serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
                let status = answer["statusCode"].as_u64().and_then(|status| u16::try_from(status).ok());
                outcomes.push((name, status.expect("a status"), code(&body)));
            }
        }
        outcomes
    }

    /// The event that an HTTP API makes of it (payload format 2.0): the path is decoded, headers of one name are joined, cookies
    /// stand apart, and a body that is no text is base64.
    pub fn event(&self, base64: Option<bool>) -> Value {
        let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
        let path = decoded(path);
        let (mut headers, mut cookies) = (Map::new(), Vec::new());
        headers.insert("host".to_owned(), json!("abcdefghij.execute-api.eu-central-1.amazonaws.com"));
        headers.insert("x-forwarded-proto".to_owned(), json!("https"));
        for (name, value) in &self.headers {
            if *name == "cookie" {
                cookies.extend(value.split("; ").map(str::to_owned));
                continue;
            }
            let joined = match headers.get(*name).and_then(Value::as_str) {
                Some(before) => format!("{before},{value}"),
                None => value.clone(),
            };
            headers.insert((*name).to_owned(), json!(joined));
        }
        let text = std::str::from_utf8(&self.body).ok();
        let base64 = base64.unwrap_or_else(|| text.is_none());
        let body = if base64 { STANDARD.encode(&self.body) } else { text.expect("a text").to_owned() };
        let mut event = json!({
            "version": "2.0", "routeKey": format!("{} {path}", self.method), "rawPath": path, "rawQueryString": query,
            "headers": headers, "isBase64Encoded": base64,
            "requestContext": {
                "accountId": "123456789012", "apiId": "abcdefghij", "stage": "$default",
                "domainName": "abcdefghij.execute-api.eu-central-1.amazonaws.com", "domainPrefix": "abcdefghij",
                "requestId": "JKJaXmPLvHcESHA=", "time": "10/Mar/2026:05:16:23 +0000", "timeEpoch": 1_773_119_783_000_u64,
                "http": {
                    "method": self.method.as_str(), "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1",
                    "userAgent": "tests",
                },
            },
        });
        if !cookies.is_empty() {
            event["cookies"] = json!(cookies);
        }
        if !self.body.is_empty() {
            event["body"] = json!(body);
        }
        event
    }
}

fn code(body: &Value) -> String {
    let code = body.get("code").or_else(|| body.get("error"));
    code.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Without its percent-encoding; what is no UTF-8 then is as lost as it is at the gateway.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => (bytes.push(byte), rest = &tail[2..]),
            None => (bytes.push(*first), rest = tail),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
