//! Letters leave through a row: once, later where SES cannot now, and never for ever.

use chrono::TimeDelta;
use futures::future::join_all;
use oktan_shared::App;
use oktan_tests::{Value, World, company_ask, json};
use uuid::Uuid;

const OWNER: &str = "owner1@client.example";

/// A company whose owner waits for an activation letter; the letter's row.
async fn letter_to_send(world: &World) -> Uuid {
    world.admin().await.post("/v1/staff/companies", company_ask(1, "mail")).await.expect(201);
    let rows = world.dump().await;
    let mut mails = rows.keys().filter_map(|key| key.strip_prefix("outbox MAIL#"));
    let id = mails.next().expect("a row of the outbox").trim_end_matches(" MAIL").parse().expect("an id");
    assert_eq!(mails.next(), None);
    id
}

/// The stream's event for one row, said so many times.
pub fn event(mail: Uuid, times: usize) -> Value {
    let record = |n: usize| {
        json!({
            "eventID": n.to_string(), "eventName": "INSERT", "eventSource": "aws:dynamodb", "eventVersion": "1.1",
            "awsRegion": "eu-central-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_790_000_000, "SequenceNumber": format!("{}", 100 + n),
                "SizeBytes": 50, "StreamViewType": "KEYS_ONLY",
                "Keys": { "pk": { "S": format!("MAIL#{mail}") }, "sk": { "S": "MAIL" } },
            },
        })
    };
    json!({ "Records": (0..times).map(record).collect::<Vec<_>>() })
}

/// The same house with an SES that nobody answers for.
fn deaf(world: &World) -> App {
    let mut config = (*world.app().config).clone();
    config.ses_endpoint = Some("http://127.0.0.1:9".to_owned());
    App::new(config, world.app().clock.clone())
}

async fn state(world: &World, mail: Uuid) -> String {
    world.app().table.mail_state(mail).await.expect("the table answers").expect("the row")
}

#[tokio::test]
async fn a_letter_is_sent_once_however_often_it_is_handled() {
    let world = World::start().await;
    let mail = letter_to_send(&world).await;
    assert_eq!(world.mailer(&event(mail, 2)).await["batchItemFailures"], json!([]));
    let one = event(mail, 1);
    join_all((0..3).map(|_| world.mailer(&one))).await;
    world.deliver().await;
    world.advance(TimeDelta::hours(1));
    world.tick().await;
    assert_eq!(world.stack().mails().len(), 1);
    assert_eq!(state(&world, mail).await, "sent");
    assert_eq!(world.stack().mails()[0].to, OWNER);
}

#[tokio::test]
async fn five_handlings_at_once_send_one_letter() {
    let world = World::start().await;
    let mail = letter_to_send(&world).await;
    let one = event(mail, 1);
    join_all((0..5).map(|_| world.mailer(&one))).await;
    assert_eq!(world.stack().mails().len(), 1);
}

#[tokio::test]
async fn what_ses_does_not_take_now_the_scheduler_sends_later() {
    let world = World::start().await;
    let mail = letter_to_send(&world).await;
    let handled = oktan_mailer::handle(&deaf(&world), serde_json::from_value(event(mail, 1)).unwrap()).await;
    assert!(handled.batch_item_failures.is_empty(), "the row is given back, not the record");
    assert_eq!((world.stack().mails().len(), state(&world, mail).await.as_str()), (0, "queued"));
    assert_eq!(world.tick().await["mails"], 0, "not before a minute");
    world.advance(TimeDelta::seconds(61));
    assert_eq!(world.tick().await["mails"], 1);
    assert_eq!((world.stack().mails().len(), state(&world, mail).await.as_str()), (1, "sent"));
    assert_eq!(world.tick().await["mails"], 0);
    world.deliver().await;
    assert_eq!(world.stack().mails().len(), 1, "the stream comes too late");
}

#[tokio::test]
async fn a_letter_whose_sender_died_is_taken_up_when_its_lease_is_over() {
    let world = World::start().await;
    let mail = letter_to_send(&world).await;
    assert!(world.app().table.take_mail(mail, world.now()).await.unwrap().is_some());
    assert_eq!(world.letters().await.len(), 0, "somebody seems to be sending it");
    assert_eq!(world.tick().await["mails"], 0);
    world.advance_minutes(3);
    assert_eq!(world.tick().await["mails"], 1);
    assert_eq!(world.stack().mails().len(), 1);
}

#[tokio::test]
async fn a_letter_that_cannot_be_sent_is_parked() {
    let world = World::start().await;
    let mail = letter_to_send(&world).await;
    let deaf = deaf(&world);
    let mut attempts = 0;
    while state(&world, mail).await == "queued" {
        oktan_mailer::send(&deaf, mail).await.unwrap();
        world.advance(TimeDelta::hours(2));
        attempts += 1;
        assert!(attempts < 20, "for ever");
    }
    assert_eq!((state(&world, mail).await.as_str(), attempts), ("parked", 6));
    assert_eq!(world.tick().await["mails"], 0);
    assert_eq!(world.letters().await.len(), 0);
}

#[tokio::test]
async fn every_sending_mints_its_own_link_and_the_row_keeps_no_secret() {
    let world = World::start().await;
    let mail = letter_to_send(&world).await;
    oktan_mailer::handle(&deaf(&world), serde_json::from_value(event(mail, 1)).unwrap()).await;
    world.advance_minutes(2);
    world.tick().await;
    let letter = world.stack().mails().remove(0);
    let link = letter.text.split_whitespace().find(|word| word.starts_with("http")).unwrap().to_owned();
    assert!(letter.html.contains(&link));
    let token = link.rsplit('/').next().unwrap();
    assert_eq!(token.len(), 43, "256 bits");
    let rows = serde_json::to_string(&world.dump().await).unwrap();
    assert!(!rows.contains(token));
    world
        .stranger()
        .post(&format!("/v1/activation/{token}"), json!({ "new_password": oktan_tests::PASSWORD }))
        .await
        .expect(204);
}
