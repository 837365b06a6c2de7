//! One good call of every operation, for the tests that walk over the whole contract.

pub mod papers;
mod props;
mod service;

use oktan_shared::auth::{Permission, may};
use oktan_tests::document::Operation;
use oktan_tests::{Ask, Caller, Company, Role, Value, World, company_ask, json};
use props::{asked, claimed, colleague, facts, message, news, register, rules, statement, unmatched, worked};
use service::Service;
use uuid::Uuid;

/// The permission that the document names.
pub fn permission(scope: &str) -> Permission {
    let found = Permission::ALL.iter().find(|permission| format!("{permission:?}") == scope);
    *found.unwrap_or_else(|| panic!("there is no permission {scope}"))
}

/// What a file is sent as.
const FILE: &str = "application/octet-stream";
/// From when on goods have another rate.
const NEW_RATE: &str = "2031-01-01";

/// What the calls are about: a company with something of everything.
pub struct Stage {
    /// Whose things the paths name.
    pub company: Company,
    /// A session of its owner, to be ended.
    session: String,
    /// An entry of its history.
    entry: String,
    /// A decline of its history.
    decline: String,
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
    /// A piece of news.
    news: String,
    /// What somebody wrote to the administration.
    message: String,
    /// A payment of an unknown payer.
    unmatched: String,
    /// A payment of its history.
    payment: String,
    /// Tickets and articles.
    service: Service,
    world: World,
}

