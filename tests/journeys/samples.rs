//! One good call of every operation, for the tests that walk over the whole contract.

use oktan_shared::auth::{Permission, may};
use oktan_tests::document::Operation;
use oktan_tests::{Ask, Caller, Company, Role, Value, World, company_ask, json};
use uuid::Uuid;

/// The permission that the document names.
pub fn permission(scope: &str) -> Permission {
    let found = Permission::ALL.iter().find(|permission| format!("{permission:?}") == scope);
    *found.unwrap_or_else(|| panic!("there is no permission {scope}"))
}

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
    /// What the operator asked for about another company.
    approval: String,
    /// A person of it whom nothing depends on.
    user: String,
    /// A person of the staff whom nothing depends on.
    colleague: String,
    /// A claim on the desk about a person whom nothing depends on.
    claim: String,
    /// A template of rules.
    template: String,
    /// A job of its owner that is over.
    job: String,
    world: World,
}

impl Stage {
    pub async fn set(world: &World) -> Self {
        let company = world.company().cards(1).create().await;
        let (_, entry) = company.pump.buy(company.card(), "1").await;
        // Rules to go back from.
        let ample = json!({ "limits": [{ "measure": "litres", "period": "week", "amount": "90000" }] });
        company.limit(company.card(), ample).await;
        let sessions = company.owner().await.get("/v1/sessions").await.expect(200);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let template = company.owner().await.post("/v1/limit-templates", json!({ "name": "А", "limits": [] })).await;
        Self {
            template: text(&template.expect(201)["id"]),
            session: text(&sessions["items"][0]["id"]),
            entry: text(&entry["id"]),
            authorization: company.pump.hold(company.card(), "1").await,
            terminal: world.terminal("12").await.id,
            approval: asked(world).await,
            user: company.newcomer(Role::Viewer).await.id.to_string(),
            colleague: colleague(world).await,
            claim: claimed(world, &company).await,
            job: worked(world, &company).await,
            company,
            world: world.clone(),
        }
    }

    /// Who may make this call.
    pub async fn caller(&self, operation: &Operation) -> Caller {
        match operation.security.as_ref().map(|(scheme, scope)| (scheme.as_str(), scope)) {
            None => self.world.stranger(),
            Some(("terminal", _)) => self.company.pump.caller().await,
            Some((_, None)) => self.company.owner().await,
            Some((_, Some(scope))) => self.person_as(may(permission(scope))[0]).await,
        }
    }

    /// A person of the company, or of the staff, in a new session.
    pub async fn person_as(&self, role: Role) -> Caller {
        if role.is_staff() { self.world.staff(role).await } else { self.company.user(role).await }
    }

