//! Random acts of one company's people and drivers over HTTP, and what they add up to by the answers alone.

use crate::dice::Dice;
use crate::money_sales::Sales;
use oktan_tests::{Answer, Company, Value, World, json, numbers};
use std::collections::BTreeMap;
use uuid::Uuid;

const PRICES: [(&str, &str); 4] = [("DT", "71.90"), ("AI95", "64.33"), ("CNG", "27.99"), ("GOODS", "0.07")];

/// A company at work.
pub struct Party {
    pub company: Company,
    world: World,
    cards: Vec<String>,
    /// Approved and not settled yet, with the quantity.
    open: Vec<(String, i64)>,
    /// Captured, with what is left to return.
    bought: Vec<(String, i64)>,
    /// By the answers: payments less purchases plus refunds.
    balance: i64,
    /// Bodies and their answers.
    asked: Vec<(Value, Vec<u8>)>,
    captured: BTreeMap<String, i64>,
    sales: Sales,
}

impl Party {
    pub fn new(world: &World, company: Company, balance: i64, sales: &Sales) -> Self {
        let cards = company.cards.iter().chain(&company.purses).cloned().collect();
        Self {
            company,
            world: world.clone(),
            cards,
            open: Vec::new(),
            bought: Vec::new(),
            balance,
            asked: Vec::new(),
            captured: BTreeMap::new(),
            sales: sales.clone(),
        }
    }

    /// Purchases by the answers.
    pub fn purchases(&self) -> usize {
        self.captured.len()
    }

    /// What the company is told is what its answers came to.
    pub async fn agrees(&self) {
        let told = self.company.balance().await;
        assert_eq!(told["balance"], numbers::roubles(self.balance), "{told}");
    }

    /// Does something.
    pub async fn act(&mut self, dice: &mut Dice) {
        match dice.between(0, 20) {
            0..=6 => self.ask(dice).await,
            7..=10 => self.capture(dice).await,
            11 => self.reverse(dice).await,
            12..=13 => self.refund(dice).await,
            14 => self.again(dice).await,
            15 => self.pay(dice).await,
            16 => self.block(dice).await,
            17 => self.limit(dice).await,
            18..=19 => self.sales.act(&self.world, &self.company, dice).await,
            _ => {
                let minutes = *dice.pick(&[1, 9, 20, 35, 600, 2_000, 45_000]);
                self.world.advance_minutes(minutes);
            }
        }
    }

    async fn ask(&mut self, dice: &mut Dice) {
        let card = dice.pick(&self.cards).clone();
        let (product, price) = *dice.pick(&PRICES);
        let quantity = *dice.pick(&[1, 333, 1_000, 10_001, 20_500, 47_777, 90_000]);
        let mut body = self.company.pump.fill_of(&card, product, price, &numbers::litres(quantity));
        body["partial_ok"] = json!(dice.once_in(2));
        let answer = self.company.pump.ask(&body).await;
        self.approved(&answer);
        self.asked.push((body, answer.bytes.clone()));
        answer.expect(200);
    }

    fn approved(&mut self, answer: &Answer) {
        if let Some(id) = answer.json["authorization_id"].as_str() {
            self.open.push((id.to_owned(), units(&answer.json["quantity"])));
        }
    }

    /// Less, all, or more than was set aside; sometimes long after, sometimes after a reverse, sometimes twice.
    async fn capture(&mut self, dice: &mut Dice) {
        if self.open.is_empty() {
            return self.ask(dice).await;
        }
        let at = usize::try_from(dice.between(0, i64::try_from(self.open.len()).unwrap() - 1)).unwrap();
        let (id, held) = self.open.swap_remove(at);
        if dice.once_in(8) {
            self.company.pump.reverse(&id).await.expect(200);
        }
        let quantity = match dice.between(0, 5) {
            0 => 0,
            1 | 2 => held,
            3 | 4 => dice.between(1, held),
            _ => held + dice.between(1, 5_000),
        };
        let entry = self.company.pump.capture(&id, &numbers::litres(quantity)).await;
        let again = self.company.pump.capture(&id, &numbers::litres(quantity)).await;
        assert_eq!(entry.bytes, again.bytes, "{entry}");
        let entry = entry.expect(200);
        if quantity == 0 {
            return;
        }
        self.balance += units(&entry["amount"]);
        self.captured.insert(id.clone(), quantity);
        let other = self.company.pump.capture(&id, &numbers::litres(quantity + 1)).await;
        other.problem(409, "already_captured");
        self.company.pump.reverse(&id).await.problem(409, "already_captured");
        self.bought.push((id, quantity));
    }

    async fn reverse(&mut self, dice: &mut Dice) {
        if let Some((id, _)) = self.open.pop() {
            self.company.pump.reverse(&id).await.expect(200);
            self.company.pump.reverse(&id).await.expect(200);
        } else {
            self.ask(dice).await;
        }
    }

    async fn refund(&mut self, dice: &mut Dice) {
        let Some((id, left)) = self.bought.pop() else { return self.capture(dice).await };
        let over = numbers::litres(left + 1);
        self.company.pump.refund(&id, &over).await.problem(409, "refund_exceeds_capture");
        let quantity = if dice.once_in(3) { left } else { dice.between(1, left) };
        let request = Uuid::new_v4().to_string();
        let entry = self.company.pump.refund_as(&request, &id, &numbers::litres(quantity)).await;
        let again = self.company.pump.refund_as(&request, &id, &numbers::litres(quantity)).await;
        assert_eq!(entry.bytes, again.bytes, "{entry}");
        self.balance += units(&entry.expect(200)["amount"]);
        if quantity < left {
            self.bought.push((id, left - quantity));
        }
    }

    /// An old ask once more: the same answer, and nothing happens.
    async fn again(&mut self, dice: &mut Dice) {
        if self.asked.is_empty() {
            return self.ask(dice).await;
        }
        let (body, before) = dice.pick(&self.asked);
        let answer = self.company.pump.ask(body).await;
        assert_eq!(String::from_utf8_lossy(&answer.bytes), String::from_utf8_lossy(before));
    }

    async fn pay(&mut self, dice: &mut Dice) {
        let amount = dice.between(1, 300_000);
        self.company.pay(&numbers::roubles(amount)).await;
        self.balance += amount;
    }

    async fn block(&mut self, dice: &mut Dice) {
        let card = dice.pick(&self.cards).clone();
        let owner = self.company.owner().await;
        owner.post_nothing(&format!("/v1/cards/{card}/block")).await.expect(200);
        assert_eq!(self.company.pump.declined(&card, "0.001").await, "card_blocked");
        owner.post_nothing(&format!("/v1/cards/{card}/unblock")).await.expect(200);
    }

    async fn limit(&mut self, dice: &mut Dice) {
        let card = dice.pick(&self.cards).clone();
        let amount = dice.pick(&["15.000", "80.000", "400.000"]);
        let period = dice.pick(&["transaction", "day", "week", "month"]);
        let rules = json!({ "limits": [{ "measure": "litres", "period": period, "amount": amount }] });
        self.company.limit(&card, rules).await;
    }
}

fn units(value: &Value) -> i64 {
    numbers::units(value.as_str().expect("a number as text"))
}
