//! Templates of rules: made, changed, chosen for new cards, removed.

use oktan_tests::{Answer, Caller, Role, Value, World, json};
use reqwest::Method;

const PATH: &str = "/v1/limit-templates";

fn template(name: &str, litres: &str, default: bool) -> Value {
    json!({
        "name": name, "default": default,
        "limits": [{ "measure": "litres", "period": "day", "amount": litres, "products": [] }],
        "products": { "mode": "allow", "codes": ["DT", "DTZ"] },
        "schedule": { "weekdays": [1, 2, 3, 4, 5], "from": "22:00", "to": "06:00" },
        "stations": { "mode": "deny", "codes": ["12"] },
    })
}

async fn put(who: &Caller, path: &str, ask: Value) -> Answer {
    who.ask(Method::PUT, path).json(&ask).send().await
}

#[tokio::test]
async fn one_template_is_always_there_it_allows_fuel_only_and_new_cards_get_it_unless_another_is_chosen() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let fuels = json!(["AI92", "AI95", "AI98", "DT", "DTZ", "LPG", "CNG"]);
    let always = |default: bool| {
        json!({
            "id": null, "name": null, "default": default, "limits": [],
            "products": { "mode": "allow", "codes": fuels }, "schedule": null, "stations": null,
        })
    };
    assert_eq!(owner.get(PATH).await.expect(200)["items"], json!([always(true)]));

    let made = owner.post(PATH, template("Самосвалы", "300.000", true)).await.expect(201);
    let mut asked = template("Самосвалы", "300.000", true);
    asked["id"] = made["id"].clone();
    assert_eq!(made, asked);
    let second = owner.post(PATH, template("Автобусы", "90.5", false)).await.expect(201);
    assert_eq!(second["limits"][0]["amount"], "90.500");
    // By name, after the one that is always there.
    assert_eq!(owner.get(PATH).await.expect(200)["items"], json!([always(false), second, made]));

    // Choosing one lets go of the other.
    let id = second["id"].as_str().unwrap();
    let chosen = put(&owner, &format!("{PATH}/{id}"), template("Автобусы", "95", true)).await.expect(200);
    assert_eq!((&chosen["default"], &chosen["limits"][0]["amount"]), (&json!(true), &json!("95.000")));
    let list = owner.get(PATH).await.expect(200);
    let defaults: Vec<_> = list["items"].as_array().unwrap().iter().map(|one| one["default"].clone()).collect();
    assert_eq!(defaults, [false, true, false]);
    let nothing = owner.delete(&format!("{PATH}/{id}")).await;
    assert_eq!(nothing.status, 204);
    owner.delete(&format!("{PATH}/{id}")).await.problem(404, "not_found");
    let list = owner.get(PATH).await.expect(200);
    assert_eq!((&list["items"][0]["default"], list["items"].as_array().unwrap().len()), (&json!(true), 2));

    // Each of it stands in the journal, with what was and what became.
    let acts = owner.all("/v1/journal?q=template", 20).await;
    let kinds: Vec<_> = acts.iter().map(|act| act["action"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["template.remove", "template.change", "template.create", "template.create"]);
    assert_eq!(acts[1]["before"]["limits"][0]["amount"], "90.500");
    assert_eq!(acts[1]["after"]["for_new_cards"], true);
    assert_eq!(acts[0]["after"], Value::Null);
}

#[tokio::test]
async fn two_who_make_templates_at_once_make_both_and_no_company_has_more_than_fifty() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let make = |n: usize| {
        let owner = &owner;
        async move { owner.post(PATH, json!({ "name": format!("Ш{n:02}"), "default": true, "limits": [] })).await }
    };
    for chunk in (0..50).collect::<Vec<_>>().chunks(5) {
        for answer in futures::future::join_all(chunk.iter().map(|n| make(*n))).await {
            answer.expect(201);
        }
    }
    make(50).await.field("name", "templates_too_many");
    let list = owner.get(PATH).await.expect(200);
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 51);
    assert_eq!(items.iter().filter(|one| one["default"] == json!(true)).count(), 1);
}

#[tokio::test]
async fn what_makes_no_sense_is_named_and_another_companys_template_is_not_there() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    owner.post(PATH, template("Х", "0", false)).await.field("limits[0].amount", "amount_zero");
    let mut unknown = template("Х", "1", false);
    unknown["stations"]["codes"] = json!(["404"]);
    owner.post(PATH, unknown).await.field("stations.codes", "station_unknown");
    owner.post(PATH, template("", "1", false)).await.field("name", "text_too_short");
    let made = owner.post(PATH, template("Х", "1", false)).await.expect(201);
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    let stranger = world.company().create().await.owner().await;
    put(&stranger, &path, template("Х", "2", true)).await.problem(404, "not_found");
    stranger.delete(&path).await.problem(404, "not_found");
    put(&company.user(Role::Accountant).await, &path, template("Х", "2", true)).await.problem(403, "forbidden");
    assert_eq!(owner.get(PATH).await.expect(200)["items"][1], made);
}

#[tokio::test]
async fn a_new_card_has_the_rules_of_the_template_that_its_company_chose() {
    let world = World::start().await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let rules_of = async |card: &str| owner.get(&format!("/v1/cards/{card}/limits")).await.expect(200);
    let goods = company.pump.fill_of(company.card(), "WASH", "500.00", "1");
    assert_eq!(company.pump.decide(&goods).await["reason"]["code"], "product_not_allowed");

    let made = owner.post(PATH, template("Самосвалы", "300", true)).await.expect(201);
    // More than one write's worth.
    let cards = company.issue(35, "account").await;
    for card in [&cards[0], &cards[34]] {
        let rules = rules_of(card).await;
        assert_eq!((&rules["limits"][0]["amount"], &rules["stations"]), (&json!("300.000"), &made["stations"]));
    }
    // Those issued before keep theirs, and so do these when the template goes.
    assert_eq!(rules_of(company.card()).await["limits"], json!([]));
    let gone = owner.delete(&format!("{PATH}/{}", made["id"].as_str().unwrap())).await;
    assert_eq!(gone.status, 204);
    assert_eq!(rules_of(&cards[0]).await["limits"][0]["amount"], "300.000");
    let after = company.issue(1, "account").await;
    assert_eq!(rules_of(&after[0]).await["limits"], json!([]));
    let listed = owner.all("/v1/cards", 100).await;
    let unlimited =
        |number: &str| listed.iter().find(|card| card["number"] == json!(number)).unwrap()["unlimited"].clone();
    assert_eq!((unlimited(&cards[0]), unlimited(&after[0])), (json!(false), json!(true)));
}