    /// The operation's path, about the stage's things.
    pub fn path(&self, operation: &Operation) -> String {
        let id = match operation.id.as_str() {
            "end_session" => self.session.as_str(),
            "read_entry" => &self.entry,
            "authorization_state" | "capture" | "reverse" => &self.authorization,
            "revoke_terminal" => &self.terminal,
            "approve" | "refuse_approval" => &self.approval,
            "edit_user" | "deactivate_user" | "reissue_link" | "edit_company_user" | "reissue_password" => &self.user,
            "edit_staff" | "deactivate_staff" | "reissue_staff_link" | "remove_staff_totp" => &self.colleague,
            "approve_claim" | "refuse_claim" => &self.claim,
            "change_template" | "remove_template" => &self.template,
            "read_job" | "undo_job" => &self.job,
            _ => &self.company.id,
        };
        let path = operation
            .path
            .replace("{number}", self.company.card())
            .replace("{code}", "12")
            .replace("{entry}", &self.entry);
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
            "request_recovery" => json!({ "identifier": "nobody-here" }),
            "confirm_recovery" => json!({ "confirm": facts(), "new_password": "walnut-harbour-41-cello" }),
            "file_claim" => json!({
                "identifier": "nobody-here", "confirm": facts(), "new_email": "new@people.example",
                "phone": "+7 (918) 123-45-67",
            }),
            "approve_claim" => json!({ "reason": "паспорт", "totp": "123456" }),
            "refuse_claim" => json!({ "reason": "не он" }),
            "change_cards" => json!({
                "action": "block", "numbers": [self.company.card()], "reason": "так надо",
            }),
            "edit_card" => json!({ "label": "К777КК 26", "group": "Такси" }),
            "block_card" | "unblock_card" | "staff_block_card" | "staff_unblock_card" | "suspend_company"
            | "resume_company" => json!({ "reason": "так надо" }),
            "check_fill" => json!({
                "product": "DT", "quantity": "1.000", "price": "71.90", "station_code": "12", "at": self.world.now(),
            }),
            "save_limits" => rules(),
            "create_template" | "change_template" => {
                let mut ask = rules();
                (ask["name"], ask["default"]) = (json!("Самосвалы"), json!(true));
                ask
            }
            "backtest_limits" => {
                let mut ask = rules();
                ask["days"] = json!(30);
                ask
            }
            "authorize" => {
                let mut ask = self.company.pump.fill(self.company.card(), "1");
                ask["odometer"] = json!(1000);
                ask["pin"] = json!("1234");
                ask
            }
            "capture" => json!({ "quantity": "1.000" }),
            "restore_limits" | "undo_job" => json!({}),
            "set_pin" => json!({ "pin": "4071" }),
            "reset_pin_tries" | "staff_reset_pin_tries" => json!({}),
            "reverse" | "create_terminal" | "reissue_link" | "reissue_password" | "reissue_staff_link" => json!({}),
            "add_user" | "add_company_user" => self.person("viewer"),
            "add_staff" => self.person("editor"),
            "edit_user" | "edit_company_user" => json!({
                "role": "accountant", "full_name": "Сидоров Олег Ильич", "phone": "+7 (8652) 18-42-26", "active": true,
            }),
            "edit_staff" => json!({
                "role": "operator", "full_name": "Сидоров Олег Ильич", "phone": "+7 (8652) 18-42-26", "active": true,
            }),
            "ask_credit" => json!({ "credit_limit": "5000.00", "reason": "так надо" }),
            "close_company" | "refuse_approval" => json!({ "reason": "так надо" }),
            "approve" => json!({ "totp": "123456" }),
            "edit_company" => json!({
                "name": "ООО \"Колос-Юг\"", "kpp": "262201002", "contract_number": "1/27-Т",
                "contract_date": "2026-02-15", "time_zone": "Europe/Samara",
                "contact": {
                    "full_name": "Сидоров Олег Ильич", "phone": "+7 (8652) 18-42-26",
                    // The one it has: another would be asked for and not done.
                    "email": format!("{}@client.example", self.company.login.replace("owner", "office")),
                },
            }),
            "start_totp" => json!({}),
            "confirm_totp" => json!({ "code": "123456" }),
            "disable_totp" => json!({ "password": "not-this-one-7", "code": "123456" }),
            "refund" => {
                json!({ "request_id": Uuid::new_v4(), "authorization_id": self.authorization, "quantity": "1.000" })
            }
            "create_company" => company_ask(self.world.number(), "hand_over"),
            "issue_cards" => json!({ "cards": [{
                "number": oktan_tests::numbers::luhn(&format!("70000000{:06}", self.world.number())),
                "label": "К777КК 26", "group": "Такси", "funding": "account", "blocked": true,
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

    /// A register of one company.
    fn register(&self) -> String {
        let n = self.world.number();
        let inn = oktan_tests::numbers::inn(n);
        format!(
            "inn;kpp;name;contract_number;contract_date;contact_full_name;phone;email;owner_login;cards\n\
             {inn};262201001;ООО Колос;{n}/26-Т;2026-01-15;Иванов Пётр;+7 (8652) 18-42-25;a{n}@b.example;reg-{n};1\n"
        )
    }

    fn person(&self, role: &str) -> Value {
        let login = format!("person-{}", self.world.number());
        json!({
            "login": login, "full_name": "Сидоров Олег Ильич", "email": format!("{login}@people.example"),
            "phone": "+7 (8652) 18-42-26", "role": role,
        })
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
            None if operation.id == "import_companies" => ask.body(self.register(), "application/octet-stream"),
            None => ask,
        }
    }
}

/// What the staff's operator asked for about a company of its own.
async fn asked(world: &World) -> String {
    let (admin, operator) = (world.admin().await, world.staff(oktan_tests::Role::StaffOperator).await);
    let created = admin.post("/v1/staff/companies", company_ask(world.number(), "mail")).await.expect(201);
    let path = format!("/v1/staff/companies/{}/credit", created["company"]["id"].as_str().expect("an id"));
    let approval = operator.post(&path, json!({ "credit_limit": "1000.00" })).await.expect(202);
    approval["id"].as_str().expect("an id").to_owned()
}

/// Every kind of rule.
fn rules() -> Value {
    json!({
        "limits": [{ "measure": "litres", "period": "day", "amount": "9000.000", "products": ["DT"] }],
        "products": { "mode": "deny", "codes": ["GOODS"] },
        "schedule": { "weekdays": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00" },
        "stations": { "mode": "allow", "codes": ["12"] },
    })
}

/// A job over cards of a group that there is none of: it changed nothing.
async fn worked(world: &World, company: &Company) -> String {
    let ask = json!({ "action": "block", "all": { "group": "Никакая" } });
    let started = company.owner().await.post("/v1/cards/bulk", ask).await.expect(202);
    world.work().await;
    started["job_id"].as_str().expect("an id").to_owned()
}

/// Facts that nobody has on file.
fn facts() -> Value {
    json!({
        "inn": "2622542570", "contract_number": "0/00-Т", "full_name": "Никто Никтович", "phone": "+7 (918) 000-00-00",
    })
}

/// A claim on the desk about a new person of this company.
async fn claimed(world: &World, company: &Company) -> String {
    let about = company.newcomer(Role::Viewer).await;
    let ask = json!({
        "identifier": about.login, "confirm": facts(), "new_email": format!("new-{}", about.email.expect("an address")),
        "phone": "+7 (918) 123-45-67",
    });
    world.stranger().post("/v1/recovery/claims", ask).await.expect(202);
    world.deliver().await;
    let claims = world.admin().await.all("/v1/staff/recovery", 100).await;
    let own = claims.iter().find(|claim| claim["user"]["login"] == json!(about.login)).expect("the claim");
    own["id"].as_str().expect("an id").to_owned()
}

/// A person of the staff with a second factor.
async fn colleague(world: &World) -> String {
    let person = world.newcomer(None, Role::StaffEditor).await;
    let session = world.session(&person).await;
    let device = crate::device::Device::offered(world, &session).await;
    device.confirm(&session, &device.code()).await.expect(204);
    person.id.to_string()
}
