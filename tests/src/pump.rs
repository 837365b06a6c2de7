//! A station's terminal.

use crate::caller::{Answer, Caller};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use oktan_shared::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// A token and since when it is held.
type Held = Option<(String, DateTime<Utc>)>;

/// A terminal that asks, captures, reverses and refunds. Cheap to clone; takes a new token when its own runs out.
#[derive(Clone)]
pub struct Pump {
    /// The station it stands at.
    pub station: String,
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    stranger: Caller,
    clock: Clock,
    token: Arc<Mutex<Held>>,
}

impl Pump {
    pub(crate) fn new(stranger: Caller, clock: Clock, station: &str, id: String, secret: String) -> Self {
        Self { station: station.to_owned(), id, secret, stranger, clock, token: Arc::default() }
    }

    /// The same terminal, asking another instance of the function.
    pub fn at(&self, base: &str) -> Self {
        Self { stranger: self.stranger.at(base), ..self.clone() }
    }

    /// `POST /v1/pump/token` with this form.
    pub async fn exchange(&self, id: &str, secret: &str) -> Answer {
        let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        self.stranger.ask(Method::POST, "/v1/pump/token").form(&form).send().await
    }

    /// The terminal as a caller with a fresh enough token.
    pub async fn caller(&self) -> Caller {
        let now = self.clock.now();
        let held = self.token.lock().expect("the token").clone();
        let token = match held {
            Some((token, since)) if now - since < TimeDelta::minutes(14) => token,
            _ => {
                let answer = self.exchange(&self.id, &self.secret).await.expect(200);
                let token = answer["access_token"].as_str().expect("a token").to_owned();
                *self.token.lock().expect("the token") = Some((token.clone(), now));
                token
            }
        };
        self.stranger.with_token(Some(&token))
    }

    /// The body of an ask for diesel at the list price, under a new `request_id`.
    pub fn fill(&self, card: &str, quantity: &str) -> Value {
        self.fill_of(card, "DT", "71.90", quantity)
    }

    /// The body of an ask under a new `request_id`.
    pub fn fill_of(&self, card: &str, product: &str, price: &str, quantity: &str) -> Value {
        json!({
            "request_id": Uuid::new_v4(), "card_number": card, "product": product, "price": price,
            "quantity": quantity, "partial_ok": false,
            "requested_at": self.clock.now().to_rfc3339_opts(SecondsFormat::Millis, true),
        })
    }

    /// `POST /v1/pump/authorizations`.
    pub async fn ask(&self, body: &Value) -> Answer {
        self.caller().await.post("/v1/pump/authorizations", body.clone()).await
    }

    /// Asks, and expects a decision.
    pub async fn decide(&self, body: &Value) -> Value {
        self.ask(body).await.expect(200)
    }

    /// Asks until there is a decision: in a crowd a terminal may be told to ask the same again.
    pub async fn decide_in_a_crowd(&self, body: &Value) -> Value {
        loop {
            let answer = self.ask(body).await;
            if answer.status != 503 {
                return answer.expect(200);
            }
        }
    }

    /// Asks for diesel and expects approval; the authorization's id.
    pub async fn hold(&self, card: &str, quantity: &str) -> String {
        let answer = self.decide(&self.fill(card, quantity)).await;
        assert_eq!(answer["decision"], "approved", "{answer}");
        answer["authorization_id"].as_str().expect("an id").to_owned()
    }

    /// Asks for diesel, captures it all; the authorization's id and the entry.
    pub async fn buy(&self, card: &str, quantity: &str) -> (String, Value) {
        let id = self.hold(card, quantity).await;
        let entry = self.capture(&id, quantity).await.expect(200);
        (id, entry)
    }

    /// Asks for diesel and expects a decline; its code.
    pub async fn declined(&self, card: &str, quantity: &str) -> String {
        let answer = self.decide(&self.fill(card, quantity)).await;
        assert_eq!(answer["decision"], "declined", "{answer}");
        answer["reason"]["code"].as_str().expect("a code").to_owned()
    }

    /// `POST …/capture`.
    pub async fn capture(&self, id: &str, quantity: &str) -> Answer {
        let path = format!("/v1/pump/authorizations/{id}/capture");
        self.caller().await.post(&path, json!({ "quantity": quantity })).await
    }

    /// `POST …/reverse`.
    pub async fn reverse(&self, id: &str) -> Answer {
        self.caller().await.post_nothing(&format!("/v1/pump/authorizations/{id}/reverse")).await
    }

    /// `POST /v1/pump/refunds` under a new `request_id`.
    pub async fn refund(&self, id: &str, quantity: &str) -> Answer {
        self.refund_as(&Uuid::new_v4().to_string(), id, quantity).await
    }

    /// `POST /v1/pump/refunds` under this `request_id`.
    pub async fn refund_as(&self, request: &str, id: &str, quantity: &str) -> Answer {
        let body = json!({ "request_id": request, "authorization_id": id, "quantity": quantity });
        self.caller().await.post("/v1/pump/refunds", body).await
    }

    /// `GET /v1/pump/authorizations/{id}`.
    pub async fn state(&self, id: &str) -> Answer {
        self.caller().await.get(&format!("/v1/pump/authorizations/{id}")).await
    }
}
