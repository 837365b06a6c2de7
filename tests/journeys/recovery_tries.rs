//! Tries of a link: five, each told only after it is counted, however many come at once.

use crate::desk_claims::{NEW_EMAIL, claim, file, open};
use crate::recovery::{contract, facts, token};
use crate::recovery_links::{CHOSEN, confirm};
use futures::future::join_all;
use oktan_shared::App;
use oktan_tests::{Answer, Caller, Value, World, json};

fn wrong() -> Value {
    json!({ "contract_number": "0/00-Т", "phone": "+7 (918) 000-00-00" })
}

/// Instances of the function of their own, as Lambda runs them: within one the uses of a link take turns, between them
/// only the conditions of the writes decide.
async fn instances(world: &World, count: usize) -> Vec<Caller> {
    let mut instances = Vec::with_capacity(count);
    for _ in 0..count {
        let app = App::new((*world.app().config).clone(), world.app().clock.clone());
        let router = oktan_shared::http::finish(oktan_recovery::routes(), app);
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        instances.push(world.stranger().at(&format!("http://{address}")));
    }
    instances
}

/// A hundred uses of a link at once, at ten instances.
async fn hundred(world: &World, token: &str, body: impl Fn(usize) -> Value) -> Vec<Answer> {
    let (instances, path) = (instances(world, 10).await, format!("/v1/recovery/{token}"));
    join_all((0..100).map(|n| instances[n % 10].post(&path, body(n)))).await
}

#[tokio::test]
async fn five_tries_end_at_the_desk_and_the_link_is_dead() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let session = company.owner().await;
    let token = token(&world, &company.login, &company.email).await;
    let half = json!({ "contract_number": contract(&company), "phone": "+7 (918) 000-00-00" });
    for (tries_left, said) in [(4, wrong()), (3, half.clone()), (2, wrong()), (1, half.clone())] {
        let problem = confirm(&world, &token, json!({ "confirm": said })).await.problem(409, "facts_do_not_match");
        assert_eq!(problem["tries_left"], tries_left);
        world.stranger().get(&format!("/v1/recovery/{token}")).await.expect(200);
    }
    assert_eq!(world.admin().await.all("/v1/staff/recovery", 100).await, [] as [Value; 0]);
    let last = confirm(&world, &token, json!({ "confirm": half, "new_password": CHOSEN })).await;
    assert_eq!(last.expect(200), json!({ "outcome": "sent_to_staff" }));
    let right = json!({ "confirm": facts(&company), "new_password": CHOSEN });
    confirm(&world, &token, right).await.problem(410, "link_expired");
    world.stranger().get(&format!("/v1/recovery/{token}")).await.problem(410, "link_expired");
    session.get("/v1/session").await.expect(200);
    let claims = world.admin().await.all("/v1/staff/recovery", 100).await;
    assert_eq!(claims.len(), 1);
    assert_eq!((&claims[0]["kind"], &claims[0]["state"]), (&json!("tries"), &json!("open")));
    assert_eq!(claims[0]["user"]["login"], json!(company.login));
    assert_eq!(claims[0]["differences"], json!(["phone"]));
    assert_eq!(claims[0]["claimed"]["phone"], "+7 (918) 000-00-00");
    assert_eq!((&claims[0]["new_email"], &claims[0]["new_email_required_second"]), (&Value::Null, &json!(false)));
}

#[tokio::test]
async fn a_hundred_uses_of_one_link_at_once_have_one_success() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let token = token(&world, &company.login, &company.email).await;
    let body = |n| json!({ "confirm": facts(&company), "new_password": format!("{CHOSEN}-{n}") });
    let answers = hundred(&world, &token, body).await.into_iter().enumerate();
    let (done, refused): (Vec<_>, Vec<_>) = answers.partition(|(_, answer)| answer.status == 200);
    assert_eq!(done.len(), 1);
    for (_, answer) in refused {
        answer.problem(410, "link_expired");
    }
    world.sign_in(&company.login, &format!("{CHOSEN}-{}", done[0].0)).await.expect(200);
    let told = world.letters_to(&company.email).await;
    assert_eq!(told.iter().filter(|letter| letter.subject.contains("восстановлен")).count(), 1);
}

