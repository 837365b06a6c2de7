//! A company with its people, cards, money and a pump to fuel at.

use crate::caller::Caller;
use crate::numbers;
use crate::pump::Pump;
use crate::world::World;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::people::{Person, Role};
use serde_json::{Value, json};

/// A company to create.
pub struct CompanyBuilder {
    world: World,
    cards: usize,
    purses: usize,
    payment: Option<String>,
}

/// A company.
#[derive(Clone)]
pub struct Company {
    /// Its id.
    pub id: String,
    /// Its INN.
    pub inn: String,
    /// Its owner's login.
    pub login: String,
    /// Its owner's address.
    pub email: String,
    /// The numbers of its account cards.
    pub cards: Vec<String>,
    /// The numbers of its purse cards.
    pub purses: Vec<String>,
    /// The terminal of station `12`.
    pub pump: Pump,
    owner: Person,
    world: World,
}

impl CompanyBuilder {
    pub(crate) fn new(world: &World) -> Self {
        Self { world: world.clone(), cards: 1, purses: 0, payment: Some("100000.00".to_owned()) }
    }

    /// With so many account cards; one unless said.
    #[must_use]
    pub fn cards(self, cards: usize) -> Self {
        Self { cards, ..self }
    }

    /// With so many purse cards; none unless said.
    #[must_use]
    pub fn purses(self, purses: usize) -> Self {
        Self { purses, ..self }
    }

    /// With this payment; 100 000 roubles unless said.
    #[must_use]
    pub fn payment(self, amount: &str) -> Self {
        Self { payment: Some(amount.to_owned()), ..self }
    }

    /// Without any money.
    #[must_use]
    pub fn without_payment(self) -> Self {
        Self { payment: None, ..self }
    }

    /// Creates it.
    pub async fn create(self) -> Company {
        let world = self.world;
        let (staff, pump) = (world.admin().await, world.pump().await);
        let n = world.number();
        let ask = ask(n, "hand_over");
        let created = staff.post("/v1/staff/companies", ask.clone()).await.expect(201);
        let id = created["company"]["id"].as_str().expect("an id").to_owned();
        let text = |pointer: &str| ask.pointer(pointer).and_then(Value::as_str).expect("asked").to_owned();
        let login = text("/owner/login");
        let mut company = Company {
            owner: world.settle(&login).await,
            inn: text("/inn"),
            email: text("/owner/email"),
            id,
            login,
            cards: Vec::new(),
            purses: Vec::new(),
            pump,
            world,
        };
        company.cards = company.issue(self.cards, "account").await;
        company.purses = company.issue(self.purses, "purse").await;
        if let Some(amount) = &self.payment {
            company.pay(amount).await;
        }
        company
    }
}

/// The body that creates the `n`-th company.
pub fn ask(n: u32, credentials: &str) -> Value {
    json!({
        "inn": numbers::inn(n), "kpp": "262201001", "name": format!("ООО \"Колос-{n}\""),
        "contract_number": format!("{n}/26-Т"), "contract_date": "2026-01-15",
        "contact": {
            "full_name": "Иванов Пётр Сергеевич", "phone": "+7 (8652) 18-42-25",
            "email": format!("office{n}@client.example"),
        },
        "owner": {
            "login": format!("owner{n}"), "full_name": "Иванов Пётр Сергеевич",
            "email": format!("owner{n}@client.example"),
        },
        "credentials": credentials,
    })
}

impl Company {
    /// Its owner, in a new session.
    pub async fn owner(&self) -> Caller {
        self.world.session(&self.owner).await
    }

    /// A person of it, in a new session.
    pub async fn user(&self, role: Role) -> Caller {
        match role {
            Role::Owner => self.owner().await,
            _ => {
                let id = CompanyId::parse(&self.id).expect("an id");
                self.world.person(&format!("{}-{}", role.name(), self.id), Some(id), role).await
            }
        }
    }

    /// A new person of it, with everybody's password and an address of their own.
    pub async fn newcomer(&self, role: Role) -> Person {
        self.world.newcomer(Some(CompanyId::parse(&self.id).expect("an id")), role).await
    }

    /// Its first account card.
    pub fn card(&self) -> &str {
        &self.cards[0]
    }

    /// More cards.
    pub async fn issue(&self, count: usize, funding: &str) -> Vec<String> {
        if count == 0 {
            return Vec::new();
        }
        let cards: Vec<Value> = (0..count).map(|_| json!({ "funding": funding })).collect();
        let path = format!("/v1/staff/companies/{}/cards", self.id);
        let issued = self.world.admin().await.post(&path, json!({ "cards": cards })).await.expect(201);
        let issued = issued["cards"].as_array().expect("cards").iter();
        issued.map(|card| card["number"].as_str().expect("a number").to_owned()).collect()
    }

    /// A payment; the entry.
    pub async fn pay(&self, amount: &str) -> Value {
        let staff = self.world.admin().await;
        let document = self.world.number();
        let path = format!("/v1/staff/companies/{}/payments", self.id);
        let body = json!({ "amount": amount, "date": "2026-11-20", "document_number": document.to_string() });
        let ask = staff.ask(reqwest::Method::POST, &path).header("idempotency-key", &format!("pay-{document}"));
        ask.json(&body).send().await.expect(201)
    }

    /// Saves a card's rules as its owner; the answer's body.
    pub async fn limit(&self, card: &str, rules: Value) -> Value {
        self.owner().await.put(&format!("/v1/cards/{card}/limits"), rules).await.expect(200)
    }

    /// Its money, as its owner sees it.
    pub async fn balance(&self) -> Value {
        self.owner().await.get("/v1/balance").await.expect(200)
    }

    /// A card in detail, as its owner sees it.
    pub async fn card_details(&self, card: &str) -> Value {
        self.owner().await.get(&format!("/v1/cards/{card}")).await.expect(200)
    }
}
