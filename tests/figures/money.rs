//! After any sequence of acts the definitions of money hold, recomputed from the raw rows to the kopeck.

use crate::books::{Books, Moved};
use crate::dice::Dice;
use crate::money_acts::Party;
use crate::money_sales::Sales;
use crate::raw::{self, Item};
use crate::{report, row};
use aws_sdk_dynamodb::types::AttributeValue;
use oktan_tests::{World, numbers};

const SEEDS: u64 = 5;
/// Spells of a seed; all acts of a spell are one company's.
const SPELLS: usize = 10;
const ACTS: usize = 24;
const PURSE: i64 = 400_000;

#[tokio::test]
async fn after_any_sequence_the_money_definitions_hold_in_the_raw_rows() {
    let mut rows = Vec::new();
    for seed in 1..=SEEDS {
        let world = World::start().await;
        let mut dice = Dice::new(seed);
        let mut moved = Moved::new();
        let mut parties = Vec::new();
        let sales = Sales::publish(&world).await;
        for _ in 0..2 {
            let company = world.company().cards(2).purses(2).payment("9000.00").create().await;
            for purse in &company.purses {
                raw::put_on_purse(&world.stack().dynamodb(), &company.id, purse, PURSE).await;
                moved.insert(purse.clone(), PURSE);
            }
            parties.push(Party::new(&world, company, 900_000, &sales));
        }
        for spell in 0..SPELLS {
            let (acting, idle) = (spell % 2, 1 - spell % 2);
            let before = rows_of(&world, &parties[idle].company.id).await;
            for _ in 0..ACTS {
                parties[acting].act(&mut dice).await;
            }
            same(&before, &rows_of(&world, &parties[idle].company.id).await);
            if dice.once_in(2) {
                world.tick().await;
            }
            Books::read(&world.stack().dynamodb()).await.audit(&moved);
            parties[acting].agrees().await;
        }
        // Whatever was left open runs out.
        world.advance_minutes(31);
        world.tick().await;
        let totals = Books::read(&world.stack().dynamodb()).await.audit(&moved);
        assert_eq!(totals.open_holds, 0, "the sweep drops what has expired");
        for party in &parties {
            let balance = party.company.balance().await;
            assert_eq!(balance["held"], "0.00", "{balance}");
            let sum: i64 = ["available", "on_purses"].iter().map(|name| units(&balance[*name])).sum();
            assert_eq!(units(&balance["balance"]), sum, "{balance}");
        }
        let captures: usize = parties.iter().map(Party::purchases).sum();
        assert_eq!(totals.purchases, captures, "every answered capture is one purchase");
        rows.push(row![
            seed,
            SPELLS * ACTS,
            totals.purchases,
            totals.declines,
            totals.dropped,
            totals.refunds,
            totals.payments
        ]);
    }
    let head = ["seed", "acts", "purchases", "declines", "dropped holds", "refunds", "payments"];
    report::table("Random acts, audited from the raw rows", &head, &rows);
}

#[tokio::test]
async fn an_audit_notices_a_kopeck() {
    let world = World::start().await;
    let company = world.company().create().await;
    company.pump.buy(company.card(), "10.000").await;
    let client = world.stack().dynamodb();
    Books::read(&client).await.audit(&Moved::new());
    let key = format!("COMPANY#{}", company.id);
    let account = raw::row(&client, &key, "ACCOUNT").await.expect("the account");
    for name in ["balance", "held", "available", "moved", "day_spent", "month_spent", "saved", "month_saved"] {
        let mut wrong = account.clone();
        let more = raw::number(&account, name) + 1;
        wrong.insert(name.to_owned(), AttributeValue::N(more.to_string()));
        raw::put(&client, wrong).await;
        let books = Books::read(&client).await;
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| books.audit(&Moved::new())));
        assert!(caught.is_err(), "a kopeck too much in {name} went unnoticed");
        raw::put(&client, account.clone()).await;
    }
    Books::read(&client).await.audit(&Moved::new());
}

fn units(value: &oktan_tests::Value) -> i64 {
    numbers::units(value.as_str().expect("an amount"))
}

/// The rows that are a company's: those that name it, or its cards, whose numbers name it.
async fn rows_of(world: &World, company: &str) -> Vec<Item> {
    let names = |value: &AttributeValue| value.as_s().is_ok_and(|text| text.contains(company));
    let mut rows = raw::scan(&world.stack().dynamodb(), raw::CABINET).await;
    rows.retain(|row| row.values().any(names));
    rows.sort_by_key(|row| (raw::text(row, "pk").to_owned(), raw::text(row, "sk").to_owned()));
    assert!(rows.len() > 6, "a company has rows");
    rows
}

/// Byte for byte; names the first row that differs.
fn same(before: &[Item], after: &[Item]) {
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before, after, "another company's row moved");
    }
    assert_eq!(before.len(), after.len(), "another company has other rows");
}
