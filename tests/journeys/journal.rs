//! The journal: a row for every act of a person, chained, without a secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oktan_shared::auth::Keys;
use oktan_shared::domain::CompanyId;
use oktan_shared::journal::{Link, chain_mac};
use oktan_tests::{PASSWORD, Role, World, json};
use reqwest::Method;

/// Whether every link follows the one before it and carries the house's MAC.
fn holds(keys: &Keys, scope: Option<CompanyId>, links: &[Link]) -> bool {
    let mut previous = String::new();
    links.iter().zip(1u64..).all(|(link, seq)| {
        let mac = STANDARD.encode(chain_mac(keys, scope, seq, &previous, &link.text));
        let follows = link.seq == seq && link.previous == previous && link.mac == mac;
        previous.clone_from(&link.mac);
        follows && serde_json::from_str::<oktan_shared::journal::Act>(&link.text).is_ok_and(|act| act == link.act)
    })
}

#[tokio::test]
async fn every_act_has_one_row_and_the_chain_holds() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let scope = CompanyId::parse(&company.id).ok();
    let links = async || world.app().table.acts(scope, 0, 500).await.expect("the journal");
    let actions = |links: &[Link]| -> Vec<String> { links.iter().map(|link| link.act.action.clone()).collect() };
    let born = ["company.create", "password.change", "cards.issue", "payment.post"];
    assert_eq!(actions(&links().await), born);

    let (owner, staff) = (company.owner().await, world.staff(Role::StaffOperator).await);
    let path = format!("/v1/cards/{}", company.card());
    let desk = format!("/v1/staff/companies/{}", company.id);
    let why = json!({ "reason": "потеряна" });
    owner.post(&format!("{path}/block"), why.clone()).await.expect(200);
    owner.post(&format!("{path}/block"), why.clone()).await.expect(200);
    owner.post_nothing(&format!("{path}/unblock")).await.expect(200);
    owner.patch(&path, json!({ "label": "К777КК 26" })).await.expect(200);
    owner.patch(&path, json!({ "label": "К777КК 26" })).await.expect(200);
    company.limit(company.card(), json!({ "limits": [{ "measure": "fills", "period": "day", "amount": "9" }] })).await;
    staff.post_nothing(&format!("/v1/staff/cards/{}/block", company.card())).await.expect(200);
    staff.post_nothing(&format!("/v1/staff/cards/{}/unblock", company.card())).await.expect(200);
    staff.post(&format!("{desk}/suspend"), why).await.expect(200);
    staff.post_nothing(&format!("{desk}/resume")).await.expect(200);
    company.pay("1.00").await;
    let change = json!({ "current_password": PASSWORD, "new_password": "walnut-harbour-41-cello" });
    owner.post("/v1/password", change).await.expect(204);
    // Fills are entries, not acts; refusals are neither.
    company.pump.buy(company.card(), "1").await;
    staff.post("/v1/staff/companies", oktan_tests::company_ask(1, "mail")).await.expect(409);
    let done = [
        "card.block",
        "card.unblock",
        "card.rename",
        "card.rules",
        "card.block",
        "card.unblock",
        "company.suspend",
        "company.resume",
        "payment.post",
        "password.change",
    ];
    let links = links().await;
    assert_eq!(actions(&links)[born.len()..], done);
    assert!(holds(&world.app().keys, scope, &links));

    let block = &links[born.len()].act;
    assert_eq!((block.reason.as_str(), block.actor.login.as_str()), ("потеряна", company.login.as_str()));
    assert_eq!(block.subject, format!("card {}", company.card()));
    assert_eq!((&block.before["by_client"], &block.after["by_client"]), (&json!(false), &json!(true)));
    assert!((world.now() - block.at).num_minutes() < 5);
    assert_eq!(links[born.len() + 4].act.actor.role, Role::StaffOperator);

    // The check sees an edit, a gap, a change of order, another company's chain.
    let keys = &world.app().keys;
    let mut edited = links.clone();
    edited[3].text = edited[3].text.replace("100000.00", "900000.00");
    assert_ne!(edited[3].text, links[3].text);
    assert!(!holds(keys, scope, &edited));
    let mut gap = links.clone();
    gap.remove(4);
    assert!(!holds(keys, scope, &gap));
    let mut swapped = links.clone();
    swapped.swap(5, 6);
    assert!(!holds(keys, scope, &swapped));
    assert!(!holds(keys, CompanyId::new(10_000_000), &links));
}

