//! A terminal of the demo: asks, captures, reverses through the real `/v1/pump`.

use axum::Router;
use axum::http::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::DemoStation;
use crate::Failure;
use crate::caller::{Answer, Caller};

/// The terminal of one station, with a token.
pub struct Pump {
    terminal: Caller,
}

/// What a driver asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ticket {
    /// Whose request this is: the same one gets the same answer.
    pub request_id: Uuid,
    /// The card.
    pub card_number: String,
    /// The product's code.
    pub product: String,
    /// The price of a unit.
    pub price: String,
    /// How much.
    pub quantity: String,
    /// Whether less will do.
    pub partial_ok: bool,
    /// The terminal's time.
    pub requested_at: String,
}

impl Pump {
    /// Gets the token of the station's terminal.
    pub async fn at(api: &Router, station: &DemoStation) -> Result<Self, Failure> {
        let terminal = Caller::terminal(api, &station.terminal_id, &station.terminal_secret).await?;
        Ok(Self { terminal })
    }

    /// Asks; the decision or the problem.
    pub async fn ask(&self, ticket: &Ticket) -> Result<Answer, Failure> {
        self.terminal.send(Method::POST, "/v1/pump/authorizations", &[], &json!(ticket)).await
    }

    /// Posts what was dispensed.
    pub async fn capture(&self, authorization: &str, quantity: &str) -> Result<Answer, Failure> {
        self.act(authorization, "capture", &json!({ "quantity": quantity })).await
    }

    /// Drops the hold.
    pub async fn reverse(&self, authorization: &str) -> Result<Answer, Failure> {
        self.act(authorization, "reverse", &json!({})).await
    }

    /// Asks and dispenses all that was approved; what was approved, nothing if it was declined.
    pub async fn fill(&self, ticket: &Ticket) -> Result<Option<String>, Failure> {
        let decided = self.ask(ticket).await?.expect("asking at the pump")?;
        let Some(authorization) = decided["authorization_id"].as_str() else { return Ok(None) };
        if decided["decision"] == "declined" {
            return Ok(None);
        }
        let quantity = decided["quantity"].as_str().unwrap_or_default().to_owned();
        self.capture(authorization, &quantity).await?.expect("capturing at the pump")?;
        Ok(Some(quantity))
    }

    async fn act(&self, authorization: &str, what: &str, body: &Value) -> Result<Answer, Failure> {
        if !authorization.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte)) {
            return Ok(Answer { status: StatusCode::NOT_FOUND, headers: Default::default(), body: Value::Null });
        }
        let path = format!("/v1/pump/authorizations/{authorization}/{what}");
        self.terminal.send(Method::POST, &path, &[], body).await
    }
}