impl Stage {
    pub async fn set(world: &World) -> Self {
        let company = world.company().cards(3).purses(1).create().await;
        let (_, entry) = company.pump.buy(company.card(), "1").await;
        // Rules to go back from.
        let ample = json!({ "limits": [{ "measure": "litres", "period": "week", "amount": "90000" }] });
        company.limit(company.card(), ample).await;
        let plan = json!({ "period": "month", "roubles": "900000.00", "litres": "90000" });
        company.owner().await.put("/v1/budget", plan).await.expect(200);
        company.pump.declined(company.card(), "90000").await;
        let declines = company.owner().await.get("/v1/history?type=decline").await.expect(200);
        let sessions = company.owner().await.get("/v1/sessions").await.expect(200);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let template = company.owner().await.post("/v1/limit-templates", json!({ "name": "А", "limits": [] })).await;
        let rate = json!({ "from": NEW_RATE, "percent": 20 });
        world.admin().await.post("/v1/staff/products/GOODS/vat", rate).await.expect(200);
        Self {
            template: text(&template.expect(201)["id"]),
            session: text(&sessions["items"][0]["id"]),
            entry: text(&entry["id"]),
            decline: text(&declines["items"][0]["id"]),
            authorization: company.pump.hold(company.card(), "1").await,
            terminal: world.terminal("12").await.id,
            approval: asked(world).await,
            user: company.newcomer(Role::Viewer).await.id.to_string(),
            colleague: colleague(world).await,
            claim: claimed(world, &company).await,
            job: worked(world, &company).await,
            news: news(world).await,
            message: message(world).await,
            unmatched: unmatched(world).await,
            payment: text(&company.pay("1.00").await["id"]),
            service: Service::set(world, &company).await,
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
            "read_entry" | "dispute_entry" => &self.entry,
            "authorization_state" | "capture" | "reverse" => &self.authorization,
            "revoke_terminal" => &self.terminal,
            "approve" | "refuse_approval" => &self.approval,
            "edit_user" | "deactivate_user" | "reissue_link" | "edit_company_user" | "reissue_password" => &self.user,
            "edit_staff" | "deactivate_staff" | "reissue_staff_link" | "remove_staff_totp" => &self.colleague,
            "approve_claim" | "refuse_claim" => &self.claim,
            "change_template" | "remove_template" | "apply_template" => &self.template,
            "read_job" | "undo_job" => &self.job,
            "read_staff_news" | "edit_news" | "delete_news" => &self.news,
            "close_message" => &self.message,
            "assign_unmatched_payment" => &self.unmatched,
            "reverse_payment" => &self.payment,
            _ => &self.company.id,
        };
        let card = match operation.id.as_str() {
            "replace_card" => &self.company.cards[1],
            "close_card" => &self.company.cards[2],
            _ => self.company.card(),
        };
        let code = if operation.path.contains("/products/") { "GOODS" } else { "12" };
        let path = self.service.path(operation).replace("{number}", card).replace("{code}", code);
        let path = path.replace("{from}", NEW_RATE).replace("{entry}", &self.entry).replace("{slug}", &self.news);
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
            "apply_template" => json!({ "numbers": [self.company.card()] }),
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
            "save_budget" => json!({
                "period": "month", "roubles": "900000.00", "litres": "90000.000", "carry_over": true,
                "lines": [{ "number": self.company.card(), "roubles": "90000.00", "litres": "9000.000" }],
            }),
            "edit_budget_lines" => json!({
                "lines": [{ "number": self.company.card(), "roubles": "80000.00", "litres": "8000.000" }],
            }),
            "distribute_budget" => json!({
                "method": "proportional", "numbers": [self.company.card()], "weights": [1], "roubles": "70000.00",
                "litres": "7000.000",
            }),
            "grant_exception" => json!({
                "number": self.company.card(), "product": "DT", "litres": "1.000", "minutes": 1,
                "decline_id": self.decline,
            }),
            "edit_settings" => json!({ "decline_mail": [], "low_balance": "10000.00" }),
            "transfer" => json!({ "from": "account", "to": self.company.purses[0], "amount": "1.00" }),
            "switch_funding" => json!({ "funding": "account" }),
            "authorize" => {
                let mut ask = self.company.pump.fill(self.company.card(), "1");
                ask["odometer"] = json!(1000);
                ask["pin"] = json!("1234");
                ask
            }
            "capture" => json!({ "quantity": "1.000" }),
            "restore_limits" | "undo_job" => json!({}),
            "replace_card" => json!({
                "number": oktan_tests::numbers::luhn(&format!("70000000{:06}", self.world.number())), "blocked": false,
                "reason": "утеряна",
            }),
            "close_card" => json!({ "reason": "больше не нужна" }),
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
            // A password that is nobody's: the good one stands in the answer of the owner's creation only.
            "hand_over_sheet" => json!({ "numbers": [self.company.card()], "one_time_password": "not-this-one-7" }),
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
            "record_unmatched_payment" => json!({
                "payer_inn": "2622542570", "payer_name": "ООО Колос", "amount": "1.00", "date": "2026-11-20",
                "document_number": "1", "purpose": "х",
            }),
            "assign_unmatched_payment" => json!({ "company_id": self.company.id }),
            "reverse_payment" => json!({ "reason": "так надо" }),
            "create_station" => json!({
                "code": format!("S-{}", self.world.number()), "name": "АЗС", "address": "Ставрополь", "latitude": 45.1,
                "longitude": 41.9, "amenities": ["cafe"], "hours": "6:00–23:00", "closed": false,
                "fuels": { "DT": "71.90" },
            }),
            "edit_station" => json!({
                "name": "АЗС", "address": "Ставрополь", "latitude": 45.1, "longitude": 41.9, "amenities": ["cafe"],
                "hours": "6:00–23:00", "closed": false,
            }),
            "preview_markdown" => json!({ "body": "# **Кафе**\n\n- мойка" }),
            "edit_station_page" => json!({ "description": { "ru": "**Кафе** и мойка", "en": "A *café* and a wash" } }),
            "set_prices" => json!({ "prices": [{ "station_code": "12", "product": "DT", "price": "71.90" }] }),
            "create_product" => json!({
                "code": format!("P{}", self.world.number()), "name": "Присадка", "unit": "piece",
                "vat": [{ "from": "2026-01-01", "percent": 22 }],
            }),
            "edit_product" => json!({ "name": "Товары", "retired": false }),
            "create_news" | "edit_news" => json!({
                "title": "Новая АЗС", "body": "**Открылась**\n\nна Южном обходе", "language": "ru", "published": true,
                "published_at": self.world.now(),
            }),
            "close_message" => json!({}),
            "send_message" => json!({
                "name": "Сидоров Олег Ильич", "how": "email", "body": "Здравствуйте!\nКогда?", "website": "",
                "reply_to": { "email": "oleg@people.example", "phone": "+7 (8652) 18-42-26" },
            }),
            "add_vat_rate" => json!({ "from": NEW_RATE, "percent": 20 }),
            id => Service::body(id, self.company.card(), &self.entry, self.world.number()),
        };
        assert_eq!(body.is_null(), operation.body.is_none(), "{} has no sample", operation.id);
        (!body.is_null()).then_some(body)
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
            "edit_card" | "save_limits" | "save_budget" | "edit_budget_lines" | "edit_settings" | "save_requisites" => {
                ask.header("if-match", "*")
            }
            "post_payment" | "record_unmatched_payment" | "transfer" => {
                ask.header("idempotency-key", &Uuid::new_v4().to_string())
            }
            _ => ask,
        }
    }

    /// The good call, body and all.
    pub fn call(&self, caller: &Caller, operation: &Operation) -> Ask {
        let ask = self.ask(caller, operation);
        match self.body(operation) {
            Some(body) => ask.json(&body),
            None if operation.id == "import_payments" => ask.body(statement(&self.world, &self.company), FILE),
            None if operation.id == "import_companies" => ask.body(register(&self.world), FILE),
            None => ask,
        }
    }
}
