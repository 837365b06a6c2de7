//! One good call of every operation, for the tests that walk over the whole contract.

use oktan_tests::document::Operation;
use oktan_tests::{Ask, Caller, Company, Value, World, company_ask, json};
use uuid::Uuid;

/// What the calls are about: a company with something of everything.
pub struct Stage {
    /// Whose things the paths name.
    pub company: Company,
    /// A session of its owner, to be ended.
    session: String,
    /// An entry of its history.
    entry: String,
    /// An open authorization of its card.
    authorization: String,
    /// A terminal of station `12` that nothing depends on.
    terminal: String,
    world: World,
}

impl Stage {
    pub async fn set(world: &World) -> Self {
        let company = world.company().cards(1).create().await;
        let (_, entry) = company.pump.buy(company.card(), "1").await;
        let sessions = company.owner().await.get("/v1/sessions").await.expect(200);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Self {
            session: text(&sessions["items"][0]["id"]),
            entry: text(&entry["id"]),
            authorization: company.pump.hold(company.card(), "1").await,
            terminal: world.terminal("12").await.id,
            company,
            world: world.clone(),
        }
    }

    /// The operation's path, about the stage's things.
    pub fn path(&self, operation: &Operation) -> String {
        let id = match operation.id.as_str() {
            "end_session" => self.session.as_str(),
            "read_entry" => &self.entry,
            "authorization_state" | "capture" | "reverse" => &self.authorization,
            "revoke_terminal" => &self.terminal,
            _ => &self.company.id,
        };
        let path = operation.path.replace("{number}", self.company.card()).replace("{code}", "12");
        let path = path.replace("{token}", "no-such-token").replace("{id}", id);
        assert!(!path.contains('{'), "a parameter of {path} has no sample");
        path
    }

    /// A body that the operation takes; every optional field is there.
    pub fn body(&self, operation: &Operation) -> Option<Value> {
        let body = match operation.id.as_str() {
            "sign_in" => json!({ "login": "nobody-here", "password": "whatever-it-is-7", "totp": "123456" }),
            "change_password" => {
                json!({ "current_password": "not-this-one-7", "new_password": "walnut-harbour-41-cello" })
            }
            "activate" => json!({ "new_password": "walnut-harbour-41-cello" }),
            "edit_card" => json!({ "label": "К777КК 26", "group": "Такси" }),
            "block_card" | "unblock_card" | "staff_block_card" | "staff_unblock_card" | "suspend_company"
            | "resume_company" => json!({ "reason": "так надо" }),
            "check_fill" => json!({
                "product": "DT", "quantity": "1.000", "price": "71.90", "station_code": "12", "at": self.world.now(),
            }),
            "save_limits" => json!({
                "limits": [{ "measure": "litres", "period": "day", "amount": "9000.000", "products": ["DT"] }],
                "products": { "mode": "deny", "codes": ["GOODS"] },
                "schedule": { "weekdays": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00" },
                "stations": { "mode": "allow", "codes": ["12"] },
            }),
            "authorize" => {
                let mut ask = self.company.pump.fill(self.company.card(), "1");
                ask["odometer"] = json!(1000);
                ask["pin"] = json!("1234");
                ask
            }
            "capture" => json!({ "quantity": "1.000" }),
            "reverse" | "create_terminal" => json!({}),
            "refund" => {
                json!({ "request_id": Uuid::new_v4(), "authorization_id": self.authorization, "quantity": "1.000" })
            }
            "create_company" => company_ask(self.world.number(), "hand_over"),
            "issue_cards" => json!({ "cards": [{
                "number": oktan_tests::numbers::luhn(&format!("70000000{:06}", self.world.number())),
                "label": "К777КК 26", "group": "Такси", "funding": "account",
            }] }),
            "post_payment" => json!({ "amount": "1.00", "date": "2026-11-20", "document_number": "1", "comment": "х" }),
            "create_station" => json!({
                "code": format!("S-{}", self.world.number()), "name": "АЗС", "address": "Ставрополь", "latitude": 45.1,
                "longitude": 41.9, "amenities": ["cafe"], "fuels": { "DT": "71.90" },
            }),
            _ => Value::Null,
        };
        assert_eq!(body.is_null(), operation.body.is_none(), "{} has no sample", operation.id);
        (!body.is_null()).then_some(body)
    }

    /// The call with what it needs besides its body.
    pub fn ask(&self, caller: &Caller, operation: &Operation) -> Ask {
        let ask = caller.ask(operation.method.clone(), &self.path(operation));
        match operation.id.as_str() {
            "edit_card" | "save_limits" => ask.header("if-match", "*"),
            "post_payment" => ask.header("idempotency-key", &Uuid::new_v4().to_string()),
            _ => ask,
        }
    }

    /// The good call, body and all.
    pub fn call(&self, caller: &Caller, operation: &Operation) -> Ask {
        let ask = self.ask(caller, operation);
        match self.body(operation) {
            Some(body) => ask.json(&body),
            None => ask,
        }
    }
}
