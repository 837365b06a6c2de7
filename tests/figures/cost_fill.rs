//! What a fill costs: round trips and capacity units, exactly.

use crate::{raw, report, row};
use oktan_shared::table::Metered;
use oktan_tests::{Company, Value, World, json};
use std::future::Future;

/// A read round trip may cost no more.
const READ_UNITS_MAX: u64 = 8;

/// What a call cost, and its outcome.
pub async fn metered<T>(world: &World, call: impl Future<Output = T>) -> (T, Metered) {
    // Once a minute the products come along; not now.
    world.app().table.recent_catalogue().await.expect("the products");
    world.app().table.meter().take();
    let done = call.await;
    (done, world.app().table.meter().take())
}

/// Calls that read, calls that write, units written.
type Cost = (u64, u64, u64);

struct Ledger {
    world: World,
    rows: Vec<Vec<String>>,
}

impl Ledger {
    /// Holds a call to its cost; the answer.
    async fn costs<T>(&mut self, what: &str, expected: Cost, call: impl Future<Output = T>) -> T {
        let (answer, cost) = metered(&self.world, call).await;
        let read_units = format!("{}.{}", cost.half_read_units / 2, cost.half_read_units % 2 * 5);
        self.rows.push(row![what, cost.reads, read_units, cost.writes, cost.write_units]);
        if (cost.reads, cost.writes, cost.write_units) != expected {
            report::table("What a fill costs", &HEAD, &self.rows);
        }
        assert_eq!((cost.reads, cost.writes, cost.write_units), expected, "{what}: reads, writes, units written");
        assert!(cost.half_read_units <= 2 * READ_UNITS_MAX * cost.reads.max(1), "{what}: {cost:?}");
        answer
    }
}

const HEAD: [&str; 5] = ["call", "reads", "read units", "writes", "write units"];

fn id(answer: &Value) -> &str {
    answer["authorization_id"].as_str().expect("an id")
}

/// Twenty limits, each of which refuses: the longest reasons a decline can have.
fn twenty_that_refuse() -> Value {
    let periods = ["transaction", "day", "week", "month", "quarter", "year"];
    let limit = |measure: &str, amount: &str, period: &str, products: Value| json!({ "measure": measure, "period": period, "amount": amount, "products": products });
    let litres = periods.iter().map(|period| limit("litres", "0.001", period, json!([])));
    let roubles = periods.iter().map(|period| limit("roubles", "0.01", period, json!([])));
    let some = json!(["AI92", "AI95", "AI98", "DT", "DTZ", "LPG"]);
    let of_some = periods.iter().map(|period| limit("litres", "0.002", period, some.clone()));
    let other = ["day", "year"].iter().map(|period| limit("roubles", "0.02", period, json!(["DT", "CNG"])));
    json!({ "limits": litres.chain(roubles).chain(of_some).chain(other).collect::<Vec<_>>() })
}

#[tokio::test]
async fn a_fill_costs_the_round_trips_and_units_that_were_promised() {
    let world = World::start().await;
    let company = world.company().cards(2).purses(1).create().await;
    let purse = company.purses[0].clone();
    raw::put_on_purse(&world.stack().dynamodb(), &company.id, &purse, 5_000_000).await;
    let pump = company.pump.clone();
    pump.caller().await;
    let mut ledger = Ledger { world: world.clone(), rows: Vec::new() };

    let held = ledger.costs("authorize, purse", (1, 1, 1), pump.decide(&pump.fill(&purse, "10"))).await;
    ledger.costs("capture, purse, first of its shard", (1, 1, 8), pump.capture(id(&held), "9")).await.expect(200);
    ledger.costs("refund, purse", (2, 1, 10), pump.refund(id(&held), "1")).await.expect(200);
    let held = pump.decide(&pump.fill(&purse, "10")).await;
    ledger.costs("reverse, purse", (1, 1, 4), pump.reverse(id(&held))).await.expect(200);
    for _ in 0..3 {
        let held = pump.decide(&pump.fill(&purse, "10")).await;
        ledger.costs("capture, purse", (1, 1, 8), pump.capture(id(&held), "10")).await.expect(200);
    }

    promoted(&world, &company).await;
    let held = ledger.costs("authorize, purse, six promotions", (1, 1, 1), pump.decide(&pump.fill(&purse, "10"))).await;
    ledger.costs("capture, purse, six promotions", (1, 1, 8), pump.capture(id(&held), "9")).await.expect(200);
    ledger.costs("refund, purse, six promotions", (2, 1, 10), pump.refund(id(&held), "1")).await.expect(200);
    let ask = pump.fill(company.card(), "10");
    let held = ledger.costs("authorize, account, six promotions", (1, 1, 4), pump.decide(&ask)).await;
    let bought = ledger.costs("capture, account, six promotions", (1, 1, 8), pump.capture(id(&held), "10")).await;
    assert_eq!(bought.expect(200)["discount"], "12.30");
    ledger.costs("refund, account, six promotions", (2, 1, 10), pump.refund(id(&held), "1")).await.expect(200);
    left(&company).await;

    let ask = pump.fill(company.card(), "10");
    let held = ledger.costs("authorize, account", (1, 1, 4), pump.decide(&ask)).await;
    ledger.costs("the same request again, held", (1, 0, 0), pump.decide(&ask)).await;
    ledger.costs("capture, account", (1, 1, 8), pump.capture(id(&held), "10")).await.expect(200);
    ledger.costs("the same capture again", (1, 0, 0), pump.capture(id(&held), "10")).await.expect(200);
    ledger.costs("the same request again, over", (1, 0, 0), pump.decide(&ask)).await;
    ledger.costs("refund, account", (2, 1, 10), pump.refund(id(&held), "1")).await.expect(200);
    let held = pump.decide(&pump.fill(company.card(), "10")).await;
    ledger.costs("reverse, account", (1, 1, 6), pump.reverse(id(&held))).await.expect(200);
    let late = ledger.costs("capture after the reverse", (1, 1, 8), pump.capture(id(&held), "10")).await;
    assert_eq!(late.expect(200)["flags"], json!(["late"]));

    let unknown = pump.fill("7826000000000000", "10");
    ledger.costs("decline, no such card", (1, 1, 1), pump.decide(&unknown)).await;
    decline(&mut ledger, &company).await;
    report::table("What a fill costs", &HEAD, &ledger.rows);
}

