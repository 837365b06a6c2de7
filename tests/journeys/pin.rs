//! The PIN of a card: people set it, the pump asks for it, three wrong ones lock it.

use futures::future::join_all;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json};
use reqwest::Method;

const PIN: &str = "4071";
const WRONG: &str = "4072";

fn path(card: &str) -> String {
    format!("/v1/cards/{card}/pin")
}

async fn set(company: &Company, pin: &str) -> Value {
    put(&company.owner().await, company.card(), json!({ "pin": pin })).await.expect(200)
}

async fn put(who: &Caller, card: &str, body: Value) -> Answer {
    who.ask(Method::PUT, &path(card)).json(&body).send().await
}

/// An ask for a litre with this PIN.
fn ask(company: &Company, pin: Option<&str>) -> Value {
    let mut ask = company.pump.fill(company.card(), "1");
    if let Some(pin) = pin {
        ask["pin"] = json!(pin);
    }
    ask
}

/// The codes of the decline; none if it is approved, and then the hold is dropped again.
async fn refused(company: &Company, pin: Option<&str>) -> Vec<String> {
    let answer = company.pump.decide(&ask(company, pin)).await;
    if let Some(id) = answer["authorization_id"].as_str() {
        company.pump.reverse(id).await.expect(200);
    }
    codes(&answer)
}

fn codes(answer: &Value) -> Vec<String> {
    let reasons = answer["reasons"].as_array().expect("reasons").iter();
    reasons.map(|reason| reason["code"].as_str().expect("a code").to_owned()).collect()
}

#[tokio::test]
async fn a_pump_asks_for_the_pin_that_people_set() {
    let world = World::start().await;
    let company = world.company().create().await;
    assert_eq!(company.card_details(company.card()).await["pin"], "none");
    assert_eq!(refused(&company, Some(PIN)).await, [""; 0], "a PIN for a card without one is ignored");
    let card = set(&company, PIN).await;
    assert_eq!((&card["pin"], &card["pin_tries_left"]), (&json!("set"), &json!(3)));
    assert_eq!(refused(&company, None).await, ["pin_required"]);
    assert_eq!(refused(&company, Some(WRONG)).await, ["pin_wrong"]);
    assert_eq!(company.card_details(company.card()).await["pin_tries_left"], 2);
    assert_eq!(refused(&company, Some(PIN)).await, [""; 0]);
    assert_eq!(company.card_details(company.card()).await["pin_tries_left"], 3, "a right one forgives");
    let owner = company.owner().await;
    let card = owner.delete(&path(company.card())).await.expect(200);
    assert_eq!((&card["pin"], &card["pin_tries_left"]), (&json!("none"), &Value::Null));
    assert_eq!(refused(&company, None).await, [""; 0]);
    assert_eq!(owner.delete(&path(company.card())).await.expect(200), card, "repeating changes nothing");
}

#[tokio::test]
async fn three_wrong_pins_in_a_row_lock_until_they_are_reset() {
    let world = World::start().await;
    let company = world.company().create().await;
    set(&company, PIN).await;
    for _ in 0..3 {
        assert_eq!(refused(&company, Some(WRONG)).await, ["pin_wrong"]);
    }
    assert_eq!(refused(&company, Some(PIN)).await, ["pin_locked"]);
    assert_eq!(refused(&company, None).await, ["pin_required", "pin_locked"]);
    let locked = company.card_details(company.card()).await;
    assert_eq!((&locked["pin"], &locked["pin_tries_left"]), (&json!("locked"), &json!(0)));
    assert_eq!(locked["can_fuel_now"]["reason"]["code"], "pin_locked");
    let check = json!({ "product": "DT", "quantity": "1", "price": "71.90" });
    let owner = company.owner().await;
    let checked = owner.post(&format!("/v1/cards/{}/check", company.card()), check).await.expect(200);
    assert_eq!((&checked["decision"], &checked["reason"]["code"]), (&json!("declined"), &json!("pin_locked")));
    let reset = owner.post_nothing(&format!("{}/reset-tries", path(company.card()))).await.expect(200);
    assert_eq!(reset["pin"], "set");
    assert_eq!(refused(&company, Some(PIN)).await, [""; 0]);
    for _ in 0..3 {
        refused(&company, Some(WRONG)).await;
    }
    let staff = world.staff(Role::StaffOperator).await;
    let reset = format!("/v1/staff/cards/{}/pin/reset-tries", company.card());
    assert_eq!(staff.post_nothing(&reset).await.expect(200)["pin"], "set");
    assert_eq!(refused(&company, Some(PIN)).await, [""; 0]);
    for _ in 0..3 {
        refused(&company, Some(WRONG)).await;
    }
    assert_eq!(set(&company, "0000").await["pin"], "set", "a new PIN starts anew");
    assert_eq!(refused(&company, Some(PIN)).await, ["pin_wrong"]);
    assert_eq!(refused(&company, Some("0000")).await, [""; 0]);
}

