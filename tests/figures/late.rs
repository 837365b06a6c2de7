//! A decision made before an act was answered cannot be written after it: the conditions of the write, one by one.

use crate::raw;
use oktan_shared::config::HOLD_MINUTES;
use oktan_shared::domain::authorization::Ask;
use oktan_shared::domain::card::{Approval, Decision, Facts};
use oktan_shared::domain::ids::RequestId;
use oktan_shared::domain::pin::PinShown;
use oktan_shared::domain::{Kopecks, Millilitres, ProductIx, StationCode, TerminalId};
use oktan_shared::table::{Found, Placement};
use oktan_tests::{Company, World, json};
use uuid::Uuid;

/// Reads and decides as the pump does; what it would write.
async fn approval(world: &World, company: &Company, card: &str) -> (Found, Approval) {
    let app = world.app();
    let ask = Ask {
        request: RequestId::new(Uuid::new_v4()),
        fingerprint: [0; 8],
        terminal: TerminalId::parse(&company.pump.id).expect("a terminal"),
        station: StationCode::parse(&company.pump.station).expect("a station"),
        product: ProductIx::new(3).expect("a product"),
        price: Kopecks::new(7_190),
        quantity: Millilitres::new(10_000),
        partial_ok: false,
        odometer: None,
        requested_at: world.now(),
    };
    let read = app.table.pump_facts(card, ask.request, &ask.terminal, &ask.station).await.expect("the rows");
    let found = read.found.expect("the card");
    let facts = Facts {
        pin: PinShown::Nothing,
        rules: &found.rules,
        allowance: &found.allowance,
        account: &found.account,
        catalogue: &app.catalogue(),
        offers: &app.table.offers(),
        station_closed: false,
        list_price: None,
        holds_max: app.config.holds_max,
        hold_minutes: HOLD_MINUTES,
    };
    let Decision::Approved(approval) = found.row.card.authorize(&ask, &facts, world.now()) else {
        panic!("{card} may fuel")
    };
    (found, approval)
}

#[tokio::test]
async fn an_approval_decided_before_an_act_cannot_be_written_after_it() {
    let world = World::start().await;
    let company = world.company().purses(1).payment("2000.00").create().await;
    let (card, purse) = (company.card().to_owned(), company.purses[0].clone());
    raw::put_on_purse(&world.stack().dynamodb(), &company.id, &purse, 100_000).await;
    let other = company.issue(1, "account").await.remove(0);
    let (owner, staff) = (company.owner().await, world.admin().await);
    let path = format!("/v1/staff/companies/{}", company.id);
    let limit = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "9" }] });
    let cases = [
        ("blocked by the client", &card, Placement::Moved),
        ("blocked by the client", &purse, Placement::Moved),
        ("blocked by staff", &card, Placement::Moved),
        ("limited", &card, Placement::Moved),
        ("limited", &purse, Placement::Moved),
        ("suspended", &card, Placement::AccountRefused),
        ("suspended", &purse, Placement::Moved),
        ("out of money", &card, Placement::AccountRefused),
    ];
    for (act, card, expected) in cases {
        let (found, approval) = approval(&world, &company, card).await;
        match act {
            "blocked by the client" => owner.post_nothing(&format!("/v1/cards/{card}/block")).await.expect(200),
            "blocked by staff" => staff.post_nothing(&format!("/v1/staff/cards/{card}/block")).await.expect(200),
            "limited" => company.limit(card, limit.clone()).await,
            "suspended" => staff.post_nothing(&format!("{path}/suspend")).await.expect(200),
            _ => json!(company.pump.buy(&other, "10").await.0),
        };
        let placed = world.app().table.place(&found, &approval, world.now()).await.expect("an answer");
        assert_eq!(placed, expected, "{act}: {card}");
        match act {
            "blocked by the client" => owner.post_nothing(&format!("/v1/cards/{card}/unblock")).await.expect(200),
            "blocked by staff" => staff.post_nothing(&format!("/v1/staff/cards/{card}/unblock")).await.expect(200),
            "limited" => company.limit(card, json!({ "limits": [] })).await,
            _ => json!(staff.post_nothing(&format!("{path}/resume")).await.status),
        };
    }
}
