//! What a check shows passes at the pump, and a thousandth more does not, for every kind of rule.

use crate::dice::Dice;
use crate::{raw, report, row};
use oktan_tests::{Caller, Company, Value, World, json, numbers};

/// A quantity that no ask may pass.
const QUANTITY_MAX: i64 = 99_999_999;
/// The least part that a driver gets.
const PARTIAL_MIN: i64 = 1_000;
const MEASURES: [&str; 3] = ["litres", "roubles", "fills"];
const PERIODS: [&str; 6] = ["transaction", "day", "week", "month", "quarter", "year"];
const PRICES: [&str; 4] = ["71.90", "64.37", "0.01", "199.99"];

/// A card to check, and who checks it.
struct Case<'a> {
    company: &'a Company,
    owner: &'a Caller,
    card: &'a str,
}

impl Case<'_> {
    async fn shown(&self, product: &str, price: &str) -> i64 {
        let ask = json!({ "product": product, "quantity": "1", "price": price, "station_code": "12" });
        let shown = self.owner.post(&format!("/v1/cards/{}/check", self.card), ask).await.expect(200);
        numbers::units(shown["max_quantity"].as_str().expect("a quantity"))
    }

    async fn ask(&self, product: &str, price: &str, quantity: i64, partial_ok: bool) -> Value {
        let mut ask = self.company.pump.fill_of(self.card, product, price, &numbers::litres(quantity));
        ask["partial_ok"] = json!(partial_ok);
        self.company.pump.decide(&ask).await
    }

    async fn give_back(&self, approved: &Value) {
        let id = approved["authorization_id"].as_str().unwrap_or_else(|| panic!("approved: {approved}"));
        self.company.pump.reverse(id).await.expect(200);
    }

    /// The shown quantity passes, a thousandth more is refused as a whole and cut to the shown one as a part.
    async fn holds(&self, what: &str, product: &str, price: &str) -> i64 {
        let most = self.shown(product, price).await;
        if most < QUANTITY_MAX {
            let refused = self.ask(product, price, most + 1, false).await;
            assert_eq!(refused["decision"], "declined", "{what}: {most} is shown: {refused}");
            let part = self.ask(product, price, most + 1, true).await;
            if most >= PARTIAL_MIN {
                assert_eq!((&part["decision"], &part["quantity"]), (&json!("partial"), &json!(numbers::litres(most))));
                self.give_back(&part).await;
            } else {
                assert_eq!(part["decision"], "declined", "{what}: {part}");
            }
        }
        if most > 0 {
            let passed = self.ask(product, price, most, false).await;
            assert_eq!(passed["decision"], "approved", "{what}: {most} is shown: {passed}");
            self.give_back(&passed).await;
        }
        most
    }
}

fn limit(measure: &str, period: &str, amount: i64, products: &Value) -> Value {
    let amount = match measure {
        "litres" => numbers::litres(amount),
        "roubles" => numbers::roubles(amount),
        _ => (1 + amount % 3).to_string(),
    };
    json!({ "measure": measure, "period": period, "amount": amount, "products": products })
}

