//! Who is told of a promotion, and what anybody reads of it.

use crate::offers::{DESK, Sale, publish};
use oktan_local::Mail;
use oktan_tests::{Caller, Role, Value, World, json};

/// The letters about promotions.
async fn letters(world: &World) -> Vec<Mail> {
    world.letters().await.into_iter().filter(|letter| letter.subject.starts_with("Акция")).collect()
}

async fn bell(by: &Caller) -> Vec<Value> {
    by.all("/v1/notifications", 100).await
}

#[tokio::test]
async fn those_who_may_join_are_told_once() {
    let world = World::start().await;
    let (one, two) = (world.company().create().await, world.company().create().await);
    for role in [Role::Manager, Role::Accountant] {
        one.user(role).await.get("/v1/session").await.expect(200);
    }
    let id = publish(&world, Sale::per_unit("1.00").only_for(&one)).await;
    let mut told: Vec<_> = letters(&world).await.into_iter().map(|letter| letter.to).collect();
    told.sort();
    let mut wanted = vec![one.email.clone(), format!("manager-{}@people.example", one.id)];
    wanted.sort();
    assert_eq!(told, wanted, "the owner and the manager");
    let letter = letters(&world).await.into_iter().find(|letter| letter.to == one.email).expect("the owner's");
    assert!(letter.subject.contains("Осень") && letter.text.contains(&format!("/offers/{id}")), "{letter:?}");
    assert!(!letter.list_unsubscribe.is_empty());
    let line = bell(&one.owner().await).await;
    assert_eq!(
        (line.len(), &line[0]["kind"], &line[0]["page"]),
        (1, &json!("promotion"), &json!(format!("/offers/{id}")))
    );
    assert_eq!(
        line[0]["facts"],
        json!({ "event": "promotion_opened", "promotion": id, "title": "Осень", "title_en": "Autumn" })
    );

    // Other terms are no news; another company is.
    let path = format!("{DESK}/{id}");
    let admin = world.admin().await;
    admin.patch(&path, json!({ "discount": { "per_unit": "2.00" } })).await.expect(200);
    assert_eq!(letters(&world).await.len(), 2);
    admin.patch(&path, json!({ "companies": [one.id, two.id] })).await.expect(200);
    let told = letters(&world).await;
    assert_eq!((told.len(), &told[2].to), (3, &two.email));
    admin.patch(&path, json!({ "companies": [] })).await.expect(200);
    assert_eq!(letters(&world).await.len(), 3, "both knew");
    // Withdrawn before anybody was told: nobody is.
    let gone = publish(&world, Sale::per_unit("1.00")).await;
    admin.delete(&format!("{DESK}/{gone}")).await.expect(204);
    assert_eq!(letters(&world).await.len(), 3);
}

#[tokio::test]
async fn many_companies_are_told_a_few_at_a_time_each_once() {
    let world = World::start().await;
    let admin = world.admin().await;
    let mut file =
        "inn;kpp;name;contract_number;contract_date;contact_full_name;phone;email;owner_login;cards\n".to_owned();
    for n in 1..=90u32 {
        let inn = oktan_tests::numbers::inn(5_000 + n);
        file.push_str(&format!(
            "{inn};262201001;ООО Р-{n};Р-{n};2026-01-15;Иванов Пётр;+7 865 218-42-25;r{n}@client.example;reg{n};0\n"
        ));
    }
    let imported = crate::register::import(&admin, file).await;
    assert_eq!(imported["created"].as_array().unwrap().len(), 90, "{imported}");
    world.letters().await;
    let id = publish(&world, Sale::per_unit("1.00")).await;
    let told: Vec<_> = letters(&world).await.into_iter().map(|letter| letter.to).collect();
    let each: std::collections::BTreeSet<_> = told.iter().collect();
    assert_eq!((told.len(), each.len()), (90, 90), "the owners, each once");
    for _ in 0..3 {
        world.tick().await;
    }
    assert_eq!(letters(&world).await.len(), 90);
    let hops = world.dump().await.into_iter().filter(|(key, _)| key.starts_with("outbox MAIL#")).count();
    assert!(hops >= 90 + 90 + 3, "each a notice and a letter, and three hops: {hops}; {id}");
}

#[tokio::test]
async fn the_public_reads_of_what_is_for_everybody() {
    let world = World::start().await;
    world.pump().await;
    let id = publish(&world, Sale::per_unit("2.00").of("DT").at("12").at_least("20")).await;
    let stranger = world.stranger();
    let listed = stranger.get("/v1/public/promotions").await.expect(200);
    let item = &listed["items"][0];
    assert_eq!((&item["slug"], &item["summary"]), (&json!(format!("osen-{id}")), &json!("Дешевле")));
    assert_eq!((&item["discount"], &item["minimum_quantity"]), (&json!({ "per_unit": "2.00" }), &json!("20.000")));
    let read = stranger.get(&format!("/v1/public/promotions/osen-{id}?language=en")).await.expect(200);
    assert_eq!(
        (&read["title"], &read["body"], &read["language"]),
        (&json!("Autumn"), &json!("**Cheaper**"), &json!("en"))
    );
    stranger.get("/v1/public/promotions/osen-999").await.problem(404, "not_found");

    let page = async |path: &str| {
        let answer = stranger.get(path).await;
        (answer.status, String::from_utf8(answer.bytes.clone()).expect("UTF-8"))
    };
    let (status, list) = page("/promotions").await;
    assert!(status == 200 && list.contains("Осень") && list.contains(&format!("/promotions/osen-{id}")), "{list}");
    assert!(list.contains("−2,00\u{a0}₽"), "{list}");
    let (status, one) = page(&format!("/promotions/osen-{id}")).await;
    assert!(status == 200 && one.contains("<strong>Дешевле</strong>") && one.contains("от 20\u{a0}л"), "{one}");
    assert!(one.contains(&format!("/offers/{id}")) && one.contains("/stations/12"), "{one}");
    let (status, one) = page(&format!("/en/promotions/osen-{id}")).await;
    assert!(status == 200 && one.contains("Autumn") && one.contains("<strong>Cheaper</strong>"), "{one}");
    let (_, home) = page("/").await;
    assert!(home.contains("Осень") && home.contains("href=\"/promotions\""), "{home}");
    let (_, map) = page("/sitemap.xml").await;
    assert!(
        map.contains(&format!("/promotions/osen-{id}")) && map.contains(&format!("/en/promotions/osen-{id}")),
        "{map}"
    );
    assert_eq!(page("/promotions/none-999").await.0, 404);
    world.admin().await.delete(&format!("{DESK}/{id}")).await.expect(204);
    assert_eq!(page(&format!("/promotions/osen-{id}")).await.0, 404);
    assert!(page("/promotions").await.1.contains("Сейчас акций нет."));
}