#[tokio::test]
async fn of_fifty_wrong_pins_at_once_three_are_told_wrong() {
    let world = World::start().await;
    let company = world.company().create().await;
    set(&company, PIN).await;
    let guesses: Vec<Value> = (0..50).map(|n| ask(&company, Some(&format!("{n:04}")))).collect();
    company.pump.caller().await;
    // A terminal that is told 503 asks the same again.
    let answers = join_all(guesses.iter().map(|guess| async {
        loop {
            let answer = company.pump.ask(guess).await;
            if answer.status == 200 {
                return answer.expect(200)["reason"]["code"].as_str().expect("a code").to_owned();
            }
        }
    }));
    let answers = answers.await;
    let told = |code: &str| answers.iter().filter(|answer| *answer == code).count();
    assert_eq!((told("pin_wrong"), told("pin_locked")), (3, 47));
    assert_eq!(refused(&company, Some(PIN)).await, ["pin_locked"]);
}

#[tokio::test]
async fn a_repeated_request_counts_no_try_and_another_pin_is_another_body() {
    let world = World::start().await;
    let company = world.company().create().await;
    set(&company, PIN).await;
    let mut guess = ask(&company, Some(WRONG));
    let first = company.pump.decide(&guess).await;
    for _ in 0..5 {
        assert_eq!(company.pump.decide(&guess).await, first);
    }
    assert_eq!(company.card_details(company.card()).await["pin_tries_left"], 2);
    guess["pin"] = json!(PIN);
    company.pump.ask(&guess).await.problem(409, "request_id_reused");
    guess.as_object_mut().expect("a body").remove("pin");
    company.pump.ask(&guess).await.problem(409, "request_id_reused");
    let right = ask(&company, Some(PIN));
    let held = company.pump.decide(&right).await;
    assert_eq!(company.pump.decide(&right).await, held);
}

#[tokio::test]
async fn the_pin_stands_after_the_block_and_before_the_limits() {
    let world = World::start().await;
    let company = world.company().create().await;
    company
        .limit(company.card(), json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "0.5" }] }))
        .await;
    set(&company, PIN).await;
    assert_eq!(refused(&company, None).await, ["pin_required", "limit_exceeded"]);
    let owner = company.owner().await;
    owner.post_nothing(&format!("/v1/cards/{}/block", company.card())).await.expect(200);
    assert_eq!(refused(&company, Some(WRONG)).await, ["card_blocked", "pin_wrong", "limit_exceeded"]);
    assert_eq!(refused(&company, Some(PIN)).await, ["card_blocked", "limit_exceeded"]);
}

