//! The rules of a card, one click back.

use oktan_tests::{Role, Value, World, json};
use reqwest::Method;

fn fills(amount: &str) -> Value {
    json!({ "limits": [{ "measure": "fills", "period": "day", "amount": amount }] })
}

/// A card's rules as they were asked for, without their use.
fn asked(view: &Value) -> Value {
    let mut view = view.clone();
    for limit in view["limits"].as_array_mut().unwrap() {
        for name in ["used", "remaining", "resets_at"] {
            limit.as_object_mut().unwrap().remove(name);
        }
    }
    view
}

#[tokio::test]
async fn the_previous_rules_come_back_whole_and_once_more_takes_that_back() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{}/limits", company.card());
    let restore = async || owner.post_nothing(&format!("{path}/restore")).await;
    restore().await.problem(409, "nothing_to_restore");
    let whole = json!({
        "limits": [
            { "measure": "litres", "period": "week", "amount": "250.500", "products": ["DT", "DTZ"] },
            { "measure": "roubles", "period": "month", "amount": "90000.00", "products": [] },
        ],
        "products": { "mode": "deny", "codes": ["GOODS"] },
        "schedule": { "weekdays": [1, 2, 3], "from": "06:00", "to": "22:00" },
        "stations": { "mode": "allow", "codes": ["12"] },
    });
    company.limit(company.card(), whole.clone()).await;
    company.limit(company.card(), fills("9")).await;
    let before = owner.get(&path).await;
    let back = restore().await;
    assert_eq!(back.status, 200, "{back}");
    assert_ne!(back.etag(), before.etag());
    assert_eq!(asked(&back.json), whole);
    assert_eq!(asked(&owner.get(&path).await.expect(200)), whole);
    assert_eq!(asked(&restore().await.expect(200))["limits"][0]["amount"], "9");
    assert_eq!(asked(&restore().await.expect(200)), whole);

    // Saving what is there already is no change to go back from.
    company.limit(company.card(), whole.clone()).await;
    assert_eq!(asked(&restore().await.expect(200))["limits"][0]["amount"], "9");
    let journal = owner.get("/v1/journal?limit=1").await.expect(200)["items"][0].clone();
    assert_eq!(journal["action"], "card.rules_restored");
    assert_eq!(journal["before"], whole);
    assert_eq!(journal["after"]["limits"][0]["amount"], "9");
    assert_eq!(journal["subject"], format!("card {}", company.card()));
}

#[tokio::test]
async fn the_first_rules_go_back_to_none_and_the_card_is_without_limits_again() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let card = format!("/v1/cards/{}", company.card());
    company.limit(company.card(), fills("1")).await;
    company.pump.buy(company.card(), "1").await;
    assert_eq!(company.pump.declined(company.card(), "1").await, "limit_exceeded");
    owner.post_nothing(&format!("{card}/limits/restore")).await.expect(200);
    company.pump.buy(company.card(), "1").await;
    // Use was counted all the while.
    let again = owner.post_nothing(&format!("{card}/limits/restore")).await.expect(200);
    assert_eq!((&again["limits"][0]["used"], &again["limits"][0]["remaining"]), (&json!("2"), &json!("0")));
    assert_eq!(company.pump.declined(company.card(), "1").await, "limit_exceeded");
}

#[tokio::test]
async fn a_restore_waits_for_nobody_but_who_says_what_they_read_is_told_when_it_moved() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{}/limits", company.card());
    company.limit(company.card(), fills("1")).await;
    let read = owner.get(&path).await.etag();
    company.limit(company.card(), fills("2")).await;
    let restore = |etag: &str| owner.ask(Method::POST, &format!("{path}/restore")).header("if-match", etag).send();
    restore(&read).await.problem(412, "stale");
    let read = owner.get(&path).await.etag();
    assert_eq!(restore(&read).await.expect(200)["limits"][0]["amount"], "1");

    for role in [Role::Accountant, Role::Viewer] {
        company.user(role).await.post_nothing(&format!("{path}/restore")).await.problem(403, "forbidden");
    }
    let staff = world.staff(Role::StaffOperator).await;
    staff.post_nothing(&format!("/v1/staff/companies/{}/suspend", company.id)).await.expect(200);
    owner.post_nothing(&format!("{path}/restore")).await.problem(409, "company_suspended");
    staff.post_nothing(&format!("/v1/staff/companies/{}/resume", company.id)).await.expect(200);
    assert_eq!(owner.get(&path).await.expect(200)["limits"][0]["amount"], "1");
}

#[tokio::test]
async fn of_restores_and_saves_at_the_same_time_each_leaves_what_was_before_it() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let path = format!("/v1/cards/{}/limits", company.card());
    company.limit(company.card(), fills("1")).await;
    company.limit(company.card(), fills("2")).await;
    let calls = (0..12).map(|n: u32| {
        let (owner, path) = (owner.clone(), path.clone());
        async move {
            let ask = if n.is_multiple_of(2) {
                owner.ask(Method::POST, &format!("{path}/restore"))
            } else {
                owner.ask(Method::PUT, &path).json(&fills(&(n + 10).to_string()))
            };
            ask.header("if-match", "*").send().await.status
        }
    });
    let statuses = futures::future::join_all(calls).await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    // Every act says what the one before it left, and what the last one found is what a restore brings back.
    let acts = owner.all("/v1/journal?q=card.rules", 5).await;
    assert_eq!(acts.len(), 14);
    for pair in acts.windows(2) {
        assert_eq!(pair[0]["before"], pair[1]["after"], "{pair:?}");
    }
    let back = owner.post_nothing(&format!("{path}/restore")).await.expect(200);
    assert_eq!(back["limits"][0]["amount"], acts[0]["before"]["limits"][0]["amount"]);
}
