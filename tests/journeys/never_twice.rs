//! One document of the bank that comes by several ways is credited once, unless a person says that it is another.

use crate::statement::{document, import, numbers, payment, statement};
use futures::future::join_all;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json};
use reqwest::Method;

const UNMATCHED: &str = "/v1/staff/payments/unmatched";

struct Desk {
    world: World,
    accountant: Caller,
    company: Company,
}

async fn desk() -> Desk {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let company = world.company().without_payment().create().await;
    Desk { world, accountant, company }
}

impl Desk {
    /// Posts document 7 over a rouble by hand.
    async fn post(&self, key: &str, another: Option<bool>) -> Answer {
        let mut body = json!({ "amount": "1.00", "date": "2026-11-20", "document_number": " 007" });
        if let Some(another) = another {
            body["another"] = json!(another);
        }
        let path = format!("/v1/staff/companies/{}/payments", self.company.id);
        self.accountant.ask(Method::POST, &path).header("idempotency-key", key).json(&body).send().await
    }

    /// Records document 7 over a rouble at the desk.
    async fn record(&self, key: &str) -> Value {
        let body =
            json!({ "payer_name": "ООО \"Колос\"", "amount": "1.00", "date": "2026-11-20", "document_number": "7" });
        let ask = self.accountant.ask(Method::POST, UNMATCHED).header("idempotency-key", key);
        ask.json(&body).send().await.expect(201)
    }

    async fn assign(&self, waiting: &Value, alike: Option<&str>) -> Answer {
        let path = format!("{UNMATCHED}/{}/assign", waiting["id"].as_str().expect("an id"));
        let mut body = json!({ "company_id": self.company.id });
        if let Some(alike) = alike {
            body["alike"] = json!(alike);
        }
        self.accountant.post(&path, body).await
    }

    /// The only one that waits.
    async fn waiting(&self) -> Value {
        let mut open = self.accountant.all(UNMATCHED, 10).await;
        assert_eq!(open.len(), 1, "{open:?}");
        open.remove(0)
    }

    async fn balance(&self) -> String {
        self.company.balance().await["balance"].as_str().expect("an amount").to_owned()
    }
}

#[tokio::test]
async fn what_the_bank_brought_is_not_posted_by_hand_unless_somebody_says_that_it_is_another() {
    let desk = desk().await;
    import(&desk.accountant, statement(&[payment(&desk.company, 7, 100)])).await;
    for another in [None, Some(false)] {
        desk.post("k-1", another).await.problem(409, "payment_known");
    }
    assert_eq!(desk.balance().await, "1.00");
    // The key was not used up by what was refused.
    desk.post("k-1", Some(true)).await.expect(201);
    assert_eq!(desk.balance().await, "2.00");
    assert_eq!(desk.post("k-1", Some(true)).await.header("idempotent-replayed"), "true");
}

#[tokio::test]
async fn by_hand_a_second_time_is_refused_to_whoever_says_that_it_is_the_first() {
    let desk = desk().await;
    let first = join_all((0..6).map(|n| desk.post(["a", "b", "c", "d", "e", "f"][n], Some(false)))).await;
    let (posted, refused): (Vec<_>, Vec<_>) = first.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((posted.len(), refused.len()), (1, 5));
    refused.into_iter().for_each(|answer| drop(answer.problem(409, "payment_known")));
    assert_eq!(desk.balance().await, "1.00");
    // Who says nothing is held to the key alone.
    desk.post("g", None).await.expect(201);
    assert_eq!(desk.balance().await, "2.00");
}

#[tokio::test]
async fn what_waits_on_the_desk_and_was_posted_by_hand_meanwhile_is_the_same_or_another() {
    let desk = desk().await;
    let file = statement(&[document(&desk.company.inn, 7, 100, "За топливо")]);
    assert_eq!(numbers(&import(&desk.accountant, file).await["proposed"]), ["7"]);
    let waiting = desk.waiting().await;
    desk.assign(&waiting, Some("same")).await.problem(422, "payment_unlike");
    let by_hand = desk.post("k-1", None).await.expect(201);
    desk.assign(&waiting, None).await.problem(409, "payment_known");
    assert_eq!((desk.balance().await.as_str(), desk.waiting().await), ("1.00", waiting.clone()));
    assert_eq!(desk.assign(&waiting, Some("same")).await.expect(200)["id"], by_hand["id"]);
    assert_eq!(desk.balance().await, "1.00");
    assert_eq!(desk.accountant.all(UNMATCHED, 10).await, Vec::<Value>::new());
    let act = &desk.company.owner().await.get("/v1/journal").await.expect(200)["items"][0];
    assert_eq!(act["action"], "payment.settle");

    // Recorded at the desk too, and this time it is another.
    let other = desk.record("k-2").await;
    desk.assign(&other, None).await.problem(409, "payment_known");
    desk.assign(&other, Some("another")).await.expect(200);
    assert_eq!(desk.balance().await, "2.00");
    desk.assign(&other, None).await.expect(200);
    assert_eq!(desk.balance().await, "2.00");
}

