//! What the scheduler's look at every company costs.

use crate::cost_fill::metered;
use crate::{report, row};
use oktan_tests::World;

/// Read units of one more company: its account, and its place in the index.
const HALF_UNITS_OF_A_COMPANY_MAX: u64 = 4;

#[tokio::test]
async fn a_look_at_the_companies_reads_each_account_once_and_writes_nothing_where_nothing_is_to_be_told() {
    let world = World::start().await;
    let mut rows = Vec::new();
    let mut before = None;
    for more in [1u64, 10] {
        for _ in 0..more {
            world.company().cards(0).create().await;
        }
        let companies = if before.is_none() { more } else { more + 1 };
        let table = &world.app().table;
        // The first look remembers the week.
        table.tell_companies(world.now()).await.expect("the table answers");
        let (told, cost) = metered(&world, table.tell_companies(world.now())).await;
        told.expect("the table answers");
        rows.push(row![companies, cost.reads, cost.half_read_units, cost.writes]);
        assert_eq!((cost.reads, cost.writes), (2, 0), "a page of the index and its accounts");
        let grown = before.map_or(0, |before: u64| cost.half_read_units - before);
        assert!(grown <= more * HALF_UNITS_OF_A_COMPANY_MAX, "{grown}");
        before = Some(cost.half_read_units);
    }
    report::table("A look at the companies", &["companies", "reads", "half read units", "writes"], &rows);
}