#[tokio::test]
async fn every_limit_binds_at_the_pump_where_its_check_says() {
    let world = World::start().await;
    let sets = [json!([]), json!(["DT"]), json!(["AI95", "LPG", "CNG"])];
    let kinds: Vec<(&str, &str)> =
        MEASURES.iter().flat_map(|measure| PERIODS.iter().map(move |period| (*measure, *period))).collect();
    let company = world.company().cards(kinds.len() * 2).create().await;
    let owner = company.owner().await;
    let (mut dice, mut asked, mut bound) = (Dice::new(7), 0, 0);
    for (at, card) in company.cards.iter().enumerate() {
        let (measure, period) = kinds[at % kinds.len()];
        // The first half has one limit each, the second one more of any kind.
        let case = Case { company: &company, owner: &owner, card };
        let set = dice.pick(&sets[..if measure == "litres" { 2 } else { 3 }]).clone();
        let mut limits = vec![limit(measure, period, dice.between(1, 90_000), &set)];
        if at >= kinds.len() {
            let (measure, period) = *dice.pick(&kinds);
            limits.push(limit(measure, period, 90_000, &json!(["DT", "AI95"])));
        }
        company.limit(card, json!({ "limits": limits })).await;
        // Some of it may be bought already, some on hold.
        for product in ["DT", "AI95"] {
            let part = case.ask(product, "71.90", dice.between(1, 30_000), true).await;
            if part["decision"] != "declined" && dice.once_in(2) {
                let id = part["authorization_id"].as_str().expect("an id");
                company.pump.capture(id, part["quantity"].as_str().expect("a quantity")).await.expect(200);
            }
        }
        for product in ["DT", "AI95", "CNG"] {
            let most = case.holds(&format!("{limits:?} {product}"), product, dice.pick::<&str>(&PRICES)).await;
            asked += 1;
            bound += usize::from(most < 90_000);
        }
    }
    let rows = [row![kinds.len(), company.cards.len(), asked, bound]];
    report::table(
        "Checks against the pump",
        &["kinds of limit", "cards", "checked", "with less than 90 l left"],
        &rows,
    );
}

#[tokio::test]
async fn the_money_of_account_and_purse_binds_where_the_check_says() {
    let world = World::start().await;
    let mut dice = Dice::new(11);
    for _ in 0..4 {
        let payment = dice.between(200_001, 400_000);
        let company = world.company().cards(1).purses(1).payment(&numbers::roubles(payment)).create().await;
        let (owner, purse) = (company.owner().await, company.purses[0].clone());
        raw::put_on_purse(&world.stack().dynamodb(), &company.id, &purse, dice.between(1, 200_000)).await;
        for card in [company.card(), purse.as_str()] {
            let case = Case { company: &company, owner: &owner, card };
            for _ in 0..2 {
                for price in PRICES {
                    case.holds("money", "DT", price).await;
                }
                // Some of it goes on hold.
                case.ask("DT", "71.90", dice.between(1, 9_000), true).await;
            }
        }
    }
}

#[tokio::test]
async fn what_forbids_a_fill_shows_nothing_and_lets_nothing_through() {
    let world = World::start().await;
    let company = world.company().cards(7).create().await;
    let owner = company.owner().await;
    world.station("7", json!({ "DT": "71.90" })).await;
    let all_week = json!([1, 2, 3, 4, 5, 6, 7]);
    let rules = [
        json!({ "limits": [], "products": { "mode": "deny", "codes": ["DT"] } }),
        json!({ "limits": [], "products": { "mode": "allow", "codes": ["AI95"] } }),
        json!({ "limits": [], "stations": { "mode": "allow", "codes": ["7"] } }),
        json!({ "limits": [], "stations": { "mode": "deny", "codes": ["12"] } }),
        json!({ "limits": [], "schedule": { "weekdays": all_week, "from": "11:00", "to": "23:00" } }),
    ];
    for (card, rules) in company.cards.iter().zip(rules) {
        company.limit(card, rules.clone()).await;
        let case = Case { company: &company, owner: &owner, card };
        assert_eq!(case.holds(&rules.to_string(), "DT", "71.90").await, 0);
    }
    let [.., blocked, full] = company.cards.as_slice() else { panic!("cards") };
    owner.post_nothing(&format!("/v1/cards/{blocked}/block")).await.expect(200);
    for _ in 0..3 {
        company.pump.hold(full, "1").await;
    }
    for card in [blocked, full] {
        assert_eq!(Case { company: &company, owner: &owner, card }.holds("status", "DT", "71.90").await, 0);
    }
    let path = format!("/v1/staff/companies/{}/suspend", company.id);
    world.admin().await.post_nothing(&path).await.expect(200);
    let case = Case { company: &company, owner: &owner, card: company.card() };
    assert_eq!(case.holds("suspended", "DT", "71.90").await, 0);
}
