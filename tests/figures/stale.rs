//! A batch is no snapshot: what it read too early must not decide.
//!
//! The embedded database reads a batch at one moment, so the tests put the older row back: the pump then sees what a
//! batch sees that read this row before an act was answered and the card after it.

use crate::raw::{self, Item};
use aws_sdk_dynamodb::Client;
use oktan_tests::{World, json};

async fn row(client: &Client, pk: &str, sk: &str) -> Item {
    raw::row(client, pk, sk).await.expect("the row")
}

fn limit(litres: &str) -> oktan_tests::Value {
    json!({ "limits": [{ "measure": "litres", "period": "day", "amount": litres }] })
}

#[tokio::test]
async fn rules_read_before_they_were_lowered_let_nothing_through() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (client, card) = (world.stack().dynamodb(), company.card());
    let key = format!("CARD#{card}");
    company.limit(card, limit("100")).await;
    let older = row(&client, &key, "RULES").await;
    company.limit(card, limit("5")).await;
    let newer = row(&client, &key, "RULES").await;

    let ask = company.pump.fill(card, "8");
    raw::put(&client, older).await;
    assert_eq!(company.pump.ask(&ask).await.status, 503, "the rules are older than the card");
    raw::put(&client, newer).await;
    let answer = company.pump.decide(&ask).await;
    assert_eq!(answer["reason"]["code"], "limit_exceeded", "{answer}");
    assert_eq!(company.pump.declined(card, "8").await, "limit_exceeded");
    company.pump.buy(card, "5").await;
}

#[tokio::test]
async fn an_account_read_before_its_suspension_lets_nothing_through() {
    let world = World::start().await;
    let company = world.company().purses(1).create().await;
    let (client, purse) = (world.stack().dynamodb(), company.purses[0].as_str());
    raw::put_on_purse(&client, &company.id, purse, 1_000_000).await;
    let staff = world.admin().await;
    let path = format!("/v1/staff/companies/{}", company.id);
    for _ in 0..2 {
        let key = format!("COMPANY#{}", company.id);
        let older = row(&client, &key, "ACCOUNT").await;
        staff.post_nothing(&format!("{path}/suspend")).await.expect(200);
        let newer = row(&client, &key, "ACCOUNT").await;

        raw::put(&client, older).await;
        let decided = company.pump.ask(&company.pump.fill(purse, "8")).await;
        assert_eq!(decided.status, 503, "the account is older than the card: {decided}");
        raw::put(&client, newer).await;
        assert_eq!(company.pump.declined(purse, "8").await, "company_suspended");
        staff.post_nothing(&format!("{path}/resume")).await.expect(200);
        company.pump.buy(purse, "8").await;
    }
}