#[tokio::test]
async fn the_staffs_own_acts_have_a_chain_too() {
    let world = World::start().await;
    let pump = world.pump().await;
    let staff = world.admin().await;
    staff.delete(&format!("/v1/staff/stations/12/terminals/{}", pump.id)).await.expect(204);
    staff.delete(&format!("/v1/staff/stations/12/terminals/{}", pump.id)).await.expect(204);
    let links = world.app().table.acts(None, 0, 100).await.unwrap();
    let actions: Vec<_> = links.iter().map(|link| link.act.action.as_str()).collect();
    assert_eq!(actions, ["user.create", "station.create", "terminal.create", "terminal.revoke"]);
    assert!(holds(&world.app().keys, None, &links));
    assert!(links.iter().all(|link| !link.text.contains(&pump.secret)));
}

#[tokio::test]
async fn acts_at_the_same_time_stand_one_after_the_other() {
    let world = World::start().await;
    let company = world.company().cards(8).create().await;
    let owner = company.owner().await;
    let block = |card: &String| {
        let (owner, path) = (owner.clone(), format!("/v1/cards/{card}/block"));
        async move { owner.post_nothing(&path).await.status }
    };
    let statuses = futures::future::join_all(company.cards.iter().map(block)).await;
    let done = statuses.iter().filter(|status| **status == 200).count();
    assert!(done > 0 && statuses.iter().all(|status| matches!(status, 200 | 503)), "{statuses:?}");
    let scope = CompanyId::parse(&company.id).ok();
    let links = world.app().table.acts(scope, 0, 100).await.unwrap();
    assert!(holds(&world.app().keys, scope, &links));
    assert_eq!(links.iter().filter(|link| link.act.action == "card.block").count(), done);
    let blocked = owner.all("/v1/cards?status=blocked", 100).await.len();
    assert_eq!(blocked, done);
}

#[tokio::test]
async fn no_row_holds_a_secret() {
    let world = World::start().await;
    let company = world.company().create().await;
    let staff = world.admin().await;
    let created = staff.post("/v1/staff/companies", oktan_tests::company_ask(900, "hand_over")).await.expect(201);
    let once = created["owner"]["one_time_password"].as_str().unwrap().to_owned();
    staff.post("/v1/staff/companies", oktan_tests::company_ask(901, "mail")).await.expect(201);
    let letters = world.letters().await;
    let link = letters.iter().find_map(|letter| letter.text.split("/activation/").nth(1));
    let link = link.unwrap().split_whitespace().next().unwrap().to_owned();
    let signed = world.sign_in(&company.login, PASSWORD).await.expect(200)["token"].as_str().unwrap().to_owned();
    world.sign_in(&company.login, "canary-wrong-password-77").await.expect(401);
    let mut ask = company.pump.fill(company.card(), "1");
    ask["pin"] = json!("8264");
    company.pump.ask(&ask).await;
    let terminal = company.pump.caller().await.token().to_owned();
    let key = "canary-idempotency-key";
    let payment = json!({ "amount": "1.00", "date": "2026-11-20", "document_number": "9" });
    let path = format!("/v1/staff/companies/{}/payments", company.id);
    staff.ask(Method::POST, &path).header("idempotency-key", key).json(&payment).send().await.expect(201);
    let dump = world.dump().await;
    let rows = serde_json::to_string(&dump).unwrap();
    let secrets =
        [PASSWORD, &once, &link, &signed, &terminal, &company.pump.secret, "canary-wrong-password-77", "\"8264\""];
    for secret in secrets {
        assert!(!rows.contains(secret), "{}…", &secret[..6]);
    }
    for (key, row) in &dump {
        let hash = serde_json::to_string(row).unwrap().contains("$argon2");
        assert!(!hash || key.ends_with(" USER"), "{key} holds a password's hash");
    }
}