#[tokio::test]
async fn saving_or_restoring_rules_keeps_the_pin_and_a_pin_is_no_change_of_rules() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card();
    set(&company, PIN).await;
    let owner = company.owner().await;
    let restore = format!("/v1/cards/{card}/limits/restore");
    owner.post_nothing(&restore).await.problem(409, "nothing_to_restore");
    let rules = |amount: &str| json!({ "limits": [{ "measure": "litres", "period": "day", "amount": amount }] });
    company.limit(card, rules("50")).await;
    assert_eq!(refused(&company, None).await, ["pin_required"], "saved beside the PIN");
    company.limit(card, rules("60")).await;
    set(&company, "0007").await;
    let restored = owner.post_nothing(&restore).await.expect(200);
    assert_eq!(restored["limits"][0]["amount"], "50.000", "the PIN was no change of them");
    assert_eq!(refused(&company, Some("0007")).await, [""; 0]);
    owner.delete(&path(card)).await.expect(200);
    assert_eq!(owner.get(&format!("/v1/cards/{card}/limits")).await.expect(200)["limits"], restored["limits"]);
}

#[tokio::test]
async fn owners_and_managers_set_a_pin_and_nobody_is_told_it() {
    let world = World::start().await;
    let company = world.company().create().await;
    let card = company.card().to_owned();
    let manager = company.user(Role::Manager).await;
    put(&manager, &card, json!({ "pin": PIN })).await.expect(200);
    for role in [Role::Accountant, Role::Viewer] {
        put(&company.user(role).await, &card, json!({ "pin": PIN })).await.problem(403, "forbidden");
    }
    for (body, field, code) in [
        (json!({ "pin": "407" }), "pin", "pin_malformed"),
        (json!({ "pin": "407a" }), "pin", "pin_malformed"),
        (json!({ "pin": 4071 }), "pin", "invalid_type"),
        (json!({}), "pin", "required"),
    ] {
        put(&manager, &card, body).await.field(field, code);
    }
    refused(&company, Some(WRONG)).await;
    manager.post_nothing(&format!("{}/reset-tries", path(&card))).await.expect(200);
    manager.delete(&path(&card)).await.expect(200);
    put(&manager, &card, json!({ "pin": PIN })).await.expect(200);
    let acts = manager.all("/v1/journal", 50).await;
    let told = |action: &str| {
        let act = acts.iter().find(|act| act["action"] == action).expect("the act");
        assert_eq!(act["subject"], format!("card {card}"));
        (act["before"].clone(), act["after"].clone())
    };
    let state = |pin: &str| json!({ "pin": pin });
    assert_eq!(told("card.pin"), (state("none"), state("set")));
    assert_eq!(told("card.pin_reset"), (state("set"), state("set")));
    assert_eq!(told("card.pin_removed"), (state("set"), state("none")));
    let dump = world.dump().await;
    let rules = dump.iter().find(|(key, _)| key.contains(&format!("CARD#{card} RULES"))).expect("its rules").1;
    let kept = rules["pin"].as_str().expect("bytes").to_owned();
    assert!(!kept.contains(PIN) && kept.len() > 40, "{kept}");
    let elsewhere = dump.iter().filter(|(_, row)| row.values().any(|value| value.to_string().contains(&kept)));
    assert_eq!(elsewhere.count(), 1, "the hash lies beside the rules and nowhere else");
}

#[tokio::test]
async fn a_closed_companys_or_suspended_companys_pins_stay() {
    let world = World::start().await;
    let company = world.company().create().await;
    set(&company, PIN).await;
    let staff = world.admin().await;
    staff.post_nothing(&format!("/v1/staff/companies/{}/suspend", company.id)).await.expect(200);
    let owner = company.owner().await;
    put(&owner, company.card(), json!({ "pin": WRONG })).await.problem(409, "company_suspended");
    owner.delete(&path(company.card())).await.problem(409, "company_suspended");
    let answer = company.pump.decide(&ask(&company, Some(WRONG))).await;
    assert_eq!(codes(&answer), ["company_suspended", "pin_wrong"]);
    staff.post_nothing(&format!("/v1/staff/cards/{}/pin/reset-tries", company.card())).await.expect(200);
    assert_eq!(company.card_details(company.card()).await["pin_tries_left"], 3);
}