#[tokio::test]
async fn a_hundred_guesses_at_once_are_five_tries_and_one_case() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let token = token(&world, &company.login, &company.email).await;
    let answers = hundred(&world, &token, |_| json!({ "confirm": wrong() })).await;
    let mut left: Vec<_> =
        answers.iter().filter(|answer| answer.status == 409).map(|a| a.json["tries_left"].as_u64()).collect();
    left.sort_unstable();
    assert_eq!(left, [Some(1), Some(2), Some(3), Some(4)]);
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 410).count(), 95);
    assert_eq!(world.admin().await.all("/v1/staff/recovery", 100).await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_a_try_costs_none() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    let by_inn = token(&world, &company.inn, &company.email).await;
    let (contract, inn, phone) = (contract(&company), company.inn.as_str(), "8 8652 184225");
    let free = [
        (json!({}), "confirm", "facts_too_few"),
        (json!({ "contract_number": contract }), "confirm", "facts_too_few"),
        (json!({ "inn": inn, "contract_number": contract }), "confirm.inn", "fact_typed_to_ask"),
        (json!({ "full_name": "Иванов Пётр Сергеевич", "inn": inn }), "confirm.inn", "fact_typed_to_ask"),
        (json!({ "contract_number": " ", "phone": phone }), "confirm.contract_number", "text_too_short"),
    ];
    for (said, field, code) in free {
        confirm(&world, &by_inn, json!({ "confirm": said, "new_password": CHOSEN })).await.field(field, code);
    }
    let weak = json!({ "confirm": wrong(), "new_password": "qwertyuiop12" });
    confirm(&world, &by_inn, weak).await.field("new_password", "password_too_weak");
    let short = json!({ "confirm": facts(&company), "new_password": "short" });
    confirm(&world, &by_inn, short).await.field("new_password", "password_too_short");
    let problem = confirm(&world, &by_inn, json!({ "confirm": wrong() })).await.problem(409, "facts_do_not_match");
    assert_eq!(problem["tries_left"], 4, "that was the first");
    // Beside two others it may be said, and must then be right.
    let mut said = json!({ "inn": "7707083893", "contract_number": contract, "phone": phone });
    confirm(&world, &by_inn, json!({ "confirm": said.clone() })).await.problem(409, "facts_do_not_match");
    said["inn"] = json!(inn);
    confirm(&world, &by_inn, json!({ "confirm": said, "new_password": CHOSEN })).await.expect(200);
    let by_login = token(&world, &company.login, &company.email).await;
    let weak = json!({ "inn": inn, "full_name": "Иванов Пётр Сергеевич" });
    confirm(&world, &by_login, json!({ "confirm": weak })).await.field("confirm", "contract_or_phone_needed");
    let good = json!({ "inn": inn, "contract_number": contract });
    confirm(&world, &by_login, json!({ "confirm": good, "new_password": CHOSEN })).await.expect(200);
}

#[tokio::test]
async fn a_link_ends_after_five_tries_though_the_desk_takes_no_more() {
    let world = World::start().await;
    let company = world.company().cards(0).without_payment().create().await;
    for _ in 0..3 {
        file(&world, claim(&company.login, json!({}), NEW_EMAIL)).await;
    }
    let token = token(&world, &company.login, &company.email).await;
    for _ in 0..4 {
        confirm(&world, &token, json!({ "confirm": wrong() })).await.problem(409, "facts_do_not_match");
    }
    let last = confirm(&world, &token, json!({ "confirm": wrong() })).await.expect(200);
    assert_eq!(last, json!({ "outcome": "sent_to_staff" }));
    let right = json!({ "confirm": facts(&company), "new_password": CHOSEN });
    confirm(&world, &token, right).await.problem(410, "link_expired");
    assert_eq!(open(&world.admin().await).await.len(), 3);
}