#[tokio::test]
async fn a_document_that_was_recorded_at_the_desk_and_came_from_the_bank_is_credited_once() {
    let desk = desk().await;
    let (one, two) = (desk.record("k-1").await, desk.record("k-2").await);
    let answers = join_all([&one, &two].map(|waiting| desk.assign(waiting, None))).await;
    let credited = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!((credited, desk.balance().await.as_str()), (1, "1.00"));
    let imported = import(&desk.accountant, statement(&[payment(&desk.company, 7, 100)])).await;
    assert_eq!((numbers(&imported["duplicates"]), &imported["duplicates"][0]["known"]), (vec!["7"], &json!("by_hand")));
    assert_eq!(desk.balance().await, "1.00");
}

#[tokio::test]
async fn a_document_that_is_like_another_accounts_waits_for_a_person() {
    let desk = desk().await;
    let one = payment(&desk.company, 7, 100);
    // An export that does not say the account that paid, and one from another account in the same file.
    let nameless = one.replace("ПлательщикСчет=40702810073662585178\r\n", "");
    let other = one.replace("40702810073662585178", "40702810073662585179");
    let both = import(&desk.accountant, statement(&[one, other])).await;
    assert_eq!((numbers(&both["accepted"]), numbers(&both["proposed"])), (vec!["7"], vec!["7"]));
    let again = import(&desk.accountant, statement(&[nameless])).await;
    assert_eq!((&again["accepted"], &again["proposed"][0]["known"]), (&json!([]), &json!("alike")));
    assert_eq!(desk.balance().await, "1.00");
    for waiting in desk.accountant.all(UNMATCHED, 10).await {
        desk.assign(&waiting, None).await.problem(409, "payment_known");
        desk.assign(&waiting, Some("same")).await.expect(200);
    }
    assert_eq!(desk.balance().await, "1.00");
}

#[tokio::test]
async fn once_its_money_was_taken_back_a_document_is_posted_by_hand_like_any() {
    let desk = desk().await;
    import(&desk.accountant, statement(&[payment(&desk.company, 7, 100)])).await;
    let history = desk.company.owner().await.get("/v1/history").await.expect(200);
    let reverse = format!("/v1/staff/payments/{}/reverse", history["items"][0]["id"].as_str().expect("an id"));
    let asked = desk.accountant.post(&reverse, json!({ "reason": "вернули по письму" })).await.expect(202);
    let approve = format!("/v1/staff/approvals/{}/approve", asked["id"].as_str().expect("an id"));
    desk.world.admin().await.post(&approve, json!({})).await.expect(200);
    desk.post("k-1", Some(false)).await.expect(201);
    assert_eq!(desk.balance().await, "1.00");
}

#[tokio::test]
async fn a_document_of_a_day_to_come_or_of_long_ago_is_refused_and_a_statements_waits() {
    let desk = desk().await;
    let path = format!("/v1/staff/companies/{}/payments", desk.company.id);
    for (date, code) in [("2036-11-20", "date_ahead"), ("1999-12-31", "date_too_old")] {
        let body = json!({ "amount": "1.00", "date": date, "document_number": "7" });
        let by_hand = desk.accountant.ask(Method::POST, &path).header("idempotency-key", date).json(&body).send().await;
        assert_eq!(by_hand.problem(422, code)["errors"][0]["field"], "date");
        let mut body = body;
        body["payer_name"] = json!("ООО \"Колос\"");
        let recorded =
            desk.accountant.ask(Method::POST, UNMATCHED).header("idempotency-key", date).json(&body).send().await;
        assert_eq!(recorded.problem(422, code)["errors"][0]["field"], "date");
    }
    let ahead = payment(&desk.company, 7, 100).replace("Дата=20.11.2026", "Дата=20.11.2036");
    let imported = import(&desk.accountant, statement(&[ahead])).await;
    assert_eq!((numbers(&imported["proposed"]), desk.balance().await.as_str()), (vec!["7"], "0.00"));
}