/// As many as a company may take part in, each for every fill.
pub async fn promoted(world: &World, company: &Company) {
    let (admin, owner) = (world.admin().await, company.owner().await);
    for _ in 0..oktan_shared::domain::promotion::JOINED_MAX {
        let ask = json!({
            "title": "Акция", "body": "Дешевле", "from": "2026-01-01", "to": "2099-12-31",
            "discount": { "per_unit": "1.23" },
        });
        let made = admin.post("/v1/staff/promotions", ask).await.expect(201);
        let path = format!("/v1/promotions/{}/participation", made["id"].as_str().expect("an id"));
        owner.post_nothing(&path).await.expect(200);
    }
}

async fn left(company: &Company) {
    let owner = company.owner().await;
    let joined = owner.get("/v1/promotions").await.expect(200)["items"].clone();
    for one in joined.as_array().expect("promotions") {
        let path = format!("/v1/promotions/{}/participation", one["id"].as_str().expect("an id"));
        owner.delete(&path).await.expect(200);
    }
}

/// A decline's row stays within a kilobyte, whatever refuses.
async fn decline(ledger: &mut Ledger, company: &Company) {
    let (pump, card) = (&company.pump, &company.cards[1]);
    let limit = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "5" }] });
    company.limit(card, limit).await;
    let ask = pump.fill(card, "10");
    ledger.costs("decline, one limit", (1, 1, 5), pump.decide(&ask)).await;
    company.limit(card, twenty_that_refuse()).await;
    let mut ask = pump.fill(card, "99999.999");
    ask["odometer"] = json!(999_999);
    let refused = ledger.costs("decline, twenty limits and the money", (1, 1, 5), pump.decide(&ask)).await;
    assert_eq!(refused["reasons"].as_array().map(Vec::len), Some(21), "{refused}");
    // The first that somebody is told of; of those of the card that follow within ten minutes the same letter says.
    let owner = company.owner().await;
    let me = owner.get("/v1/session").await.expect(200)["user"]["id"].clone();
    owner.patch("/v1/settings", json!({ "decline_mail": [me] })).await.expect(200);
    let mut ask = pump.fill(card, "99999.998");
    ask["odometer"] = json!(999_999);
    ledger.costs("decline, twenty limits and the money, told by mail", (1, 1, 7), pump.decide(&ask)).await;
    let ask = pump.fill(card, "99999.997");
    ledger.costs("decline, told by the same mail", (1, 1, 5), pump.decide(&ask)).await;
}

#[tokio::test]
async fn a_card_of_a_foreign_number_costs_one_read_more() {
    let world = World::start().await;
    let company = world.company().cards(0).create().await;
    let number = oktan_tests::numbers::luhn("400000000000777");
    let path = format!("/v1/staff/companies/{}/cards", company.id);
    world.admin().await.post(&path, json!({ "cards": [{ "number": number }] })).await.expect(201);
    company.pump.caller().await;
    let mut ledger = Ledger { world, rows: Vec::new() };
    let pump = &company.pump;
    let held = ledger.costs("authorize, foreign number", (2, 1, 4), pump.decide(&pump.fill(&number, "10"))).await;
    ledger.costs("capture, foreign number", (2, 1, 8), pump.capture(id(&held), "10")).await.expect(200);
    report::table("A card whose number does not name its company", &HEAD, &ledger.rows);
}
