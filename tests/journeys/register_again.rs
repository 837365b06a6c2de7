//! A register's import that ended half-way: the next one does what is left, and nothing twice.

use crate::register::{import, lines, register, row, send, until_done};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use futures::future::join_all;
use oktan_tests::{Caller, Dump, Value, World, company_ask, json, numbers};
use std::collections::BTreeSet;
use std::time::Duration;

/// A store that takes no cards.
#[derive(Debug, Clone)]
struct NoCards;

#[dyn_dispatch_hint]
impl Intercept for NoCards {
    fn name(&self) -> &'static str {
        "NoCards"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = String::from_utf8_lossy(context.request().body().bytes().unwrap_or_default()).into_owned();
        if body.contains("CARDREF#") { Err("the connection is gone".into()) } else { Ok(()) }
    }
}

/// The function with that store.
async fn without_cards(world: &World) -> Caller {
    let app = world.app().observed(NoCards);
    let router = oktan_shared::http::finish(oktan_imports::routes(), app);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    world.admin().await.at(&format!("http://{address}"))
}

fn count(rows: &Dump, of: &str) -> usize {
    rows.keys().filter(|key| key.contains(of)).count()
}

/// Companies, owners, cards in their companies' lists, cards, letters.
async fn counts(world: &World) -> [usize; 5] {
    let rows = world.dump().await;
    let owners = rows.keys().filter(|key| key.ends_with(" OWNERS") && key.contains(" COMPANY#")).count();
    [count(&rows, " INN#"), owners, count(&rows, " CARDREF#"), count(&rows, " CARD"), count(&rows, " MAIL#")]
}

#[tokio::test]
async fn a_row_whose_cards_were_not_issued_is_completed_by_the_next_import() {
    let world = World::start().await;
    let file = register(1, 5, 90);
    let imported = import(&without_cards(&world).await, file.clone()).await;
    assert_eq!((&imported["created"], &imported["existing"]), (&json!([]), &json!([])));
    let codes: Vec<_> = imported["failed"].as_array().unwrap().iter().map(|row| row["code"].clone()).collect();
    assert_eq!(codes, vec!["cards_not_issued"; 5]);
    let [companies, owners, cards, _, letters] = counts(&world).await;
    assert_eq!((companies, owners, cards, letters), (5, 5, 0, 5));

    let admin = world.admin().await;
    let foreseen = send(&admin, file.clone(), true).await.expect(200);
    assert_eq!((lines(&foreseen["existing"]), &foreseen["existing"][0]["cards"]), (vec![2, 3, 4, 5, 6], &json!(90)));
    let again = import(&admin, file.clone()).await;
    assert_eq!((lines(&again["existing"]), &again["existing"][0]["cards"]), (vec![2, 3, 4, 5, 6], &json!(90)));
    let whole = counts(&world).await;
    assert_eq!((whole[0], whole[2], whole[4]), (5, 450, 5));
    import(&admin, file).await;
    assert_eq!(counts(&world).await, whole);
}

#[tokio::test]
async fn an_import_that_was_cut_off_is_finished_by_the_next_one() {
    let world = World::start().await;
    let admin = world.admin().await;
    let file = register(1, 120, 50);
    let cut = tokio::spawn({
        let (admin, file) = (admin.clone(), file.clone());
        async move { send(&admin, file, false).await }
    });
    while admin.get("/v1/staff/companies?limit=10").await.expect(200)["items"].as_array().unwrap().len() < 10 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    cut.abort();
    assert!(cut.await.is_err_and(|error| error.is_cancelled()), "it was over before it was cut off");
    let [.., cards, _, _] = counts(&world).await;
    assert!(world.is_parity() || cards < 6_000, "nothing was left to do");

    until_done(&admin, &file).await;
    let [companies, owners, cards, _, letters] = counts(&world).await;
    assert_eq!((companies, owners, cards, letters), (120, 120, 6_000, 120));
}

#[tokio::test]
async fn two_imports_of_one_register_at_once_make_one() {
    let world = World::start().await;
    let admin = world.admin().await;
    let file = register(1, 20, 45);
    let created = join_all((0..3).map(|_| until_done(&admin, &file))).await.concat();
    assert!(created.len() <= 20 && created.iter().collect::<BTreeSet<_>>().len() == created.len(), "{created:?}");
    let [companies, _, cards, _, letters] = counts(&world).await;
    assert_eq!((companies, cards, letters), (20, 900, 20));
}

#[tokio::test]
async fn a_row_of_a_company_that_is_there_by_another_contract_is_refused() {
    let world = World::start().await;
    let admin = world.admin().await;
    let mut ask = company_ask(900, "mail");
    (ask["inn"], ask["contract_number"]) = (json!(numbers::inn(1)), json!("7/25-Т"));
    let id = admin.post("/v1/staff/companies", ask).await.expect(201)["company"]["id"].clone();
    let failed = import(&admin, register(1, 1, 3)).await["failed"].clone();
    assert_eq!((lines(&failed), &failed[0]["code"]), (vec![2], &json!("inn_taken")));
    // By the same one it is there, and what it has is left alone: nobody owes it cards.
    let same = register(1, 1, 3).replace(";1/26-Т;", ";7/25-Т;");
    let imported = import(&admin, same).await;
    let existing: &Value = &imported["existing"][0];
    assert_eq!((&existing["company_id"], &existing["cards"]), (&id, &json!(0)));
    let cards = admin.all(&format!("/v1/staff/companies/{}/cards", id.as_str().unwrap()), 50).await;
    assert_eq!(cards.len(), 0);
}

#[tokio::test]
async fn a_company_that_was_suspended_meanwhile_waits_for_its_cards() {
    let world = World::start().await;
    import(&without_cards(&world).await, register(1, 1, 3)).await;
    let admin = world.admin().await;
    let id = admin.get("/v1/staff/companies").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    admin.post_nothing(&format!("/v1/staff/companies/{id}/suspend")).await.expect(200);
    let failed = import(&admin, register(1, 1, 3)).await["failed"].clone();
    assert_eq!(failed[0]["code"], "company_suspended");
    admin.post_nothing(&format!("/v1/staff/companies/{id}/resume")).await.expect(200);
    // The first of two rows wins also where the second is completed from an earlier import.
    let twice = format!("{}\n{}", register(1, 1, 3), row(1, 5));
    let imported = import(&admin, twice).await;
    assert_eq!((lines(&imported["existing"]), lines(&imported["failed"])), (vec![2], vec![3]));
    assert_eq!(imported["existing"][0]["cards"], 3);
}
