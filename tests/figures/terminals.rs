//! An authorization on a purse card writes that card's row and nothing else, so that a company's terminals do not wait for one
//! another.

use crate::raw;
use oktan_tests::World;

#[tokio::test]
async fn a_purse_authorization_writes_no_row_but_its_cards() {
    let world = World::start().await;
    let company = world.company().purses(2).create().await;
    let card = &company.purses[0];
    raw::put_on_purse(&world.stack().dynamodb(), &company.id, card, 5_000_000).await;
    company.pump.caller().await;
    let before = world.dump().await;
    company.pump.hold(card, "1").await;
    let after = world.dump().await;
    let changed: Vec<&String> =
        after.iter().filter(|(key, row)| before.get(*key) != Some(row)).map(|(key, _)| key).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].contains(&format!("CARD#{card}")) && before.len() == after.len(), "{changed:?}");
}
